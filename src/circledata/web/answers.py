"""Answers: pages from the templates, problems as page or as JSON, files; and the language that a client reads."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from circledata.standard.model import Language
from circledata.version import __version__
from circledata.web.problems import Problem
from circledata.web.words import say

STREAM = "application/x-ndjson"
STATIC: Mapping[str, str] = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


@cache
def static_file(name: str) -> bytes:
    """Return a file that belongs to the page."""
    return (files("circledata.web") / "static" / name).read_bytes()


@cache
def edition() -> str:
    """Return a short hash of the page's own files: part of their addresses, so that a browser may keep them."""
    return hashlib.sha256(b"".join(static_file(name) for name in STATIC)).hexdigest()[:12]


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("circledata.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def language(scope: Scope) -> Language:
    """Return the language that a request asks for: ?lang=, else that of the browser, else Chinese."""
    wanted = QueryParams(scope["query_string"]).get("lang")
    if wanted in {"zh", "en"}:
        return "en" if wanted == "en" else "zh"
    best: tuple[float, Language] | None = None
    for part in Headers(scope=scope).get("accept-language", "")[:500].split(","):
        found = re.fullmatch(r"\s*(zh|en)\b[^;]*(?:;\s*q=([01](?:\.[0-9]{1,3})?))?\s*", part, re.IGNORECASE)
        if found and (best is None or float(found[2] or 1) > best[0]):
            best = (float(found[2] or 1), "en" if found[1].lower() == "en" else "zh")
    return best[1] if best else "zh"


def page(template: str, scope: Scope, *, status: int = 200, **values: Any) -> Response:
    """Return a page. All its links are relative, so that it works below any path of a proxy."""
    lang = language(scope)
    depth = scope["path"].count("/") - 1
    html = (
        _templates()
        .get_template(template)
        .render(
            lang=lang,
            other="en" if lang == "zh" else "zh",
            # What a problem was answered to need not be a page that can be asked for again.
            here=(scope["path"].rsplit("/", 1)[1] if status == 200 else "") or "./",
            root="../" * depth or "./",
            edition=edition(),
            version=__version__,
            t=lambda key, **filled: say(lang, key, **filled),
            **values,
        )
    )
    return Response(html, status, media_type="text/html", headers={"Content-Language": lang})


_HEADS = {"not-found": "nothing-here", "gone": "nothing-here", "method": "nothing-here"}


def problem_answer(problem: Problem, scope: Scope) -> Response:
    """Return the answer for a problem: a page for people, a problem document for programs."""
    lang = language(scope)
    program = scope["path"].startswith(("/api/", "/health"))
    if program or STREAM in Headers(scope=scope).get("accept", ""):
        body = json.dumps(problem.record(lang, program=program), ensure_ascii=False)
        answer = Response(body, problem.status, media_type="application/problem+json")
    else:
        answer = page(
            "problem.html",
            scope,
            status=problem.status,
            text=problem.in_language(lang),
            head=_HEADS.get(problem.code, "refused"),
        )
    answer.headers.update(problem.headers())
    return answer


def attachment(name: str) -> str:
    """Return the header that makes a browser save an answer under `name`."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


class FileAnswer(Response):
    """Sends a file piece by piece, with nothing of its date or place."""

    PIECE = 256 << 10

    def __init__(self, path: Path, media_type: str) -> None:
        super().__init__(media_type=media_type)
        self._path = path
        self.headers["Content-Length"] = str(path.stat().st_size)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        with self._path.open("rb") as stream:
            while scope["method"] != "HEAD" and (piece := await asyncio.to_thread(stream.read, self.PIECE)):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
