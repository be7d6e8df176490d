"""Small helpers for the reader's tests: every file is written by the test that needs it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from circledata.findings.model import Finding
from circledata.sources import Column, Limits, Options, Package, RawTable, open_package, restage
from circledata.sources.faults import CODES
from circledata.standard import Standard, load_standard

NAMES = {code: name for name, (code, _) in CODES.items()}
HEADER = "circle_id,name,community_code,households,population"
ROW = "620602-C001,东关,620602001001,10,20"

DESCRIPTOR: dict[str, Any] = {
    "name": "liangzhou",
    "title": "凉州区便民生活圈",
    "licenses": [{"name": "CC-BY-4.0"}],
    "contributors": [{"title": "凉州区商务局", "roles": ["publisher"]}],
    "created": "2025-01-10T09:00:00+08:00",
    "resources": [{"name": "communities", "path": "communities.csv"}],
    "circledata": {
        "version": "1.0",
        "division_code": "620602",
        "as_of": "2024-12-31",
        "coordinate_system": "CGCS2000",
        "profile": "open",
    },
}


def found(findings: Sequence[Finding]) -> list[tuple[str, int | None]]:
    """Return what was found as rule name and row."""
    return [(NAMES[finding.rule], finding.row) for finding in findings]


def staged_rows(raw: RawTable) -> list[list[str]]:
    """Return the staged records: line, broken, cells."""
    assert raw.staged
    with raw.path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def notes_of(raw: RawTable) -> list[tuple[Any, ...]]:
    """Return what the reader said of single cells: rule, row, column, value, text taken instead, change."""
    if raw.cells is None:
        return []
    with raw.cells.open(encoding="utf-8", newline="") as stream:
        rows, said = csv.DictReader(stream), ("value", "as", "change")
        return [
            (row["rule"], int(row["line"]), int(row["number"]) if row["number"] else None, *map(row.get, said))
            for row in rows
        ]


def raw_table(path: Path, header: str = HEADER, **more: Any) -> RawTable:
    """Return a file as `open_package` hands it to the engine."""
    columns = tuple(Column(name, number, name) for number, name in enumerate(header.split(","), 1))
    return RawTable("communities", path.name, None, path, columns, 1, "utf-8", path.stat().st_size, None, **more)


@pytest.fixture(scope="session")
def standard() -> Standard:
    return load_standard("1.0")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def exact(tmp_path: Path, work: Path) -> Callable[..., tuple[list[list[str]], list[Finding]]]:
    """Write bytes or text to a file and read it exactly."""

    def run(content: str | bytes, header: str = HEADER, limits: Limits | None = None) -> Any:
        path = tmp_path / "communities.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        raw, findings = restage(raw_table(path, header), workdir=work, limits=limits or Limits())
        return staged_rows(raw), findings

    return run


@pytest.fixture
def opened(tmp_path: Path, work: Path) -> Callable[..., Package]:
    """Write files into a folder and open it, or the one file that is named."""

    def run(files: dict[str, str | bytes | dict[str, Any]], only: str | None = None, **options: Any) -> Package:
        folder = tmp_path / "package"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, dict):
                content = json.dumps(content, ensure_ascii=False)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
        path = folder / only if only else folder
        package = open_package([path], workdir=work, options=Options(**options))
        return replace(package, findings=(*package.later(), *package.findings))

    return run
