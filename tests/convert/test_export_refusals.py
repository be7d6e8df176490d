"""What is not written, and what is left behind when writing fails: nothing."""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from circledata.convert.export import export_package, import_package
from circledata.convert.export import extra as extra_module
from circledata.convert.model import ConversionError
from circledata.convert.output import atomic

EXAMPLES = Path(__file__).parents[2] / "examples"
SMALL = EXAMPLES / "demo-exchange"
ENDINGS = (".xlsx", ".json", ".jsonl", ".zip", ".geojson", ".parquet", ".sqlite", ".duckdb", "")


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_exists_is_kept_unless_overwriting(ending: str, tmp_path: Path) -> None:
    to = tmp_path / f"out{ending}"
    if ending:
        to.write_text("mine")
    else:
        to.mkdir()
        (to / "mine").write_text("mine")
    with pytest.raises(ConversionError, match="exists already"):
        export_package(SMALL, to)
    assert (to if ending else to / "mine").read_text() == "mine"
    if not ending:
        # What an earlier export did not write is not thrown away, with --overwrite either.
        with pytest.raises(ConversionError, match="would be lost"):
            export_package(SMALL, to, overwrite=True)
        assert (to / "mine").read_text() == "mine"
        (to / "mine").unlink()
        export_package(SMALL, to)
    export_package(SMALL, to, overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == [to.name]


def test_a_folder_with_other_files_is_not_replaced_by_what_is_read_back(tmp_path: Path) -> None:
    book, to = tmp_path / "book.zip", tmp_path / "mine"
    export_package(SMALL, book)
    to.mkdir()
    (to / "notes.txt").write_text("mine")
    with pytest.raises(ConversionError, match="would be lost"):
        import_package(book, to, overwrite=True)
    assert [path.name for path in to.iterdir()] == ["notes.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.zip", "mine"]


def test_a_directory_is_never_replaced_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "out.xlsx").mkdir()
    with pytest.raises(ConversionError, match="is not a file"):
        export_package(SMALL, tmp_path / "out.xlsx", overwrite=True)


def test_an_import_keeps_foreign_files_and_edits(tmp_path: Path) -> None:
    export_package(SMALL, tmp_path / "demo.json")
    import_package(tmp_path / "demo.json", tmp_path / "back")
    with pytest.raises(ConversionError, match="exists already"):
        import_package(tmp_path / "demo.json", tmp_path / "back")
    import_package(tmp_path / "demo.json", tmp_path / "back", overwrite=True)
    (tmp_path / "back" / "notes.txt").write_text("mine")
    with pytest.raises(ConversionError, match=r"notes\.txt"):
        import_package(tmp_path / "demo.json", tmp_path / "back", overwrite=True)
    assert (tmp_path / "back" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("ending", [".xlsx", ".json", ".jsonl"])
def test_a_failure_leaves_nothing(
    ending: str, failure: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise failure

    (tmp_path / f"out{ending}").write_text("mine")
    monkeypatch.setattr(extra_module, "_file_entry", fail)
    with pytest.raises(type(failure)):
        export_package(SMALL, tmp_path / f"out{ending}", overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == [f"out{ending}"]
    assert (tmp_path / f"out{ending}").read_text() == "mine"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("ending", [".parquet", ".sqlite", ".geojson", ".zip", ".duckdb", ".xlsx"])
def test_a_full_disk_is_said_plainly(ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = atomic.tempfile.mkdtemp

    def full(*args: Any, **options: Any) -> str:
        work = real(*args, **options)
        if options.get("dir") == tmp_path:
            (Path(work) / f"out{ending}").symlink_to("/dev/full")
        return work

    monkeypatch.setattr(atomic.tempfile, "mkdtemp", full)
    with pytest.raises(OSError):
        export_package(SMALL, tmp_path / f"out{ending}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", "no json", "is not JSON"),
        ("a.json", "[]", "has no tables"),
        ("a.jsonl", "{}", "does not begin"),
        ("a.jsonl", '{"package": {}}\n{"table": "outlets"}', "without table and record"),
        ("a.jsonl", '{"package": {}}\n{"table": "shops", "record": {}}', "no table of the standard"),
        ("a.xlsx", "no workbook", "no sheet that can be read"),
        ("a.zip", "PK no archive", "cannot be unpacked"),
        ("a.parquet", "PAR1", "cannot be read back"),
        ("a.txt", "text", "cannot be read back"),
    ],
)
def test_bad_files_are_said_in_one_sentence(name: str, content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(ConversionError, match=said):
        import_package(tmp_path / name, tmp_path / "back")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_unknown_forms_tables_and_systems(tmp_path: Path) -> None:
    for to, options, said in (
        ("out.docx", {}, "not clear what form"),
        ("out", {"form": "docx"}, "not clear what form"),
        ("out.parquet", {"table": "shops"}, "no table shops"),
    ):
        with pytest.raises(ConversionError, match=said):
            export_package(SMALL, tmp_path / to, **options)  # type: ignore[arg-type]
    package = tmp_path / "package"
    shutil.copytree(SMALL, package)
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    del descriptor["circledata"]["coordinate_system"]
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(ConversionError, match="coordinate system"):
        export_package(package, tmp_path / "out.geojson")
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_paths_in_a_foreign_file_stay_inside(tmp_path: Path) -> None:
    content = {
        "package": {"name": "x", "resources": []},
        "tables": {"outlets": [{"outlet_id": "620602-O1", "name": "店"}]},
        "extra": {
            "files": [{"path": "../evil", "text": "x"}, {"path": "/tmp/evil", "text": "x"}],
            "tables": [{"name": "outlets", "path": "../evil.csv", "header": ["a", "b"], "keys": ["outlet_id", "name"]}],
        },
    }
    (tmp_path / "a.json").write_text(json.dumps(content), encoding="utf-8")
    import_package(tmp_path / "a.json", tmp_path / "deep" / "back")
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {
        "a.json",
        "outlets.csv",
        "datapackage.json",
    }


def test_edits_in_the_workbook_come_back_with_new_hashes(tmp_path: Path) -> None:
    import openpyxl

    from circledata import validate

    export_package(EXAMPLES / "demo-district", tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    book["商业网点"]["B3"] = "改了名的店"
    book["商业网点"]["E3"] = "suspended 停业"
    for row in book["基本信息"].iter_rows():
        if row[0].value == "数据包名称":
            row[1].value = "新的名称"
    book.save(tmp_path / "book.xlsx")
    import_package(tmp_path / "book.xlsx", tmp_path / "back")
    before, after = (
        (path / "datapackage.json").read_text("utf-8") for path in (EXAMPLES / "demo-district", tmp_path / "back")
    )
    old, new = json.loads(before), json.loads(after)
    assert new["title"] == "新的名称" and new["licenses"] == old["licenses"]
    assert (tmp_path / "back" / "circles.csv").read_bytes() == (EXAMPLES / "demo-district" / "circles.csv").read_bytes()
    lines = (tmp_path / "back" / "outlets.csv").read_text("utf-8").splitlines()
    assert lines[1].split(",")[1:5:3] == ["改了名的店", "suspended"]
    assert not [
        item
        for item in validate(tmp_path / "back").findings
        if item.rule in {"CD111", "CD112"} or item.level == "error"
    ]


def test_a_workbook_filled_in_by_hand_becomes_a_package(tmp_path: Path) -> None:
    import openpyxl

    from circledata import validate

    book = openpyxl.Workbook()
    about = book.active
    assert about is not None
    about.title = "基本信息"
    for row in (("区划代码", "620602"), ("数据截止日期", "2024-12-31"), ("坐标系", "CGCS2000"), ("发布档", "open"),
                ("标准版本", "1.0"), ("虚构数据", "是"), ("数据包短名", "by-hand"), ("数据包名称", "手填"),
                ("发布单位", "示例区商务局"), ("许可", "CC-BY-4.0"), ("生成时间", "2025-01-01")):  # fmt: skip
        about.append(row)
    circles = book.create_sheet("生活圈")
    circles.append(("生活圈编号", "生活圈名称", "区划代码", "建设状态"))
    circles.append(("620602-C001", "东大街", "620602", "planned 规划"))
    book.save(tmp_path / "book.xlsx")
    import_package(tmp_path / "book.xlsx", tmp_path / "back")
    text = (tmp_path / "back" / "circles.csv").read_text("utf-8-sig")
    assert text.splitlines()[0] == "circle_id,name,division_code,status"
    assert not [item for item in validate(tmp_path / "back").findings if item.level == "error"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_workbook_is_known_as_a_package_in_either_language(tmp_path: Path, language: str) -> None:
    from circledata.convert.output.packaged import is_package

    book = tmp_path / "book.xlsx"
    export_package(EXAMPLES / "lhasa", book, lang=language)
    assert is_package(book)
