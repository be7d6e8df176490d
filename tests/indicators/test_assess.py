"""Assessments: both sides of every threshold, and nothing that the data do not tell is taken for missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from assess_sample import (
    BASIC,
    CATEGORIES,
    CIRCLE,
    QUALITY,
    REFERENCE,
    STANDARD,
    circle_row,
    members,
    one,
    outlets,
    package,
    profile_file,
    refusal,
    whole,
)

import circledata
from circledata.api import examine
from circledata.indicators.assess import assess, assess_examined
from circledata.indicators.assess_model import Reason
from circledata.indicators.assess_needs import asked_already, need_rows
from circledata.standard.assessment import GRADES, KindList

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


@pytest.mark.parametrize(
    ("basic", "quality", "supported"),
    [
        (7, 0, None),
        (8, 0, "basic"),
        (9, 3, "basic"),
        (10, 2, "basic"),
        (10, 3, "improved"),
        (11, 6, "improved"),
        (12, 5, "improved"),
        (12, 6, "quality"),
        (14, 12, "quality"),
    ],
)
def test_the_reference_profile_on_both_sides_of_each_number(
    tmp_path: Path, basic: int, quality: int, supported: str | None
) -> None:
    circle = one(tmp_path, outlets([*BASIC[:basic], *QUALITY[:quality]]))
    assert (circle.supported, circle.undecided) == (supported, ())
    assert [circle.evidence.lists[name].found for name in ("basic", "quality")] == [basic, quality]


@pytest.mark.parametrize(
    ("declared", "kinds", "verdict"),
    [("basic", 7, "unmet"), ("basic", 8, "met"), ("improved", 8, "unmet"), (None, 8, None)],
)
def test_a_declared_grade_is_held_against_the_evidence(
    tmp_path: Path, declared: str | None, kinds: int, verdict: str | None
) -> None:
    circle = one(tmp_path, outlets(BASIC[:kinds]), grade=declared, grade_basis=declared and "self-assessed")
    assert circle.declared_verdict == verdict


def test_the_rule_takes_its_numbers_from_the_profile_and_counts_alike(tmp_path: Path) -> None:
    for number, grade in enumerate(GRADES):
        wanted = REFERENCE.grades[grade].at_least["basic"]
        for kinds in (wanted - 1, wanted):
            tables = {
                "circles": [circle_row(grade=grade, grade_basis="self-assessed")],
                "outlets": outlets(["restaurant", "car-wash", *BASIC[:kinds]]),
            }
            examined = examine([package(tmp_path / f"{number}-{kinds}", tables)])
            found = [item for item in examined.report.rules if item.code == "CD715"]
            assert bool(found) == (kinds < wanted)
            circle = assess_examined(examined).circles[0]
            assert circle.evidence.lists["basic"].found == kinds


@pytest.mark.parametrize("example", ["demo-district", "lhasa", "liangzhou", "demo-exchange", "broken-district"])
def test_every_example_counts_as_the_strip_of_its_report(example: str) -> None:
    examined = examine([EXAMPLES / example])
    assessed = assess_examined(examined)
    coverage = examined.report.coverage()
    for circle in assessed.circles:
        if circle.evidence.nothing:
            continue
        assert coverage is not None
        of_report = next(item for item in coverage.circles if item.circle_id == circle.circle_id)
        kinds = [kind.outlets for item in circle.evidence.lists.values() for kind in item.kinds]
        assert kinds == list(of_report.counts)


def test_children_local_categories_and_sidelines_count_as_their_kind_once(tmp_path: Path) -> None:
    tables: dict[str, list[dict[str, Any]]] = {
        "circles": [circle_row()],
        "categories": [
            {"category": "picture-shop", "name": "图片社", "parent": "photo-print"},
            {"category": "noodle-shop", "name": "面馆", "parent": "specialty-restaurant", "class": "basic"},
        ],
        "outlets": [
            *outlets(["shoe-repair", "repair", "key-cutting", "picture-shop", "noodle-shop", "other-retail"]),
            *outlets(["laundry"], other_categories="tailor;photo-print"),
        ],
    }
    evidence = whole(tmp_path, tables).circles[0].evidence
    counts = {kind.code: kind.outlets for item in evidence.lists.values() for kind in item.kinds if kind.outlets}
    assert counts == {"repair": 4, "photo-print": 2, "laundry": 1, "specialty-restaurant": 1}
    assert (evidence.unreadable, evidence.wild) == (0, 0)


@pytest.mark.parametrize("status", ["planned", "suspended", "closed"])
def test_only_open_outlets_are_evidence(tmp_path: Path, status: str) -> None:
    more = {"closed_on": "2024-06-01"} if status == "closed" else {}
    circle = one(tmp_path, [*outlets(BASIC[:7]), *outlets([BASIC[7]], status=status, **more)])
    assert (circle.supported, circle.evidence.lists["basic"].found, circle.evidence.open) == (None, 7, 7)
    assert circle.aim is not None and circle.aim.verdict == "unmet"


@pytest.mark.parametrize(
    "cells",
    [{"category": ""}, {"category": "no-such-kind"}, {"category": BASIC[0], "other_categories": "no-such-kind"}],
)
def test_what_cannot_be_read_may_be_the_kind_that_is_missing(tmp_path: Path, cells: dict[str, str]) -> None:
    circle = one(tmp_path, [*outlets(BASIC[:7]), *outlets([""], **cells)])
    listed = circle.evidence.lists["basic"]
    assert (listed.found, listed.most, circle.evidence.unreadable) == (7, 8, 1)
    assert (circle.supported, circle.undecided) == (None, ("basic",))
    assert circle.aim is not None
    assert circle.aim.conditions[0].reasons == (Reason("unreadable", 1),)


def test_what_cannot_be_read_changes_nothing_where_it_could_not_suffice(tmp_path: Path) -> None:
    circle = one(tmp_path, [*outlets(BASIC[:6]), *outlets([""], category="")])
    assert circle.aim is not None and circle.aim.verdict == "unmet"


def test_an_outlet_of_unreadable_status_leaves_its_kind_open(tmp_path: Path) -> None:
    circle = one(tmp_path, [*outlets(BASIC[:7]), *outlets([BASIC[7]], status="opened")])
    kind = circle.evidence.lists["basic"].kinds[7]
    assert (kind.code, kind.outlets, kind.unsure) == (BASIC[7], 0, True)
    assert circle.undecided == ("basic",)
    assert circle.aim is not None
    assert (BASIC[7],) not in circle.aim.conditions[0].missing


def test_without_outlets_nobody_can_tell(tmp_path: Path) -> None:
    without_table = whole(tmp_path / "a", {"circles": [circle_row(grade="basic", grade_basis="accepted")]})
    other = [{"circle_id": "620602-C002", "status": "open", "category": code} for code in BASIC]
    rows = [circle_row(grade="basic"), circle_row(circle_id="620602-C002", name="另一个")]
    without_rows = whole(tmp_path / "b", {"circles": rows, "outlets": other})
    for assessed, reason in ((without_table, "no-outlets-table"), (without_rows, "no-outlets")):
        circle = assessed.circles[0]
        assert circle.evidence.nothing == Reason(reason)
        assert (circle.supported, circle.undecided, circle.declared_verdict) == (None, GRADES, "unknown")
        assert all(item.found is None for result in circle.grades for item in result.conditions)
        assert [row for row in need_rows(assessed) if row.circle_id == CIRCLE] == []
    assert without_rows.circles[1].supported == "basic"


def test_closed_circles_are_left_out_and_named(tmp_path: Path) -> None:
    rows = [circle_row(), circle_row(circle_id="620602-C002", name="旧圈", status="closed")]
    assessed = whole(tmp_path, {"circles": rows, "outlets": outlets(BASIC)})
    assert [circle.circle_id for circle in assessed.circles] == [CIRCLE]
    assert [(circle.circle_id, circle.name) for circle in assessed.closed] == [("620602-C002", "旧圈")]


@pytest.mark.parametrize(
    ("declared", "target", "basic", "aim"),
    [
        (None, "improved", 8, "improved"),
        (None, "basic", 8, "basic"),
        (None, None, 7, "basic"),
        (None, None, 8, "improved"),
        ("improved", "quality", 8, "improved"),
        ("basic", "quality", 8, "quality"),
        ("basic", None, 8, "improved"),
        ("quality", "basic", 7, "basic"),
    ],
)
def test_what_a_circle_works_towards(
    tmp_path: Path, declared: str | None, target: str | None, basic: int, aim: str
) -> None:
    circle = one(tmp_path, outlets(BASIC[:basic]), grade=declared, target_grade=target)
    assert circle.aim is not None and circle.aim.grade == aim


def test_at_the_top_there_is_nothing_more_to_work_towards(tmp_path: Path) -> None:
    circle = one(tmp_path, outlets([*BASIC, *QUALITY]), grade="quality", grade_basis="accepted")
    assert circle.aim is None
    assert circle.supported == "quality"


def own_profile(folder: Path, grade: dict[str, Any], **more: Any) -> Path:
    return profile_file(folder, grades={"basic": grade}, **more)


@pytest.mark.parametrize(
    ("there", "verdict", "missing"),
    [
        (["repair", "pharmacy"], "met", ()),
        (["shoe-repair", "pharmacy"], "met", ()),
        (["repair"], "unmet", (("pharmacy",),)),
        (["repair", ""], "unknown", (("pharmacy",),)),
    ],
)
def test_all_of(tmp_path: Path, there: list[str], verdict: str, missing: tuple[tuple[str, ...], ...]) -> None:
    circle = one(tmp_path, outlets(there), own_profile(tmp_path, {"all_of": ["repair", "pharmacy"]}))
    (condition,) = circle.grades[0].conditions
    assert (condition.sort, condition.verdict, condition.missing) == ("all-of", verdict, missing)


@pytest.mark.parametrize(
    ("there", "verdict"),
    [(["wet-market"], "met"), (["vegetable-van"], "met"), (["supermarket"], "unmet"), (["supermarket", ""], "unknown")],
)
def test_any_of(tmp_path: Path, there: list[str], verdict: str) -> None:
    profile = own_profile(tmp_path, {"any_of": [["wet-market", "fresh-food-store"]]})
    circle = one(tmp_path, outlets(there), profile)
    assert circle.grades[0].verdict == verdict
    if verdict == "unmet":
        rows = list(need_rows(whole(tmp_path / "n", {"circles": [circle_row()], "outlets": outlets(there)}, profile)))
        assert [row.category for row in rows] == ["wet-market"]
        assert "菜市场或生鲜超市（菜店）" in rows[0].description.zh


@pytest.mark.parametrize(
    ("there", "verdict"), [(["repair", "wet-market"], "met"), (["repair"], "unmet"), (["wet-market"], "unmet")]
)
def test_a_named_group(tmp_path: Path, there: list[str], verdict: str) -> None:
    groups = {
        "vegetables-and-repair": {
            "title": {"zh": "一菜一修", "en": "vegetables and repair"},
            "all_of": ["repair"],
            "any_of": [["wet-market", "fresh-food-store"]],
        }
    }
    profile = own_profile(tmp_path, {"groups": ["vegetables-and-repair"]}, groups=groups)
    circle = one(tmp_path, outlets(there), profile)
    assert circle.grades[0].verdict == verdict


def survey(satisfied: int, base: int) -> dict[str, list[dict[str, Any]]]:
    question = {"survey_id": "620602-S001", "question_id": "q1"}
    return {
        "surveys": [
            {"survey_id": "620602-S001", "kind": "satisfaction", "started_on": "2024-09-01", "ended_on": "2024-09-30",
             "responses": base, "circle_id": CIRCLE}
        ],
        "survey_questions": [{**question, "text": "总体满意吗？", "type": "likert5", "topic": "overall"}],
        "survey_results": [
            {**question, "circle_id": CIRCLE, "option": "5", "count": satisfied, "base": base},
            {**question, "circle_id": CIRCLE, "option": "2", "count": base - satisfied, "base": base},
        ],
    }  # fmt: skip


@pytest.mark.parametrize(("satisfied", "verdict"), [(900, "met"), (899, "unmet"), (901, "met")])
def test_the_smallest_satisfaction(tmp_path: Path, satisfied: int, verdict: str) -> None:
    tables = {"circles": [circle_row()], "outlets": outlets(BASIC), **survey(satisfied, 1000)}
    circle = whole(tmp_path, tables, own_profile(tmp_path, {"satisfaction": 0.9})).circles[0]
    (condition,) = circle.grades[0].conditions
    assert (condition.verdict, condition.found) == (verdict, satisfied / 1000)


def test_without_a_survey_satisfaction_is_not_known(tmp_path: Path) -> None:
    circle = one(tmp_path, outlets(BASIC), own_profile(tmp_path, {"satisfaction": 0.9}))
    (condition,) = circle.grades[0].conditions
    assert (condition.verdict, condition.found) == ("unknown", None)
    assert condition.reasons


def test_a_list_that_is_not_complete_never_fails_anybody() -> None:
    assessed = assess(EXAMPLES / "demo-district", profile="shanxi-2023")
    assert assessed.tally() == {"met": 0, "unmet": 0, "unknown": 6, "undeclared": 6}
    assert all(circle.supported is None and circle.undecided == GRADES for circle in assessed.circles)
    assert Reason("other-area") in assessed.notes
    assert list(need_rows(assessed)) == []


def test_even_a_fulfilled_entry_condition_decides_no_grade_by_score(tmp_path: Path) -> None:
    lists = {"basic": {"codes": BASIC[:3]}}
    grades = {"basic": {"at_least": {"basic": 3}, "beyond_data": "分值没有见到"}}
    circle = one(tmp_path, outlets(BASIC[:3]), profile_file(tmp_path, lists=lists, grades=grades))
    assert [item.verdict for item in circle.grades[0].conditions] == ["met", "unknown"]
    assert (circle.supported, circle.undecided) == (None, ("basic",))


def test_the_lists_of_the_guide() -> None:
    assert (len(BASIC), len(QUALITY)) == (14, 12)
    assert members(guide="basic") == tuple(BASIC)
    assert {"car-wash", "restaurant", "convenience-store"} < set(members(by_class="basic"))
    assert "shoe-repair" not in members(by_class="basic")
    assert members(guide="basic", codes=("car-wash",)) == tuple(
        code for code in CATEGORIES if code in {*BASIC, "car-wash"}
    )


def test_what_a_category_counts_as_on_a_list() -> None:
    title = REFERENCE.lists["basic"].title
    guide, classed = KindList("g", title, guide="basic"), KindList("c", title, by_class="basic")
    listed = KindList("l", title, codes=("shoe-repair",))
    assert guide.kind("shoe-repair", "basic", CATEGORIES) == "repair"
    assert guide.kind("restaurant", "basic", CATEGORIES) is None
    assert classed.kind("food-truck", "basic", CATEGORIES) == "restaurant"
    assert classed.kind("specialty-restaurant", "basic", CATEGORIES) == "specialty-restaurant"
    assert classed.kind("convenience-store", "quality", CATEGORIES) is None
    assert listed.kind("shoe-repair", "basic", CATEGORIES) == "shoe-repair"
    assert listed.kind("repair", "basic", CATEGORIES) is None


def test_a_local_class_counts_only_where_a_profile_goes_by_class(tmp_path: Path) -> None:
    tables = {
        "circles": [circle_row()],
        "categories": [{"category": "teahouse", "name": "甜茶馆", "parent": "tea-coffee", "class": "basic"}],
        "outlets": outlets(["teahouse", "repair"]),
    }
    lists = {"basic": {"class": "basic"}, "quality": {"guide": "quality"}}
    grades = {"basic": {"at_least": {"basic": 2, "quality": 1}}}
    circle = whole(tmp_path, tables, profile_file(tmp_path, lists=lists, grades=grades)).circles[0]
    assert circle.supported == "basic"
    assert [kind.code for kind in circle.evidence.lists["basic"].kinds if kind.outlets] == ["repair", "tea-coffee"]


def test_needs_follow_what_is_missing_and_what_is_not_asked_for_yet(tmp_path: Path) -> None:
    needs = [
        {
            "need_id": "620602-N007",
            "circle_id": CIRCLE,
            "description": "修鞋",
            "category": "shoe-repair",
            "status": "open",
        },
        {"need_id": "620602-N003", "circle_id": CIRCLE, "description": "药店", "category": "pharmacy", "status": "met"},
    ]
    there = [code for code in BASIC if code not in {"repair", "pharmacy", "recycling"}]
    tables = {"circles": [circle_row(target_grade="quality")], "outlets": outlets([*there, *QUALITY]), "needs": needs}
    assessed = whole(tmp_path, tables)
    rows = list(need_rows(assessed))
    assert [(row.need_id, row.category) for row in rows] == [
        ("620602-N008", "pharmacy"),
        ("620602-N009", "recycling"),
    ]
    assert asked_already(assessed.circles[0]) == ("repair",)
    assert rows[0].description.zh == "缺少药店。达到品质型还差 1 种基本保障类业态，可以从 3 种里选，这是其中一种。"


def test_one_kind_asked_for_twice_is_one_need(tmp_path: Path) -> None:
    grades = {"basic": {"at_least": {"basic": 14}, "all_of": ["repair"]}}
    tables = {"circles": [circle_row()], "outlets": outlets(code for code in BASIC if code != "repair")}
    rows = list(need_rows(whole(tmp_path, tables, profile_file(tmp_path, grades=grades))))
    assert [row.description.zh for row in rows] == ["缺少维修点，达到基础型必须有。"]


@pytest.mark.parametrize(
    ("validity", "note"),
    [
        ({"valid_from": "2025-01-01"}, "before-valid"),
        ({"valid_from": "2024-12-31"}, None),
        ({"valid_to": "2024-12-30"}, "after-valid"),
        ({"valid_to": "2024-12-31"}, None),
        ({"area": "62"}, None),
        ({"area": "620000"}, None),
        ({"area": "620600"}, None),
        ({"area": "6206"}, None),
        ({"area": "63"}, "other-area"),
        ({"area": "620700"}, "other-area"),
        ({"area": "620602001"}, "other-area"),
    ],
)
def test_validity_and_area(tmp_path: Path, validity: dict[str, str], note: str | None) -> None:
    assessed = whole(tmp_path, {"circles": [circle_row()]}, profile_file(tmp_path, **validity))
    assert [item.code for item in assessed.notes] == ([note] if note else [])


def test_another_day_may_be_given(tmp_path: Path) -> None:
    path = package(tmp_path, {"circles": [circle_row()]})
    assessed = circledata.assess(path, profile=profile_file(tmp_path, valid_from="2025-01-01"), as_of=date(2025, 1, 1))
    assert (assessed.as_of, list(assessed.notes)) == (date(2025, 1, 1), [])


def test_outlets_without_a_circle_and_errors_are_said(tmp_path: Path) -> None:
    rows = [*outlets(BASIC), {"status": "open", "category": "repair", "circle_id": "", "opening_hours": "early"}]
    notes = whole(tmp_path, {"circles": [circle_row(grade="best")], "outlets": rows}).notes
    assert Reason("outlets-without-circle", 1) in notes
    assert any(item.code == "errors" and item.count for item in notes)


def test_only_some_circles() -> None:
    assessed = assess(EXAMPLES / "demo-district", circles=["620602-C911"])
    assert [circle.circle_id for circle in assessed.circles] == ["620602-C911"]
    said = refusal(EXAMPLES / "demo-district", circles=["620602-C91"])
    assert said.zh.startswith("没有编号为 620602-C91 的生活圈。相近的是 620602-C91")


def test_loose_files_have_no_division_but_their_circles_have(tmp_path: Path) -> None:
    folder = package(tmp_path, {"circles": [circle_row()], "outlets": outlets(BASIC[:7])})
    assessed = assess(folder / "circles.csv", folder / "outlets.csv")
    assert assessed.circles[0].evidence.lists["basic"].found == 7
    assert [item.code for item in assessed.notes] == ["as-of-unknown"]
    assert next(need_rows(assessed)).need_id == "620602-N001"


def test_a_package_without_circles_has_nothing_to_assess(tmp_path: Path) -> None:
    folder = package(tmp_path, {"programmes": [{}]})
    assert "no table of circles" in refusal(folder).en


def test_columns_that_a_file_lacks_make_nothing_up(tmp_path: Path) -> None:
    folder = package(tmp_path, {"circles": [circle_row()], "outlets": outlets(BASIC)})
    (folder / "outlets.csv").write_text(
        "outlet_id,name,circle_id,status\n620602-O000001,示例店,620602-C001,open\n", encoding="utf-8"
    )
    circle = assess(folder).circles[0]
    assert (circle.evidence.lists["basic"].found, circle.evidence.wild) == (0, 1)
    (folder / "outlets.csv").write_text(
        "outlet_id,name,category,status\n620602-O000001,示例店,repair,open\n", encoding="utf-8"
    )
    assert assess(folder).circles[0].evidence.nothing == Reason("no-outlets")


def test_personal_data_never_get_out(tmp_path: Path) -> None:
    circle = one(tmp_path, outlets(BASIC), name="联系人13812345678")
    assert circle.name == "联系人***"


def test_grades_are_those_of_the_code_list() -> None:
    assert list(STANDARD.codelists["grades"].codes) == list(GRADES)
