"""Makes the new records of one table out of the old ones and the lines that tell of them, in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from circledata.engine import Session, sql
from circledata.feeds.changes.match import WORK, key_sql, keys_sql
from circledata.feeds.changes.read import ChangesFile
from circledata.feeds.changes.sides import OLD, ROW, SideTable

Line = Mapping[str, Any]


@dataclass(frozen=True)
class TableMaker:
    """Makes the records of one table in the session."""

    session: Session
    told: ChangesFile
    name: str
    old: SideTable | None
    columns: Sequence[str]

    def make(self) -> str:
        """Make the new records, in their order; returns the table that holds them."""
        session = self.session
        session.execute(f"CREATE SCHEMA IF NOT EXISTS {WORK}")
        self._lines()
        self._base()
        kept, fresh = self._kept(), self._fresh()
        session.execute(
            f"CREATE OR REPLACE TABLE {WORK}.made AS SELECT * EXCLUDE (place) "
            f"FROM ({kept} UNION ALL {fresh}) ORDER BY place"
        )
        for rest in ("lines", "base", "places"):
            session.execute(f"DROP TABLE IF EXISTS {WORK}.{rest}")
        return f"{WORK}.made"

    @property
    def _about(self) -> Line:
        found: Line = self.told.head.get("tables", {}).get(self.name, {})
        return found

    @property
    def _key(self) -> list[str]:
        return [str(column) for column in self._about.get("key", [])]

    def _lines(self) -> None:
        """Make work.lines: a row for each line of a record, with its kind, key, row, and the JSON of its cells."""
        path = self.told.records.get(self.name)
        columns = "place BIGINT, kind VARCHAR, key VARCHAR, n BIGINT, cells VARCHAR[]"
        self.session.execute(f"CREATE OR REPLACE TABLE {WORK}.lines ({columns})")
        if path is None:
            return
        kind = (
            "CASE WHEN json_exists(json, '/record') THEN 'added' "
            "WHEN json_exists(json, '/fields') THEN 'changed' ELSE 'removed' END"
        )
        record, fields = ([_pointer(part, column) for column in self.columns] for part in ("record", "fields"))
        cells = (
            f"CASE WHEN kind = 'added' THEN {_texts(record)} WHEN kind = 'changed' THEN {_texts(fields, '/new')} END"
        )
        names = [f"coalesce(json_extract_string(json, {_pointer('key', column)}), '')" for column in self._key]
        key = key_sql(self._key) if self._key else "''"
        picked = ", ".join(f"{text} AS {sql.name(column)}" for text, column in zip(names, self._key, strict=True))
        most = max(16 << 20, 2 * self.told.longest)
        self.session.execute(
            f"INSERT INTO {WORK}.lines SELECT place, kind, {key}, n, {cells} FROM ("
            f"SELECT json, TRY_CAST(json_extract_string(json, '/row') AS BIGINT) AS place, {kind} AS kind, "
            f"coalesce(TRY_CAST(json_extract_string(json, '/n') AS BIGINT), 1) AS n{', ' if picked else ''}{picked} "
            f"FROM read_ndjson_objects({sql.text(str(path))}, maximum_object_size={most}))"
        )

    def _base(self) -> None:
        """Make work.base: the old rows that stay, with the new texts of their cells that changed."""
        if self.old is None or not self._about:
            empty = "SELECT 0::BIGINT AS row, CAST(NULL AS VARCHAR[]) AS cells, 0::BIGINT AS rank WHERE false"
            if self.old is not None:
                empty = (
                    f"SELECT {sql.name(ROW)} AS row, CAST(NULL AS VARCHAR[]) AS cells, {sql.name(ROW)} AS rank "
                    f"FROM {OLD}.{sql.name(self.name)}"
                )
            self.session.execute(f"CREATE OR REPLACE TABLE {WORK}.base AS {empty}")
            return
        keys = keys_sql(self.session, f"{OLD}.{sql.name(self.name)}", self._key)
        self.session.execute(
            f"CREATE OR REPLACE TABLE {WORK}.base AS SELECT k.row, l.cells, row_number() OVER (ORDER BY k.row) AS rank "
            f"FROM ({keys}) k LEFT JOIN (SELECT * FROM {WORK}.lines WHERE kind <> 'added') l "
            "ON l.key = k.key AND l.n = k.n WHERE l.kind IS DISTINCT FROM 'removed'"
        )

    def _kept(self) -> str:
        """Return a query of the records that stay: `place` in the new order, then their cells."""
        session = self.session
        runs = self.told.runs.get(self.name)
        order = "SELECT rank, rank AS turn FROM work.base"
        if runs is not None:
            order = (
                "SELECT first + step AS rank, turn + step AS turn FROM ("
                f"SELECT turn, first, unnest(range(count)) AS step FROM read_csv({sql.text(str(runs))}, header=false, "
                "columns={'turn': 'BIGINT', 'first': 'BIGINT', 'count': 'BIGINT'}))"
            )
        session.execute(
            f"CREATE OR REPLACE TABLE {WORK}.places AS WITH total AS (SELECT (SELECT count(*) FROM {WORK}.base) + "
            f"(SELECT count(*) FROM {WORK}.lines WHERE kind = 'added') AS rows), free AS ("
            "SELECT p AS place, row_number() OVER (ORDER BY p) AS turn FROM "
            "(SELECT unnest(range(1, rows + 1)) AS p FROM total) WHERE p NOT IN "
            f"(SELECT place FROM {WORK}.lines WHERE kind = 'added' AND place IS NOT NULL)) "
            f"SELECT o.rank, f.place FROM ({order}) o JOIN free f ON f.turn = o.turn"
        )
        if self.old is None:
            return f"SELECT place{self._nothing()} FROM {WORK}.places WHERE false"
        items = []
        for place, column in enumerate(self.columns, start=1):
            name = sql.name(column)
            before = f"o.{name}" if column in self.old.columns else "CAST(NULL AS VARCHAR)"
            items.append(f", nullif(coalesce(b.cells[{place}], {before}), '') AS {name}")
        return (
            f"SELECT p.place{''.join(items)} FROM {WORK}.base b JOIN {WORK}.places p ON p.rank = b.rank "
            f"JOIN {OLD}.{sql.name(self.name)} o ON o.{sql.name(ROW)} = b.row"
        )

    def _fresh(self) -> str:
        items = "".join(f", cells[{place}] AS {sql.name(column)}" for place, column in enumerate(self.columns, start=1))
        return f"SELECT place{items} FROM {WORK}.lines WHERE kind = 'added'"

    def _nothing(self) -> str:
        return "".join(f", CAST(NULL AS VARCHAR) AS {sql.name(column)}" for column in self.columns)


def _pointer(part: str, column: str) -> str:
    """Return the address of a cell in a line, as a literal."""
    return sql.text(f"/{part}/" + column.replace("~", "~0").replace("/", "~1"))


def _texts(pointers: Sequence[str], end: str = "") -> str:
    paths = ", ".join(pointer[:-1] + end + "'" for pointer in pointers)
    return f"json_extract_string(json, [{paths}])"
