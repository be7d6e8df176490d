"""Merges the stored tables of the members that are in the sum: one database over their files, with bounded memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from circledata.engine import sql
from circledata.feeds.aggregate.model import Member
from circledata.feeds.aggregate.store import LAT, LON, PLAIN, located
from circledata.feeds.aggregate.together.session import MEMBER
from circledata.standard.model import Standard, Table
from circledata.values.formula_marks import MARK, NUMBER, PATTERN, SIGNS

MEMORY_MIB = 1_500
"""Memory that the database may take before it goes to the disk."""
ORD = "_ord"
"""Column with the place of the member among those in the sum."""
DECIMALS = 7
"""Decimals of coordinates that were turned into another system: about a centimetre."""


class Merge:
    """The tables of all members as views `all_<table>`; `members` are those in the sum, in the order of places."""

    def __init__(self, members: Sequence[Member], standard: Standard, work: Path, threads: int) -> None:
        self.members = members
        self.standard = standard
        self.systems = {member.record.coordinate_system for member in members if member.record}
        self.work = work
        self.threads = threads
        self.db = duckdb.connect(
            str(work / "merge.duckdb"),
            config={
                "memory_limit": f"{MEMORY_MIB}MiB",
                "temp_directory": str(work / "spill"),
                "threads": threads,
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        self.db.execute("SET enable_progress_bar = false")
        self.tables = [name for name in standard.tables if self._has(name)]
        self._define()

    def close(self) -> None:
        """Give back memory and files."""
        self.db.close()

    @property
    def system(self) -> str | None:
        """The coordinate system of the whole: that of all members, else WGS84."""
        known = {system for system in self.systems if system}
        return next(iter(known)) if len(known) == 1 else "WGS84" if known else None

    def value(self, statement: str) -> Any:
        """Return the first cell of an answer."""
        row = self.db.execute(statement).fetchone()
        return row[0] if row else None

    def _has(self, name: str) -> bool:
        return any(member.record and name in member.record.tables for member in self.members)

    def _define(self) -> None:
        """Make a view of each table over the files of the batches; a member's rows carry its place."""
        self.db.execute(
            f"CREATE TABLE live (batch VARCHAR, {MEMBER} INTEGER, {ORD} INTEGER, division VARCHAR, system VARCHAR)"
        )
        rows = [
            [
                str(member.batch),
                member.record.number,
                member.ord,
                member.record.division_code,
                member.record.coordinate_system,
            ]
            for member in self.members
            if member.record
        ]
        if rows:
            self.db.executemany("INSERT INTO live VALUES (?, ?, ?, ?, ?)", rows)
        for name in self.tables:
            self.db.execute(f"CREATE VIEW {sql.name(f'all_{name}')} AS {self.rows(name, self.members)}")

    def rows(self, name: str, members: Sequence[Member]) -> str:
        """Return the SELECT of the rows that some members have in a table, read from no other file than theirs."""
        files = {
            str(member.batch / f"{name}.{member.record.group}.parquet")
            for member in members
            if member.record and member.batch and name in member.record.tables
        }
        listed = ", ".join(sql.text(path) for path in sorted(files))
        places = [member.ord for member in members]
        return (
            f"SELECT l.{ORD}, l.division, l.system, p.* EXCLUDE (_file) "
            f"FROM read_parquet([{listed}], filename='_file') p JOIN live l "
            f"ON l.{MEMBER} = p.{MEMBER} AND l.batch = {_folder('p._file')} "
            f"WHERE l.{ORD} BETWEEN {min(places)} AND {max(places)}"
        )

    def columns(self, table: Table) -> list[str]:
        """Return the SELECT items of a table's cells as they are written: marked where a spreadsheet would compute."""
        return [f"{self._cell(table, column)} AS {sql.name(column)}" for column in table.by_name]

    def _cell(self, table: Table, column: str) -> str:
        item, cell = table.by_name[column], f"t.{sql.name(column)}"
        if column in {"longitude", "latitude"} and located(table) and self.system == "WGS84":
            moved = LON if column == "longitude" else LAT
            plain = ", ".join(sql.text(system) for system in PLAIN)
            cell = (
                f"CASE WHEN t.system IN ({plain}) OR t.{moved} IS NULL THEN {cell} "
                f"ELSE printf('%.{DECIMALS}f', t.{moved}) END"
            )
        if item.type != "string" or item.pattern or (item.codelist and not item.codelist_extended_by):
            return cell
        return _marked(cell)


def _folder(path: str) -> str:
    """Return the SQL of the folder that a file lies in."""
    return f"regexp_replace({path}, '[/\\\\][^/\\\\]*$', '')"


def _marked(cell: str) -> str:
    """Return the SQL of a text with an apostrophe in front where a spreadsheet would compute it."""
    signs = ", ".join(sql.text(sign) for sign in (*SIGNS, MARK))
    pattern, number = sql.text(PATTERN), sql.text(NUMBER)
    formula = f"regexp_matches({cell}, {pattern}) AND NOT regexp_matches({cell}, {number})"
    return f"CASE WHEN left({cell}, 1) IN ({signs}) AND {formula} THEN '''' || {cell} ELSE {cell} END"
