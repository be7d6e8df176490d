"""CSV as people have it: headers, title rows, delimiters, quotes, broken and blank rows, exact line numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from circledata.convert.model import ConversionError, SourceTable
from circledata.convert.read import Layout, read_tables

Read = Callable[..., SourceTable]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def run(content: str | bytes, layout: Layout | None = None, name: str = "网点.csv", **options: Any) -> SourceTable:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (table,) = read_tables(path, layout, **options)
        return table

    return run


def cells(table: SourceTable) -> list[dict[str, str]]:
    return [dict(row.cells) for row in table.rows]


def numbers(table: SourceTable) -> list[int]:
    return [row.number for row in table.rows]


def notes(table: SourceTable) -> dict[str, dict[str, str]]:
    return {code: dict(params) for code, params in table.notes}


def test_a_plain_table(read: Read) -> None:
    table = read("名称,地址\n示例店,一号\n第二店,\n")
    assert (table.header, table.header_row, table.sheet) == (("名称", "地址"), 1, "")
    assert cells(table) == [{"名称": "示例店", "地址": "一号"}, {"名称": "第二店"}]
    assert (table.file.name, table.file.encoding, table.file.format) == ("网点.csv", "utf-8", "csv")
    assert table.file.bytes == len("名称,地址\n示例店,一号\n第二店,\n".encode()) and len(table.file.sha256) == 64
    assert table.notes == []


def test_header_cells_with_quotes_and_blanks(read: Read) -> None:
    table = read("'name', 'addr',“电话”,\" 经 度 \"\n甲,乙,1,2\n")
    assert table.header == ("name", "addr", "电话", "经 度")
    assert notes(table)["header-quotes"] == {"count": "4"}


@pytest.mark.parametrize(
    "row", ["示例店,某路1号,30.123456,120.123456", "1,示例店,某路1号,美食", "甲,POINT (1 2)", "甲,2024-01-05,乙"]
)
def test_no_header_is_recognised_by_a_first_row_of_data(read: Read, row: str) -> None:
    table = read(f"{row}\n{row}\n")
    width = row.count(",") + 1
    assert table.header == tuple(f"column_{number}" for number in range(1, width + 1))
    assert (table.header_row, numbers(table)) == (0, [1, 2])
    assert "no-header" in notes(table)


def test_names_for_a_file_without_header(read: Read) -> None:
    table = read("甲店,某路,30.1234,120.1234,x\n", Layout(columns=("name", "address", "lat", "lng")))
    assert table.header == ("name", "address", "lat", "lng", "column_5")
    assert cells(table)[0]["lng"] == "120.1234"


def test_names_are_not_needed_where_the_header_stands_after_all(read: Read) -> None:
    table = read(
        "name,address,lat,lng\n甲店,某路,30.1234,120.1234\n", Layout(columns=("name", "address", "lat", "lng"))
    )
    assert (table.header_row, len(table.rows)) == (1, 1)


def test_a_header_can_be_denied(read: Read) -> None:
    assert len(read("甲,乙\n丙,丁\n", Layout(header=())).rows) == 2


def test_years_and_question_numbers_are_no_data(read: Read) -> None:
    assert read("区县,2022,2023,2024\n甲,1,2,3\n").header == ("区县", "2022", "2023", "2024")
    assert read("序号,1、您的年龄,2、性别\n1,30,男\n").header_row == 1


def test_title_rows_above_the_header(read: Read) -> None:
    table = read("XX区便民网点一览表,,,\n单位：XX局,,日期：2024,\n\n序号,名称,地址,电话\n1,甲,乙,\n")
    assert (table.header, table.header_row) == (("序号", "名称", "地址", "电话"), 4)
    assert table.above == (("XX区便民网点一览表",), ("单位：XX局", "日期：2024"))
    assert numbers(table) == [5]
    assert notes(table)["header-row"] == {"rows": "4"}


def test_known_headers_find_the_header(read: Read) -> None:
    text = "甲,乙,丙\n丁,戊,己\n店名,详细地址,电话\n甲,乙,1\n"
    assert read(text).header_row == 1
    assert read(text, Layout(known_headers={"详细 地址", "电话", "别名"})).header_row == 3


def test_the_header_can_be_named(read: Read) -> None:
    table = read("甲,乙\n名称,地址\n丙,丁\n", Layout(header=(2,)))
    assert (table.header, numbers(table)) == (("名称", "地址"), [3])
    with pytest.raises(ConversionError, match="no row 9"):
        read("甲,乙\n名称,地址\n", Layout(header=(9,)))


def test_two_header_rows(read: Read) -> None:
    text = "序号,名称,联系,,地址\n,,电话,手机,\n1,甲,0935-1,139,某路\n"
    for layout in (None, Layout(header=(1, 2))):
        table = read(text, layout)
        assert table.header == ("序号", "名称", "联系/电话", "联系/手机", "地址")
        assert (table.header_row, numbers(table)) == (2, [3])


def test_a_sparse_first_record_is_no_second_header_row(read: Read) -> None:
    table = read("名称,地址,,\n甲,乙,,\n丙,丁,,\n")
    assert (table.header, len(table.rows)) == (("名称", "地址"), 2)


def test_equal_and_empty_names(read: Read) -> None:
    table = read("名称,电话,电话,,\n甲,1,2,x,\n乙,3,,,\n")
    assert table.header == ("名称", "电话", "电话 (2)", "column_4")
    assert cells(table)[0] == {"名称": "甲", "电话": "1", "电话 (2)": "2", "column_4": "x"}
    assert notes(table)["header-empty"] == {"number": "4", "name": "column_4"}
    assert notes(table)["header-twice"] == {"column": "电话", "name": "电话 (2)"}


def test_a_name_that_is_taken_is_not_given_again(read: Read) -> None:
    assert read("电话,电话,电话 (2),,column_4\n1,2,3,4,甲\n", Layout(header=(1,))).header == (
        "电话", "电话 (3)", "电话 (2)", "column_4 (2)", "column_4",
    )  # fmt: skip


@pytest.mark.parametrize("delimiter", [";", "\t", "|", "，", ","])
def test_delimiters(read: Read, delimiter: str) -> None:
    text = "名称,地址,电话\n甲店,某路1号,0935-1;0935-2\n乙店,某路2号,a/b、c\n".replace(",", delimiter)
    if delimiter == ";":
        text = text.replace("0935-1;0935-2", '"0935-1;0935-2"')
    table = read(text, name="网点.txt")
    assert table.header == ("名称", "地址", "电话")
    assert cells(table)[0]["电话"] == "0935-1;0935-2"
    assert ("delimiter" in notes(table)) == (delimiter != ",")


def test_a_delimiter_can_be_said_and_told_by_excel(read: Read) -> None:
    assert read("a;b,c\n1;2,3\n", Layout(delimiter=";", header=(1,))).header == ("a", "b,c")
    assert read("a\tb,c\nx\t2,3\n", Layout(delimiter="tab")).header == ("a", "b,c")
    table = read("sep=;\nname;addr\n甲;乙\n")
    assert (table.header, numbers(table)) == (("name", "addr"), [3])
    with pytest.raises(ConversionError):
        read("a,b\n", Layout(delimiter="ab"))


def test_line_breaks_inside_cells_and_line_numbers(read: Read) -> None:
    table = read('名称,备注\r\n\r\n甲,"两\n行"\r\n乙,丙\r\n,\r\n"丁\r\n戊",己\r\n庚,辛')
    assert numbers(table) == [3, 5, 7, 9]
    assert cells(table)[0]["备注"] == "两\n行"
    assert notes(table)["blank-rows"] == {"count": "2"}


def test_old_line_ends(read: Read) -> None:
    assert numbers(read("名称,地址\r甲,乙\r丙,丁\r")) == [2, 3]


def test_rows_of_another_width_are_broken(read: Read) -> None:
    table = read("名称,地址,电话\n甲,乙,1\n丙,丁\n戊,己,2,3\n庚,辛,4,,\n")
    assert [(row.number, row.broken, dict(row.cells)) for row in table.rows[1:3]] == [(3, True, {}), (4, True, {})]
    assert cells(table)[3] == {"名称": "庚", "地址": "辛", "电话": "4"}
    assert notes(table)["rows-broken"] == {"count": "2", "row": "3"}


def test_an_unclosed_quote_names_the_line_where_it_opened(read: Read) -> None:
    with pytest.raises(ConversionError, match="from line 3 on"):
        read('名称,地址\n甲,乙\n"丙,丁\n戊,己\n')


def test_an_open_quote_that_swallowed_other_rows_is_an_error(read: Read) -> None:
    with pytest.raises(ConversionError, match="from line 3 on"):
        read('名称,地址\n甲,乙\n丙,"丁\n戊,己\n庚,"辛",x\n')


def test_a_quote_in_the_wrong_place_breaks_its_row_only(read: Read) -> None:
    table = read('名称,地址\n"甲"乙,丙\n丁,戊\n')
    assert [(row.number, row.broken) for row in table.rows] == [(2, True), (3, False)]


def test_list_literals_and_several_phones_stay_text(read: Read) -> None:
    table = read("名称,标签,电话\n甲,\"['餐饮', '早餐']\",0510-1;0510-2\n乙,[],a/b\n")
    assert cells(table) == [
        {"名称": "甲", "标签": "['餐饮', '早餐']", "电话": "0510-1;0510-2"},
        {"名称": "乙", "标签": "[]", "电话": "a/b"},
    ]


def test_many_columns_of_which_most_are_empty(read: Read) -> None:
    names = [f"tag:{number}" for number in range(218)]
    rows = [",".join("x" if place == number else "" for place in range(218)) for number in range(5)]
    table = read("\n".join([",".join(names), *rows]))
    assert len(table.header) == 218
    assert cells(table)[3] == {"tag:3": "x"}


def test_cells_of_blanks_are_not_filled_and_others_stay_as_they_are(read: Read) -> None:
    table = read("名称,地址,备注\n 甲 ,\u3000,  \n \t,\u3000,\n")
    assert cells(table) == [{"名称": " 甲 "}]


def test_nul_characters_are_taken_out(read: Read) -> None:
    table = read("名称,地址\n甲\0,乙\n")
    assert (cells(table)[0]["名称"], notes(table)["nul-characters"]) == ("甲", {"count": "1"})


def test_blank_cells_can_be_filled_down(read: Read) -> None:
    text = "区县,街道,名称\n凉州区,东大街,甲\n,,乙\n,西大街,丙\n合计,,3\n,,丁\n"
    table = read(text, Layout(fill_down=("区 县", "街道", "没有")))
    assert [(row.get("区县"), row.get("街道")) for row in cells(table)] == [
        ("凉州区", "东大街"),
        ("凉州区", "东大街"),
        ("凉州区", "西大街"),
        ("合计", None),
        ("凉州区", "西大街"),
    ]
    assert ("filled-down", {"column": "区县", "count": "3"}) in table.notes
    assert notes(table)["fill-down-unknown"] == {"column": "没有"}


def test_totals_and_repeated_headers_stay_for_the_mapping(read: Read) -> None:
    assert len(read("名称,数量\n甲,1\n名称,数量\n合计,1\n").rows) == 3


def test_one_column(read: Read) -> None:
    assert read("名称\n甲\n乙\n").header == ("名称",)


@pytest.mark.parametrize("content", [b"", b"\n\n", b" \r\n", b"\xef\xbb\xbf", b",,,\n,,\n"])
def test_empty_files(read: Read, content: bytes) -> None:
    with pytest.raises(ConversionError, match="empty"):
        read(content)


def test_too_many_columns(read: Read) -> None:
    with pytest.raises(ConversionError, match="1001 columns"):
        read(",".join(f"c{number}" for number in range(1001)) + "\n")


def test_a_large_file_keeps_its_line_numbers(read: Read) -> None:
    lines = [f'店{number},"某路{number}号, 东",{number}' for number in range(30_000)]
    table = read("\n".join(["名称,地址,序号", *lines]))
    assert (len(table.rows), table.rows[-1].number, table.rows[-1].cells["序号"]) == (30_000, 30_001, "29999")


def test_cells_that_excel_was_to_show_as_text(read: Read) -> None:
    table = read('="编号",名称,电话\n="001",甲,"=""0935"""\n="",乙,=A1\n')
    assert table.header == ("编号", "名称", "电话")
    assert cells(table) == [{"编号": "001", "名称": "甲", "电话": "0935"}, {"名称": "乙", "电话": "=A1"}]
    assert [(change.row, change.column, change.old, change.new) for change in table.changes] == [
        (2, "编号", '="001"', "001"),
        (2, "电话", '="0935"', "0935"),
        (3, "编号", '=""', ""),
    ]
    assert notes(table)["excel-text-marks"] == {"count": "3"}


def test_a_header_that_ends_with_blank_cells_asks_for_none_of_them(read: Read) -> None:
    table = read("名称,地址,,\n甲,乙\n丙\n")
    assert [(dict(row.cells), row.broken) for row in table.rows] == [({"名称": "甲", "地址": "乙"}, False), ({}, True)]
