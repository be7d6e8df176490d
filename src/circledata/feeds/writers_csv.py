"""Writes tables as CSV from the database, in the form in which this tool writes every package; rows are never held."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from circledata.convert.export.opened import SourceTable
from circledata.convert.output.safe_csv import RowWriter
from circledata.engine import sql
from circledata.engine.columns import Column
from circledata.values.formula_marks import NUMBER, PATTERN

BOM = "\ufeff"
"""Makes WPS and Excel read a file as UTF-8, and save it so."""
_QUOTED = '[",\r\n]'


def write_csv(table: SourceTable, path: Path) -> list[str]:
    """Write one table; returns its columns: those of the standard in their order, then the publisher's own.

    A column that the file lacks is there and empty, so the same records give the same bytes whatever form they came in.
    """
    columns = columns_of(table)
    cells = [cell_sql(column) if column else "''" for column in columns.values()]
    line = " || ',' || ".join(cells)
    if len(cells) == 1:
        line = f"coalesce(nullif({line}, ''), '\"\"')"
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as stream:
        stream.write(BOM)
        RowWriter(stream.write).row(list(columns))
        for (text,) in table.select([f"{line} || chr(10)"]):
            stream.write(text)
    return list(columns)


def columns_of(table: SourceTable) -> Mapping[str, Column | None]:
    """Return the columns to write by their names; None for one of the standard that the file lacks."""
    found: dict[str, Column | None] = {field.name: table.loaded.by_name.get(field.name) for field in table.table.fields}
    for column, head in zip(table.columns, table.header, strict=True):
        if column.field is None:
            found[_free(head, found)] = column
    return found


def _free(head: str, taken: Mapping[str, object]) -> str:
    while head in taken:
        head += "_"
    return head


def cell_sql(column: Column) -> str:
    """Return the SQL of a cell as the file holds it: in quotes where it must be, marked where it would be computed."""
    text = column.text
    marked = f"regexp_matches({text}, {sql.text(PATTERN)}) AND NOT regexp_matches({text}, {sql.text(NUMBER)})"
    mark = f"CASE WHEN {marked} THEN '''' ELSE '' END"
    quoted = f"'\"' || {mark} || replace({text}, '\"', '\"\"') || '\"'"
    needed = f"regexp_matches({text}, {sql.text(_QUOTED)})"
    whole = f"CASE WHEN {needed} THEN {quoted} ELSE {mark} || {text} END"
    if column.type != "string":
        # A cell that is of its type holds nothing of all that; in a draft it may not be.
        whole = f"CASE WHEN {column.mistyped} THEN {whole} ELSE {text} END"
    return f"coalesce({whole}, '')"
