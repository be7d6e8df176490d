"""Which addresses may be asked: how a URL must be written, and where the machine that it names may stand."""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from circledata.feeds.fetch.errors import FetchError
from circledata.feeds.fetch.options import Options

Resolve = Callable[[str, int], Sequence[str]]
"""Gives every address of a host name, as text; OSError when there is none."""
LONGEST_URL = 2_000
PORTS = {"http": 80, "https": 443}
_FORBIDDEN = re.compile("[\x00-\x20\x7f-\x9f\\\\]")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_OWN = tuple(map(ipaddress.ip_network, ("100.64.0.0/10", "fec0::/10", "64:ff9b:1::/48")))
"""Inside somebody's network, whatever Python's `is_global` says: carrier-grade NAT, site-local, local NAT64."""
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that may be asked, taken apart once, so that what was checked is what is asked."""

    url: str
    """In its normal form: host in ASCII, path percent-encoded, no fragment."""
    scheme: str
    host: str
    """Name or literal address, without brackets."""
    port: int
    path: str
    """Path and query."""

    @property
    def host_header(self) -> str:
        """What the header Host says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url: str, options: Options) -> Target:
    """Take a URL apart. FetchError when it is none, holds a password, or is not encrypted without permission."""
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    if not url or len(url) > LONGEST_URL or _FORBIDDEN.search(url):
        raise FetchError("url-invalid", url)
    try:
        parts = parse_url(url)
        port = parts.port
    except (LocationParseError, ValueError):
        raise FetchError("url-invalid", url) from None
    if parts.auth is not None or "@" in (parts.netloc or ""):
        raise FetchError("credentials", url)
    if parts.scheme not in PORTS:
        raise FetchError("url-scheme" if parts.scheme else "url-invalid", url)
    if not parts.host or port == 0:
        raise FetchError("url-invalid", url)
    if parts.scheme == "http" and options.https_only:
        raise FetchError("not-https", url)
    return Target(
        url=parts._replace(fragment=None).url,
        scheme=parts.scheme,
        host=parts.host.strip("[]"),
        port=port or PORTS[parts.scheme],
        path=parts.request_uri,
    )


def joined(base: str, reference: str) -> str:
    """Resolve what a file or a redirect refers to against the address that it came from. FetchError when it cannot."""
    if _FORBIDDEN.search(reference):
        raise FetchError("url-invalid", reference)
    try:
        return urljoin(base, reference)
    except ValueError:
        raise FetchError("url-invalid", reference) from None


def addresses_of(target: Target, options: Options, resolve: Resolve, timeout: float) -> list[str]:
    """Return every address of a target's host, all of them allowed; the connection must go to one of these.

    FetchError when the name is unknown or any of its addresses is refused: a name that leads partly inside is a trap.
    """
    try:
        found = list(dict.fromkeys(_in_time(lambda: resolve(target.host, target.port), timeout)))
    except TimeoutError:
        raise FetchError("timeout", target.url, seconds=f"{timeout:g}") from None
    except (OSError, UnicodeError):
        found = []
    if not found:
        raise FetchError("name-unknown", target.url, host=target.host)
    for text in found:
        if not allowed(text, allow_private=options.allow_private):
            raise FetchError("address-refused", target.url, address=text)
    return found


def lookup(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [str(entry[4][0]) for entry in found]


def _in_time(action: Callable[[], Sequence[str]], timeout: float) -> Sequence[str]:
    """Run what cannot be given a time limit in a thread of its own, and leave it behind when it takes too long."""
    answers: queue.SimpleQueue[Sequence[str] | BaseException] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put(action())
        except BaseException as error:  # handed over to the caller
            answers.put(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        answer = answers.get(timeout=max(timeout, 0.001))
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, BaseException):
        raise answer
    return answer


def allowed(text: str, *, allow_private: bool) -> bool:
    """Tell whether a connection to this address may be made; what is no address may not."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return all(_allowed(item, allow_private) for item in (address, *_inside(address)))


def _allowed(address: Address, allow_private: bool) -> bool:
    if address.is_multicast or address.is_unspecified or address.is_link_local:
        return False
    if _inside(address):
        # What counts is the address that is wrapped up in this one.
        return True
    if address.is_reserved and not address.is_loopback:
        return False
    own = not address.is_global or any(address in network for network in _OWN)
    return allow_private or not own


def _inside(address: Address) -> tuple[Address, ...]:
    """Return the IPv4 addresses that an IPv6 address stands for: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    found: list[Address] = [item for item in (address.ipv4_mapped, address.sixtofour) if item is not None]
    if address.teredo is not None:
        found += address.teredo
    if address in _NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(found)
