"""The sheet 基本信息 of a workbook: keys and values in two columns, read into what datapackage.json would say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from circledata.findings.model import Finding
from circledata.sources.cells import Cell, cell_text
from circledata.sources.descriptor import check_descriptor
from circledata.sources.header import key
from circledata.standard.model import Standard, Text

_YES = {"是", "true", "yes", "1", "对", "有"}
_NO = {"否", "false", "no", "0", "不是", "无"}
_PAIR = re.compile(r"([a-z0-9-]+)[\s:=@]+([0-9]+(?:\.[0-9]+)*)")


@dataclass(frozen=True, slots=True)
class Key:
    """One key that the sheet may hold."""

    name: str
    path: str
    kind: str
    title: Text
    codelist: str | None
    spellings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """How the sheet is named and what its keys are."""

    sheets: frozenset[str]
    keys: tuple[Key, ...]

    def key_of(self, label: str) -> Key | None:
        """Return the key that a label in column A names."""
        wanted = key(label)
        bare = key(re.sub(r"[(（].*?[)）]", "", label))
        return next((item for item in self.keys if wanted in item.spellings or bare in item.spellings), None)


@dataclass
class PackageSheet:
    """What the sheet says: a descriptor without resources, and where each key stands."""

    sheet: str
    descriptor: dict[str, Any] = field(default_factory=dict)
    places: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    """Row and column of the value, from 1, and its text, by name of the key."""


@cache
def layout(root: Path) -> Layout:
    """Read how the sheet is laid out from the standard's `package-sheet.yaml`."""
    import yaml

    raw = yaml.safe_load((root / "package-sheet.yaml").read_text(encoding="utf-8"))
    sheet = raw["sheet"]
    keys = tuple(
        Key(
            name=name,
            path=item["path"],
            kind=item["kind"],
            title=Text(item["zh"], item["en"]),
            codelist=item.get("codelist"),
            spellings=frozenset(map(key, (name, item["zh"], item["en"], *item["aliases"]))),
        )
        for name, item in raw["keys"].items()
    )
    return Layout(frozenset(map(key, (sheet["name"], sheet["zh"], sheet["en"], *sheet["aliases"]))), keys)


def read_package_sheet(
    name: str, rows: Sequence[Sequence[Cell]], first_row: int, first_column: int, how: Layout, standard: Standard
) -> PackageSheet:
    """Read the sheet's rows; `first_row` and `first_column` say where they begin, from 1. Other labels are skipped."""
    found = PackageSheet(name)
    for row_number, row in enumerate(rows, first_row):
        filled = [(place, cell) for place, cell in enumerate(row) if cell_text(cell).strip()]
        known = how.key_of(cell_text(filled[0][1])) if filled else None
        if known is None or known.name in found.places or len(filled) < 2:
            continue
        place, cell = filled[1]
        found.places[known.name] = (row_number, first_column + place, cell_text(cell))
        _put(found.descriptor, known.path, _value(known, cell, standard))
    return found


def _put(descriptor: dict[str, Any], path: str, value: Any) -> None:
    *groups, last = path.split(".")
    for group in groups:
        descriptor = descriptor.setdefault(group, {})
    descriptor[last] = value


def _value(known: Key, cell: Cell, standard: Standard) -> Any:
    """Turn a cell into what the descriptor would hold; what cannot be turned stays as it is, for the check to name."""
    text = cell_text(cell).strip()
    if known.kind == "code":
        codes = standard.codelists.get(known.codelist or "")
        return codes.by_name.get(text.lower(), text) if codes else text
    if known.kind == "boolean":
        return True if text.lower() in _YES else False if text.lower() in _NO else text
    if known.kind == "version":
        return f"{text}.0" if re.fullmatch("[0-9]+", text) else text
    if known.kind == "pairs":
        return dict(_PAIR.findall(text)) or text
    if known.kind == "licence":
        return [{"name": text}]
    if known.kind == "publisher":
        return [{"title": text, "roles": ["publisher"]}]
    if known.kind == "moment":
        return _moment(cell, text)
    return text


def _moment(cell: Cell, text: str) -> str:
    if isinstance(cell, datetime):
        return f"{cell.replace(microsecond=0).isoformat()}+08:00"
    if isinstance(cell, date) or re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return f"{text}T00:00:00+08:00"
    return text


def check_package_sheet(found: PackageSheet, how: Layout, schema_path: Path, file: str) -> list[Finding]:
    """Check what the sheet says as datapackage.json is checked; findings point to the sheet's own cells."""
    stub = {"circledata": {}, **found.descriptor, "resources": [{"name": "outlets", "path": "outlets.csv"}]}
    return [_in_sheet(finding, found, how, file) for finding in check_descriptor(stub, schema_path)]


def _in_sheet(finding: Finding, found: PackageSheet, how: Layout, file: str) -> Finding:
    pointer = str(finding.params["pointer"]).strip("/").replace("/", ".")
    known = next((item for item in how.keys if f"{pointer}.".startswith(f"{item.path}.")), None)
    if known is None:
        return replace(finding, file=file, sheet=found.sheet)
    row, column, text = found.places.get(known.name, (None, None, None))
    params: dict[str, Any] = {**finding.params, "pointer_zh": known.title.zh, "pointer_en": known.title.en}
    return replace(finding, file=file, sheet=found.sheet, row=row, column_number=column, value=text, params=params)
