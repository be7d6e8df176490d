"""Loads one table of many members at once, and tells which members' files only the exact reader can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from circledata.engine import sql
from circledata.engine.columns import SQL_TYPES, columns_of
from circledata.engine.session import Loaded
from circledata.engine.stage import LONGEST_LINE
from circledata.feeds.aggregate.together.session import DIVISION, MEMBER, TogetherSession
from circledata.sources.model import Package, RawTable
from circledata.sources.scan import Scan, scan
from circledata.standard.model import Table


class NotTogether(Exception):
    """The files could not be read together; `members` are the numbers of those to blame, empty when nobody knows."""

    def __init__(self, members: Sequence[int] = ()) -> None:
        super().__init__(members)
        self.members = tuple(members)


@dataclass(frozen=True)
class Files:
    """One table of every member: its files by the member's number, all with the same columns."""

    name: str
    raw: Mapping[int, RawTable]

    @property
    def any(self) -> RawTable:
        """One of them, which tells the columns."""
        return next(iter(self.raw.values()))


def load_together(
    session: TogetherSession, packages: Mapping[int, Package], codes: Mapping[int, str]
) -> dict[str, dict[int, tuple[Scan, int]]]:
    """Load every table of the packages, which have the same layout; return size, hash and records of each file.

    NotTogether when some file is not sound in the way that `engine.stage` asks for, or holds no record.
    """
    facts: dict[str, dict[int, tuple[Scan, int]]] = {}
    first = next(iter(packages.values()))
    for name in first.tables:
        files = Files(name, {number: package.tables[name] for number, package in packages.items()})
        table = session.standard.tables[files.any.table]
        scans = {number: scan(raw.path) for number, raw in files.raw.items()}
        suspect = [number for number, found in scans.items() if found.nul or found.apostrophe or not found.bytes]
        if suspect:
            raise NotTogether(suspect)
        rows = _load(session, files, table, codes)
        unsound = [number for number, found in scans.items() if not _sound(found, rows[number], files.raw[number])]
        unsound += _doubtful(session, files.any, table)
        if unsound:
            raise NotTogether(sorted(set(unsound)))
        facts[name] = {number: (scans[number], rows[number]) for number in files.raw}
        session.tables[name] = _views(session, files.any, table, sum(rows.values()))
    return facts


def _load(session: TogetherSession, files: Files, table: Table, codes: Mapping[int, str]) -> dict[int, int]:
    """Load the files into t_<table> in the order of the members; return the records of each."""
    raw = files.any
    names = [f"c{place}" for place in range(len(raw.columns))]
    items = ", ".join(item for column in columns_of(raw, table) for item in column.load())
    columns = ", ".join(f"{sql.text(item)}: 'VARCHAR'" for item in names)
    paths = {number: str(item.path) for number, item in files.raw.items()}
    places = ", ".join(sql.text(path) for path in paths.values())
    numbers = ", ".join(map(str, paths))
    division = ", ".join(sql.text(codes[number]) for number in paths)
    reader = (
        f"read_csv([{places}], auto_detect=false, header=false, skip={raw.header_row}, delim=',', quote='\"', "
        f"escape='\"', nullstr='', strict_mode=true, filename='_file', max_line_size={LONGEST_LINE}, "
        f"columns={{{columns}}})"
    )
    place = f"list_position([{places}], _file)"
    stored = f"main.{sql.name('t_' + files.name)}"
    try:
        session.execute(
            f"CREATE TABLE {stored} AS SELECT {items}, CAST([{numbers}][_place] AS INTEGER) AS {MEMBER}, "
            f"[{division}][_place] AS {DIVISION} FROM (SELECT *, {place} AS _place FROM {reader})"
        )
    except duckdb.OutOfMemoryException:
        raise
    except (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.BinderException):
        raise NotTogether from None
    counted = session.execute(f"SELECT {MEMBER}, count(*) FROM {stored} GROUP BY 1").fetchall()
    return dict.fromkeys(paths, 0) | {int(number): int(count) for number, count in counted}


def _sound(facts: Scan, rows: int, raw: RawTable) -> bool:
    """Whether record n stands on line header_row + n, and there is any: as `engine.stage` asks of a single file."""
    if not rows or facts.carriage_returns not in {0, facts.line_feeds}:
        return False
    return facts.line_feeds + (0 if facts.ends_with_newline else 1) == rows + raw.header_row


def _doubtful(session: TogetherSession, raw: RawTable, table: Table) -> list[int]:
    """Return the members with a record that only the exact pass can tell what it is: as `engine.stage` asks."""
    columns = columns_of(raw, table)
    texts = [f"contains({sql.name(column.name)}, '\"')" for column in columns if column.type == "string"]
    blank = " AND ".join(column.empty for column in columns)
    stored = f"main.{sql.name('t_' + raw.table)}"
    found = session.execute(f"SELECT DISTINCT {MEMBER} FROM {stored} WHERE {sql.any_of([*texts, blank])}").fetchall()
    return [int(number) for (number,) in found]


def _views(session: TogetherSession, raw: RawTable, table: Table, rows: int) -> Loaded:
    """Define <table> as rules over several rows see it, v_<table> with the cells' texts beside it, and all_<table>."""
    columns = tuple(columns_of(raw, table))
    present = {column.name for column in columns}
    absent = [
        f"CAST(NULL AS {SQL_TYPES[item.type]}) AS {sql.name(item.name)}"
        for item in table.fields
        if item.name not in present
    ]
    stored, added = f"main.{sql.name('t_' + raw.table)}", [f"t.{MEMBER}", f"t.{DIVISION}"]
    typed = [f"{column.in_range('t')} AS {sql.name(column.name)}" for column in columns]
    text = [f"t.rowid + {raw.header_row + 1} AS _line", "t.*"]
    views = {raw.table: ["t.rowid + 1 AS _row", *typed, *absent, *added]}
    views[f"v_{raw.table}"] = ["t.rowid + 1 AS _row", *text, *absent]
    views[f"all_{raw.table}"] = ["t.*"]
    for view, items in views.items():
        session.execute(f"CREATE VIEW main.{sql.name(view)} AS SELECT {', '.join(items)} FROM {stored} t")
    line = f"t.rowid + {raw.header_row + 1}"
    return Loaded(table, replace(raw, rows=rows), columns, rows, line, {column.name: column for column in columns})
