"""The cases of rules about workbooks: one defect a file, the expected findings inside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml

from circledata import validate
from circledata.findings import fix, message
from circledata.findings.wording import location
from circledata.standard import load_standard

FOLDER = Path(__file__).parents[1] / "counterexamples"
FILES = sorted(FOLDER.glob("*/*.yaml"))
STANDARD = load_standard("1.0")


def write_book(path: Path, sheets: dict[str, Any]) -> None:
    """Write a workbook as a file of a counterexample describes it."""
    book = xlsxwriter.Workbook(str(path))
    merged = book.add_format()
    for name, described in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(described["rows"]):
            for column, cell in enumerate(cells):
                if cell is not None and cell != "":
                    sheet.write(row, column, cell)
        for cells in described.get("merge", ()):
            corner = cells.partition(":")[0]
            row, column = int(corner[1:]) - 1, ord(corner[0]) - 65
            sheet.merge_range(cells, described["rows"][row][column], merged)
        for cell, formula in described.get("formulas", {}).items():
            sheet.write_formula(cell, *([formula, None, ""] if isinstance(formula, str) else [*formula[:1], None, 2]))
    book.close()


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}: {file.stem}")
def test_a_counterexample_has_its_one_defect(file: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(file.read_text(encoding="utf-8"))
    write_book(tmp_path / "book.xlsx", case["sheets"])
    report = validate(tmp_path / "book.xlsx")
    rule = STANDARD.rule(file.parent.name).code
    findings = [item for item in report.findings if item.level != "advice" or item.rule == rule]
    found = []
    for finding in findings:
        place = location(finding, STANDARD, "zh").partition(":")[0]
        said = {"rule": STANDARD.rules[finding.rule].name, "cell": place if finding.row else ""}
        said |= {"value": finding.value, "as": finding.params.get("as"), "change": finding.params.get("change")}
        found.append(said)
        for language in ("zh", "en"):
            assert "{" not in message(finding, STANDARD, language) + fix(finding, STANDARD, language)
    for said, expected in zip(found, case["expect"], strict=True):
        assert {key: said[key] for key in expected} == expected


def test_the_rules_about_single_cells_have_good_and_bad_files() -> None:
    names = {file.parent.name for file in FILES}
    assert names >= {"value-understood", "totals-row", "column-extra", "leading-zero-lost", "digits-lost"}
    for name in names:
        stems = [file.stem.startswith("ok-") for file in FILES if file.parent.name == name]
        assert any(stems) and not all(stems), name
