"""The page for people: the place to drop a file, the check with its progress, the result and its files."""

from __future__ import annotations

import json
import math
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from circledata.standard import load_standard
from circledata.standard.model import Language
from circledata.web.answers import STATIC, STREAM, FileAnswer, attachment, language, page, static_file
from circledata.web.flow import House, Visit, silent, unless_gone, visit
from circledata.web.order import MEDIA
from circledata.web.problems import Problem
from circledata.web.results import Kept
from circledata.web.upload import size_text
from circledata.web.words import PAGE, say

ENDINGS = {
    "html": ("检查报告", "report"),
    "workbook": ("标注", "marked"),
    "csv": ("问题清单", "findings"),
    "json": ("检查报告", "report"),
    "repaired": ("改好", "repaired"),
    "changes": ("修改清单", "changes"),
    "yearly": ("年度汇总表", "yearly-summary"),
}
"""What is added to the name of the uploaded file for each file that the page gives."""

CARDS = ("workbook", "repaired", "html", "csv", "yearly")
"""What stands on a card of its own, in order; the JSON is a link below."""

VIEW_POLICY = (
    "sandbox allow-scripts allow-modals allow-popups allow-downloads; default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The report is one file with its script inside. It is shown in a world of its own, which cannot reach this page."""


def start(house: House, request: Request) -> Response:
    """Show the place to drop a file."""
    deleted = "deleted" in request.query_params
    return page("start.html", request.scope, deleted=deleted, **offered(house, language(request.scope)))


def offered(house: House, lang: Language) -> dict[str, Any]:
    """Return what the form for an upload needs."""
    standard = load_standard()
    systems = standard.codelists["coordinate-systems"]
    return {
        "limit": size_text(house.settings.max_upload_bytes).in_language(lang),
        "limit_bytes": house.settings.max_upload_bytes,
        "minutes": _minutes(house.settings.keep),
        "tables": [(name, table.title.in_language(lang)) for name, table in standard.tables.items()],
        "systems": list(systems.codes),
        "script_words": {key: text.in_language(lang) for key, text in PAGE.items() if key.startswith("say-")},
        "spec": standard.version,
    }


def _minutes(seconds: float) -> int:
    return max(1, math.ceil(seconds / 60))


class Check:
    """Takes an upload from the page; tells a script how far it is, and sends a browser without one to the result."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one upload."""
        request = Request(scope, receive)
        async with visit(self._house, request, page=True) as guest:
            if STREAM in request.headers.get("accept", ""):
                await self._stream(request, guest, send)
                return
            end = await unless_gone(request, guest.check(silent))
            answer = RedirectResponse(self._keep(guest, end), 303)
        await answer(scope, receive, send)

    def _keep(self, guest: Visit, end: dict[str, Any]) -> str:
        """Keep what the check gave, and return where it can be seen, relative to this address."""
        token = self._house.results.keep(guest.out, guest.order.lang, end["files"])
        return f"r/{token}/?lang={guest.order.lang}"

    async def _stream(self, request: Request, guest: Visit, send: Send) -> None:
        """Send a line for each step, and at the end where the result is or what went wrong."""
        headers = [(b"content-type", STREAM.encode()), (b"x-accel-buffering", b"no")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})

        async def tell(said: dict[str, Any]) -> None:
            line = json.dumps(said, ensure_ascii=False) + "\n"
            await send({"type": "http.response.body", "body": line.encode(), "more_body": True})

        try:
            end = await unless_gone(request, guest.check(tell))
            await tell({"done": self._keep(guest, end)})
        except Problem as problem:
            await tell({"problem": problem.record(guest.order.lang)})
        await send({"type": "http.response.body", "body": b""})


def found(house: House, request: Request) -> Kept:
    """Return the result that a request names. Problem `gone` when there is none."""
    kept = house.results.find(request.path_params["token"])
    if kept is None:
        raise Problem("gone")
    return kept


def result(house: House, request: Request) -> Response:
    """Show a result."""
    kept = found(house, request)
    lang = language(request.scope)
    shown = kept.summary
    cards = [_card(kept, name, lang) for name in CARDS if kept.file(name)]
    return page(
        "result.html",
        request.scope,
        shown=shown,
        basis=_basis(shown["basis"], lang),
        cards=cards,
        json=_card(kept, "json", lang),
        unmarked=bool(shown["rules"]) and kept.file("workbook") is None,
        foreign=kept.lang != lang,
        left=_minutes(kept.left()),
        **offered(house, lang),
    )


def _basis(basis: dict[str, Any], lang: Language) -> list[str]:
    parts = [say(lang, "basis-tool", tool=basis["tool"], spec=basis["spec"])]
    parts += [say(lang, f"basis-{key}", value=basis[value]) for key, value in _BASIS if basis[value]]
    if basis["synthetic"]:
        parts.append(say(lang, "basis-synthetic"))
    return parts


_BASIS = (("division", "division"), ("crs", "crs"), ("as-of", "as_of"))


def _card(kept: Kept, name: str, lang: Language) -> dict[str, Any]:
    """Return one file as the page offers it; with a repaired file its list of changes, where that is a file too."""
    file = dict(kept.file(name) or {})
    file["size"] = size_text(file["bytes"]).in_language(lang)
    file["listed"] = name == "repaired" and kept.file("changes") is not None
    return file


def fetch(house: House, request: Request) -> Response:
    """Give one file of a result, to save."""
    kept = found(house, request)
    file = kept.file(request.path_params["format"])
    if file is None:
        raise Problem("not-found")
    kind = {"changes": "csv", "yearly": "workbook"}.get(file["format"], file["format"])
    media, _ = MEDIA.get(kind, ("application/octet-stream", ""))
    stem = kept.summary["label"].removesuffix(" …").rpartition(".")[0] or kept.summary["label"]
    ending = file["file"].rpartition(".")[2]
    answer = FileAnswer(kept.folder / file["file"], media)
    name = f"{stem}-{ENDINGS[file['format']][0 if kept.lang == 'zh' else 1]}.{ending}"
    answer.headers["Content-Disposition"] = attachment(name)
    return answer


def view(house: House, request: Request) -> Response:
    """Show the report itself."""
    kept = found(house, request)
    file = kept.file("html")
    if file is None:
        raise Problem("not-found")
    answer = FileAnswer(kept.folder / file["file"], MEDIA["html"][0])
    answer.headers["Content-Security-Policy"] = VIEW_POLICY
    return answer


def delete(house: House, request: Request) -> Response:
    """Remove a result at once."""
    house.results.drop(request.path_params["token"])
    return RedirectResponse(f"../../?deleted&lang={language(request.scope)}", 303)


def static(house: House, request: Request) -> Response:
    """Give a file of the page itself."""
    name = request.path_params["name"]
    if name not in STATIC:
        raise Problem("not-found")
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(static_file(name), media_type=STATIC[name], headers=headers)
