"""One DuckDB session: the typed tables of a package, the code lists, the named functions, and nothing of
the network.
"""

from __future__ import annotations

import itertools
import os
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from circledata.engine import sql
from circledata.engine.columns import SQL_TYPES, Column
from circledata.sources.model import Meta, RawTable
from circledata.standard.model import Standard, Table

MEMORY_SHARE = 0.5
"""Part of the machine's memory that the session may take before it goes to disk."""
DISK_FROM_SHARE = 0.2
"""An input larger than this part of the memory is kept in a file from the start: loaded it needs up to
twice its size.
"""

ONE_THREAD_BYTES = 1 << 22
"""A smaller input is checked faster without sharing it out between threads."""


@dataclass(frozen=True)
class Loaded:
    """A table in the session. `raw` says where it came from; `line` is the SQL of a record's physical row."""

    table: Table
    raw: RawTable
    columns: tuple[Column, ...]
    rows: int
    line: str
    by_name: dict[str, Column] = field(default_factory=dict)


def memory_bytes() -> int:
    """Return the machine's memory; 4 GiB when the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 4 << 30


class Session:
    """A DuckDB connection that holds one package; close it, or use it as a context manager."""

    def __init__(self, standard: Standard, meta: Meta, *, input_bytes: int = 0) -> None:
        self.standard = standard
        self.parameters = _said(meta)
        self.workdir = tempfile.TemporaryDirectory(prefix="circledata-", ignore_cleanup_errors=True)
        memory = memory_bytes()
        on_disk = input_bytes > memory * DISK_FROM_SHARE
        database = str(Path(self.workdir.name) / "session.duckdb") if on_disk else ":memory:"
        self._main = duckdb.connect(
            database,
            config={
                "memory_limit": f"{int(memory * MEMORY_SHARE) >> 20}MiB",
                "temp_directory": self.workdir.name,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        self._local = threading.local()
        self._local.connection = self._main
        self._cursors = [self._main]
        self.connection.execute("SET enable_progress_bar = false")
        self.threads = 1 if input_bytes < ONE_THREAD_BYTES else self.value("SELECT current_setting('threads')")
        """How much may be done at once."""
        if self.threads == 1:
            self.connection.execute("SET threads = 1")
        self.descriptor_file: str | None = None
        self.unknown = frozenset(key for key, value in self.parameters.items() if "NULL" in value)
        self.tables: dict[str, Loaded] = {}
        self.previous: set[str] = set()
        self.derived: set[str] = set()
        """Derived views that hold anything."""
        self._codes: set[str] = set()
        self._functions_ready = False
        self._names = itertools.count(1)
        for schema in ("codes", "derived", "previous"):
            self.connection.execute(f"CREATE SCHEMA {schema}")

    def __enter__(self) -> Session:
        """Return the session."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the session."""
        self.close()

    def close(self) -> None:
        """Give back memory and temporary files."""
        for cursor in reversed(self._cursors):
            cursor.close()
        self.workdir.cleanup()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection of this thread to the session's database."""
        found: duckdb.DuckDBPyConnection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = self._main.cursor()
            self._cursors.append(found)
        return found

    def interrupt(self) -> None:
        """Stop whatever query is running in any thread."""
        for cursor in self._cursors:
            cursor.interrupt()

    def execute(self, statement: str, *, optimise: bool = True) -> duckdb.DuckDBPyConnection:
        """Run one statement with the parameters of the standard filled in.

        `optimise=False`: carry it out as it is written. A hundred plain conditions on few rows are done by then.
        """
        bound = sql.bind(statement, self.parameters)
        if optimise:
            return self.connection.execute(bound)
        self.connection.execute("PRAGMA disable_optimizer")
        try:
            return self.connection.execute(bound)
        finally:
            self.connection.execute("PRAGMA enable_optimizer")

    def value(self, statement: str) -> Any:
        """Return the first column of the first row of a query."""
        row = self.execute(statement).fetchone()
        return row[0] if row else None

    def new_name(self, hint: str) -> str:
        """Return a quoted name that no table of the session has."""
        return sql.name(f"f{next(self._names)}_{hint}")

    def insert_numpy(self, table: str, items: str, arrays: dict[str, Any]) -> None:
        """Append numpy arrays of one length to a table; `items` is the SELECT list over their names."""
        self.connection.register("batch", arrays)
        self.connection.execute(f"INSERT INTO {table} SELECT {items} FROM batch")
        self.connection.unregister("batch")

    def define_functions(self) -> None:
        """Make the named functions of the standard known; done once, when a rule first needs one."""
        if self._functions_ready:
            return
        self._functions_ready = True
        for function in self.standard.functions:
            self.connection.execute(
                f"CREATE MACRO {function.name}({', '.join(function.parameters)}) AS ({function.sql})"
            )

    def define_package(self, schema: str, meta: Meta) -> None:
        """Make what a package says of itself readable as <schema>.package: one row."""
        items = ", ".join(f"{value} AS {key}" for key, value in _said(meta).items())
        self.connection.execute(f"CREATE TABLE {schema}.package AS SELECT {items}")

    def define_codes(self, name: str) -> None:
        """Make code list `name` readable as codes.<name>; done once, when a rule first needs it."""
        if name in self._codes:
            return
        self._codes.add(name)
        codelist = self.standard.codelists[name]
        path = sql.text(str(codelist.path))
        items = ["*"]
        if codelist.types:
            casts = (
                f"CAST({sql.name(key)} AS {SQL_TYPES[kind]}) AS {sql.name(key)}" for key, kind in codelist.types.items()
            )
            items = [f"* REPLACE ({', '.join(casts)})"]
        self.connection.execute(
            f"CREATE TABLE codes.{sql.name(name)} AS SELECT {items[0]} FROM read_csv({path}, header=true, "
            f"all_varchar=true, delim=',', quote='\"', escape='\"', nullstr='')"
        )

    def define_absent(self, tables: Iterable[Table], schema: str = "main") -> None:
        """Make tables that the package does not have readable as empty tables."""
        for table in tables:
            items = ", ".join(f"CAST(NULL AS {SQL_TYPES[item.type]}) AS {sql.name(item.name)}" for item in table.fields)
            self.connection.execute(
                f"CREATE VIEW {schema}.{sql.name(table.name)} AS "
                f"SELECT CAST(NULL AS BIGINT) AS _row, {items} WHERE false"
            )


def _said(meta: Meta) -> dict[str, str]:
    """Return the parameters of rules as literals; a typed NULL for what nobody said."""
    return {
        "as_of": sql.literal(meta.as_of, "DATE"),
        "division_code": sql.literal(meta.division_code),
        "profile": sql.literal(meta.profile),
        "coordinate_system": sql.literal(meta.coordinate_system),
    }
