from __future__ import annotations

import copy
import hashlib
import json
import os
from datetime import date
from pathlib import Path

import pytest

from circledata.sources import Options, SourceError, ToolError, UsageError, open_package
from circledata.sources.errors import MESSAGES

from .conftest import DESCRIPTOR, HEADER, ROW, found

CSV = f"{HEADER}\n{ROW}\n"


def described(**changes):
    descriptor = copy.deepcopy(DESCRIPTOR)
    descriptor["circledata"] |= changes.pop("circledata", {})
    return descriptor | changes


def resources(*items):
    return described(resources=list(items))


def test_a_package_in_a_folder(opened):
    package = opened({"datapackage.json": DESCRIPTOR, "communities.csv": CSV, "README.md": "", ".hidden": ""})
    assert (package.kind, package.complete, package.findings, package.notes) == ("directory", True, (), ())
    meta = package.meta
    assert (meta.version, meta.division_code, meta.as_of) == ("1.0", "620602", date(2024, 12, 31))
    assert (meta.coordinate_system, meta.profile, meta.synthetic) == ("CGCS2000", "open", None)
    assert package.tables["communities"].file == "communities.csv"


def test_the_descriptor_itself_can_be_named(opened):
    package = opened({"datapackage.json": DESCRIPTOR, "communities.csv": CSV}, "datapackage.json")
    assert list(package.tables) == ["communities"]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [('{"a": 1,}', 1, 9), ('{\n  "a": NaN}', 2, 8), ("", 1, 1), ('{"a": "\n"}', 1, 8), ("{}\nx", 2, 1)],
)
def test_a_descriptor_that_is_not_json(opened, text, line, column):
    package = opened({"datapackage.json": text, "communities.csv": CSV})
    assert found(package.findings) == [("descriptor-not-json", None)]
    assert (package.findings[0].params["line"], package.findings[0].params["column"]) == (line, column)
    assert list(package.tables) == ["communities"]
    assert not package.complete


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a": ' + "1" * 5000 + "}", "\ufeff[]"])
def test_descriptors_that_try_to_break_the_reader(opened, text):
    package = opened({"datapackage.json": text, "communities.csv": CSV})
    assert {name for name, _ in found(package.findings)} <= {"descriptor-not-json", "descriptor-invalid"}
    assert package.findings


def test_a_descriptor_in_gbk(opened):
    text = json.dumps(DESCRIPTOR, ensure_ascii=False, indent=1).encode("gbk")
    package = opened({"datapackage.json": text, "communities.csv": CSV})
    assert package.findings[0].params["line"] == 3


def test_keys_that_stand_twice(opened):
    text = json.dumps(DESCRIPTOR).replace('"profile"', '"as_of": "2023-12-31", "profile"')
    package = opened({"datapackage.json": text, "communities.csv": CSV})
    assert found(package.findings) == [("descriptor-duplicate-key", None)]
    assert dict(package.findings[0].params) == {"key": "as_of", "pointer": "/circledata"}


def test_problems_of_the_descriptor_are_said_one_by_one(opened):
    descriptor = described(
        circledata={"as_of": "2024-02-30", "coordinate_system": "wgs", "profil": 1, "synthetic": "是"}
    )
    del descriptor["title"]
    package = opened({"datapackage.json": descriptor, "communities.csv": CSV})
    assert {item.params["pointer"] for item in package.findings} == {
        "/title", "/circledata/as_of", "/circledata/coordinate_system", "/circledata/profil", "/circledata/synthetic",
    }  # fmt: skip
    assert len(package.findings) == 5
    assert all(item.params["problem_zh"] and item.params["problem_en"] for item in package.findings)
    assert (package.meta.as_of, package.meta.synthetic) == (None, None)


def test_without_a_descriptor_tables_are_still_read(opened):
    package = opened({"communities.csv": CSV, "notes.csv": "a,b\n"})
    assert found(package.findings) == [("descriptor-missing", None)]
    assert list(package.tables) == ["communities"]
    assert not package.complete


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("../communities.csv", "path-unsafe"), ("/etc/passwd", "path-unsafe"), ("C:/a.csv", "path-unsafe"),
        ("C:a.csv", "path-unsafe"), ("data\\a.csv", "path-unsafe"), ("a/../../b.csv", "path-unsafe"),
        ("file:///etc/passwd", "path-unsafe"), ("//host/a.csv", "path-unsafe"), ("a\0b.csv", "path-unsafe"),
        ("~/a.csv", "path-unsafe"), ("https://example.org/a.csv", "path-remote"), ("s3://b/a.csv", "path-remote"),
        ("missing.csv", "resource-missing"), ("folder", "resource-missing"),
    ],
)  # fmt: skip
def test_paths_that_are_not_followed(opened, path, rule):
    package = opened({
        "datapackage.json": resources({"name": "communities", "path": path}), "folder/README": ""
    })  # fmt: skip
    assert found(package.findings) == [(rule, None)]
    assert package.findings[0].params["path"] == path
    assert not package.complete


def test_links_out_of_the_package_are_not_followed(opened, tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_text(CSV, encoding="utf-8")
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "communities.csv").symlink_to(outside)
    package = opened({"datapackage.json": DESCRIPTOR})
    assert found(package.findings) == [("link-leaves-package", None)]
    assert not package.tables


def test_links_inside_the_package_are_fine(opened, tmp_path):
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "communities.csv").symlink_to("real.csv")
    package = opened({"datapackage.json": DESCRIPTOR, "real.csv": CSV})
    assert list(package.tables) == ["communities"]


def test_a_pipe_is_no_file_and_is_not_opened(opened, tmp_path):
    folder = tmp_path / "package"
    folder.mkdir()
    os.mkfifo(folder / "communities.csv")
    package = opened({"datapackage.json": DESCRIPTOR})
    assert found(package.findings) == [("resource-missing", None)]
    with pytest.raises(UsageError):
        open_package([folder / "communities.csv"], workdir=tmp_path, options=Options())


def test_one_table_twice_and_unknown_tables_and_unlisted_files(opened):
    descriptor = resources(
        {"name": "communities", "path": "communities.csv"},
        {"name": "communities", "path": "again.csv"},
        {"name": "comunities", "path": "typo.csv"},
        {"name": "photo", "path": "photo.jpg"},
    )
    files = dict.fromkeys(("communities.csv", "again.csv", "typo.csv", "photo.jpg", "draft.csv"), CSV)
    package = opened({"datapackage.json": descriptor, **files})
    assert found(package.findings) == [("table-twice", None), ("table-unknown", None), ("file-not-listed", None)]
    assert package.findings[1].params["suggestion"] == "communities"
    assert package.findings[2].file == "draft.csv"


@pytest.mark.parametrize("algorithm", ["sha256", "md5", ""])
def test_hash_and_size_are_compared_when_declared(opened, algorithm):
    digest = hashlib.new(algorithm or "md5", CSV.encode()).hexdigest()
    declared = f"{algorithm}:{digest}" if algorithm else digest
    entry = {"name": "communities", "path": "communities.csv", "hash": declared, "bytes": len(CSV.encode())}
    package = opened({"datapackage.json": resources(entry), "communities.csv": CSV})
    # The standard itself asks for SHA-256; others are compared all the same.
    assert {item.params["pointer"] for item in package.findings} == (
        set() if algorithm == "sha256" else {"/resources/0/hash"}
    )
    assert package.tables["communities"].sha256 == hashlib.sha256(CSV.encode()).hexdigest()


def test_a_hash_and_a_size_that_differ(opened):
    entry = {"name": "communities", "path": "communities.csv", "hash": "sha256:" + "0" * 64, "bytes": 7}
    package = opened({"datapackage.json": resources(entry), "communities.csv": CSV})
    assert found(package.findings) == [("size-differs", None), ("hash-differs", None)]
    assert package.findings[0].params["actual"] == len(CSV.encode())


def test_a_version_and_an_extension_that_nobody_knows(opened):
    package = opened({
        "datapackage.json": described(circledata={"version": "9.0", "extensions": {"day-economy": "1.0"}}),
        "communities.csv": CSV,
    })  # fmt: skip
    assert found(package.findings) == [("version-unknown", None), ("extension-unknown", None)]
    assert package.standard.version == "1.0"


def test_options_win_over_the_package_and_say_so(opened):
    files = {"datapackage.json": DESCRIPTOR, "communities.csv": CSV}
    package = opened(files, crs="高德坐标", as_of=date(2024, 12, 31), division="620600")
    assert (package.meta.coordinate_system, package.meta.division_code) == ("GCJ-02", "620600")
    assert [(note.code, note.params["setting"]) for note in package.notes] == [
        ("setting-overridden", "division_code"), ("setting-overridden", "coordinate_system"),
    ]  # fmt: skip


def square(**changes):
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    return {
        "type": "Feature",
        "properties": {"circle_id": "620602-C001"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    } | changes


@pytest.mark.parametrize(
    "feature",
    [
        square(properties={}),
        square(properties=None),
        square(geometry=None),
        square(geometry={"type": "Point", "coordinates": [0, 0]}),
        square(geometry={"type": "Polygon", "coordinates": []}),
        square(geometry={"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 0]]]}),
        square(geometry={"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}),
        square(geometry={"type": "MultiPolygon", "coordinates": [[["x"]]]}),
        {"type": "Polygon"},
        3,
    ],
)
def test_features_that_are_no_boundary(opened, feature):
    collection = {"type": "FeatureCollection", "features": [square(), feature]}
    descriptor = resources(
        {"name": "communities", "path": "communities.csv"}, {"name": "circles-geojson", "path": "circles.geojson"}
    )
    package = opened({"datapackage.json": descriptor, "communities.csv": CSV, "circles.geojson": collection})
    assert found(package.findings) == [("geojson-invalid", None)]
    assert package.findings[0].params["pointer"] == "/features/1"
    assert package.boundaries_file == "circles.geojson"
    assert package.boundaries is not None


def test_boundaries_that_are_not_json(opened):
    descriptor = resources(
        {"name": "communities", "path": "communities.csv"}, {"name": "circles-geojson", "path": "circles.geojson"}
    )
    files = {"datapackage.json": descriptor, "communities.csv": CSV, "circles.geojson": '{"type": '}
    package = opened(files)
    assert found(package.findings) == [("geojson-not-json", None)]
    assert package.boundaries is None
    assert not package.complete


def test_paths_that_make_no_sense(opened, tmp_path, work):
    def code(*paths: Path, **options):
        with pytest.raises(SourceError) as caught:
            open_package(paths, workdir=work, options=Options(**options))
        return caught.value.code, caught.value.exit_code

    opened({"communities.csv": CSV, "other.csv": "a,b\n1,2\n", "a.pdf": "%PDF-1.4", "b.json": "{}"})
    folder = tmp_path / "package"
    table = folder / "communities.csv"
    assert code() == ("path-none", 2)
    assert code(tmp_path / "none.csv") == ("path-missing", 2)
    assert code(Path(os.devnull)) == ("path-special", 2)
    assert code(folder, table) == ("path-mixed", 2)
    assert code(table, table="shops") == ("table-unknown", 2)
    assert code(table, table, table="communities") == ("table-needs-one-file", 2)
    assert code(folder / "other.csv") == ("table-unclear", 2)
    assert code(folder / "a.pdf") == ("format-unsupported", 2)
    assert code(folder / "b.json") == ("format-unsupported", 2)
    assert code(table, crs="NAD27") == ("setting-unusable", 2)
    assert code(table, division="62") == ("setting-unusable", 2)


def test_problems_are_said_in_both_languages():
    problem = UsageError("path-missing", path="a.csv")
    assert problem.in_language("zh") == "找不到 a.csv。"
    assert str(problem) == "There is no a.csv."
    assert issubclass(ToolError, SourceError)
    assert all(text.zh and text.en for text in MESSAGES.values())


def test_a_single_file_is_guessed_by_its_header(opened):
    package = opened({"社区导出.csv": CSV}, "社区导出.csv")
    assert list(package.tables) == ["communities"]
    assert [note.code for note in package.notes] == ["table-guessed", *["setting-unknown"] * 3]
    assert package.kind == "files"
    assert package.complete


def test_single_files_by_name(opened, tmp_path, work):
    opened({"communities.csv": CSV, "Circles.csv": "circle_id,name,division_code,status\n", "x.csv": "a,b\n1,2\n"})
    folder = tmp_path / "package"
    paths = [folder / "communities.csv", folder / "Circles.csv", folder / "x.csv"]
    package = open_package(paths, workdir=work, options=Options())
    assert list(package.tables) == ["communities", "circles"]
    assert found(package.findings) == [("table-unknown", None)]
    assert "table-guessed" not in {note.code for note in package.notes}


def test_a_file_that_may_not_be_read(opened, tmp_path, work, monkeypatch):
    opened({"communities.csv": CSV})

    def refuse(*_args, **_more):
        raise PermissionError(13, "Permission denied", "communities.csv")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ToolError) as caught:
        open_package([tmp_path / "package" / "communities.csv"], workdir=work, options=Options())
    assert (caught.value.code, caught.value.exit_code) == ("permission-denied", 3)


def test_nothing_of_the_users_is_changed(opened, tmp_path):
    files = {"datapackage.json": DESCRIPTOR, "communities.csv": CSV.encode("utf-16")}
    opened(files)
    before = {path: path.read_bytes() for path in (tmp_path / "package").iterdir()}
    opened({})
    assert {path: path.read_bytes() for path in (tmp_path / "package").iterdir()} == before
