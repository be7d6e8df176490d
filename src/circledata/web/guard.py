"""Stands around the whole page: refuses strange hosts and cross-site posts, sets the headers, logs without names."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import re
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from circledata.web.answers import problem_answer
from circledata.web.problems import Problem
from circledata.web.settings import EVERYWHERE, LOOPBACK, Settings

LOG = logging.getLogger("circledata.web")

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""On every answer, unless the answer says something else of the same kind."""

SAFE = frozenset({"GET", "HEAD"})
DRAIN_SECONDS = 5.0
DRAIN_BYTES = 32 << 20
"""How long, and how much of an upload that is refused is still read: a client that is cut off while it sends may never
see the answer.
"""


class Guard:
    """The outermost layer; nothing that happens inside reaches a client but an answer of ours."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._hosts = _hosts(settings)
        self._addresses = settings.host in EVERYWHERE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        exchange = _Exchange(scope, receive, send)
        try:
            problem = self._objection(scope)
            if problem:
                await problem_answer(problem, scope)(scope, exchange.receive, exchange.send)
            else:
                await self._app(scope, exchange.receive, exchange.send)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            await exchange.fail(error)
        finally:
            exchange.log()

    def _objection(self, scope: Scope) -> Problem | None:
        headers = Headers(scope=scope)
        if not self._known(headers.get("host", "")):
            return Problem("host-unknown")
        if scope["method"] not in SAFE and _cross_site(headers):
            return Problem("cross-site")
        return None

    def _known(self, host: str) -> bool:
        """Tell whether a Host header names this page. A website that points its own name at us is refused that way."""
        name = _host_name(host)
        if name in self._hosts:
            return True
        return self._addresses and _is_address(name)


def _hosts(settings: Settings) -> frozenset[str]:
    named = {settings.host} - set(EVERYWHERE)
    return frozenset(_host_name(name) for name in (*LOOPBACK, *named, *settings.allow_hosts))


def _host_name(host: str) -> str:
    """Return the name in a Host header without its port, in one spelling."""
    found = re.fullmatch(r"\[([^\]]*)\](?::[0-9]*)?|([^:]*)(?::[0-9]*)?", host.strip())
    name = (found[1] if found[1] is not None else found[2]) if found else host.strip()
    return name.lower().rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _cross_site(headers: Headers) -> bool:
    """Tell whether a browser sends this on behalf of another website; programs that are no browsers say nothing."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None:
        return False
    return _without_port(urlsplit(origin).netloc) != _without_port(headers.get("host", ""))


def _without_port(netloc: str) -> str:
    """Drop a port that is the usual one: behind a proxy with TLS it stands on one side only."""
    return re.sub(r":(80|443)$", "", netloc.lower())


class _Exchange:
    """One request and its answer: adds the headers, reads what is left of a refused upload, and logs."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._begun = time.monotonic()
        self._status = 0
        self._complete = scope["method"] in SAFE or "expect" in Headers(scope=scope)
        self._note = ""

    async def receive(self) -> Message:
        """Receive, and remember whether the request has come in whole."""
        message = await self._receive()
        if message["type"] != "http.request" or not message.get("more_body", False):
            self._complete = True
        return message

    async def send(self, message: Message) -> None:
        """Send, with the headers that every answer has."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if not self._complete:
                headers["Connection"] = "close"
        elif not self._complete and not message.get("more_body", False):
            await self._send({**message, "more_body": True})
            await self._drain()
            message = {"type": "http.response.body", "body": b""}
        await self._send(message)

    async def _drain(self) -> None:
        left = DRAIN_BYTES
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                while not self._complete and left > 0:
                    left -= len((await self.receive()).get("body", b""))
        except TimeoutError:
            pass

    async def fail(self, error: Exception) -> None:
        """Answer for an error that nobody foresaw; only its kind is logged, since its text may hold names."""
        self._note = f" ({type(error).__name__})"
        if not self._status:
            await problem_answer(Problem("internal"), self._scope)(self._scope, self.receive, self.send)

    def log(self) -> None:
        """Write the line of this request: no file names, no tokens, no addresses of clients."""
        took = time.monotonic() - self._begun
        LOG.info("%s %s %s %.2f s%s", self._method(), self._path(), self._status or "-", took, self._note)

    def _method(self) -> str:
        method = self._scope["method"]
        return method if method in {"GET", "HEAD", "POST"} else "?"

    def _path(self) -> str:
        path = self._scope["path"]
        if path in {"/", "/check", "/api", "/api/v1/validate", "/api/v1/openapi.json", "/health"}:
            return str(path)
        return next((f"{start}…" for start in ("/r/", "/static/") if path.startswith(start)), "?")
