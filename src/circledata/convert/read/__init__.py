"""Reads what people have, CSV, workbook, JSON, GeoJSON or web page, into source tables with exact row numbers."""

from circledata.convert.read.features import feature_rows, read_feature_rows
from circledata.convert.read.layout import Layout
from circledata.convert.read.notes import CHANGE_RULES, NOTES
from circledata.convert.read.tables import read_tables
from circledata.convert.read.words import REFUSALS

__all__ = ["CHANGE_RULES", "NOTES", "REFUSALS", "Layout", "feature_rows", "read_feature_rows", "read_tables"]
