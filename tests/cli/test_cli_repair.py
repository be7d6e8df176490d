"""`circledata repair`: what it says, its exit codes, and plain sentences for everything that stops it."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run

HEAD = "programme_id,name,issuer,rule_version,subject,valid_from\n"
ROW = "620602-F001,便民网点补助,示例区商务局,2024版,便民网点,{date}\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "programmes.csv"
    path.write_text(HEAD + ROW.format(date="2026年3月1日"), encoding="utf-8")
    return path


def test_mended_and_listed(run: Run, source: Path, tmp_path: Path) -> None:
    result = run("repair", source, "--out", tmp_path / "o.csv", "--division", "620602")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:3] == [
        f"已改好 1 处，写到 {tmp_path / 'o.csv'}。",
        "  日期写法 1",
        f"修改清单：{tmp_path / 'o-修改清单.csv'}",
    ]
    assert (tmp_path / "o.csv").read_text(encoding="utf-8") == HEAD + ROW.format(date="2026-03-01")
    assert "2026年3月1日,2026-03-01,日期写法" in (tmp_path / "o-修改清单.csv").read_text(encoding="utf-8-sig")
    again = run("repair", tmp_path / "o.csv", "--out", tmp_path / "o2.csv", "--table", "programmes")
    assert again.stdout.startswith("没有要改的")
    assert (tmp_path / "o2.csv").read_bytes() == (tmp_path / "o.csv").read_bytes()


def test_what_is_left_is_counted_and_the_next_step_named(run: Run, source: Path, tmp_path: Path) -> None:
    source.write_text(HEAD + ROW.format(date="3/1/2026"), encoding="utf-8")
    out = tmp_path / "有 空格.csv"
    result = run("repair", source, "--out", out, "--lang", "en", "--crs", "WGS84")
    assert result.exit_code == 1
    assert "Checked again:" in result.stdout
    assert "(errors 1, warnings 0," in result.stdout
    assert f"circledata validate '{out}' --table programmes --crs WGS84" in result.stdout
    assert not any("\u4e00" <= character <= "\u9fff" for character in result.stdout.replace(str(out), ""))


def test_quiet(run: Run, source: Path, tmp_path: Path) -> None:
    result = run("repair", source, "--out", tmp_path / "o.csv", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_a_package(run: Run, tmp_path: Path) -> None:
    package = Path(__file__).parents[2] / "examples" / "demo-district"
    result = run("repair", package, "--out", tmp_path / "o")
    assert result.exit_code == 0
    assert result.stdout.startswith("没有要改的")
    assert "再检查一遍" in result.stdout


@pytest.mark.parametrize(
    ("name", "out", "code", "sentence"),
    [
        ("none.csv", "o.csv", 2, "找不到"),
        ("programmes.csv", "programmes.csv", 2, "原来的文件从不改动"),
        ("programmes.csv", "taken.csv", 2, "已经存在"),
        ("programmes.csv", "o.xlsx", 2, "CSV 文件"),
        ("picture.pdf", "o.csv", 2, "PDF"),
        ("empty.csv", "o.csv", 2, "是空的"),
        ("bad.xlsx", "o.xlsx", 2, "没有写入"),
    ],
)
def test_refused(run: Run, source: Path, name: str, out: str, code: int, sentence: str) -> None:
    folder = source.parent
    (folder / "taken.csv").write_text("mine")
    (folder / "picture.pdf").write_bytes(b"%PDF-1.7")
    (folder / "empty.csv").write_bytes(b"")
    (folder / "bad.xlsx").write_bytes(b"PK\x03\x04")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    result = run("repair", folder / name, "--out", folder / out)
    assert result.exit_code == code
    assert result.stderr.startswith("出错：")
    assert sentence in result.stderr
    assert "Traceback" not in result.output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_overwrite(run: Run, source: Path, tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text("old")
    assert run("repair", source, "--out", tmp_path / "o.csv", "--overwrite").exit_code == 0
    assert (tmp_path / "o.csv").read_text(encoding="utf-8").startswith("programme_id")


def test_out_is_required(run: Run, source: Path) -> None:
    result = run("repair", source)
    assert result.exit_code == 2
    assert "缺少 --out" in result.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help(run: Run, lang: str) -> None:
    result = run("repair", "--help", "--lang", lang)
    assert result.exit_code == 0
    for option in ("--out", "--table", "--division", "--crs", "--encoding", "--overwrite", "--quiet"):
        assert option in result.stdout
