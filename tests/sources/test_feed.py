"""What is published, checked where it lies: circledata.json with its files, manifest.json, GeoJSON feeds."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from circledata import validate
from circledata.findings import fix, message
from circledata.reports import BINARY, FORMATS
from circledata.reports.style import Style
from circledata.sources import UsageError
from circledata.sources.feed_geometry import geometry_problems
from circledata.sources.feed_json import read_outline
from circledata.standard import load_standard
from circledata.standard.cases import descriptor

STANDARD = load_standard("1.0")
NAMES = {rule.code: rule.name for rule in STANDARD.rules.values()}
RELEASE = "2024-12-31-1a2b3c4d"
HEAD = {
    "table": "outlets",
    "division_code": "620602",
    "as_of": "2024-12-31",
    "license": "CC-BY-4.0",
    "release": RELEASE,
    "synthetic": True,
}
OUTLET = {
    "outlet_id": "620602-O000001",
    "name": "东关菜店",
    "category": "wet-market",
    "address": "东关街 1 号",
    "longitude": 102.634512,
    "latitude": 37.925318,
    "status": "open",
}
CSV = f"{','.join(OUTLET)}\n{','.join(map(str, OUTLET.values()))}\n"
SQUARE = [[102.63, 37.92], [102.64, 37.92], [102.64, 37.93], [102.63, 37.93], [102.63, 37.92]]


def feature(**changed: Any) -> dict[str, Any]:
    """A feature of an outlet; what a feature has not among its own members is one of its properties."""
    own = {key: changed.pop(key) for key in ("id", "geometry", "type") if key in changed}
    properties = {key: value for key, value in {**OUTLET, **changed}.items() if value is not ...}
    point = {"type": "Point", "coordinates": [OUTLET["longitude"], OUTLET["latitude"]]}
    return {"type": "Feature", "id": properties.get("outlet_id"), "geometry": point, "properties": properties, **own}


def collection(*features: Any, indent: bool = True, **changed: Any) -> str:
    top = {"type": "FeatureCollection", "circledata": {**HEAD, **changed.pop("head", {})}, **changed}
    between = ",\n" if indent else ","
    items = between.join(json.dumps(item, ensure_ascii=False) for item in features)
    start = json.dumps({key: value for key, value in top.items() if value is not ...}, ensure_ascii=False)
    return f'{start[:-1]}, "features": [{between[1:]}{items}]}}'


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., list[tuple[str, int | None, str | None]]]:
    """Write a GeoJSON file, check it, and return the findings as rule, row and column."""

    def run(text: str, name: str = "outlets.geojson", **options: Any) -> list[tuple[str, int | None, str | None]]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        report = validate(tmp_path / name, **options)
        findings = [item for item in report.findings if item.level != "advice"]
        for finding in findings:
            assert finding.column_number is None
            for language in ("zh", "en"):
                assert "{" not in message(finding, STANDARD, language) + fix(finding, STANDARD, language)
        return [(NAMES[item.rule], item.row, item.column) for item in findings]

    return run


def test_a_feed_is_checked_by_the_rules_of_its_table(told: Any) -> None:
    assert told(collection(feature())) == []
    wrong = [feature(), feature(outlet_id="620602-O000002", name=..., status="opened", opening_hours="早八点")]
    assert told(collection(*wrong)) == [
        ("required-empty", 3, "name"),
        ("code-unknown", 3, "status"),
        ("opening-hours-unreadable", 3, "opening_hours"),
    ]


def test_two_features_of_one_record_are_told(told: Any) -> None:
    assert next(rule for rule, _, _ in told(collection(feature(), feature()))) == "primary-key-duplicate"


def test_features_on_one_line_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "outlets.geojson"
    path.write_text(collection(feature(), feature(outlet_id="620602-O000002", status="x"), indent=False), "utf-8")
    report = validate(path)
    assert [item.row for item in report.findings if item.level == "error"] == [2]
    assert "features-numbered" in {note.code for note in report.notes}


def test_what_features_have_wrong_as_features(told: Any) -> None:
    faulty = [
        feature(id=...),
        feature(id="x"),
        feature(type="feature"),
        {**feature(), "properties": None},
        feature(home_delivery="yes"),
        feature(floor_area_m2="30"),
        feature(name=5),
        feature(services=["parcel"]),
        "no feature",
    ]
    for item in faulty:
        if isinstance(item, dict) and item.get("id") is ...:
            del item["id"]
        found = told(collection(item))
        assert found[0] == ("feature-invalid", 2, None), item
    assert told(collection(feature(x_own=[1])))[0][0] == "feature-invalid"


def test_an_unknown_property_is_told_once(told: Any) -> None:
    many = [feature(outlet_id=f"620602-O{number:06d}", hours="x") for number in range(1, 4)]
    assert told(collection(*many)).count(("feature-invalid", 2, None)) == 1


@pytest.mark.parametrize(
    ("geometry", "rule"),
    [
        ({"type": "Polygon", "coordinates": [SQUARE]}, None),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}, None),
        ({"type": "Point", "coordinates": [102.6, 37.9, 1530.5]}, None),
        (None, None),
        ({"type": "Polygon", "coordinates": [SQUARE[::-1]]}, "geometry-not-rfc7946"),
        ({"type": "Polygon", "coordinates": [SQUARE, SQUARE]}, "geometry-not-rfc7946"),
        ({"type": "Polygon", "coordinates": [SQUARE[:-1]]}, "geometry-not-rfc7946"),
        ({"type": "Polygon", "coordinates": [[SQUARE[0], SQUARE[1], SQUARE[0]]]}, "geometry-not-rfc7946"),
        ({"type": "Polygon", "coordinates": []}, "geometry-not-rfc7946"),
        ({"type": "Polygon", "coordinates": [[]]}, "geometry-not-rfc7946"),
        ({"type": "Polygon", "coordinates": SQUARE}, "geometry-not-rfc7946"),
        ({"type": "Polygon"}, "geometry-not-rfc7946"),
        ({"type": "MultiPolygon", "coordinates": [SQUARE]}, "geometry-not-rfc7946"),
        ({"type": "Point", "coordinates": ["102.6", "37.9"]}, "geometry-not-rfc7946"),
        ({"type": "Point", "coordinates": [102.6]}, "geometry-not-rfc7946"),
        ({"type": "Point", "coordinates": [True, False]}, "geometry-not-rfc7946"),
        ({"type": "Point", "coordinates": [1e999, 0]}, "geometry-not-rfc7946"),
        ({"type": "Point", "coordinates": []}, "geometry-not-rfc7946"),
        ({"type": "LineString", "coordinates": SQUARE}, "geometry-not-rfc7946"),
        ({"type": ["Point"], "coordinates": [1, 2]}, "geometry-not-rfc7946"),
        ("POINT (1 2)", "geometry-not-rfc7946"),
        ({"type": "Point", "coordinates": [37.9, 102.6]}, "geometry-not-wgs84"),
        ({"type": "Point", "coordinates": [11424721.9, 4570436.4]}, "geometry-not-wgs84"),
        ({"type": "Polygon", "coordinates": [[[y, x] for x, y in SQUARE]]}, "geometry-not-wgs84"),
    ],
)
def test_geometries(geometry: Any, rule: str | None) -> None:
    assert [name for name, _ in geometry_problems(geometry, areas=True)] == ([rule] if rule else [])


def test_an_inner_ring_runs_the_other_way() -> None:
    inner = [[102.632, 37.922], [102.632, 37.924], [102.634, 37.924], [102.634, 37.922], [102.632, 37.922]]
    assert list(geometry_problems({"type": "Polygon", "coordinates": [SQUARE, inner]}, areas=True)) == []
    found = list(geometry_problems({"type": "Polygon", "coordinates": [SQUARE, inner[::-1]]}, areas=True))
    assert "内圈" in found[0][1].zh


def test_places_come_from_the_geometry_and_agree_with_the_properties(told: Any, tmp_path: Path) -> None:
    plain = feature(longitude=..., latitude=..., geometry={"type": "Point", "coordinates": [102.6345, -37.9]})
    found = told(collection(plain))
    assert {column for _, _, column in found} <= {"longitude", "latitude"}
    assert found, "the other side of the world"
    assert told(collection(feature(longitude=102.6345125))) == []
    assert told(collection(feature(longitude=102.7))) == [("geometry-not-wgs84", 2, None)]


def test_boundaries_are_those_of_the_circles(told: Any) -> None:
    properties = {"circle_id": "620602-C001", "name": "东关", "division_code": "620602", "status": "planned"}
    bow = [SQUARE[0], SQUARE[1], SQUARE[3], SQUARE[2], SQUARE[0]]
    circle = {"type": "Feature", "id": "620602-C001", "properties": properties}
    head = {"table": "circles"}
    good = {**circle, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}
    assert told(collection(good, head=head)) == []
    crossed = {**circle, "geometry": {"type": "Polygon", "coordinates": [bow]}}
    assert "shape-invalid" in [rule for rule, _, _ in told(collection(crossed, head=head))]


def test_old_members_crs(told: Any) -> None:
    def crs(name: str) -> dict[str, Any]:
        return {"type": "name", "properties": {"name": name}}

    assert told(collection(feature(), crs=crs("urn:ogc:def:crs:OGC:1.3:CRS84"))) == [
        ("geometry-not-rfc7946", None, None)
    ]
    assert told(collection(feature(), crs=crs("urn:ogc:def:crs:EPSG::4490"))) == [("geometry-not-wgs84", None, None)]
    assert told(collection(feature(), crs=None)) == [("geometry-not-wgs84", None, None)]


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"type": "Features"}, "/type"),
        ({"circledata": ...}, "/circledata"),
        ({"head": {"as_of": "2024/12/31"}}, "/circledata/as_of"),
        ({"head": {"division_code": 620602}}, "/circledata/division_code"),
        ({"head": {"license": ""}}, "/circledata/license"),
        ({"head": {"release": None}}, "/circledata/release"),
        ({"head": {"table": "shops"}}, "/circledata/table"),
    ],
)
def test_what_a_feed_says_of_itself(tmp_path: Path, changed: dict[str, Any], pointer: str) -> None:
    path = tmp_path / "outlets.geojson"
    path.write_text(collection(feature(), **changed), encoding="utf-8")
    found = [item for item in validate(path).findings if item.level == "error"]
    assert [(NAMES[item.rule], item.params["pointer"]) for item in found] == [("feed-invalid", pointer)]


def test_the_table_of_a_feed_may_be_named_or_must(tmp_path: Path) -> None:
    path = tmp_path / "map.geojson"
    path.write_text(collection(feature(), circledata=...), encoding="utf-8")
    assert [table.name for table in validate(path).tables] == ["outlets"]
    path.write_text(collection({**feature(), "properties": {"a": 1}}, circledata=...), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        validate(path)
    assert caught.value.code == "table-unclear"
    assert [table.name for table in validate(path, table="商业网点").tables] == ["outlets"]


def test_a_category_that_a_feature_names_is_a_local_one(tmp_path: Path, told: Any) -> None:
    local = feature(category="pickle-shop", category_title_zh="泡菜铺", category_title_en="Pickles")
    assert told(collection(local)) == []
    assert {"CD305"} <= {note.params.get("rule") for note in validate(tmp_path / "outlets.geojson").notes}
    unnamed = feature(outlet_id="620602-O000002", name="北门杂货", category="other-shop")
    assert told(collection(local, unnamed)) == [("feature-invalid", 3, None)]
    assert told(collection(unnamed)) == [("category-unknown", 2, "category")]


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"type": "FeatureCollection", "features": [', '{"features": [1 2]}', '{"a": NaN}', "\ufeff{]", "{} {}"],
)
def test_what_is_no_json(told: Any, text: str) -> None:
    assert [rule for rule, _, _ in told(text)] == ["feed-not-json"]


@pytest.mark.parametrize("text", ["[]", "5", "{}", '{"type": "FeatureCollection", "features": {}}'])
def test_json_that_is_no_collection(told: Any, text: str) -> None:
    assert {rule for rule, _, _ in told(text)} == {"feed-invalid"}


def test_json_of_another_kind_is_not_taken(tmp_path: Path) -> None:
    for text in ("[]", "{}", "{", '{"type": "Topology"}'):
        (tmp_path / "a.json").write_text(text, encoding="utf-8")
        with pytest.raises(UsageError) as caught:
            validate(tmp_path / "a.json")
        assert caught.value.code == "format-unsupported"


def test_keys_that_stand_twice(told: Any) -> None:
    assert told(collection(feature()).replace('"name": ', '"name": "a", "name": '))[0] == ("feed-invalid", None, None)


def test_features_are_read_one_by_one_with_their_lines() -> None:
    seen: list[tuple[int, Any]] = []
    text = '\n{ "a": [1, {"features": 3}],\n"features" : [\n {"x": 1},\n\n [2] , "三"\n] , "b": {}}\n'
    outline = read_outline(text.encode(), lambda line, feature: seen.append((line, feature)))
    assert seen == [(4, {"x": 1}), (6, [2]), (6, "三")]
    assert list(outline.features()) == seen
    assert outline.members == {"a": [1, {"features": 3}], "features": [], "b": {}}


def package_zip(csv: str = CSV, **facts: Any) -> bytes:
    said = {"version": "1.0", "division_code": "620602", "as_of": "2024-12-31", "coordinate_system": "WGS84"}
    said |= {"profile": "open", "synthetic": True, **facts}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("datapackage.json", json.dumps(descriptor(said, ["outlets.csv"])))
        archive.writestr("outlets.csv", csv)
    return stream.getvalue()


class Site:
    """A small published site of one release."""

    def __init__(self, root: Path) -> None:
        self.root, self.base = root, ""
        self.files: dict[str, bytes] = {"package.zip": package_zip(), "outlets.geojson": collection(feature()).encode()}
        self.changed: dict[str, Any] = {}
        self.feeds: dict[str, dict[str, Any]] = {}

    def write(self) -> Path:
        folder = self.root / "releases" / RELEASE
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        path = self.root / "circledata.json"
        path.write_text(json.dumps(self.record(), ensure_ascii=False), encoding="utf-8")
        return path

    def record(self) -> dict[str, Any]:
        schema = json.loads((STANDARD.root / "feeds" / "discovery.schema.json").read_text(encoding="utf-8"))
        example = schema["examples"][0]
        blank = example["feeds"][0]
        kinds = {"package.zip": ("package", None, None), "outlets.geojson": ("geojson", "outlets", 1)}
        feeds = []
        for name, content in self.files.items():
            kind, table, records = kinds[name]
            said = {"name": name.split(".")[0], "kind": kind, "table": table, "records": records}
            said |= {"url": f"{self.base}releases/{RELEASE}/{name}", "bytes": len(content)}
            feeds.append({**blank, **said, "sha256": hashlib.sha256(content).hexdigest(), **self.feeds.get(name, {})})
        return {**example, "release": RELEASE, "feeds": feeds, **self.changed}

    def found(self, path: Path | None = None) -> list[tuple[str, str | None]]:
        report = validate(path or self.write())
        return [(NAMES[item.rule], item.file) for item in report.findings if item.level != "advice"]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "site")


IN = f"releases/{RELEASE}"


def test_a_whole_site_with_its_package(site: Site) -> None:
    path = site.write()
    report = validate(path)
    assert (report.valid, report.counts["warning"], report.kind) == (True, 0, "feed")
    assert [(table.name, table.file, table.rows) for table in report.tables] == [
        ("outlets", f"{IN}/package.zip/outlets.csv", 1)
    ]
    assert report.package is not None
    assert report.package["coordinate_system"] == "WGS84"
    assert site.found(site.root) == [], "the folder does as well"


def test_the_package_is_checked_too_and_its_faults_have_their_place(site: Site) -> None:
    site.files["package.zip"] = package_zip(CSV.replace(",open", ",opened"))
    report = validate(site.write())
    (finding,) = [item for item in report.findings if item.level == "error"]
    assert (finding.file, finding.row, finding.column) == (f"{IN}/package.zip/outlets.csv", 2, "status")
    site.files["package.zip"] = b"PK no archive"
    assert ("archive-damaged", f"{IN}/package.zip") in site.found()


def test_files_that_are_not_what_was_said(site: Site) -> None:
    site.write()
    good = site.files["outlets.geojson"]
    target = site.root / IN / "outlets.geojson"
    target.write_bytes(good.replace("东关".encode(), "西关".encode()))
    path = site.root / "circledata.json"
    assert site.found(path) == [("feed-hash-differs", f"{IN}/outlets.geojson")]
    target.write_bytes(good + b"\n")
    assert site.found(path) == [("feed-size-differs", f"{IN}/outlets.geojson")]
    target.unlink()
    assert site.found(path) == [("feed-file-missing", "circledata.json")]


def test_what_the_files_of_a_site_say_differently(site: Site) -> None:
    cases: list[tuple[str, dict[str, Any]]] = [
        ("outlets.geojson", {"release": "2024-12-31-00000000"}),
        ("outlets.geojson", {"as_of": "2024-12-30"}),
        ("package.zip", {"as_of": "2024-12-30"}),
        ("package.zip", {"synthetic": False}),
        ("package.zip", {"profile": "exchange"}),
    ]
    for name, changed in cases:
        other = Site(site.root / name / "-".join(changed))
        content = package_zip(**changed) if name == "package.zip" else collection(feature(), head=changed).encode()
        other.files[name] = content
        assert [rule for rule, _ in other.found()] == ["feed-invalid"], changed


def test_features_of_a_site_are_checked_as_features_only(site: Site) -> None:
    site.files["outlets.geojson"] = collection(feature(id="x", status="opened")).encode()
    report = validate(site.write())
    found = [(NAMES[item.rule], item.file, item.row) for item in report.findings if item.level == "error"]
    assert found == [("feature-invalid", f"{IN}/outlets.geojson", 2)]


def test_full_addresses_are_found_beside_the_file_too(site: Site) -> None:
    site.base = "https://data.example.org/620602/"
    assert site.found() == []
    (site.root / IN / "outlets.geojson").unlink()
    assert site.found(site.root / "circledata.json") == [("feed-file-missing", "circledata.json")]


def test_what_lies_elsewhere_is_not_checked_and_that_is_said(site: Site, tmp_path: Path) -> None:
    (tmp_path / "secret.geojson").write_text("{}", encoding="utf-8")
    for url in ("https://other.example.org/outlets.geojson", "../secret.geojson", "%2E%2E/secret.geojson"):
        site.feeds = {"outlets.geojson": {"url": url}}
        report = validate(site.write())
        assert [item for item in report.findings if item.level == "error"] == [], url
        assert [note.params["count"] for note in report.notes if note.code == "feeds-elsewhere"] == [1], url


def test_a_release_is_checked_by_its_own_file_too(site: Site) -> None:
    site.write()
    record = site.record()
    for feed in record["feeds"]:
        feed["url"] = feed["url"].removeprefix(f"{IN}/")
    record["previous"] = {"release": "2023-12-31-00000000", "url": "../2023-12-31-00000000/circledata.json"}
    path = site.root / IN / "circledata.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    assert site.found(path) == [("feed-file-missing", "circledata.json")], "the release before is gone"
    shutil.copytree(site.root / IN, site.root / "releases" / "2023-12-31-00000000")
    assert site.found(path) == []


def test_the_schema_of_a_discovery_file(site: Site) -> None:
    site.changed = {"as_of": "31.12.2024", "license": None}
    told = [(rule, file) for rule, file in site.found() if file == "circledata.json"]
    assert told == [("feed-invalid", "circledata.json")] * 3, "the day is not that of the package either"
    path = site.root / "circledata.json"
    for text in ("{", "[]", '{"type": "manifest"}', "null"):
        path.write_text(text, encoding="utf-8")
        found = site.found(path)
        assert found
        assert {rule for rule, _ in found} <= {"feed-not-json", "feed-invalid"}


def test_a_manifest_and_the_districts_beside_it(site: Site, tmp_path: Path) -> None:
    site.write()
    schema = json.loads((STANDARD.root / "feeds" / "manifest.schema.json").read_text(encoding="utf-8"))
    record = schema["examples"][0]
    member = record["members"][0]
    path = tmp_path / "manifest.json"

    def found(*members: dict[str, Any]) -> list[str]:
        path.write_text(json.dumps({**record, "members": [{**member, **item} for item in members]}), encoding="utf-8")
        return [NAMES[item.rule] for item in validate(path).findings]

    assert found({"url": "site/circledata.json"}) == []
    assert found({"url": "https://data.example.org/circledata.json"}) == []
    assert found({"url": "gone/circledata.json"}) == ["feed-file-missing"]
    assert found({"url": "site/circledata.json", "division_code": "620603"}) == ["feed-invalid"]
    assert found({"url": "https://a.example/b"}, {"url": "https://a.example/b"}) == ["feed-invalid"]
    assert found({"url": 5}) == ["feed-invalid"]
    report = validate(path)
    assert (report.valid, list(report.tables)) == (False, [])


@pytest.mark.parametrize("format", [*FORMATS, *BINARY])
def test_every_report_tells_of_a_site(site: Site, tmp_path: Path, format: str) -> None:
    site.files["outlets.geojson"] = collection(feature(id="x")).encode()
    for path in (site.write(), site.root / IN / "outlets.geojson"):
        report = validate(path)
        for language in ("zh", "en"):
            target = tmp_path / f"report-{language}"
            if format in BINARY:
                with target.open("wb") as binary:
                    BINARY[format](report, language, binary, Style())
            else:
                with target.open("w", encoding="utf-8") as stream:
                    FORMATS[format](report, language, stream, Style())
                assert "CD167" in target.read_text(encoding="utf-8")
            assert target.stat().st_size
