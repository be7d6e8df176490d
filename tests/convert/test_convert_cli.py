"""The command `circledata convert`."""

from __future__ import annotations

from pathlib import Path

import pytest

from circledata.cli import convert as command
from circledata.cli.program import Program
from circledata.convert import SOURCES
from circledata.convert.export import SUFFIXES
from circledata.convert.options import UNKNOWN_SYSTEM
from circledata.values.coordinates import SYSTEMS

CSV = "osmid,element_type,geometry,amenity,name\n1,node,POINT (102.64 37.92),cafe,示例茶馆\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "features.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    return Program().run(["convert", *map(str, arguments)])


def test_convert(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = tmp_path / "out"
    code = run(source, "--from", "osm", "--division", "620602", "--to", to, "--as-of", "2024-12-31", "--lang", "zh")
    assert code == 0
    assert "转出 1 个商业网点" in capsys.readouterr().out
    assert (to / "datapackage.json").is_file()


def test_what_is_missing_is_said(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(source, "--from", "osm", "--division", "620602", "--to", tmp_path / "out", "--lang", "zh") == 2
    assert "--as-of" in capsys.readouterr().err
    assert run(source, "--from", "osm", "--to", tmp_path / "out", "--lang", "zh") == 2
    assert "--division" in capsys.readouterr().err
    assert run(tmp_path / "nothing", "--from", "osm", "--division", "620602", "--to", tmp_path / "out") == 2
    assert not (tmp_path / "out").exists()


LIST = "网点名称,业态,地址\n甲,药店,东街1号\n"


def test_a_list_becomes_a_package_and_the_package_a_workbook_and_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    made = ["--division", "620602", "--as-of", "2024-12-31", "--lang", "zh"]
    assert run(tmp_path / "list.csv", "--to", tmp_path / "out", *made) == 0
    assert "按列名认出是 table" in capsys.readouterr().out
    assert run(tmp_path / "out", "--to", tmp_path / "out.xlsx", "--lang", "zh") == 0
    assert "outlets 1" in capsys.readouterr().out
    assert run(tmp_path / "out.xlsx", "--to", tmp_path / "back") == 0
    for name in ("datapackage.json", "outlets.csv"):
        assert (tmp_path / "back" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()


def test_what_is_no_package_is_not_written_as_a_workbook(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(source, "--to", tmp_path / "out.xlsx", "--lang", "zh") == 2
    assert "不是数据包" in capsys.readouterr().err
    assert not (tmp_path / "out.xlsx").exists()


def test_a_mapping_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text("店,状况\n甲,营业\n", encoding="utf-8")
    head = 'mapping: mine\nversion: "1.0"\ntitle: {zh: 我的, en: Mine}\ntables:\n  outlets:\n    fields:\n'
    mapping = tmp_path / "mine.yaml"
    mapping.write_text(head + "      name: [店]\n      status: [状态]\n", encoding="utf-8")
    options = ["--mapping", mapping, "--division", "620602", "--as-of", "2024-12-31", "--lang", "zh"]
    assert run(tmp_path / "list.csv", "--to", tmp_path / "out", *options) == 2
    assert "没有列 状态。相近的列是 状况。" in capsys.readouterr().err
    mapping.write_text(head + "      name: [店]\n      status: [状况]\n", encoding="utf-8")
    assert run(tmp_path / "list.csv", "--to", tmp_path / "out", *options) == 0
    assert run(tmp_path / "list.csv", "--from", "table", "--to", tmp_path / "out", *options) == 2
    assert "只能用一个" in capsys.readouterr().err


def test_a_draft_of_a_mapping(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    assert run("--suggest", tmp_path / "list.csv") == 0
    assert "tables:" in capsys.readouterr().out
    assert run("--suggest", tmp_path / "list.csv", "--to", tmp_path / "mine.yaml") == 0
    assert run("--suggest", tmp_path / "list.csv", "--to", tmp_path / "mine.yaml", "--lang", "zh") == 2
    assert "--overwrite" in capsys.readouterr().err
    options = ["--division", "620602", "--as-of", "2024-12-31", "--mapping", tmp_path / "mine.yaml"]
    assert run(tmp_path / "list.csv", "--to", tmp_path / "out", *options) == 0


def test_the_command_offers_what_the_library_can() -> None:
    assert command.SOURCES == SOURCES
    assert (*SYSTEMS, UNKNOWN_SYSTEM) == command.SYSTEMS
    assert set(command.EXPORTS) == set(SUFFIXES) - {""}
