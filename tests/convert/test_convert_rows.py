"""Rows: which become records, which are left out, and that none is lost."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from circledata.convert import ConversionError
from circledata.standard import load_standard


def statuses(result: Any) -> list[tuple[str, str]]:
    return [(outlet["status"], outlet["closed_on"]) for outlet in result.outlets]


def test_ids_follow_the_order_of_the_source(convert: Any, cafe: dict[str, str]) -> None:
    result = convert(cafe, {"amenity": "bench"}, {**cafe, "name": "第二家"})
    assert [(row["outlet_id"], row["x_osm_id"]) for row in result.outlets] == [
        ("620602-O000001", "node/1"),
        ("620602-O000002", "node/3"),
    ]


def test_exact_duplicates_are_left_out(convert: Any, cafe: dict[str, str]) -> None:
    again = {**cafe, "osmid": "7"}
    result = convert(again, again, {**again, "osmid": "8"})
    assert result.reasons == [("duplicate", "")]
    assert len(result.outlets) == 2


def test_an_id_that_comes_back_with_other_content(convert: Any, cafe: dict[str, str]) -> None:
    result = convert({**cafe, "osmid": "7"}, {**cafe, "osmid": "7", "phone": "95588"})
    assert result.reasons == [("same-id", "")]
    assert result.conversion.decisions["same-id"] == 1


def test_a_node_and_a_way_may_have_the_same_number(convert: Any, cafe: dict[str, str]) -> None:
    result = convert({**cafe, "osmid": "7"}, {**cafe, "osmid": "7", "element_type": "way"})
    assert [row["x_osm_id"] for row in result.outlets] == ["node/7", "way/7"]


@pytest.mark.parametrize("prefix", ["disused", "abandoned", "was"])
def test_closed_features_need_their_closing_day(convert: Any, cafe: dict[str, str], prefix: str) -> None:
    closed = {f"{prefix}:amenity": "cafe", "name": "旧茶馆"}
    result = convert(cafe, closed, {**closed, "end_date": "2023-05-01"}, {**closed, "end_date": "2023"})
    assert statuses(result) == [("open", ""), ("closed", "2023-05-01")]
    assert result.reasons == [("closed", f"{prefix}:amenity=cafe")] * 2


def test_demolished_and_planned_features(convert: Any, cafe: dict[str, str]) -> None:
    result = convert(cafe, {"demolished:shop": "books", "name": "旧书店"}, {"planned:shop": "books", "name": "新书店"})
    assert statuses(result) == [("open", ""), ("planned", "")]
    assert result.reasons == [("gone", "demolished:shop=books")]


def test_what_stands_there_now_counts_more_than_what_was(convert: Any, cafe: dict[str, str]) -> None:
    result = convert({**cafe, "disused:shop": "books"})
    assert (result.outlet["category"], result.outlet["status"]) == ("tea-coffee", "open")


def test_an_end_date_closes_unless_it_lies_ahead(convert: Any, cafe: dict[str, str]) -> None:
    result = convert({**cafe, "end_date": "2024-12-31"}, {**cafe, "end_date": "2025-01-01"})
    assert statuses(result) == [("closed", "2024-12-31"), ("open", "")]
    assert result.outlets[1]["x_closed_on_text"] == "2025-01-01"


def test_without_as_of_the_latest_day_in_the_data_counts(convert: Any, cafe: dict[str, str]) -> None:
    result = convert({**cafe, "check_date": "2023-04-22"}, {**cafe, "check_date": "2024-06-18"}, as_of=None)
    assert result.descriptor["circledata"]["as_of"] == "2024-06-18"
    assert result.descriptor["created"] == "2024-06-18T00:00:00Z"
    assert result.conversion.decisions["as-of-from-data"] == 1


def test_without_any_day_it_is_asked_for(convert: Any, cafe: dict[str, str]) -> None:
    with pytest.raises(ConversionError, match="--as-of"):
        convert({**cafe, "check_date": "1999-01-01"}, as_of=None)


def test_when_nothing_is_an_outlet_nothing_is_written(convert: Any, tmp_path: Any) -> None:
    with pytest.raises(ConversionError, match="not-an-outlet 1"):
        convert({"amenity": "bench"})
    assert not (tmp_path / "package").exists()


TAGS = {
    "amenity": ["cafe", "restaurant;bar", "bench", "fuel", "bank", "vending_machine", "unheard_of", "social_facility"],
    "shop": ["convenience", "vacant", "supermarket", "guitar"],
    "disused:shop": ["books"],
    "name": ["示例店", "Shop", "-", "=1+1", 'quo"te', "a,b"],
    "brand": ["星巴克", "Starbucks"],
    "brand:wikidata": ["Q1"],
    "opening_hours": ["24/7", "9点到21点", "Mo-Su 8:00-22:00"],
    "phone": ["+86 571 8668 9651", "12", "0571-86689651;x"],
    "addr:street": ["东大街", "East Street"],
    "addr:housenumber": ["6", "6号"],
    "end_date": ["2024", "2020-01-01"],
    "osmid": ["1", "2"],
    "geometry": ["POINT (1 2)", "POLYGON ((0 0, 1 0, 1 1, 0 0))", "POLYGON", ""],
}
features = st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in TAGS.items()})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(features, max_size=12))
def test_no_row_is_lost_and_every_cell_fits_its_field(convert: Any, more: list[dict[str, str]]) -> None:
    result = convert({"osmid": "0", "amenity": "cafe", "name": "示例"}, *more)
    conversion, summary, outlets = result.conversion, result.summary, result.outlets
    assert conversion.rows_in == len(more) + 1 == len(outlets) + len(result.reasons)
    assert summary["rows_in"] == summary["rows_used"] + summary["left_out"] == len(more) + 1
    assert sum(entry["count"] for entry in summary["left_out_by_reason"]) == summary["left_out"]
    assert sum(entry["count"] for entry in summary["records_by_category"]) == summary["records"]["outlets"]
    assert [row["outlet_id"] for row in outlets] == [f"620602-O{n:06d}" for n in range(1, len(outlets) + 1)]
    standard = load_standard()
    for field in standard.tables["outlets"].fields:
        codes = standard.codelists[field.codelist].codes if field.codelist else None
        for outlet in outlets:
            value = outlet[field.name]
            assert value or not field.required or field.name == "address"
            assert not value or not field.pattern or re.fullmatch(field.pattern, value)
            assert len(value) <= (field.max_length or 10_000)
            if value and codes is not None:
                assert all(code in codes for code in (value.split(";") if field.list else [value]))
            if value and field.type == "date":
                date.fromisoformat(value)
