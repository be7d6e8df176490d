"""Finds what two members claim: the same id, the same community, the same outlet; and decides whose record counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from circledata.engine import sql
from circledata.feeds.aggregate.merge import ORD, Merge
from circledata.feeds.aggregate.store import LAT, LON
from circledata.findings.privacy import redact
from circledata.standard.model import Text

NEAR_M = 50
"""Metres within which two outlets of one name, or of one credit code, are taken for one: own choice. Inside a package
the rule outlet-duplicate asks for 20 m; two districts measure apart, with other devices."""
COARSE, FINE = 0.01, 0.0008
"""Degrees of the squares in which neighbours are looked for: about 1 km to tell where two districts touch at all, then
70 to 90 m, more than NEAR_M everywhere in China."""
KINDS: dict[str, Text] = {
    "id-claimed": Text(
        "两个区用了同一个编号。编号以谁的区划代码开头，汇总里就留谁的记录；另一个区要改编号。",
        "Two districts use one id. The record of the district whose code the id begins with is in the sum; the other "
        "district must change its id.",
    ),
    "category-differs": Text(
        "两个区的本地业态代码相同，所属的标准业态不同。汇总里用了前一个区的；请后一个区换一个代码。",
        "Two districts use one local category code under different standard categories. The sum has the first "
        "district's; the other should choose another code.",
    ),
    "community-claimed": Text(
        "两个区的生活圈都覆盖这个社区，居民算了两遍。请两个区商定归谁。",
        "Circles of two districts both cover this community, so its residents count twice. The two should agree.",
    ),
    "same-name-same-place": Text(
        "两个区在同一个地方有同名的网点，多半是一家店报了两遍。请两个区商定归谁，另一个删去。",
        "Two districts have an outlet of one name at one place: probably one shop reported twice. The two should agree "
        "whose it is.",
    ),
    "same-uscc-same-place": Text(
        "两个区在同一个地方有信用代码相同的网点，名称不同。请两个区核对是不是一家店。",
        "Two districts have outlets with one credit code at one place, under different names. The two should see "
        "whether it is one shop.",
    ),
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two members claim. `ord`: the member whose record is in the sum, or the first where both are."""

    kind: str
    table: str
    ord: int
    id: str
    name: str | None
    other_ord: int
    other_id: str
    other_name: str | None
    distance_m: int | None


class Conflicts:
    """The conflicts among the members of one merge; making it defines the views `<table>` without what was lost."""

    def __init__(self, merge: Merge) -> None:
        self.merge = merge
        merge.db.execute(
            f"CREATE TABLE lost (tbl VARCHAR, id VARCHAR, {ORD} INTEGER, owner INTEGER, name VARCHAR, kept VARCHAR)"
        )
        merge.db.execute(
            "CREATE TABLE conflict (kind VARCHAR, tbl VARCHAR, a INTEGER, id VARCHAR, name VARCHAR, b INTEGER, "
            "other_id VARCHAR, other_name VARCHAR, metres DOUBLE)"
        )
        for name in merge.tables:
            if merge.standard.tables[name].id_letter:
                self._ids(name)
        for name in merge.tables:
            merge.db.execute(f"CREATE VIEW {sql.name(name)} AS SELECT * FROM ({self.kept(name)})")
        if "categories" in merge.tables:
            self._categories()
        if "communities" in merge.tables:
            self._communities()
        if "outlets" in merge.tables:
            self._places()

    def kept(self, name: str, source: str | None = None) -> str:
        """Return the SELECT of a table's rows that are in the sum; `source`: only of those, a SELECT."""
        rows = f"({source})" if source else sql.name(f"all_{name}")
        table = self.merge.standard.tables[name]
        keys = {owner: key for owner in self.merge.tables for key in self._key(owner) if key in table.primary_key}
        if name == "survey_results":
            keys = {"surveys": "survey_id"}
        wheres = [
            f"NOT EXISTS (SELECT 1 FROM lost WHERE lost.tbl = {sql.text(owner)} AND lost.{ORD} = t.{ORD} "
            f"AND lost.id = t.{sql.name(key)})"
            for owner, key in sorted(keys.items())
        ]
        if name in {"categories", "translations"}:
            wheres.append(self._first(name, table.primary_key))
        return f"SELECT t.* FROM {rows} t WHERE {' AND '.join(wheres) or 'true'}"

    def _key(self, name: str) -> tuple[str, ...]:
        table = self.merge.standard.tables[name]
        return table.primary_key if table.id_letter else ()

    def _first(self, name: str, key: tuple[str, ...]) -> str:
        """Return the condition that a row is the first of its key: what members may share stands once."""
        same = " AND ".join(f"o.{sql.name(column)} = t.{sql.name(column)}" for column in key)
        return f"NOT EXISTS (SELECT 1 FROM {sql.name(f'all_{name}')} o WHERE {same} AND o.{ORD} < t.{ORD})"

    def _ids(self, name: str) -> None:
        """Find ids that two members use. The one whose code the id begins with, the longest first, keeps its record."""
        (key,) = self.merge.standard.tables[name].primary_key
        column, rows = sql.name(key), sql.name(f"all_{name}")
        named = "name" in self.merge.standard.tables[name].by_name
        title = "any_value(t.name)" if named else "CAST(NULL AS VARCHAR)"
        self.merge.db.execute(
            f"CREATE TEMP TABLE claim AS SELECT {column} AS id, {ORD}, any_value(division) AS division, "
            f"{title} AS name FROM {rows} t WHERE {column} IN "
            f"(SELECT {column} FROM (SELECT DISTINCT {column}, {ORD} FROM {rows}) GROUP BY {column} "
            "HAVING count(*) > 1) GROUP BY ALL"
        )
        fits = "CASE WHEN starts_with(id, division) THEN length(division) ELSE 0 END"
        self.merge.db.execute(
            f"INSERT INTO lost SELECT {sql.text(name)}, id, {ORD}, owner, name, kept FROM (SELECT *, "
            f"first({ORD}) OVER w AS owner, first(name) OVER w AS kept FROM claim "
            f"WINDOW w AS (PARTITION BY id ORDER BY {fits} DESC, {ORD})) WHERE {ORD} <> owner"
        )
        self.merge.db.execute(
            f"INSERT INTO conflict SELECT 'id-claimed', tbl, owner, id, kept, {ORD}, id, name, NULL FROM lost "
            f"WHERE tbl = {sql.text(name)}"
        )
        self.merge.db.execute("DROP TABLE claim")

    def _categories(self) -> None:
        self.merge.db.execute(
            "INSERT INTO conflict SELECT 'category-differs', 'categories', a.ord, a.category, a.name, b.ord, "
            "b.category, b.name, NULL FROM (SELECT category, min(_ord) AS ord, arg_min(name, _ord) AS name, "
            "arg_min(parent, _ord) AS parent FROM all_categories GROUP BY category) a JOIN (SELECT category, _ord AS "
            "ord, any_value(name) AS name, any_value(parent) AS parent FROM all_categories GROUP BY ALL) b "
            "ON a.category = b.category AND a.parent <> b.parent"
        )

    def _communities(self) -> None:
        """Find communities, by their code, that circles of two members cover."""
        self.merge.db.execute(
            f"INSERT INTO conflict SELECT 'community-claimed', 'communities', a.{ORD}, a.community_code, a.name, "
            f"b.{ORD}, b.community_code, b.name, NULL FROM {self._covered()} a JOIN {self._covered()} b "
            f"ON a.community_code = b.community_code AND a.{ORD} < b.{ORD}"
        )

    def _covered(self) -> str:
        return (
            f"(SELECT community_code, {ORD}, min(name) AS name FROM communities WHERE community_code IS NOT NULL "
            "GROUP BY ALL)"
        )

    def _places(self) -> None:
        """Find outlets of two members that are one: only where members touch are single outlets compared."""
        db = self.merge.db
        square = ", ".join(
            f"CAST(floor({axis} / {COARSE}) AS INTEGER) AS {name}" for axis, name in ((LON, "x"), (LAT, "y"))
        )
        around = "(VALUES (-1), (0), (1)) h(dx), (VALUES (-1), (0), (1)) v(dy)"
        open_ = f"{LON} IS NOT NULL AND {LAT} IS NOT NULL AND status IS DISTINCT FROM 'closed'"
        db.execute(
            f"CREATE TEMP TABLE crowded AS SELECT x, y FROM (SELECT DISTINCT s.x + dx AS x, s.y + dy AS y, s.{ORD} "
            f"FROM (SELECT DISTINCT {square}, {ORD} FROM outlets WHERE {open_}) s, {around}) "
            "GROUP BY x, y HAVING count(*) > 1"
        )
        db.execute(
            f"CREATE TEMP TABLE spot AS SELECT {ORD}, outlet_id, name, {_KEY} AS key, operator_uscc AS uscc, "
            f"{LON} AS lon, {LAT} AS lat, CAST(floor({LON} / {FINE}) AS INTEGER) AS cx, "
            f"CAST(floor({LAT} / {FINE}) AS INTEGER) AS cy "
            f"FROM (SELECT *, {square} FROM outlets WHERE {open_}) SEMI JOIN crowded USING (x, y)"
        )
        for kind, column, also in (
            ("same-name-same-place", "key", "true"),
            ("same-uscc-same-place", "uscc", "a.key IS DISTINCT FROM b.key"),
        ):
            db.execute(
                f"INSERT INTO conflict SELECT * FROM (SELECT {sql.text(kind)}, 'outlets', a.{ORD}, a.outlet_id, "
                f"a.name, b.{ORD}, b.outlet_id, b.name, {_METRES} AS metres FROM spot a "
                f"JOIN (SELECT * REPLACE (cx + dx AS cx, cy + dy AS cy) FROM spot, {around}) b "
                f"ON a.cx = b.cx AND a.cy = b.cy AND a.{column} = b.{column} "
                f"WHERE a.{ORD} < b.{ORD} AND {also}) WHERE metres <= {NEAR_M}"
            )
        db.execute("DROP TABLE spot")
        db.execute("DROP TABLE crowded")

    def found(self) -> Iterator[Conflict]:
        """Yield the conflicts in order, without personal data."""
        ranks = " ".join(f"WHEN {sql.text(kind)} THEN {rank}" for rank, kind in enumerate(KINDS))
        cursor = self.merge.db.execute(
            f"SELECT * FROM conflict ORDER BY CASE kind {ranks} END, tbl, id, b, other_id, a"
        )
        while rows := cursor.fetchmany(5_000):
            for kind, table, a, first, name, b, other, other_name, metres in rows:
                yield Conflict(
                    kind, table, a, redact(first), _safe(name), b, redact(other), _safe(other_name), _whole(metres)
                )


_KEY = "lower(regexp_replace(name, '[\\s\\x{3000}()\\x{FF08}\\x{FF09}\\x{B7}\\-_]', '', 'g'))"
"""A name without blanks, brackets and dashes, which one person writes and the next leaves out."""
_METRES = (
    "2 * 6371008.8 * asin(least(1, sqrt(power(sin(radians(b.lat - a.lat) / 2), 2) + cos(radians(a.lat)) * "
    "cos(radians(b.lat)) * power(sin(radians(b.lon - a.lon) / 2), 2))))"
)


def _safe(text: str | None) -> str | None:
    return redact(text) if text else text


def _whole(metres: float | None) -> int | None:
    return None if metres is None else round(metres)
