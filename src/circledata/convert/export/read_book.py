"""Reads a package back from a workbook: one that was exported, or any that is filled in after the standard."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from circledata.convert.export.book_package import sheet_texts
from circledata.convert.export.incoming import Arrival, Incoming
from circledata.convert.export.opened import Source, opened
from circledata.convert.export.result import Notes
from circledata.convert.model import ConversionError
from circledata.sources import Limits
from circledata.sources.book_extra import read_extra
from circledata.sources.book_package import is_package_sheet
from circledata.sources.container import Refused
from circledata.sources.package_sheet import PackageSheet, layout, read_package_sheet
from circledata.sources.workbook import open_book, sheet_rows
from circledata.standard.model import Language, Text


def read_book(path: Path, folder: Path, notes: Notes) -> dict[str, int]:
    """Write the package of a workbook into `folder`; returns the records of each table."""
    with opened(path, path.name, empty=True) as source:
        for note in source.notes.found:
            notes.add(note.zh, note.en)
        try:
            sheet, extra = _look(source, path)
        except Refused:
            sheet, extra = None, {}
        if not source.tables and not extra:
            raise ConversionError(
                Text(
                    f"{path.name} 里没有能读的表，没有写入。用 circledata validate 看是什么原因。",
                    f"{path.name} has no sheet that can be read as a table; nothing was written. "
                    "circledata validate says why.",
                )
            )
        arrival = Arrival(folder, source.package.standard, extra, notes)
        for name in dict.fromkeys([*arrival.expected, *source.tables]):
            table = source.tables.get(name)
            entry = arrival.expected.get(name)
            if table is not None:
                fields = {column.number: column.field for column in table.loaded.raw.columns}
                heads = [
                    fields[column.number] or head for column, head in zip(table.columns, table.header, strict=True)
                ]
                arrival.add(Incoming(name, heads, table.rows()))
            elif entry and not entry.get("rows") and name in source.package.standard.tables:
                arrival.add(Incoming(name, list(entry.get("header") or []), ()))
        carried = arrival.carried_descriptor()
        if carried is None:
            arrival.finish(source.package.descriptor, changed=True)
            return arrival.rows
        settled = _overlaid(carried, sheet, source, "en" if extra.get("lang") == "en" else "zh")
        arrival.finish(settled, changed=settled != carried)
        return arrival.rows


def _look(source: Source, path: Path) -> tuple[PackageSheet | None, Mapping[str, Any]]:
    """Return what the sheet 基本信息 says, cell by cell, and what the hidden sheet carries."""
    standard, book = source.package.standard, open_book(path, path.name, Limits())
    extra = read_extra(book) or {}
    for name, _ in book.sheets():
        if is_package_sheet(name, standard):
            sheet = sheet_rows(book, name)
            rows = [row for row, _ in zip(sheet.rows, range(500), strict=False)]
            how = layout(standard.root)
            return read_package_sheet(name, rows, 1, sheet.first_column, how, standard), extra
    return None, extra


def _overlaid(carried: Mapping[str, Any], sheet: PackageSheet | None, source: Source, lang: Language) -> dict[str, Any]:
    """Return the descriptor as it left, with what somebody changed on the sheet since."""
    if sheet is None:
        return dict(carried)
    how = layout(source.package.standard.root)
    before = sheet_texts(carried, source.package.standard, lang)
    result: dict[str, Any] = {**carried}
    for item in how.keys:
        now = sheet.places[item.name][2] if item.name in sheet.places else ""
        if now.strip() != before.get(item.name, "").strip():
            _put(result, item.path, _get(sheet.descriptor, item.path) if now.strip() else None)
    return result


def _get(content: Mapping[str, Any], path: str) -> Any:
    found: Any = content
    for part in path.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _put(content: dict[str, Any], path: str, value: Any) -> None:
    """Set a value; None takes the key away."""
    *groups, last = path.split(".")
    for group in groups:
        inner = content.get(group)
        content[group] = dict(inner) if isinstance(inner, dict) else {}
        content = content[group]
    if value is None:
        content.pop(last, None)
    else:
        content[last] = value
