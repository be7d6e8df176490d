"""Which columns the formulas of a workbook read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from circledata.sources.model import Limits
from circledata.workbooks.repair.formulas import read_by_formulas


@pytest.mark.parametrize(
    ("formula", "columns"),
    [
        ("=A1+$B$2", {("S", 1), ("S", 2)}),
        ("=SUM(B:D)", {("S", 2), ("S", 3), ("S", 4)}),
        ("=SUM(项目!D3:D5)", {("项目", 4)}),
        ("=COUNTIF('某 区''s'!C:C,\"营业 A1\")", {("某 区's", 3)}),
        ("=LOG10(A1)", {("S", 1)}),
        ('=IF(TRUE,"B2","")', set()),
        ("=1+2", set()),
    ],
)
def test_columns(tmp_path: Path, formula: str, columns: set[tuple[str, int]]) -> None:
    book = openpyxl.Workbook()
    book.active.title = "S"
    book.active["H9"] = formula
    book.save(tmp_path / "b.xlsx")
    found = read_by_formulas(tmp_path / "b.xlsx", Limits())
    assert not found.everything
    assert found.columns == columns


@pytest.mark.parametrize("formula", ["=INDIRECT(A1)", "=SUM(Table1[投资])", "=总投资*2", "=OFFSET(A1,1,1)"])
def test_what_may_read_anything(tmp_path: Path, formula: str) -> None:
    book = openpyxl.Workbook()
    book.active["H9"] = formula
    book.save(tmp_path / "b.xlsx")
    assert read_by_formulas(tmp_path / "b.xlsx", Limits()).reads("any", 77)


def test_whole_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "S"
    book.active["H9"] = "=SUM(3:4)"
    book.save(tmp_path / "b.xlsx")
    found = read_by_formulas(tmp_path / "b.xlsx", Limits())
    assert found.reads("S", 5)
    assert not found.reads("T", 5)
