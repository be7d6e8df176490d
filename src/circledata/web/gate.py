"""Lets in as many uploads as the machine bears, and lets them be checked in the order in which they came."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from circledata.web.problems import Problem

Ahead = Callable[[int], Awaitable[None]]
"""Told how many are in front, whenever that changes."""


class Gate:
    """Counts the uploads inside; at most `at_once` of them are being checked, the others wait in line."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self.at_once = at_once
        self.room = at_once + waiting
        self.inside = 0
        self._line: list[object] = []
        self._moved = asyncio.Event()
        self._usual = 2.0

    @contextmanager
    def admitted(self) -> Iterator[None]:
        """Hold a place for one upload from its first byte to its answer. Problem `full` when there is none."""
        if self.inside >= self.room:
            raise Problem("full", self.patience())
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1

    def patience(self) -> int:
        """Return the seconds after which a place is likely free: a round of checks of the usual length."""
        return max(2, min(60, round(self._usual * self.room / self.at_once / 2)))

    @asynccontextmanager
    async def turn(self, ahead: Ahead) -> AsyncIterator[None]:
        """Wait in line until it is this upload's turn to be checked."""
        ticket = object()
        self._line.append(ticket)
        try:
            last = 0
            while (place := self._line.index(ticket)) >= self.at_once:
                if place != last:
                    last = place
                    await ahead(place - self.at_once + 1)
                await self._moved.wait()
            begun = time.monotonic()
            yield
            self._usual = 0.8 * self._usual + 0.2 * (time.monotonic() - begun)
        finally:
            self._line.remove(ticket)
            # Everybody in line looks where they stand now; the next change is another event.
            self._moved.set()
            self._moved = asyncio.Event()
