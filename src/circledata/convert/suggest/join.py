"""Joins the suggestions of several sheets that are the same table, and names the columns of a file without header."""

from __future__ import annotations

from collections.abc import Sequence

from circledata.convert.suggest.choose import Assignment
from circledata.convert.suggest.columns import Column
from circledata.convert.suggest.model import FieldSuggestion, TableSuggestion
from circledata.convert.suggest.words import joined, slot_title


def joined_tables(tables: Sequence[TableSuggestion]) -> list[TableSuggestion]:
    """Return one suggestion for each table; where sheets head a column differently, the rule names both headers."""
    found: dict[str, TableSuggestion] = {}
    for table in tables:
        first = found.setdefault(table.table, table)
        if first is not table:
            _join(first, table)
    return list(found.values())


def _join(first: TableSuggestion, other: TableSuggestion) -> None:
    first.fields = _joined(first.fields, other.fields)
    for name in dict.fromkeys((*first.sections, *other.sections)):
        first.sections[name] = _joined(first.sections.get(name, []), other.sections.get(name, []))
    filled = set(first.taken)
    first.missing = [item for item in first.missing if item[0] not in filled]
    taken = {name for item in first.taken.values() for name in item.columns}
    first.kept = tuple(name for name in dict.fromkeys((*first.kept, *other.kept)) if name not in taken)
    first.possible += other.possible
    first.reason = joined([first.reason, other.reason])
    first.sheets += other.sheets


def _joined(ours: Sequence[FieldSuggestion], theirs: Sequence[FieldSuggestion]) -> list[FieldSuggestion]:
    found = {item.field: item for item in ours}
    for item in theirs:
        same = found.get(item.field)
        if same is None or (item.active and not same.active):
            found[item.field] = item
        elif item.active and "from" in same.rule and "from" in item.rule:
            same.rule["from"] = list(dict.fromkeys((*same.rule["from"], *item.rule["from"])))
            same.rule |= {key: value for key, value in item.rule.items() if key not in same.rule}
            same.columns = tuple(dict.fromkeys((*same.columns, *item.columns)))
            same.doubts += [doubt for doubt in item.doubts if doubt not in same.doubts]
            same.unknown = {**item.unknown, **same.unknown}
    return list(found.values())


def name_columns(columns: Sequence[Column], assignment: Assignment) -> None:
    """Give the columns of a file without header the titles of what they are taken for; the others keep their number."""
    slots = {match.column.name: slot for slot, match in assignment.matches.items()}
    names: set[str] = set()
    for column in columns:
        slot = slots.get(column.name, "")
        title = slot_title(slot, assignment.table).zh if slot and not slot.startswith("@p") else ""
        if title and title not in names:
            names.add(title)
            column.name = title
