"""What is not published: data with errors unless it is a draft, and personal data in any case; nothing is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from changes_packages import write_package
from publish_packages import circle, feed, file_of, outlet, read, small, told
from test_publish_site import conforms

import circledata
from circledata.feeds import Refused
from circledata.standard import spec_root

EXAMPLES = spec_root().parent / "examples"
MOBILE = "13812345678"


def refused(package: Path, site: Path, *, draft: bool = False) -> str:
    """Return what both languages say of a package that is refused; nothing may be written."""
    with pytest.raises(Refused) as caught:
        circledata.publish(package, site, draft=draft)
    assert not site.exists()
    assert caught.value.exit_code == 1
    zh, en = caught.value.in_language("zh"), caught.value.in_language("en")
    assert len(zh.splitlines()) == len(en.splitlines()) == len(caught.value.reasons)
    assert not any("\u4e00" <= character <= "\u9fff" for character in en)
    return zh


def test_errors_are_named_by_their_rules_with_what_to_do(tmp_path: Path) -> None:
    text = refused(EXAMPLES / "broken-district", tmp_path / "site")
    assert "CD" in text and "circledata validate" in text and "--draft" in text


def test_a_draft_has_errors_and_says_so_everywhere(tmp_path: Path) -> None:
    site = tmp_path / "site"
    circledata.publish(EXAMPLES / "broken-district", site, draft=True)
    content = told(site)
    assert conforms(content, "discovery") == []
    assert content["draft"] is True
    assert content["quality"]["valid"] is False and content["quality"]["error"] > 0
    assert read(site, "outlets")["circledata"]["draft"] is True
    assert "草稿" in (site / "index.html").read_text(encoding="utf-8")
    assert "adms:versionNotes" in read(site, "catalog")["dcat:dataset"][0]
    assert read(site, "dataset")["creativeWorkStatus"] == "Draft"


@pytest.mark.parametrize("draft", [False, True])
def test_an_exchange_package_is_refused(tmp_path: Path, draft: bool) -> None:
    text = refused(EXAMPLES / "demo-exchange", tmp_path / "site", draft=draft)
    assert "exchange" in text and "survey_responses" in text


@pytest.mark.parametrize(
    "cells",
    [
        {"name": f"张三 {MOBILE}"},
        {"x_contact": MOBILE},
        {"address": "110101199003077213"},
        {"x_mail": "a.b@example.org"},
    ],
    ids=["mobile", "own-column", "resident-id", "mail"],
)
def test_personal_data_is_refused_and_not_repeated(tmp_path: Path, cells: dict[str, str]) -> None:
    package = write_package(tmp_path / "package", {"circles": [circle()], "outlets": [outlet(1, **cells)]})
    text = refused(package, tmp_path / "site", draft=True)
    assert "CD6" in text
    assert not any(value in text for value in cells.values())


def test_small_survey_cells_are_refused(tmp_path: Path) -> None:
    rows = {"survey_id": "620602-S001", "circle_id": "620602-C001", "question_id": "q1", "base": "23"}
    package = write_package(
        tmp_path / "package",
        {
            "circles": [circle()],
            "surveys": [
                {"survey_id": "620602-S001", "kind": "satisfaction", "started_on": "2024-01-01",
                 "ended_on": "2024-01-31", "responses": "23"},
            ],
            "survey_questions": [
                {"survey_id": "620602-S001", "question_id": "q1", "text": "总体满意吗", "type": "likert5"},
            ],
            "survey_results": [
                {**rows, "option": "1", "count": "3"}, {**rows, "option": "5", "count": "20"},
            ],
        },
    )  # fmt: skip
    assert "CD6" in refused(package, tmp_path / "site", draft=True)


def test_personal_data_in_the_descriptor_is_refused(tmp_path: Path) -> None:
    package = small(tmp_path / "package")
    descriptor = json.loads((package / "datapackage.json").read_bytes())
    descriptor["contributors"][0]["phone"] = MOBILE
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert "datapackage.json" in refused(package, tmp_path / "site", draft=True)


def test_hashes_are_no_personal_data(tmp_path: Path) -> None:
    from circledata.feeds.refusals import said_in

    digest = "sha256:" + "a" + MOBILE + "b" * 52
    assert not said_in({"name": "x", "resources": [{"name": "outlets", "hash": digest, "bytes": 13812345678}]})
    assert said_in({"name": "x", "resources": [{"name": "outlets", "title": MOBILE}]})
    assert said_in({"title": MOBILE})


def test_a_package_that_does_not_say_whom_it_is_for_is_refused(tmp_path: Path) -> None:
    text = refused(small(tmp_path / "package", profile=None), tmp_path / "site", draft=True)
    assert "circledata.profile" in text


@pytest.mark.parametrize("key", ["division_code", "as_of"])
def test_a_draft_says_at_least_what_and_when_it_is(tmp_path: Path, key: str) -> None:
    package = small(tmp_path / "package", **{key: "某天"})
    assert f"circledata.{key}" in refused(package, tmp_path / "site", draft=True)


def test_tables_alone_are_no_package(tmp_path: Path) -> None:
    package = small(tmp_path / "package")
    assert "circledata new" in refused(package / "outlets.csv", tmp_path / "site", draft=True)


def test_a_draft_without_a_coordinate_system_has_no_maps(tmp_path: Path) -> None:
    site = tmp_path / "site"
    circledata.publish(small(tmp_path / "package", coordinate_system=None), site, draft=True)
    content = told(site)
    assert conforms(content, "discovery") == []
    assert not [item for item in content["feeds"] if item["kind"] in {"geojson", "parquet"}]
    assert file_of(site, feed(content, "csv-outlets")["url"]).is_file()
