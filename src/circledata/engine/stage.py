"""Loads raw tables into the session: the fast way where the file is sound, by one exact pass where it is not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import duckdb

from circledata.engine import sql
from circledata.engine.columns import SQL_TYPES, columns_of
from circledata.engine.marks import unmark_cells
from circledata.engine.noticed import load_notes
from circledata.engine.session import Loaded, Session
from circledata.findings.model import Finding
from circledata.sources.csv_exact import restage
from circledata.sources.model import BROKEN_COLUMN, LINE_COLUMN, Limits, RawTable
from circledata.sources.scan import Scan, scan
from circledata.standard.model import Table

Progress = Callable[[str, float], None]
LONGEST_LINE = 1 << 20
"""Bytes of a line that the fast load takes; a longer one goes to the exact pass, which judges its cells one by one."""
LONGEST_STAGED_LINE = 1 << 24
"""Bytes of a line that the exact pass may write."""
PIECE, MOST_PIECES = 8_000_000, 32
"""Bytes that one thread of the database reads at a time, and how many such pieces it takes from a file at once.

A quarter of the file is taken at once: four threads are kept busy with a file of 30 MB, and a large file is cut seldom,
since every border costs work (pieces of 8 MB took a third more than of 256 MB on 800 MB). Other sizes than multiples of
8 MB made the database see an open quote at a border where there was none.
"""


def load(session: Session, raw: RawTable, limits: Limits, schema: str = "main") -> tuple[Loaded, list[Finding]]:
    """Load one table; returns it with what the exact pass found in a file that is not sound."""
    table = session.standard.tables[raw.table]
    findings: list[Finding] = []
    if not raw.staged:
        with ThreadPoolExecutor(max_workers=1) as pool:
            scanned = pool.submit(scan, raw.path)
            rows = _load_fast(session, raw, table, schema)
            facts = scanned.result()
        raw = replace(raw, sha256=facts.sha256, bytes=facts.bytes)
        if rows is not None and _sound(facts, rows, raw) and not _doubtful(session, raw, table, schema):
            if facts.apostrophe:
                unmark_cells(session, _stored(raw, schema), columns_of(raw, table))
            return _finish(session, raw, table, rows, schema), findings
        session.execute(f"DROP TABLE IF EXISTS {_stored(raw, schema)}")
        raw, findings = restage(raw, workdir=Path(session.workdir.name), limits=limits)
    rows = _load_staged(session, raw, table, schema)
    if schema == "main":
        load_notes(session, raw)
    for stored in (_stored(raw, schema), _stored_broken(raw, schema)):
        unmark_cells(session, stored, columns_of(raw, table))
    return _finish(session, raw, table, rows, schema), findings


def _stored(raw: RawTable, schema: str) -> str:
    return f"{schema}.{sql.name('t_' + raw.table)}"


def _reader(raw: RawTable, names: list[str], header_rows: int, size: str) -> str:
    columns = ", ".join(f"{sql.text(item)}: 'VARCHAR'" for item in names)
    return (
        f"read_csv({sql.text(str(raw.path))}, auto_detect=false, header=false, skip={header_rows}, "
        f"delim=',', quote='\"', escape='\"', nullstr='', strict_mode=true, "
        f"{size}, columns={{{columns}}})"
    )


def _load_fast(session: Session, raw: RawTable, table: Table, schema: str) -> int | None:
    """Load the publisher's own file in parallel; None when DuckDB met anything that it would not take."""
    items = ", ".join(item for column in columns_of(raw, table) for item in column.load())
    names = [f"c{place}" for place in range(len(raw.columns))]
    block = PIECE * min(max(raw.bytes // (4 * PIECE), 1), MOST_PIECES)
    reader = _reader(raw, names, raw.header_row, f"max_line_size={LONGEST_LINE}, buffer_size={block}")
    try:
        session.execute(f"CREATE TABLE {_stored(raw, schema)} AS SELECT {items} FROM {reader}")
    except duckdb.OutOfMemoryException:
        raise
    except (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.BinderException):
        return None
    return int(session.value(f"SELECT count(*) FROM {_stored(raw, schema)}"))


def _load_staged(session: Session, raw: RawTable, table: Table, schema: str) -> int:
    columns = columns_of(raw, table)
    items = ", ".join(
        [
            f"CAST({sql.name(LINE_COLUMN)} AS BIGINT) AS {sql.name(LINE_COLUMN)}",
            *(item for column in columns for item in column.load()),
        ]
    )
    names = [LINE_COLUMN, BROKEN_COLUMN, *(f"c{place}" for place in range(len(raw.columns)))]
    reader = _reader(raw, names, 1, f"max_line_size={LONGEST_STAGED_LINE}")
    for stored, condition in (
        (_stored(raw, schema), "IS NULL"),
        (_stored_broken(raw, schema), "IS NOT NULL"),
    ):
        session.execute(
            f"CREATE TABLE {stored} AS SELECT {items} FROM {reader} WHERE {sql.name(BROKEN_COLUMN)} {condition}"
        )
    return int(session.value(f"SELECT count(*) FROM {_stored(raw, schema)}"))


def _stored_broken(raw: RawTable, schema: str) -> str:
    return f"{schema}.{sql.name('b_' + raw.table)}"


def _sound(facts: Scan, rows: int, raw: RawTable) -> bool:
    """Whether record n stands on line header_row + n: no blank line, no break inside quotes, one kind of
    line end, no NUL.
    """
    if facts.nul or facts.carriage_returns not in {0, facts.line_feeds}:
        return False
    lines = facts.line_feeds + (0 if facts.ends_with_newline or not facts.bytes else 1)
    return lines == rows + raw.header_row


def _doubtful(session: Session, raw: RawTable, table: Table, schema: str) -> bool:
    """Whether only the exact pass can tell what some record is.

    A cell that holds a quote may have it rightly doubled or stray; a record of empty cells is a blank line of commas.
    """
    columns = columns_of(raw, table)
    texts = [f"contains({sql.name(column.name)}, '\"')" for column in columns if column.type == "string"]
    blank = " AND ".join(column.empty for column in columns)
    return bool(
        session.value(f"SELECT EXISTS (SELECT 1 FROM {_stored(raw, schema)} WHERE {sql.any_of([*texts, blank])})")
    )


def _finish(session: Session, raw: RawTable, table: Table, rows: int, schema: str) -> Loaded:
    """Define the views: `<table>` as rules see it, `v_<table>` with the cells' text and physical rows beside it."""
    columns = tuple(columns_of(raw, table))
    present = {column.name for column in columns}
    line = f"t.{sql.name(LINE_COLUMN)}" if raw.staged else f"t.rowid + {raw.header_row + 1}"
    typed = [f"{column.in_range('t')} AS {sql.name(column.name)}" for column in columns]
    everything = f"t.* EXCLUDE ({sql.name(LINE_COLUMN)})" if raw.staged else "t.*"
    absent = [
        f"CAST(NULL AS {SQL_TYPES[item.type]}) AS {sql.name(item.name)}"
        for item in table.fields
        if item.name not in present
    ]
    stored = _stored(raw, schema)
    views = {
        raw.table: ["t.rowid + 1 AS _row", *typed, *absent],
        f"v_{raw.table}": ["t.rowid + 1 AS _row", f"{line} AS _line", everything, *absent],
    }
    for view, items in views.items():
        session.execute(f"CREATE VIEW {schema}.{sql.name(view)} AS SELECT {', '.join(items)} FROM {stored} t")
    broken = f" UNION ALL BY NAME SELECT * FROM {_stored_broken(raw, schema)}" if raw.staged else ""
    session.execute(f"CREATE VIEW {schema}.{sql.name('all_' + raw.table)} AS SELECT * FROM {stored}{broken}")
    return Loaded(table, raw, columns, rows, line, {column.name: column for column in columns})
