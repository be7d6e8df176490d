"""The command `circledata convert`."""

from __future__ import annotations

from pathlib import Path

import pytest

from circledata.cli import convert as command
from circledata.cli.program import Program
from circledata.convert import SOURCES
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
    assert "转出 1 个网点" in capsys.readouterr().out
    assert (to / "datapackage.json").is_file()


def test_what_is_missing_is_said(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(source, "--from", "osm", "--division", "620602", "--to", tmp_path / "out", "--lang", "zh") == 2
    assert "--as-of" in capsys.readouterr().err
    assert run(source, "--from", "osm", "--to", tmp_path / "out", "--lang", "zh") == 2
    assert "--division" in capsys.readouterr().err
    assert run(tmp_path / "nothing", "--from", "osm", "--division", "620602", "--to", tmp_path / "out") == 2
    assert not (tmp_path / "out").exists()


def test_the_command_offers_what_the_library_can() -> None:
    assert command.SOURCES == SOURCES
    assert command.SYSTEMS == SYSTEMS
