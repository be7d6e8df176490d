from __future__ import annotations

import pytest

from circledata.sources import Limits, restage, scan
from circledata.sources.header import names_of

from .conftest import HEADER, ROW, found, raw_table, staged_rows

FILE = "communities.csv"


def test_a_sound_file_is_left_as_it_is(opened):
    package = opened({FILE: f"{HEADER}\n{ROW}\n"}, FILE)
    raw = package.tables["communities"]
    assert package.findings == ()
    assert (raw.staged, raw.header_row, raw.encoding, raw.sha256, raw.rows) == (False, 1, "utf-8", None, None)
    assert [column.field for column in raw.columns] == HEADER.split(",")
    assert raw.path.name == FILE


def test_opening_reads_the_head_alone(opened):
    body = f"{HEADER}\n" + f"{ROW}\n" * 40_000
    package = opened({FILE: body.encode() + b"\xff\xff broken\n"}, FILE)
    assert package.findings == ()


def test_a_head_that_ends_inside_a_character(opened):
    line = f"{HEADER}\n"
    padding = (64 << 10) - len(line) - 1
    package = opened({FILE: line + "x" * padding + "关" * 10 + ",b,c,1,2\n"}, FILE)
    assert not package.tables["communities"].staged


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n", b" \r\n"])
def test_an_empty_file(opened, content):
    package = opened({FILE: content}, FILE)
    assert found(package.findings) == [("file-empty", None)]
    assert not package.tables


@pytest.mark.parametrize(("delimiter", "shown"), [(";", ";"), ("\t", "Tab"), ("|", "|"), ("，", "，")])
def test_other_delimiters_are_reported_and_read(opened, delimiter, shown):
    package = opened({FILE: f"{HEADER}\n{ROW}\n".replace(",", delimiter)}, FILE)
    assert found(package.findings) == [("delimiter-not-comma", 1)]
    assert package.findings[0].params["delimiter"] == shown
    assert staged_rows(package.tables["communities"]) == [["2", "", *ROW.split(",")]]


def test_title_rows_above_the_header(opened):
    package = opened({FILE: f"凉州区社区表,,,,\n\n制表日期：2024-12-31\n{HEADER}\n{ROW}\n"}, FILE)
    assert found(package.findings) == [("header-not-first", 4)]
    assert staged_rows(package.tables["communities"])[0][0] == "5"


def test_no_header_at_all(opened):
    package = opened({FILE: f"{ROW}\n{ROW}\n"}, FILE)
    assert found(package.findings) == [("header-not-found", None)]
    assert not package.complete


def test_columns_in_another_order(opened):
    package = opened({FILE: "name,circle_id\n东关,620602-C001\n"}, FILE)
    assert package.findings == ()
    assert [column.field for column in package.tables["communities"].columns] == ["name", "circle_id"]


def test_faults_of_the_header(opened):
    package = opened({FILE: "circle_id,circle_id,,household,x_note,序号\n,,,,,\n"}, FILE)
    assert found(package.findings) == [
        ("header-duplicate", 1),
        ("header-empty", 1),
        ("column-unknown", 1),
        ("column-unknown", 1),
        ("column-missing", 1),
    ]
    assert [item.column_number for item in package.findings] == [2, 3, 4, 6, None]
    assert [item.params.get("suggestion") for item in package.findings][2:4] == ["households", None]
    assert package.findings[-1].column == "name"
    assert [column.field for column in package.tables["communities"].columns] == ["circle_id", *[None] * 5]


def test_a_header_of_titles_is_read_and_reported(opened):
    header = "生活圈编号,社区名称,Households in the circle,Population "
    package = opened({FILE: f"{header}\n620602-C001,东关,1,2\n"}, FILE)
    assert {name for name, _ in found(package.findings)} == {"header-is-title"}
    assert [item.params["suggestion"] for item in package.findings] == ["circle_id", "name", "households", "population"]


def test_a_header_with_line_breaks_is_staged_with_exact_lines(opened):
    package = opened({FILE: 'circle_id,name,"x_a\nb"\n620602-C001,东关,1\n'}, FILE)
    assert staged_rows(package.tables["communities"])[0][0] == "3"


def test_too_many_columns(opened):
    header = HEADER + "".join(f",x_{number}" for number in range(2000))
    package = opened({FILE: f"{header}\n"}, FILE)
    assert found(package.findings) == [("columns-too-many", 1)]
    assert dict(package.findings[0].params) == {"limit": 1000, "actual": 2005}


def test_a_header_line_longer_than_the_head(opened):
    header = HEADER + "".join(f",x_{number}_{'y' * 200}" for number in range(900))
    package = opened({FILE: f"{header}\n"}, FILE)
    assert len(package.tables["communities"].columns) == 905


def test_a_file_over_the_limit(opened):
    package = opened({FILE: f"{HEADER}\n{ROW}\n"}, FILE, limits=Limits(max_file_bytes=20))
    assert found(package.findings) == [("input-over-limit", None)]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("area_m2", "area_m2"), ("面积（平方米）", "area_m2"), ("面积", "area_m2"), ("*面积(平方米)", "area_m2"),
        ("面积 area_m2", "area_m2"), ("area_m2（面积）", "area_m2"), ("Area (m²)", "area_m2"), ("AREA_M2", "area_m2"),
        ("生活圈名称*", "name"), ("60岁及以上人口", "population_60_plus"), ("'name'", "name"),
        ("面积（亩）", "area_m2"),
        ("序号", None), ("", None), ("x_area", None),
    ],
)  # fmt: skip
def test_how_columns_may_be_headed(standard, header, field):
    assert names_of(standard.tables["circles"]).field_of(header) == field


def test_scan_counts(tmp_path):
    import hashlib

    path = tmp_path / "t.csv"
    content = b"a\r\nb\0\n" * 1000 + b"c"
    path.write_bytes(content)
    seen = scan(path)
    assert seen.sha256 == hashlib.sha256(content).hexdigest()
    assert (seen.bytes, seen.line_feeds, seen.carriage_returns, seen.nul) == (len(content), 2000, 1000, 1000)
    assert not seen.ends_with_newline


def test_two_files_can_be_staged_at_once(tmp_path, work):
    from concurrent.futures import ThreadPoolExecutor

    raws = []
    for number in range(4):
        path = tmp_path / f"{number}.csv"
        path.write_text(f"{HEADER}\n" + f"{ROW}\n" * 2000 + "x\n", encoding="utf-8")
        raws.append(raw_table(path))
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda raw: restage(raw, workdir=work, limits=Limits()), raws))
    assert {found(findings)[0] for _, findings in outcomes} == {("row-short", 2002)}
    assert len({raw.path for raw, _ in outcomes}) == 4
