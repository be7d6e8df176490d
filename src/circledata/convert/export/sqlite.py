"""A package as an SQLite database: one table each with types and keys, and `_package`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from circledata.convert.export.keys import foreign_keys, in_order, primary_key
from circledata.convert.export.opened import Source
from circledata.convert.export.tables_sql import PACKAGE, create_table, package_rows
from circledata.convert.export.typed import typed_columns
from circledata.engine import sql

TYPES = {"VARCHAR": "TEXT", "BIGINT": "INTEGER", "DOUBLE": "REAL"}
"""SQLite has no dates and no truths: dates are texts YYYY-MM-DD, truths the numbers 1 and 0."""


def write_sqlite(source: Source, path: Path) -> None:
    """Write the database; the same package gives the same bytes with the same version of SQLite."""
    with closing(sqlite3.connect(path, isolation_level=None)) as target:
        # The file has another name until it is complete, so it needs no journal of its own.
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        target.execute("PRAGMA encoding = 'UTF-8'")
        target.execute("BEGIN")
        target.execute(f"CREATE TABLE {PACKAGE} (key TEXT PRIMARY KEY, value TEXT)")
        target.executemany(f"INSERT INTO {PACKAGE} VALUES (?, ?)", package_rows(source))
        keyed = {name: primary_key(source, table) for name, table in source.tables.items()}
        for table in in_order(source):
            columns = typed_columns(source, table)
            foreign = foreign_keys(source, table, keyed)
            target.execute(create_table(table, columns, TYPES, keyed[table.table.name], foreign))
            items = [
                f"CAST({expression} AS VARCHAR)" if kind == "DATE" else expression
                for expression, kind in columns.values()
            ]
            places = ", ".join("?" * len(items))
            target.executemany(f"INSERT INTO {sql.name(table.table.name)} VALUES ({places})", table.select(items))
        target.execute("COMMIT")
