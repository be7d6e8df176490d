"""A small web server of the tests on 127.0.0.1 that can do wrong whatever a server can do wrong."""

from __future__ import annotations

import contextlib
import hashlib
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from circledata.feeds.fetch import Client, FetchError


@dataclass(frozen=True)
class Request:
    path: str
    headers: Mapping[str, str]


Answer = Callable[[Request, BinaryIO], None]


class Site:
    """The server: `site["/a.json"] = reply(...)`; several answers in a list are given one after the other."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.requests: list[Request] = []
        self._server = _Server(self, context)
        threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True).start()
        self.port: int = self._server.server_address[1]
        self.base = f"{'https' if context else 'http'}://127.0.0.1:{self.port}"

    def __setitem__(self, path: str, answer: Answer | list[Answer]) -> None:
        self.answers[path] = answer if isinstance(answer, list) else [answer]

    def url(self, path: str) -> str:
        return self.base + path

    def asked(self, path: str) -> list[Mapping[str, str]]:
        return [request.headers for request in self.requests if request.path == path]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, site: Site, context: ssl.SSLContext | None) -> None:
        self.site, self.context = site, context
        super().__init__(("127.0.0.1", 0), _Handler)

    def get_request(self) -> Any:
        opened, address = super().get_request()
        if self.context:
            try:
                opened = self.context.wrap_socket(opened, server_side=True)
            except OSError:
                opened.close()
                raise
        return opened, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when the client has hung up."""


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        line = self.rfile.readline().decode()
        headers = {}
        while (header := self.rfile.readline().decode().strip()) != "":
            name, _, value = header.partition(":")
            headers[name.strip().lower()] = value.strip()
        if not line:
            return
        site, request = self.server.site, Request(line.split(" ")[1], headers)
        site.requests.append(request)
        answers = site.answers.get(request.path) or [reply(b"nothing here", 404)]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        with contextlib.suppress(OSError):
            answer(request, self.wfile)


def head(status: int = 200, **headers: object) -> bytes:
    lines = [f"HTTP/1.1 {status} Said", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def reply(body: bytes, status: int = 200, *, length: object = None, **headers: object) -> Answer:
    """Answer with a body and its length, or another length where `length` says so ("" for none)."""

    def answer(request: Request, out: BinaryIO) -> None:
        sized = {} if length == "" else {"Content_Length": len(body) if length is None else length}
        out.write(head(status, **sized, **headers) + body)

    return answer


def file(body: bytes, *, etag: str | None = None, modified: str | None = None, stop: int | None = None) -> Answer:
    """Answer as a good static server does: validators, 304, ranges; `stop` cuts the body off after so many bytes."""
    known = {"ETag": etag} if etag else {}
    known |= {"Last_Modified": modified} if modified else {}

    def answer(request: Request, out: BinaryIO) -> None:
        asked = request.headers
        if (etag and asked.get("if-none-match") == etag) or (
            modified and "if-none-match" not in asked and asked.get("if-modified-since") == modified
        ):
            out.write(head(304, **known))
            return
        start = int(asked["range"].removeprefix("bytes=").removesuffix("-")) if "range" in asked else 0
        if asked.get("if-range") not in {None, etag, modified}:
            start = 0
        if start >= len(body) and start:
            out.write(head(416, Content_Range=f"bytes */{len(body)}", Content_Length=0))
            return
        partial = {"Content_Range": f"bytes {start}-{len(body) - 1}/{len(body)}"} if start else {}
        sent = body[start:] if stop is None else body[start:stop]
        out.write(head(206 if start else 200, **known, **partial, Content_Length=len(body) - start) + sent)

    return answer


def redirect(to: str, status: int = 302) -> Answer:
    return reply(b"", status, Location=to)


def dripping(start: bytes, piece: bytes, pause: float = 0.05) -> Answer:
    """Begin an answer and then never end it."""

    def answer(request: Request, out: BinaryIO) -> None:
        out.write(start)
        while True:
            out.write(piece)
            time.sleep(pause)

    return answer


def silent(seconds: float) -> Answer:
    def answer(request: Request, out: BinaryIO) -> None:
        time.sleep(seconds)

    return answer


def sha(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def fault_of(client: Client, url: str, *args: Any, **more: Any) -> FetchError:
    """Fetch what must fail, and return the fault after a look at its words."""
    try:
        client.get(url, *args, **more)
    except FetchError as error:
        zh, en = error.in_language("zh"), error.in_language("en")
        assert "{" not in zh + en
        assert zh.endswith("。")
        assert en.endswith(".")
        assert not any("\u4e00" <= character <= "\u9fff" for character in en), en
        return error
    raise AssertionError("nothing was refused")
