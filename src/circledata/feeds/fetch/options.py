"""What the caller of the http client may set, and what a request gives back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """Limits and permissions of one client. Times are in seconds, sizes in bytes."""

    https_only: bool = True
    """False: addresses that begin with http:// are taken too. From https to http nobody is ever redirected."""
    max_bytes: int = 4 << 30
    """Of one file. The package of a large city has some 100 MB."""
    timeout_s: float = 30.0
    """Longest wait for a connection, and then for the next bytes of an answer."""
    total_s: float = 1_800.0
    """Longest time of one file with all its attempts and redirects, however steadily it drips in."""
    max_redirects: int = 5
    allow_private: bool = False
    """True: addresses of one's own network (private, loopback, carrier-grade NAT) are taken. Never taken are link-local
    addresses, where machines in a cloud find their own keys, and multicast, unspecified and reserved ones."""
    cache: Path | None = None
    """Folder that keeps what was fetched for the next time; None: a temporary one, gone when the client is closed."""
    retries: int = 3
    """Further attempts after a fault that may pass: no connection, cut off, 429, 5xx."""
    max_wait_s: float = 60.0
    """Longest pause before a further attempt; a server that asks for more (Retry-After) is given up."""
    environment_proxies: bool = False
    """True: proxies named in the environment (HTTPS_PROXY …) are used. The proxy then asks for the name's addresses, so
    that they are checked here but not certain to be those that it connects to."""


@dataclass(frozen=True, slots=True)
class Got:
    """One fetched file, whole and checked."""

    path: Path
    """In the cache. It is replaced, not changed, when the address has something new; hold no path for longer than the
    client that gave it."""
    sha256: str
    changed: bool
    """Whether it is other than what the cache held for this address before; True when it held nothing."""
    url: str
    """Where it came from in the end, after redirects: what its relative references start from."""
    bytes: int = 0
