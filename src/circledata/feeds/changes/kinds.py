"""Names what happened to each changed record: SQL over the records that `match` found."""

from __future__ import annotations

from collections.abc import Iterator

from circledata.engine import Session, sql
from circledata.feeds.changes.match import Pair
from circledata.feeds.changes.model import KINDS, MOVED_FROM_M
from circledata.feeds.changes.reminted import find_reminted
from circledata.feeds.changes.sides import NEW, OLD, ROW

PLACE = ("longitude", "latitude", "address")
LIFE = ("status", "opened_on", "closed_on")
REUSED = "outlet-id-reused"
"""The rule that judges whether an id stands for another thing now; it is run as it is, so that there is one judge."""


def define_kinds(session: Session, pair: Pair, old_day: str | None) -> None:
    """Make work.kinds_<table>: the rows of work.pairs_<table> with a column for each kind, and the metres of a move.

    `old_day`: as_of of the old package; a new record that opened or closed after it is news of that kind too.
    """
    table = pair.table
    reused = _reused(session, pair)
    flags = _flags(session, pair, old_day)
    metres = flags.pop("metres")
    both = "p.old_row IS NOT NULL AND p.new_row IS NOT NULL"
    items = [f"{condition} AS {sql.name(kind)}" for kind, condition in flags.items()]
    joins = ""
    if pair.old:
        joins += f" LEFT JOIN {pair.cells(OLD)} o ON o.{sql.name(ROW)} = p.old_row"
    if pair.new:
        joins += f" LEFT JOIN {pair.cells(NEW)} n ON n.{sql.name(ROW)} = p.new_row"
    if metres != "NULL":
        joins += f" LEFT JOIN previous.{sql.name(table.name)} ot ON ot._row = p.old_row"
        joins += f" LEFT JOIN main.{sql.name(table.name)} nt ON nt._row = p.new_row"
    session.execute(
        f"CREATE OR REPLACE TABLE {pair.work('facts')} AS SELECT p.*, ({both}) AS both, "
        f"CASE WHEN {both} THEN {metres} END AS metres, p.new_row IN ({reused}) AND {both} AS reused, "
        f"{', '.join(items)} FROM {pair.work('pairs')} p{joins}"
    )
    session.execute(
        f"CREATE OR REPLACE TABLE {pair.work('kinds')} AS SELECT old_row, new_row, n, CAST(NULL AS VARCHAR) AS twin, "
        f"CASE WHEN metres > {MOVED_FROM_M} AND NOT reused THEN round(metres, 1) END AS metres, "
        f"{', '.join(f'{_final(kind)} AS {sql.name(kind)}' for kind in KINDS)} FROM {pair.work('facts')}"
    )
    session.execute(f"DROP TABLE {pair.work('facts')}")
    find_reminted(session, pair)


def _final(kind: str) -> str:
    """Return the condition of a kind over the facts; a record whose id now stands for another thing is only that."""
    if kind == "id-reused":
        return "reused"
    if kind == "id-reminted":
        return "false"
    if kind in {"added", "removed"}:
        return sql.name(kind)
    return f"coalesce({sql.name(kind)} AND NOT reused, false)"


def _flags(session: Session, pair: Pair, old_day: str | None) -> dict[str, str]:
    """Return for each kind the SQL of its condition on the cells `o` and `n`, and `metres`."""
    common = set(pair.common) if pair.old and pair.new else set()
    both = "p.old_row IS NOT NULL AND p.new_row IS NOT NULL"
    metres = "NULL"
    if {"longitude", "latitude"} <= common and {"longitude", "latitude"} <= pair.table.by_name.keys():
        session.define_functions()
        metres = "distance_m(ot.longitude, ot.latitude, nt.longitude, nt.latitude)"
    moved = f"coalesce({metres} > {MOVED_FROM_M}, false)" if metres != "NULL" else "false"
    renamed = _other("name", common, squeezed=True)
    recategorised = _other("category", common)
    opened, closed = _life(pair, common, old_day)
    explained = {
        **dict.fromkeys(PLACE, moved),
        "name": renamed,
        "category": recategorised,
        **dict.fromkeys(LIFE, f"({opened} OR {closed})"),
    }
    changed = [
        f"({_differs(column)} AND NOT {explained[column]})" if column in explained else _differs(column)
        for column in pair.common
        if pair.old and pair.new
    ]
    changed += [f"n.{sql.name(column)} IS NOT NULL" for column in pair.fresh]
    return {
        "metres": metres,
        "removed": "p.new_row IS NULL",
        "added": "p.old_row IS NULL",
        "closed": closed,
        "opened": opened,
        "recategorised": f"({both} AND {recategorised})",
        "renamed": f"({both} AND {renamed})",
        "moved": f"({both} AND {moved})",
        "changed": f"({both} AND ({' OR '.join(changed) or 'false'}))",
    }


def _differs(column: str) -> str:
    return f"o.{sql.name(column)} IS DISTINCT FROM n.{sql.name(column)}"


def _other(column: str, common: set[str], *, squeezed: bool = False) -> str:
    """Condition that both sides fill a column, and differently; `squeezed`: blanks are nothing, as in CD808."""
    if column not in common:
        return "false"
    old, new = (f"{side}.{sql.name(column)}" for side in "on")
    if squeezed:
        old, new = f"replace({old}, ' ', '')", f"replace({new}, ' ', '')"
    return f"coalesce({old} <> {new}, false)"


def _life(pair: Pair, common: set[str], old_day: str | None) -> tuple[str, str]:
    """Conditions of opened and closed. Only outlets open; outlets and circles close."""
    opened = closed = "false"
    if "status" in common:
        if pair.name == "outlets":
            opened = "coalesce(n.status = 'open' AND o.status <> 'open', false)"
        if pair.name in {"outlets", "circles"}:
            closed = "coalesce(n.status = 'closed' AND o.status <> 'closed', false)"
    if pair.name != "outlets" or pair.new is None or old_day is None:
        return opened, closed
    if {"status", "opened_on"} <= set(pair.new.columns):
        # Dates are written in one way, so texts compare as the days do; what is no date is no news.
        opened = f"({opened} OR (p.old_row IS NULL AND {_after('n.opened_on', old_day)} AND n.status = 'open'))"
    if {"status", "closed_on"} <= set(pair.new.columns):
        closed = f"({closed} OR (p.old_row IS NULL AND {_after('n.closed_on', old_day)} AND n.status = 'closed'))"
    return f"coalesce({opened}, false)", f"coalesce({closed}, false)"


def _after(column: str, day: str) -> str:
    return f"TRY_CAST({column} AS DATE) > DATE {sql.text(day)}"


def _reused(session: Session, pair: Pair) -> str:
    """Return a query of the new rows whose id stood for another thing before."""
    rule = session.standard.rule(REUSED)
    needed = set(rule.columns)
    if pair.name != rule.table or not (pair.old and pair.new) or rule.query is None:
        return "SELECT NULL WHERE false"
    required = {field.name for field in pair.table.fields if field.required} & needed
    if not required <= set(pair.common):
        return "SELECT NULL WHERE false"
    session.define_functions()
    return f"SELECT _row FROM ({sql.bind(rule.query, session.parameters)})"


def count_kinds(session: Session, pair: Pair) -> Iterator[tuple[str, int]]:
    """Yield each kind that occurs in a table with the number of its records."""
    items = ", ".join(f"count(*) FILTER (WHERE {sql.name(kind)})" for kind in KINDS)
    found = session.execute(f"SELECT {items} FROM {pair.work('kinds')}").fetchone()
    assert found is not None
    yield from ((kind, count) for kind, count in zip(KINDS, found, strict=True) if count)
