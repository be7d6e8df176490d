"""A list of many districts: where each is, as seen from the list, the same whatever order they are given in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import urljoin

import pytest
from publish_packages import small, told
from test_publish_site import conforms

import circledata
from circledata.feeds import PublishError
from circledata.feeds.manifest import manifest
from circledata.standard import load_standard


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    circledata.publish(small(folder / "package"), folder / "site")
    return folder / "site"


def member(site: Path, code: str, updated: str = "2024-12-31T00:00:00+08:00") -> dict[str, object]:
    return {**told(site), "area": {"division_code": code, "name": {"zh": code, "en": code}}, "updated": updated}


def test_a_member_is_found_from_where_the_list_is(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "省 province"
    shutil.copytree(site, folder / "凉州 区")
    content = circledata.write_manifest([str(folder / "凉州 区")], folder / "list" / "manifest.json")
    assert conforms(content, "manifest") == []
    assert json.loads((folder / "list" / "manifest.json").read_bytes()) == content
    found = urljoin((folder / "list" / "manifest.json").as_uri(), content["members"][0]["url"])
    assert found == (folder / "凉州 区" / "circledata.json").as_uri()
    assert content["area"]["division_code"] == "620602"
    assert content["publisher"] is None and content["updated"] == told(site)["updated"]


def test_a_member_with_a_base_is_named_by_it(site: Path, tmp_path: Path) -> None:
    circledata.publish(small(tmp_path / "package"), tmp_path / "site", base_url="https://data.example/a")
    content = circledata.write_manifest([str(tmp_path / "site" / "circledata.json")], tmp_path / "manifest.json")
    assert content["members"][0]["url"] == "https://data.example/a/circledata.json"


def test_members_are_in_the_order_of_their_codes_and_named_once(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "manifest.json"
    content = circledata.write_manifest([str(site), str(site)], out, title="清单", title_en="List", publisher="省厅")
    assert len(content["members"]) == 1
    assert content["title"] == {"zh": "清单", "en": "List"} and content["publisher"]["name"] == "省厅"
    first = manifest({"b": member(site, "620623"), "a": member(site, "620602")}, load_standard())
    second = manifest({"a": member(site, "620602"), "b": member(site, "620623")}, load_standard())
    assert first == second
    assert [item["division_code"] for item in first["members"]] == ["620602", "620623"]


@pytest.mark.parametrize(
    ("codes", "common"),
    [
        (["620602", "620602"], "620602"),
        (["620602", "620623"], "620600"),
        (["620602", "620102"], "620000"),
        (["110101", "110102"], "110000"),
        (["620602", "330106"], "100000"),
    ],
)
def test_the_area_is_the_smallest_that_holds_all(site: Path, codes: list[str], common: str | None) -> None:
    content = manifest({f"{n}": member(site, code) for n, code in enumerate(codes)}, load_standard())
    assert (content["area"] and content["area"]["division_code"]) == common
    assert conforms(content, "manifest") == []


def test_updated_is_the_newest_whatever_the_zone(site: Path) -> None:
    early, late = "2025-01-01T07:00:00+08:00", "2024-12-31T23:30:00Z"
    content = manifest({"a": member(site, "620602", early), "b": member(site, "620602", late)}, load_standard())
    assert content["updated"] == late


def test_a_folder_that_is_not_published_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="circledata publish"):
        circledata.write_manifest([str(tmp_path)], tmp_path / "manifest.json")
    assert not (tmp_path / "manifest.json").exists()


def test_a_file_of_something_else_is_left_alone(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "manifest.json"
    out.write_text('{"name": "my app"}', encoding="utf-8")
    with pytest.raises(PublishError, match="no manifest"):
        circledata.write_manifest([str(site)], out)
    assert out.read_text(encoding="utf-8") == '{"name": "my app"}'
    out.unlink()
    circledata.write_manifest([str(site)], out)
    before = out.read_bytes()
    circledata.write_manifest([str(site)], out)
    assert out.read_bytes() == before
