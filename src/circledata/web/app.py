"""The application: its addresses, what all requests share, and what starts and ends with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from circledata.web import interface, pages
from circledata.web.answers import problem_answer
from circledata.web.flow import House
from circledata.web.folder import PrivateFolder
from circledata.web.gate import Gate
from circledata.web.guard import Guard
from circledata.web.problems import Problem
from circledata.web.results import Results
from circledata.web.settings import Settings


def create_app(settings: Settings | None = None) -> ASGIApp:
    """Make the application. Its private folder exists from here until the application has been shut down."""
    settings = settings or Settings()
    folder = PrivateFolder(settings.folder)
    house = House(settings, folder, Gate(settings.at_once, settings.waiting), Results(folder, settings.keep))
    inner = Starlette(
        routes=_routes(house),
        exception_handlers={Problem: _problem, HTTPException: _http, ClientDisconnect: _gone, Exception: _failed},
        lifespan=_lifespan(house),
    )
    inner.router.redirect_slashes = False
    return Guard(inner, settings)


def _routes(house: House) -> list[Route]:
    def answered(make: Callable[[House, Request], Response]) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            return make(house, request)

        return endpoint

    async def health(_: Request) -> Response:
        return interface.health(house)

    return [
        Route("/", answered(pages.start)),
        Route("/check", pages.Check(house), methods=["POST"]),
        Route("/r/{token}/", answered(pages.result)),
        Route("/r/{token}/view", answered(pages.view)),
        Route("/r/{token}/delete", answered(pages.delete), methods=["POST"]),
        Route("/r/{token}/get/{format}", answered(pages.fetch)),
        Route("/static/{name}", answered(pages.static)),
        Route("/api", answered(interface.api_page)),
        Route("/api/v1/openapi.json", answered(interface.openapi)),
        Route("/api/v1/validate", interface.Validate(house), methods=["POST"]),
        Route("/health", health),
    ]


def _lifespan(house: House) -> Callable[[Starlette], Any]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        sweeper = asyncio.create_task(house.results.sweep())
        try:
            yield
        finally:
            sweeper.cancel()
            with suppress(asyncio.CancelledError):
                await sweeper
            house.folder.close()

    return lifespan


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return problem_answer(error, request.scope)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = problem_answer(Problem("method" if error.status_code == 405 else "not-found"), request.scope)
    answer.headers.update(error.headers or {})
    return answer


async def _failed(request: Request, error: Exception) -> Response:
    # The error goes on to the guard, which logs its kind.
    return problem_answer(Problem("internal"), request.scope)


async def _gone(request: Request, error: Exception) -> Response:
    # Nobody reads it; it only closes the exchange.
    return Response(status_code=400)
