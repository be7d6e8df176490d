"""Keys that the data really has: a primary key without repeats, foreign keys that all lead somewhere."""

from __future__ import annotations

from circledata.convert.export.opened import Source, SourceTable
from circledata.engine import sql
from circledata.standard.model import ForeignKey


def primary_key(source: Source, table: SourceTable) -> tuple[str, ...]:
    """Return the columns of a table's primary key; none when a record lacks it or two have the same."""
    key = table.table.primary_key
    if not key or not set(key) <= table.loaded.by_name.keys():
        return ()
    names = ", ".join(map(sql.name, key))
    empty = " OR ".join(f"{sql.name(name)} IS NULL" for name in key)
    broken = source.session.connection.execute(
        f"SELECT EXISTS (SELECT 1 FROM {table.view} WHERE {empty}) OR "
        f"EXISTS (SELECT {names} FROM {table.view} GROUP BY {names} HAVING count(*) > 1)"
    ).fetchone()
    if broken and not broken[0]:
        return key
    source.notes.add(
        f"{table.table.name} 的主键有空缺或重复，没有设主键。",
        f"The primary key of {table.table.name} has gaps or repeats; no key was set.",
    )
    return ()


def foreign_keys(source: Source, table: SourceTable, keyed: dict[str, tuple[str, ...]]) -> list[ForeignKey]:
    """Return the foreign keys of a table that lead to the primary key of another one and always find a record."""
    found = []
    for key in table.table.foreign_keys:
        target = source.tables.get(key.table)
        if target is None or target is table or keyed.get(key.table) != key.target_fields:
            continue
        if not set(key.fields) <= table.loaded.by_name.keys():
            continue
        same = " AND ".join(
            f"p.{sql.name(there)} = c.{sql.name(here)}"
            for here, there in zip(key.fields, key.target_fields, strict=True)
        )
        filled = " AND ".join(f"c.{sql.name(name)} IS NOT NULL" for name in key.fields)
        lost = source.session.connection.execute(
            f"SELECT EXISTS (SELECT 1 FROM {table.view} c WHERE {filled} AND "
            f"NOT EXISTS (SELECT 1 FROM {target.view} p WHERE {same}))"
        ).fetchone()
        if lost and not lost[0]:
            found.append(key)
    return found


def in_order(source: Source) -> list[SourceTable]:
    """Return the tables, each after the ones that its keys lead to; tables that lead to each other as they stand."""
    done: dict[str, SourceTable] = {}
    pending = list(source.tables.values())
    while pending:
        names = {table.table.name for table in pending}
        free = [
            table for table in pending
            if not names & {key.table for key in table.table.foreign_keys if key.table != table.table.name}
        ]  # fmt: skip
        for table in free or pending[:1]:
            done[table.table.name] = table
            pending.remove(table)
    return list(done.values())
