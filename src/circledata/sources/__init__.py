"""Any file that people have, as raw tables with exact positions: folders, archives, workbooks, single CSV files."""

from circledata.findings.model import Note
from circledata.sources.csv_exact import restage
from circledata.sources.errors import SourceError, ToolError, UsageError
from circledata.sources.model import (
    BROKEN_COLUMN,
    LINE_COLUMN,
    Column,
    Limits,
    Meta,
    Package,
    RawTable,
)
from circledata.sources.options import Options, Progress
from circledata.sources.package import open_package
from circledata.sources.scan import Scan, scan

__all__ = [
    "BROKEN_COLUMN",
    "LINE_COLUMN",
    "Column",
    "Limits",
    "Meta",
    "Note",
    "Options",
    "Package",
    "Progress",
    "RawTable",
    "Scan",
    "SourceError",
    "ToolError",
    "UsageError",
    "open_package",
    "restage",
    "scan",
]
