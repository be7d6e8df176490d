"""The writers of figures by format; a new one is a module and a line here, and its name in NAMES."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO, TextIO

from circledata.indicators.model import Figures
from circledata.reports.figures_csv import write_csv
from circledata.reports.figures_json import write_json
from circledata.reports.figures_text import write_text
from circledata.standard.model import Language


def _html(figures: Sequence[Figures], language: Language, stream: TextIO) -> None:
    """Write a page; the templates are loaded only now."""
    from circledata.reports.figures_html import write_html

    write_html(figures, language, stream)


def _book(figures: Sequence[Figures], language: Language, stream: BinaryIO) -> None:
    """Write a workbook; its library is loaded only now."""
    from circledata.reports.figures_book import write_book

    write_book(figures, language, stream)


FORMATS: Mapping[str, Callable[[Sequence[Figures], Language, TextIO], None]] = {
    "text": write_text,
    "json": write_json,
    "csv": write_csv,
    "html": _html,
}
BINARY: Mapping[str, Callable[[Sequence[Figures], Language, BinaryIO], None]] = {"xlsx": _book}
"""Those that are no text."""
