"""Tells whether a source is a package of the standard already, in whatever form: then it is rewritten, not mapped."""

from __future__ import annotations

import json
import re
import zipfile
from html import unescape
from pathlib import Path

from circledata.convert.output.write import DESCRIPTOR

_HEAD = 1 << 16
_BOOKS = {".xlsx", ".xlsm"}


def is_package(path: Path) -> bool:
    """Tell whether `path` is a package: its directory, its descriptor, or a ZIP, workbook or JSON file of one."""
    if path.is_dir():
        return (path / DESCRIPTOR).is_file()
    if not path.is_file():
        return False
    if path.name == DESCRIPTOR:
        return True
    if path.suffix.lower() in _BOOKS:
        return _is_book(path)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return any(name.rpartition("/")[2] == DESCRIPTOR for name in archive.namelist())
    if path.suffix.lower() in {".json", ".jsonl", ".ndjson"}:
        return _is_json(path)
    return False


def _is_book(path: Path) -> bool:
    """A workbook after the standard has the sheet 基本信息 (package); the names of sheets stand in one small part."""
    from circledata.sources.header import key
    from circledata.sources.package_sheet import layout
    from circledata.standard import load_standard

    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as stream:
            names = stream.read(_HEAD).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError):
        return False
    wanted = layout(load_standard().root).sheets
    return any(key(unescape(name)) in wanted for name in re.findall(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"', names))


def _is_json(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(_HEAD).decode("utf-8-sig", "replace")
    if '"circledata"' not in head:
        return False
    try:
        first = json.loads(head.partition("\n")[0])
    except ValueError:
        # The whole file is one object over many lines.
        return '"coordinate_system"' in head or '"division_code"' in head
    return isinstance(first, dict)
