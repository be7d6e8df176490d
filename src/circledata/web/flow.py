"""The way of one upload through the house: let in, received, checked in its turn, answered, removed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request

from circledata.standard.model import Language
from circledata.web.answers import language
from circledata.web.checks import check
from circledata.web.folder import PrivateFolder
from circledata.web.gate import Gate
from circledata.web.order import Order, read_order
from circledata.web.results import Results
from circledata.web.settings import Settings
from circledata.web.upload import Upload, receive_upload

T = TypeVar("T")
Tell = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass
class House:
    """What all requests share."""

    settings: Settings
    folder: PrivateFolder
    gate: Gate
    results: Results


@dataclass
class Visit:
    """One upload that was received: its files, and what is asked for."""

    house: House
    job: Path
    upload: Upload
    order: Order

    async def check(self, tell: Tell) -> dict[str, Any]:
        """Check when it is its turn; return what was written into `out`."""

        async def ahead(count: int) -> None:
            await tell({"step": "queue", "ahead": count})

        async with self.house.gate.turn(ahead):
            return await check(self.upload, self.order, self.job, self.house.settings, tell)

    @property
    def out(self) -> Path:
        """Where the check writes."""
        return self.job / "out"


@asynccontextmanager
async def visit(house: House, request: Request, *, page: bool) -> AsyncIterator[Visit]:
    """Receive an upload and keep it until the block ends, however it ends."""
    with house.gate.admitted(), house.folder.job() as job:
        inbox = job / "in"
        inbox.mkdir(mode=0o700)
        upload = await receive_upload(request, inbox, house.settings)
        asked: Language = language(request.scope)
        yield Visit(house, job, upload, read_order(upload.fields, asked, page=page))


async def unless_gone(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Do some work, and stop it when the client breaks off. ClientDisconnect then."""
    task, gone = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise ClientDisconnect
    finally:
        task.cancel()
        gone.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def silent(_: dict[str, Any]) -> None:
    """Tell nobody how far the check is."""
