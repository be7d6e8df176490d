"""Comparisons worked out by hand, each threshold from both sides: what stands, and what may come from the data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from compare_sample import STANDARD, amount, none, package, ratio, share

from circledata.indicators.compare import TOGETHER, compare
from circledata.indicators.compare_model import Comparison, Pair
from circledata.indicators.compare_sides import CompareError, short_label
from circledata.indicators.model import Figure, Figures


def the_pair(comparison: Comparison) -> Pair:
    (row,) = comparison.rows
    (pair,) = row.pairs
    return pair


def verdict(first: Figure, second: Figure) -> tuple[str, list[str]]:
    pair = the_pair(compare([package("a", first), package("b", second)]))
    return pair.verdict, [cause.code for cause in pair.causes]


def test_two_rates_that_are_fully_known_differ() -> None:
    assert verdict(share("chain-rate", 20, 100, 100), share("chain-rate", 21, 100, 100)) == ("stands", [])


def test_a_rate_that_few_filled_in_may_be_the_data() -> None:
    # 40 of 100 known, 16 yes: 16 % to 76 %. 95 of 100 known, 57 yes: 57 % to 62 %. 60 % lies in both.
    comparison = compare(
        [package("a", share("chain-rate", 16, 40, 100)), package("b", share("chain-rate", 57, 95, 100))]
    )
    (row,) = comparison.rows
    assert [(cell.bounds.low, cell.bounds.high) for cell in row.cells if cell.bounds] == [(0.16, 0.76), (0.57, 0.62)]
    (pair,) = row.pairs
    assert (pair.verdict, pair.difference) == ("may-be-data", 0.2)
    assert [(cause.code, cause.sides, dict(cause.params)) for cause in pair.causes] == [
        ("unknown-values", (0,), {"known": 40, "records": 100}),
        ("unknown-values", (1,), {"known": 95, "records": 100}),
    ]


@pytest.mark.parametrize(("yes", "expected"), [(30, "may-be-data"), (31, "stands")])
def test_the_bounds_of_rates_meet_or_not(yes: int, expected: str) -> None:
    # 20 of 90 known and 10 unknown: at most 30 of 100. The other side knows all.
    found, _ = verdict(share("chain-rate", 20, 90, 100), share("chain-rate", yes, 100, 100))
    assert found == expected


@pytest.mark.parametrize(("other", "expected"), [(5, "may-be-data"), (6, "stands")])
def test_an_unknown_record_counts_or_does_not(other: int, expected: str) -> None:
    # Three open outlets, two more without a status: at most five.
    assert verdict(amount("outlets", 3, 8, 10), amount("outlets", other))[0] == expected


@pytest.mark.parametrize(("other", "expected"), [(250, "may-be-data"), (251, "stands")])
def test_an_unknown_amount_is_at_most_three_times_the_mean(other: int, expected: str) -> None:
    # 100 from four of six circles, 25 each: two more of at most 75 make 250.
    found, causes = verdict(amount("social-investment", 100, 4, 6), amount("social-investment", other))
    assert (found, causes) == (expected, ["unknown-values"] if expected == "may-be-data" else [])


def test_what_is_missing_in_the_larger_sum_only_widens_the_gap() -> None:
    assert verdict(amount("jobs", 10, 4, 4), amount("jobs", 11, 1, 50)) == ("stands", [])


@pytest.mark.parametrize(("other", "expected"), [(7.0, "may-be-data"), (7.1, "stands")])
def test_a_quotient_with_unknown_records(other: float, expected: str) -> None:
    # Five each in eight of ten: two more between 0 and 15, so the mean lies between 4.0 and 7.0.
    pair = verdict(
        ratio("outlets-per-1000-residents", 20, 4, 8, 10), ratio("outlets-per-1000-residents", other * 4, 4, 1, 1)
    )
    assert pair[0] == expected


def test_bounds_are_rounded_outwards() -> None:
    # One yes of three known of seven: 1/7 = 0.14285… and 5/7 = 0.71428…
    first, second = package("a", share("chain-rate", 1, 3, 7)), package("b", share("chain-rate", 7, 7, 7))
    bounds = compare([first, second]).rows[0].cells[0].bounds
    assert bounds and (bounds.low, bounds.high) == (0.1428, 0.7143)


def test_a_difference_of_a_rounded_nothing_is_none() -> None:
    pair = the_pair(compare([package("a", share("chain-rate", 1, 3, 3)), package("b", share("chain-rate", 2, 6, 6))]))
    assert (pair.verdict, pair.difference) == ("same", 0)


def test_not_computed_is_never_compared_with_a_number() -> None:
    comparison = compare([package("a", amount("outlets", 5)), package("b", none("outlets", "table-missing"))])
    pair = the_pair(comparison)
    assert (pair.verdict, pair.difference) == ("not-comparable", None)
    assert [(cause.code, cause.sides, cause.params["reason"]) for cause in pair.causes] == [
        ("not-computed", (1,), "table-missing")
    ]


def test_an_indicator_about_the_data_says_nothing_of_the_place() -> None:
    assert verdict(share("completeness", 5, 10, 10), share("completeness", 9, 10, 10)) == ("about-data", [])


@pytest.mark.parametrize(("satisfied", "expected"), [(88, "may-be-data"), (98, "stands")])
def test_few_answers_may_differ_by_chance(satisfied: int, expected: str) -> None:
    # Of 100 people 80 are satisfied: 71.1 % to 86.7 %. 88 of 100: 80.2 % to 93.0 %. 98 of 100: 93.0 % to 99.5 %.
    pair = the_pair(
        compare(
            [
                package("a", share("satisfaction", 80, 100, 100)),
                package("b", share("satisfaction", satisfied, 100, 100)),
            ]
        )
    )
    assert pair.verdict == expected
    if expected == "may-be-data":
        first, second = pair.causes
        assert dict(first.params) == {"n": 100, "low": 0.7111, "high": 0.8667}
        assert dict(second.params) == {"n": 100, "low": 0.8018, "high": 0.9301}


def listing(outlets: int, circles: int) -> Figures:
    return package(
        f"with {outlets}",
        amount("outlets", outlets),
        ratio("outlets-per-circle", outlets, circles, circles, circles),
        share("chain-rate", 1, outlets, outlets),
        amount("jobs", outlets),
    )


@pytest.mark.parametrize(("outlets", "expected"), [(299, "stands"), (300, "may-be-data")])
def test_far_more_outlets_a_circle_may_be_a_matter_of_listing(outlets: int, expected: str) -> None:
    comparison = compare([listing(100, 10), listing(outlets, 10)], ["outlets", "chain-rate", "jobs"])
    found = {row.indicator.name: row.pairs[0].verdict for row in comparison.rows}
    # Jobs do not read the table of outlets.
    assert found == {"outlets": expected, "chain-rate": expected, "jobs": "stands"}


def test_without_circles_that_are_built_all_circles_tell_how_much_is_listed() -> None:
    def side(label: str, outlets: int) -> Figures:
        return package(
            label,
            amount("circles-by-status", 2, 3, 3, "planned"),
            amount("circles-by-status", 1, 3, 3, "closed"),
            amount("outlets", outlets),
            none("outlets-per-circle", "no-record"),
        )

    row = next(row for row in compare([side("a", 10), side("b", 60)]).rows if row.indicator.name == "outlets")
    (cause,) = row.pairs[0].causes
    assert (cause.code, dict(cause.params)) == ("listing", {"first": 5.0, "second": 30.0})


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((0, 1000), (10, 1000), "may-be-data"),  # ten expected, none there
        ((0, 1000), (9, 1000), "stands"),  # nine expected
        ((1, 500), (20, 1000), "may-be-data"),  # ten expected, a tenth of them there
        ((2, 500), (38, 1000), "stands"),  # nineteen expected, more than a tenth of them there
        ((10, 1000), (0, 1000), "may-be-data"),  # the other way round
    ],
)
def test_a_category_that_is_hardly_there(first: tuple[int, int], second: tuple[int, int], expected: str) -> None:
    sides = [
        package(label, amount("outlets-by-category", count, outlets, outlets, "hairdressing"))
        for label, (count, outlets) in (("a", first), ("b", second))
    ]
    pair = the_pair(compare(sides))
    assert pair.verdict == expected
    if expected == "may-be-data":
        (cause,) = pair.causes
        assert cause.code == "category" and cause.params["expected"] == 10


def test_circles_without_a_status_are_circles_all_the_same() -> None:
    unknown = package("a", none("circles-by-status", "column-empty", records=2), amount("outlets", 60))
    known = package("b", amount("circles-by-status", 4, 4, 4, "built"), amount("outlets", 40))
    row = next(row for row in compare([unknown, known]).rows if row.indicator.name == "outlets")
    assert dict(row.pairs[0].causes[0].params) == {"first": 30.0, "second": 10.0}


def test_circles_of_one_area_may_well_list_differently() -> None:
    places = [("620602-C1", "甲圈"), ("620602-C2", "乙圈"), ("", None)]
    figures = [amount("outlets", number, place=code) for number, (code, _) in zip((10, 90, 7), places, strict=True)]
    comparison = compare([package("p", *figures, scope="circle", places=places)])
    assert [side.name for side in comparison.sides] == ["甲圈", "乙圈"]
    assert the_pair(comparison).verdict == "stands"


def test_an_item_that_nobody_has_is_zero_where_the_others_were_counted() -> None:
    first = package("a", amount("outlets-by-category", 4, 9, 9, "pharmacy"), amount("outlets", 9))
    second = package("b", amount("outlets-by-category", 2, 2, 2, "supermarket"), amount("outlets", 2))
    rows = {row.item: row for row in compare([first, second], ["outlets-by-category"]).rows}
    assert list(rows) == ["supermarket", "pharmacy"]
    assert [cell.value for cell in rows["pharmacy"].cells] == [4, 0]
    assert [cell.value for cell in rows["supermarket"].cells] == [0, 2]


def test_a_breakdown_that_was_not_computed_gives_its_reason_for_every_item() -> None:
    first = package("a", amount("circles-by-grade", 4, 9, 9, "basic"))
    second = package("b", none("circles-by-grade", "column-empty", records=3))
    (row,) = compare([first, second]).rows
    assert row.item == "basic" and row.cells[1].value is None
    assert row.pairs[0].causes[0].params["reason"] == "column-empty"


def test_what_has_no_meaning_at_a_scope_is_left_out() -> None:
    figures = [none("outlets-per-circle", "not-at-this-scope", place=code) for code in ("C1", "C2")]
    figures += [amount("outlets", 1, place=code) for code in ("C1", "C2")]
    places = [("C1", None), ("C2", None)]
    comparison = compare([package("p", *figures, scope="circle", places=places)])
    assert [row.indicator.name for row in comparison.rows] == ["outlets"]


def test_versions_that_define_an_indicator_differently() -> None:
    changed = replace(STANDARD.indicators["outlets"], sql="select 1")
    newer = replace(STANDARD, version="1.1", indicators={**STANDARD.indicators, "outlets": changed})
    comparison = compare(
        [package("a", amount("outlets", 1)), package("b", amount("outlets", 2), standard=newer, indicators=[changed])]
    )
    (cause,) = the_pair(comparison).causes
    assert (cause.code, dict(cause.params)) == ("definition", {"first": "1.0", "second": "1.1"})
    assert [caution.code for caution in comparison.cautions] == ["standard-differs"]


def test_an_indicator_that_an_older_standard_does_not_know() -> None:
    comparison = compare([package("a", amount("outlets", 1), amount("jobs", 3)), package("b", amount("outlets", 1))])
    rows = {row.indicator.name: row.pairs[0] for row in comparison.rows}
    assert rows["jobs"].verdict == "not-comparable"
    assert [cause.code for cause in rows["jobs"].causes] == ["not-in-standard"]


def test_cautions_say_what_holds_throughout() -> None:
    comparison = compare(
        [
            package("620602-a", amount("outlets", 1), as_of=date(2023, 12, 31), synthetic=True),
            package("620602-b", amount("outlets", 1), errors=3),
            package("540102-c", amount("outlets", 1), as_of=None),
        ]
    )
    found = {caution.code: (caution.sides, dict(caution.params)) for caution in comparison.cautions}
    assert found == {
        "synthetic": ((0,), {}),
        "errors": ((1,), {"errors": 3}),
        "as-of-unknown": ((2,), {}),
        "as-of-differs": ((0, 1), {"first": "2023-12-31", "last": "2024-12-31", "days": 366}),
        "same-area": ((0, 1), {"code": "620602"}),
    }


def test_circles_of_one_package_are_not_two_states_of_an_area() -> None:
    places = [("C1", "甲"), ("C2", "乙")]
    figures = [amount("outlets", 1, place=code) for code, _ in places]
    assert compare([package("620602", *figures, scope="circle", places=places)]).cautions == []


def test_sides_are_called_by_unlike_names() -> None:
    places = [("620602-C1", "中心圈"), ("620602-C2", "中心圈"), ("620602-C3", None)]
    figures = [amount("outlets", 1, place=code) for code, _ in places]
    one = package("甲区", *figures, scope="circle", places=places)
    two = package("other/甲区", *figures[:1], scope="circle", places=places[:1])
    names = [side.name for side in compare([one, two]).sides]
    assert names == [
        "甲区 [1] · 中心圈 (620602-C1)",
        "甲区 [1] · 中心圈 (620602-C2)",
        "甲区 [1] · 620602-C3",
        "甲区 [2] · 中心圈",
    ]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("a/b/", "b"),
        ("a\\b.zip", "b.zip"),
        ("x/datapackage.json", "x"),
        ("datapackage.json", "datapackage.json"),
        (".", "."),
    ],
)
def test_a_package_is_called_by_the_end_of_its_path(label: str, expected: str) -> None:
    assert short_label(label) == expected


@pytest.mark.parametrize(("sides", "pairs"), [(TOGETHER, TOGETHER * (TOGETHER - 1) // 2), (TOGETHER + 1, TOGETHER)])
def test_many_sides_are_compared_with_the_first(sides: int, pairs: int) -> None:
    comparison = compare([package(f"p{number}", amount("outlets", number)) for number in range(sides)])
    assert len(comparison.rows[0].pairs) == pairs
    assert sum(comparison.counts().values()) == pairs


def test_one_alone_cannot_be_compared() -> None:
    with pytest.raises(CompareError) as caught:
        compare([package("a", amount("outlets", 1))])
    assert caught.value.exit_code == 2
    assert "--by circle" in caught.value.in_language("en") and "只有一个" in caught.value.in_language("zh")
    with pytest.raises(CompareError, match="no places"):
        compare([package("a", scope="circle")])


def test_real_packages_are_compared_as_they_are() -> None:
    from pathlib import Path

    from circledata.indicators.compute import figures_of

    examples = Path(__file__).parents[2] / "examples"
    sides = [figures_of(examples / name) for name in ("demo-district", "broken-district")]
    comparison = compare(sides, ["outlets", "chain-rate", "satisfaction"])
    found = {row.indicator.name: row.pairs[0] for row in comparison.rows}
    assert found["outlets"].verdict == "may-be-data" and found["outlets"].difference == -562
    assert [cause.code for cause in found["outlets"].causes] == ["listing"]
    assert found["satisfaction"].verdict == "not-comparable"
    assert {caution.code for caution in comparison.cautions} == {"synthetic", "errors", "same-area"}
