"""Several processes make what one makes, letter for letter; when they fail nobody notices, and nothing stays behind."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from source_samples import book, csv_text

from benchmarks.convert import HEADER, REGISTER, businesses, places
from circledata.convert import ConversionError, convert_files, run
from circledata.convert.records import crew, pieces
from circledata.convert.records.crew import Gone, Member
from circledata.convert.records.desk import Desk
from circledata.convert.records.engine import MappingConverter
from circledata.standard.model import Text

ROWS = 90
SETTINGS: dict[str, Any] = {"division_code": "620602", "as_of": date(2024, 12, 31)}
AMAP: dict[str, Any] = {**SETTINGS, "source": "amap", "coordinate_system": "GCJ-02"}


def amap_rows() -> list[list[str]]:
    """Places with what needs all rows in view: rows twice, an id twice, one id in the standard's own form."""
    rows = list(places(ROWS))
    rows[40], rows[70] = list(rows[3]), list(rows[8])
    rows[60][0] = rows[5][0]
    rows[20][0], rows[80][0] = "620602-O000002", "620602-O000002"
    rows[55][7] = "=1+1"
    return rows


def amap_json() -> bytes:
    cells = [dict(zip(HEADER, row, strict=True)) for row in amap_rows()]
    items = [
        {"id": row["id"], "name": row["名称"], "type": row["类型"], "typecode": row["类型编码"], "address": row["地址"],
         "location": f"{row['经度']},{row['纬度']}", "tel": row["电话"], "biz_ext": {"rating": row["评分"]}}
        for row in cells
    ]  # fmt: skip
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items).encode()


def osm_csv() -> str:
    rows = [
        [number, "node", f"POINT (102.{number} 37.9)", "cafe" if number % 3 else "", f"示例茶馆{number % 7}"]
        for number in range(10, 10 + ROWS)
    ]
    return csv_text([["osmid", "element_type", "geometry", "amenity", "name"], *rows])


def filled_down() -> str:
    rows = [["东街" if number % 9 == 0 else "", f"示例便利店{number}", "便利店"] for number in range(ROWS)]
    return csv_text([["街道", "名称", "业态"], *rows])


MINE = """mapping: mine
version: "1.0"
title: {zh: 我的, en: Mine}
read: {fill_down: [街道]}
tables:
  outlets:
    fields: {name: 名称, address: 街道, status: {constant: open}}
    category: {from: 业态}
"""

SOURCES: dict[str, tuple[str, Callable[[], str | bytes], dict[str, Any]]] = {
    "amap-csv": ("a.csv", lambda: csv_text([HEADER, *amap_rows()]), AMAP),
    "amap-book": ("a.xlsx", lambda: book([HEADER, *amap_rows()]), AMAP),
    "amap-json": ("a.jsonl", amap_json, AMAP),
    "merged": ("a.csv", lambda: csv_text([HEADER, *amap_rows()]), {**AMAP, "merge_duplicates": True}),
    "exchange": ("a.csv", lambda: csv_text([HEADER, *amap_rows()]), {**AMAP, "profile": "exchange"}),
    "registry": (
        "r.csv",
        lambda: csv_text([REGISTER, *businesses(ROWS)]),
        {**SETTINGS, "source": "registry"},
    ),
    "table": (
        "t.csv",
        lambda: csv_text([["名称", "业态", "地址"], *([row[1], "便利店", row[4]] for row in amap_rows())]),
        {**SETTINGS, "source": "table"},
    ),
    "osm": ("o.csv", osm_csv, {**SETTINGS, "source": "osm"}),
    "fill-down": ("f.csv", filled_down, SETTINGS),
}
ALONE = {"osm", "fill-down"}
"""Sources whose rows need those before them, or that have a way of their own: one process makes them, always."""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make pieces so small that some rows fill several of them."""
    monkeypatch.setattr(pieces, "SIZE", 13)


@pytest.fixture
def members(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Member]]:
    """Collect the processes that are started; in the end none of them may be alive."""
    started: list[Member] = []
    begin = Member.__init__

    def note(self: Member, *given: Any) -> None:
        begin(self, *given)
        started.append(self)

    monkeypatch.setattr(Member, "__init__", note)
    yield started
    assert all(member._process.poll() is not None for member in started)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what kinds of answers other processes gave; `gone` where one did not."""
    told: list[str] = []
    answer = Member.answer

    def note(self: Member, kind: str, number: int) -> Any:
        try:
            found = answer(self, kind, number)
        except Gone:
            told.append("gone")
            raise
        told.append(kind)
        return found

    monkeypatch.setattr(Member, "answer", note)
    return told


def convert(folder: Path, source: str, processes: int | None) -> dict[str, bytes]:
    """Convert a source and return every file that was written, by its path."""
    name, content, options = SOURCES[source]
    place = folder / f"with-{processes}"
    place.mkdir()
    if not (folder / name).exists():  # a workbook holds the second at which it was made
        data = content()
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    if source == "fill-down":
        (folder / "mine.yaml").write_text(MINE, encoding="utf-8")
        options = {**options, "mapping": folder / "mine.yaml"}
    convert_files([folder / name], to=place / "package", processes=processes, **options)
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


@pytest.mark.parametrize("source", SOURCES)
def test_the_same_bytes_come_out_of_one_process_and_of_two(
    tmp_path: Path, source: str, members: list[Member], answers: list[str]
) -> None:
    alone = convert(tmp_path, source, 1)
    assert not members
    beside = convert(tmp_path, source, 2)
    assert beside == alone
    assert len(members) == (0 if source in ALONE else 2)
    assert set(answers) == (set() if source in ALONE else {"look", "make"})


@pytest.mark.parametrize("source", ["amap-csv", "osm"])
def test_processes_of_large_files_begin_before_these_are_read_and_none_is_left(
    tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch, members: list[Member], answers: list[str]
) -> None:
    alone = convert(tmp_path, source, 1)
    monkeypatch.setattr(pieces, "LARGE", 1)
    before: list[int] = []
    read = run.jobs_of
    monkeypatch.setattr(run, "jobs_of", lambda *given: (before.append(len(members)), read(*given))[1])
    assert convert(tmp_path, source, 2) == alone
    assert before == [2]
    assert len(members) == 2
    assert set(answers) == (set() if source in ALONE else {"look", "make"})


def test_few_rows_stay_in_one_process_and_many_take_what_the_machine_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_cores", lambda: 3)
    assert pieces.processes(pieces.WORTHWHILE - 1, None) == 1
    assert pieces.processes(pieces.WORTHWHILE, None) == 3
    assert pieces.processes(10, 2) == 2
    monkeypatch.setattr(pieces, "_cores", lambda: 64)
    assert pieces.processes(1_000_000, None) == 4


@pytest.mark.parametrize(
    "begin",
    [
        pytest.param("raise SystemExit(1)", id="at once"),
        pytest.param(
            "import pickle, sys; pickle.load(sys.stdin.buffer); sys.stdout.write('nonsense'); sys.exit()", id="garbage"
        ),
        pytest.param(
            crew._BEGIN.replace(
                "serve()",
                "Helper.answer = lambda self, kind, *rest, whole=Helper.answer: "
                "whole(self, kind, *rest) if kind == 'look' else 1 / 0; serve()",
            ).replace("import serve", "import Helper, serve"),
            id="when records are to be made",
        ),
    ],
)
def test_work_of_a_process_that_fails_is_done_here(
    tmp_path: Path, begin: str, monkeypatch: pytest.MonkeyPatch, answers: list[str], members: list[Member]
) -> None:
    alone = convert(tmp_path, "amap-csv", 1)
    monkeypatch.setattr(crew, "_BEGIN", begin)
    assert convert(tmp_path, "amap-csv", 2) == alone
    assert len(members) == 2
    assert "gone" in answers


def test_one_process_does_it_where_no_other_can_be_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, members: list[Member]
) -> None:
    alone = convert(tmp_path, "amap-csv", 1)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python-that-is-not-there"))
    assert convert(tmp_path, "amap-csv", 2) == alone
    monkeypatch.setattr(sys, "executable", str(tmp_path / "circledata.exe"))
    assert convert(tmp_path, "amap-csv", 3) == alone
    monkeypatch.setattr(sys, "executable", None)
    assert convert(tmp_path, "amap-csv", 4) == alone
    assert not members


def test_an_error_of_the_rows_is_said_plainly_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, members: list[Member]
) -> None:
    def refuse(*_: Any) -> Any:
        raise ConversionError(Text("这一行不行。", "This row will not do."))

    monkeypatch.setattr(Desk, "make", refuse)
    monkeypatch.setattr(crew, "_BEGIN", "raise SystemExit(1)")
    with pytest.raises(ConversionError, match="This row will not do") as caught:
        convert(tmp_path, "amap-csv", 2)
    assert caught.value.in_language("zh") == "这一行不行。"
    assert len(members) == 2
    assert not list((tmp_path / "with-2").iterdir())


def test_ctrl_c_ends_the_processes_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, members: list[Member]
) -> None:
    def interrupted(*_: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(MappingConverter, "_take", interrupted)
    with pytest.raises(KeyboardInterrupt):
        convert(tmp_path, "amap-csv", 2)
    assert len(members) == 2
    assert not list((tmp_path / "with-2").iterdir())
