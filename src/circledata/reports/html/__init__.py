"""HTML: one file to look at, to print and to pass on. It opens from disk and asks nothing of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from circledata.reports.style import PLAIN, Style

if TYPE_CHECKING:
    from circledata.findings.report import Report
    from circledata.standard.model import Language


def write(report: Report, language: Language, stream: TextIO, style: Style = PLAIN, /) -> None:
    """Write `report` as one HTML page, in both languages, `language` first. Same report, same bytes."""
    from circledata.reports.html.page import pieces

    stream.writelines(pieces(report, language, style))
