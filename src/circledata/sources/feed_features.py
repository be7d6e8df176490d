"""The features of a published GeoJSON file as the records of a table, and what is wrong with them as features."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Collection as Collection_
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from circledata.findings.model import Finding
from circledata.sources.faults import fault
from circledata.sources.feed_geometry import crs_problem, geometry_problems
from circledata.sources.feed_json import Outline
from circledata.sources.model import Column
from circledata.standard.model import Table, Text

LON, LAT = "longitude", "latitude"
_ADDED = frozenset({"category_title_zh", "category_title_en"})
"""Properties of outlets that a feed has beside the fields, so that an app needs no code list."""
CLOSE = 1e-6
"""Degrees by which a property and the geometry may differ: a tenth of a metre, the 7 decimals of a feed rounded."""
Sink = Callable[[int, Sequence[str], bool], None]
"""Takes a record: where it stands, its cells, and whether they could not be told."""


Places = Mapping[str, tuple[int, str | None]]
"""By property: which cell of the record it is, and the type of its field; None for what is no field."""


@dataclass
class Survey:
    """What is learned of the features while the file is read for the first time."""

    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Every property, with the number of the first feature that has it, from 1, and the line of that."""
    count: int = 0
    titled: set[str] = field(default_factory=set)
    """The codes of categories that features name in words."""
    _last: int = 0
    own_lines: bool = True
    """Whether each feature begins on a line of its own, so that lines name them."""

    def visit(self, line: int, feature: Any) -> None:
        """Look at the next feature."""
        self.count += 1
        self.own_lines = self.own_lines and line > self._last
        self._last = line
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if isinstance(properties, dict):
            for key in properties.keys() - self.keys.keys():
                self.keys[key] = self.count, line
            if properties.get("category_title_zh") and isinstance(properties.get("category"), str):
                self.titled.add(properties["category"])


@dataclass(frozen=True)
class Collection:
    """A published FeatureCollection of one table."""

    outline: Outline
    survey: Survey
    table: Table
    file: str
    codes: Collection_[str] = ()
    """Codes of categories that are known; empty where nobody has to look."""

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every field of the table, then the properties that are none; they have no place in a row, so no number."""
        extra = [key for key in self.survey.keys if key not in self.table.by_name and key not in _ADDED]
        names = [*self.table.by_name, *sorted(extra, key=lambda key: (self.survey.keys[key], key))]
        return tuple(
            Column(name, place - len(names), name if name in self.table.by_name else None)
            for place, name in enumerate(names)
        )

    def examine(self, sink: Sink | None = None, most_characters: int | None = None) -> list[Finding]:
        """Check every feature, and hand its cells to `sink`; returns what is wrong with the features as such."""
        findings: list[Finding] = []
        if "crs" in self.outline.members:
            rule, text = crs_problem(self.outline.members["crs"])
            findings.append(self._fault(rule, None, None, "/crs", text))
        findings += self._unknown()
        fields = self.table.by_name
        places = {
            column.header: (place, fields[column.field].type if column.field else None)
            for place, column in enumerate(self.columns)
        }
        for number, (line, feature) in enumerate(self.outline.features(), 1):
            row = line if self.survey.own_lines else number
            record = _Record(feature, self.table, most_characters)
            cells = record.cells(places)
            record.check_category(self.codes)
            for rule, pointer, text in record.problems:
                findings.append(self._fault(rule, row, number, f"/features/{number - 1}{pointer}", text))
            if sink:
                sink(row, cells, record.broken)
        return findings

    def _fault(self, rule: str, row: int | None, number: int | None, pointer: str, text: Text) -> Finding:
        where: dict[str, Any] = {"table": self.table.name, "file": self.file, "row": row}
        params: dict[str, Any] = {"feature": number, "pointer": pointer}
        return fault(rule, **where, **params, problem_zh=text.zh, problem_en=text.en)

    def _unknown(self) -> Iterator[Finding]:
        """Report each property that is no field and is not marked as somebody's own, at the first feature with it."""
        for column in self.columns:
            if column.field is None and not column.header.startswith("x_"):
                text = Text(
                    f"属性“{column.header}”不是“{self.table.title.zh}”表的字段；自己加的，名称以 x_ 开头",
                    f"the property “{column.header}” is no field of {self.table.title.en}; begin your own with x_",
                )
                number, line = self.survey.keys[column.header]
                row = line if self.survey.own_lines else number
                pointer = f"/features/{number - 1}/properties"
                yield self._fault("feature-invalid", row, number, pointer, text)


class _Record:
    """One feature on its way to a record; `problems`: rule, pointer inside the feature, what is wrong."""

    def __init__(self, feature: Any, table: Table, most_characters: int | None) -> None:
        self.problems: list[tuple[str, str, Text]] = []
        self.broken = True
        self._table = table
        self._most = most_characters
        self._properties: dict[str, Any] = {}
        self._point: tuple[float, float] | None = None
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            self._wrong("", "type 应当是 Feature", "its type must be Feature")
            return
        properties = feature.get("properties")
        if not isinstance(properties, dict):
            self._wrong("/properties", "properties 应当是对象", "its properties must be an object")
            return
        self.broken, self._properties = False, properties
        self._identity(feature)
        self._geometry(feature)

    def _wrong(self, pointer: str, zh: str, en: str) -> None:
        self.problems.append(("feature-invalid", pointer, Text(zh, en)))

    def _identity(self, feature: dict[str, Any]) -> None:
        """The feature is named like its record, where one field names it."""
        if len(self._table.primary_key) != 1:
            return
        key = self._table.primary_key[0]
        known, said = self._properties.get(key), feature.get("id")
        if known is None or known == "":
            return  # the rules of the table ask for it
        if said is None:
            self._wrong("/id", f"缺少 id，应当与属性 {key} 相同", f"its id is missing; it must be that of {key}")
        elif said != known:
            self._wrong("/id", f"id 与属性 {key} 不同", f"its id is not the property {key}")

    def check_category(self, known: Collection_[str]) -> None:
        """Report a category that neither the standard knows nor the feature names; in a package its table would say."""
        code = self._properties.get("category")
        if known and isinstance(code, str) and code and code not in known:
            self._wrong(
                "/properties/category",
                f"业态代码 {code} 标准里没有，要素也没有写它的名称",
                f"the category {code} is not in the standard, and the feature does not name it",
            )

    def _geometry(self, feature: dict[str, Any]) -> None:
        if "geometry" not in feature:
            self._wrong(
                "/geometry", "缺少 geometry；没有位置的写 null", "it has no geometry; without a place it is null"
            )
            return
        geometry = feature["geometry"]
        faults = list(geometry_problems(geometry, areas=self._table.name == "circles"))
        self.problems += [(rule, "/geometry", text) for rule, text in faults]
        if not faults and geometry and geometry["type"] == "Point":
            self._point = geometry["coordinates"][0], geometry["coordinates"][1]
            self._agree(self._point)

    def _agree(self, point: tuple[float, float]) -> None:
        """Longitude and latitude among the properties are those of the geometry."""
        for name, value in zip((LON, LAT), point, strict=True):
            said = self._properties.get(name)
            if (
                isinstance(said, int | float)
                and not isinstance(said, bool)
                and not math.isclose(said, value, rel_tol=0, abs_tol=CLOSE)
            ):
                text = Text(
                    f"属性 {name} 是 {said:g}，几何位置是 {value:g}",
                    f"its property {name} is {said:g}, its geometry has {value:g}",
                )
                self.problems.append(("geometry-not-wgs84", f"/properties/{name}", text))

    def cells(self, places: Places) -> list[str]:
        """Return the cells of the record; the place is that of the geometry where it is a point."""
        texts = [""] * len(places)
        for name, value in self._properties.items():
            if value is not None and (place := places.get(name)) is not None:
                texts[place[0]] = self._cell(name, value, place[1])
        if self._point:
            for name, number in zip((LON, LAT), self._point, strict=True):
                if name in places:
                    texts[places[name][0]] = _number(number)
        return texts

    def _cell(self, name: str, value: Any, kind: str | None) -> str:
        pointer = f"/properties/{name}"
        if isinstance(value, list | dict):
            self._wrong(pointer, f"属性 {name} 应当是单个的值", f"its property {name} must be a single value")
            return ""
        if kind is not None and not isinstance(value, _CLASSES[kind]):
            wanted = _TYPES[kind]
            self._wrong(pointer, f"属性 {name} 应当是{wanted.zh}", f"its property {name} must be {wanted.en}")
        elif kind in _NUMBERS and isinstance(value, bool):
            self._wrong(pointer, f"属性 {name} 应当是数", f"its property {name} must be a number")
        text = value if isinstance(value, str) else _text(value)
        if "\0" in text or (self._most is not None and len(text) > self._most):
            self._wrong(
                pointer,
                f"属性 {name} 太长，或者含有空字符",
                f"its property {name} is too long or holds a null character",
            )
            return ""
        return text


_NUMBERS = frozenset({"integer", "number"})
_CLASSES: dict[str, Any] = {
    "string": str,
    "date": str,
    "integer": int | float,
    "number": int | float,
    "boolean": bool,
}
_QUOTED = Text("带引号的文字", "a string in quotation marks")
_TYPES = {
    "string": _QUOTED,
    "date": _QUOTED,
    "integer": Text("整数，不加引号", "an integer without quotation marks"),
    "number": Text("数，不加引号", "a number without quotation marks"),
    "boolean": Text("true 或 false，不加引号", "true or false without quotation marks"),
}
"""Of which type a value must be in JSON; whether it is a good one, the table's rules say."""


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _number(value)


def _number(value: float) -> str:
    """Write a number as a cell has it: without exponent."""
    text = str(value)
    return text if "e" not in text else f"{Decimal(text):f}"
