"""What is to be done with the columns of one CSV file: new heads, menders, and units that may be applied."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from circledata.findings.model import Finding
from circledata.sources.csv_exact import Exact
from circledata.sources.header import key
from circledata.sources.lines import LineReader
from circledata.sources.mending import CellMender
from circledata.sources.model import Limits, RawTable
from circledata.sources.staging import Stage
from circledata.standard.model import Field, Standard, Table
from circledata.values.units import unit_of_header

_UNITS = frozenset({"yuan", "m2", "share"})
"""Units of fields whose numbers mean something else under another unit; a head must name it to be trusted."""


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column: its head, the head that it gets, and its mender; None when its cells are left alone."""

    header: str
    new_header: str
    item: Field | None
    mender: CellMender | None

    @property
    def phone(self) -> bool:
        """Whether telephone numbers may be shown."""
        return self.item is not None and self.item.name == "phone"


def plan(raw: RawTable, table: Table, standard: Standard, codec: str, bom: int) -> list[ColumnPlan]:
    """Return what is to be done with each column; reads the file once more when a head names another unit."""
    items = [table.by_name.get(column.field or "") for column in raw.columns]
    menders = [
        CellMender(item, standard, header=column.header) for item, column in zip(items, raw.columns, strict=True)
    ]
    places = [place for place, mender in enumerate(menders) if mender.unit is not None]
    doubtful = _doubtful(raw, menders, places, codec, bom) if places else frozenset()
    plans = []
    for place, (column, item, mender) in enumerate(zip(raw.columns, items, menders, strict=True)):
        left = place in doubtful
        new = column.header if left else new_header(column.header, item, table, mender.unit)
        plans.append(ColumnPlan(column.header, new, item, None if left else mender))
    return plans


def new_header(header: str, item: Field | None, table: Table, unit: str | None) -> str:
    """Return the machine name for a head that means nothing else; any other head as it is.

    The head of money, an area or a share that does not name its unit may mean another one, and stays.
    """
    if item is None or header == item.name:
        return header
    exact = key(header) in {key(item.name), key(item.title.zh), key(item.title.en)}
    if exact or unit is not None or item.unit not in _UNITS:
        return item.name
    named = unit_of_header(header)
    return item.name if named is not None and named == unit_of_header(item.title.zh) else header


def _doubtful(
    raw: RawTable, menders: Sequence[CellMender], places: Sequence[int], codec: str, bom: int
) -> frozenset[int]:
    """Return the columns whose head names another unit and of which some cell is not certain.

    The head must change together with all cells of its column; a row whose cells cannot be told apart may hide one.
    """
    findings: list[Finding] = []
    look = _Look(len(raw.columns), menders, places)
    exact = Exact(raw, Limits(), look, findings)
    for block in LineReader(raw.path, codec, bom).blocks():
        exact.take(block)
    exact.finish()
    return frozenset(look.doubtful)


class _Look(Stage):
    """Takes the records of a file and looks at the columns with a unit in their heads; writes nothing."""

    def __init__(self, columns: int, menders: Sequence[CellMender], places: Sequence[int]) -> None:
        self.rows = 0
        self._columns = columns
        self._menders = menders
        self._left = set(places)
        self.doubtful: set[int] = set()

    def add(self, line: int, row: Sequence[str], *, broken: bool = False) -> None:
        """Look at one record."""
        for place in sorted(self._left):
            if broken or not _certain(row[place], self._menders[place]):
                self.doubtful.add(place)
                self._left.discard(place)

    def add_text(self, line: int, text: str) -> None:
        """Look at one record as its file has it."""
        self.add(line, next(csv.reader(io.StringIO(text, newline=""))))

    def add_lines(self, first: int, lines: Sequence[str]) -> None:
        """Look at records of one line each."""
        if self._left:
            for row in csv.reader(lines):
                self.add(first, row)


def _certain(text: str, mender: CellMender) -> bool:
    """Tell whether a cell of a column with a unit in its head can be converted, or says nothing, or nought."""
    return not text.strip() or mender.mend(text) is not None or not text.strip("0.")
