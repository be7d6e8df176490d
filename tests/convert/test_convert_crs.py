"""The coordinate system: declared, never assumed; without a declaration the conversion stops and shows the evidence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from circledata.convert import ConversionError
from circledata.values.coordinates import from_wgs84

PLACES = [(102.60 + n * 0.011, 37.90 + n * 0.007) for n in range(8)]


def outlets(system: str) -> str:
    """A list of outlets with the same places in another coordinate system."""
    lines = ["网点名称,业态,地址,经度,纬度"]
    for number, place in enumerate(PLACES):
        lon, lat = from_wgs84(*place, system)  # type: ignore[arg-type]
        lines.append(f"示例店{number},药店,东街{number}号,{lon:.6f},{lat:.6f}")
    return "\n".join(lines) + "\n"


def features() -> str:
    """The same places as OpenStreetMap has them, whose system the format defines."""
    lines = ["osmid,element_type,geometry,amenity,name"]
    lines += [f"{n},node,POINT ({lon} {lat}),pharmacy,示例店{n}" for n, (lon, lat) in enumerate(PLACES)]
    return "\n".join(lines) + "\n"


def test_without_a_declaration_the_conversion_stops(convert_tables: Any, tmp_path: Any) -> None:
    with pytest.raises(ConversionError, match="--crs") as caught:
        convert_tables(outlets("GCJ-02"))
    assert "--crs unknown" in caught.value.text.zh
    assert "无法判断" in caught.value.text.zh
    assert caught.value.exit_code == 2
    assert not (tmp_path / "package").exists()


@pytest.mark.parametrize("system", ["GCJ-02", "BD-09"])
def test_places_that_are_known_tell_what_fits_best(convert_tables: Any, system: str) -> None:
    with pytest.raises(ConversionError) as caught:
        convert_tables({"list.csv": outlets(system), "osm.csv": features()}, source=None)
    assert f"最符合的是 {system}" in caught.value.text.zh
    assert f"{system} fits best" in caught.value.text.en


def test_a_declared_system_goes_into_the_package_and_nothing_is_moved(convert_tables: Any) -> None:
    result = convert_tables(outlets("GCJ-02"), coordinate_system="GCJ-02")
    assert result.descriptor["circledata"]["coordinate_system"] == "GCJ-02"
    lon, lat = from_wgs84(*PLACES[0], "GCJ-02")
    assert (result.outlets[0]["longitude"], result.outlets[0]["latitude"]) == (f"{lon:.6f}", f"{lat:.6f}")


def test_unknown_keeps_the_coordinates_aside_and_claims_nothing(convert_tables: Any) -> None:
    result = convert_tables(outlets("GCJ-02"), coordinate_system="unknown")
    assert "coordinate_system" not in result.descriptor["circledata"]
    assert {row["longitude"] for row in result.outlets} == {""}
    assert all(row["x_longitude"] and row["x_latitude"] for row in result.outlets)
    assert result.conversion.decisions["crs-unknown"] == len(PLACES)


def test_a_package_without_coordinates_states_a_system_and_says_so(convert_tables: Any) -> None:
    result = convert_tables("网点名称,业态,地址\n甲,药店,东街1号\n")
    assert result.descriptor["circledata"]["coordinate_system"] == "CGCS2000"
    assert result.conversion.decisions["no-coordinates"] == 1


def test_sources_in_different_systems_come_into_one(convert_own: Any, tmp_path: Any) -> None:
    from datetime import date

    from circledata.convert.converters import Settings, jobs_of
    from circledata.convert.crs import Located, settle
    from circledata.convert.options import ConvertOptions
    from circledata.convert.records.ids import Ids
    from circledata.standard import load_standard

    (tmp_path / "a.csv").write_text(outlets("WGS84"), encoding="utf-8")
    (tmp_path / "b.csv").write_text(outlets("GCJ-02"), encoding="utf-8")
    standard = load_standard()
    parts = []
    for name, system in (("a.csv", "CGCS2000"), ("b.csv", "GCJ-02")):
        settings = Settings(standard, "620602", ConvertOptions(Ids(standard, "620602")))
        (job,) = jobs_of([tmp_path / name], "table", None, settings)
        parts.append(Located(name, job.convert(date(2024, 12, 31)), system))
    assert settle(parts) == "CGCS2000"
    first, second = (part.draft.tables["outlets"] for part in parts)
    for one, other in zip(first, second, strict=True):
        assert abs(float(one["longitude"]) - float(other["longitude"])) < 2e-6
        assert abs(float(one["latitude"]) - float(other["latitude"])) < 2e-6
    assert {change.rule for change in parts[1].draft.changes} >= {"shifted-from-gcj-02"}
    assert parts[1].draft.decisions["shifted"] == len(PLACES)


def test_boundaries_must_have_a_system(convert_tables: Any) -> None:
    ring = [[102.6, 37.9], [102.61, 37.9], [102.61, 37.91], [102.6, 37.91], [102.6, 37.9]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"name": "东圈"}, "geometry": geometry}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False)
    with pytest.raises(ConversionError, match="coordinate system"):
        convert_tables({"circles.geojson": text}, source="geojson", coordinate_system="unknown")
