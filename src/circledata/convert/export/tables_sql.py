"""What the SQLite and the DuckDB file have in common: how a table is declared, and the table `_package`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from circledata.convert.export.extra import descriptor_bytes
from circledata.convert.export.opened import Source, SourceTable
from circledata.engine import sql
from circledata.standard.model import ForeignKey

PACKAGE = "_package"
"""Table of what the package says of itself: `key` and `value`."""


def create_table(
    table: SourceTable,
    columns: Mapping[str, tuple[str, str]],
    types: Mapping[str, str],
    primary: tuple[str, ...],
    foreign: list[ForeignKey],
    schema: str = "",
) -> str:
    """Return the statement that makes a table with its keys."""
    items = [f"{sql.name(name)} {types.get(kind, kind)}" for name, (_, kind) in columns.items()]
    if primary:
        items.append(f"PRIMARY KEY ({', '.join(map(sql.name, primary))})")
    for key in foreign:
        here, there = ", ".join(map(sql.name, key.fields)), ", ".join(map(sql.name, key.target_fields))
        items.append(f"FOREIGN KEY ({here}) REFERENCES {sql.name(key.table)} ({there})")
    return f"CREATE TABLE {schema}{sql.name(table.table.name)} ({', '.join(items)})"


def package_rows(source: Source) -> Iterator[tuple[str, str]]:
    """Yield what the package says of itself: each plain setting, the descriptor, the boundaries."""
    descriptor = source.package.descriptor or {}
    for key in ("name", "title", "version", "created"):
        if isinstance(descriptor.get(key), str):
            yield key, descriptor[key]
    settings = descriptor.get("circledata")
    for key, value in settings.items() if isinstance(settings, dict) else ():
        yield f"circledata.{key}", value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    content = descriptor_bytes(source)
    if content is not None:
        yield "datapackage.json", content.decode("utf-8", "replace")
    if source.package.boundaries is not None and source.package.boundaries_file:
        yield source.package.boundaries_file, source.package.boundaries.read_text(encoding="utf-8-sig")
