"""Outlets that are there twice: reported always, merged on request, with everything that was merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from circledata.convert.model import Change, Draft, LeftOut
from circledata.standard import Standard

_TOO_MANY = 1_000_000
"""Records among which likeness is looked for; more would take minutes."""


@dataclass(frozen=True, slots=True)
class Twin:
    """One record of a group of outlets that look like one: why it is in the group, and into which it was merged."""

    group: int
    kind: str
    outlet_id: str
    name: str
    address: str
    reasons: str
    into: str = ""


def find_twins(draft: Draft, standard: Standard, *, merge: bool) -> list[Twin]:
    """Return the groups of outlets that look like one and the same, and with `merge` make each group one record.

    A row whose record was merged into another counts as left out, unless it made records of other tables too.
    """
    records = draft.tables.get("outlets", [])
    if not 1 < len(records) <= _TOO_MANY:
        return []
    from circledata.values.brands import generic_words
    from circledata.values.category_matches import CategoryEntry
    from circledata.values.duplicates import find

    codes = standard.codelists["categories"].codes.values()
    entries = [CategoryEntry.of(code.code, code.title.zh, code.title.en, code.aliases, code.extra) for code in codes]
    places = (code.title.zh for code in standard.codelists["divisions"].codes.values())
    groups = find(records, generic=generic_words(entries), places=places)
    if not groups:
        return []
    into = _merge_all(draft, records, groups) if merge else {}
    if not merge:
        draft.decisions["near-duplicates"] += len(groups)
    return [
        Twin(
            number,
            group.kind,
            records[row]["outlet_id"],
            records[row].get("name", ""),
            records[row].get("address", ""),
            ";".join(sorted({link.reason for link in group.links})),
            into.get(records[row]["outlet_id"], ""),
        )
        for number, group in enumerate(groups, start=1)
        for row in group.rows
    ]


def _merge_all(draft: Draft, records: list[dict[str, str]], groups: Sequence[Any]) -> dict[str, str]:
    """Make one record of each group; returns the id that a record was merged into, by its own id."""
    into: dict[str, str] = {}
    gone: set[int] = set()
    used = Counter(draft.origins.values())
    for group in groups:
        rows = [row for row in group.rows if row not in gone]
        if len(rows) < 2:
            continue
        base = _merge_one(draft, records, rows)
        for row in rows:
            if row != base:
                gone.add(row)
                record_id = records[row]["outlet_id"]
                into[record_id] = records[base]["outlet_id"]
                _leave_out(draft, records[row], record_id, used)
    draft.tables["outlets"] = [record for row, record in enumerate(records) if row not in gone]
    _translations(draft, into)
    return into


def _merge_one(draft: Draft, records: list[dict[str, str]], rows: Sequence[int]) -> int:
    from circledata.values.duplicates import merge

    merged = merge(records, rows)
    base = records[merged.row]
    for field, row in merged.filled:
        if field == "outlet_id":
            continue
        base[field] = merged.record[field]
        draft.changes.append(_change(draft, records[row], base, field, "", base[field], "merged"))
    for conflict in merged.conflicts:
        for row, text in conflict.others:
            if conflict.field != "outlet_id":
                change = _change(draft, records[row], base, conflict.field, text, conflict.kept, "merged-conflict")
                draft.changes.append(change)
    return merged.row


def _change(
    draft: Draft, other: dict[str, str], base: dict[str, str], field: str, old: str, new: str, rule: str
) -> Change:
    file, sheet, row = draft.origins.get(other["outlet_id"], ("", "", 0))
    return Change(row, other["outlet_id"], base["outlet_id"], field, old, new, rule, file, sheet)


def _leave_out(draft: Draft, record: dict[str, str], record_id: str, used: Counter[tuple[str, str, int]]) -> None:
    origin = draft.origins.get(record_id)
    draft.decisions["merged"] += 1
    if origin is None:
        return
    used[origin] -= 1
    if used[origin] == 0:
        file, sheet, row = origin
        draft.rows_used -= 1
        draft.left_out.append(LeftOut(row, record_id, "merged", "", record.get("name", ""), file, sheet))


def _translations(draft: Draft, into: dict[str, str]) -> None:
    """Let translations follow their records; one language of a name is told once."""
    kept: dict[tuple[str, ...], dict[str, str]] = {}
    for record in draft.tables.get("translations", []):
        if record["table"] == "outlets" and record["id"] in into:
            record["id"] = into[record["id"]]
        key = tuple(record[name] for name in ("table", "id", "field", "language"))
        kept.setdefault(key, record)
    if kept:
        draft.tables["translations"] = list(kept.values())
