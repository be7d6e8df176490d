"""Lists of business registration. All businesses, people and numbers are invented, but for public test codes."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from source_samples import Converted, book, csv_text, table
from source_samples import convert as convert_named

Run = Callable[..., Converted]
CODE = "91110000600037341L"
"""A code with a right check digit, known from public descriptions of the standard GB 32100."""
SHOP = {
    **{
        "统一社会信用代码": CODE,
        "名称": "凉州区示例便利店",
        "字号": "示例",
        "经营场所": "武威市凉州区东大街1号",
        "行业代码": "5213",
    },
    **{"成立日期": "2020-01-02", "经营期限至": "9999-9-9", "登记状态": "存续"},
}
PEOPLE = {
    "法定代表人": "王小明",
    "联系电话": "13912345678",
    "经营者": "李大伟",
    "手机号": "13800138000",
    "身份证号": "无",
}


@pytest.fixture
def convert(tmp_path: Path) -> Run:
    def run(content: str | bytes, name: str = "名单.csv", **options: Any) -> Converted:
        return convert_named(tmp_path, name, content, options.pop("source", "registry"), **options)

    return run


def shop(**more: str) -> dict[str, str]:
    return {**SHOP, **more}


def test_a_list_becomes_a_valid_package(convert: Run) -> None:
    done = convert(table(SHOP))
    assert done.outlet == {
        "outlet_id": "620602-O000001",
        "name": "凉州区示例便利店",
        "category": "convenience-store",
        "address": "武威市凉州区东大街1号",
        "status": "open",
        "operator_name": "凉州区示例便利店",
        "operator_uscc": CODE,
        "division_code": "620602",
        "opened_on": "2020-01-02",
        "source": "市场主体登记",
        "x_trade_name": "示例",
        "x_industry": "5213",
    }
    assert done.errors == []
    assert done.decisions["no-coordinates"] == 1
    assert ("x_term_until", "9999-9-9", "", "no-date") in done.changes


def test_columns_in_any_order_below_a_title_in_gbk(convert: Run) -> None:
    header = list(SHOP)
    random.Random(7).shuffle(header)
    rows = [["凉州区市场主体名单"], ["数据来源：示例", "2024年12月"], header, [SHOP[name] for name in header]]
    done = convert(csv_text(rows).encode("gb18030"), source=None)
    assert (done.outlet["name"], done.outlet["operator_uscc"]) == ("凉州区示例便利店", CODE)
    assert done.errors == []


def test_a_workbook_with_a_title(convert: Run) -> None:
    rows = [["凉州区市场主体名单"], [], list(SHOP), [*list(SHOP.values())[:5], 43832, *list(SHOP.values())[6:]]]
    assert convert(book(rows), "名单.xlsx", source=None).outlet["opened_on"] == "2020-01-02"


@pytest.mark.parametrize(
    "code", [CODE.lower(), f" {CODE[:8]} {CODE[8:]} ", "９１１１００００６００037341Ｌ", f"'{CODE}"]
)
def test_credit_codes_in_any_writing(convert: Run, code: str) -> None:
    assert convert(table(shop(统一社会信用代码=code))).outlet["operator_uscc"] == CODE


def test_a_wrong_credit_code_is_not_taken(convert: Run) -> None:
    done = convert(table(shop(统一社会信用代码="91110000600037341N")))
    assert done.outlet["x_operator_uscc_text"] == "91110000600037341N"
    assert "operator_uscc" not in done.outlet
    assert done.decisions["uscc-invalid"] == 1


@pytest.mark.parametrize("code", ["5213", "F5213", "f5213", "F-5213", "5213.0", "便利店零售", "5213 便利店零售"])
def test_industry_codes_with_and_without_the_section(convert: Run, code: str) -> None:
    done = convert(table(shop(行业代码=code, 名称="凉州区示例商行")))
    assert done.outlet["category"] == "convenience-store"


def test_section_and_division_in_columns_of_their_own(convert: Run) -> None:
    row = {"行业门类": "F", "行业大类": "52", **{key: text for key, text in SHOP.items() if key != "行业代码"}}
    assert convert(table(row)).outlet["category"] == "convenience-store"  # by the name: two digits are no class


def test_an_unsure_category_stays_empty_with_its_text(convert: Run) -> None:
    done = convert(table(SHOP, shop(名称="武威示例咨询有限公司", 行业代码="L7249", 统一社会信用代码="")))
    second = done.outlets[1]
    assert "category" not in second
    assert (second["x_category_text"], second["x_industry"]) == ("L7249", "L7249")
    assert done.decisions["category-unsure"] == 1


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("存续", "open"),
        ("存续（在营、开业、在册）", "open"),
        ("在营(开业)企业", "open"),
        ("开业", "open"),
        ("歇业", "suspended"),
        ("筹建", "planned"),
    ],
)
def test_states_of_registration(convert: Run, written: str, status: str) -> None:
    assert convert(table(shop(登记状态=written))).outlet["status"] == status


def test_struck_off_with_its_day_is_closed(convert: Run) -> None:
    done = convert(table(shop(登记状态="注销", 注销日期="2023年5月6日")))
    assert (done.outlet["status"], done.outlet["closed_on"]) == ("closed", "2023-05-06")
    assert done.errors == []


@pytest.mark.parametrize("written", ["注销", "吊销", "吊销，未注销", "已注销"])
@pytest.mark.parametrize("day", ["", "-", "无"])
def test_struck_off_without_a_day_is_left_out(convert: Run, written: str, day: str) -> None:
    done = convert(table(SHOP, shop(名称="凉州区示例面馆", 登记状态=written, 注销日期=day)))
    assert [(row, reason) for row, reason, _ in done.left_out] == [("3", "closed")]
    assert done.decisions["closed"] == 1


def test_moved_away_is_left_out(convert: Run) -> None:
    assert convert(table(SHOP, shop(登记状态="迁出", 名称="凉州区示例面馆"))).left_out == [("3", "moved-away", "迁出")]


def test_a_state_that_nobody_knows(convert: Run) -> None:
    done = convert(table(shop(登记状态="待核")))
    assert (done.outlet["status"], done.outlet["x_status_text"]) == ("open", "待核")
    assert done.decisions["default:outlets.status"] == 1
    assert done.errors == []


def test_people_and_their_numbers_never_pass(convert: Run) -> None:
    done = convert(table({**SHOP, **PEOPLE}))
    for text in ("王小明", "李大伟", "13912345678", "13800138000"):
        assert text not in done.everything
    assert {code for code in done.decisions if code.startswith("personal-column:")} == {
        f"personal-column:{column}" for column in PEOPLE
    }
    assert "phone" not in done.outlet


def test_people_do_not_pass_into_an_exchange_package_either(convert: Run) -> None:
    done = convert(table({**SHOP, **PEOPLE}), profile="exchange")
    assert not any(text in done.everything for text in ("王小明", "13912345678"))


@pytest.mark.parametrize("name", ["李大伟", "李大伟（个体工商户）", "欧阳小明", "阿依古丽·买买提", "李*伟"])
def test_a_business_under_the_name_of_a_person(convert: Run, name: str) -> None:
    owner = shop(统一社会信用代码="", 名称=name, 行业代码="6210")
    done = convert(
        table(
            {**owner, "字号": "大碗面馆"}, {**owner, "字号": "无字号"}, {**owner, "字号": name, "经营场所": "东大街2号"}
        )
    )
    assert (done.outlet["name"], done.outlet["x_trade_name"]) == ("大碗面馆", "大碗面馆")
    assert "operator_name" not in done.outlet
    assert done.left_out == [("3", "personal-name", ""), ("4", "personal-name", "")]
    assert done.decisions["personal-name"] == 2
    assert name not in done.everything and name[:2] not in done.everything


@pytest.mark.parametrize("name", ["张记", "马家店", "老百姓大药房", "李大伟面馆", "王府井超市", "鲜丰水果"])
def test_names_of_businesses_are_no_people(convert: Run, name: str) -> None:
    assert convert(table(shop(名称=name))).outlet["name"] == name


def test_the_legal_form_of_an_individual_business_is_no_part_of_its_sign(convert: Run) -> None:
    done = convert(table(shop(名称="凉州区示例便利店（个体工商户）")))
    assert (done.outlet["name"], done.outlet["operator_name"]) == ("凉州区示例便利店", "凉州区示例便利店（个体工商户）")
    assert ("name", "凉州区示例便利店（个体工商户）", "凉州区示例便利店", "form-dropped") in done.changes


def test_the_sign_comes_before_the_registered_name(convert: Run) -> None:
    done = convert(table(shop(招牌名称="示例便利店（东街店）")))
    assert (done.outlet["name"], done.outlet["operator_name"]) == ("示例便利店（东街店）", "凉州区示例便利店")


@pytest.mark.parametrize(
    "address", ["东大街1号（集群注册）", "东大街1号商务秘书企业托管A-001", "东大街1号住所托管0012"]
)
def test_hosted_addresses_are_asked_about(convert: Run, address: str) -> None:
    done = convert(table(shop(经营场所=address)))
    assert done.decisions["address-hosted"] == 1
    assert ("", address, "", "address-hosted") in done.changes
    assert done.outlet["address"] == address


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020/1/2", "2020-01-02"),
        ("20200102", "2020-01-02"),
        ("2020年1月2日", "2020-01-02"),
        ("9999-12-31", ""),
        ("无", ""),
    ],
)
def test_days_of_founding(convert: Run, written: str, day: str) -> None:
    assert convert(table(shop(成立日期=written))).outlet.get("opened_on", "") == day


def test_the_same_trade_name_makes_no_chain(convert: Run) -> None:
    rows = [
        shop(名称=f"凉州区示例便利店{number}部", 经营场所=f"东大街{number}号", 统一社会信用代码="")
        for number in range(1, 13)
    ]
    assert not any("chain" in outlet or "brand" in outlet for outlet in convert(table(*rows)).outlets)


def test_totals_and_repeated_rows(convert: Run) -> None:
    header, row = list(SHOP), list(SHOP.values())
    rows = [header, row, row, header, ["合计", "2", *[""] * (len(header) - 2)]]
    assert convert(csv_text(rows)).left_out == [("3", "duplicate", ""), ("4", "header-again", ""), ("5", "total", "")]
