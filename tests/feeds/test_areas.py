"""The areas of feeds: their names, and the smallest one that several districts lie in."""

from __future__ import annotations

import duckdb
import pytest

from circledata.feeds.areas import WHOLE_COUNTRY, area_of, common_division
from circledata.standard import load_standard


@pytest.mark.parametrize(
    ("codes", "area"),
    [
        ([], None),
        (["620602"], "620602"),
        (["620602001"], "620602001"),
        (["620602001", "620602002"], "620602"),
        (["620602", "620602001"], "620602"),
        (["620602", "620621"], "620600"),
        (["620602", "620102"], "620000"),
        # 110100 is a collective code, no city: the districts of Beijing lie in Beijing.
        (["110101", "110102"], "110000"),
        (["620602", "540102"], WHOLE_COUNTRY),
    ],
)
def test_the_smallest_area_that_all_lie_in(codes: list[str], area: str | None) -> None:
    assert common_division(codes, load_standard()) == area


def test_the_code_of_the_country_is_the_one_that_the_rules_know() -> None:
    function = next(item for item in load_standard().functions if item.name == "whole_country")
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT {function.sql} FROM (SELECT '{WHOLE_COUNTRY}' AS code)").fetchone()
    assert found == (True,)


def test_names_of_areas() -> None:
    assert area_of("620602", load_standard())["name"]["zh"] == "凉州区"
    assert area_of(WHOLE_COUNTRY, load_standard())["name"] == {"zh": "全国", "en": "China"}
