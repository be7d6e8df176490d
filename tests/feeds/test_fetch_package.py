"""Packages by way of their discovery files, and the districts of a manifest, each by itself."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from fetch_site import Site, file, redirect, reply, sha

from circledata.feeds.fetch import Client, FetchError, fetch_members, fetch_package, read_manifest
from circledata.sources.feed_schema import schema_of

MakeClient = Callable[..., Client]


def example(kind: Any) -> dict[str, Any]:
    """Return the example that stands in the schema itself."""
    found: dict[str, Any] = copy.deepcopy(json.loads(schema_of(kind).read_text(encoding="utf-8"))["examples"][0])
    return found


def discovery(package: bytes, where: str, **changed: Any) -> dict[str, Any]:
    record = example("discovery")
    feed = {**record["feeds"][0], "name": "package", "kind": "package", "url": where, "media_type": "application/zip"}
    feed |= {"bytes": len(package), "sha256": sha(package), "coordinate_system": None, "table": None, "records": None}
    return {**record, "feeds": [*record["feeds"], {**feed, **changed}]}


def publish(site: Site, package: bytes, at: str = "", release: str = "r1", **changed: Any) -> None:
    record = discovery(package, f"releases/{release}/package.zip", **changed)
    site[f"{at}/circledata.json"] = file(json.dumps(record).encode(), etag=f'"{sha(package)}"')
    site[f"{at}/releases/{release}/package.zip"] = file(package)


def fault(client: Client, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch_package(client, url)
    assert "{" not in caught.value.text.zh + caught.value.text.en
    return caught.value


def test_a_package_is_fetched_by_way_of_its_discovery_file(site: Site, make_client: MakeClient) -> None:
    publish(site, b"package")
    fetched = fetch_package(make_client(), site.url("/circledata.json"))
    assert (fetched.folder_or_zip.read_bytes(), fetched.changed) == (b"package", True)
    assert fetched.discovery["area"]["division_code"] == "620602"
    again = fetch_package(make_client(), site.url("/circledata.json"))
    assert (again.folder_or_zip, again.changed) == (fetched.folder_or_zip, False)
    assert len(site.asked("/releases/r1/package.zip")) == 1


def test_addresses_are_resolved_where_the_file_came_from_in_the_end(site: Site, client: Client) -> None:
    publish(site, b"package", "/new/place")
    site["/circledata.json"] = redirect("/new/place/circledata.json", 308)
    assert fetch_package(client, site.url("/circledata.json")).folder_or_zip.read_bytes() == b"package"


def test_a_new_release_with_the_same_package_is_not_fetched_again(site: Site, client: Client) -> None:
    publish(site, b"package")
    fetch_package(client, site.url("/circledata.json"))
    publish(site, b"package", release="r2")
    assert fetch_package(client, site.url("/circledata.json")).changed is False
    assert site.asked("/releases/r2/package.zip") == []


def test_a_new_package_replaces_the_old_one_in_the_cache(site: Site, client: Client) -> None:
    publish(site, b"package")
    old = fetch_package(client, site.url("/circledata.json"))
    publish(site, b"newer", release="r2")
    new = fetch_package(client, site.url("/circledata.json"))
    assert (new.changed, new.folder_or_zip.read_bytes(), old.folder_or_zip.exists()) == (True, b"newer", False)


def test_a_site_that_is_published_anew_at_that_moment_is_read_once_more(site: Site, client: Client) -> None:
    old, new = (json.dumps(discovery(data, "package.zip")).encode() for data in (b"old", b"new"))
    site["/circledata.json"] = [reply(old), reply(new)]
    site["/package.zip"] = file(b"new")
    assert fetch_package(client, site.url("/circledata.json")).folder_or_zip.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("changed", "kind"),
    [({"sha256": "0" * 64}, "hash-differs"), ({"bytes": 3}, "size-differs"), ({"url": "gone.zip"}, "not-found")],
)
def test_a_package_that_is_not_what_was_said_is_not_taken(
    site: Site, client: Client, changed: dict[str, Any], kind: str
) -> None:
    publish(site, b"package", **changed)
    assert fault(client, site.url("/circledata.json")).kind == kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "not-json"),
        (b"{", "not-json"),
        (b"\xff{}", "not-json"),
        (b"<!doctype html><title>log in</title>", "web-page"),
        (b"[]", "not-as-schema"),
        (b"{}", "not-as-schema"),
        (b'{"type": "FeatureCollection", "features": []}', "not-as-schema"),
        (json.dumps(example("manifest")).encode(), "not-as-schema"),
        (json.dumps(example("discovery")).encode(), "no-package"),
    ],
)
def test_what_is_no_discovery_file_is_told(site: Site, client: Client, body: bytes, kind: str) -> None:
    site["/circledata.json"] = reply(body)
    assert fault(client, site.url("/circledata.json")).kind == kind


def test_a_manifest_taken_for_a_discovery_file_is_told_in_plain_words(site: Site, client: Client) -> None:
    site["/manifest.json"] = reply(json.dumps(example("manifest")).encode())
    error = fault(client, site.url("/manifest.json"))
    assert error.text.en == f"In {site.url('/manifest.json')}, “/type” is not as required: it must be discovery."


def test_a_district_that_fails_does_not_stop_the_others(site: Site, make_client: MakeClient) -> None:
    for name in ("one", "three"):
        publish(site, name.encode(), f"/{name}")
    names = ["one", "two", "three", "http://169.254.169.254/latest"]
    record = example("manifest")
    member = record["members"][0]
    record["members"] = [
        {**member, "division_code": f"62060{number}", "url": name if "://" in name else f"{name}/circledata.json"}
        for number, name in enumerate(names)
    ]
    site["/province/manifest.json"] = redirect("/manifest.json")
    site["/manifest.json"] = reply(json.dumps(record).encode())
    client = make_client()
    found = list(fetch_members(client, site.url("/province/manifest.json")))
    assert [item.member.division_code for item in found] == ["620600", "620601", "620602", "620603"]
    assert [item.error.kind if item.error else None for item in found] == [None, "not-found", None, "address-refused"]
    assert [item.fetched.folder_or_zip.read_bytes() for item in found if item.fetched] == [b"one", b"three"]
    assert [member.name["zh"] for member in read_manifest(client, site.url("/manifest.json")).members] == ["凉州区"] * 4


def test_a_manifest_that_cannot_be_had_is_a_fault_of_its_own(site: Site, client: Client) -> None:
    with pytest.raises(FetchError) as caught:
        list(fetch_members(client, site.url("/manifest.json")))
    assert caught.value.kind == "not-found"
