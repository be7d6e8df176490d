"""Outlets that are there twice: reported always, merged on request, with what was merged."""

from __future__ import annotations

from typing import Any

TEXT = (
    "网点名称,业态,地址,经度,纬度,联系电话,营业面积\n"
    "老百姓大药房（东街店）,药店,东大街8号,102.641,37.921,,120\n"
    "老百姓大药房(东街店),药店,东大街8号,102.641,37.921,0935-2211111,110\n"
    "另一家便利店,便利店,西大街9号,102.651,37.931,,\n"
)


def test_twins_are_reported_and_kept(convert_tables: Any) -> None:
    result = convert_tables(TEXT, coordinate_system="GCJ-02")
    assert len(result.outlets) == 3
    assert result.conversion.decisions["near-duplicates"] == 1
    twins = result.papers("duplicates.csv")
    assert [(row["group"], row["outlet_id"], row["into"]) for row in twins] == [
        ("1", "620602-O000001", ""),
        ("1", "620602-O000002", ""),
    ]
    assert twins[0]["reasons"]


def test_twins_are_merged_on_request(convert_tables: Any) -> None:
    result = convert_tables(TEXT, coordinate_system="GCJ-02", merge_duplicates=True)
    assert [row["outlet_id"] for row in result.outlets] == ["620602-O000002", "620602-O000003"]
    assert result.outlets[0]["phone"] == "0935-2211111"
    assert result.reasons == [("merged", "")]
    assert result.conversion.rows_in == 3 == result.conversion.rows_used + 1
    assert [row["into"] for row in result.papers("duplicates.csv")] == ["620602-O000002", ""]
    conflicts = [row for row in result.papers("conversion.csv") if row["rule"] == "merged-conflict"]
    assert ("floor_area_m2", "120", "110") in [(row["field"], row["old"], row["new"]) for row in conflicts]


def test_nothing_is_said_where_nothing_is_alike(convert_tables: Any) -> None:
    result = convert_tables("网点名称,业态,地址\n甲,药店,东街1号\n乙,便利店,西街2号\n")
    assert not (result.conversion.papers / "duplicates.csv").exists()
    assert result.conversion.decisions["near-duplicates"] == 0
