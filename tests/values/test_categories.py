"""Categories by code, tags and name, with the reason and the confidence."""

from __future__ import annotations

import csv
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata.standard import load_standard, spec_root
from circledata.values.categories import RULES, CategoryEntry, CategoryFinder, CategoryMatch, entries_of, no_outlet
from circledata.values.vocabularies import AMAP_NAMES, GBT4754_NAMES


@cache
def entries() -> tuple[CategoryEntry, ...]:
    path = spec_root() / "1.0" / "codelists" / "categories.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(entries_of(csv.DictReader(stream)))


@cache
def finder() -> CategoryFinder:
    return CategoryFinder(entries())


def short(matches: list[CategoryMatch]) -> list[tuple[str, str]]:
    return [(match.category, match.confidence) for match in matches]


@pytest.mark.parametrize(
    ("vocabulary", "text", "found"),
    [
        ("amap", "060200", [("convenience-store", "certain")]),
        ("amap", "60200", [("convenience-store", "certain")]),
        ("amap", "60200.0", [("convenience-store", "certain")]),
        ("amap", "０６０２００", [("convenience-store", "certain")]),
        ("amap", "060202", [("convenience-store", "likely")]),
        ("amap", "060705", [("wet-market", "certain")]),
        ("amap", "060706", [("wet-market", "possible")]),
        ("amap", "090602", [("pharmacy", "possible")]),
        ("amap", "060200|050300", [("convenience-store", "certain"), ("restaurant", "certain")]),
        ("amap", "060200|60200", [("convenience-store", "certain")]),
        ("amap", "060000", []),
        ("amap", "061000", []),
        ("amap", "0602", []),
        ("amap", "", []),
        ("amap", "购物服务;便利店;便利店", [("convenience-store", "certain")]),
        ("amap", "购物服务;便民商店/便利店;便民商店/便利店", [("convenience-store", "certain")]),
        (
            "amap",
            "生活服务;洗衣店;洗衣店|餐饮服务;快餐厅;快餐厅",
            [("laundry", "certain"), ("restaurant", "certain")],
        ),
        ("amap", "购物服务;专卖店;书店", [("bookstore", "likely")]),
        ("amap", "购物服务;没有见过的类;没有见过的类", []),
        ("amap", "地名地址信息;门牌信息;便利店", []),
        ("amap", "[]", []),
        ("gbt4754", "F5213", [("convenience-store", "certain")]),
        ("gbt4754", "f5213", [("convenience-store", "certain")]),
        ("gbt4754", "5213", [("convenience-store", "certain")]),
        ("gbt4754", "Ｆ５２１３ 便利店零售", [("convenience-store", "certain")]),
        ("gbt4754", "521", [("convenience-store", "possible"), ("supermarket", "possible")]),
        ("gbt4754", "602", [("parcel-post", "certain")]),
        ("gbt4754", "便利店零售", [("convenience-store", "certain")]),
        ("gbt4754", "6210", [("restaurant", "certain")]),
        ("gbt4754", "5213、6220", [("convenience-store", "certain"), ("restaurant", "certain")]),
        ("gbt4754", "5920", []),
        ("gbt4754", "F", []),
        ("gbt4754", "52", []),
        ("gbt4754", "52131", []),
        ("overture", "convenience_store", [("convenience-store", "certain")]),
        ("overture", "bakery;coffee_shop", [("bakery", "certain"), ("tea-coffee", "certain")]),
        ("overture", "warehouses", []),
    ],
)
def test_by_code(vocabulary: str, text: str, found: list[tuple[str, str]]) -> None:
    assert sorted(short(finder().by_code(vocabulary, text))) == sorted(found)


def test_unknown_vocabulary() -> None:
    with pytest.raises(ValueError, match="no vocabulary"):
        finder().by_code("schema_org", "Store")


def test_a_value_that_two_categories_claim_decides_nothing() -> None:
    twice = [
        CategoryEntry("a", "甲", crosswalk={"amap": ("050100",)}),
        CategoryEntry("b", "乙", crosswalk={"amap": ("050100",)}),
    ]
    assert short(CategoryFinder(twice).by_code("amap", "50100")) == [("a", "possible"), ("b", "possible")]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ({"shop": "supermarket"}, ["supermarket"]),
        ({"amenity": "cafe", "shop": "books"}, ["bookstore", "tea-coffee"]),
        (
            {"amenity": "social_facility", "social_facility": "day_care", "social_facility:for": "senior"},
            ["elderly-day-care"],
        ),
        ({"amenity": "bench"}, []),
        ({}, []),
    ],
)
def test_by_tags(tags: dict[str, str], found: list[str]) -> None:
    assert sorted(match.category for match in finder().by_tags(tags)) == found


def test_by_overture_tags() -> None:
    matches = finder().by_tags({"primary": "bakery", "alternates": "coffee_shop;bakery"}, "overture")
    assert short(matches) == [("bakery", "certain"), ("tea-coffee", "certain")]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("便利店", [("convenience-store", "certain")]),
        ("Pharmacy", [("pharmacy", "certain")]),
        ("生鲜超市（菜店）", [("fresh-food-store", "certain")]),
        ("便利店(社区超市)", [("convenience-store", "certain")]),
        ("便利店（东街店）", [("convenience-store", "certain")]),
        ("张记便民菜店", [("fresh-food-store", "likely")]),
        ("张记 便民菜店【东街店】", [("fresh-food-store", "likely")]),
        ("7-Eleven便利店", [("convenience-store", "likely")]),
        ("永辉超市(凉州万达店)", [("supermarket", "likely")]),
        ("永辉超市凉州万达店", [("supermarket", "likely")]),
        ("示例大药房第二分店", [("pharmacy", "likely")]),
        ("张记水果超市", [("other-retail", "likely")]),
        ("可可宠物美容店", [("pet-service", "likely")]),
        ("老王手机维修店", [("mobile-phone-repair", "likely")]),
        ("兰州牛肉面", [("restaurant", "likely")]),
        ("便利店|快餐店", [("convenience-store", "certain"), ("restaurant", "certain")]),
        ("超市(含药店)", [("supermarket", "certain"), ("pharmacy", "likely")]),
        ("家家乐(便利店)", [("convenience-store", "likely")]),
        ("打印、复印、照相馆", [("photo-print", "likely")]),
        ("药店旁边的修鞋摊", [("shoe-repair", "likely")]),
        ("药店街便利店", [("convenience-store", "likely")]),
        ("张记便利店有限公司", [("convenience-store", "possible")]),
        ("洗衣液批发", [("laundry", "possible")]),
        ("张记家政服务有限公司", [("housekeeping", "likely")]),
        ("国家电网汽车充电站", [("other-retail", "possible")]),
        ("示例机动车驾驶员培训中心", []),
        ("药店旁边的空地", []),
        ("药店旁边", []),
        ("便利店停车场", []),
        ("某某超市(入口)", []),
        ("药店宿舍", []),
        ("农产品批发市场", []),
        ("市人民医院药房", []),
        ("小李汽车美容店", []),
        ("机关职工餐厅", []),
        ("示例科技有限公司", []),
        ("肯德基(凉州店)", []),
        ("", []),
        ("()", []),
    ],
)
def test_by_name(name: str, found: list[tuple[str, str]]) -> None:
    assert short(finder().by_name(name)) == found


def test_the_reason_is_said_in_both_languages() -> None:
    match = finder().by_name("张记便民菜店")[0]
    assert match.reason == "name ends with 便民菜店"
    assert match.say("zh") == "名称以“便民菜店”结尾"
    assert all(chinese and english for chinese, english in RULES.values())


@pytest.mark.parametrize(
    ("name", "ending"), [("万达广场(地下停车场)", "停车场"), ("东街公交站", "公交站"), ("张记菜店", "")]
)
def test_names_of_no_outlet(name: str, ending: str) -> None:
    assert no_outlet(name) == ending


def combined(*matches: CategoryMatch) -> Any:
    return finder().combine(matches)


def test_combine() -> None:
    code, name = finder().by_code, finder().by_name
    both = combined(*code("amap", "060200"), *name("张记超市"))
    assert (both.main, both.others, both.conflicts, both.decide) == ("convenience-store", (), ("supermarket",), False)
    equal = combined(*code("amap", "060200"), *name("超市"))
    assert (equal.main, equal.conflicts, equal.decide) == ("convenience-store", ("supermarket",), True)
    several = combined(*code("amap", "060200|050300"))
    assert (several.main, several.others, several.decide) == ("convenience-store", ("restaurant",), True)
    only = combined(*name("张记便利店有限公司"))
    assert (only.main, only.conflicts, only.decide) == ("", ("convenience-store",), True)
    assert combined() == finder().combine([])
    assert (combined().main, combined().decide) == ("", False)


def test_a_child_and_a_kind_written_with_the_same_code_refine() -> None:
    code, name = finder().by_code, finder().by_name
    child = combined(*code("amap", "071200"), *name("老张修鞋店"))
    assert (child.main, child.conflicts, child.decide) == ("shoe-repair", (), False)
    assert combined(*code("amap", "060400"), *name("鲜丰生鲜超市")).main == "fresh-food-store"
    assert combined(*code("amap", "050300"), *name("李记早餐店")).main == "breakfast-shop"


def test_titles_aliases_and_endings_belong_to_one_category_each() -> None:
    owner: dict[str, str] = {}
    for entry in entries():
        for word in (entry.zh, *entry.aliases, *entry.endings, *entry.exclusions):
            assert owner.setdefault(word, entry.code) == entry.code, word
        assert len(set(entry.endings)) == len(entry.endings)


def test_known_class_names_stand_for_codes_of_the_crosswalk() -> None:
    values = {
        column: {value for entry in entries() for value in entry.crosswalk[column]} for column in ("amap", "gbt4754")
    }
    assert set(AMAP_NAMES) <= values["amap"]
    assert set(GBT4754_NAMES) - {"8310"} <= values["gbt4754"]


def test_entries_can_be_made_of_the_loaded_standard() -> None:
    codes = load_standard().codelists["categories"].codes.values()
    made = [CategoryEntry.of(code.code, code.title.zh, code.title.en, code.aliases, code.extra) for code in codes]
    assert tuple(made) == entries()


@given(st.text(max_size=30))
def test_any_text_is_answered(text: str) -> None:
    for matches in (finder().by_name(text), finder().by_code("amap", text), finder().by_code("gbt4754", text)):
        assert len({match.category for match in matches}) == len(matches)
        assert all(match.reason for match in matches)


@given(st.sampled_from([word for entry in entries() for word in (entry.zh, *entry.aliases)]))
def test_every_title_and_alias_is_certain(word: str) -> None:
    matches = finder().by_name(word)
    assert [match.confidence for match in matches] == ["certain"]
