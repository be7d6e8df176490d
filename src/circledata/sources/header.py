"""Finds the header of a table and tells which field of the standard each of its columns is."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from circledata.findings.model import Finding
from circledata.sources.faults import fault
from circledata.sources.model import Column
from circledata.standard.model import Table

SEARCHED_ROWS = 20
"""Title rows above a header are few; a header further down is not looked for."""
_BRACKETS = re.compile(r"[(\[【〔].*?[)\]】〕]")
_FRINGE = " \t\r\n\u3000*'\"`:"
_BETWEEN = re.compile(r"[\s/()\[\]【】〔〕:,|]+")


def key(text: str) -> str:
    """Reduce a header to what tells it apart: no case, no width, no blanks, no underscores, no star, no colon."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\s_]+", "", plain.strip(_FRINGE))


def _without_brackets(text: str) -> str:
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", text))


class Names:
    """The fields of one table by every way that people head a column: machine name, title in either language."""

    def __init__(self, table: Table) -> None:
        self.fields = frozenset(table.by_name)
        self._whole: dict[str, str] = {}
        short: dict[str, set[str]] = {}
        for field in table.fields:
            self._whole[key(field.name)] = field.name
        for field in table.fields:
            self._whole.setdefault(key(field.title.zh), field.name)
            self._whole.setdefault(key(field.title.en), field.name)
            # Only Chinese titles are known without their unit too: budget is no Budget (yuan), it may be anything.
            short.setdefault(key(_without_brackets(field.title.zh)), set()).add(field.name)
        self._short = {name: min(fields) for name, fields in short.items() if len(fields) == 1}

    def field_of(self, header: str) -> str | None:
        """Return the field that `header` names, with or without unit, star or the other language beside it."""
        if header in self.fields:
            return header
        whole = key(header)
        found = self._whole.get(whole) or self._short.get(whole)
        if found is None and whole:
            bare = key(_without_brackets(header))
            found = self._whole.get(bare) or self._short.get(bare)
        if found is None:
            tokens = [token.strip(_FRINGE) for token in _BETWEEN.split(unicodedata.normalize("NFKC", header))]
            named = {token for token in tokens if token in self.fields}
            found = named.pop() if len(named) == 1 else None
        return found

    def nearest(self, header: str) -> str | None:
        """Return the field whose name or title is most like `header`; None when none is."""
        everything = {**self._short, **self._whole}
        close = difflib.get_close_matches(key(header), everything, n=1, cutoff=0.7)
        return everything[close[0]] if close else None


_NAMES: dict[int, tuple[Table, Names]] = {}


def names_of(table: Table) -> Names:
    """Return the names of a table's fields, made once."""
    if id(table) not in _NAMES:
        # The table is kept beside its names, so that no other object can come to have its id.
        _NAMES[id(table)] = (table, Names(table))
    return _NAMES[id(table)][1]


@dataclass(frozen=True, slots=True)
class Found:
    """Where a header stands among the first rows of a table."""

    index: int
    """Of the row, from 0."""
    score: int
    """Columns that are fields of the table."""
    exact: int
    """Of these, the ones headed by their machine name."""


def find_header(rows: Sequence[Sequence[str]], table: Table) -> Found | None:
    """Return the row with the most cells that name a field, the first of equals; None if none looks like a header."""
    names, best = names_of(table), None
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        if best and len(row) <= min(best.score, best.exact):
            continue  # it has too few cells to look more like a header; the rows below a good one mostly do
        fields = {field for cell in row if (field := names.field_of(cell))}
        filled = sum(1 for cell in row if cell.strip())
        exact = sum(1 for cell in row if cell in names.fields)
        enough = len(fields) >= 2 or (fields and len(fields) * 2 >= filled) or (index == 0 and fields)
        if enough and (best is None or (len(fields), exact) > (best.score, best.exact)):
            best = Found(index, len(fields), exact)
    return best


def repeats_header(row: Sequence[str], columns: Sequence[Column], table: Table) -> bool:
    """Tell whether a row below the header only names the same fields again, as templates with two header rows do."""
    names = names_of(table)
    filled = [(column, cell) for column, cell in zip(columns, row, strict=False) if cell.strip()]
    same = sum(1 for column, cell in filled if column.field and names.field_of(cell) == column.field)
    return same >= 2 and same * 2 >= len(filled)


def columns_of(cells: Sequence[str], table: Table) -> tuple[Column, ...]:
    """Tell which field each column is; only the first of two columns of one field gets it."""
    names, taken, columns = names_of(table), set(), []
    for number, cell in enumerate(cells, 1):
        field = names.field_of(cell)
        if field in taken:
            field = None
        if field:
            taken.add(field)
        columns.append(Column(cell, number, field))
    return tuple(columns)


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """What the columns of a sheet are, where that takes more than their own names to tell; all by column number."""

    fields: Mapping[int, str | None]
    likely: Mapping[int, str | None]
    """Of the columns that are no field: the field that was probably meant; None for a column of somebody's own."""
    rows: Mapping[int, int]
    """The row of the cell that names the column."""


def header_faults(
    columns: Sequence[Column],
    table: Table,
    file: str,
    row: int,
    sheet: str | None = None,
    known_as: SheetColumns | None = None,
) -> list[Finding]:
    """Report what is wrong with a header: a column twice, unnamed, unknown, missing, in a CSV headed by its title."""
    names = names_of(table)
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    where: dict[str, Any] = {"table": table.name, "file": file, "sheet": sheet, "row": row}
    for column in columns:
        known = known_as.fields.get(column.number) if known_as else names.field_of(column.header)
        identity = known or key(column.header)
        if known_as:
            where["row"] = known_as.rows.get(column.number, row)
        place: dict[str, Any] = {
            "column": known or column.header,
            "column_number": column.number,
            "value": column.header,
        }
        if not column.header.strip():
            findings.append(fault("header-empty", **where, column_number=column.number, position=column.number))
            continue
        if identity in seen:
            findings.append(fault("header-duplicate", **where, **place, name=column.header, first=seen[identity]))
            continue
        seen[identity] = column.number
        if known is None and not column.header.strip().startswith("x_"):
            likely = known_as.likely.get(column.number) if known_as else names.nearest(column.header)
            findings.append(_unknown(column.header, likely, {**where, **place}, own=known_as is not None))
        elif known is not None and sheet is None and column.header != known:
            findings.append(fault("header-is-title", **where, **place, name=column.header, suggestion=known))
    present, where["row"] = {column.field for column in columns}, row
    missing = (field.name for field in table.fields if field.required and field.name not in present)
    return [*findings, *(fault("column-missing", **where, column=name, name=name) for name in missing)]


def _unknown(header: str, likely: str | None, where: Mapping[str, Any], *, own: bool) -> Finding:
    """Report a column that is no field; `own`: one that resembles none may be somebody's own, as in a workbook."""
    if own and likely is None:
        params: dict[str, Any] = {"name": header, "as": own_name(header)}
        return fault("column-extra", **where, **params)
    return fault("column-unknown", **where, name=header, suggestion=likely)


def own_name(header: str) -> str:
    """Return the name under which a column of a workbook is taken that the standard does not know."""
    return "x_" + re.sub(r"[\s/]+", "_", header.strip())
