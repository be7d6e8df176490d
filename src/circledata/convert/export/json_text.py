"""Records as JSON with types, made in the database: numbers as the cell has them (`12.50`), what is empty left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from circledata.engine import sql
from circledata.engine.columns import Column

_NUMBER = "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$"
"""What JSON takes for a number; `007` is none and becomes a text."""


def value_sql(column: Column) -> str:
    """Return the SQL of a filled cell as JSON: a number or truth where the cell is one, else the text."""
    text, typed = column.text, sql.name(column.name)
    if column.type == "boolean":
        return f"CASE WHEN {typed} IS NOT NULL THEN {text} ELSE CAST(to_json({text}) AS VARCHAR) END"
    if column.type in {"integer", "number"}:
        number = f"regexp_matches({text}, {sql.text(_NUMBER)})"
        return f"CASE WHEN {number} THEN {text} ELSE CAST(to_json({text}) AS VARCHAR) END"
    return f"CAST(to_json({text}) AS VARCHAR)"


def object_sql(
    columns: Sequence[Column], first: Mapping[str, str] | None = None, instead: Mapping[str, str] | None = None
) -> str:
    """Return the SQL of a record as a JSON object of its filled cells.

    `first`: more members, SQL of JSON by name. `instead`: the same for columns whose value is another one.
    """
    members = {**(first or {}), **{column.name: value_sql(column) for column in columns}, **(instead or {})}
    items = [f"{sql.text(',' + _key(name))} || {value}" for name, value in members.items()]
    return f"'{{' || substr(concat({', '.join(items)}), 2) || '}}'"


def _key(name: str) -> str:
    import json

    return json.dumps(name, ensure_ascii=False) + ":"
