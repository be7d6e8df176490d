"""Columns with types for forms that have them; a cell that is not of its type keeps its text in a column of its own."""

from __future__ import annotations

from collections.abc import Mapping

from circledata.convert.export.opened import Source, SourceTable
from circledata.engine import sql
from circledata.engine.columns import SQL_TYPES


def typed_columns(source: Source, table: SourceTable) -> dict[str, tuple[str, str]]:
    """Return SQL and type of each column by its name, in the order of the file.

    A column with cells that are not of its type gets another one behind it, `x_<name>_text`, with the text of those.
    """
    columns: dict[str, tuple[str, str]] = {}
    doubtful = [column for column in table.columns if column.type != "string"]
    counts = dict.fromkeys((column.name for column in doubtful), 0)
    if doubtful:
        items = ", ".join(f"count(*) FILTER (WHERE {column.mistyped})" for column in doubtful)
        found = table.session.connection.execute(f"SELECT {items} FROM {table.view}").fetchone() or ()
        counts |= dict(zip(counts, found, strict=True))
    for column in table.columns:
        columns[column.name] = (sql.name(column.name), SQL_TYPES[column.type])
        if count := counts.get(column.name):
            name = _free(f"x_{column.name}_text", columns, table)
            columns[name] = (f"CASE WHEN {column.mistyped} THEN {column.text} END", "VARCHAR")
            _note(source, table, column.name, count, name)
    return columns


def _free(name: str, taken: Mapping[str, object], table: SourceTable) -> str:
    names = {*(item.lower() for item in taken), *(column.name.lower() for column in table.columns)}
    while name.lower() in names:
        name += "_"
    return name


def _note(source: Source, table: SourceTable, column: str, count: int, name: str) -> None:
    title = table.table.title
    source.notes.add(
        f"{title.zh}（{table.table.name}）的 {column} 有 {count} 个单元格写法不对，原文放在 {name} 列。",
        f"{count} cells of {column} in {title.en} ({table.table.name}) are not of their type; their text is in {name}.",
    )
