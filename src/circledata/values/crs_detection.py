"""Finds out in which coordinate system points stand (WGS84, GCJ-02, BD-09), from places whose position is known.

Each system is tried as a hypothesis: the points are converted from it and compared with what is known. Two kinds of
knowledge serve: the same named places with their true position, and areas (boundaries) that points must lie in.

All thresholds below are our own choice; nobody has published any. They are strict, since a wrong answer moves every
point by some hundred metres or more than a kilometre: unless one hypothesis is clearly better the answer is None. WGS84
stands for CGCS2000 too. Where no shift applies (Hong Kong, Macau, Taiwan, abroad) WGS84 and GCJ-02 are the same and
cannot be told; there are also spots on the mainland where the shift is small (17 metres at the least).

An area tells nothing when somebody has chosen the points by that very area in the wrong system.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from circledata.values.coordinates import System
from circledata.values.geodesy import METRES_PER_DEGREE
from circledata.values.inside import inside, median_distance
from circledata.values.shift import convert, shifted
from circledata.values.text import clean, half_width

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

Reason = Literal["clear", "nothing-known", "too-few", "no-shift", "none-fits", "too-close", "contradiction"]
HYPOTHESES: tuple[System, ...] = ("WGS84", "GCJ-02", "BD-09")

MIN_PAIRS = 5
"""So many places must be known; fewer may agree by chance."""
SAME_PLACE_M = 3000.0
"""A pair that is farther apart under every hypothesis is not one place and is not counted."""
FITS_M = 250.0
"""The median distance of the right hypothesis: two maps put a large place (a hospital, a park) that far apart."""
TIMES_NEARER = 2.0
"""The next hypothesis must be that many times as far off."""
NEAREST_SHARE = 0.75
"""For that share of the places the right hypothesis must be the nearest."""

MIN_POINTS = 20
MIN_WON = 10
"""So many points must lie inside under the right hypothesis and outside under another."""
WON_TO_LOST = 3.0
MIN_SIGMAS = 3.0
"""Won and lost points must differ by so many standard deviations of a fair coin (sign test)."""
INSIDE_SHARE = 0.8
"""That share of all points must lie inside under the right hypothesis."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one hypothesis; None where there is nothing to compare with.

    `pairs`: known places compared. `median_m`: median of their distances in metres. `offset_m`: length of their median
    displacement, which is what remains when errors in all directions cancel out. `nearest_share`: share (0 to 1) of the
    pairs for which this hypothesis is the nearest. `points`: points with an area. `inside_share`: share of them inside.
    `outside_m`: median distance in metres to the area of those that are not inside.
    """

    system: System
    pairs: int = 0
    median_m: float | None = None
    offset_m: float | None = None
    nearest_share: float | None = None
    points: int = 0
    inside_share: float | None = None
    outside_m: float | None = None


@dataclass(frozen=True, slots=True)
class Detection:
    """The system that fits (None: cannot be told), why so, and the evidence for each hypothesis in their order."""

    best: System | None
    reason: Reason
    evidence: tuple[Evidence, ...] = tuple(Evidence(system) for system in HYPOTHESES)

    @property
    def certain(self) -> bool:
        """Tell whether one hypothesis is clearly better than the others."""
        return self.best is not None

    @property
    def leading(self) -> System | None:
        """The hypothesis with the best figures, certain or not; None where two share the first place."""
        if self.best or self.reason == "contradiction":
            return self.best
        figures = [(each.median_m, each.system) for each in self.evidence if each.median_m is not None]
        if not figures:
            figures = [(-each.inside_share, each.system) for each in self.evidence if each.inside_share is not None]
        figures.sort(key=lambda figure: figure[0])
        return figures[0][1] if len(figures) > 1 and figures[0][0] < figures[1][0] else None


def detect(
    points: tuple[ArrayLike, ArrayLike],
    known: tuple[ArrayLike, ArrayLike] | None = None,
    *,
    known_system: System = "WGS84",
    areas: Sequence[BaseGeometry] | None = None,
    area_of: ArrayLike | None = None,
    area_system: System = "WGS84",
) -> Detection:
    """Tell the system of points (longitudes, latitudes; degrees, shape (n,)) from all that is known of them.

    `known`: where each point truly is, in `known_system`, NaN where that is not known. `areas`, `area_of`,
    `area_system`: see from_areas. What the two say must not contradict each other. ValueError: arrays of unequal shape.
    """
    places = None if known is None else from_places(points, known, known_system)
    bounds = from_areas(points, areas, area_of, area_system) if areas else None
    return combine(places, bounds)


def combine(places: Detection | None, areas: Detection | None) -> Detection:
    """Join what from_places and from_areas found; None: not asked."""
    if places is None or areas is None:
        return places or areas or Detection(None, "nothing-known")
    evidence = tuple(
        replace(a, points=b.points, inside_share=b.inside_share, outside_m=b.outside_m)
        for a, b in zip(places.evidence, areas.evidence, strict=True)
    )
    if places.best and areas.best and places.best != areas.best:
        return Detection(None, "contradiction", evidence)
    leading = places if places.best or not areas.best else areas
    return Detection(leading.best, leading.reason, evidence)


def pair_names(names: Sequence[str], known_names: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return where the same names stand in two lists: indices in the first, and for each the index in the second.

    Only names that stand once in each list are paired, since the others may be different places. Blanks, letter case
    and full-width characters make no difference.
    """
    keys, known_keys = ([_key(name) for name in side] for side in (names, known_names))
    counts, known_counts = Counter(keys), Counter(known_keys)
    where = {key: index for index, key in enumerate(known_keys) if key and known_counts[key] == 1}
    paired = [(i, where[key]) for i, key in enumerate(keys) if key in where and counts[key] == 1]
    return [i for i, _ in paired], [j for _, j in paired]


def _key(name: str) -> str:
    plain = half_width(clean(name)).translate({0xFF08: "(", 0xFF09: ")"})
    return plain.replace(" ", "").casefold()


def from_places(
    points: tuple[ArrayLike, ArrayLike], known: tuple[ArrayLike, ArrayLike], known_system: System = "WGS84"
) -> Detection:
    """Compare points with where the same places truly are (degrees, shape (n,) each); NaN: not known, not counted."""
    import numpy as np

    true_lon, true_lat = convert(*known, known_system, "WGS84")
    tried = [convert(*points, system, "WGS84") for system in HYPOTHESES]
    east = np.array([lon - true_lon for lon, _ in tried]) * np.cos(np.radians(true_lat)) * METRES_PER_DEGREE
    north = np.array([lat - true_lat for _, lat in tried]) * METRES_PER_DEGREE
    away = np.hypot(east, north)
    same_place = np.any(away <= SAME_PLACE_M, axis=0)
    telling = same_place & shifted(true_lon, true_lat)
    used = telling if np.count_nonzero(telling) >= MIN_PAIRS else same_place
    east, north, away = east[:, used], north[:, used], away[:, used]
    evidence = _of_pairs(east, north, away)
    if away.shape[1] < MIN_PAIRS:
        return Detection(None, "too-few", evidence)
    return _nearest(evidence, bool(telling[used].any()))


def _of_pairs(east: NDArray[Any], north: NDArray[Any], away: NDArray[Any]) -> tuple[Evidence, ...]:
    import numpy as np

    count = away.shape[1]
    if count == 0:
        return tuple(Evidence(system) for system in HYPOTHESES)
    least = away.min(axis=0)
    return tuple(
        Evidence(
            system,
            pairs=count,
            median_m=float(np.median(away[i])),
            offset_m=float(np.hypot(np.median(east[i]), np.median(north[i]))),
            nearest_share=float(np.count_nonzero(away[i] <= least) / count),
        )
        for i, system in enumerate(HYPOTHESES)
    )


def _nearest(evidence: tuple[Evidence, ...], some_shifted: bool) -> Detection:
    """Choose among hypotheses by their distances; WGS84 and GCJ-02 are one where no shift applies."""
    order = sorted(evidence, key=lambda each: each.median_m or 0.0)
    best, others = order[0], order[1:]
    if not some_shifted and best.system != "BD-09":
        return Detection(None, "no-shift", evidence)
    best_m = best.median_m or 0.0
    if best_m > FITS_M:
        return Detection(None, "none-fits", evidence)
    nearer = all((other.median_m or 0.0) >= TIMES_NEARER * best_m for other in others)
    if not nearer or (best.nearest_share or 0.0) < NEAREST_SHARE:
        return Detection(None, "too-close", evidence)
    return Detection(best.system, "clear", evidence)


def from_areas(
    points: tuple[ArrayLike, ArrayLike],
    areas: Sequence[BaseGeometry],
    area_of: ArrayLike | None = None,
    area_system: System = "WGS84",
) -> Detection:
    """Look under which hypothesis points (degrees, shape (n,)) lie inside the areas where they should be.

    `areas`: valid polygons in `area_system` (degrees). `area_of`: for each point the index of its own area, −1 where it
    has none and is not counted; left out, a point may lie in any of the areas.
    """
    import numpy as np

    if not areas:
        return Detection(None, "nothing-known")
    tried = [convert(*points, system, area_system) for system in HYPOTHESES]
    own = None if area_of is None else np.asarray(area_of, dtype=np.intp)
    counted = np.isfinite(tried[0][0]) & (np.full(tried[0][0].shape, True) if own is None else own >= 0)
    if own is not None:
        own = own[counted]
    tried = [(lon[counted], lat[counted]) for lon, lat in tried]
    within = np.array([inside(lon, lat, areas, own) for lon, lat in tried])
    evidence = tuple(_of_areas(*each, areas, own) for each in zip(HYPOTHESES, tried, within, strict=True))
    if within.shape[1] < MIN_POINTS:
        return Detection(None, "too-few", evidence)
    return _most_inside(evidence, within, bool(shifted(*tried[0]).any()))


def _of_areas(
    system: System,
    tried: tuple[NDArray[Any], NDArray[Any]],
    within: NDArray[Any],
    areas: Sequence[BaseGeometry],
    own: NDArray[Any] | None,
) -> Evidence:
    lon, lat = tried[0][~within], tried[1][~within]
    outside_m = median_distance(lon, lat, areas, None if own is None else own[~within])
    share = float(within.mean()) if within.size else None
    return Evidence(system, points=within.size, inside_share=share, outside_m=outside_m)


def _most_inside(evidence: tuple[Evidence, ...], within: NDArray[Any], some_shifted: bool) -> Detection:
    import numpy as np

    best = max(range(len(HYPOTHESES)), key=lambda i: evidence[i].inside_share or 0.0)
    if not some_shifted and HYPOTHESES[best] != "BD-09":
        return Detection(None, "no-shift", evidence)
    if (evidence[best].inside_share or 0.0) < INSIDE_SHARE:
        return Detection(None, "none-fits", evidence)
    for i in range(len(HYPOTHESES)):
        if i == best:
            continue
        won = int(np.count_nonzero(within[best] & ~within[i]))
        lost = int(np.count_nonzero(within[i] & ~within[best]))
        sigmas = (won - lost) / math.sqrt(max(won + lost, 1))
        if won < MIN_WON or won < WON_TO_LOST * lost or sigmas < MIN_SIGMAS:
            return Detection(None, "too-close", evidence)
    return Detection(HYPOTHESES[best], "clear", evidence)
