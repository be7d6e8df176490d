"""Tells which rows of a survey export are questionnaires: not a repeated heading, not a row pasted twice, not blank."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from circledata.convert.model import LeftOut, SourceRow, SourceTable
from circledata.convert.survey.answers import CellReader
from circledata.convert.survey.headers import Headings
from circledata.convert.survey.options import Words
from circledata.values.text import clean, half_width

_TOTALS = frozenset({"合计", "总计", "小计", "共计"})
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_SERIAL_DAY = re.compile(r"[345]\d{4}(?:\.\d+)?")
_EXCEL_EPOCH = date(1899, 12, 30)


@dataclass
class Chosen:
    """The rows that are questionnaires, and the others with their reasons."""

    rows: list[SourceRow] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def looks_like_survey(headings: Headings, words: Words) -> bool:
    """Whether a table is an export of answers: it has numbered questions, or the columns that such exports carry."""
    meta = (headings.serial is not None) + (headings.submitted is not None) + len(headings.dropped)
    return headings.numbered >= 1 or (headings.submitted is not None and meta >= 2)


def choose_rows(table: SourceTable, rows: Sequence[SourceRow], headings: Headings, words: Words) -> Chosen:
    """Sort the rows of a table: questionnaires, and those that are none.

    Two rows that agree in every cell are one questionnaire pasted twice, when the number or the time tells that they
    are: without these columns two people may well have given the same answers, and both count.
    """
    chosen = Chosen()
    asked = [column.name for group in headings.asked for column in group]
    known = [name for name in (headings.serial, headings.submitted) if name]
    seen: dict[tuple[tuple[str, str], ...], int] = {}
    read = CellReader(words)
    names = {name: clean(name) for name in table.header}
    for row in rows:
        reason, tag = _reason(row, asked, names, read), ""
        if reason is None and any(row.cells.get(name) for name in known):
            key = tuple(sorted(row.cells.items()))
            if key in seen:
                reason, tag = "duplicate", str(seen[key])
            seen.setdefault(key, row.number)
        if reason is None:
            chosen.rows.append(row)
        else:
            chosen.left_out.append(LeftOut(row.number, "", reason, tag, "", table.file.name, table.sheet))
    return chosen


def _reason(row: SourceRow, asked: Sequence[str], names: Mapping[str, str], read: CellReader) -> str | None:
    if row.broken:
        return "row-broken"
    if row.cells and 2 * sum(cell.strip() == names.get(name) for name, cell in row.cells.items()) >= len(row.cells):
        return "header-again"
    if clean(next(iter(row.cells.values()), "")) in _TOTALS:
        return "total"
    if not any(isinstance(read(row.cells.get(name)), str) for name in asked):
        return "no-answers"
    return None


def repeated_serials(rows: Sequence[SourceRow], headings: Headings) -> int:
    """Count the rows whose number an earlier row has: two exports were pasted together, and both rows count."""
    if headings.serial is None:
        return 0
    numbers = Counter(cell for row in rows if (cell := clean(row.cells.get(headings.serial, ""))))
    return sum(numbers.values()) - len(numbers)


def day_of(text: str) -> date | None:
    """Return the day of a time such as `2024/9/1 10:23:45` or `2024年9月1日`, or of a serial number of a workbook."""
    plain = half_width(clean(text))
    found = _DAY.match(plain)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return _EXCEL_EPOCH + timedelta(days=int(float(plain))) if _SERIAL_DAY.fullmatch(plain) else None
