"""Hands the rows of a conversion out in pieces: to this process, or where there are many, to several side by side.

What comes out is the same either way, letter for letter: the same desks do the work, and what needs all rows in view
(which row is a duplicate, which id comes next) is decided here, piece after piece.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from circledata.convert.model import SourceRow
from circledata.convert.records.context import Context
from circledata.convert.records.crew import Gone, Member, Standby, setting_of
from circledata.convert.records.desk import Chosen, Desk, Looked, Made, Work
from circledata.convert.records.packing import (
    packed_choice,
    packed_rows,
    unpacked_looks,
    unpacked_made,
)

SIZE = 4_000
"""Rows of one piece: some tenths of a second of work, some megabytes to hand over."""
WORTHWHILE = 20_000
"""Rows from which further processes are started; below, to start them takes longer than they save."""
LARGE = 4 << 20
"""Bytes of the files from which they hold that many rows, whatever they are: a row takes some hundred."""
_MOST = 4
"""Processes; with more, this one no longer keeps up with deciding and collecting."""


@dataclass(frozen=True)
class Share:
    """One table of a conversion by its number, with the desk of this process for it."""

    number: int
    work: Work
    desk: Desk


class Piece:
    """Some rows of one table, worked on in this process."""

    def __init__(self, share: Share, rows: Sequence[SourceRow]) -> None:
        self.work, self.rows = share.work, rows
        self._desk = share.desk
        self._looked: list[Looked] | None = None
        self._chosen: Sequence[Chosen] = ()

    def looked(self) -> Sequence[Looked]:
        """Return what the rows say by themselves; `rows` are then those with their blanks filled."""
        if self._looked is None:
            self._looked = self._desk.look(self.rows)
            self.rows = [each.row for each in self._looked]
        return self._looked

    def choose(self, chosen: Sequence[Chosen]) -> None:
        """Say which of the rows become records, once."""
        self._chosen = chosen

    def made(self) -> Made:
        """Return the records of the rows that were chosen, once."""
        return self._desk.make(Piece.looked(self), self._chosen)


class Lent(Piece):
    """Some rows given to another process. Should that one fail, they are worked on here, with the same result."""

    def __init__(self, share: Share, rows: Sequence[SourceRow], number: int, member: Member) -> None:
        super().__init__(share, rows)
        self._member, self._number = member, number
        member.ask("look", number, (share.number, packed_rows(rows)))

    def looked(self) -> Sequence[Looked]:
        """Return what the rows say by themselves."""
        try:
            return unpacked_looks(self._member.answer("look", self._number), self.rows)
        except Gone:
            return super().looked()

    def choose(self, chosen: Sequence[Chosen]) -> None:
        """Say which of the rows become records."""
        super().choose(chosen)
        self._member.ask("make", self._number, packed_choice(chosen))

    def made(self) -> Made:
        """Return the records of the rows that were chosen."""
        try:
            return unpacked_made(self._member.answer("make", self._number))
        except Gone:
            return super().made()


class Pieces:
    """The pieces of all rows, in order; a context manager, since other processes may have to be ended."""

    def __init__(self, works: Sequence[Work], context: Context) -> None:
        self._shares = [Share(number, work, Desk(work, context, context.log)) for number, work in enumerate(works)]
        self._context = context
        self._members: list[Member] = []

    def __enter__(self) -> Pieces:
        count = sum(len(share.work.table.rows) for share in self._shares)
        wanted = processes(count, self._context.options.processes)
        if wanted > 1 and all(share.desk.by_itself for share in self._shares):
            setting = setting_of([share.work.table for share in self._shares], self._context)
            self._members = (self._context.options.standby or Standby(0)).take(wanted, setting)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for member in self._members:
            member.close()

    @property
    def behind(self) -> int:
        """How many pieces may wait for their records, so that every process has something to do."""
        return len(self._members)

    def __iter__(self) -> Iterator[Piece]:
        """Yield the pieces; each wants to be looked at, chosen from and taken before the ones after it."""
        asked: deque[Piece] = deque()
        for number, (share, rows) in enumerate(self._stretches()):
            asked.append(self._piece(number, share, rows))
            if len(asked) > 2 * len(self._members):
                yield asked.popleft()
        while asked:
            yield asked.popleft()

    def _stretches(self) -> Iterator[tuple[Share, Sequence[SourceRow]]]:
        for share in self._shares:
            rows = share.work.table.rows
            for start in range(0, len(rows), SIZE):
                yield share, rows[start : start + SIZE]

    def _piece(self, number: int, share: Share, rows: Sequence[SourceRow]) -> Piece:
        if not self._members:
            return Piece(share, rows)
        return Lent(share, rows, number, self._members[number % len(self._members)])


def standby(paths: Sequence[Path], wanted: int | None) -> Standby:
    """Start the processes that files of this size will keep busy; none for small ones. `wanted`: the user's number."""
    size = sum(path.stat().st_size for path in paths if path.is_file())
    count = processes(WORTHWHILE, wanted) if size >= LARGE else 1
    return Standby(count if count > 1 else 0)


def processes(rows: int, wanted: int | None) -> int:
    """Return how many processes shall make records; 1 means this one alone."""
    if wanted is not None:
        return wanted
    if rows < WORTHWHILE:
        return 1
    return min(_cores(), _MOST)


def _cores() -> int:
    """Return how many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
