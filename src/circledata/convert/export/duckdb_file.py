"""A package as a DuckDB database: one table each with types and keys, and `_package`."""

from __future__ import annotations

from pathlib import Path

from circledata.convert.export.keys import foreign_keys, in_order, primary_key
from circledata.convert.export.opened import Source
from circledata.convert.export.tables_sql import PACKAGE, create_table, package_rows
from circledata.convert.export.typed import typed_columns
from circledata.engine import sql


def write_duckdb(source: Source, path: Path) -> None:
    """Write the database. Its bytes differ from run to run, its content does not."""
    connection = source.session.connection
    connection.execute(f"ATTACH {sql.text(str(path))} AS target")
    try:
        connection.execute(f"CREATE TABLE target.{PACKAGE} (key VARCHAR PRIMARY KEY, value VARCHAR)")
        connection.executemany(
            f"INSERT INTO target.{PACKAGE} VALUES (?, ?)", [list(row) for row in package_rows(source)]
        )
        keyed = {name: primary_key(source, table) for name, table in source.tables.items()}
        for table in in_order(source):
            columns = typed_columns(source, table)
            foreign = foreign_keys(source, table, keyed)
            connection.execute(create_table(table, columns, {}, keyed[table.table.name], foreign, "target."))
            items = ", ".join(expression for expression, _ in columns.values())
            connection.execute(
                f"INSERT INTO target.{sql.name(table.table.name)} SELECT {items} FROM {table.view} ORDER BY _row"
            )
    finally:
        connection.execute("DETACH target")
