"""Writes what changed between two packages as text for people: how much, then what matters most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TextIO

from circledata.feeds.changes import ERRORS, KINDS, WARNINGS, Changes
from circledata.feeds.changes.show import Shown, important, told_once
from circledata.reports import layout
from circledata.reports.changes_words import (
    details,
    key_text,
    kind_title,
    release_name,
    say,
    table_title,
    totals,
    what,
)
from circledata.standard.model import Language

MARKS = {**dict.fromkeys(ERRORS, "✗"), **dict.fromkeys(WARNINGS, "!")}


def write_text(
    changes: Changes, language: Language, stream: TextIO, *, most: int | None, tables: Sequence[str], width: int
) -> None:
    """Write the report; `most` records of each kind and table are named, `tables` alone where some are given."""
    stream.writelines(line + "\n" for line in _lines(changes, language, most, tables, width))


def _lines(changes: Changes, language: Language, most: int | None, tables: Sequence[str], width: int) -> Iterator[str]:
    head, standard = changes.about(), changes.session.standard
    yield from layout.wrap(heading(head, language), width)
    if changes.new.package.meta.synthetic:
        yield say(language, "invented")
    if changes.profile == "exchange":
        yield from layout.wrap(say(language, "exchange"), width)
    if not changes.counts.total:
        yield say(language, "same")
        return
    yield from layout.wrap(totals(changes.counts, standard, language), width)
    yield from _tables(changes, language, tables, width)
    yield from _structure(changes, language, width)
    once = told_once(changes)
    if sum(once.values()) < sum(changes.counts.kinds.values()):
        yield from layout.wrap(say(language, "kinds-note"), width)
    listed = important(changes, most, tables)
    for (kind, table), found in groupby(listed, key=lambda change: (change.kind, change.table)):
        yield from _section(changes, language, kind, table, once[table, kind], list(found), width)


def heading(about: Mapping[str, Mapping[str, object] | None], language: Language) -> str:
    """Name the two packages."""
    new = release_name(about["to"] or {})
    if about["from"] is None:
        return say(language, "heading-first", new=new)
    return say(language, "heading", old=release_name(about["from"]), new=new)


def _tables(changes: Changes, language: Language, tables: Sequence[str], width: int) -> Iterator[str]:
    """Write the counts by table and kind, each table in as many lines as it needs."""
    standard, counts = changes.session.standard, changes.counts
    names = [name for name in counts.records if not tables or name in tables]
    if names:
        yield ""
    for name in names:
        kinds = [
            f"{kind_title(kind, standard, language)} {counts.kinds[name, kind]:,}"
            for kind in KINDS
            if counts.kinds.get((name, kind))
        ]
        first = f"{table_title(name, standard, language)}{'：' if language == 'zh' else ': '}"
        yield from layout.wrap(say(language, "list").join(kinds), width, first=first, rest="    ")


def _structure(changes: Changes, language: Language, width: int) -> Iterator[str]:
    """Name the tables and columns that appeared or vanished."""
    pairs = [item.pair for item in changes.tables]
    standard, between = changes.session.standard, say(language, "list")
    for key, found in (
        ("tables-added", [pair.name for pair in pairs if pair.old is None and changes.old is not None]),
        ("tables-removed", [pair.name for pair in pairs if pair.new is None]),
    ):
        if found:
            names = between.join(table_title(name, standard, language) for name in found)
            yield from layout.wrap(say(language, key, names=names), width)
    for pair in pairs:
        if pair.old and pair.new and (pair.fresh or pair.gone):
            columns = [
                between.join(layout.visible(column) for column in some) or say(language, "none")
                for some in (pair.fresh, pair.gone)
            ]
            table = table_title(pair.name, standard, language)
            yield from layout.wrap(
                say(language, "columns", table=table, added=columns[0], removed=columns[1]), width, rest="    "
            )


def _section(
    changes: Changes, language: Language, kind: str, table: str, total: int, found: Sequence[Shown], width: int
) -> Iterator[str]:
    standard = changes.session.standard
    mark = f"{MARKS[kind]} " if kind in MARKS else ""
    yield ""
    yield f"{mark}{kind_title(kind, standard, language)} · {table_title(table, standard, language)} · {total:,}"
    for change in found:
        parts = [key_text(change.key, language), what(change), details(change, standard, language)]
        yield from layout.wrap("  ".join(part for part in parts if part), width, first="  ", rest="      ")
    rest = total - len(found)
    if rest > 0:
        yield "  " + say(language, "more", n=f"{rest:,}")
