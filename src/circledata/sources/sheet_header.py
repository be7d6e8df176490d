"""Finds the header of a sheet, of one row or of several with merged cells, and the unit that stands above it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from circledata.sources.book_ods import Range
from circledata.sources.header import SEARCHED_ROWS, Names, find_header, names_of
from circledata.standard.model import Field, Table
from circledata.values.units import AREA, MONEY, canonical_unit, unit_of_header

MOST_HEADER_ROWS = 3
_UNIT_ROW = re.compile(r"(?<![\u4e00-\u9fff])(?:金额|计量|数据|货币)?单位[::]([^()\s]{1,24})")
_BETWEEN_UNITS = re.compile("[、,;/和及]")
_VALUE = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?[%％]?|[0-9]{4}[-/.年].*|[0-9]{6,12}-[A-Z][0-9]+")


@dataclass(frozen=True, slots=True)
class SheetHeader:
    """Where a header stands and what it says of each place of a row."""

    first: int
    last: int
    """Numbers of its first and last row."""
    names: tuple[str, ...]
    """What people read above each column; a group stands before the column's own name, with a stroke between."""
    fields: tuple[str | None, ...]
    """The field that each place names; the same field may be named twice."""
    heads: tuple[str, ...]
    """The name with its unit, as a reader of amounts is told it."""
    rows: tuple[int, ...]
    """The row of the cell that holds each column's own name."""
    titled: bool
    """Whether the rows above the header only say the same once more, in the other language."""
    repeated: bool
    """Whether the row below the header does."""


def find_sheet_header(
    head: Sequence[Sequence[str]], merged: Sequence[Range], first_column: int, table: Table
) -> SheetHeader | None:
    """Find the header among the first rows of a sheet, which begin with row 1; None if nothing looks like one.

    `merged` are the sheet's merged ranges; `first_column` is the number of the first cell of each row.
    """
    start = next((index for index, cells in enumerate(head) if any(cells)), None)
    if start is None:
        return None
    # Rows without anything in them do not count towards the rows that are looked at.
    filled = [index for index, cells in enumerate(head) if any(cell.strip() for cell in cells)]
    found = find_header([head[index] for index in filled], table)
    best = _Span(filled[found.index], filled[found.index]) if found else None
    score, names = (found.score if found else 0), names_of(table)
    grid = _Grid(head, merged, first_column, names)
    for rows in range(2, MOST_HEADER_ROWS + 1):
        for index in filled[:SEARCHED_ROWS]:
            span = _Span(index, index + rows - 1)
            if span.last >= len(head) or not grid.is_header(span):
                continue
            hits = len(set(grid.fields(span)) - {None})
            if hits >= 2 and hits > score:
                best, score = span, hits
    return grid.header(grid.to_the_bottom(best), table) if best else None


@dataclass(frozen=True, slots=True)
class _Span:
    """First and last row of a header, as places in the head."""

    first: int
    last: int


class _Grid:
    """The first rows of a sheet with the text of merged cells in every cell that they cover."""

    def __init__(self, head: Sequence[Sequence[str]], merged: Sequence[Range], first_column: int, names: Names) -> None:
        self._own = [[cell.strip() for cell in cells] for cells in head]
        self._names = names
        self._spread = [list(cells) for cells in self._own]
        self._wide: set[tuple[int, int]] = set()
        """Places that lie under a cell merged along its row."""
        self._bottom: dict[int, int] = {}
        """The last row of the cells merged downwards that begin in a row, if they are most of it."""
        deep: dict[tuple[int, int], list[int]] = {}
        for (top, left), (bottom, right) in merged:
            left, right = left - first_column + 1, right - first_column + 1
            if top >= len(head) or left < 0 or left >= len(self._own[top]):
                continue
            text = self._own[top][left]
            if text and bottom > top:
                deep.setdefault((top, bottom), []).append(left)
            for row in range(top, min(bottom + 1, len(head))):
                for place in range(left, min(right + 1, len(self._own[row]))):
                    self._spread[row][place] = text
                    if right > left:
                        self._wide.add((row, place))

        self._bottom = {
            top: bottom
            for (top, bottom), places in deep.items()
            if len(places) > 1 and len(places) * 2 >= sum(1 for text in self._own[top] if text)
        }
        self._spread_groups()

    def _spread_groups(self) -> None:
        """Spread a group over the blank cells beside it that have a name below, as if they were merged."""
        for row, (upper, lower) in enumerate(pairwise(self._own)):
            for place in range(1, len(upper)):
                group = self._spread[row][place - 1]
                under = lower[place] and lower[place - 1] and not self._spread[row][place]
                if under and group and self._names.field_of(group) is None:
                    self._spread[row][place] = group
                    self._wide |= {(row, place - 1), (row, place)}

    def to_the_bottom(self, span: _Span) -> _Span:
        """Return a header with the rows that its own merged cells cover, as far as these rows look like a header."""
        wider = _Span(span.first, self._bottom.get(span.first, span.last))
        if not span.last < wider.last < min(span.first + MOST_HEADER_ROWS, len(self._own)):
            return span
        below = [text for row in range(span.last + 1, wider.last + 1) for text in self._own[row] if text]
        return span if any(_VALUE.fullmatch(text) for text in below) else wider

    def _parts(self, span: _Span, place: int) -> list[str]:
        """Return the different texts above a column, from top to bottom."""
        texts = [self._spread[row][place] for row in range(span.first, span.last + 1)]
        return list(dict.fromkeys(text for text in texts if text))

    def fields(self, span: _Span) -> list[str | None]:
        """Return the field of each place: by its lowest name that is one, else by group and name together."""
        return [self._field(span, place) for place in range(len(self._own[span.first]))]

    def _field(self, span: _Span, place: int) -> str | None:
        parts, own = self._parts(span, place), self._names.field_of
        for part in reversed(parts):
            if found := own(part):
                # A name that stands over several columns is the name of none of them alone.
                if (span.first, place) in self._wide and part == self._spread[span.first][place] and len(parts) > 1:
                    continue
                return found
        if len(parts) > 1:
            joined = ("".join(parts), "".join(reversed(parts)), "".join(parts[-2:]))
            return next((found for text in joined if (found := own(text))), None)
        return None

    def is_header(self, span: _Span) -> bool:
        """Tell whether several rows are one header: the lower ones hold names under groups, and no data."""
        if sum(1 for text in self._own[span.first] if text) < 2:
            return False  # a title
        for row in range(span.first + 1, span.last + 1):
            below = [place for place, text in enumerate(self._own[row]) if text]
            if any(not self._may_stand(span, row, place) for place in below):
                return False
        return True

    def _may_stand(self, span: _Span, row: int, place: int) -> bool:
        text, above = self._own[row][place], self._spread[row - 1][place]
        if _VALUE.fullmatch(text):
            return False
        known = self._names.field_of(text)
        if not above or (row - 1, place) in self._wide:
            # Under a group anything may stand, in an empty column only what is a name.
            return bool(above) or known is not None
        named = self._names.field_of(above)
        beside = place + 1 < len(self._own[row - 1]) and not self._own[row - 1][place + 1] and self._own[row][place + 1]
        return known is not None if named is None or beside else known == named

    def header(self, span: _Span, table: Table) -> SheetHeader:
        """Return the header that stands in these rows."""
        fields = self.fields(span)
        places = range(len(fields))
        names = ["/".join(self._parts(span, place)) for place in places]
        titles = span.first - 1 if span.first and self._says_the_same(span.first - 1, fields) else None
        heads = [self._head(self._parts(span, place)) for place in places]
        for place in places if titles is not None else ():
            # A column that somebody added stands only in the row of titles.
            title = self._own[titles or 0][place]
            if title and not names[place]:
                names[place], fields[place] = title, self._names.field_of(title)
            heads[place] = title or heads[place] or names[place]
        repeated = span.last + 1 < len(self._own) and self._says_the_same(span.last + 1, fields)
        for place in places if repeated else ():
            # The row below is read for its units alone, where the header names none itself.
            below = self._own[span.last + 1][place]
            silent = heads[place] in self._names.fields or unit_of_header(heads[place]) is None
            if silent and self._names.field_of(below) == fields[place] and below not in self._names.fields:
                heads[place] = below or heads[place]
        top = span.first if titles is None else titles
        units = list(self._units_above(top))
        for place, name in enumerate(fields):
            item = table.by_name.get(name or "")
            if item is not None:
                # A machine name ends with the standard's unit whatever people have written above it.
                said = [part for part in self._parts(span, place) if part not in self._names.fields]
                group = [self._spread[top - 1][place]] if top and (top - 1, place) in self._wide else []
                heads[place] = _with_unit(heads[place], [*group, *said], item, units)
        first, last = span.first + 1, span.last + 1
        rows = tuple(self._row(span, place, titles) for place in places)
        return SheetHeader(first, last, tuple(names), tuple(fields), tuple(heads), rows, titles is not None, repeated)

    def _head(self, parts: Sequence[str]) -> str:
        """Return what tells a column's unit: the lowest name with one, which a machine name has of the standard."""
        units = (part for part in reversed(parts) if part not in self._names.fields and unit_of_header(part))
        return next(units, "/".join(parts))

    def _row(self, span: _Span, place: int, titles: int | None) -> int:
        rows = [row for row in range(span.first, span.last + 1) if self._own[row][place]]
        if not rows and titles is not None and self._own[titles][place]:
            return titles + 1
        return rows[-1] + 1 if rows else span.last + 1

    def _says_the_same(self, row: int, fields: Sequence[str | None]) -> bool:
        above = [self._names.field_of(text) if text else None for text in self._own[row]]
        same = sum(1 for one, other in zip(above, fields, strict=False) if one and one == other)
        return same >= 2 and same * 2 >= sum(1 for text in self._own[row] if text)

    def _units_above(self, first: int) -> Iterator[str]:
        """Yield the units that a line above the header names for the whole table: 单位：万元."""
        for cells in self._own[:first]:
            for cell in cells:
                for found in _UNIT_ROW.finditer(unicodedata.normalize("NFKC", cell)):
                    for word in _BETWEEN_UNITS.split(found.group(1)):
                        if unit := canonical_unit(word):
                            yield unit


def _with_unit(head: str, parts: Sequence[str], item: Field, units: Sequence[str]) -> str:
    """Return a column's head with the unit that its group or the line above the table names, if it names none."""
    if unit_of_header(head) is not None or item.unit not in {"yuan", "m2"}:
        return head
    kinds = MONEY if item.unit == "yuan" else AREA
    for unit in (*(unit_of_header(part) for part in reversed(parts)), *units):
        if unit in kinds:
            return f"{head}（{unit}）"
    return head
