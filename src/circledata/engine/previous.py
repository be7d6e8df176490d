"""Loads the last release beside the package, for the rules on history and for comparing the two."""

from __future__ import annotations

from circledata.engine import sql
from circledata.engine.session import Loaded, Session
from circledata.engine.stage import load
from circledata.sources import Options, Package

_SAME = {"WGS84": "WGS84", "CGCS2000": "WGS84", "GCJ-02": "GCJ-02", "BD-09": "BD-09"}
"""Systems that differ by less than a metre are one here."""
_STEPS = {
    ("WGS84", "GCJ-02"): ("wgs84_to_gcj02_lon(lon, lat)", "wgs84_to_gcj02_lat(lon, lat)"),
    ("GCJ-02", "BD-09"): ("gcj02_to_bd09_lon(lon, lat)", "gcj02_to_bd09_lat(lon, lat)"),
    ("BD-09", "GCJ-02"): ("bd09_to_gcj02_lon(lon, lat)", "bd09_to_gcj02_lat(lon, lat)"),
    # One step leaves an error of up to five metres; what is still missing is added once more.
    ("GCJ-02", "WGS84"): (
        "gcj02_to_wgs84_lon(lon, lat) + lon - "
        "wgs84_to_gcj02_lon(gcj02_to_wgs84_lon(lon, lat), gcj02_to_wgs84_lat(lon, lat))",
        "gcj02_to_wgs84_lat(lon, lat) + lat - "
        "wgs84_to_gcj02_lat(gcj02_to_wgs84_lon(lon, lat), gcj02_to_wgs84_lat(lon, lat))",
    ),
}
_WAY = ("WGS84", "GCJ-02", "BD-09")


def load_previous(session: Session, package: Package, options: Options) -> dict[str, Loaded]:
    """Load `package` as previous.<table>, its coordinates in the system of the session's own package.

    A rule that measures how far a place lies from where it was must not take two systems for a move.
    """
    session.define_package("previous", package.meta)
    session.previous.add("previous.package")
    loaded: dict[str, Loaded] = {}
    for name, raw in package.tables.items():
        if name in session.standard.tables:
            loaded[name], _ = load(session, raw, options.limits, schema="previous")
            session.previous.add(f"previous.{name}")
            _into_one_system(session, name, package.meta.coordinate_system)
    return loaded


def _into_one_system(session: Session, table: str, system: str | None) -> None:
    old, new = _SAME.get(system or ""), _SAME.get(session.value("SELECT :coordinate_system") or "")
    fields = session.standard.tables[table].by_name
    if old is None or new is None or old == new or not {"longitude", "latitude"} <= fields.keys():
        return
    session.define_functions()
    view, source = sql.name(table), sql.name(f"u_{table}")
    session.execute(f"ALTER VIEW previous.{view} RENAME TO {source}")
    here, there = _WAY.index(old), _WAY.index(new)
    step = 1 if there > here else -1
    query = f"SELECT *, longitude AS lon, latitude AS lat FROM previous.{source}"
    for place in range(here, there, step):
        lon, lat = _STEPS[_WAY[place], _WAY[place + step]]
        query = f"SELECT * REPLACE ({lon} AS lon, {lat} AS lat) FROM ({query})"
    session.execute(
        f"CREATE VIEW previous.{view} AS SELECT * EXCLUDE (lon, lat) REPLACE (lon AS longitude, lat AS latitude) "
        f"FROM ({query})"
    )
