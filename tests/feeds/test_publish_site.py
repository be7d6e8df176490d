"""A published site: complete, repeatable, one release after the other, and the same whatever form the data came in."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from changes_packages import files_of, write_package
from jsonschema import Draft202012Validator
from publish_packages import boundaries, circle, feed, file_of, outlet, read, small, state, told, wrong_files

import circledata
from circledata.convert.export import export_package
from circledata.feeds import PublishError
from circledata.standard import spec_root

DEMO = spec_root().parent / "examples" / "demo-district"
FEEDS = spec_root() / "1.0" / "feeds"


def conforms(content: object, name: str) -> list[str]:
    schema = json.loads((FEEDS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return [error.message for error in Draft202012Validator(schema).iter_errors(content)]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("demo") / "site"
    circledata.publish(DEMO, site)
    return site


def test_the_discovery_file_conforms_and_names_files_that_are_as_it_says(demo: Path) -> None:
    content = told(demo)
    assert conforms(content, "discovery") == []
    assert wrong_files(demo) == []
    names = [item["name"] for item in content["feeds"]]
    assert len(set(names)) == len(names)
    assert {item["kind"] for item in content["feeds"]} == {
        "package", "descriptor", "csv", "geojson", "parquet", "indicators", "report", "changes", "catalog", "dataset",
    }  # fmt: skip
    assert content["quality"] == {"valid": True, "error": 0, "warning": 0, "advice": 0}
    assert (content["publisher"]["name"], content["license"], content["synthetic"]) == (
        "circledata 贡献者", "CC-BY-4.0", True,
    )  # fmt: skip
    assert content["records"]["outlets"] == 602


def test_the_discovery_file_inside_a_release_says_the_same_with_addresses_seen_from_there(demo: Path) -> None:
    top = told(demo)
    folder = demo / "releases" / top["release"]
    inside = json.loads((folder / "circledata.json").read_bytes())
    assert conforms(inside, "discovery") == []
    assert all((folder / item["url"]).is_file() for item in inside["feeds"])
    for item in inside["feeds"]:
        item["url"] = f"releases/{top['release']}/{item['url']}"
    assert inside == top


def test_what_is_published_is_a_package_without_faults(demo: Path) -> None:
    folder = demo / "releases" / told(demo)["release"]
    for path in (folder / "package", folder / "package.zip"):
        report = circledata.validate(path)
        assert (report.valid, report.counts) == (True, {"error": 0, "warning": 0, "advice": 0})
    with zipfile.ZipFile(folder / "package.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert packed == files_of(folder / "package")


def test_nothing_tells_of_the_machine(demo: Path) -> None:
    for name, (content, _) in state(demo).items():
        assert str(DEMO).encode() not in content and str(demo).encode() not in content, name
    assert read(demo, "report")["label"] == "demo-district"


def test_publishing_again_changes_no_byte(tmp_path: Path) -> None:
    package, site = small(tmp_path / "package"), tmp_path / "site"
    first = circledata.publish(package, site)
    before = state(site)
    again = circledata.publish(package, site)
    assert (first.changed, again.changed, again.release) == (True, False, first.release)
    assert state(site) == before


def test_the_same_package_gives_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    for name in ("one", "two"):
        circledata.publish(small(tmp_path / name / "package"), tmp_path / name / "site")
    assert files_of(tmp_path / "one" / "site") == files_of(tmp_path / "two" / "site")


@pytest.mark.parametrize("ending", ["zip", "xlsx"])
def test_a_package_in_one_file_is_published_like_its_folder(tmp_path: Path, ending: str) -> None:
    package = small(tmp_path / "package")
    export_package(package, tmp_path / f"package.{ending}")
    there = circledata.publish(package, tmp_path / "one")
    here = circledata.publish(tmp_path / f"package.{ending}", tmp_path / "two")
    assert here.release == there.release
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


def test_columns_in_another_order_are_the_same_data(tmp_path: Path) -> None:
    tables = {"circles": [circle()]}
    turned = {"circles": list(reversed(circle()))}
    one = circledata.publish(write_package(tmp_path / "one", tables), tmp_path / "site-one")
    two = circledata.publish(write_package(tmp_path / "two", tables, columns=turned), tmp_path / "site-two")
    assert one.release == two.release


def test_a_new_state_is_a_new_release_that_names_the_one_before(tmp_path: Path) -> None:
    site = tmp_path / "site"
    old = circledata.publish(small(tmp_path / "old"), site)
    new = circledata.publish(small(tmp_path / "new", outlets=4), site)
    content = told(site)
    assert content["previous"] == {
        "release": old.release, "url": f"releases/{old.release}/circledata.json",
    }  # fmt: skip
    assert json.loads(file_of(site, content["previous"]["url"]).read_bytes())["release"] == old.release
    inside = json.loads((site / "releases" / new.release / "circledata.json").read_bytes())
    assert inside["previous"]["url"] == f"../{old.release}/circledata.json"
    changes = file_of(site, feed(content, "changes")["url"]).read_text(encoding="utf-8").splitlines()
    assert any('"620602-O000004"' in line for line in changes[1:])
    assert feed(content, "changes")["records"] == 1


def test_going_back_to_an_older_state_is_a_release_of_its_own(tmp_path: Path) -> None:
    site, packages = tmp_path / "site", [small(tmp_path / "one"), small(tmp_path / "two", outlets=4)]
    releases = [circledata.publish(packages[number], site).release for number in (0, 1, 0, 1)]
    assert len(set(releases)) == 4
    assert sorted(path.name for path in (site / "releases").iterdir()) == sorted(releases)
    assert told(site)["previous"]["release"] == releases[2]
    assert wrong_files(site) == []


def test_an_old_release_is_published_anew_from_the_site_itself(tmp_path: Path) -> None:
    site = tmp_path / "site"
    old = circledata.publish(small(tmp_path / "one"), site)
    circledata.publish(small(tmp_path / "two", outlets=4), site)
    back = circledata.publish(old.folder / "package", site)
    assert files_of(back.folder / "package") == files_of(old.folder / "package")
    assert told(site)["records"]["outlets"] == 3


def test_with_a_base_every_address_is_absolute_and_both_files_are_the_same(tmp_path: Path) -> None:
    site = tmp_path / "site"
    circledata.publish(small(tmp_path / "old"), site, base_url="https://data.example/圈".replace("圈", "circles"))
    done = circledata.publish(small(tmp_path / "new", outlets=4), site, base_url="https://data.example/circles/")
    base = "https://data.example/circles/releases/"
    content = told(site)
    assert all(item["url"].startswith(f"{base}{done.release}/") for item in content["feeds"])
    assert content["previous"]["url"] == f"{base}{content['previous']['release']}/circledata.json"
    assert (site / "circledata.json").read_bytes() == (done.folder / "circledata.json").read_bytes()
    assert conforms(content, "discovery") == []


@pytest.mark.parametrize("setting", [{"ttl": 60}, {"draft": True}, {"base_url": "https://data.example/"}])
def test_another_setting_is_another_release(tmp_path: Path, setting: dict[str, object]) -> None:
    package, site = small(tmp_path / "package"), tmp_path / "site"
    one = circledata.publish(package, site)
    two = circledata.publish(package, site, **setting)  # type: ignore[arg-type]
    assert one.release != two.release
    assert (told(site)["ttl"], told(site)["draft"]) == (setting.get("ttl", 86_400), setting.get("draft", False))


def test_what_the_standard_does_not_know_stays_at_home(tmp_path: Path) -> None:
    package = write_package(
        tmp_path / "package",
        {"circles": [circle(x_note="自己的列")]},
        files={"circles.geojson": boundaries(contact="张三"), "notes.txt": "内部".encode()},
    )
    (package / "unlisted.csv").write_text("a\n", encoding="utf-8")
    done = circledata.publish(package, tmp_path / "site")
    assert {path.name for path in (done.folder / "package").iterdir()} == {
        "circles.csv", "circles.geojson", "datapackage.json",
    }  # fmt: skip
    assert "notes-txt" in done.notes[0].zh
    assert not [name for name, (content, _) in state(tmp_path / "site").items() if "张三".encode() in content]
    assert "x_note" in (done.folder / "package" / "circles.csv").read_text(encoding="utf-8-sig")


def test_options_say_what_the_package_does_not(tmp_path: Path) -> None:
    from datetime import date

    done = circledata.publish(small(tmp_path / "package"), tmp_path / "site", as_of=date(2025, 1, 31))
    assert done.release.startswith("2025-01-31-")
    descriptor = json.loads((done.folder / "package" / "datapackage.json").read_bytes())
    assert descriptor["circledata"]["as_of"] == told(tmp_path / "site")["as_of"] == "2025-01-31"


def test_a_licence_that_nobody_chose_is_said(tmp_path: Path) -> None:
    package = small(tmp_path / "package")
    descriptor = json.loads((package / "datapackage.json").read_bytes())
    descriptor["licenses"] = [{"name": "LicenseRef-undecided", "title": "待定"}]
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    done = circledata.publish(package, tmp_path / "site")
    assert "licenses" in done.notes[0].zh and told(tmp_path / "site")["license"] == "LicenseRef-undecided"


def test_several_licences_hold_together(tmp_path: Path) -> None:
    package = small(tmp_path / "package")
    descriptor = json.loads((package / "datapackage.json").read_bytes())
    descriptor["licenses"] = [{"name": "CC-BY-4.0"}, {"name": "ODbL-1.0"}]
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    circledata.publish(package, tmp_path / "site")
    assert told(tmp_path / "site")["license"] == "CC-BY-4.0 AND ODbL-1.0"


def test_a_site_of_another_place_is_left_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    circledata.publish(small(tmp_path / "one"), site)
    other = write_package(
        tmp_path / "two",
        {"circles": [{"circle_id": "330106-C001", "name": "圈", "division_code": "330106001", "status": "built"}]},
        settings={"division_code": "330106"},
    )
    before = state(site)
    with pytest.raises(PublishError, match="330106"):
        circledata.publish(other, site)
    assert state(site) == before


@pytest.mark.parametrize("name", ["index.html", "circledata.json"])
def test_files_of_somebody_else_are_left_alone(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / name).write_text('{"type": "something"}', encoding="utf-8")
    before = state(site)
    with pytest.raises(PublishError):
        circledata.publish(small(tmp_path / "package"), site)
    assert state(site) == before


def test_a_site_inside_the_package_is_refused(tmp_path: Path) -> None:
    package = small(tmp_path / "package")
    with pytest.raises(PublishError, match="inside"):
        circledata.publish(package, package / "site")
    assert not (package / "site").exists()


@pytest.mark.parametrize("base", ["data.example", "ftp://data.example/", "https://data.example/?a=1", "https://a b/"])
def test_a_base_that_is_no_address_is_refused(tmp_path: Path, base: str) -> None:
    with pytest.raises(PublishError, match="--base-url"):
        circledata.publish(small(tmp_path / "package"), tmp_path / "site", base_url=base)
    assert not (tmp_path / "site").exists()


def test_an_old_release_that_was_deleted_does_not_stop_the_next(tmp_path: Path) -> None:
    import shutil

    site = tmp_path / "site"
    circledata.publish(small(tmp_path / "one"), site)
    shutil.rmtree(site / "releases")
    circledata.publish(small(tmp_path / "two", outlets=4), site)
    assert wrong_files(site) == []
    assert told(site)["previous"] is None


def test_outlets_of_a_category_are_a_file_with_what_lies_below_it(tmp_path: Path) -> None:
    tables = {
        "circles": [circle()],
        "categories": [
            {"category": "demo-mending", "name": "小修小补", "parent": "repair", "class": "basic"},
        ],
        "outlets": [
            outlet(1, category="shoe-repair"),
            outlet(2, category="demo-mending"),
            outlet(3, other_categories="key-cutting;tailor"),
            outlet(4),
        ],
    }
    site = tmp_path / "site"
    circledata.publish(write_package(tmp_path / "package", tables), site)
    counts = {item["category"]: item["records"] for item in told(site)["feeds"] if item["category"]}
    assert counts["demo-mending"] == counts["shoe-repair"] == counts["key-cutting"] == 1
    assert counts["convenience-store"] == 2
    assert counts["repair"] == len(read(site, "category-repair")["features"]) >= 2
    second = read(site, "category-demo-mending")["features"][0]
    assert second["properties"]["category_title_zh"] == "小修小补"
    assert second["properties"]["category_title_en"] == "Repair shop"
