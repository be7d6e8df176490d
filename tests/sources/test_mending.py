"""Harmless changes: the examples of mending.yaml, and what must hold for every text."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circledata.sources.mending import CellMender, Mended, changes
from circledata.standard import Standard, load_standard
from circledata.standard.generate import read_yaml
from circledata.standard.locate import spec_root
from circledata.standard.model import Field
from circledata.values.dates import read_date

STANDARD = load_standard()
MENDING = read_yaml(spec_root() / "1.0" / "mending.yaml")
FIELDS = [field for table in STANDARD.tables.values() for field in table.fields]
RIGHT = {
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "integer": "-?[0-9]+",
    "number": r"-?[0-9]+(\.[0-9]+)?",
    "boolean": "true|false",
}


def field_of(name: str, standard: Standard = STANDARD) -> Field:
    table, _, field = name.partition(".")
    return standard.tables[table].by_name[field]


def mended(example: dict[str, Any]) -> Mended | None:
    field = field_of(example["field"])
    mender = CellMender(
        field, STANDARD, header=example.get("header", field.title.zh), base1904=example.get("base1904", False)
    )
    return mender.mend(example["in"], number=example.get("number", False))


def examples(kind: str) -> list[Any]:
    return [
        pytest.param(change["key"], example, id=f"{change['key']}: {example['field']} {example['in']!r}")
        for change in MENDING["changes"]
        for example in change.get(kind, ())
    ]


@pytest.mark.parametrize(("key", "example"), examples("examples"))
def test_example(key: str, example: dict[str, Any]) -> None:
    assert mended(example) == Mended(example["out"], key)
    assert field_of(example["field"]).type in STANDARD.changes[key].types


@pytest.mark.parametrize(("key", "example"), examples("left"))
def test_what_looks_alike_is_left(key: str, example: dict[str, Any]) -> None:
    assert mended(example) is None


def test_every_change_of_a_cell_has_examples_and_both_languages() -> None:
    for raw in MENDING["changes"]:
        assert raw["examples"] or raw["key"] == "merged", raw["key"]
    for key, text in changes(STANDARD).items():
        assert re.search("[\u4e00-\u9fff]", text.zh), key
        assert text.en, key
        assert not re.search("[\u4e00-\u9fff]", text.en), key
    assert [*changes(STANDARD)] == [raw["key"] for raw in (*MENDING["changes"], *MENDING["files"])]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_the_example_of_every_field_is_right(field: Field) -> None:
    assert CellMender(field, STANDARD, header=field.title.zh).mend(field.example) is None
    assert CellMender(field, STANDARD, header=field.title.zh).mend("") is None


def test_every_title_of_a_code_means_the_code() -> None:
    for field in FIELDS:
        for code in STANDARD.codelists[field.codelist].codes.values() if field.codelist else ():
            mender = CellMender(field, STANDARD)
            for text in (code.title.zh, code.title.en, f"{code.code} {code.title.zh}", code.code.upper()):
                found = mender.mend(text)
                assert (found.text if found else text) == code.code, (field.name, text)


def test_a_title_of_two_codes_names_none(tmp_path: Path) -> None:
    (tmp_path / "twice.csv").write_text("code,zh,en\na,甲,A\nb,甲,Beta\n", encoding="utf-8")
    codelist = replace(STANDARD.codelists["grades"], name="twice", path=tmp_path / "twice.csv")
    standard = replace(STANDARD, codelists={**STANDARD.codelists, "twice": codelist})
    field = replace(field_of("circles.grade"), codelist="twice")
    assert CellMender(field, standard).mend("甲") is None
    assert CellMender(field, standard).mend("beta") == Mended("b", "code-title")
    assert CellMender(field, standard).mend("A") == Mended("a", "code-title")


def test_the_unit_of_the_head() -> None:
    yuan = field_of("circles.total_investment_yuan")
    assert CellMender(yuan, STANDARD, header="总投资（万元）").unit == "万元"
    assert CellMender(yuan, STANDARD, header="总投资（元）").unit is None
    assert CellMender(yuan, STANDARD, header="总投资").unit is None
    assert CellMender(yuan, STANDARD, header="总投资（亩）").unit is None
    assert CellMender(field_of("circles.area_m2"), STANDARD, header="面积(亩)").unit == "亩"
    assert CellMender(field_of("outlets.name"), STANDARD, header="名称（万元）").unit is None
    assert CellMender(None, STANDARD, header="x_金额（万元）").unit is None


PIECES = st.sampled_from(
    [
        *"0123456789.,-+/%：:;；、，（）() \u3000\u200b\ufeff\n\t'年月日万元亩平方米人个约是否有无营业open℃１２ＡａX",
        *(
            "2026",
            "平方米",
            "万元",
            "便利店",
            "open 营业",
            "620602-C001",
            "12:30",
            "00:00:00",
            "百分之",
            "\x00",
            "\x92",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=12).map("".join))
HEADERS = {
    "yuan": ["（万元）", "(亿元)", "/元"],
    "m2": ["（亩）", "（公顷）"],
    "share": ["（%）"],
    "people": ["（万人）"],
}
COLUMNS = [(field, "") for field in FIELDS] + [
    (field, field.title.zh.partition("（")[0] + unit) for field in FIELDS for unit in HEADERS.get(field.unit or "", ())
]


@settings(max_examples=600, deadline=None)
@given(column=st.sampled_from(COLUMNS), text=TEXTS, number=st.booleans(), base=st.booleans())
def test_mending_twice_changes_nothing_more(column: tuple[Field, str], text: str, number: bool, base: bool) -> None:
    field, header = column
    found = CellMender(field, STANDARD, header=header or field.title.zh, base1904=base).mend(text, number=number)
    if found is None:
        return
    assert found.text != text
    assert found.change in STANDARD.changes
    assert field.type in STANDARD.changes[found.change].types
    again = CellMender(field, STANDARD, header=field.title.zh, base1904=base)
    assert again.mend(found.text) is None
    assert again.mend(found.text, number=True) is None
    if field.type in RIGHT and found.text:
        assert re.fullmatch(RIGHT[field.type], found.text, re.ASCII)
    if field.pattern and found.text:
        assert re.fullmatch(field.pattern, found.text)


@settings(max_examples=300, deadline=None)
@given(
    field=st.sampled_from([field for field in FIELDS if field.type in RIGHT]), text=st.text("0123456789.-", max_size=12)
)
def test_what_has_the_type_already_stays(field: Field, text: str) -> None:
    if re.fullmatch(RIGHT[field.type], text, re.ASCII):
        assert CellMender(field, STANDARD, header=field.title.zh).mend(text) is None


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=40))
def test_free_text_keeps_every_visible_character(text: str) -> None:
    found = CellMender(field_of("outlets.name"), STANDARD).mend(text)
    if found is None:
        return
    wide = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)}
    gone = re.compile("[\\s\u0000-\u001f\u007f\u200b\ufeff]")
    assert gone.sub("", found.text.translate(wide)) == gone.sub("", text.translate(wide))


@settings(max_examples=200, deadline=None)
@given(day=st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_in_every_form(day: date) -> None:
    mender = CellMender(field_of("outlets.opened_on"), STANDARD)
    forms = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month:02d}.{day.day:02d}",
        f"{day:%Y%m%d}",
        f"{day.isoformat()} 00:00:00",
        str(day.toordinal() - 693594),
    ]
    for form in forms:
        reading = read_date(form)
        assert reading is not None
        found = mender.mend(form)
        # Days that stand for “unknown”, such as 1999-12-31, are left to a person.
        assert (found is None) if reading.kind == "none" else (found is not None and found.text == day.isoformat())


@settings(max_examples=200, deadline=None)
@given(value=st.decimals(min_value=0, max_value=10**9, places=4), unit=st.sampled_from([("万元", 4), ("亿元", 8)]))
def test_units_of_money_are_exact(value: Decimal, unit: tuple[str, int]) -> None:
    mender = CellMender(field_of("circles.total_investment_yuan"), STANDARD, header=f"总投资（{unit[0]}）")
    found = mender.mend(str(value))
    assert Decimal(found.text if found else str(value)) == value.scaleb(unit[1])


def test_a_column_that_is_right_costs_next_to_nothing() -> None:
    columns = {
        "outlets.outlet_id": [f"620602-O{number:06d}" for number in range(20_000)],
        "outlets.name": [f"惠民便利店凉州{number}号店" for number in range(20_000)],
        "outlets.status": ["open"] * 20_000,
        "outlets.opened_on": [f"20{number % 20:02d}-03-{number % 28 + 1:02d}" for number in range(20_000)],
        "outlets.longitude": [f"102.{number:06d}" for number in range(20_000)],
    }
    menders = {name: CellMender(field_of(name), STANDARD).mend for name in columns}
    start = time.process_time()
    for name, cells in columns.items():
        mend = menders[name]
        assert not any(mend(cell) for cell in cells)
    # Three million cells in a second, with room for a slow machine.
    assert time.process_time() - start < 0.5
