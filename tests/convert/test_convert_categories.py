"""What a feature is: an outlet of a category, no outlet, or one that the standard has no category for."""

from __future__ import annotations

from typing import Any

import pytest

from circledata.convert.mapping.model import load_mapping
from circledata.convert.osm.categories import Classifier, crosswalk
from circledata.convert.osm.rules import OsmRules
from circledata.standard import load_standard


@pytest.mark.parametrize(
    ("tags", "category"),
    [
        ({"shop": "convenience"}, "convenience-store"),
        ({"shop": "supermarket"}, "supermarket"),
        ({"amenity": "marketplace"}, "wet-market"),
        ({"amenity": "fast_food"}, "restaurant"),
        ({"amenity": "cafe"}, "tea-coffee"),
        ({"amenity": "pharmacy", "healthcare": "pharmacy"}, "pharmacy"),
        ({"amenity": "social_facility", "social_facility": "nursing_home"}, "elderly-care"),
        ({"amenity": "recycling", "recycling_type": "centre"}, "recycling"),
        ({"amenity": "vending_machine", "vending": "drinks"}, "vending"),
        ({"amenity": "library"}, "library"),
        ({"amenity": "bank"}, "other-service"),
        ({"amenity": "fuel", "shop": "convenience"}, "convenience-store"),
        ({"amenity": "pub;restaurant"}, "restaurant"),
    ],
)
def test_category_by_the_crosswalk(convert: Any, tags: dict[str, str], category: str) -> None:
    result = convert({"name": "示例店", **tags})
    assert result.outlet["category"] == category
    assert result.conversion.by_category == {category: 1}


@pytest.mark.parametrize(
    ("tags", "reason", "tag"),
    [
        ({"amenity": "bench"}, "not-an-outlet", "amenity=bench"),
        ({"amenity": "parking"}, "not-an-outlet", "amenity=parking"),
        ({"highway": "bus_stop"}, "not-an-outlet", ""),
        ({"shop": "vacant"}, "not-an-outlet", "shop=vacant"),
        ({"office": "company"}, "not-an-outlet", "office=*"),
        (
            {"amenity": "vending_machine", "vending": "public_transport_tickets"},
            "not-an-outlet",
            "amenity=vending_machine+vending=public_transport_tickets",
        ),
        ({"amenity": "fuel"}, "no-category", "amenity=fuel"),
        ({"shop": "musical_instrument"}, "no-category", "shop=musical_instrument"),
        ({"amenity": "something_new"}, "no-category", "amenity=something_new"),
        ({"amenity": "bar", "office": "company"}, "no-category", "amenity=bar"),
        (
            {"amenity": "social_facility", "social_facility": "group_home"},
            "no-category",
            "amenity=social_facility+social_facility=group_home",
        ),
    ],
)
def test_left_out(convert: Any, cafe: dict[str, str], tags: dict[str, str], reason: str, tag: str) -> None:
    result = convert(cafe, {"name": "示例", **tags})
    assert result.reasons == [(reason, tag)]
    assert len(result.outlets) == 1


def test_several_categories_make_one_main_category_and_others(convert: Any) -> None:
    result = convert({"name": "书吧", "amenity": "cafe", "shop": "books"})
    assert (result.outlet["category"], result.outlet["other_categories"]) == ("bookstore", "tea-coffee")
    assert result.conversion.decisions["several-categories"] == 1


def test_a_condition_that_the_winner_brings_along_is_no_other_category() -> None:
    mapping = load_mapping("osm")
    verdict = Classifier(OsmRules(mapping), load_standard()).classify(
        {"amenity": "social_facility", "social_facility": "day_care", "social_facility:for": "senior"}
    )
    assert (verdict.category, verdict.others) == ("elderly-day-care", ())


def test_crosswalk_gives_each_tag_to_one_category() -> None:
    standard = load_standard()
    pairs = crosswalk(standard, "osm")
    assert pairs
    given: dict[frozenset[tuple[str, str]], str] = {}
    for expression, code in pairs:
        other = given.setdefault(frozenset(expression.conditions), code)
        assert other == code, f"{expression.text} stands for {other} and for {code}"


def test_pairs_that_are_only_written_are_not_read() -> None:
    pairs = [(expression.text, code) for expression, code in crosswalk(load_standard(), "osm")]
    assert ("shop=supermarket", "supermarket") in pairs
    assert ("shop=supermarket", "fresh-food-store") not in pairs
