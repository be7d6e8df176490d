"""The writers of a comparison by format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import BinaryIO, TextIO

from circledata.indicators.compare_model import Comparison
from circledata.reports.compare_book import write as write_book
from circledata.reports.compare_csv import write as write_csv
from circledata.reports.compare_html import write as write_html
from circledata.reports.compare_json import write as write_json
from circledata.reports.compare_text import write as write_text
from circledata.standard.model import Language

BINARY: Mapping[str, Callable[[Comparison, Language, BinaryIO], None]] = {"xlsx": write_book}
"""Those that are no text."""


def write(format: str, comparison: Comparison, language: Language, stream: TextIO, width: int) -> None:
    """Write a comparison as `text`, at most `width` columns wide, `json`, `csv` or `html`; KeyError for another."""
    if format == "text":
        write_text(comparison, language, stream, width)
    elif format == "json":
        write_json(comparison, stream)
    else:
        {"csv": write_csv, "html": write_html}[format](comparison, language, stream)
