"""The words of what changed between two packages, in Chinese and English, and how a change is told in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from circledata.feeds.changes import ChangeCounts
from circledata.feeds.changes.show import Shown
from circledata.reports.layout import shorten
from circledata.standard.model import Language, Standard, Text
from circledata.standard.names import named

CELL = 40
"""Columns of a terminal that one cell may take in a sentence."""
WORDS: dict[str, Text] = {
    "heading": Text("两期数据的变化：{old} → {new}", "Changes: {old} → {new}"),
    "heading-first": Text("第一期数据：{new}", "First release: {new}"),
    "same": Text("两期数据完全相同。", "The two packages are the same."),
    "invented": Text("虚构数据，仅供演示。", "Invented data, for demonstration only."),
    "exchange": Text(
        "exchange（交换）数据：变化文件 jsonl 里有完整的格子，只能在机关之间传。",
        "Exchange data: a changes file (jsonl) holds whole cells and may only pass between authorities.",
    ),
    "total": Text("{n} 处变化：{parts}。", "{n} changes: {parts}."),
    "total-1": Text("{n} 处变化：{parts}。", "{n} change: {parts}."),
    "records": Text("{table} {n} 条", "{table} {n}"),
    "boundary": Text("边界 {n} 个", "boundaries {n}"),
    "descriptor": Text("数据包说明（datapackage.json）", "the descriptor (datapackage.json)"),
    "file": Text("其他文件 {n} 个", "other files {n}"),
    "table": Text("整张表或者列的增减 {n} 处", "tables or columns that appeared or vanished {n}"),
    "table-head": Text("表", "Table"),
    "all-head": Text("变化的记录", "Changed"),
    "kinds-note": Text(
        "一条记录可以同时有几种变化，各种之和可以大于记录数；逐条列出时只列一次，放在最要紧的那一种下面。",
        "A record may have changed in several ways, so the kinds can add up to more than the records; below, each is "
        "listed once, under what matters most.",
    ),
    "more": Text("……另有 {n} 条没有列出；--format jsonl 列出全部。", "… and {n} more; --format jsonl lists them all."),
    "became": Text("{title}：{old} → {new}", "{title}: {old} → {new}"),
    "metres": Text("移动 {metres} 米", "moved {metres} m"),
    "was": Text("原编号 {key}", "was {key}"),
    "tables-added": Text("新增的表：{names}", "Tables that appeared: {names}"),
    "tables-removed": Text("没有了的表：{names}", "Tables that vanished: {names}"),
    "columns": Text(
        "{table} 的列：增加 {added}；减少 {removed}", "Columns of {table}: added {added}; removed {removed}"
    ),
    "none": Text("无", "none"),
    "empty": Text("（空）", "(empty)"),
    "comma": Text("；", "; "),
    "list": Text("、", ", "),
}
"""Every text that is no title of the standard."""


def say(language: Language, key: str, /, **values: object) -> str:
    """Return a text with its placeholders filled."""
    return WORDS[key].in_language(language).format(**values)


def kind_title(kind: str, standard: Standard, language: Language) -> str:
    """Return the name of a kind of change."""
    return standard.codelists["change-kinds"].codes[kind].title.in_language(language)


def table_title(table: str, standard: Standard, language: Language) -> str:
    """Return the name of a table as people see it."""
    return named(standard.tables[table].title.in_language(language), table, language)


def column_title(table: str, column: str, standard: Standard, language: Language) -> str:
    """Return the name of a column as people see it."""
    known = standard.tables[table].by_name.get(column)
    return known.title.in_language(language) if known else column


def release_name(about: Mapping[str, object]) -> str:
    """Name one of the two packages."""
    return " ".join(str(about[key]) for key in ("title", "as_of") if about.get(key)) or str(about.get("name") or "?")


def totals(counts: ChangeCounts, standard: Standard, language: Language) -> str:
    """Say how much changed where."""
    parts = [
        say(language, "records", table=table_title(table, standard, language), n=f"{count:,}")
        for table, count in counts.records.items()
    ]
    parts += [say(language, kind, n=f"{count:,}") for kind, count in counts.other.items()]
    key = "total-1" if counts.total == 1 else "total"
    return say(language, key, n=f"{counts.total:,}", parts=say(language, "list").join(parts))


def key_text(key: Mapping[str, str], language: Language) -> str:
    """Return a key on one line."""
    return say(language, "list").join(shorten(text, CELL) for text in key.values() if text) or say(language, "empty")


def what(change: Shown) -> str:
    """Name a changed record."""
    return shorten(change.name or change.record.get("name") or "", CELL)


def cell(table: str, column: str, text: str, standard: Standard, language: Language) -> str:
    """Return a cell as it stands in a sentence; a code of a code list by its title."""
    if not text:
        return say(language, "empty")
    field = standard.tables[table].by_name.get(column)
    code = standard.codelists[field.codelist].codes.get(text) if field and field.codelist else None
    return shorten(code.title.in_language(language) if code else text, CELL)


def details(change: Shown, standard: Standard, language: Language) -> str:
    """Say what happened to a record: its twin, how far it moved, what became of its cells."""
    parts = []
    if change.twin:
        parts.append(say(language, "was", key=key_text(change.twin, language)))
    if change.metres is not None:
        parts.append(say(language, "metres", metres=f"{change.metres:,.0f}"))
    for column, (old, new) in change.fields.items():
        title = column_title(change.table, column, standard, language)
        before, after = (cell(change.table, column, text, standard, language) for text in (old, new))
        parts.append(say(language, "became", title=title, old=before, new=after))
    if change.record and not change.twin:
        shown = [
            cell(change.table, column, change.record[column], standard, language)
            for column in ("category", "status", "address")
            if change.record.get(column)
        ]
        parts.append(say(language, "list").join(shown))
    return say(language, "comma").join(part for part in parts if part)
