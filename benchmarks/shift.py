"""Measures how long a column of coordinates takes in each direction, how exact it is, and what memory it needs.

    python -m benchmarks.shift [--points N] [--repeat N] [--output FILE]

Takes some seconds. Prints a table in Markdown; FILE gets the same as JSON. Target of the issue: a million points in two
seconds in every direction, on one core, and back again to the centimetre.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure import machine, version_of
from circledata.values.coordinates import FORMULA_BOX, UNSHIFTED_BOXES, System
from circledata.values.shift import convert

DIRECTIONS: tuple[tuple[System, System], ...] = (
    ("WGS84", "GCJ-02"),
    ("WGS84", "BD-09"),
    ("GCJ-02", "BD-09"),
    ("GCJ-02", "WGS84"),
    ("BD-09", "GCJ-02"),
    ("BD-09", "WGS84"),
)
TARGET_SECONDS, TARGET_METRES, TARGET_POINTS = 2.0, 0.01, 1_000_000
METRES_PER_DEGREE = 111_195.0
BORDER = 0.02  # degrees: beside the boxes without a shift there and back may be two places
Points = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True)
class Measured:
    """One direction: median and extremes of the seconds, the memory beside the input, the error there and back."""

    from_system: str
    to_system: str
    seconds: float
    fastest: float
    slowest: float
    extra_mib: float
    worst_error_m: float


def places(count: int) -> Points:
    """Return places all over the box of China, the same ones every time."""
    random = np.random.default_rng(20241231)
    return random.uniform(73.0, 135.5, count), random.uniform(3.0, 54.0, count)


def measure(points: Points, from_system: System, to_system: System, repeat: int) -> Measured:
    """Convert `points` several times and once more for the memory, which slows it down."""
    times = []
    for _ in range(repeat):
        begun = time.perf_counter()
        there = convert(*points, from_system, to_system)
        times.append(time.perf_counter() - begun)
    tracemalloc.start()
    convert(*points, from_system, to_system)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    back = convert(*there, to_system, from_system)
    return Measured(
        from_system,
        to_system,
        round(statistics.median(times), 3),
        round(min(times), 3),
        round(max(times), 3),
        round(peak / 2**20, 1),
        float(f"{worst_error(points, back):.2g}"),
    )


def worst_error(points: Points, back: Points) -> float:
    """Return the largest distance in metres between places and themselves there and back, away from borders."""
    lon, lat = points
    east = (lon - back[0]) * np.cos(np.radians(lat)) * METRES_PER_DEGREE
    north = (lat - back[1]) * METRES_PER_DEGREE
    near = np.zeros(lon.shape, dtype=bool)
    for west, south, far_east, far_north in (*UNSHIFTED_BOXES, FORMULA_BOX):
        wide = (
            (west - BORDER <= lon) & (lon <= far_east + BORDER) & (south - BORDER <= lat) & (lat <= far_north + BORDER)
        )
        deep = (west + BORDER < lon) & (lon < far_east - BORDER) & (south + BORDER < lat) & (lat < far_north - BORDER)
        near |= wide & ~deep
    return float(np.hypot(east, north)[~near].max())


def table(rows: Sequence[Measured]) -> str:
    """Return the results as a table in Markdown."""
    lines = [
        "| from | to | seconds | fastest – slowest | memory beside the input, result included, MiB | worst error, m |",
        "|---|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row.from_system} | {row.to_system} | {row.seconds:.2f} | {row.fastest:.2f} – {row.slowest:.2f} "
        f"| {row.extra_mib:.1f} | {row.worst_error_m:.1e} |"
        for row in rows
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure all directions; exit code 1 when the target is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--points", type=int, default=TARGET_POINTS)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args(arguments)
    points = places(options.points)
    where = {**machine(), "numpy": version_of("numpy")}
    rows = [measure(points, *direction, options.repeat) for direction in DIRECTIONS]
    print(f"{options.points:,} points, one core, median of {options.repeat} runs.")
    print(f"{where['processor']}, numpy {where['numpy']}\n")
    print(table(rows))
    limit = TARGET_SECONDS * max(1.0, options.points / TARGET_POINTS)
    reached = all(row.seconds <= limit and row.worst_error_m <= TARGET_METRES for row in rows)
    print(f"\nTarget (every direction within {limit:g} s, {TARGET_METRES} m): {'reached' if reached else 'missed'}")
    if options.output:
        result = {"points": options.points, "machine": where, "directions": [asdict(row) for row in rows]}
        options.output.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
