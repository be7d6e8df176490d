"""What the command `convert` refuses before anything is read, and what it says about counts and made-up data."""

from __future__ import annotations

import errno
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from circledata.cli.program import Program
from circledata.convert.export import export_package, import_package, zip_file
from circledata.convert.plural import singular

LIST = "网点名称,业态,地址\n甲,药店,东街1号\n"
MADE = ("--division", "620602", "--as-of", "2024-12-31")
SMALL = Path(__file__).parents[2] / "examples" / "demo-exchange"


def run(*arguments: object, lang: str = "zh") -> int:
    return Program().run(["--lang", lang, "convert", *map(str, arguments)])


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """A folder with two lists, a package, and a folder that is none."""
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(LIST, encoding="utf-8")
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "c.csv").write_text(LIST, encoding="utf-8")
    shutil.copytree(SMALL, tmp_path / "package")
    return tmp_path


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (("papers", "--to", "out", *MADE), "不是数据包", "no package"),
        (("papers", "--to", "out.xlsx"), "不是数据包", "no package"),
        (("papers", "--from", "table", "--to", "out", *MADE), "不是数据包", "no package"),
        (("a.csv", "b.csv", "--to", "out.xlsx", *MADE), "文件夹的名称", "names a folder"),
        (("a.csv", "b.csv", "--to", "out.csv", *MADE), "文件夹的名称", "names a folder"),
        (("package", "--to", "package"), "同一处", "the same place"),
        (("package", "--to", "package", "--overwrite"), "同一处", "the same place"),
        (("package", "--to", "./papers/../package", "--overwrite"), "同一处", "the same place"),
        (("package", "--to", "package/out.xlsx"), "里面", "inside"),
        (("papers", "--to", "papers/out", *MADE), "里面", "inside"),
        (("a.csv", "--to", "a.csv", "--overwrite", *MADE), "同一处", "the same place"),
        (("papers/c.csv", "--to", "papers", "--overwrite", *MADE), "里面", "inside"),
        (("--suggest", "a.csv", "--to", "a.csv", "--overwrite"), "同一处", "the same place"),
    ],
)
def test_sources_and_targets_in_each_others_way(
    there: Path,
    arguments: tuple[str, ...],
    zh: str,
    en: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(there)
    before = everything(there)
    for lang, said in (("zh", zh), ("en", en)):
        assert run(*arguments, lang=lang) == 2
        told = capsys.readouterr()
        assert said in told.err
        assert told.out == ""
    assert everything(there) == before


@pytest.mark.parametrize("ending", [".zip", ".xlsx", ".json", ".jsonl"])
def test_reading_back_tells_the_counts(there: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(there / "package", "--to", there / f"p{ending}") == 0
    out = capsys.readouterr().out
    assert run(there / f"p{ending}", "--to", there / "back") == 0
    back = capsys.readouterr().out
    told = out.splitlines()[0].partition("：")[2]
    assert told == back.splitlines()[0].partition("：")[2]
    assert "生活圈 circles " in told
    assert "、" in told
    assert ", " not in told
    assert run(there / f"p{ending}", "--to", there / "again", lang="en") == 0
    assert "circles " in capsys.readouterr().out


def test_a_zip_without_a_table_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.writestr("datapackage.json", "{}")
    assert run(tmp_path / "p.zip", "--to", tmp_path / "back") == 0
    assert "没有能读的表" in capsys.readouterr().out


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("ending", [".zip", ".json", ".jsonl", ".xlsx"])
def test_an_import_that_fails_leaves_nothing(
    ending: str, failure: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_package(SMALL, tmp_path / f"p{ending}")

    def fail(*_: Any, **__: Any) -> None:
        raise failure

    if ending == ".zip":
        monkeypatch.setattr(zip_file.shutil, "move", fail)
    else:
        monkeypatch.setattr("circledata.convert.export.incoming.Arrival.finish", fail)
    with pytest.raises(type(failure)):
        import_package(tmp_path / f"p{ending}", tmp_path / "back")
    assert [path.name for path in tmp_path.iterdir()] == [f"p{ending}"]


@pytest.mark.parametrize("made_up", [True, False])
def test_invented_data_is_marked_as_such(there: Path, *, made_up: bool) -> None:
    assert run(there / "a.csv", "--to", there / "out", *MADE, *(["--synthetic"] if made_up else [])) == 0
    content = json.loads((there / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert content["circledata"]["synthetic"] is made_up


def test_one_is_said_as_one(there: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (there / "one.csv").write_text("网点名称,业态,地址\n甲,药店,东街1号\n合计,,\n", encoding="utf-8")
    assert run(there / "one.csv", "--to", there / "out", *MADE, lang="en") == 0
    said = capsys.readouterr().out
    assert "1 row left out" in said
    assert "1 rows" not in said
    assert "1 records" not in said


@pytest.mark.parametrize(
    ("many", "one"),
    [
        (
            "1 rows have no name and were left out; a.csv lists them.",
            "1 row has no name and was left out; a.csv lists it.",
        ),
        ("1 values do not fit their field.", "1 value does not fit its field."),
        ("1 records lack “x”, which is required.", "1 record lacks “x”, which is required."),
        ("The category of 1 records is not sure.", "The category of 1 record is not sure."),
        ("21 rows were left out.", "21 rows were left out."),
        ("1,001 rows were left out.", "1,001 rows were left out."),
        ("2 rows are 1 to 2 metres long.", "2 rows are 1 to 2 metres long."),
        ("1 Communities", "1 Community"),
    ],
)
def test_singular(many: str, one: str) -> None:
    assert singular(many) == one
