"""Lays columns flat that hold a whole object in a cell: `biz_ext` with {"rating": "4.5"} becomes `biz_ext.rating`."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from circledata.convert.mapping.headers import Header
from circledata.convert.model import SourceRow, SourceTable
from circledata.convert.read.flat import flatten

_LONGEST = 20_000


def unpack(table: SourceTable, names: Sequence[str]) -> SourceTable:
    """Return the table with the objects in the columns `names` laid flat; a cell that holds no object stays."""
    packed = Header(table.header).all_of(names)
    if not packed:
        return table
    rows = [_row(row, packed) for row in table.rows]
    known = set(table.header)
    added = dict.fromkeys(name for row in rows for name in row.cells if name not in known)
    return replace(table, rows=rows, header=(*table.header, *added))


def _row(row: SourceRow, packed: Sequence[str]) -> SourceRow:
    cells: dict[str, str] | None = None
    for column in packed:
        values = _object(row.cells.get(column, ""))
        if values is not None:
            cells = dict(row.cells) if cells is None else cells
            del cells[column]
            cells |= {name: text for name, text in flatten({column: values}).items() if name not in cells}
    return row if cells is None else SourceRow(row.number, cells, row.geometry, row.broken)


def _object(text: str) -> Mapping[str, Any] | None:
    """Return the object that a cell holds, in JSON or as Python writes a dictionary; None when it holds none."""
    plain = text.strip()
    if not (plain.startswith("{") and plain.endswith("}")) or len(plain) > _LONGEST:
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(plain)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        return value if isinstance(value, dict) and all(isinstance(key, str) for key in value) else None
    return None
