"""`repair` of a column with a unit in its head: cells and head change together, or neither does; no value ever does."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from circledata import repair, validate
from circledata.sources.options import Options
from circledata.sources.package import open_package
from circledata.workbooks.repair import Repair

IDS = ("project_id", "name", "status", "planned_investment_yuan", "actual_investment_yuan")
ZH = ("项目编号*", "项目名称*", "项目状态*", "计划投资（元）", "实际投资（元）")
DATA = (("620602-P000001", "农贸市场改造", "planned", 10.4, 5), ("620602-P000002", "早餐网点", "planned", "3万元", 0))
WAN = "计划投资（万元）"
Rows = tuple[tuple[Any, ...], ...]


def head(title: str, row: tuple[str, ...] = ZH) -> tuple[str, ...]:
    return (*row[:3], title, row[4])


CONVERTED: dict[str, tuple[Rows, str, str, str]] = {
    "template": ((head(WAN), IDS), "", "D1", "计划投资（元）"),
    "template with a title": ((("2026 年项目",), head(WAN), IDS), "", "D2", "计划投资（元）"),
    "star in front": ((head(f"*{WAN}"), IDS), "", "D1", "*计划投资（元）"),
    "star behind": ((head(f"{WAN} *"), IDS), "", "D1", "计划投资（元） *"),
    "unit in the second row": ((IDS, head(WAN)), "", "D2", "计划投资（元）"),
    "titles twice": ((head("计划投资"), head(WAN)), "", "D2", "计划投资（元）"),
    "in both rows": ((head(WAN), head(WAN)), "", "D1", "计划投资（元）"),
    "grouped": (
        (("基本", None, None, "投资", None), head(WAN)),
        "A1:C1 D1:E1",
        "D2",
        "计划投资（元）",
    ),
    "group with a unit of its own": (
        (("项目编号", "项目名称", "项目状态", "投资", None), (None, None, None, WAN, "实际投资（元）")),
        "A1:A2 B1:B2 C1:C2 D1:E1",
        "D2",
        "计划投资（元）",
    ),
    "merged downwards": (
        (("项目编号", "项目名称", "项目状态", WAN, "实际投资（元）"), (None,) * 5),
        "A1:A2 B1:B2 C1:C2 D1:D2 E1:E2",
        "D1",
        "计划投资（元）",
    ),
    "english": (
        (
            ("Project ID", "Name", "Status", "Planned investment (万元)", "Actual investment (yuan)"),
            IDS,
        ),
        "",
        "D1",
        "Planned investment (yuan)",
    ),
    "line above and a unit of its own": ((("单位：万元",), head(WAN)), "", "D2", "计划投资（元）"),
}
LEFT: dict[str, tuple[Rows, str]] = {
    "line above": ((("单位：万元",), head("计划投资")), ""),
    "line above a template": ((("单位：万元",), head("计划投资"), IDS), ""),
    "merged over several columns": (
        (
            ("基本", None, None, "投资（万元）", None),
            ("项目编号", "项目名称", "项目状态", "计划投资", "实际投资（元）"),
        ),
        "A1:C1 D1:E1",
    ),
    "merged with its neighbour": ((head(WAN)[:4], IDS), "D1:E1"),
}


def build(path: Path, rows: Rows, merged: str = "", data: Rows = DATA) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "项目"
    for row in (*rows, *data):
        sheet.append(row)
    for area in merged.split():
        sheet.merge_cells(area)
    book.save(path)
    return path


def understood(path: Path, folder: Path) -> dict[str, list[str]]:
    """Return what the validator takes the columns of fields to hold."""
    folder.mkdir()
    raw = open_package([path], workdir=folder, options=Options()).tables["projects"]
    with raw.path.open(encoding="utf-8", newline="") as stream:
        columns = list(zip(*[row[2:] for row in csv.reader(stream)][1:], strict=True))
    return {column.field: list(cells) for column, cells in zip(raw.columns, columns, strict=True) if column.field}


def grid(path: Path) -> dict[str, Any]:
    return {cell.coordinate: cell.value for row in openpyxl.load_workbook(path)["项目"] for cell in row if cell.value}


def twice(source: Path, tmp_path: Path) -> tuple[Repair, Path]:
    """Repair, and again; no run changes what is understood, and the second changes nothing."""
    out, again = tmp_path / "o.xlsx", tmp_path / "again.xlsx"
    done = repair(source, out)
    before = understood(source, tmp_path / "1")
    assert understood(out, tmp_path / "2") == before
    assert repair(out, again).counts == {}
    assert again.read_bytes() == out.read_bytes()
    assert understood(again, tmp_path / "3") == before
    return done, out


@pytest.mark.parametrize("name", CONVERTED)
def test_the_cell_that_names_the_unit_is_renamed(tmp_path: Path, name: str) -> None:
    rows, merged, cell, title = CONVERTED[name]
    source = build(tmp_path / "p.xlsx", rows, merged)
    done, out = twice(source, tmp_path)
    assert done.left == ()
    old, new, last = grid(source), grid(out), len(rows)
    assert new[cell] == title
    assert [new[f"D{last + number}"] for number in (1, 2)] == [104000, 30000]
    converted = {cell, f"D{last + 1}", f"D{last + 2}"} | ({"D2"} if name == "in both rows" else set())
    assert {place for place in old if old[place] != new[place]} == converted
    assert understood(out, tmp_path / "4")["planned_investment_yuan"] == ["104000", "30000"]


@pytest.mark.parametrize("name", LEFT)
def test_a_unit_that_no_cell_of_the_column_carries_is_left(tmp_path: Path, name: str) -> None:
    rows, merged = LEFT[name]
    source = build(tmp_path / "p.xlsx", rows, merged)
    done, out = twice(source, tmp_path)
    assert grid(out) == grid(source)
    assert done.left
    assert all("没有换算：单位“万元”不是写在" in sentence.zh for sentence in done.left)


@pytest.mark.parametrize("rows", [(head(WAN),), (head(WAN), IDS)], ids=["one row", "template"])
def test_a_head_that_is_a_formula_is_left(tmp_path: Path, rows: Rows, with_value: Callable[..., None]) -> None:
    source = build(tmp_path / "p.xlsx", rows)
    with_value(source, "D1", WAN)
    done, out = twice(source, tmp_path)
    assert grid(out) == grid(source)
    assert grid(out)["D1"].startswith("=")
    assert any("没有换算" in sentence.zh for sentence in done.left)


@pytest.fixture
def with_value() -> Callable[..., None]:
    """Make a cell a formula without references whose stored result is its text, as programs save it."""
    import re
    import zipfile

    def put(path: Path, place: str, text: str) -> None:
        with zipfile.ZipFile(path) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        name = "xl/worksheets/sheet1.xml"
        pattern = rf'<c r="{place}"[^>]*>.*?</c>'
        cell = f'<c r="{place}" t="str"><f>"{text}"&amp;""</f><v>{text}</v></c>'
        made, count = re.subn(pattern, cell, parts[name].decode())
        assert count == 1
        parts[name] = made.encode()
        with zipfile.ZipFile(path, "w") as new:
            for part, content in parts.items():
                new.writestr(part, content)

    return put


def test_a_cell_with_its_own_unit_alone_is_not_rewritten_under_another_unit(tmp_path: Path) -> None:
    rows = (("单位：万元",), head("计划投资"))
    source = build(tmp_path / "p.xlsx", rows, data=((*DATA[0][:3], "3万元", 0),))
    done, out = twice(source, tmp_path)
    assert grid(out)["D3"] == "3万元"
    assert len(done.left) == 1


def test_what_is_repaired_is_valid_as_before(tmp_path: Path) -> None:
    source = build(tmp_path / "p.xlsx", (head(WAN), IDS))
    repair(source, tmp_path / "o.xlsx")
    assert "value-understood" in {item.name for item in validate(source).rules}
    assert "value-understood" not in {item.name for item in validate(tmp_path / "o.xlsx").rules}


@pytest.mark.parametrize(
    "lines",
    [(head(WAN), IDS), (IDS, head(WAN)), (head(WAN),), (("单位：万元", "", "", "", ""), head("计划投资"))],
    ids=["template", "machine names first", "one row", "line above"],
)
def test_a_csv_file_means_the_same_too(tmp_path: Path, lines: Rows) -> None:
    source, out, again = (tmp_path / name for name in ("projects.csv", "o.csv", "a.csv"))
    rows = [*lines, (*DATA[0][:3], "10.4", "5")]
    source.write_text("".join(",".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    repair(source, out, table="projects")
    last = [line.split(",")[3] for line in out.read_text(encoding="utf-8").splitlines()]
    # Only a head that is the file's own header carries a unit; it goes with the cells.
    assert last[-1] == ("104000" if len(lines) == 1 else "10.4")
    assert (WAN in last) == (WAN in [row[3] for row in lines] and len(lines) > 1)
    repair(out, again, table="projects")
    assert again.read_bytes() == out.read_bytes()
