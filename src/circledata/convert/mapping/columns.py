"""Checks that the columns a mapping names are in the files, and says which one was near where they are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from circledata.convert.mapping.headers import Header
from circledata.convert.mapping.lines import Path_
from circledata.convert.mapping.model import Columns, Mapping, columns
from circledata.convert.mapping.unfit import garbled
from circledata.convert.model import ConversionError, SourceTable
from circledata.standard import Standard
from circledata.standard.model import Text

_SHOWN = 5


def check_columns(mapping: Mapping, headers: Sequence[Header], tables: Sequence[SourceTable]) -> None:
    """Raise ConversionError when a mapping that was written for these files names columns that none of them has.

    A mapping that ships with the standard lists every name that a column may have; there nothing is missing.
    """
    if not mapping.own:
        return
    wrong = [
        (path, missing)
        for path, names, every in _named(mapping)
        if (missing := _missing(names, every=every, headers=headers))
    ]
    if not wrong:
        return
    if error := garbled(tables):
        raise error
    file = tables[0].file.name
    zh, en = [], []
    for path, missing in wrong[:_SHOWN]:
        line, name = mapping.document.line_of(path), missing[0]
        near = next((found for header in headers if (found := header.nearest(name))), None)
        names_zh, names_en = "、".join(missing), ", ".join(missing)
        zh.append(
            f"映射文件 {mapping.document.name} 第 {line} 行：{file} 里没有列 {names_zh}。"
            + (f"相近的列是 {near}。" if near else "")
        )
        en.append(
            f"{mapping.document.name}, line {line}: {file} has no column {names_en}."
            + (f" The nearest is {near}." if near else "")
        )
    if len(wrong) > _SHOWN:
        zh.append(f"还有 {len(wrong) - _SHOWN} 处。")
        en.append(f"{len(wrong) - _SHOWN} more.")
    raise ConversionError(Text("\n".join(zh), "\n".join(en)))


def _missing(names: Columns, *, every: bool, headers: Sequence[Header]) -> list[str]:
    """Return the names that no file has; of alternatives none is missing as long as one is there."""
    missing = [name for name in names if not any(header.find(name) for header in headers)]
    return missing if every or len(missing) == len(names) else []


def _named(mapping: Mapping) -> Iterator[tuple[Path_, Columns, bool]]:
    """Yield every place where the mapping names columns, and whether all of them must be there or one is enough."""
    raw = mapping.raw
    yield ("personal",), mapping.personal, True
    yield ("read", "fill_down"), tuple(raw.get("read", {}).get("fill_down", ())), True
    for number, rule in enumerate(raw.get("no_record", ())):
        yield ("no_record", number, "column"), columns(rule.get("column", ())), False
    for number, rule in enumerate(raw.get("ask", ())):
        yield ("ask", number, "column"), columns(rule["column"]), False
    for name, table in mapping.tables.items():
        here: Path_ = ("tables", name)
        yield (*here, "id", "keep"), table.id_columns, False
        if not isinstance(table.keep, str):
            yield (*here, "keep"), table.keep, True
            for name_kept, kept in table.kept.items():
                yield (*here, "keep", name_kept), kept.columns, False
        for field, rule in table.fields.items():
            if not rule.optional:
                yield (*here, "fields", field), rule.columns, False
                yield (*here, "fields", field, "join"), rule.join, True
                yield (*here, "fields", field, "find"), rule.find, False
        for section, keys in {
            "place": ("longitude", "latitude", "both"),
            "category": ("from", "names", "classes"),
            "brand": ("from", "learn"),
        }.items():
            for key in keys:
                yield (*here, section, key), table.columns_of(section, key), False
        for vocabulary, given in table.raw.get("category", {}).get("crosswalk", {}).items():
            if not isinstance(given, bool):
                yield (*here, "category", "crosswalk", vocabulary), columns(given), False


def known_headers(mapping: Mapping, standard: Standard) -> frozenset[str]:
    """Return every name that a column of the mapping's files may have, by which the header of a file is found."""
    names = {name for _, given, _ in _named(mapping) for name in given}
    names |= {name for group in mapping.recognise for name in group} | set(mapping.read.get("ignore", ()))
    for table, rule in mapping.tables.items():
        if rule.titles:
            for field in standard.tables[table].fields:
                names |= {field.name, field.title.zh, field.title.en}
    return frozenset(names)
