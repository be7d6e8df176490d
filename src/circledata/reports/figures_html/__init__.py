"""Figures as an HTML page: small charts, definitions and what is missing. It opens from disk and asks for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from circledata.indicators.model import Figures
    from circledata.standard.model import Language


def write_html(figures: Sequence[Figures], language: Language, stream: TextIO) -> None:
    """Write figures as one HTML page, in both languages, `language` first. Same figures, same bytes.

    `figures`: one or more packages, at one scope or several; what is of one scope stands in one chart.
    """
    from circledata.reports.figures_html.page import pieces

    stream.writelines(pieces(figures, language))
