"""What people are shown of changes: the most important records of each kind, without personal data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from circledata.engine import sql
from circledata.feeds.changes.compare import Changes
from circledata.feeds.changes.lines import lines_sql
from circledata.feeds.changes.match import Pair
from circledata.feeds.changes.model import KINDS
from circledata.findings.privacy import HIDDEN, redact
from circledata.standard.model import Table


@dataclass(frozen=True)
class Shown:
    """One changed record as it may be shown. `fields`: what stood in a cell and what stands there now."""

    table: str
    kind: str
    """The most important of `kinds`."""
    kinds: Sequence[str]
    key: Mapping[str, str]
    name: str | None = None
    row: int | None = None
    metres: float | None = None
    twin: Mapping[str, str] | None = None
    record: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def told_once(changes: Changes) -> dict[tuple[str, str], int]:
    """Return how many records stand under each table and kind when each stands under its most important kind only."""
    found: dict[tuple[str, str], int] = {}
    for item in changes.tables:
        if item.pair.same:
            continue
        conditions = [f"count(*) FILTER (WHERE {_under(kind)})" for kind in KINDS]
        counts = changes.session.execute(f"SELECT {', '.join(conditions)} FROM {item.pair.work('kinds')}").fetchone()
        assert counts is not None
        found |= {(item.pair.name, kind): count for kind, count in zip(KINDS, counts, strict=True) if count}
    return found


def _under(kind: str) -> str:
    """Return the condition under which a record is told under a kind."""
    earlier = [f"NOT {sql.name(other)}" for other in KINDS[: KINDS.index(kind)]]
    # The record that went is told beside the one that came in its place.
    earlier += ["twin IS NULL"] if kind == "removed" else []
    return " AND ".join([sql.name(kind), *earlier])


def important(changes: Changes, most: int | None, tables: Sequence[str] = ()) -> Iterator[Shown]:
    """Yield changed records by kind, what matters most first; `most` of each kind and table, None for all.

    A record appears once, under its most important kind. `tables`: only of these. Personal data is hidden.
    """
    for kind in KINDS:
        for item in changes.tables:
            pair = item.pair
            if pair.same or (tables and pair.name not in tables) or not changes.counts.kinds.get((pair.name, kind)):
                continue
            order = "ORDER BY metres DESC NULLS LAST, new_row, old_row"
            chosen = f"SELECT rowid FROM {pair.work('kinds')} WHERE {_under(kind)} {order}"
            limit = "" if most is None else f" LIMIT {most}"
            query = f"SELECT line FROM ({lines_sql(pair, f'd.rowid IN ({chosen}{limit})', more='d.metres')}) {order}"
            yield from _read(changes, query, pair, kind)


def _read(changes: Changes, query: str, pair: Pair, kind: str) -> Iterator[Shown]:
    cursor = changes.session.connection.cursor()
    try:
        cursor.execute(query)
        while batch := cursor.fetchmany(1_000):
            for (line,) in batch:
                yield _shown(json.loads(line), pair.table, kind)
    finally:
        cursor.close()


def _shown(line: Mapping[str, Any], table: Table, kind: str) -> Shown:
    def cells(found: Mapping[str, str]) -> dict[str, str]:
        return {column: safe(table, column, text) for column, text in found.items()}

    return Shown(
        table.name,
        kind,
        line["kinds"],
        cells(line["key"]),
        redact(line["name"]) if "name" in line else None,
        line.get("row"),
        line.get("metres"),
        cells(line["twin"]) if "twin" in line else None,
        cells(line.get("record", {})),
        {
            column: (safe(table, column, change["old"]), safe(table, column, change["new"]))
            for column, change in line.get("fields", {}).items()
        },
    )


def safe(table: Table, column: str, text: str) -> str:
    """Return the text of a cell without personal data, as reports of findings show it."""
    known = table.by_name.get(column)
    if known is not None and known.personal and text:
        return HIDDEN
    return redact(text, keep_mobile=column == "phone" or (known is not None and known.type == "number"))
