"""Reads one file, whatever its form, into source tables with exact row numbers."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from circledata.convert.model import SourceTable
from circledata.convert.read.delimited import read_delimited
from circledata.convert.read.kinds import ENDINGS, kind_of
from circledata.convert.read.layout import Layout
from circledata.convert.read.objects import read_objects
from circledata.convert.read.text import Place
from circledata.convert.read.web import read_web_page
from circledata.convert.read.words import refuse, refused
from circledata.convert.read.workbook import read_workbook
from circledata.sources.archive import Archive
from circledata.sources.container import Refused
from circledata.sources.model import Limits

_BOOKS = frozenset(("xlsx", "xlsb", "xls", "ods"))
_FORMS = {"xlsx": "XLSX", "xls": "XLS", "xlsb": "XLSB", "ods": "ODS", "csv": "CSV", "json": "JSON", "html": "HTML"}
_USUAL = {
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".xlsb": "xlsb", ".ods": "ods", ".csv": "csv", ".json": "json",
}  # fmt: skip


def read_tables(
    path: Path, layout: Layout | None = None, *, limits: Limits | None = None, repair_mojibake: bool = False
) -> list[SourceTable]:
    """Read the tables of one file: one, or several sheets of a workbook that have the same columns.

    What the file is, is told by its bytes, not by its ending. `layout` says what is known of it. A row's cells are its
    filled ones, as texts; numbers, dates and truth values of workbooks and JSON in the form of the standard. Each table
    has `notes` on what a person should know. With `repair_mojibake` garbled cells are mended, each with a change.

    ConversionError, with what to do, when the file is no table, protected, damaged, not in one encoding, or too large.
    OSError from the machine.
    """
    return _read(Place(path, path.name), layout or Layout(), limits or Limits(), repair=repair_mojibake)


def _read(place: Place, layout: Layout, limits: Limits, *, repair: bool) -> list[SourceTable]:
    kind = kind_of(place, limits)
    if kind == "zip":
        if place.origin:
            raise refuse("packed", name=place.name, format="ZIP")
        return _read_archive(place, layout, limits, repair=repair)
    if kind == "xml":
        raise refuse("xml", name=place.name)
    if kind in _BOOKS:
        tables = read_workbook(place, kind, layout, limits, repair=repair)
    elif kind == "html":
        tables = [read_web_page(place, layout, limits, repair=repair)]
    elif kind == "json":
        tables = [read_objects(place, layout, repair=repair)]
    else:
        tables = [read_delimited(place, layout, limits, repair=repair)]
    ending = place.path.suffix.lower()
    if _USUAL.get(ending, kind) != kind and kind != "html":
        note = ("wrong-ending", {"ending": ending, "format": _FORMS[kind]})
        tables[0] = replace(tables[0], notes=[note, *tables[0].notes])
    return tables


def _read_archive(place: Place, layout: Layout, limits: Limits, *, repair: bool) -> list[SourceTable]:
    """Read the one table file that a ZIP archive holds."""
    with tempfile.TemporaryDirectory(prefix="circledata-") as folder:
        try:
            with Archive(place.path, place.name, Path(folder), limits) as archive:
                names = [name for name in archive.names() if Path(name).suffix.lower() in ENDINGS]
                if not names:
                    raise refuse("archive-without-table", name=place.name)
                if len(names) > 1:
                    shown = "、".join(names[:5]) + ("…" if len(names) > 5 else "")
                    raise refuse("archive-several", name=place.name, count=len(names), files=shown)
                inner = archive.fetch(names[0])
        except Refused as error:
            raise refused(error, place.name) from None
        assert inner is not None
        tables = _read(Place(inner, f"{place.name}/{names[0]}", place.path), layout, limits, repair=repair)
    note = ("in-archive", {"file": names[0]})
    return [replace(tables[0], notes=[note, *tables[0].notes]), *tables[1:]]
