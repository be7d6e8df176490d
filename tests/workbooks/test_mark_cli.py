"""`circledata validate --format workbook` on the command line: where it may be written, and what is said otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from circledata.cli.program import Program

EXAMPLE = Path(__file__).parents[2] / "examples" / "broken-district"


def run(*arguments: str | Path, language: str = "zh") -> Result:
    given = ["validate", *map(str, arguments), "--format", "workbook"]
    return CliRunner().invoke(Program(), given, env={"CIRCLEDATA_LANG": language})


def test_it_is_written_to_a_file(tmp_path: Path) -> None:
    result = run(EXAMPLE, "--output", tmp_path / "标记.xlsx")
    assert result.exit_code == 1
    assert "标记.xlsx" in result.stderr
    assert openpyxl.load_workbook(tmp_path / "标记.xlsx").sheetnames[0] == "问题清单"


@pytest.mark.parametrize(("language", "said"), [("zh", "--output 标记.xlsx"), ("en", "needs a file")])
def test_without_a_file_it_says_what_to_do(language: str, said: str) -> None:
    result = run(EXAMPLE, language=language)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("name", ["标记.csv", "标记", "标记.xlsm"])
def test_another_ending_is_refused_before_anything_is_checked(name: str, tmp_path: Path) -> None:
    result = run(EXAMPLE, "--output", tmp_path / name)
    assert result.exit_code == 2
    assert ".xlsx" in result.stderr
    assert not list(tmp_path.iterdir())


def test_macros_keep_their_ending(tmp_path: Path) -> None:
    shutil.copy(EXAMPLE / "outlets.csv", tmp_path / "a.xlsm")
    result = run(tmp_path / "a.xlsm", "--output", tmp_path / "b.xlsx")
    assert result.exit_code == 2
    assert ".xlsm" in result.stderr


def test_the_file_itself_is_never_written_over(tmp_path: Path) -> None:
    run(EXAMPLE, "--output", tmp_path / "a.xlsx")
    before = (tmp_path / "a.xlsx").read_bytes()
    result = run(tmp_path / "a.xlsx", "--output", tmp_path / "a.xlsx")
    assert result.exit_code == 2
    assert (tmp_path / "a.xlsx").read_bytes() == before
