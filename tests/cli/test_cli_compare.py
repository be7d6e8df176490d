"""`circledata compare`: every format from the command line, and plain sentences for what makes no sense."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from command_line import Run

from circledata.standard import spec_root

EXAMPLES = Path(__file__).parents[2] / "examples"
DEMO, BROKEN = str(EXAMPLES / "demo-district"), str(EXAMPLES / "broken-district")


def test_two_packages_side_by_side(run: Run) -> None:
    shown = run("compare", DEMO, BROKEN, "--indicator", "outlets，chain-rate", "--quiet")
    assert shown.exit_code == 0
    assert "[1] demo-district" in shown.output and "连锁化率" in shown.output
    bare = "".join(shown.output.split())
    assert "可能来自数据（差-562）：每个生活圈登记的网点，[1]平均47.7个，[2]平均5.0个" in bare
    assert "居民满意度" not in bare


def test_circles_of_one_package(run: Run) -> None:
    shown = run("compare", DEMO, "--by", "circle", "--indicator", "chain-rate", "--lang", "en", "--quiet")
    assert shown.exit_code == 0
    assert "[12] 示例长亭" in shown.output and "Chain rate" in shown.output and "66 pairs of figures" in shown.output


def test_json_to_a_file(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "comparison.json"
    shown = run("compare", DEMO, BROKEN, "--format", "json", "--output", str(target))
    assert shown.exit_code == 0 and str(target) in shown.output
    record = json.loads(target.read_text(encoding="utf-8"))
    schema = json.loads((spec_root() / "1.0" / "comparison.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(record)
    assert [side["name"] for side in record["sides"]] == ["demo-district", "broken-district"]
    assert record["sides"][1]["counts"]["error"] == 11


@pytest.mark.parametrize(("format", "start"), [("csv", "\ufeff分组,"), ("html", "<!DOCTYPE html>")])
def test_text_formats_to_the_screen(run: Run, format: str, start: str) -> None:
    shown = run("compare", DEMO, BROKEN, "--format", format, "--indicator", "outlets", "--quiet")
    assert shown.exit_code == 0 and shown.stdout.startswith(start)


def test_a_workbook(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "比较.xlsx"
    assert run("compare", DEMO, BROKEN, "--format", "xlsx", "-o", str(target)).exit_code == 0
    assert openpyxl.load_workbook(target).sheetnames == ["指标比较", "两两比较", "怎么判断的"]
    refused = run("compare", DEMO, BROKEN, "--format", "xlsx")
    assert refused.exit_code == 2 and "--output" in refused.output


def test_the_reference_date_can_be_given(run: Run) -> None:
    shown = run("compare", DEMO, str(EXAMPLES / "liangzhou"), "--as-of", "2025-06-30", "--indicator", "circles", "-q")
    assert shown.exit_code == 0
    assert shown.output.count("截至") == 2 and "2025-06-30" in shown.output and "截止日期不同" not in shown.output


def test_what_cannot_be_compared(run: Run, tmp_path: Path) -> None:
    for arguments, sentence in (
        ((DEMO,), "至少两个数据包"),
        ((DEMO, str(tmp_path / "none")), "找不到"),
        ((DEMO, BROKEN, "--indicator", "chain-rat"), "没有名为 chain-rat 的指标"),
        ((DEMO, BROKEN, "--by", "village"), "village"),
        ((DEMO, BROKEN, "-o", f"{DEMO}/outlets.csv"), "outlets.csv"),
        ((str(EXAMPLES / "lhasa"), "--by", "township"), "没有可以比较的"),
    ):
        refused = run("compare", *arguments, "--quiet")
        assert refused.exit_code == 2, arguments
        assert sentence in refused.output and "Traceback" not in refused.output


def test_the_help_is_in_both_languages(run: Run) -> None:
    for language, word in (("zh", "并排"), ("en", "side by side")):
        shown = run("compare", "--help", "--lang", language)
        assert shown.exit_code == 0 and word in shown.output
