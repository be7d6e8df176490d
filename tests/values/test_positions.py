"""Positions as people write them: every form with the place it means, and what must not be read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circledata.values.positions import (
    KIND_WORDS,
    Kind,
    Order,
    Position,
    in_china,
    read_degrees,
    read_pair,
    read_position,
)

BEIJING = (116.404, 39.915)
DMS = (116 + 23 / 60 + 29 / 3600, 39 + 54 / 60 + 26 / 3600)


@pytest.mark.parametrize(
    "text",
    [
        "116.404,39.915",
        "116.404, 39.915",
        " 116.404 , 39.915 ",
        "116.404，39.915",
        "116.404、39.915",
        "116.404；39.915",
        "116.404;39.915",
        "116.404|39.915",
        "116.404/39.915",
        "116.404 39.915",
        "116.404\t39.915",
        "116.404\n39.915",
        "１１６．４０４，３９．９１５",
        "(116.404,39.915)",
        "（116.404，39.915）",
        "[116.404,39.915]",
        "【116.404,39.915】",
        "［116.404，39.915］",
        '["116.404","39.915"]',
        '{"lng":116.404,"lat":39.915}',
        '{"lat": "39.915", "lon": "116.404"}',
        "lng:116.404,lat:39.915",
        "lng=116.404&lat=39.915",
        "经度:116.404,纬度:39.915",
        "经度：116.404，纬度：39.915",
        "纬度39.915 经度116.404",
        "經度116.404，緯度39.915",
        "东经116.404°，北纬39.915°",
        "北纬39.915°,东经116.404°",
        "东经116.404度北纬39.915度",
        "E116.404,N39.915",
        "N39.915E116.404",
        "39.915N 116.404E",
        "39.915°N, 116.404°E",
        "n39.915, e116.404",
        "+116.404,+39.915",
        "39.915,116.404",
        "39.915，116.404",
        "POINT(116.404 39.915)",
        "POINT (116.404 39.915)",
        "point z (116.404 39.915 43.5)",
        "SRID=4326;POINT(116.404 39.915)",
        "geo:39.915,116.404",
        "geo:39.915,116.404;u=35",
        "116.404,39.915,0",
        "经纬度：116.404,39.915",
        "坐标(116.404,39.915)",
        "'116.404,39.915",
        "116.404,39.915;",
        "\ufeff116.404,39.915\u200b",
    ],
)
def test_forms_in_decimal_degrees(text: str) -> None:
    assert read_position(text) == Position(*BEIJING, "degrees")


@pytest.mark.parametrize(
    "text",
    [
        "39°54′26″N, 116°23′29″E",
        "39°54′26″N116°23′29″E",
        "N39°54′26″ E116°23′29″",
        "N39°54′26″E116°23′29″",
        "北纬39°54′26″，东经116°23′29″",
        "东经116°23′29″北纬39°54′26″",
        "东经：116°23′29″；北纬：39°54′26″",
        "北纬39度54分26秒，东经116度23分29秒",
        "东经116度23分29秒 北纬39度54分26秒",
        "116度23分29秒，39度54分26秒",
        "39度54分26秒 116度23分29秒",
        "经度116°23′29″，纬度39°54′26″",
        "116°23'29\",39°54'26\"",
        "116°23’29”，39°54’26”",
        "116°23'29'',39°54'26''",
        "116°23′29,39°54′26",
        "116°23′29″39°54′26″",
        "１１６°２３′２９″，３９°５４′２６″",
        "116º 23' 29\" E 39º 54' 26\" N",
        "39 54 26 N, 116 23 29 E",
        "39-54-26N 116-23-29E",
        "N 39 54 26, E 116 23 29",
        "POINT(116.391388888888889 39.907222222222222)",
    ],
)
def test_forms_with_minutes_and_seconds(text: str) -> None:
    position = read_position(text)
    assert position is not None
    assert (position.lon, position.lat) == pytest.approx(DMS, abs=1e-9)
    assert not position.swapped
    assert position.kind == ("degrees" if text.startswith("POINT") else "degrees-minutes")


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [
        ("116°24′,39°54′", 116.4, 39.9),
        ("116°24,39°54", 116.4, 39.9),
        ("N39°54.433′ E116°23.483′", 116 + 23.483 / 60, 39 + 54.433 / 60),
        ("39度54.5分，116度24分", 116.4, 39 + 54.5 / 60),
        ("39°54′26.5″N, 116°23′29.25″E", 116 + 23 / 60 + 29.25 / 3600, 39 + 54 / 60 + 26.5 / 3600),
    ],
)
def test_minutes_with_a_fraction(text: str, lon: float, lat: float) -> None:
    position = read_position(text)
    assert position is not None
    assert (position.lon, position.lat) == pytest.approx((lon, lat), abs=1e-9)


@pytest.mark.parametrize(
    ("text", "order", "swapped"),
    [
        ("116.404,39.915", "lon-lat", False),
        ("39.915,116.404", "lat-lon", False),
        ("39.915,116.404", "lon-lat", True),
        ("116.404,39.915", "lat-lon", True),
        ("N116.404,E39.915", None, True),
        ("lat:116.404,lng:39.915", None, True),
        ("POINT(39.915 116.404)", None, True),
        ("39°54′54″,116°24′14.4″", "lon-lat", True),
        ("E116.404,N39.915", "lat-lon", False),  # letters go before what the file says
    ],
)
def test_order(text: str, order: Order | None, swapped: bool) -> None:
    position = read_position(text, order)
    assert position is not None
    assert (position.lon, position.lat) == pytest.approx(BEIJING, abs=1e-9)
    assert position.swapped is swapped


def test_a_place_in_the_west_is_swapped_too_though_its_longitude_could_be_a_latitude() -> None:
    assert read_position("43.825,87.617", "lon-lat") == Position(87.617, 43.825, "degrees", swapped=True)
    assert read_pair("39.47", "75.99") == Position(75.99, 39.47, "degrees", swapped=True)


def test_letters_are_believed_where_the_place_exists() -> None:
    assert read_position("N80.5 E33.1") == Position(33.1, 80.5, "degrees")


def test_places_outside_china_need_an_order() -> None:
    assert read_position("2.35,48.86") == Position(None, None, "unclear")
    assert read_position("2.35,48.86", "lon-lat") == Position(2.35, 48.86, "degrees")
    assert read_position("48.86,2.35", "lat-lon") == Position(2.35, 48.86, "degrees")
    assert read_position("48.86N,2.35W") == Position(-2.35, 48.86, "degrees")
    assert read_position("-70.66,-33.45", "lon-lat") == Position(-70.66, -33.45, "degrees")
    assert read_position("151.2,-33.87") == Position(151.2, -33.87, "degrees")


@pytest.mark.parametrize(
    "text", ["116404000,39915000", "39915000,116404000", "1164040000,399150000", "116404000.0,39915000.0"]
)
def test_degrees_times_a_power_of_ten(text: str) -> None:
    assert read_position(text) == Position(*BEIJING, "scaled")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12958220.5,4853597.2", "mercator"),
        ("4853597.2,12958220.5", "mercator"),
        ("448951.3,4418234.8", "gauss-kruger"),
        ("4418234.8,448951.3", "gauss-kruger"),
        ("39448951.3,4418234.8", "gauss-kruger"),
        ("20448951.3,4418234.8", "gauss-kruger"),
        ("13448951.3,4418234.8", "metres"),  # zone 13, or Web Mercator at 120.8 degrees east
        ("11640400,3991500", "unclear"),  # degrees times 100,000, or metres of Web Mercator
        ("0,0", "zero"),
        ("0.0，0.000", "zero"),
    ],
)
def test_what_gives_no_degrees(text: str, kind: Kind) -> None:
    position = read_position(text)
    assert position == Position(None, None, kind)
    assert not position.known
    assert kind in KIND_WORDS


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "无",
        "-",
        ",",
        "116.404",
        "116.404,",
        "116.404,39.915,12",
        "116.404,39.915;116.5,39.9",
        "1.16E+02,3.99E+01",
        "116,404,39,915",
        "N39.9,N116.4",
        "东经39°54′,东经116°24′",
        "39°60′00″N,116°00′00″E",
        "39°54′61″N,116°00′00″E",
        "39.5°30′N,116°E",
        "N-39.9,E116.4",
        "200,100",
        "999999,999999",
        "abc,def",
        "北京市东城区长安街1号",
        "LINESTRING(116 39, 117 40)",
        "POINT EMPTY",
        "13800138000,01012345678",
        "(116.404,39.915",
        "NaN,NaN",
        "inf,inf",
    ],
)
def test_what_is_no_position(text: str) -> None:
    assert read_position(text) is None


@pytest.mark.parametrize(
    ("text", "axis", "degrees"),
    [
        ("116.404", "lon", 116.404),
        ("116.404°", "lon", 116.404),
        ("116.404度", "lon", 116.404),
        ("116.404E", "lon", 116.404),
        ("东经116.404", "lon", 116.404),
        ("116°24′", "lon", 116.4),
        ("西经116°24′", "lon", -116.4),
        ("３９．９", "lat", 39.9),
        ("N39.9", "lat", 39.9),
        ("纬度：39.9", "lat", 39.9),
        ("39°54'", "lat", 39.9),
        ("39°54′0″", "lat", 39.9),
        ("南纬39度54分", "lat", -39.9),
        ("-39.9", "lat", -39.9),
        (" 39.9 ", "lat", 39.9),
        ("'39.9", "lat", 39.9),
        ("116.404", "lat", None),
        ("N39.9", "lon", None),
        ("经度39.9", "lat", None),
        ("39.9,116.4", "lat", None),
        ("181", "lon", None),
        ("", "lon", None),
        ("无", "lon", None),
        ("1.16E+02", "lon", None),
    ],
)
def test_one_coordinate(text: str, axis: str, degrees: float | None) -> None:
    read = read_degrees(text, axis)
    assert read == (None if degrees is None else pytest.approx(degrees, abs=1e-9))


def test_an_axis_is_lon_or_lat() -> None:
    with pytest.raises(ValueError, match="longitude"):
        read_degrees("116.4", "longitude")


def test_two_cells() -> None:
    assert read_pair("116.404", "39.915") == Position(*BEIJING, "degrees")
    assert read_pair("39.915", "116.404") == Position(*BEIJING, "degrees", swapped=True)
    assert read_pair("116404000", "39915000") == Position(*BEIJING, "scaled")
    assert read_pair("39915000", "116404000") == Position(*BEIJING, "scaled", swapped=True)
    assert read_pair("39448951.3", "4418234.8") == Position(None, None, "gauss-kruger")
    assert read_pair("0", "0") == Position(None, None, "zero")
    assert read_pair("东经116度", "北纬40度") == Position(116, 40, "degrees")
    assert read_pair("116.4", "") is None
    assert read_pair("无", "39.9") is None


@settings(deadline=None)
@given(st.floats(97.01, 135.9), st.floats(3.1, 53.9), st.sampled_from(["lon-lat", "lat-lon"]))
def test_what_is_written_is_read_again(lon: float, lat: float, order: Order) -> None:
    assert in_china(lon, lat)
    assert not in_china(lat, lon)
    a, b = (lon, lat) if order == "lon-lat" else (lat, lon)
    position = read_position(f"{a:.9f},{b:.9f}")
    assert position is not None
    assert (position.lon, position.lat) == pytest.approx((lon, lat), abs=1e-9)
    degrees, minutes = divmod(lat, 1)
    text = f"东经{lon:.9f}°北纬{int(degrees)}°{min(minutes * 60, 59.99999999):.9f}′"
    position = read_position(text)
    assert position is not None
    assert (position.lon, position.lat) == pytest.approx((lon, lat), abs=1e-7)


@settings(deadline=None)
@given(st.text(alphabet="0123456789.,-+ °′″'\"NSEW度分秒东经北纬，()[]{}POINT;:", max_size=30))
def test_any_text_is_read_or_refused_without_an_error(text: str) -> None:
    position = read_position(text)
    assert position is None or not position.known or (abs(position.lon or 0) <= 180 and abs(position.lat or 0) <= 90)
    read_degrees(text, "lon")
