"""Finds records that only got a new id: one went, another came with the same name at the same place."""

from __future__ import annotations

from circledata.engine import Session, sql
from circledata.feeds.changes.match import Pair
from circledata.feeds.changes.sides import NEW, OLD, ROW

REMINTED = ("outlets", "circles")
"""Tables in which a record may have got a new id for the same place."""
WITHIN_M, SAME_ADDRESS_WITHIN_M = 20, 200
"""One name within so many metres is one place; with one address, within so many. As the rule CD424 has it."""
_X, _Y = 0.0004, 0.00025
"""Cells of a grid, in degrees, that are nowhere in China narrower than WITHIN_M; as in the rule CD424."""


def find_reminted(session: Session, pair: Pair) -> None:
    """Mark in work.kinds_<table> each new record that an old one, gone or closed at the same time, seems to be.

    Equal names (blanks, capitals and the width of brackets do not count) at one place, as the rule CD424 judges two
    records of one package; of circles, equal names in one division. Each record has at most one twin, the nearest.
    """
    if pair.name not in REMINTED or not (pair.old and pair.new) or pair.keyless:
        return
    wanted = {"name", "address"} if pair.name == "outlets" else {"name", "division_code"}
    if not wanted <= set(pair.common):
        return
    kinds = pair.work("kinds")
    # The old row is looked at among those that went; there may be none, and then nothing is to be done.
    if not session.value(f"SELECT EXISTS (SELECT 1 FROM {kinds} WHERE added)"):
        return
    session.define_functions()
    pairs = _outlets(pair) if pair.name == "outlets" else _circles(pair)
    twins = pair.work("twins")
    session.execute(
        f"CREATE OR REPLACE TABLE {twins} AS SELECT old_row, new_row FROM (SELECT *, "
        "row_number() OVER (PARTITION BY old_row ORDER BY metres NULLS LAST, new_row) AS a, "
        "row_number() OVER (PARTITION BY new_row ORDER BY metres NULLS LAST, old_row) AS b "
        f"FROM ({pairs})) WHERE a = 1 AND b = 1"
    )
    for mine, other, side, flag in (("new_row", "old_row", OLD, True), ("old_row", "new_row", NEW, False)):
        marked = f", {sql.name('id-reminted')} = true" if flag else ""
        session.execute(
            f"UPDATE {kinds} SET twin = {_key_json(pair)}{marked} "
            f"FROM {twins} t JOIN {pair.cells(side)} x ON x.{sql.name(ROW)} = t.{other} "
            f"WHERE {kinds}.{mine} = t.{mine}" + (f" AND {kinds}.old_row IS NULL" if flag else "")
        )


def _key_json(pair: Pair) -> str:
    items = [
        f"""'"{column}":' || CAST(to_json(coalesce(x.{sql.name(column)}, '')) AS VARCHAR)""" for column in pair.key
    ]
    return "'{' || " + " || ',' || ".join(items) + " || '}'"


def _squeezed(column: str) -> str:
    return f"lower(replace(replace(replace(replace({column}, ' ', ''), '　', ''), '（', '('), '）', ')'))"


def _gone(pair: Pair, more: str) -> str:
    return (
        f"SELECT k.old_row AS row, {_squeezed('t.name')} AS name_key, {more} FROM {pair.work('kinds')} k "
        f"JOIN previous.{sql.name(pair.name)} t ON t._row = k.old_row WHERE k.removed OR k.closed"
    )


def _came(pair: Pair, more: str) -> str:
    return (
        f"SELECT k.new_row AS row, {_squeezed('t.name')} AS name_key, {more} FROM {pair.work('kinds')} k "
        f"JOIN main.{sql.name(pair.name)} t ON t._row = k.new_row WHERE k.added AND NOT k.closed"
    )


def _outlets(pair: Pair) -> str:
    more = (
        "nullif(lower(replace(replace(t.address, ' ', ''), '　', '')), '') AS address_key, t.circle_id, t.longitude, "
        f"t.latitude, CAST(floor(t.longitude / {_X}) AS BIGINT) AS x, CAST(floor(t.latitude / {_Y}) AS BIGINT) AS y"
    )
    metres = "distance_m(g.longitude, g.latitude, c.longitude, c.latitude)"
    return (
        f"WITH gone AS ({_gone(pair, more)}), came AS ({_came(pair, more)}), near AS ("
        f"SELECT g.row AS old_row, c.row AS new_row, {metres} AS metres FROM (SELECT gone.*, h.d AS dx, v.d AS dy "
        "FROM gone CROSS JOIN (VALUES (-1), (0), (1)) h(d) CROSS JOIN (VALUES (-1), (0), (1)) v(d)) g "
        "JOIN came c ON c.name_key = g.name_key AND c.x = g.x + g.dx AND c.y = g.y + g.dy UNION "
        f"SELECT g.row, c.row, {metres} FROM gone g "
        "JOIN came c ON c.name_key = g.name_key AND c.address_key = g.address_key "
        f"WHERE coalesce({metres} <= {SAME_ADDRESS_WITHIN_M}, g.circle_id = c.circle_id, true)) "
        "SELECT n.* FROM near n JOIN gone g ON g.row = n.old_row JOIN came c ON c.row = n.new_row "
        f"WHERE n.metres <= {WITHIN_M} OR g.address_key = c.address_key"
    )


def _circles(pair: Pair) -> str:
    return (
        "SELECT g.row AS old_row, c.row AS new_row, CAST(NULL AS DOUBLE) AS metres "
        f"FROM ({_gone(pair, 't.division_code')}) g JOIN ({_came(pair, 't.division_code')}) c "
        "ON c.name_key = g.name_key AND c.division_code = g.division_code"
    )
