"""`circledata template`: a workbook to fill, never over anything."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from command_line import Run


def test_makes_a_workbook_and_says_what_to_do(run: Run, tmp_path: Path) -> None:
    to = tmp_path / "填报表.xlsx"
    result = run("template", "--out", to, "--division", "620602")
    assert result.exit_code == 0, result.stderr
    assert "填写说明、基本信息、生活圈" in result.stdout and f"circledata validate {to}" in result.stdout
    assert "加进 --tables" not in result.stdout
    assert openpyxl.load_workbook(to)["基本信息"]["B4"].value == "620602"


def test_the_example_passes_at_once(run: Run, tmp_path: Path) -> None:
    run("template", "--out", tmp_path / "t.xlsx", "--example", "--lang", "en")
    checked = run("validate", tmp_path / "t.xlsx")
    assert checked.exit_code == 0 and "没有发现问题" in checked.stdout


def test_tables_may_be_written_in_any_way(run: Run, tmp_path: Path) -> None:
    result = run("template", "--out", tmp_path / "t.xlsx", "--tables", "商业网点，subsidies", "--tables", "night_zones")
    assert result.exit_code == 0, result.stderr
    assert "另外加上了“补助政策”（programmes）" in result.stdout
    assert "没有“生活圈”（circles）：商业网点的“所属生活圈”、" in result.stdout
    english = run("template", "--out", tmp_path / "u.xlsx", "--tables", "Outlets", "--lang", "en")
    assert "Without Circles (circles), leave empty: Outlets: Circle;" in english.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--out", "t.csv"), "要以 .xlsx 结尾"),
        (("--out", "t.xlsx", "--tables", "outlet"), "您要的是不是：商业网点 outlets"),
        (("--out", "t.xlsx", "--tables", " , "), "后面没有表名"),
        (("--out", "t.xlsx", "--division", "1"), "6、9 或 12 位"),
        (("--out", "t.xlsx", "--division", "620602", "--example"), "请去掉其中一个"),
        ((), "缺少 --out"),
        (("--out", "t.xlsx", "more"), "多出了参数"),
    ],
)
def test_wrong_use(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("template", *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr and "Traceback" not in result.stderr
    assert not list(tmp_path.iterdir())


def test_what_exists_is_left_alone_unless_told(run: Run, tmp_path: Path) -> None:
    to = tmp_path / "t.xlsx"
    to.write_bytes(b"mine")
    result = run("template", "--out", to)
    assert result.exit_code == 2 and "已经存在" in result.stderr and to.read_bytes() == b"mine"
    assert run("template", "--out", to, "--overwrite").exit_code == 0
    assert to.read_bytes()[:2] == b"PK"
    assert run("template", "--out", tmp_path, "--overwrite").exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["t.xlsx"]


def test_a_full_disk_leaves_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import zipfile

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    result = run("template", "--out", tmp_path / "t.xlsx")
    assert result.exit_code == 3 and "磁盘满了" in result.stderr
    assert not list(tmp_path.iterdir())
    assert "Traceback" not in result.output


def test_a_folder_that_cannot_be_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = run("template", "--out", tmp_path / "file" / "t.xlsx")
    assert result.exit_code == 3 and "出错" in result.stderr and "Traceback" not in result.output
