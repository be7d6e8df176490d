"""Boundaries drawn in a mapping program, GeoJSON or shapefile → circles.geojson and the circles they bound."""

from circledata.convert.boundaries.convert import convert_boundaries
from circledata.convert.boundaries.options import BoundaryOptions, boundary_options

__all__ = ["BoundaryOptions", "boundary_options", "convert_boundaries"]
