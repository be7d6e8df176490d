"""`circledata new`: an empty package that conforms, never over anything."""

import json
from pathlib import Path

import pytest
from command_line import Run
from jsonschema import Draft202012Validator

from circledata.standard import load_standard, spec_root

pytestmark = pytest.mark.skipif(
    not (spec_root() / "1.0" / "standard.json").is_file(), reason="the bundle of the standard is not generated"
)
BASE = ("--division", "620602", "--name", "凉州区便民生活圈", "--as-of", "2024-12-31")


def test_makes_a_package_that_conforms(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "p"
    result = run("new", folder, *BASE)
    assert result.exit_code == 0, result.stderr
    assert "接下来" in result.stdout
    assert sorted(path.name for path in folder.iterdir()) == [
        "circles.csv",
        "communities.csv",
        "datapackage.json",
        "outlets.csv",
    ]
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    schema = json.loads((spec_root() / "1.0" / "package.schema.json").read_text(encoding="utf-8"))
    assert not list(Draft202012Validator(schema).iter_errors(descriptor))
    assert descriptor["circledata"]["division_code"] == "620602"
    header = (folder / "outlets.csv").read_text(encoding="utf-8-sig").strip().split(",")
    assert header == [field.name for field in load_standard().tables["outlets"].fields]
    checked = run("validate", folder)
    assert checked.exit_code == 0, checked.output


def test_passes_frictionless_too(run: Run, tmp_path: Path) -> None:
    run("new", tmp_path / "p", *BASE)
    result = run("crosscheck", tmp_path / "p")
    assert "circledata 通过，frictionless 通过。" in result.stdout, result.output
    assert result.exit_code == 0


def test_settings(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "p"
    projects = load_standard().tables["projects"].title.zh
    more = [*("--crs", "gcj-02", "--publisher", "示例区商务局", "--license", "CC-BY-4.0")]
    more += ["--table", projects, "--table", "needs"]
    folder.mkdir()
    result = run("new", folder, *BASE, *more, "--lang", "en")
    assert result.exit_code == 0, result.stderr
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in descriptor["resources"]] == ["projects", "needs"]
    assert descriptor["circledata"]["coordinate_system"] == "GCJ-02"
    assert descriptor["contributors"][0]["title"] == "示例区商务局"
    assert descriptor["licenses"] == [{"name": "CC-BY-4.0"}]


def test_what_exists_is_left_alone(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "mine.txt").write_text("x")
    result = run("new", folder, *BASE)
    assert result.exit_code == 2
    assert "没有改动它" in result.stderr
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    assert run("new", folder / "mine.txt", *BASE).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--division", "999999"), "没有区划代码 999999"),
        (("--division", "62"), "6、9 或 12 位"),
        (("--crs", "北京54"), "坐标系不能是 北京54"),
        (("--table", "x"), "没有表 x"),
        (("--as-of", "今天"), "--as-of 要写成"),
    ],
)
def test_wrong_use(run: Run, tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    result = run("new", tmp_path / "p", *BASE, *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert not list(tmp_path.iterdir())


def test_no_parent(run: Run, tmp_path: Path) -> None:
    assert "没有文件夹" in run("new", tmp_path / "a" / "b", *BASE).stderr


def test_a_failure_leaves_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    result = run("new", tmp_path / "p", *BASE)
    assert result.exit_code == 3
    assert "磁盘满了" in result.stderr
    assert not list(tmp_path.iterdir())
