"""The indicators by themselves: whole in both languages, honest about their source, with vectors of every kind."""

from __future__ import annotations

import re

import pytest
from vectors import SCOPES, source_of, vectors_of

from circledata.indicators.record import figures_record
from circledata.standard import load_standard
from circledata.standard.model import Indicator

STANDARD = load_standard()
INDICATORS = [pytest.param(indicator, id=name) for name, indicator in STANDARD.indicators.items()]
KEYS = {
    *("name", "since", "group", "place", "title", "definition", "unit", "decimals", "numerator", "denominator"),
    *("missing", "source", "own", "needs", "scopes", "by", "sql", "cases"),
}
HAN = re.compile("[\u3400-\u9fff\u3001\u3002\uff0c\uff1b\uff1a]")
PUBLISHED_TOTALS = {
    *("circles", "outlets", "outlets-in-circles", "communities-covered", "residents-covered", "social-investment"),
    *("jobs", "chain-rate", "satisfaction", "areas-published"),
}
"""What the Ministry of Commerce publishes; each has an indicator."""
ALL_KNOWN = {"completeness", "circles-completeness", "coordinates-filled", "opening-hours-filled"}
"""They count what is filled in, so that every record is known."""


@pytest.mark.parametrize("indicator", INDICATORS)
def test_an_indicator_is_whole_in_both_languages(indicator: Indicator) -> None:
    raw = source_of(indicator, STANDARD)
    assert set(raw) <= KEYS
    texts = [indicator.title, indicator.definition, indicator.numerator, indicator.missing, indicator.source]
    for text in [*texts, *([indicator.denominator] if indicator.denominator else [])]:
        assert HAN.search(text.zh)
        assert text.en.strip()
        assert not HAN.search(text.en), text.en
        assert not re.search("[\u4e00-\u9fff][,;:!?]", text.zh), text.zh
    for case in raw["cases"]:
        assert HAN.search(case["name"]["zh"])
        assert case["name"]["en"]
        assert not HAN.search(case["name"]["en"])


@pytest.mark.parametrize("indicator", INDICATORS)
def test_an_indicator_uses_the_code_lists(indicator: Indicator) -> None:
    lists = STANDARD.codelists
    assert indicator.unit in lists["units"].codes
    assert indicator.group in lists["indicator-groups"].codes
    assert indicator.by is None or indicator.by in lists
    assert set(indicator.scopes) <= set(SCOPES)
    assert "package" in indicator.scopes
    assert 0 <= indicator.decimals <= 4
    if indicator.unit in {"share", "ratio"}:
        assert indicator.denominator
    for need in indicator.needs:
        table, _, column = need.partition(".")
        assert not column or column in STANDARD.tables[table].by_name
        assert table in STANDARD.tables


@pytest.mark.parametrize("indicator", INDICATORS)
def test_an_own_definition_says_so_and_why(indicator: Indicator) -> None:
    said = (
        "本标准自己的定义，因为" in indicator.source.zh and "our own definition, because" in indicator.source.en.lower()
    )
    assert said == indicator.own
    assert not re.search(r"https?:|www\.", indicator.source.zh + indicator.source.en), "no copy's address"


@pytest.mark.parametrize("indicator", INDICATORS)
def test_an_indicator_has_vectors_of_every_kind(indicator: Indicator) -> None:
    expected = [figure for vector in vectors_of(indicator, STANDARD) for figure in vector.expect]
    assert any(figure["value"] for figure in expected), "an ordinary value"
    assert any(figure.get("reason") for figure in expected), "a figure that is not computed"
    if indicator.name not in ALL_KNOWN:
        assert any(figure.get("known", 0) < figure.get("records", 0) for figure in expected), "something unknown"
    for figure in expected:
        assert (figure["value"] is None) == bool(figure.get("reason")), figure
        assert figure.get("reason") in {None, *STANDARD.codelists["not-computed"].codes}


def test_the_published_totals_are_all_there() -> None:
    assert set(STANDARD.indicators) >= PUBLISHED_TOTALS


def test_every_reason_occurs_in_a_vector() -> None:
    occurring = {
        figure.get("reason")
        for indicator in STANDARD.indicators.values()
        for vector in vectors_of(indicator, STANDARD)
        for figure in vector.expect
    }
    assert occurring - {None} == set(STANDARD.codelists["not-computed"].codes)


def test_nothing_makes_no_record() -> None:
    with pytest.raises(ValueError, match="no figures"):
        figures_record([])
