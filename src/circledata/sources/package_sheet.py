"""The sheet 基本信息 of a workbook: keys and values in two columns, read into what datapackage.json would say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from circledata.findings.model import Finding
from circledata.findings.privacy import redact
from circledata.sources.cells import Cell, cell_text
from circledata.sources.descriptor import check_descriptor
from circledata.sources.faults import fault
from circledata.sources.header import key
from circledata.sources.mending import CellMender, Mended, changes
from circledata.standard.model import Field, FieldType, Standard, Text

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
    """Row and column of the value, from 1, and its text, by name of the key; "" where it is empty."""
    understood: list[tuple[Key, int, int, str, Mended]] = field(default_factory=list)
    """Key, row, column and text of the values that were understood as something else."""


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
    name: str,
    rows: Sequence[Sequence[Cell]],
    first_row: int,
    first_column: int,
    how: Layout,
    standard: Standard,
    *,
    base1904: bool = False,
) -> PackageSheet:
    """Read the sheet's rows; `first_row` and `first_column` say where they begin, from 1. Other labels are skipped.

    A row may hold several keys side by side, and a cell both a key and its value: 发布单位：某区商务局.
    """
    found = PackageSheet(name)
    empty: dict[str, tuple[int, int, str]] = {}
    for row_number, row in enumerate(rows, first_row):
        filled = [(place, cell) for place, cell in enumerate(row) if cell_text(cell).strip()]
        for known, place, cell in _pairs(filled, how):
            number = first_column + place
            if cell is None:
                empty.setdefault(known.name, (row_number, number, ""))
            if cell is None or known.name in found.places:
                continue
            found.places[known.name] = (row_number, number, cell_text(cell))
            meant = _mended(known, cell, standard, base1904)
            if meant is not None:
                found.understood.append((known, row_number, number, cell_text(cell), meant))
            _put(found.descriptor, known.path, _value(known, meant.text if meant else cell, standard))
    found.places = empty | found.places
    return found


def _pairs(filled: Sequence[tuple[int, Cell]], how: Layout) -> Iterator[tuple[Key, int, Cell | None]]:
    """Yield each key of a row with the place and content of its value; None when the cell beside it is empty."""
    index = 0
    while index < len(filled):
        place, cell = filled[index]
        label, sign, rest = unicodedata.normalize("NFKC", cell_text(cell)).partition(":")
        known, after = how.key_of(cell_text(cell)), filled[index + 1 : index + 2]
        if known is not None and after and how.key_of(cell_text(after[0][1])) is None:
            yield known, *after[0]
            index += 1
        elif known is None and sign and rest.strip() and (known := how.key_of(label)) is not None:
            yield known, place, rest.strip()
        elif index == 0 and known is not None and after and len(filled) == 2:
            # Some values read like a key: the title of a package may be 数据包.
            yield known, *after[0]
            return
        elif known is not None and (not after or after[0][0] > place + 1):
            yield known, place + 1, None
        elif index == 0 and known is None:
            return
        index += 1


_FIELDS: Mapping[str, FieldType] = {"date": "date", "moment": "date", "boolean": "boolean"}
"""Kinds of values that are read as a field of that type."""


def _mended(known: Key, cell: Cell, standard: Standard, base1904: bool) -> Mended | None:
    """Return how a value is understood that is not written in a way that the sheet takes anyway; None if it is."""
    text = cell_text(cell)
    plain = text.strip().lower()
    codes = standard.codelists.get(known.codelist or "")
    taken = (codes is not None and plain in codes.by_name) or (known.kind == "boolean" and plain in _YES | _NO)
    if taken or (known.kind == "moment" and _is_moment(text.strip())):
        return None
    number = isinstance(cell, int | float) and not isinstance(cell, bool)
    item = Field(
        known.name, _FIELDS.get(known.kind, "string"), known.title, known.title, "", "1.0", codelist=known.codelist
    )
    free = item.type == "string" and not known.codelist
    mender = CellMender(None if free else item, standard, base1904=base1904)
    return mender.mend(text, number=number)


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text) is not None
    except ValueError:
        return False


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


def check_package_sheet(found: PackageSheet, how: Layout, standard: Standard, file: str) -> list[Finding]:
    """Check what the sheet says as datapackage.json is checked; findings point to the sheet's own cells."""
    schema_path = standard.root / "package.schema.json"
    stub = {"circledata": {}, **found.descriptor, "resources": [{"name": "outlets", "path": "outlets.csv"}]}
    faults = [_in_sheet(finding, found, how, file) for finding in check_descriptor(stub, schema_path)]
    # From the top of the sheet to its end, as it is filled in; what has no cell comes last.
    faults.sort(key=lambda finding: (finding.row is None, finding.row or 0, finding.column_number or 0))
    wrong = {(finding.row, finding.column_number) for finding in faults}
    return [
        *faults,
        *(said for said in _understood(found, file, standard) if (said.row, said.column_number) not in wrong),
    ]


def _understood(found: PackageSheet, file: str, standard: Standard) -> Iterator[Finding]:
    words = changes(standard)
    for known, row, column, text, meant in found.understood:
        said = words[meant.change]
        params: dict[str, Any] = {"as": meant.text, "change": meant.change, "change_zh": said.zh, "change_en": said.en}
        params |= {"column_zh": known.title.zh, "column_en": known.title.en}
        where: dict[str, Any] = {"file": file, "sheet": found.sheet, "row": row, "column_number": column}
        yield fault("value-understood", **where, value=redact(text), **{**params, "as": redact(meant.text)})


def _in_sheet(finding: Finding, found: PackageSheet, how: Layout, file: str) -> Finding:
    pointer = str(finding.params["pointer"]).strip("/").replace("/", ".")
    known = next((item for item in how.keys if f"{pointer}.".startswith(f"{item.path}.")), None)
    if known is None:
        return replace(finding, file=file, sheet=found.sheet)
    row, column, text = found.places.get(known.name, (None, None, None))
    params: dict[str, Any] = {**finding.params, "pointer_zh": known.title.zh, "pointer_en": known.title.en}
    where: dict[str, Any] = {"file": file, "sheet": found.sheet, "row": row, "column_number": column}
    return replace(finding, **where, value=text or None, params=params)
