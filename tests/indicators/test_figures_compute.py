"""Figures add up: over packages, over places; nothing is lost, and the same data gives the same figures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from vectors import SCOPES, Vector, write_vector

from circledata import figures
from circledata.api import examine
from circledata.indicators import Figures, compute
from circledata.indicators.compute import _rounded
from circledata.indicators.errors import IndicatorError
from circledata.indicators.model import Scope
from circledata.indicators.record import figures_record
from circledata.standard import load_standard, spec_root

STANDARD = load_standard()
DEMO = spec_root().parent / "examples" / "demo-district"
SHARED = {"communities-covered"}
"""Places may share what they count."""
LATEST = {"satisfaction"}
"""Which survey is the latest depends on the place."""
Tables = dict[str, list[dict[str, Any]]]


def district(code: str, random: Random) -> Tables:
    """Return some records of one district; some cells are empty, some records stand outside every circle."""

    def maybe(value: object) -> object:
        return value if random.random() < 0.7 else None

    circles = [
        {
            "circle_id": f"{code}-C{n}",
            "division_code": f"{code}00{random.randint(1, 2)}" if random.random() < 0.8 else code,
            "status": random.choice(["planned", "building", "closed"]),
            "grade": maybe(random.choice(["basic", "improved", "quality"])),
            "population": maybe(random.randint(1, 30_000)),
            "households": maybe(random.randint(1, 9_000)),
            "jobs": maybe(random.randint(0, 500)),
            "social_investment_yuan": maybe(random.randint(0, 10**9) / 100),
        }
        for n in range(1, random.randint(2, 5))
    ]
    for circle in circles[:1]:
        circle |= {"status": "built", "completed_on": "2024-06-30"}
    ids = [circle["circle_id"] for circle in circles]
    categories = ["repair", "shoe-repair", "bakery", "pharmacy", "elderly-day-care", "other-retail"]
    outlets = [
        {
            "outlet_id": f"{code}-O{n}",
            "circle_id": maybe(random.choice(ids)),
            "division_code": maybe(f"{code}00{random.randint(1, 3)}"),
            "category": random.choice(categories),
            "other_categories": maybe("parcel-post"),
            "status": random.choice(["open", "open", "open", "suspended"]),
            "chain": maybe(random.choice(["independent", "unknown"])),
            "verified_on": maybe(f"202{random.randint(3, 4)}-0{random.randint(1, 9)}-11"),
            "opening_hours": maybe("24/7"),
        }
        for n in range(1, random.randint(2, 30))
    ]
    projects = [
        {
            "project_id": f"{code}-P{n}",
            "circle_id": maybe(random.choice(ids)),
            "status": "building",
            "actual_investment_yuan": 10**7,
            "social_investment_yuan": maybe(random.randint(0, 10**8) / 100),
        }
        for n in range(1, 4)
    ]
    decided = {"publicity_from": "2024-01-01", "publicity_to": "2024-01-07", "awarded_on": "2024-01-21"}
    subsidies = [
        {
            "subsidy_id": f"{code}-G{n}",
            "programme_id": f"{code}-F1",
            "project_id": maybe(f"{code}-P{random.randint(1, 3)}"),
            "status": "awarded",
            "awarded_yuan": random.randint(1, 10**7) / 100,
            "disbursed_yuan": 0,
            **decided,
        }
        for n in range(1, 5)
    ]
    surveys, questions, results = survey(code, ids, random)
    return {
        "circles": circles,
        "communities": [{"circle_id": item, "name": "新建社区", "community_code": f"{code}001001"} for item in ids],
        "outlets": outlets,
        "needs": [{"need_id": f"{code}-N{n}", "circle_id": ids[0], "status": maybe("open")} for n in range(1, 4)],
        "projects": projects,
        "programmes": [{"programme_id": f"{code}-F1"}],
        "subsidies": subsidies,
        "surveys": surveys,
        "survey_questions": questions,
        "survey_results": results,
    }


def survey(code: str, circles: Sequence[Any], random: Random) -> tuple[list, list, list]:
    """Return two surveys of a district, split by circle."""
    surveys, questions, results = [], [], []
    for n, year in ((1, 2023), (2, 2024)):
        name = f"{code}-S{n}"
        days = {"started_on": f"{year}-09-01", "ended_on": f"{year}-09-30"}
        surveys.append({"survey_id": name, "kind": "satisfaction", "responses": 10_000, **days})
        questions.append({"survey_id": name, "question_id": "q1", "type": "likert5", "topic": "overall"})
        for circle in random.sample(circles, random.randint(1, len(circles))):
            counts = [random.randint(5, 90) for _ in range(5)]
            base = {"survey_id": name, "question_id": "q1", "circle_id": circle, "base": sum(counts)}
            results += [{**base, "option": str(step), "count": count} for step, count in enumerate(counts, start=1)]
    return surveys, questions, results


def written(tables: Tables, code: str, folder: Path) -> Path:
    vector = Vector("", {"zh": ""}, "package", tables, {"division_code": code}, False, ())
    return write_vector(vector, STANDARD, folder)


def sums(found: Figures) -> dict[tuple[str, str | None], list[float]]:
    """Return numerator, denominator, known and records of every indicator and item, added up over the places."""
    total: dict[tuple[str, str | None], list[float]] = {}
    for figure in found.figures:
        entry = total.setdefault((figure.indicator, figure.item), [0.0, 0.0, 0, 0])
        parts = (figure.numerator or 0, figure.denominator or 0, figure.known, figure.records)
        total[figure.indicator, figure.item] = [one + other for one, other in zip(entry, parts, strict=True)]
    return total


def without_zeros(total: dict[tuple[str, str | None], list[float]], *but: str) -> dict[Any, list[float]]:
    """Return what holds anything; known and records of a breakdown stand in every item, so they are left to others."""
    return {
        key: [round(value, 4) for value in (values[:2] if key[1] else values)]
        for key, values in total.items()
        if key[0] not in but and any(values[:2])
    }


@pytest.mark.parametrize("seed", range(6))
def test_two_districts_add_up_to_the_package_of_both(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    one, other = district("620602", random), district("620621", random)
    both = {name: [*one[name], *other[name]] for name in one}
    apart = [
        figures(written(one, "620602", tmp_path / "one")),
        figures(written(other, "620621", tmp_path / "other")),
    ]
    together = figures(written(both, "620600", tmp_path / "both"))
    assert together.counts["error"] == 0
    added: dict[tuple[str, str | None], list[float]] = {}
    for found in apart:
        for key, values in sums(found).items():
            added[key] = [one + other for one, other in zip(added.get(key, [0] * 4), values, strict=True)]
    assert without_zeros(added) == without_zeros(sums(together))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("scope", [scope for scope in SCOPES if scope != "package"])
def test_the_places_of_a_scope_lose_nothing(seed: int, scope: Scope, tmp_path: Path) -> None:
    random = Random(100 + seed)
    one, other = district("620602", random), district("620621", random)
    both = {name: [*one[name], *other[name]] for name in one}
    examined = examine([written(both, "620600", tmp_path)], max_examples=1)
    whole, parts = sums(compute(examined)), sums(compute(examined, scope))
    elsewhere = {name for name, item in STANDARD.indicators.items() if scope not in item.scopes}
    left_out = SHARED | LATEST | elsewhere
    assert without_zeros(parts, *left_out) == without_zeros(whole, *left_out)


def test_the_newer_survey_of_a_circle_counts_in_the_district_too(tmp_path: Path) -> None:
    tables = district("620602", Random(5))
    found = figures(written(tables, "620602", tmp_path), names=["satisfaction"]).figures[0]
    newest: dict[str, tuple[str, float]] = {}
    for row in tables["survey_results"]:
        newest[row["circle_id"]] = max(newest.get(row["circle_id"], ("", 0)), (row["survey_id"], row["base"]))
    closed = {circle["circle_id"] for circle in tables["circles"] if circle["status"] == "closed"}
    assert found.denominator == sum(base for circle, (_, base) in newest.items() if circle not in closed)


def test_the_same_data_gives_the_same_bytes() -> None:
    texts = {json.dumps(figures_record([figures(DEMO, by=scope) for scope in SCOPES])) for _ in range(2)}
    assert len(texts) == 1


def test_a_copy_elsewhere_gives_the_same_bytes(tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere"
    copy.mkdir()
    for path in DEMO.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    assert figures_record(figures(copy)) == figures_record(figures(DEMO))


def test_the_session_is_left_as_it_was() -> None:
    examined = examine([DEMO], max_examples=1)
    names = "select count(*) from duckdb_tables() where schema_name like '%placed%'"
    before = examined.session.value(names)
    compute(examined, "township")
    assert examined.session.value(names) == before == 0


def test_names_and_scopes_that_are_none_are_refused() -> None:
    with pytest.raises(IndicatorError) as wrong:
        figures(DEMO, names=["chain"])
    assert "chain" in wrong.value.in_language("zh")
    assert "chain-rate" in wrong.value.in_language("en")
    with pytest.raises(IndicatorError, match="province"):
        figures(DEMO, by="province")  # type: ignore[arg-type]


def test_only_the_wanted_indicators_in_the_order_of_the_standard() -> None:
    found = figures(DEMO, names=["chain-rate", "circles"])
    assert [item.name for item in found.indicators] == ["circles", "chain-rate"]
    assert {figure.indicator for figure in found.figures} == {"circles", "chain-rate"}
    assert found.missing == {}


def test_what_each_circle_lacks_goes_with_the_kinds() -> None:
    found = figures(DEMO, by="circle", names=["basic-kinds", "quality-kinds"])
    for place in found.places:
        kinds = sum(found.of(name, place.code)[0].value or 0 for name in ("basic-kinds", "quality-kinds"))
        assert kinds + len(found.missing[place.code]) == 14 + 12
    assert found.circle_names["620602-C901"] == "示例青禾"


def test_halves_are_rounded_away_from_zero() -> None:
    assert _rounded(Decimal("0.00005"), 4) == 0.0001
    assert _rounded(Decimal("2.675"), 2) == 2.68
    assert _rounded(Decimal("-0.5"), 0) == -1
    assert isinstance(_rounded(Decimal("2.5"), 0), int)


def test_a_name_that_holds_a_mobile_number_is_not_repeated(tmp_path: Path) -> None:
    tables: Tables = {"circles": [{"circle_id": "620602-C1", "name": "联系13800138000", "status": "building"}]}
    found = figures(written(tables, "620602", tmp_path), by="circle", names=["jobs"])
    assert found.places[0].name == "联系***"
