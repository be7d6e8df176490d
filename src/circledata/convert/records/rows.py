"""Decides which rows of a table are no records: broken, totals, headers again, duplicates, what the mapping says."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence

from circledata.convert.mapping.conditions import condition
from circledata.convert.mapping.headers import Header
from circledata.convert.mapping.model import Mapping as SourceMapping
from circledata.convert.model import SourceRow, SourceTable
from circledata.sources.header import key

_TOTAL = re.compile(r"[\s　]*(?:合|小|总|共)[\s　]*计(?:[\s　]*[:：(（].*)?[\s　]*")
_NOTE = re.compile(r"\s*(?:备注|注|说明|填表|填报|制表|审核|单位负责人|联系人|数据来源|截至|截止)[^,，]{0,6}[:：]")
_SERIAL_HEADERS = frozenset(map(key, ["序号", "序", "行号", "no", "no.", "index", "xh"]))

Reason = tuple[str, str]
"""Why a row is left out, and the text that decided; two empty texts when the row is a record."""
Judged = tuple[SourceRow, str, str]
"""The row, its blanks filled, with reason and text."""


def row_judge(mapping: SourceMapping, table: SourceTable, header: Header, fill: Fill) -> Callable[[SourceRow], Judged]:
    """Return the function that judges the rows of one table, each after `fill` gave it the cells left blank.

    It goes by the row alone; whether an earlier row was the same, `content_of` tells.
    """
    names = {column: key(column.rpartition("/")[2]) for column in table.header}
    first = tuple(table.header[:3])
    conditions = [(rule.reason, condition(rule.raw, header.all_of(rule.columns), header)) for rule in mapping.no_record]
    wide, fills = len(table.header) > 3, fill.fills

    def judge(row: SourceRow) -> Judged:
        if row.broken:
            return row, "row-broken", ""
        found = _no_row_of_data(row.cells, first, names, wide)
        if found:
            return row, found, ""
        row = fill(row) if fills else row
        for reason, meets in conditions:
            met = meets(row.cells)
            if met is not None:
                return row, reason, met[2]
        return row, "", ""

    return judge


def is_number(column: str) -> bool:
    """Tell whether a column is only the running number of the rows (序号)."""
    return key(column) in _SERIAL_HEADERS


class Fill:
    """Fills cells that merged cells left blank with the value above, and remembers which ones."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns
        self._last: dict[str, str] = {}
        self.filled: dict[int, list[str]] = {}
        """The columns that were filled, by row."""

    @property
    def fills(self) -> bool:
        """Tell whether there are columns to fill."""
        return bool(self._columns)

    def __call__(self, row: SourceRow) -> SourceRow:
        """Return the row with its blanks filled."""
        blank = [column for column in self._columns if column not in row.cells and column in self._last]
        self._last.update({column: row.cells[column] for column in self._columns if column in row.cells})
        # Where an outer cell is new, the inner ones begin anew: the township of another district is not repeated.
        for place, column in enumerate(self._columns):
            if column in row.cells:
                for inner in self._columns[place + 1 :]:
                    if inner not in row.cells:
                        self._last.pop(inner, None)
                        blank = [name for name in blank if name != inner]
        if not blank:
            return row
        self.filled[row.number] = blank
        cells = {**row.cells, **{column: self._last[column] for column in blank}}
        return SourceRow(row.number, cells, row.geometry, row.broken)


def content_of(table: SourceTable) -> Callable[[SourceRow], bytes]:
    """Return the function that tells what makes a row of the table the same as another.

    That is all cells but the running number, as a digest to save memory.
    """
    numbers = {column for column in table.header if is_number(column)}

    def content(row: SourceRow) -> bytes:
        kept = {column: text for column, text in row.cells.items() if column not in numbers} if numbers else row.cells
        cells = [*kept, "\x1f", *kept.values()]
        if row.geometry is not None:
            cells.append(str(row.geometry))
        return hashlib.blake2b("\x1e".join(cells).encode("utf-8", "surrogatepass"), digest_size=16).digest()

    return content


def _no_row_of_data(cells: Mapping[str, str], first: Sequence[str], names: Mapping[str, str], wide: bool) -> str:
    start = next((cells[column] for column in first if column in cells), None)
    if start is None:
        start = next(iter(cells.values()), "")
    if "计" in start and _TOTAL.fullmatch(start):
        return "total"
    if wide and len(cells) <= 2 and _NOTE.match(start):
        return "note-row"
    same = 0
    for column, text in cells.items():
        if len(text) <= 60 and key(text) == names.get(column):
            same += 1
        elif same == 0:
            break
    return "header-again" if same >= 2 and same * 2 >= len(cells) else ""
