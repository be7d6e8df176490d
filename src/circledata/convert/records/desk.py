"""The desk at which rows of one table of a file become records, in two steps, so that several can work side by side.

`look` tells of each row what it says by itself. Which of the rows become records, and under which ids, is decided
elsewhere with all rows in view (engine.py). `make` then makes the records of those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from circledata.convert.mapping.headers import Header
from circledata.convert.model import SourceRow, SourceTable
from circledata.convert.records.asking import Asking
from circledata.convert.records.context import Context, Record
from circledata.convert.records.log import Entry, Log
from circledata.convert.records.maker import Given, Maker, Plan
from circledata.convert.records.rest import Rest
from circledata.convert.records.rows import Fill, content_of, row_judge


@dataclass
class Work:
    """One table of a file with what was compiled for it."""

    table: SourceTable
    header: Header
    makers: Sequence[Maker]
    rest: Rest
    asking: Asking
    branded: Mapping[str, tuple[tuple[str, ...], bool] | None]
    """The columns that give the brand, by table, and whether brands are learned from names."""


class Looked(NamedTuple):
    """What a row says by itself: why it is no record, or what it holds and what each maker would make of it.

    `row` has its blanks filled from above; `filled` are the columns that were.
    """

    row: SourceRow
    reason: str
    tag: str
    content: bytes = b""
    plans: Sequence[Plan] = ()
    filled: Sequence[str] = ()


class Chosen(NamedTuple):
    """A row that becomes records: its place among those looked at, the makers that make one of it, and the ids."""

    place: int
    makers: Sequence[tuple[int, Given]]


@dataclass
class Made:
    """The records of some rows: place of the row, number of the maker, record; and what else came of them."""

    log: Log
    records: list[tuple[int, int, Record]] = field(default_factory=list)
    translations: list[Record] = field(default_factory=list)
    unmapped: Counter[str] = field(default_factory=Counter)


class Desk:
    """Works on the rows of one table of a file; what is noted goes into `log`."""

    def __init__(self, work: Work, context: Context, log: Log) -> None:
        self._work, self._log = work, log
        self._fill = Fill(work.header.all_of(context.mapping.read.get("fill_down", ())))
        self._judge = row_judge(context.mapping, work.table, work.header, self._fill)
        self._content = content_of(work.table)

    @property
    def by_itself(self) -> bool:
        """Tell whether each row can be worked on without those before it and without the records of other tables."""
        return not self._fill.fills and not any(maker.refers for maker in self._work.makers)

    def look(self, rows: Sequence[SourceRow]) -> list[Looked]:
        """Look at rows one by one, in their order."""
        judge, content, makers, filled = self._judge, self._content, self._work.makers, self._fill.filled
        looked = []
        for given in rows:
            row, reason, tag = judge(given)
            if reason:
                looked.append(Looked(row, reason, tag))
            else:
                plans = [maker.plan(row) for maker in makers]
                looked.append(Looked(row, "", "", content(row), plans, filled.get(row.number, ())))
        return looked

    def make(self, looked: Sequence[Looked], chosen: Sequence[Chosen]) -> Made:
        """Make the records of the chosen rows, in their order."""
        made = Made(self._log)
        for place, makers in chosen:
            self._make(place, looked[place], makers, made)
        return made

    def _make(self, place: int, looked: Looked, makers: Sequence[tuple[int, Given]], made: Made) -> None:
        work, cells, row = self._work, looked.row.cells, looked.row.number
        file, sheet = work.table.file.name, work.table.sheet
        ids: dict[str, str] = {}
        for number, given in makers:
            maker, entry = work.makers[number], Entry(self._log, row, "", file, sheet)
            record = maker.make(cells, looked.plans[number], given, entry, ids)
            if record is None:
                continue
            for column in looked.filled:
                entry.change(column, "", "", cells[column], "filled-down")
            work.rest.keep(maker.table.name, record, cells, entry)
            made.records.append((place, number, record))
            made.translations += maker.translations(record, cells)
        if work.asking.asks:
            work.asking.look(cells, Entry(self._log, row, next(iter(ids.values()), ""), file, sheet))
        work.rest.count(cells, made.unmapped, self._log.decisions)
