"""Finds which record of the new package is which of the old one, by key; what differs; and whether the order did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from circledata.engine import Session, sql
from circledata.feeds.changes.sides import NEW, OLD, ROW, SideTable, cells_sql, common_columns
from circledata.standard.model import Table

WORK = "work"
"""Schema of what is reckoned."""
FEW_SHARE = 0.5
"""Up to this part of a table's records the cells of the changed ones are kept apart, where they are found faster."""
_NONE = "SELECT 0::BIGINT AS row, '' AS key, 0::UBIGINT AS h, false AS fresh, 1::BIGINT AS n WHERE false"


@dataclass(frozen=True)
class Pair:
    """A table on both sides; one of them is None where the table appeared or vanished.

    `key`: the columns that tell records apart: the primary key; where the table has none, or a side lacks its columns,
    all columns that both sides have (`keyless`). Records with the same key are told apart by their order.
    """

    table: Table
    old: SideTable | None
    new: SideTable | None

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.table.name

    @property
    def common(self) -> Sequence[str]:
        """Columns that both sides have; of a table that one side lacks, its columns."""
        return common_columns(self.old, self.new)

    @property
    def fresh(self) -> Sequence[str]:
        """Columns that only the new side has."""
        return [column for column in self.new.columns if column not in self.common] if self.new else []

    @property
    def gone(self) -> Sequence[str]:
        """Columns that only the old side has."""
        return [column for column in self.old.columns if column not in self.common] if self.old else []

    @property
    def keyless(self) -> bool:
        """Whether records are told apart by all their cells."""
        return not self.table.primary_key or not set(self.table.primary_key) <= set(self.common)

    @property
    def key(self) -> Sequence[str]:
        """Columns that tell records apart."""
        return self.common if self.keyless else self.table.primary_key

    @property
    def same(self) -> bool:
        """Whether the two files are the same to the byte, so that nothing is to be compared."""
        return self.old is not None and self.new is not None and self.old.sha256 == self.new.sha256

    def work(self, what: str) -> str:
        """Return the name of a table of what is reckoned."""
        return f"{WORK}.{sql.name(what + '_' + self.name)}"

    def side(self, schema: str) -> str:
        """Return the name of the table's cells on one side."""
        return f"{schema}.{sql.name(self.name)}"

    def cells(self, schema: str) -> str:
        """Return the name of what holds the cells of the changed records on one side, others too perhaps."""
        return self.work(f"cells_{schema}")


@dataclass(frozen=True)
class Matched:
    """What `match` found: records that changed, and whether those that stayed stand in their old order (`ordered`)."""

    changed: int
    ordered: bool


def keys_sql(session: Session, relation: str, columns: Sequence[str], *, more: str = "") -> str:
    """Return a query of `row`, `key` and `n` for the records of a relation.

    `key` is one text for all key columns; `n` counts the records of one key, from 1, in their order.
    """
    key = key_sql(columns)
    query = f"SELECT {sql.name(ROW)} AS row, {key} AS key{more} FROM {relation}"
    repeated = f"SELECT EXISTS (SELECT 1 FROM {relation} GROUP BY {key} HAVING count(*) > 1)"
    if not session.value(repeated):
        return f"SELECT *, 1::BIGINT AS n FROM ({query})"
    return f"SELECT *, row_number() OVER (PARTITION BY key ORDER BY row) AS n FROM ({query})"


def key_sql(columns: Sequence[str], alias: str = "") -> str:
    """Return the SQL of one text that stands for the cells of several columns; different cells, different texts."""
    cells = [f"coalesce({alias}{sql.name(column)}, '')" for column in columns]
    if len(cells) == 1:
        return cells[0]
    # Inside a cell the separator, and the mark that replaces it, are written with two characters.
    parts = [f"replace(replace({cell}, chr(30), chr(30) || '0'), chr(31), chr(30) || '1')" for cell in cells]
    return f"({' || chr(31) || '.join([*parts])})" if parts else "''"


def match(session: Session, pair: Pair) -> Matched:
    """Match the records of a table; leaves work.pairs_<table>: old_row, new_row, n of those that changed.

    Also leaves work.kept_<table>, the rows of all records that are on both sides, and the cells of those that changed.
    """
    session.execute(f"CREATE SCHEMA IF NOT EXISTS {WORK}")
    cells = ", ".join(sql.name(column) for column in pair.common)
    digest = f", hash({cells}) AS h" if cells else ", 0::UBIGINT AS h"
    fresh = " OR ".join(f"{sql.name(column)} IS NOT NULL" for column in pair.fresh) or "false"
    old = keys_sql(session, pair.side(OLD), pair.key, more=digest) if pair.old else _NONE
    new = keys_sql(session, pair.side(NEW), pair.key, more=f"{digest}, ({fresh}) AS fresh") if pair.new else _NONE
    session.execute(
        f"CREATE OR REPLACE TABLE {pair.work('all')} AS SELECT o.row AS old_row, n.row AS new_row, "
        "coalesce(o.n, n.n) AS n, o.row IS NULL OR n.row IS NULL OR o.h IS DISTINCT FROM n.h OR n.fresh AS differs "
        f"FROM ({old}) o FULL JOIN ({new}) n ON o.key = n.key AND o.n = n.n"
    )
    session.execute(
        f"CREATE OR REPLACE TABLE {pair.work('pairs')} AS "
        f"SELECT old_row, new_row, n FROM {pair.work('all')} WHERE differs"
    )
    session.execute(
        f"CREATE OR REPLACE TABLE {pair.work('kept')} AS "
        f"SELECT old_row, new_row FROM {pair.work('all')} WHERE old_row IS NOT NULL AND new_row IS NOT NULL"
    )
    session.execute(f"DROP TABLE {pair.work('all')}")
    changed = session.value(f"SELECT count(*) FROM {pair.work('pairs')}")
    for side, home, schema, row in ((pair.old, "previous", OLD, "old_row"), (pair.new, "main", NEW, "new_row")):
        if side is None:
            continue
        relation = pair.cells(schema)
        if changed > side.rows * FEW_SHARE:
            session.execute(f"CREATE OR REPLACE VIEW {relation} AS SELECT * FROM {pair.side(schema)}")
            continue
        rows = f"SELECT {row} FROM {pair.work('pairs')}"
        session.execute(f"CREATE OR REPLACE TABLE {relation} AS {cells_sql(side.loaded, home, rows)}")
    disordered = session.value(
        f"SELECT EXISTS (SELECT 1 FROM (SELECT old_row, lag(old_row) OVER (ORDER BY new_row) AS before "
        f"FROM {pair.work('kept')}) WHERE before > old_row)"
    )
    return Matched(changed, not disordered)


def runs_sql(pair: Pair) -> str:
    """Return a query of the order that the kept records have: runs of `first` (number among the kept) and `count`."""
    return (
        "SELECT min(rank) AS first, count(*) AS count FROM ("
        "SELECT rank, place, sum(CASE WHEN rank = before + 1 THEN 0 ELSE 1 END) "
        "OVER (ORDER BY place) AS part FROM ("
        "SELECT rank, place, lag(rank) OVER (ORDER BY place) AS before FROM ("
        "SELECT row_number() OVER (ORDER BY old_row) AS rank, row_number() OVER (ORDER BY new_row) AS place "
        f"FROM {pair.work('kept')}))) GROUP BY part ORDER BY min(place)"
    )
