"""Boundary files of every shape become circles.geojson and circles; what is wrong with a polygon is said."""

from __future__ import annotations

import json
import math
import os
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapefile  # type: ignore[import-untyped]
from shapely.geometry import Point, shape
from wjx_sample import AS_OF, DIVISION, checked, faults

from circledata.convert.boundaries import boundary_options, convert_boundaries
from circledata.convert.boundaries.words import DECISIONS, REASONS, RULES
from circledata.convert.model import ConversionError, Draft
from circledata.convert.options import ConvertOptions
from circledata.convert.records.ids import Ids
from circledata.standard import load_standard

WGS84 = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
CGCS2000 = (
    'GEOGCS["China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
GAUSS = 'PROJCS["CGCS2000_3_Degree_GK_CM_102E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000"],UNIT["Meter",1.0]]'
XIAN = 'GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980"],UNIT["Degree",0.0174532925199433]]'
Ring = list[list[float]]


def square(lon: float, lat: float, side: float = 0.01) -> Ring:
    """A square in clockwise order, as a shapefile has its outer rings."""
    return [[lon, lat], [lon, lat + side], [lon + side, lat + side], [lon + side, lat], [lon, lat]]


EAST, WEST = square(102.64, 37.92), square(102.62, 37.92)


def feature(ring_or_geometry: Any, **properties: Any) -> dict[str, Any]:
    geometry = (
        ring_or_geometry
        if isinstance(ring_or_geometry, dict) or ring_or_geometry is None
        else {"type": "Polygon", "coordinates": [ring_or_geometry]}
    )
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(folder: Path, *features: dict[str, Any], name: str = "circles.json", crs: str | None = None) -> Path:
    content: dict[str, Any] = {"type": "FeatureCollection", "features": list(features)}
    if crs:
        content["crs"] = {"type": "name", "properties": {"name": crs}}
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def shp(
    folder: Path,
    rows: Sequence[tuple[Sequence[Ring], Sequence[object]]],
    fields: Sequence[tuple[str, str, int]] = (("name", "C", 40), ("status", "C", 20)),
    *,
    prj: str | None = WGS84,
    cpg: str | None = "UTF-8",
    encoding: str = "utf-8",
) -> Path:
    path = folder / "圈.shp"
    with shapefile.Writer(str(path), shapeType=shapefile.POLYGON, encoding=encoding) as writer:
        for field in fields:
            writer.field(*field)
        for rings, record in rows:
            writer.poly(rings)
            writer.record(*record)
    path.with_suffix(".cpg").unlink(missing_ok=True)
    for ending, text in ((".prj", prj), (".cpg", cpg)):
        if text is not None:
            path.with_suffix(ending).write_text(text, encoding="ascii")
    return path


def convert(*paths: Path, crs: str | None = None, ids: Ids | None = None, as_of: date = AS_OF, **said: Any) -> Draft:
    standard = load_standard()
    options = ConvertOptions(ids or Ids(standard, DIVISION), coordinate_system=crs)
    return convert_boundaries(
        paths,
        standard=standard,
        division_code=DIVISION,
        as_of=as_of,
        options=options,
        boundaries=boundary_options(said) if said else None,
    )


def shapes(draft: Draft) -> dict[str, Any]:
    content = json.loads(draft.files["circles.geojson"])
    assert content["type"] == "FeatureCollection"
    return {item["properties"]["circle_id"]: shape(item["geometry"]) for item in content["features"]}


def test_a_geojson_becomes_a_valid_package(tmp_path: Path) -> None:
    source = geojson(
        tmp_path,
        feature(EAST, circle_id="620602-C007", 名称="东街", 建设状态="在建", 常住人口="12,000人", 颜色="红"),
        feature(WEST, 名称="西街", 建设状态="规划"),
        crs="urn:ogc:def:crs:EPSG::4490",
    )
    draft = convert(source)
    assert [(row["circle_id"], row["name"], row["status"]) for row in draft.tables["circles"]] == [
        ("620602-C007", "东街", "building"),
        ("620602-C001", "西街", "planned"),
    ]
    assert draft.tables["circles"][0]["population"] == "12000"
    assert draft.settings == {"coordinate_system": "CGCS2000"}
    assert draft.unmapped == {"颜色": 1}
    assert (draft.rows_in, draft.rows_used, draft.left_out) == (2, 2, [])
    folder = tmp_path / "package"
    folder.mkdir()
    assert faults(checked(draft, folder)) == []


def test_a_shapefile_becomes_circles(tmp_path: Path) -> None:
    draft = convert(shp(tmp_path, [([EAST], ["东街", "在建"]), ([WEST], ["西街", "planned"])]))
    assert [row["name"] for row in draft.tables["circles"]] == ["东街", "西街"]
    assert draft.settings == {"coordinate_system": "WGS84"}
    assert draft.decisions["system-from-file"] == 1


def test_centre_and_area_are_those_that_the_rules_compute(tmp_path: Path) -> None:
    (row,) = convert(geojson(tmp_path, feature(EAST, name="东街")), crs="WGS84").tables["circles"]
    assert (row["longitude"], row["latitude"]) == ("102.645", "37.925")
    degree = math.pi * 6_371_008.8 / 180
    assert float(row["area_m2"]) == round(0.01 * degree * 0.01 * degree * math.cos(math.radians(37.925)))


def test_the_centre_lies_inside_even_of_a_crescent(tmp_path: Path) -> None:
    ring = [[0, 0], [3, 0], [3, 3], [0, 3], [0, 2.9], [2.9, 2.9], [2.9, 0.1], [0, 0.1], [0, 0]]
    moved = [[102 + x / 100, 37 + y / 100] for x, y in ring]
    draft = convert(geojson(tmp_path, feature(moved, name="月牙")), crs="WGS84")
    (row,) = draft.tables["circles"]
    assert shapes(draft)["620602-C001"].contains(Point(float(row["longitude"]), float(row["latitude"])))


def test_rings_follow_the_right_hand_rule_holes_and_parts_stay(tmp_path: Path) -> None:
    hole = square(102.643, 37.923, 0.002)[::-1]
    draft = convert(shp(tmp_path, [([EAST, hole, WEST], ["东西街", "在建"])]))
    (geometry,) = shapes(draft).values()
    assert geometry.geom_type == "MultiPolygon"
    assert all(part.exterior.is_ccw for part in geometry.geoms)
    (inner,) = [ring for part in geometry.geoms for ring in part.interiors]
    assert not inner.is_ccw


def test_coordinates_are_rounded_to_a_centimetre_and_no_point_is_lost(tmp_path: Path) -> None:
    ring = [[x + 0.000000012, y] for x, y in square(102.64, 37.92)]
    draft = convert(geojson(tmp_path, feature(ring, name="东街")), crs="WGS84")
    assert b"102.6500000" not in draft.files["circles.geojson"]
    assert len(next(iter(shapes(draft).values())).exterior.coords) == 5


def test_heights_are_dropped_and_told(tmp_path: Path) -> None:
    draft = convert(geojson(tmp_path, feature([[x, y, 1530.5] for x, y in EAST], name="东街")), crs="WGS84")
    assert draft.decisions["height-dropped"] == 1
    assert b"1530" not in draft.files["circles.geojson"]
    path = tmp_path / "z.shp"
    with shapefile.Writer(str(path), shapeType=shapefile.POLYGONZ) as writer:
        writer.field("name", "C", 20)
        writer.polyz([[[x, y, 1530.5] for x, y in EAST]])
        writer.record("East")
    path.with_suffix(".prj").write_text(WGS84)
    assert convert(path).decisions["height-dropped"] == 1


def test_an_invalid_polygon_is_left_out_with_its_reason(tmp_path: Path) -> None:
    bow = [[102.64, 37.92], [102.65, 37.93], [102.65, 37.92], [102.64, 37.93], [102.64, 37.92]]
    draft = convert(geojson(tmp_path, feature(bow, name="蝴蝶"), feature(EAST, name="东街")), crs="WGS84")
    (left,) = draft.left_out
    assert (left.row, left.reason, left.name) == (1, "shape-invalid", "蝴蝶")
    assert "Self-intersection[102.645 37.925]" in left.tag
    assert [row["name"] for row in draft.tables["circles"]] == ["东街"]


def test_a_small_fault_is_mended_and_told(tmp_path: Path) -> None:
    spike = [
        [102.64, 37.92],
        [102.65, 37.92],
        [102.65, 37.925],
        [102.66, 37.925],
        [102.65, 37.925],
        [102.65, 37.93],
        [102.64, 37.93],
        [102.64, 37.92],
    ]
    draft = convert(geojson(tmp_path, feature(spike, name="东街")), crs="WGS84")
    assert draft.decisions["shape-mended"] == 1
    (geometry,) = shapes(draft).values()
    assert geometry.is_valid
    assert geometry.geom_type == "Polygon"
    assert geometry.area == pytest.approx(0.0001)


def test_features_without_a_polygon_are_left_out(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [102.64, 37.92]}
    broken = {"type": "Polygon", "coordinates": [[[102.6, "x"]]]}
    draft = convert(
        geojson(
            tmp_path,
            feature(None),
            feature(point),
            feature(broken),
            feature({"type": "Polygon", "coordinates": []}),
            feature(EAST),
        ),
        crs="WGS84",
    )
    assert [item.reason for item in draft.left_out] == ["no-shape", "not-a-polygon", "shape-invalid", "no-shape"]
    assert draft.rows_in == draft.rows_used + len(draft.left_out) == 5
    assert draft.decisions["name-missing"] == 1


def test_swapped_axes_are_put_right_and_told(tmp_path: Path) -> None:
    draft = convert(geojson(tmp_path, feature([[y, x] for x, y in EAST], name="东街")), crs="WGS84")
    assert draft.decisions["axes-swapped"] == 1
    assert draft.tables["circles"][0]["longitude"] == "102.645"


def test_an_open_ring_is_closed_and_told(tmp_path: Path) -> None:
    draft = convert(geojson(tmp_path, feature(EAST[:-1], name="东街")), crs="WGS84")
    assert draft.decisions["ring-closed"] == 1


def test_parts_of_one_circle_are_joined_versions_are_not(tmp_path: Path) -> None:
    one = {"circle_id": "620602-C001", "name": "东西街"}
    draft = convert(
        geojson(
            tmp_path,
            feature(EAST, **one),
            feature(WEST, **one),
            feature(EAST, **one),
            feature(square(102.645, 37.92), **one),
        ),
        crs="WGS84",
    )
    assert len(draft.tables["circles"]) == 1
    assert [(item.row, item.reason) for item in draft.left_out] == [(3, "same-id"), (4, "same-id")]
    assert draft.decisions["parts-joined"] == 1
    assert len(shapes(draft)["620602-C001"].geoms) == 2
    assert draft.rows_used == 2


def test_the_same_polygon_twice_is_one(tmp_path: Path) -> None:
    one = {"circle_id": "620602-C001", "name": "东街"}
    draft = convert(geojson(tmp_path, feature(EAST, **one), feature(EAST, **one)), crs="WGS84")
    assert [item.reason for item in draft.left_out] == ["duplicate"]


def test_an_id_of_another_form_is_kept_beside(tmp_path: Path) -> None:
    ids = Ids(load_standard(), DIVISION)
    draft = convert(geojson(tmp_path, feature(EAST, 圈编号="A-7", 名称="东街")), crs="WGS84", ids=ids)
    assert draft.tables["circles"][0]["x_source_id"] == "A-7"
    assert draft.extra_columns == {"circles": ("x_source_id",)}
    assert ids.find("circles", "A-7") == ids.find("circles", "东街") == "620602-C001"


def test_communities_and_districts_are_no_circles_and_it_is_said(tmp_path: Path) -> None:
    draft = convert(
        geojson(
            tmp_path,
            feature(EAST, name="东街社区"),
            feature(WEST, name="凉州区"),
            feature(square(103, 38, 0.1), name="大"),
        ),
        crs="WGS84",
    )
    decided = {code: draft.decisions[code] for code in ("maybe-community", "maybe-division", "larger-than-a-walk")}
    assert decided == {"maybe-community": 1, "maybe-division": 1, "larger-than-a-walk": 1}
    coded = convert(geojson(tmp_path, feature(EAST, name="东街", code="1", 社区代码="620602001001")), crs="WGS84")
    assert coded.decisions["maybe-community"] == 1


def test_the_status_of_all_may_be_said(tmp_path: Path) -> None:
    source = geojson(tmp_path, feature(EAST, name="东街"))
    assert convert(source, crs="WGS84").decisions["status-missing"] == 1
    draft = convert(source, crs="WGS84", status="planned")
    assert (draft.tables["circles"][0]["status"], draft.decisions["status-missing"]) == ("planned", 0)
    with pytest.raises(ConversionError, match="planned"):
        convert(source, status="open")


@pytest.mark.parametrize(
    ("encoding", "cpg"),
    [
        ("gb18030", None),
        ("gb18030", "GBK"),
        ("gb18030", "ISO-8859-1"),
        ("gb18030", "UTF-8"),
        ("utf-8", None),
        ("utf-8", "ISO-8859-1"),
    ],
)
def test_chinese_names_whatever_the_cpg_says(tmp_path: Path, encoding: str, cpg: str | None) -> None:
    source = shp(
        tmp_path,
        [([EAST], ["东街便民生活圈", "在建"])],
        [("生活圈", "C", 40), ("状态", "C", 20)],
        cpg=cpg,
        encoding=encoding,
    )
    draft = convert(source)
    assert (draft.tables["circles"][0]["name"], draft.tables["circles"][0]["status"]) == ("东街便民生活圈", "building")
    right = cpg is None or cpg == {"gb18030": "GBK", "utf-8": "UTF-8"}[encoding]
    assert draft.decisions["cpg-wrong"] == (0 if right else 1)


def test_a_name_cut_in_the_middle_of_a_character_loses_that_half(tmp_path: Path) -> None:
    path = shp(tmp_path, [([EAST], ["", ""])], [("name", "C", 10), ("status", "C", 20)], cpg=None)
    dbf = path.with_suffix(".dbf")
    raw = dbf.read_bytes()
    blank = b" " + b" " * 30  # 删除标志和两列
    assert raw.count(blank) == 1
    dbf.write_bytes(raw.replace(blank, b" " + "东街生活圈".encode()[:10] + b" " * 20))
    draft = convert(path)
    assert (draft.tables["circles"][0]["name"], draft.decisions["text-cut"]) == ("东街生", 1)


def test_a_column_name_that_the_dbf_cut(tmp_path: Path) -> None:
    assert convert(shp(tmp_path, [([EAST], ["东街"])], [("生活圈", "C", 40)])).tables["circles"][0]["name"] == "东街"


@pytest.mark.parametrize(
    ("text", "system"), [(WGS84, "WGS84"), (CGCS2000, "CGCS2000"), (WGS84.replace("GCS_WGS_1984", "WGS 84"), "WGS84")]
)
def test_systems_of_a_prj(tmp_path: Path, text: str, system: str) -> None:
    assert convert(shp(tmp_path, [([EAST], ["东街", ""])], prj=text)).settings["coordinate_system"] == system


@pytest.mark.parametrize(("text", "says"), [(GAUSS, "CGCS2000_3_Degree_GK_CM_102E"), (XIAN, "Xian"), ("LOCAL", ".prj")])
def test_other_systems_are_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConversionError) as caught:
        convert(shp(tmp_path, [([EAST], ["东街", ""])], prj=text), crs="WGS84")
    assert says in caught.value.text.zh
    assert "EPSG:4490" in caught.value.text.zh


def test_metres_without_a_prj_are_refused(tmp_path: Path) -> None:
    ring = [[500000.0 + x * 1000, 4198000.0 + y * 1000] for x, y in EAST]
    with pytest.raises(ConversionError, match="not degrees"):
        convert(geojson(tmp_path, feature(ring, name="东街")), crs="WGS84")


@pytest.mark.parametrize(("missing", "says"), [(".prj", "--crs"), (".dbf", ".dbf"), (".shp", ".shp")])
def test_a_missing_part_has_its_sentence(tmp_path: Path, missing: str, says: str) -> None:
    path = shp(tmp_path, [([EAST], ["东街", ""])])
    path.with_suffix(missing).unlink()
    with pytest.raises(ConversionError) as caught:
        convert(path if missing != ".shp" else path.with_suffix(".dbf"))
    assert says in caught.value.text.zh
    assert says in caught.value.text.en


def test_without_shx_or_with_a_said_system_it_is_read(tmp_path: Path) -> None:
    path = shp(tmp_path, [([EAST], ["东街", ""])])
    path.with_suffix(".shx").unlink()
    path.with_suffix(".prj").unlink()
    draft = convert(path, crs="GCJ-02")
    assert (draft.settings, draft.decisions["shx-missing"]) == ({"coordinate_system": "GCJ-02"}, 1)


def test_a_said_system_goes_before_the_stated_one_and_it_is_told(tmp_path: Path) -> None:
    path = shp(tmp_path, [([EAST], ["东街", ""])])
    draft = convert(path, crs="GCJ-02")
    assert (draft.settings["coordinate_system"], draft.decisions["system-overridden"]) == ("GCJ-02", 1)
    assert convert(path, crs="CGCS2000").decisions["system-overridden"] == 0


def test_a_zip_of_a_shapefile_in_a_folder(tmp_path: Path) -> None:
    path = shp(tmp_path, [([EAST], ["东街", ""]), ([WEST], ["西街", ""])])
    packed = tmp_path / "边界.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for part in path.parent.glob("圈.*"):
            archive.write(part, f"导出/{part.name.upper()}")
    assert [row["name"] for row in convert(packed).tables["circles"]] == ["东街", "西街"]


@pytest.mark.parametrize("name", ["a.zip", "a.geojson", "a.shp", "a.txt"])
def test_files_that_are_none_of_these(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with pytest.raises(ConversionError):
        convert(path)
    if name == "a.zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "没有边界")
    else:
        path.write_bytes(b"{not json")
        path.with_suffix(".dbf").write_bytes(b"damaged")
        path.with_suffix(".prj").write_text(WGS84)
    with pytest.raises(ConversionError) as caught:
        convert(path)
    assert name[:2] in caught.value.text.zh


def test_a_damaged_shapefile_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = shp(tmp_path, [([EAST], ["东街", ""]), ([WEST], ["西街", ""])])
    whole = path.read_bytes()
    for kept in (10, 100, 120, len(whole) - 7):
        path.write_bytes(whole[:kept])
        with pytest.raises(ConversionError):
            convert(path)


def test_files_in_different_systems_are_refused(tmp_path: Path) -> None:
    one = geojson(tmp_path, feature(EAST, name="东街"), crs="EPSG:4326")
    with pytest.raises(ConversionError, match="neither WGS84"):
        convert(one, geojson(tmp_path, feature(WEST), name="b.json", crs="EPSG:3857"))
    two = convert(one, geojson(tmp_path, feature(WEST, name="西街"), name="c.json", crs="EPSG:4490"))
    assert len(two.tables["circles"]) == 2


def test_a_feature_or_a_bare_polygon_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    for content in (feature(EAST, name="东街"), feature(EAST)["geometry"]):
        path.write_text(json.dumps(content), encoding="utf-8")
        assert len(convert(path, crs="WGS84").tables["circles"]) == 1


def test_same_input_same_bytes_and_every_code_has_its_words(tmp_path: Path) -> None:
    source = geojson(tmp_path, feature(EAST, name="东街", status="什么"), feature(None), feature(WEST, name="东街"))
    one, other = convert(source, crs="WGS84"), convert(source, crs="WGS84")
    assert one.files == other.files
    assert one.changes == other.changes
    assert one.unread == {("status", "什么"): 1}
    assert set(one.decisions) <= set(DECISIONS)
    assert {item.reason for item in one.left_out} <= set(REASONS)
    assert {item.rule for item in one.changes} <= set(RULES)


def test_a_key_of_the_mapping_that_is_not_known_is_named() -> None:
    with pytest.raises(ConversionError, match="colour"):
        boundary_options({"colour": "red"})
    with pytest.raises(ConversionError, match="walkable_m2"):
        boundary_options({"walkable_m2": "large"})


FOLDER = os.environ.get("CIRCLEDATA_REAL")


@pytest.mark.skipif(not FOLDER, reason="CIRCLEDATA_REAL is not set")
def test_the_boundary_of_a_city_is_read_and_doubted() -> None:
    draft = convert(Path(FOLDER or "") / "hangzhou-osm" / "boundary.shp")
    (row,) = draft.tables["circles"]
    assert row["name"] == "Hangzhou City"
    assert draft.settings["coordinate_system"] == "WGS84"
    assert {"maybe-division", "larger-than-a-walk", "status-missing"} <= set(draft.decisions)
    (geometry,) = shapes(draft).values()
    assert geometry.is_valid
    assert len(geometry.exterior.coords) == 25_522
