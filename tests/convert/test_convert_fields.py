"""Each field of an outlet: what is read, what is made of it, and what is left empty because it is not sure."""

from __future__ import annotations

from typing import Any

import pytest


def field_of(convert: Any, cafe: dict[str, str], field: str, **tags: str) -> tuple[str, Any]:
    result = convert({**cafe, **{key.replace("__", ":"): value for key, value in tags.items()}})
    return result.outlet[field], result


def test_the_least_that_an_outlet_has(convert: Any, cafe: dict[str, str]) -> None:
    filled = {field: value for field, value in convert(cafe).outlet.items() if value}
    assert filled == {
        "outlet_id": "620602-O000001",
        "name": "示例茶馆",
        "category": "tea-coffee",
        "status": "open",
        "chain": "unknown",
        "longitude": "102.64",
        "latitude": "37.92",
        "source": "OpenStreetMap",
        "x_osm_id": "node/1",
    }


@pytest.mark.parametrize(
    ("tags", "name", "rule"),
    [
        ({"name": "示例店", "name:zh": "另一名"}, "示例店", None),
        ({"name": "Costa咖啡", "name:zh": "咖世家"}, "Costa咖啡", None),
        ({"name": "Starbucks", "name:zh": "星巴克"}, "星巴克", "name-chosen"),
        ({"name:en": "Corner Shop"}, "Corner Shop", "name-chosen"),
        ({"name": "-", "name:zh-Hans": "小店"}, "小店", "name-chosen"),
        ({"name": " 小店\u3000Ａ "}, "小店 A", "tidied"),
        ({"name": "蜜雪冰城", "branch": "景芳地铁店"}, "蜜雪冰城（景芳地铁店）", "branch-added"),
        ({"name": "蜜雪冰城景芳地铁店", "branch": "景芳地铁店"}, "蜜雪冰城景芳地铁店", None),
        ({"brand": "星巴克"}, "星巴克", "name-from-brand"),
    ],
)
def test_name(convert: Any, tags: dict[str, str], name: str, rule: str | None) -> None:
    result = convert({"amenity": "cafe", **tags})
    assert result.outlet["name"] == name
    assert [change[3] for change in result.changes if change[0] == "name"] == ([rule] if rule else [])


@pytest.mark.parametrize("tags", [{}, {"name": "无"}, {"name": "店" * 201}])
def test_without_a_name_the_feature_is_left_out(convert: Any, cafe: dict[str, str], tags: dict[str, str]) -> None:
    result = convert(cafe, {"amenity": "cafe", **tags})
    assert result.reasons == [("no-name", "amenity=cafe")]


def test_the_english_name_goes_into_the_translations(convert: Any, cafe: dict[str, str]) -> None:
    result = convert({**cafe, "name:en": "Example Tea House"}, {"amenity": "cafe", "name": "Tea", "name:en": "Tea"})
    expected = {
        "table": "outlets",
        "id": "620602-O000001",
        "field": "name",
        "language": "en",
        "text": "Example Tea House",
    }
    (translation,) = result.rows("translations.csv")
    assert {key: value for key, value in translation.items() if value} == expected


@pytest.mark.parametrize(
    ("tags", "address"),
    [
        ({"addr:full": "东大街 1 号"}, "东大街 1 号"),
        ({"addr:street": "东大街", "addr:housenumber": "6"}, "东大街6号"),
        ({"addr:street": "东大街", "addr:housenumber": "6号"}, "东大街6号"),
        ({"addr:street": "东大街", "addr:housenumber": "458 F1"}, "东大街458 F1"),
        ({"addr:street": "东大街"}, "东大街"),
        ({"addr:city": "武威市", "addr:district": "凉州区", "addr:street": "东大街"}, "武威市凉州区东大街"),
        ({"addr:province": "甘肃省武威市", "addr:city": "武威市", "addr:street": "东大街"}, "甘肃省武威市东大街"),
        ({"addr:city": "杭州", "addr:street": "市心路"}, "杭州 市心路"),
        ({"addr:city": "Wuwei", "addr:street": "东大街", "addr:housenumber": "1"}, "东大街1号"),
        ({"addr:city": "Wuwei", "addr:street": "East Street", "addr:housenumber": "1"}, "Wuwei East Street 1"),
    ],
)
def test_address(convert: Any, cafe: dict[str, str], tags: dict[str, str], address: str) -> None:
    assert convert({**cafe, **tags}).outlet["address"] == address


@pytest.mark.parametrize(
    ("tags", "kept"),
    [
        ({"addr:housenumber": "127"}, "addr:housenumber=127"),
        ({"addr:city": "武威市", "addr:housenumber": "1"}, "addr:city=武威市; addr:housenumber=1"),
    ],
)
def test_scraps_of_an_address_are_kept_aside(
    convert: Any, cafe: dict[str, str], tags: dict[str, str], kept: str
) -> None:
    result = convert({**cafe, **tags})
    assert (result.outlet["address"], result.outlet["x_address_text"]) == ("", kept)
    assert result.conversion.decisions["address-missing"] == result.conversion.decisions["incomplete"] == 1


def test_no_address_is_invented(convert: Any, cafe: dict[str, str]) -> None:
    result = convert(cafe)
    assert result.outlet["address"] == ""
    assert result.conversion.decisions["address-missing"] == 1


@pytest.mark.parametrize(
    ("field", "tags", "value"),
    [
        ("opening_hours", {"opening_hours": "8:40-19:00"}, "08:40-19:00"),
        ("opening_hours", {"opening_hours": "周二至周日9:00-21:00"}, "Tu-Su 09:00-21:00"),
        ("opened_on", {"start_date": "2018.7"}, "2018-07-01"),
        ("phone", {"phone": "+86 571 8668 9651;+86 138 0000 0000"}, "0571-86689651;13800000000"),
        ("phone", {"contact:phone": "95588"}, "95588"),
        ("operator_name", {"operator:zh": "示例商贸有限公司", "operator": "Example Ltd"}, "示例商贸有限公司"),
        ("opened_on", {"start_date": "2018-07-01"}, "2018-07-01"),
        ("opened_on", {"start_date": "2018-07"}, "2018-07-01"),
        ("verified_on", {"check_date": "2023-04-22"}, "2023-04-22"),
        ("accepts_cash", {"payment:cash": "yes"}, "true"),
        ("accessible", {"wheelchair": "no"}, "false"),
        ("mother_baby", {"changing_table": "yes"}, "true"),
        ("home_delivery", {"delivery": "only"}, "true"),
        ("mobility", {"street_vendor": "yes"}, "mobile"),
        ("services", {"parcel_pickup": "yes", "parcel_mail_in": "yes"}, "parcel"),
    ],
)
def test_field_is_read(convert: Any, cafe: dict[str, str], field: str, tags: dict[str, str], value: str) -> None:
    result = convert({**cafe, **tags})
    assert result.outlet[field] == value
    source = next(iter(tags.values()))
    assert any(change[0] == field for change in result.changes) == (value != source)


@pytest.mark.parametrize(
    ("field", "column", "text"),
    [
        ("opening_hours", "opening_hours", "看情况"),
        ("phone", "phone", "+86 0571087189777"),
        ("opened_on", "start_date", "1968"),
        ("opened_on", "start_date", "2018-02-30"),
        ("accessible", "wheelchair", "limited"),
        ("mother_baby", "changing_table", "no"),
    ],
)
def test_what_is_not_sure_is_left_empty_kept_and_listed(
    convert: Any, cafe: dict[str, str], field: str, column: str, text: str
) -> None:
    result = convert({**cafe, column: text})
    assert (result.outlet[field], result.outlet[f"x_{field}_text"]) == ("", text)
    assert (field, text, "", "unreadable") in result.changes
    assert result.summary["unread"] == [{"field": field, "text": text, "count": 1}]
    schema = result.descriptor["resources"][0]["schema"]
    assert {"name": f"x_{field}_text", "type": "string"} in schema["fields"]


def test_of_several_phones_the_readable_ones_are_taken(convert: Any, cafe: dict[str, str]) -> None:
    outlet = convert({**cafe, "phone": "0571-86689651;问店主"}).outlet
    assert (outlet["phone"], outlet["x_phone_text"]) == ("0571-86689651", "问店主")


def test_an_operator_that_may_be_a_person_is_neither_written_nor_logged(convert: Any, cafe: dict[str, str]) -> None:
    result = convert({**cafe, "operator": "张小三"})
    assert result.outlet["operator_name"] == ""
    for path in result.folder.parent.glob("package*/*"):
        assert path.is_dir() or "张小三" not in path.read_text(encoding="utf-8")
    assert result.conversion.decisions["maybe-personal"] == 1


@pytest.mark.parametrize("kind", ["amenity=vending_machine", "amenity=parcel_locker"])
def test_machines_are_vending(convert: Any, kind: str) -> None:
    key, value = kind.split("=")
    assert convert({key: value, "name": "示例柜"}).outlet["mobility"] == "vending"
