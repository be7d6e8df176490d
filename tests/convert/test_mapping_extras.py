"""What mappings of map exports and registers need: rows to ask about, names with a star, own x_ names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from source_samples import Converted, table
from source_samples import convert as convert_named

from circledata.convert.model import ConversionError

Run = Callable[[str, str], Converted]
HEAD = 'mapping: own\nversion: "1.0"\ntitle: {zh: 自己的, en: own}\n'
OUTLETS = "tables:\n  outlets:\n    fields: {name: 店名, address: 地址, status: {constant: open}}\n"
SHOP = {"店名": "示例便利店", "地址": "东大街1号", "星级": "5"}


@pytest.fixture
def convert(tmp_path: Path) -> Run:
    def run(mapping: str, content: str) -> Converted:
        file = tmp_path / "own.yaml"
        file.write_text(HEAD + mapping, encoding="utf-8")
        return convert_named(tmp_path, "网点.csv", content, None, mapping=file)

    return run


def test_rows_to_ask_about_are_converted_and_noted(convert: Run) -> None:
    ask = "ask:\n  - {decision: far-away, column: 地址, starts: [外地], blank: 电话}\n"
    rows = [SHOP, {**SHOP, "地址": "外地1号"}, {**SHOP, "地址": "外地2号", "电话": "0935-2222222"}]
    done = convert(ask + OUTLETS, table(*rows))
    assert done.decisions["far-away"] == 1
    assert ("", "外地1号", "", "far-away") in done.changes
    assert len(done.outlets) == 3


def test_a_kept_column_under_a_name_of_ones_own(convert: Run) -> None:
    done = convert(
        OUTLETS + "    keep: {x_stars: [评分, 星级], x_until: {from: [期限], read: date}}\n",
        table({**SHOP, "期限": "2030年1月2日"}),
    )
    assert (done.outlet["x_stars"], done.outlet["x_until"]) == ("5", "2030-01-02")
    assert ("x_until", "2030年1月2日", "2030-01-02", "tidied") in done.changes


def test_a_star_stands_for_the_one_column_that_fits(convert: Run) -> None:
    fields = OUTLETS.replace("店名", '"*名称"').replace("地址", "[地址名称, 地址]")
    row = {"超市名称": "示例超市", "地址名称": "东大街1号"}
    assert convert(fields, table(row)).outlet["name"] == "示例超市"


def test_a_star_that_fits_two_columns_is_none(convert: Run) -> None:
    with pytest.raises(ConversionError, match="名称"):
        convert(
            OUTLETS.replace("店名", '"*名称"'),
            table({"超市名称": "示例超市", "菜店名称": "示例菜店", "地址": "东大街1号"}),
        )


def test_an_id_that_is_taken_once(convert: Run) -> None:
    done = convert(
        OUTLETS + "    id: {keep: 编号, unique: true}\n",
        table({**SHOP, "编号": "7"}, {**SHOP, "编号": "7", "星级": "4"}),
    )
    assert done.left_out == [("3", "same-id", "")]


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        ("- {decision: odd, column: 店名, matches: '['}", "expression"),
        ("- {decision: odd, column: 店名}", "no condition"),
        ("- {decision: Odd, column: 店名, any: [x]}", "ask"),
        ("- {decisions: odd, column: 店名, any: [x]}", "decision"),
    ],
)
def test_mistakes_in_what_to_ask(convert: Run, ask: str, words: str) -> None:
    with pytest.raises(ConversionError, match=words):
        convert(f"ask:\n  {ask}\n{OUTLETS}", table(SHOP))
