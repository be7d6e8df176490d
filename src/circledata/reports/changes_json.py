"""Writes what changed between two packages as one JSON object: exact counts, and the changes that matter most."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

from circledata.feeds.changes import ERRORS, KINDS, WARNINGS, Changes
from circledata.feeds.changes.show import Shown, important
from circledata.version import __version__


def changes_record(changes: Changes, *, most: int | None, tables: Sequence[str] = ()) -> dict[str, Any]:
    """Return the report as an object; `most` records of each kind and table are in it, None for all."""
    counts = changes.counts
    return {
        "type": "changes-report",
        "circledata": __version__,
        "standard": changes.session.standard.version,
        "profile": changes.profile,
        **changes.about(),
        "total": counts.total,
        "errors": counts.errors,
        "warnings": counts.warnings,
        "kinds": {kind: counts.of(kind) for kind in KINDS if counts.of(kind)},
        "tables": {
            table: {"records": count, "kinds": changes.summary().get(table, {})}
            for table, count in counts.records.items()
        },
        "other": dict(counts.other),
        "changes": [shown_record(change) for change in important(changes, most, tables)],
    }


def shown_record(change: Shown) -> dict[str, Any]:
    """Return one change as an object; what it does not have is left out."""
    found: dict[str, Any] = {"table": change.table, "level": level(change.kind), "kinds": list(change.kinds)}
    more: Mapping[str, Any] = {
        "key": dict(change.key),
        "name": change.name,
        "row": change.row,
        "metres": change.metres,
        "twin": change.twin,
        "record": dict(change.record),
        "fields": {column: {"old": old, "new": new} for column, (old, new) in change.fields.items()},
    }
    return found | {key: value for key, value in more.items() if value not in (None, {})}


def level(kind: str) -> str | None:
    """Return how serious a kind of change is; None where it is no fault."""
    return "error" if kind in ERRORS else "warning" if kind in WARNINGS else None


def write_json(changes: Changes, stream: TextIO, *, most: int | None, tables: Sequence[str]) -> None:
    """Write the report."""
    stream.write(json.dumps(changes_record(changes, most=most, tables=tables), ensure_ascii=False, indent=2) + "\n")
