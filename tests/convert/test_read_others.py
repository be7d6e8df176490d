"""Archives, web pages, garbled columns, and files that are no table: each with its own plain sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from circledata.convert.model import ConversionError, SourceTable
from circledata.convert.read import NOTES, REFUSALS, Layout, read_tables
from circledata.sources.model import Limits

CSV = "名称,地址\n示例店,某路\n".encode()
PAGE = """<html><head><meta charset="utf-8"><style>td {color: red}</style></head><body>
<table><tr><td>菜单</td></tr></table>
<table border=1><tr><th colspan=4>某区网点</th></tr>
<tr><th rowspan=2>名称</th><th rowspan=2>地址</th><th colspan=2>联系</th></tr><tr><th>电话<th>手机</tr>
<tr><td>甲&amp;乙</td><td rowspan=2>某路<br>1号</td><td> 1
 2 </td><td>&nbsp;</td></tr><tr><td>丙</td><td>3</td><td>4</td></tr></table></body></html>"""


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def read(folder: Path, data: bytes, name: str, layout: Layout | None = None, **options: bool) -> SourceTable:
    path = folder / name
    path.write_bytes(data)
    (table,) = read_tables(path, layout, **options)
    return table


def test_one_file_in_an_archive(tmp_path: Path) -> None:
    table = read(tmp_path, zipped({"数据/网点.csv": CSV, "说明.md": b"x", "__MACOSX/._a.csv": b""}), "包.zip")
    assert (table.file.name, table.file.format, len(table.rows)) == ("包.zip/数据/网点.csv", "csv", 1)
    assert table.file.bytes == (tmp_path / "包.zip").stat().st_size
    assert table.notes[0] == ("in-archive", {"file": "数据/网点.csv"})


def test_archives_that_are_refused(tmp_path: Path) -> None:
    bomb = zipped({"a.csv": b"a,b\n" + b"1,2\n" * 8_000_000})
    cases = {
        "no table that can be read": zipped({"a.pdf": b"%PDF"}),
        "2 table files": zipped({"a.csv": CSV, "b.csv": CSV}),
        "ZIP archive": zipped({"a.csv": zipped({"b.csv": CSV})}),
        "unpacks to too much": bomb,
        "damaged": zipped({"a.csv": CSV})[:-30],
    }
    for words, data in cases.items():
        (tmp_path / "x.zip").write_bytes(data)
        with pytest.raises(ConversionError, match=words):
            read_tables(tmp_path / "x.zip")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_web_page_under_the_name_of_a_workbook(tmp_path: Path, encoding: str) -> None:
    table = read(tmp_path, PAGE.encode(encoding), "导出.xls")
    assert table.header == ("名称", "地址", "联系/电话", "联系/手机")
    assert [(row.number, dict(row.cells)) for row in table.rows] == [
        (4, {"名称": "甲&乙", "地址": "某路\n1号", "联系/电话": "1 2"}),
        (5, {"名称": "丙", "地址": "某路\n1号", "联系/电话": "3", "联系/手机": "4"}),
    ]
    assert (table.header_row, table.file.format) == (3, "html")
    assert ("web-page", {}) in table.notes


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", b"%PDF-1.7\n", "is a PDF"),
        ("a.csv", b"\x89PNG\r\n\x1a\n", "is a picture"),
        ("a.xlsx", b"\xff\xd8\xff\xe0", "is a picture"),
        ("a.docx", zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "text document"),
        (
            "a.odt",
            zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}),
            "text document",
        ),
        ("a.rar", b"Rar!\x1a\x07\x00", "RAR archive"),
        ("a.csv.gz", b"\x1f\x8b\x08", "gzip archive"),
        ("a.db", b"SQLite format 3\x00", "SQLite file"),
        ("a.xls", b"<html><body><p>no table</p></body></html>", "web page without a table"),
        ("a.xls", b"MIME-Version: 1.0\n", "web page without a table"),
        ("a.xls", b'<?xml version="1.0"?><Workbook></Workbook>', "is XML"),
        ("a.csv", b"\x00\x01\x02\x03\x04\x05\x06\x07\x0e\x0f" * 20, "no table that can be read"),
        ("a.csv", b"", "is empty"),
        ("a.json", b" \n", "is empty"),
    ],
)
def test_files_that_are_no_table(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    with pytest.raises(ConversionError, match=words) as caught:
        read(tmp_path, data, name)
    zh = caught.value.in_language("zh")
    assert zh.startswith(name) and zh.endswith("。")


def test_missing_files_folders_and_large_files(tmp_path: Path) -> None:
    with pytest.raises(ConversionError, match="There is no file"):
        read_tables(tmp_path / "none.csv")
    with pytest.raises(ConversionError, match="is a folder"):
        read_tables(tmp_path)
    (tmp_path / "a.csv").write_bytes(CSV)
    with pytest.raises(ConversionError, match="more than"):
        read_tables(tmp_path / "a.csv", limits=Limits(max_file_bytes=5))


def garbled(text: str) -> str:
    return "".join(
        bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in text.encode("gb18030")
    )


NAMES = [f"示例便民商店{number}" for number in range(20)]


def test_garbled_columns_are_told_and_left_alone(tmp_path: Path) -> None:
    rows = "\n".join(f"{garbled(name)},某路{number}号·东" for number, name in enumerate(NAMES))
    data = f"名称,地址\n{rows}\n".encode()
    table = read(tmp_path, data, "a.csv")
    assert table.rows[0].cells["名称"] == garbled(NAMES[0])
    params = {"column": "名称", "count": "20", "value": garbled(NAMES[0]), "repaired": NAMES[0]}
    assert [note for note in table.notes if note[0].startswith("mojibake")] == [("mojibake", params)]
    assert table.changes == []


def test_garbled_columns_are_repaired_on_request(tmp_path: Path) -> None:
    rows = "\n".join(f"{garbled(name)},某路{number}号" for number, name in enumerate(NAMES))
    data = f"{garbled('网点名称')},地址\n{rows}\n".encode()
    table = read(tmp_path, data, "a.csv", repair_mojibake=True)
    assert table.header == ("网点名称", "地址")
    assert [row.cells["网点名称"] for row in table.rows] == NAMES
    first = table.changes[0]
    assert (first.row, first.column, first.old, first.new) == (2, "网点名称", garbled(NAMES[0]), NAMES[0])
    assert (first.rule, first.file, len(table.changes)) == ("mojibake-repaired", "a.csv", 20)


def test_utf8_that_was_read_as_gbk(tmp_path: Path) -> None:
    shown = "商场超市".encode().decode("gb18030")
    table = read(tmp_path, f"名称,地址\n{shown},某路\n{shown},某路\n".encode(), "a.csv", repair_mojibake=True)
    assert [row.cells["名称"] for row in table.rows] == ["商场超市"] * 2


def test_lost_characters_are_told(tmp_path: Path) -> None:
    table = read(tmp_path, "名称,地址\n锟斤拷锟斤拷,某路\n????,乙路\n".encode(), "a.csv", repair_mojibake=True)
    assert ("mojibake-lost", {"column": "名称", "count": "2", "value": "锟斤拷锟斤拷"}) in table.notes
    assert table.rows[0].cells["名称"] == "锟斤拷锟斤拷"


def test_accents_are_no_garbled_text(tmp_path: Path) -> None:
    table = read(tmp_path, "名称,地址\nCafé Größe,São João\nnaïve,·×°\n".encode(), "a.csv", repair_mojibake=True)
    assert (table.changes, [code for code, _ in table.notes]) == ([], [])


@pytest.mark.parametrize("texts", [NOTES, REFUSALS])
def test_every_text_has_the_same_parameters_in_both_languages(texts: dict[str, object]) -> None:
    import string

    def fields(text: str) -> set[str]:
        return {
            name.removesuffix("_zh").removesuffix("_en") for _, name, _, _ in string.Formatter().parse(text) if name
        }

    for text in texts.values():
        assert fields(text.zh) == fields(text.en)  # type: ignore[attr-defined]
        assert "。" in text.zh[-1]  # type: ignore[attr-defined]
