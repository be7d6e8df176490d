"""Packages written in other forms (XLSX, GeoJSON, Parquet, JSON, SQLite, DuckDB, ZIP), and read back from some."""

from circledata.convert.export.result import FORMS, SUFFIXES, ExportResult
from circledata.convert.export.run import IMPORTS, export_package, import_package

__all__ = ["FORMS", "IMPORTS", "SUFFIXES", "ExportResult", "export_package", "import_package"]
