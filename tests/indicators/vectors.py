"""The test vectors of the indicators: what stands in their files, as cases that can be run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from circledata.indicators.model import Scope
from circledata.standard import Standard
from circledata.standard.cases import Case, write_case
from circledata.standard.generate import read_yaml
from circledata.standard.model import Indicator

SCOPES: tuple[Scope, ...] = get_args(Scope)
KEYS = {"place", "item", "value", "numerator", "denominator", "known", "records", "reason"}
"""What a vector may say of a figure."""


@dataclass(frozen=True)
class Vector:
    """One vector: a small package, and what the indicator comes to."""

    indicator: str
    name: Mapping[str, str]
    scope: Scope
    tables: Mapping[str, list[dict[str, Any]]]
    package: Mapping[str, Any]
    broken: bool
    """The package has an error on purpose."""
    expect: Sequence[Mapping[str, Any]]


def source_of(indicator: Indicator, standard: Standard) -> dict[str, Any]:
    """Return what stands in the file of an indicator."""
    raw: dict[str, Any] = read_yaml(standard.root / "indicators" / f"{indicator.name}.yaml")
    return raw


def vectors_of(indicator: Indicator, standard: Standard) -> Iterator[Vector]:
    """Yield the vectors of an indicator in the order of its file."""
    for raw in source_of(indicator, standard)["cases"]:
        unknown = set(raw) - {"name", "scope", "package", "tables", "broken", "expect"}
        assert not unknown, f"{indicator.name}: {unknown}"
        yield Vector(
            indicator.name,
            raw["name"],
            raw.get("scope", "package"),
            raw["tables"],
            raw.get("package", {}),
            raw.get("broken", False),
            raw["expect"],
        )


def write_vector(vector: Vector, standard: Standard, folder: Path) -> Path:
    """Write the package of a vector into `folder` and return it."""
    tables = {name: [dict(row) for row in rows] for name, rows in vector.tables.items()}
    case = Case(rule="", name=vector.name["zh"], passes=True, tables=tables, package=vector.package)
    return write_case(case, standard, folder)
