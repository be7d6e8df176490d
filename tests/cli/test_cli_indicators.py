"""`circledata indicators`: what it writes and where, its exit codes, and plain sentences for wrong use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Run

from circledata.standard import spec_root

EXAMPLES = spec_root().parent / "examples"
DEMO = EXAMPLES / "demo-district"


def test_text_is_the_default(run: Run) -> None:
    result = run("indicators", DEMO, "--indicator", "chain-rate", "-q")
    assert result.exit_code == 0
    assert "  连锁化率  19.50%   110 ÷ 564；已知 564/572（99%）\n" in result.stdout


def test_english(run: Run) -> None:
    result = run("indicators", DEMO, "--indicator", "chain-rate", "--lang", "en", "-q")
    assert "  Chain rate  19.50%   110 ÷ 564; known 564/572 (99%)\n" in result.stdout


def test_several_packages_each_by_itself(run: Run) -> None:
    result = run("indicators", DEMO, EXAMPLES / "liangzhou", "--format", "json", "-q")
    assert [record["label"] for record in json.loads(result.stdout)] == ["demo-district", "liangzhou-circles"]


def test_csv_files_are_the_tables_of_one_package(run: Run) -> None:
    result = run(
        *("indicators", DEMO / "circles.csv", DEMO / "outlets.csv", "--division", "620602", "--crs", "CGCS2000"),
        *("--as-of", "2024-12-31", "--indicator", "freshness，basic-kinds", "--format", "json", "-q"),
    )
    record = json.loads(result.stdout)
    assert [figure["value"] for figure in record["figures"]] == [pytest.approx(11.58), 1.0]


def test_the_reference_date_decides_what_is_fresh(run: Run) -> None:
    given = ("indicators", DEMO, "--indicator", "freshness", "--format", "json", "-q")
    later = json.loads(run(*given, "--as-of", "2026-12-31").stdout)
    assert later["as_of"] == "2026-12-31"
    assert later["figures"][0]["value"] == 0.0


@pytest.mark.parametrize(
    ("format", "first"), [("csv", b"\xef\xbb\xbf"), ("html", b"<!"), ("xlsx", b"PK"), ("json", b"{")]
)
def test_every_format_goes_to_a_file(run: Run, tmp_path: Path, format: str, first: bytes) -> None:
    out = tmp_path / f"figures.{format}"
    result = run("indicators", DEMO, "--format", format, "--output", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"指标已写入 {out}" in result.stderr
    assert out.read_bytes().startswith(first)


def test_data_with_errors_is_computed_and_told(run: Run) -> None:
    result = run("indicators", EXAMPLES / "broken-district", "-q")
    assert result.exit_code == 0
    assert "处错误没有改正，指标可能不准" in result.stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--indicator", "chain"), "标准里没有名为 chain 的指标。您要的是不是 chain-rate？全部指标：circles"),
        (("--by", "province"), "--by 不能是 province"),
        (("--format", "pdf"), "--format 不能是 pdf"),
        (("--format", "xlsx"), "--format xlsx 要用 --output"),
        (("--as-of", "去年"), "--as-of 要写成 2026-12-31 这样的日期"),
        (("--output", DEMO / "outlets.csv"), "不能覆盖"),
    ],
)
def test_wrong_use_is_one_sentence(run: Run, given: tuple[object, ...], said: str) -> None:
    result = run("indicators", DEMO, *given)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_path_that_is_not_there(run: Run, tmp_path: Path) -> None:
    result = run("indicators", tmp_path / "none", "-q")
    assert result.exit_code == 2
    assert "找不到" in result.stderr
