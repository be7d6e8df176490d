"""Tells which of many points lie inside polygons, and how far the others are from them, as arrays."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from circledata.values.geodesy import METRES_PER_DEGREE

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

_SAMPLE = 1000  # points whose distance is measured, evenly spread over all of them: their median is as good


def inside(
    lon: NDArray[Any], lat: NDArray[Any], areas: Sequence[BaseGeometry], own: NDArray[Any] | None
) -> NDArray[Any]:
    """Tell for each point (degrees, shape (n,)) whether it lies in its area: booleans (n,).

    `own`: index of each point's own area, shape (n,); None: any of the areas counts. A border belongs to its area.
    """
    import numpy as np
    import shapely

    within = np.zeros(lon.shape, dtype=bool)
    if own is None:
        # The points stand in the tree and the areas ask it: shapely prepares what asks, and areas are what is slow.
        tree = shapely.STRtree(shapely.points(lon, lat))
        within[tree.query(areas, predicate="intersects")[1]] = True
        return within
    for area, members in _by_area(own):
        shapely.prepare(areas[area])
        within[members] = shapely.intersects_xy(areas[area], lon[members], lat[members])
    return within


def _by_area(own: NDArray[Any]) -> Iterator[tuple[int, NDArray[Any]]]:
    """Yield each area with the indices of its points, by one sort instead of a search for every area."""
    import numpy as np

    if own.size == 0:
        return
    order = np.argsort(own, kind="stable")
    areas, starts = np.unique(own[order], return_index=True)
    yield from zip(areas.tolist(), np.split(order, starts[1:]), strict=True)


def median_distance(
    lon: NDArray[Any], lat: NDArray[Any], areas: Sequence[BaseGeometry], own: NDArray[Any] | None
) -> float | None:
    """Return the median distance in metres of points from their areas (see `inside`); None without points.

    Measured on a plane that is true at the points' middle latitude, which is good to 1 % within a city; of many points
    an even sample is measured.
    """
    import numpy as np
    import shapely

    if lon.size == 0:
        return None
    sample = np.linspace(0, lon.size - 1, min(lon.size, _SAMPLE)).astype(np.intp)
    lon, lat = lon[sample], lat[sample]
    across = math.cos(math.radians(float(np.median(lat)))) * METRES_PER_DEGREE
    scale = np.array([across, METRES_PER_DEGREE])
    points = shapely.points(lon * across, lat * METRES_PER_DEGREE)
    if own is None:
        plane = shapely.transform(np.asarray(areas, dtype=object), lambda places: places * scale)
        distances = shapely.STRtree(plane).query_nearest(points, return_distance=True, all_matches=False)[1]
    else:
        needed, which = np.unique(own[sample], return_inverse=True)
        plane = shapely.transform(np.asarray(areas, dtype=object)[needed], lambda places: places * scale)
        distances = shapely.distance(points, plane[which])
    return float(np.median(distances))
