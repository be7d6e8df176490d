"""Brands in names of outlets, given and learned, and what follows for chains."""

from __future__ import annotations

import csv
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata.standard import load_standard, spec_root
from circledata.values.brands import CHAIN_PLACES, BrandList, BrandMatch, chain_of, generic_words, read_brands
from circledata.values.categories import entries_of
from circledata.values.geodesy import distinct_places

GIVEN = read_brands(
    "# 品牌名单\n品牌;写法\n肯德基;KFC;肯德基餐厅\n- 星巴克: [Starbucks, 星巴克咖啡]\n中国邮政\n7-ELEVEn;7-11\n"
)


@cache
def generic() -> frozenset[str]:
    with (spec_root() / "1.0" / "codelists" / "categories.csv").open(encoding="utf-8", newline="") as stream:
        return frozenset(generic_words(entries_of(csv.DictReader(stream))))


def brands(*names: str, places: tuple[str, ...] = (), minimum: int = 3) -> BrandList:
    made = BrandList(generic=generic(), places=places, minimum=minimum)
    made.learn(names)
    return made


def brand(made: BrandList, name: str) -> tuple[str, str] | None:
    match = made.brand_of(name)
    return (match.brand, match.confidence) if match else None


def test_the_list_of_a_user() -> None:
    assert GIVEN == {
        "肯德基": ("肯德基", "KFC", "肯德基餐厅"),
        "星巴克": ("星巴克", "Starbucks", "星巴克咖啡"),
        "中国邮政": ("中国邮政",),
        "7-ELEVEn": ("7-ELEVEn", "7-11"),
    }
    assert read_brands("brand,spellings\r\n甲,A;a1\r\n\r\n甲;甲店\r\n") == {"甲": ("甲", "A", "a1", "甲店")}
    assert read_brands("") == {}
    with pytest.raises(ValueError, match="line 2: KFC already stands for 肯德基"):
        read_brands("肯德基;KFC\n别的;KFC\n")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("肯德基", ("肯德基", "certain")),
        ("ＫＦＣ", ("肯德基", "certain")),
        ("kfc（凉州店）", ("肯德基", "certain")),
        ("万达广场肯德基(凉州店)", ("肯德基", "likely")),
        ("万达广场肯德基餐厅", ("肯德基", "likely")),
        ("星巴克(西湖银泰店)", ("星巴克", "certain")),
        ("星巴克 Starbucks", ("星巴克", "certain")),
        ("银泰城·星巴克", ("星巴克", "certain")),
        ("西湖银泰(星巴克)", ("星巴克", "likely")),
        ("肯德基凉州万达店", ("肯德基", "certain")),
        ("中国邮政凉州区东大街支局", ("中国邮政", "certain")),
        ("7-11便利店(东街店)", ("7-ELEVEn", "certain")),
        ("肯德基手机维修", ("肯德基", "possible")),
        ("凉州区肯德基有限公司", None),
        ("肯德基旁边修鞋", None),
        ("肯德基停车场", None),
        ("大肯德基", None),
        ("KFCX", None),
        ("便利店", None),
        ("", None),
    ],
)
def test_a_given_brand_is_found(name: str, found: tuple[str, str] | None) -> None:
    assert brand(BrandList(GIVEN, generic=generic()), name) == found


def test_a_brand_is_learned_from_branches_and_malls() -> None:
    made = brands("示例鲜生(东街店)", "示例鲜生（西街店）", "万达广场示例鲜生", "张记菜店")
    assert made.brands == {"示例鲜生": 3}
    match = made.brand_of("示例鲜生火车站店")
    assert match == BrandMatch("示例鲜生", "brand-learned", "示例鲜生", 3, "likely")
    assert match.reason == "示例鲜生 occurs at 3 places"
    assert match.say("zh") == "“示例鲜生”在 3 个地点出现"
    assert brand(made, "张记菜店") is None


def test_no_brand_is_guessed_from_one_place_or_fewer_than_the_minimum() -> None:
    assert brands("示例鲜生", "示例鲜生", "示例鲜生").brands == {}
    assert brands("示例鲜生(东街店)", "示例鲜生(西街店)").brands == {}
    assert brands("示例鲜生(东街店)", "示例鲜生(西街店)", minimum=2).brands == {"示例鲜生": 2}
    with pytest.raises(ValueError, match="one place"):
        BrandList(minimum=1)


def test_places_are_counted_by_distance_or_address() -> None:
    near = [("示例鲜生(东街店)", (102.0, 37.0 + step * 0.0003)) for step in range(3)]
    made = BrandList(generic=generic())
    made.learn(near)
    assert made.brands == {}
    made.learn([("示例鲜生", (102.0, 37.0)), ("示例鲜生", (102.1, 37.0)), ("示例鲜生", "东大街 1 号")])
    assert made.brands == {"示例鲜生": 3}
    assert brand(made, "示例鲜生") == ("示例鲜生", "possible")
    assert distinct_places([(0.0, 0.0), (0.0, 0.0005), (0.0, 0.01), "x", "x"]) == 3


@pytest.mark.parametrize(
    "stem",
    [
        "便利店",
        "理发店",
        "兰州拉面",
        "沙县小吃",
        "便民超市",
        "社区便利店",
        "凉州便利店",
        "东大街",
        "示例大学",
        "食堂",
        "123",
    ],
)
def test_generic_words_are_never_brands(stem: str) -> None:
    assert brands(*(f"{stem}({branch}店)" for branch in "甲乙丙丁"), places=("凉州",)).brands == {}


def test_the_user_may_name_what_is_never_learned() -> None:
    assert brand(BrandList({"沙县小吃": ()}, generic=generic()), "沙县小吃(东街店)") == ("沙县小吃", "certain")


def test_common_beginnings_are_only_possible() -> None:
    made = brands("示鲜国定路店", "示鲜吴江路店", "示鲜人民路店")
    assert brand(made, "示鲜中山路店") == ("示鲜", "possible")
    cut = brands(
        "示例邮政凉州区东大街支局", "示例邮政凉州区西大街支局", "示例邮政武威市北关支局", places=("凉州区", "武威市")
    )
    assert brand(cut, "示例邮政凉州区南关支局") == ("示例邮政", "likely")


def test_a_brand_with_and_without_its_kind_is_one() -> None:
    made = brands(*(f"示例鲜{kind}({place}店)" for kind in ("", "超市") for place in "甲乙丙丁"), "示例鲜超市(戊店)")
    assert brand(made, "示例鲜(己店)") == ("示例鲜超市", "likely")
    assert made.brands == {"示例鲜超市": 9}


def test_the_given_list_wins_over_what_was_learned() -> None:
    made = BrandList({"示例鲜": ("示例鲜生活",)}, generic=generic())
    made.learn([f"示例鲜生活({place}店)" for place in "甲乙丙丁"])
    assert made.brands == {"示例鲜": 4}
    assert brand(made, "示例鲜生活(戊店)") == ("示例鲜", "certain")


def matched(rule: str, places: int, confidence: str) -> BrandMatch:
    return BrandMatch("示例", rule, "示例", places, confidence)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("match", "stated", "chain", "decide"),
    [
        (None, "", "unknown", False),
        (None, "franchise", "franchise", False),
        (matched("brand-given", 1, "certain"), "", "chain", True),
        (matched("brand-given", 1, "possible"), "", "unknown", False),
        (matched("brand-learned", CHAIN_PLACES, "likely"), "", "chain", True),
        (matched("brand-learned", CHAIN_PLACES - 1, "likely"), "", "unknown", True),
        (matched("brand-prefix", 50, "possible"), "", "unknown", True),
        (matched("brand-learned", CHAIN_PLACES, "likely"), "independent", "independent", True),
        (matched("brand-learned", CHAIN_PLACES - 1, "likely"), "independent", "independent", False),
        (matched("brand-given", 3, "certain"), "unknown", "chain", True),
    ],
)
def test_chain(match: BrandMatch | None, stated: str, chain: str, decide: bool) -> None:
    result = chain_of(match, stated)
    assert (result.chain, result.decide) == (chain, decide)
    assert result.chain in load_standard().codelists["chain-kinds"].codes


NAMES = st.lists(
    st.tuples(
        st.text("甲乙丙丁店超市便利(路)街万达广场A1 ", min_size=1, max_size=8),
        st.tuples(st.sampled_from([102.0, 102.1, 102.2]), st.sampled_from([37.0, 37.1])),
    ),
    max_size=25,
)


@given(NAMES, st.randoms())
def test_the_order_of_the_names_changes_nothing(names: list[tuple[str, tuple[float, float]]], random: object) -> None:
    mixed = list(names)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    first, second = BrandList(generic=generic()), BrandList(generic=generic())
    first.learn(names)
    second.learn(mixed)
    assert first.brands == second.brands
    assert [first.brand_of(name) for name, _ in names] == [second.brand_of(name) for name, _ in names]
    assert all(count != 1 or brand in first.brands for brand, count in first.brands.items())
