"""Packs rows and records for another process, and unpacks what comes back.

They cross as plain tuples, dictionaries and texts: those are pickled several times as fast as objects of classes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from circledata.convert.model import Change, SourceRow
from circledata.convert.records.context import Record
from circledata.convert.records.desk import Chosen, Looked, Made
from circledata.convert.records.log import Log
from circledata.convert.records.maker import Given, Plan

Rows = list[tuple[Any, ...]]
Looks = list[tuple[str, str, bytes, list[tuple[str, ...]]]]
Choice = list[tuple[int, list[tuple[int, str, bool]]]]


class Results(NamedTuple):
    """What was made of some rows, its changes as plain tuples."""

    records: list[tuple[int, int, Record]]
    translations: list[Record]
    unmapped: Counter[str]
    changes: list[tuple[Any, ...]]
    decisions: Counter[str]
    unread: Counter[tuple[str, str]]


def packed_rows(rows: Sequence[SourceRow]) -> Rows:
    """Pack rows of a source table."""
    return [(row.number, row.cells, row.geometry, row.broken) for row in rows]


def unpacked_rows(packed: Rows) -> list[SourceRow]:
    """Unpack rows of a source table."""
    return [SourceRow(*row) for row in packed]


def packed_looks(looked: Sequence[Looked]) -> Looks:
    """Pack what rows say by themselves, without the rows, and without the kinds, which only their maker needs."""
    return [
        (each.reason, each.tag, each.content, [(why, tag, *rest) for why, tag, _, *rest in each.plans])
        for each in looked
    ]


def unpacked_looks(packed: Looks, rows: Sequence[SourceRow]) -> list[Looked]:
    """Unpack what `rows` say by themselves."""
    return [
        Looked(row, reason, tag, content, [Plan(why, text, None, *rest) for why, text, *rest in plans])
        for row, (reason, tag, content, plans) in zip(rows, packed, strict=True)
    ]


def packed_choice(chosen: Sequence[Chosen]) -> Choice:
    """Pack which rows become records, and under which ids."""
    return [(place, [(number, *given) for number, given in makers]) for place, makers in chosen]


def unpacked_choice(packed: Choice) -> list[Chosen]:
    """Unpack which rows become records."""
    return [
        Chosen(place, [(number, Given(given, fresh)) for number, given, fresh in makers]) for place, makers in packed
    ]


def packed_made(made: Made) -> tuple[Any, ...]:
    """Pack what was made of some rows, with what was noted meanwhile."""
    log = made.log
    changes = list(map(tuple, log.changes))
    return made.records, made.translations, made.unmapped, changes, log.decisions, log.unread


def unpacked_made(packed: tuple[Any, ...]) -> Made:
    """Unpack what was made of some rows."""
    results = Results(*packed)
    log = Log(list(map(Change._make, results.changes)), results.decisions, results.unread)
    return Made(log, results.records, results.translations, results.unmapped)
