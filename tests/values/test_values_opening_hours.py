"""Opening hours in OSM syntax."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata.values.opening_hours import normalise_osm, readable


@pytest.mark.parametrize(
    "text", ["24/7", "Mo-Fr 08:00-20:00; Sa-Su 09:00-18:00", "Mo-Su 19:00-02:00", "08:00-12:00,14:00-18:00", "PH off"]
)
def test_readable(text: str) -> None:
    assert readable(text)


@pytest.mark.parametrize(
    "text", ["", " ", "周二至周日9:00-21:00", "9点到21点", "24 hours", "Mo-Fr 9-17", "08:00-22:00;"]
)
def test_not_readable(text: str) -> None:
    assert not readable(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8:40-19:00", "08:40-19:00"),
        ("Mo-Su 7:00 - 22:00", "Mo-Su 07:00-22:00"),
        ("mo-fr 08:00-18:00", "Mo-Fr 08:00-18:00"),
        ("Mo-Fr 08:30–17:30；Sa off", "Mo-Fr 08:30-17:30; Sa closed"),
        ("０８：００～２２：００", "08:00-22:00"),
        ("Mo-Su 08:00-22:00;", "Mo-Su 08:00-22:00"),
        ("00:00-24:00", "24/7"),
        ("11:30-14:00; 17:00-21:00", "11:30-14:00; 17:00-21:00"),
    ],
)
def test_normalised(text: str, expected: str) -> None:
    assert normalise_osm(text) == expected


@pytest.mark.parametrize(
    "text", ["", "周一至周日 10:00-07:00", "暂停营业", '"by appointment"', "unknown", "25:00-26:00"]
)
def test_not_hours(text: str) -> None:
    assert normalise_osm(text) is None


@given(st.text(alphabet='MoTuWeFrSaSuPH 0123456789:-,;+/"offx～：', max_size=30))
def test_whatever_comes_out_is_readable_and_stays(text: str) -> None:
    hours = normalise_osm(text)
    if hours is not None:
        assert readable(hours)
        assert normalise_osm(hours) == hours
