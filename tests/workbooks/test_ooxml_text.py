"""Whatever text goes in, the XML stays well-formed and the text comes out again."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import openpyxl
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ooxml_books import by_hand, check_well_formed, sheet

from circledata.workbooks.ooxml import BookEdit, Item, Line, Listing
from circledata.workbooks.ooxml.book import sheet_name
from circledata.workbooks.ooxml.tags import clean, unescape

NASTY = st.text(st.one_of(st.characters(), st.sampled_from("<>&\"'\0\x0b\r\n\t\ufffe\ud800]_x0041;#")), max_size=40)


@cache
def base() -> Path:
    folder = Path(mkdtemp(prefix="circledata-test-"))
    return by_hand(folder / "a.xlsx", sheet('<row r="1"><c r="A1"><v>1</v></c></row>'))


@settings(max_examples=60, deadline=None)
@given(text=NASTY)
@example(text=']]>&amp;<c r="A1"/>')
@example(text="_x000D_ _x0041_")
@example(text=" \n 两端有空格 \n ")
@example(text="=1+1")
def test_any_text_comes_out_again(text: str) -> None:
    stream = io.BytesIO()
    with BookEdit(base()) as book:
        book.set_text("表", 2, 2, text)
        book.note("表", 3, 1, text)
        name = book.add_first_sheet(
            text, Listing([9], [Line([Item(text, "head")]), Line([Item(text, "link", "'a'!A1")])], 1)
        )
        book.save(stream)
    target = base().with_name("b.xlsx")
    target.write_bytes(stream.getvalue())
    check_well_formed(target)
    found = openpyxl.load_workbook(target)
    # openpyxl leaves the escape of an escape in the text; Excel takes it away.
    written = found["表"]["B2"].value or ""
    assert str(written).replace("_x005F_", "_") == clean(text).replace("_x005F_", "_")
    assert found.sheetnames == [name, "表"]
    comment = found["表"]["A3"].comment
    assert comment is not None and comment.text.startswith("【circledata】")


@given(name=NASTY, taken=st.lists(st.sampled_from(["问题清单", "a", "A (2)"])))
def test_a_sheet_name_is_always_allowed(name: str, taken: list[str]) -> None:
    found = sheet_name(name, taken)
    assert 1 <= len(found) <= 31
    assert not set(found) & set("[]:*?/\\")
    assert not found.startswith("'") and not found.endswith("'")
    assert found.casefold() not in {item.casefold() for item in taken}


def test_references_are_resolved_once() -> None:
    assert unescape("&amp;lt; &#38;lt; &#x4e2d; &quot;&apos;&lt;") == "&lt; &lt; 中 \"'<"
