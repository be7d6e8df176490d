"""One request over one connection to an address that was checked, with a time after which it is shut down."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from circledata.feeds.fetch.address import Target
from circledata.feeds.fetch.errors import FetchError
from circledata.feeds.fetch.options import Options
from circledata.version import __version__

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, HTTPConnectionPool

CONNECT_S = 15.0
"""Longest wait for a connection to one address."""
PIECE = 256 << 10
"""Bytes that are taken from the connection at a time, at most."""


class Deadline:
    """The time by which a whole file must be there, whatever the other side does."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left; never less than nothing."""
        return max(0.0, self._end - time.monotonic())

    def check(self, url: str) -> None:
        """Raise FetchError when the time is over."""
        if not self.left:
            raise FetchError("too-slow", url, seconds=f"{self.seconds:g}")


class Watch:
    """Shuts the socket of one request down when the time is over.

    A limit on the wait for the next bytes does not help against a server that sends one byte now and then.
    """

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._timer: threading.Timer | None = None

    def take(self, opened: socket.socket) -> None:
        """Watch this socket from now on."""
        self.end()
        self._timer = threading.Timer(self._deadline.left, _shut, [opened])
        self._timer.daemon = True
        self._timer.start()

    def end(self) -> None:
        """Stop watching."""
        if self._timer is not None:
            self._timer.cancel()


def _shut(opened: socket.socket) -> None:
    with suppress(OSError):
        # Not the method of an encrypted socket, which forgets its state while another thread still reads.
        socket.socket.shutdown(opened, socket.SHUT_RDWR)


@dataclass(frozen=True)
class Answer:
    """What the other side answers: the status, the headers, and the body piece by piece."""

    target: Target
    response: BaseHTTPResponse
    options: Options
    deadline: Deadline

    @property
    def status(self) -> int:
        """The status code."""
        return self.response.status

    def header(self, name: str) -> str:
        """Return a header's text without spaces around it; empty when there is none."""
        return self.response.headers.get(name, "").strip()

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes of the body as they come, as they are. FetchError when they stop coming, or come too long."""
        while True:
            with _plain(self.target, self.options, self.deadline):
                piece = self.response.read1(PIECE, decode_content=False)
            self.deadline.check(self.target.url)
            if not piece:
                return
            yield piece


@contextmanager
def ask(
    target: Target, addresses: Sequence[str], headers: Mapping[str, str], options: Options, deadline: Deadline
) -> Iterator[Answer]:
    """Send one GET to the first of `addresses` that takes a connection, and give the answer with its body unread.

    FetchError when there is no connection, no answer, or not in time. Redirects are not followed, the body is not
    unpacked, and no proxy is used unless the options ask for it.
    """
    watch = Watch(deadline)
    proxy = _proxy(target) if options.environment_proxies else None
    ways: list[Way] = [partial(_direct, target, address, watch) for address in addresses]
    if proxy:
        ways = [partial(_by_proxy, proxy, target)]
    sent = {
        "User-Agent": f"circledata/{__version__}",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "Host": target.host_header,
        **headers,
    }
    try:
        with _plain(target, options, deadline):
            manager, response = _first(ways, sent, options, deadline)
        try:
            yield Answer(target, response, options, deadline)
        finally:
            response.close()
            manager.close()
    finally:
        watch.end()


Way = Callable[[], tuple[Any, str]]


def _first(
    ways: Sequence[Way], sent: Mapping[str, str], options: Options, deadline: Deadline
) -> tuple[Any, BaseHTTPResponse]:
    """Send the request on the first way by which a connection can be made."""
    from urllib3 import Timeout
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

    for left, way in zip(range(len(ways), 0, -1), ways, strict=True):
        manager, path = way()
        connect = min(CONNECT_S, options.timeout_s, deadline.left / left)
        wait = Timeout(connect=max(connect, 0.001), read=max(min(options.timeout_s, deadline.left), 0.001))
        try:
            response = manager.urlopen(
                "GET",
                path,
                headers=dict(sent),
                redirect=False,
                retries=False,
                timeout=wait,
                preload_content=False,
                decode_content=False,
            )
        except BaseException as error:
            manager.close()
            if left == 1 or not isinstance(error, NewConnectionError | ConnectTimeoutError):
                raise
        else:
            return manager, response
    raise AssertionError("there is always at least one address")


def _direct(target: Target, address: str, watch: Watch) -> tuple[HTTPConnectionPool, str]:
    """Make the way to one address; the certificate must be that of the name all the same."""
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool

    pool: HTTPConnectionPool
    if target.scheme == "https":
        name = None if address == target.host else target.host
        pool = HTTPSConnectionPool(address, target.port, server_hostname=name)
    else:
        pool = HTTPConnectionPool(address, target.port)
    pool.ConnectionCls = _watched(pool.ConnectionCls, watch)
    return pool, target.path


def _watched(kind: Any, watch: Watch) -> Any:
    class Watched(kind):  # type: ignore[misc]
        def connect(self) -> None:
            super().connect()
            watch.take(self.sock)

    return Watched


def _proxy(target: Target) -> str | None:
    import urllib.request

    if urllib.request.proxy_bypass(target.host):
        return None
    return urllib.request.getproxies().get(target.scheme)


class _ByProxy:
    """A proxy's manager with the one method by which a pool is closed."""

    def __init__(self, proxy: str) -> None:
        from urllib3 import ProxyManager

        self._manager = ProxyManager(proxy)
        self.urlopen = self._manager.urlopen
        self.close = self._manager.clear


def _by_proxy(proxy: str, target: Target) -> tuple[_ByProxy, str]:
    return _ByProxy(proxy), target.url


@contextmanager
def _plain(target: Target, options: Options, deadline: Deadline) -> Iterator[None]:
    """Turn whatever the libraries raise into a FetchError."""
    from http.client import HTTPException

    from urllib3.exceptions import HTTPError

    try:
        yield
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        deadline.check(target.url)
        raise _fault(error, target, options) from None


_UNTRUSTED = {
    9: ("证书还没有生效", "it is not valid yet"),
    10: ("证书过期了", "it has expired"),
    18: ("证书是自己签的", "it is signed by itself"),
    19: ("签发证书的机构不受信任", "who issued it is not trusted"),
    20: ("签发证书的机构不受信任", "who issued it is not trusted"),
    21: ("签发证书的机构不受信任", "who issued it is not trusted"),
    62: ("证书是别的主机的", "it is that of another host"),
    64: ("证书是别的主机的", "it is that of another host"),
}
"""What the codes of OpenSSL mean (X509_V_ERR_…)."""


def _fault(error: BaseException, target: Target, options: Options) -> FetchError:
    import ssl

    from urllib3 import exceptions as lib

    url, host, cause = target.url, target.host, _cause(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        zh, en = _UNTRUSTED.get(cause.verify_code, (f"代码 {cause.verify_code}", f"code {cause.verify_code}"))
        return FetchError("certificate", url, host=host, reason_zh=zh, reason_en=en)
    # The library counts a refused connection among those that took too long.
    if isinstance(error, lib.NewConnectionError | lib.SSLError | lib.ProxyError):
        return FetchError("connect-failed", url, host=host, **_reason(cause))
    if isinstance(error, lib.ConnectTimeoutError):
        return FetchError("timeout", url, seconds=f"{min(CONNECT_S, options.timeout_s):g}")
    if isinstance(error, lib.ReadTimeoutError | TimeoutError):
        return FetchError("timeout", url, seconds=f"{options.timeout_s:g}")
    return FetchError("cut-off", url, bytes=0)


def _cause(error: BaseException) -> BaseException:
    """Return what lies at the bottom of an error of the library."""
    seen = {id(error)}
    while True:
        inner = (*error.args, error.__cause__, getattr(error, "reason", None), error.__context__)
        deeper = next((item for item in inner if isinstance(item, BaseException) and id(item) not in seen), None)
        if deeper is None:
            return error
        seen.add(id(deeper))
        error = deeper


def _reason(cause: BaseException) -> dict[str, str]:
    import ssl

    if isinstance(cause, ConnectionRefusedError):
        zh, en = "对方拒绝连接", "the connection was refused"
    elif isinstance(cause, ConnectionError):
        zh, en = "连接被断开", "the connection was closed"
    elif isinstance(cause, ssl.SSLError):
        zh, en = "加密连接没有建立", "no encrypted connection could be made"
    else:
        zh, en = "网络不通", "the network does not lead there"
    return {"reason_zh": zh, "reason_en": en}
