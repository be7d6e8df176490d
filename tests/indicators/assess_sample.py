"""Small packages and profiles for the tests of assessments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from circledata.convert.model import ConversionError
from circledata.indicators.assess import assess
from circledata.indicators.assess_model import Assessed, CircleAssessment
from circledata.standard import load_standard
from circledata.standard.assessment import KindList
from circledata.standard.cases import Case, write_case
from circledata.standard.model import Text

STANDARD = load_standard()
CATEGORIES = STANDARD.codelists["categories"].codes
REFERENCE = STANDARD.assessments["circledata-reference-2021"]
CIRCLE = "620602-C001"


def kinds_of(name: str, count: int | None = None) -> list[str]:
    """The first kinds of a list of the reference profile."""
    return list(REFERENCE.lists[name].members(CATEGORIES)[:count])


BASIC, QUALITY = kinds_of("basic"), kinds_of("quality")


def outlets(codes: Iterable[str], **more: Any) -> list[dict[str, Any]]:
    """One open outlet of circle 1 a code."""
    return [{"circle_id": CIRCLE, "status": "open", "category": code, **more} for code in codes]


def package(folder: Path, tables: Mapping[str, list[dict[str, Any]]], about: Mapping[str, Any] | None = None) -> Path:
    """Write a package; required cells that are not given are filled."""
    return write_case(Case(rule="", name="", passes=True, tables=tables, package=about or {}), STANDARD, folder)


def one(folder: Path, rows: list[dict[str, Any]], profile: Any = REFERENCE, **circle: Any) -> CircleAssessment:
    """Assess a package of one circle with these outlets."""
    return whole(folder, {"circles": [circle_row(**circle)], "outlets": rows}, profile).circles[0]


def whole(folder: Path, tables: Mapping[str, list[dict[str, Any]]], profile: Any = REFERENCE) -> Assessed:
    """Assess a package."""
    return assess(package(folder, tables), profile=profile)


def circle_row(**cells: Any) -> dict[str, Any]:
    """The row of circle 1."""
    return {"circle_id": CIRCLE, "status": "building", **cells}


def profile_file(folder: Path, **changes: Any) -> Path:
    """Write a profile that is right but for the changes; None takes a key away."""
    content: dict[str, Any] = {
        "id": "test-2026",
        "version": "1.0",
        "title": "测试方案",
        "source": "测试",
        "lists": {"basic": {"guide": "basic"}},
        "grades": {"basic": {"at_least": {"basic": 2}}},
    }
    content |= changes
    path = folder / "profile.yaml"
    kept = {key: value for key, value in content.items() if value is not None}
    path.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def members(**how: Any) -> tuple[str, ...]:
    """The codes on a list."""
    title = REFERENCE.lists["basic"].title
    return KindList("test", title, **how).members(CATEGORIES)


def refusal(path: Path, **how: Any) -> Text:
    """Assess what cannot be, and return what is said. Nothing keeps the traceback, and with it the session, alive."""
    try:
        assess(path, **how)
    except ConversionError as error:
        return error.text
    raise AssertionError("it was not refused")
