"""`repair` of packages: tables are mended, the descriptor keeps step, every other file goes over byte for byte."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from circledata import ConversionError, repair, validate

EXAMPLES = Path(__file__).parents[2] / "examples"
HEAD = "programme_id,name,issuer,rule_version,subject,valid_from\n"
ROW = "620602-F001,便民网点补助,示例区商务局,2024版,便民网点,{date}\n"


def digest(content: bytes, algorithm: str = "sha256") -> str:
    return f"{algorithm}:{hashlib.new(algorithm, content).hexdigest()}"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "p"
    (folder / "docs").mkdir(parents=True)
    content = (HEAD + ROW.format(date="2026年3月1日")).encode("gb18030")
    (folder / "programmes.csv").write_bytes(content)
    (folder / "docs" / "read me.bin").write_bytes(bytes(range(256)))
    (folder / ".hidden").write_text("x")
    resource = {
        "name": "programmes",
        "path": "programmes.csv",
        "encoding": "gb18030",
        "bytes": len(content),
        "hash": digest(content),
    }
    other = {"name": "notes", "path": "docs/read me.bin", "bytes": 1, "hash": "sha256:" + "0" * 64}
    descriptor = {
        "name": "demo",
        "circledata": {"version": "1.0", "division_code": "620602", "as_of": "2026-03-31", "profile": "open"},
        "resources": [resource, other],
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False, indent=4), encoding="utf-8")
    return folder


def zipped(folder: Path, target: Path, base: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, base + path.relative_to(folder).as_posix())
    return target


def test_a_folder(package: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = repair(package, out)
    new = (out / "programmes.csv").read_bytes()
    assert new.decode("utf-8-sig") == HEAD + ROW.format(date="2026-03-01")
    assert done.counts == {"date-form": 1, "encoding": 1}
    assert done.list == tmp_path / "out-修改清单.csv"
    resources = json.loads((out / "datapackage.json").read_bytes())["resources"]
    assert resources[0] == {
        "name": "programmes",
        "path": "programmes.csv",
        "encoding": "utf-8",
        "bytes": len(new),
        "hash": digest(new),
    }
    # What was wrong about another file is still wrong, so that the check finds it.
    assert resources[1]["bytes"] == 1
    for name in ("docs/read me.bin", ".hidden"):
        assert (out / name).read_bytes() == (package / name).read_bytes()
    assert b'\n    "name"' in (out / "datapackage.json").read_bytes()
    codes = {item.name for item in validate(out).rules}
    assert not codes & {"not-a-date", "encoding-not-utf8", "encoding-as-declared-fails"}
    assert {"hash-differs", "size-differs"} <= codes


def test_a_second_run_is_the_same_to_the_byte(package: Path, tmp_path: Path) -> None:
    repair(package, tmp_path / "out")
    done = repair(tmp_path / "out", tmp_path / "again")
    assert done.counts == {}
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            assert (tmp_path / "again" / path.relative_to(tmp_path / "out")).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("base", ["", "某区 数据/"])
def test_a_zip(package: Path, tmp_path: Path, base: str) -> None:
    source = zipped(package, tmp_path / "p.zip", base)
    done = repair(source, tmp_path / "out.zip")
    assert done.kind == "package"
    with zipfile.ZipFile(tmp_path / "out.zip") as new:
        assert new.testzip() is None
        assert new.read(f"{base}programmes.csv").decode("utf-8-sig") == HEAD + ROW.format(date="2026-03-01")
        assert new.read(f"{base}docs/read me.bin") == bytes(range(256))
        assert json.loads(new.read(f"{base}datapackage.json"))["resources"][0]["encoding"] == "utf-8"
    again = repair(tmp_path / "out.zip", tmp_path / "again.zip")
    assert again.counts == {}
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "out.zip").read_bytes()


def test_a_wrong_hash_stays_wrong(package: Path, tmp_path: Path) -> None:
    descriptor = json.loads((package / "datapackage.json").read_bytes())
    descriptor["resources"][0]["hash"] = "md5:" + "0" * 32
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    repair(package / "datapackage.json", tmp_path / "out")
    new = json.loads((tmp_path / "out" / "datapackage.json").read_bytes())["resources"][0]
    assert new["hash"] == "md5:" + "0" * 32
    assert new["bytes"] == (tmp_path / "out" / "programmes.csv").stat().st_size


def test_a_table_that_cannot_be_read_is_copied_and_said(package: Path, tmp_path: Path) -> None:
    content = (package / "programmes.csv").read_bytes()
    (package / "circles.csv").write_bytes(b"circle_id,name\n620602-C001,\xff\xff\xff\n")
    descriptor = json.loads((package / "datapackage.json").read_bytes())
    descriptor["resources"].append({"name": "circles", "path": "circles.csv"})
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    done = repair(package, tmp_path / "out")
    assert (tmp_path / "out" / "circles.csv").read_bytes() == (package / "circles.csv").read_bytes()
    assert any(sentence.zh.startswith("circles.csv 没有改") for sentence in done.left)
    assert (tmp_path / "out" / "programmes.csv").read_bytes() != content


def test_a_link_out_of_the_package_is_not_followed(package: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (package / "link.txt").symlink_to(tmp_path / "secret.txt")
    done = repair(package, tmp_path / "out")
    assert not (tmp_path / "out" / "link.txt").exists()
    assert any("link.txt" in sentence.en for sentence in done.left)


def test_unsafe_entries_stay_out(package: Path, tmp_path: Path) -> None:
    source = zipped(package, tmp_path / "p.zip")
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr("../evil.txt", "x")
    done = repair(source, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as new:
        assert not any("evil" in name for name in new.namelist())
    assert any("evil" in sentence.en for sentence in done.left)


def test_without_a_descriptor_the_tables_are_known_by_their_names(package: Path, tmp_path: Path) -> None:
    (package / "datapackage.json").unlink()
    assert repair(package, tmp_path / "out").counts == {"date-form": 1, "encoding": 1}


def test_the_example_needs_no_repair(tmp_path: Path) -> None:
    source = EXAMPLES / "demo-district"
    done = repair(source, tmp_path / "out")
    assert done.counts == {}
    for path in source.rglob("*"):
        if path.is_file():
            assert (tmp_path / "out" / path.relative_to(source)).read_bytes() == path.read_bytes()


class TestRefused:
    def test_inside_and_around(self, package: Path) -> None:
        for out in (package / "out", package.parent):
            with pytest.raises(ConversionError, match="lies inside"):
                repair(package, out, overwrite=True)

    def test_another_form(self, package: Path, tmp_path: Path) -> None:
        with pytest.raises(ConversionError, match="stays a folder"):
            repair(package, tmp_path / "o.zip")
        with pytest.raises(ConversionError, match="stays a ZIP"):
            repair(zipped(package, tmp_path / "p.zip"), tmp_path / "folder")

    def test_a_folder_with_something_in_it(self, package: Path, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "mine.txt").write_text("mine")
        for overwrite in (False, True):
            with pytest.raises(ConversionError):
                repair(package, tmp_path / "out", overwrite=overwrite)
        assert (tmp_path / "out" / "mine.txt").read_text() == "mine"
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []

    def test_damaged_or_without_tables(self, package: Path, tmp_path: Path) -> None:
        (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 no zip")
        shutil.rmtree(package / "docs")
        (package / "programmes.csv").unlink()
        (package / "datapackage.json").write_text('{"resources": []}')
        (tmp_path / "worse").mkdir()
        (tmp_path / "worse" / "datapackage.json").write_text("{")
        for source, out in ((tmp_path / "bad.zip", "o.zip"), (package, "o"), (tmp_path / "worse", "o")):
            with pytest.raises(ConversionError, match="Nothing was written"):
                repair(source, tmp_path / out)
            assert not (tmp_path / out).exists()
