"""Properties of reading: no file makes it fail but with a plain sentence, and what is written in cells comes out."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circledata.convert.model import ConversionError, SourceTable
from circledata.convert.read import Layout, read_tables

BEGINNINGS = [
    b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"PK\x05\x06", bytes.fromhex("D0CF11E0A1B11AE1"),
    b"{", b"[", b'[{"a":', b'{"pois":[', b'{"type":"FeatureCollection","features":', b"<table><tr><td>", b"<html>",
    b"sep=;\n", b"a,b\n", '名称,"地址\n'.encode("gb18030"), b"[[", b'"',
]  # fmt: skip
HAN = st.sampled_from(list("便民生活服务超市餐饮药房理发洗衣维修快递养老社区示例大街东西南北中路号店"))
WORDS = st.text(HAN, min_size=3, max_size=8)
CELLS = st.text(st.one_of(HAN, st.sampled_from(list("abc019 ,;'\"-/=+@\n·（）"))), max_size=10)


def read(data: bytes, name: str, layout: Layout | None = None, **options: bool) -> list[SourceTable]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return read_tables(path, layout, **options)


def book(rows: list[list[str]]) -> bytes:
    made = openpyxl.Workbook()
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            cell = made.worksheets[0].cell(number, place)
            cell.value, cell.data_type = text, "s"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


SOUND = book([["名称", "地址"], ["甲", "乙"]])


@settings(max_examples=300, deadline=None)
@given(
    beginning=st.sampled_from(BEGINNINGS),
    rest=st.one_of(
        st.binary(max_size=200), st.text(st.sampled_from(list('[]{}",:<>/tdrhable=\n\r\0 甲1.')), max_size=80)
    ),
    name=st.sampled_from(["a.csv", "a.json", "a.jsonl", "a.xls", "a.xlsx", "a.zip", "a"]),
)
def test_any_bytes_are_read_or_refused_plainly(beginning: bytes, rest: bytes | str, name: str) -> None:
    data = beginning + (rest.encode() if isinstance(rest, str) else rest)
    try:
        tables = read(data, name)
    except ConversionError as error:
        assert error.text.zh.endswith("。") and error.text.en.endswith(".")
        return
    for table in tables:
        assert len(set(table.header)) == len(table.header)
        for row in table.rows:
            assert row.cells.keys() <= set(table.header)
            assert row.number > table.header_row


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, len(SOUND) - 1), byte=st.integers(0, 255))
def test_a_workbook_with_one_wrong_byte(place: int, byte: int) -> None:
    data = bytearray(SOUND)
    data[place] = byte
    try:
        read(bytes(data), "a.xlsx")
    except ConversionError as error:
        assert error.text.zh.endswith("。")


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_texts_of_a_workbook_come_out_as_they_are(rows: list[list[str]]) -> None:
    header = ["名称", "地址", "备注"]
    (table,) = read(book([header, *rows]), "a.xlsx", Layout(header=(1,)))
    kept = {
        number: {name: text for name, text in zip(header, row, strict=True) if text.strip()}
        for number, row in enumerate(rows, 2)
    }
    assert {row.number: dict(row.cells) for row in table.rows} == {number: row for number, row in kept.items() if row}


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(WORDS, min_size=3, max_size=12))
def test_garbled_columns_are_repaired_fully(texts: list[str]) -> None:
    garbled = [
        "".join(
            bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in text.encode("gb18030")
        )
        for text in texts
    ]
    data = ("名称,编号\n" + "".join(f"{text},x\n" for text in garbled)).encode()
    (table,) = read(data, "a.csv", Layout(header=(1,)), repair_mojibake=True)
    assert [row.cells["名称"] for row in table.rows] == texts
    assert [(change.old, change.new) for change in table.changes] == list(zip(garbled, texts, strict=True))


def test_a_nested_archive_and_a_wrong_entry_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("../a.csv", "a,b\n1,2\n")
    with pytest.raises(ConversionError, match="no table that can be read"):
        read(stream.getvalue(), "a.zip")
