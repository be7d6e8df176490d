"""Divisions in addresses, house numbers, repeated heads."""

from __future__ import annotations

import csv
import time
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata.standard import load_standard
from circledata.values.addresses import AddressParts, DivisionFinder, house_number, split_address, strip_repeated
from circledata.values.divisions import shortened


@lru_cache(maxsize=1)
def lists() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    standard = load_standard()

    def rows(name: str) -> list[dict[str, str]]:
        with standard.codelists[name].path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    return rows("divisions"), rows("townships")


@lru_cache(maxsize=1)
def finder() -> DivisionFinder:
    return DivisionFinder(*lists())


@pytest.mark.parametrize(
    ("address", "within", "code", "township"),
    [
        ("浙江省杭州市西湖区文三路90号东部软件园", None, "330106", ""),
        ("浙江省 杭州市 西湖区 文三路", None, "330106", ""),
        ("310000 浙江省杭州市西湖区文三路", None, "330106", ""),
        ("中国浙江杭州拱墅区", None, "330105", ""),
        ("杭州市西湖区翠苑街道文一路", None, "330106", "330106005"),
        ("杭州市西湖区翠苑街道办事处", None, "330106", "330106005"),
        ("翠苑街道文一路", "330106", "330106", "330106005"),
        ("翠苑街道文一路", "330100", "330106", "330106005"),
        ("西湖区文三路", "330100", "330106", ""),
        ("西湖区文三路", "330106005", "330106", ""),
        ("西湖区翠苑街道文三路", None, "330106", "330106005"),
        ("凉州区东大街", None, "620602", ""),
        ("江苏省徐州市鼓楼区中山北路", "320106", "320302", ""),
        ("浙江省杭州市浙江省杭州市西湖区文三路1号", None, "330106", ""),
        ("杭州市西湖区杭州市西湖区文三路", None, "330106", ""),
        ("上海市黄浦区南京东路1号", None, "310101", ""),
        ("上海上海市浦东新区", None, "310115", ""),
        ("北京市北京市朝阳区", None, "110105", ""),
        ("北京市市辖区东城区", None, "110101", ""),
        ("重庆市县城口县", None, "500229", ""),
        ("湖北省省直辖县级行政区划仙桃市干河街道", None, "429004", "429004002"),
        ("湖北省仙桃市", None, "429004", ""),
        ("广东省东莞市南城街道", None, "441900", "441900004"),
        ("嘉峪关市新华街道", None, "620201", ""),
        ("吉林市昌邑区", None, "220202", ""),
        ("恩施州恩施市", None, "422801", ""),
        ("积石山县", None, "622927", ""),
        ("甘肃临夏积石山保安族东乡族撒拉族自治县", None, "622927", ""),
        ("河北省唐山市路南区新华道", None, "130202", ""),
        ("浙江省台州市路桥区路北街道", None, "331004", "331004003"),
        ("杭州市下城区朝晖街道朝晖路", None, "330105", "330105016"),
    ],
)
def test_clear(address: str, within: str | None, code: str, township: str) -> None:
    found = finder().find(address, within)
    assert [(match.code, match.certain) for match in found] == [(code, True)]
    assert not township or found[0].township == township


@pytest.mark.parametrize(
    ("address", "within", "codes"),
    [
        ("鼓楼区中山路1号", None, ["320106", "320302", "350102", "410204"]),
        ("鼓楼区中山路1号", "330100", ["320106", "320302", "350102", "410204"]),
        ("西湖区文三路", None, ["330106", "360103"]),
        ("杭州市江干区", None, ["330102", "330114"]),
        ("杭州市下城区朝晖路", None, ["330105"]),
        ("浙江省萧山市", None, ["330109"]),
        ("杭州西湖文三路1号", None, ["330106"]),
        ("杭州西湖大道1号", None, ["330100"]),
        ("北京同仁堂", None, ["110000"]),
        ("湖北恩施", None, ["422800", "422801"]),
        ("杭州市余杭区临平街道", None, ["330110", "330113"]),
        ("浙江省武汉市", None, ["330000"]),
        ("某某大厦(浙江省杭州市西湖区文三路)", None, ["330106"]),
    ],
)
def test_not_certain(address: str, within: str | None, codes: list[str]) -> None:
    found = finder().find(address, within)
    assert [match.code for match in found] == codes
    assert not any(match.certain for match in found)


@pytest.mark.parametrize(
    "address", ["", "文三路90号", "上海路12号", "南京西路1号", "朝阳市场3号", "翠苑街道文一路", "-", "東大街"]
)
def test_no_division(address: str) -> None:
    assert finder().find(address) == []


def test_a_former_name_tells_what_was_named() -> None:
    assert [(match.former, match.name) for match in finder().find("杭州市下城区朝晖路")] == [("330103", "拱墅区")]


def test_every_county_in_use_is_found_by_its_full_path() -> None:
    divisions = {row["code"]: row for row in lists()[0]}
    wrong = []
    for row in divisions.values():
        if row["level"] == "county" and not row["valid_to"]:
            above, path = row["parent"], row["zh"]
            while above:
                name = divisions[above]["zh"]
                path = path if name in {"市辖区", "直辖县", "县"} else name + path
                above = divisions[above]["parent"]
            found = finder().find(f"{path}1号")
            if [match.code for match in found] != [row["code"]] or not found[0].certain:
                wrong.append(path)
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("凉州区", "凉州"),
        ("恩施土家族苗族自治州", "恩施"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("新疆维吾尔自治区", "新疆"),
        ("西藏自治区", "西藏"),
        ("内蒙古自治区", "内蒙古"),
        ("巴音郭楞蒙古自治州", "巴音郭楞"),
        ("龙胜各族自治县", "龙胜"),
        ("香港特别行政区", "香港"),
        ("喀什地区", "喀什"),
        ("寿县", ""),
    ],
)
def test_shortened_names(name: str, short: str) -> None:
    assert shortened(name) == short


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("文三路90号东部软件园", "90号"),
        ("文三路12-3号", "12-3号"),
        ("文三路12号-3", "12号-3"),
        ("甲12号", "甲12号"),
        ("建国路93号院3号楼2单元501室", "93号"),
        ("88弄5号", "88弄5号"),
        ("12号附3号", "12号附3号"),
        ("十二号", "十二号"),
        ("文三路12号门店", "12号"),
        ("文三路12号商铺", "12号"),
        ("中山路１２Ａ号", "12A号"),
        ("东方3号楼文三路5号", "5号"),
        ("12号之2", "12号之2"),
        ("3号线地铁站", None),
        ("5号楼", None),
        ("1号门", None),
        ("2号店", None),
        ("文三路", None),
        ("", None),
        ("12", None),
    ],
)
def test_house_numbers(address: str, number: str | None) -> None:
    assert house_number(address) == number


@pytest.mark.parametrize(
    ("address", "once"),
    [
        ("浙江省杭州市浙江省杭州市西湖区文三路1号", "浙江省杭州市西湖区文三路1号"),
        ("浙江省杭州市西湖区杭州市西湖区文三路", "浙江省杭州市西湖区文三路"),
        ("杭州市西湖区浙江省杭州市西湖区文三路", "浙江省杭州市西湖区文三路"),
        ("北京市北京市朝阳区", "北京市朝阳区"),
        ("吉林省吉林市", "吉林省吉林市"),
        ("朝阳市朝阳县", "朝阳市朝阳县"),
        ("文三路1号", "文三路1号"),
        ("", ""),
    ],
)
def test_repeated_heads(address: str, once: str) -> None:
    assert strip_repeated(address) == once


def test_split() -> None:
    address = "浙江省杭州市西湖区翠苑街道文三路90号东部软件园1楼"
    assert finder().split(address) == AddressParts("浙江省杭州市西湖区翠苑街道", "文三路", "90号", "东部软件园1楼")
    assert split_address(address, finder()) == finder().split(address)
    assert split_address("文三路90号") == AddressParts("", "文三路", "90号", "")
    assert split_address("东部软件园") == AddressParts("", "", "", "东部软件园")


@given(
    st.one_of(
        st.text(max_size=40), st.text(alphabet="浙江省杭州市西湖区街道路号0123456789 北京朝阳县自治", max_size=30)
    ),
    st.sampled_from([None, "", "330106", "33", "x"]),
)
def test_never_raises(text: str, within: str | None) -> None:
    found = finder().find(text, within)
    assert len(found) == 1 or not any(match.certain for match in found)
    parts = finder().split(text, within)
    assert isinstance(parts, AddressParts)
    strip_repeated(text)


def test_long_hostile_texts_take_no_time() -> None:
    began = time.process_time()
    for text in ("1" * 20_000, "1-" * 10_000, "市" * 20_000, "杭州市" * 6_000, "号" * 20_000, "路1" * 10_000):
        finder().find(text)
        house_number(text)
        strip_repeated(text)
    assert time.process_time() - began < 3
