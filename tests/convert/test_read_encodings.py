"""Encodings: whatever a table of Chinese text is written in, it reads back equal; what is no text is refused."""

from __future__ import annotations

import codecs
import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circledata.convert.model import ConversionError, SourceTable
from circledata.convert.read import Layout, read_tables

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
COMMON = st.sampled_from(
    list("的一上不中国人大小店路街号区市县镇村社便民生活服务超市餐饮药房理发洗衣维修快递、（）－·，。")
)
CELL = st.text(st.one_of(COMMON, HAN, st.sampled_from(list("0123456789abcXYZ ,;|\"'\n-"))), max_size=12)
ROWS = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8)
WRITTEN = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16-le with mark": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16-be with mark": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "gbk": lambda text: text.encode("gbk"),
    "gb18030": lambda text: text.encode("gb18030"),
}
HEADER = ["名称", "地址", "上级单位"]


def read(data: bytes, layout: Layout | None = None, name: str = "表.csv") -> SourceTable:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        (table,) = read_tables(path, layout)
    return table


def written(rows: list[list[str]], end: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator=end).writerows([HEADER, *rows])
    return stream.getvalue()


@pytest.mark.parametrize("encoding", WRITTEN)
@settings(max_examples=60, deadline=None)
@given(rows=ROWS, end=st.sampled_from(["\n", "\r\n"]))
def test_any_chinese_table_reads_back_equal(encoding: str, rows: list[list[str]], end: str) -> None:
    text = written(rows, end)
    table = read(WRITTEN[encoding](text), Layout(header=(1,), delimiter=","))
    kept = [{name: cell for name, cell in zip(HEADER, row, strict=True) if cell.strip()} for row in rows]
    assert [dict(row.cells) for row in table.rows] == [row for row in kept if row]


@pytest.mark.parametrize("encoding", WRITTEN)
def test_a_short_table_without_any_hint(encoding: str) -> None:
    table = read(WRITTEN[encoding]("名称,地址\r\n一上不,一上不\r\n"))
    assert [dict(row.cells) for row in table.rows] == [{"名称": "一上不", "地址": "一上不"}]
    plain = encoding.partition(" ")[0].removesuffix("-le").removesuffix("-be")
    assert table.file.encoding == {"gbk": "gb18030"}.get(plain, plain)


def test_gbk_that_by_chance_is_half_good_utf8() -> None:
    # 也 is D2 B2 in GBK, which is a letter in UTF-8 too; the headers are not.
    table = read("名称,地址,上级单位\n,也蓧,也蓧\n,也蓧,也蓧\n".encode("gbk"), Layout(header=(1,)))
    assert table.file.encoding == "gb18030"
    assert table.rows[0].cells["地址"] == "也蓧"


def test_characters_of_the_table_of_2022() -> None:
    table = read("名称,地址\n甲,".encode("gb18030") + bytes.fromhex("A8BCA6D9FE51") + "乙\n".encode("gb18030"))
    assert table.rows[0].cells["地址"] == "\u1e3f\ufe10\U00020087乙"
    assert ("encoding", {"encoding": "GB18030"}) in table.notes


def test_big5_is_suspected_and_refused() -> None:
    data = "名稱,地址,電話,備註\n範例商店,臺北市中正區,二三一,這裡是繁體中文的說明文字\n".encode("big5") * 3
    with pytest.raises(ConversionError) as caught:
        read(data)
    assert "Big5" in caught.value.text.zh
    assert "UTF-8" in caught.value.text.zh


def test_big5_is_read_when_it_is_declared() -> None:
    assert read("名稱,地址\n範例商店,臺北\n".encode("big5"), Layout(encoding="big5")).header == ("名稱", "地址")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("名称,地址\n甲,乙\n".encode() * 100 + b"a,\xff\xfe\n", "byte 2202 .* line 201"),
        ("名称,地址\n甲店,乙路\n".encode("gb18030") * 100 + b"a,\xff\n", "GB18030 text: byte 2002 .* line 201"),
        (b"name,amenity\n\xff\xff\xff,cafe\n", "line 2"),
        (codecs.BOM_UTF16_LE + "名称\n甲".encode("utf-16-le") + b"\x00\xd8\n\x00", "UTF-16LE text"),
    ],
)
def test_a_bad_byte_is_named_with_offset_and_line(data: bytes, words: str) -> None:
    with pytest.raises(ConversionError, match=words) as caught:
        read(data)
    assert "请另存为" in caught.value.text.zh


def test_a_wrong_or_unknown_declaration_is_refused() -> None:
    data = "名称,地址\n示例便民商店,某某路一号\n".encode("gb18030")
    with pytest.raises(ConversionError, match="seemingly in GB18030"):
        read(data, Layout(encoding="utf-8"))
    with pytest.raises(ConversionError, match="no encoding klingon"):
        read(data, Layout(encoding="klingon"))
    assert read(data, Layout(encoding="GBK")).header == ("名称", "地址")
