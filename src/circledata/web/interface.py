"""The interface for programs: POST /api/v1/validate, its description, and /health."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from circledata.standard import versions
from circledata.version import __version__
from circledata.web.answers import FileAnswer, attachment, language, page
from circledata.web.flow import House, silent, unless_gone, visit
from circledata.web.openapi import document
from circledata.web.openapi_words import WORDS
from circledata.web.order import MEDIA


class Validate:
    """Takes an upload and answers with its report."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; the upload and the report are removed when the last byte has been sent."""
        request = Request(scope, receive)
        async with visit(self._house, request, page=False) as guest:
            end = await unless_gone(request, guest.check(silent))
            file = end["files"][0]
            media, ending = MEDIA[file["format"]]
            answer = FileAnswer(guest.out / file["file"], media)
            answer.headers["Content-Language"] = guest.order.lang
            if file["format"] in {"html", "workbook"}:
                stem = guest.upload.files[0].rpartition(".")[0] or guest.upload.files[0]
                answer.headers["Content-Disposition"] = attachment(f"{stem}-report.{ending}")
            await answer(scope, receive, send)


def health(house: House) -> Response:
    """Tell that the page is there, and how full it is."""
    gate = house.gate
    return JSONResponse(
        {
            "status": "ok",
            "circledata": __version__,
            "spec": versions()[-1],
            "inside": gate.inside,
            "room": gate.room,
        }
    )


def openapi(house: House, request: Request) -> Response:
    """Return the description of the interface."""
    described = document(house.settings, language(request.scope))
    return Response(json.dumps(described, ensure_ascii=False, indent=2), media_type="application/json")


def api_page(house: House, request: Request) -> Response:
    """Return the same description as a page to read."""
    described = document(house.settings, language(request.scope))
    return page(
        "api.html",
        request.scope,
        api=described,
        words=WORDS,
        port=house.settings.port,
        spec=versions()[-1],
    )
