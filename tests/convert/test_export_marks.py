"""Cells that a spreadsheet would compute are marked in CSV, and every text comes back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata import validate
from circledata.convert.output.safe_csv import read_rows, write_rows
from circledata.standard import load_standard
from circledata.standard.code_titles import titles_of, with_titles, without_titles
from circledata.values.formula_marks import is_formula_like, mark, unmark

SIGNS = st.text("'=+-@\t\r＝＋－＠0123456789. aA网\n", max_size=8)


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "+86-10-1", "-"]
)
def test_what_would_be_computed_is_marked(text: str) -> None:
    assert mark(text) == "'" + text
    assert unmark(mark(text)) == text


@pytest.mark.parametrize("text", ["-12.5", "+8610", "-0", "", "a=b", "'", "'a", " =1", "网点", "12.50"])
def test_what_is_harmless_stays(text: str) -> None:
    assert mark(text) == text
    assert unmark(text) == text


@given(SIGNS)
def test_every_text_comes_back(text: str) -> None:
    assert unmark(mark(text)) == text
    assert not is_formula_like(mark(text)) or mark(text).startswith("'")


@given(st.lists(st.lists(SIGNS, min_size=2, max_size=3), max_size=3))
def test_rows_come_back(rows: list[list[str]]) -> None:
    stream = io.StringIO(newline="")
    write_rows(stream, rows)
    stream.seek(0)
    assert list(read_rows(stream)) == rows


def test_validate_reads_the_text_behind_the_mark(tmp_path: Path) -> None:
    head = "outlet_id,name,category,status,address,phone\n"
    rows = "620602-O1,'=1+1,repair,open,东大街1号,'+86-10-123456\n620602-O2,'quoted',repair,open,东大街2号,\n"
    (tmp_path / "outlets.csv").write_text(head + rows, encoding="utf-8")
    findings = list(validate(tmp_path / "outlets.csv", table="outlets").findings)
    assert [(item.rule, item.value) for item in findings if item.column == "name"] == [("CD228", "=1+1")]
    assert not [item for item in findings if item.column == "phone"]


STANDARD = load_standard()
FIELDS = [item for table in STANDARD.tables.values() for item in table.fields if item.codelist]


@given(st.data())
def test_titles_behind_codes_are_taken_away_again(data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(FIELDS))
    titles = titles_of(item, STANDARD)
    assert titles is not None
    codes = STANDARD.codelists[item.codelist or ""].codes
    word = st.sampled_from(
        [part for c in codes.values() for part in (c.code, f" {c.title.zh}", f" {c.title.en}", ";", "x")]
    )
    text = "".join(data.draw(st.lists(word, max_size=4)))
    for lang in ("zh", "en"):
        assert without_titles(with_titles(text, item, titles, lang), item, titles) == text  # type: ignore[arg-type]


def test_a_code_has_its_title_behind_it() -> None:
    status = STANDARD.tables["outlets"].by_name["status"]
    titles = titles_of(status, STANDARD)
    assert titles is not None
    assert with_titles("open", status, titles, "zh") == "open 营业"
    assert without_titles("open Open", status, titles) == "open"
    assert without_titles("open 关闭", status, titles) == "open 关闭"
