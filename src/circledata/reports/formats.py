"""The writers by name; a new format is one module and one line here (and its name in `circledata.reports.NAMES`)."""

from __future__ import annotations

from collections.abc import Mapping

from circledata.reports import csv, github, html, json, jsonl, junit, sarif, text, workbook
from circledata.reports.style import BinaryWriter, Writer

FORMATS: Mapping[str, Writer] = {
    "text": text.write,
    "json": json.write,
    "jsonl": jsonl.write,
    "csv": csv.write,
    "sarif": sarif.write,
    "junit": junit.write,
    "github": github.write,
    "html": html.write,
}

BINARY: Mapping[str, BinaryWriter] = {"workbook": workbook.write}
"""The writers of formats that are no text."""
