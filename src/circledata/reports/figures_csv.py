"""Figures as CSV for WPS and Excel: one row a figure, and no cell that a spreadsheet would compute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from circledata.convert.output.safe_csv import write_rows
from circledata.indicators.model import Figure, Figures, reason_text
from circledata.reports.figures_numbers import item_title
from circledata.reports.figures_words import say
from circledata.standard.model import Indicator, Language

COLUMNS = (
    *("package", "division_code", "as_of", "scope", "place", "place_name"),
    *("indicator", "title", "item", "item_title", "value", "unit"),
    *("numerator", "denominator", "known", "records", "reason", "reason_title", "errors", "synthetic"),
)


def write_csv(figures: Sequence[Figures], language: Language, stream: TextIO) -> None:
    """Write the figures of all packages below one header in `language`; the stream must leave line ends as they are.

    Shares are numbers from 0 to 1. A figure that was not computed has an empty value and its reason.
    """
    stream.write("\ufeff")
    header = [say(language, f"csv-{column}") for column in COLUMNS]
    rows = (row for one in figures for row in _rows(one, language))
    write_rows(stream, _all(header, rows), newline="\r\n")


def _all(header: Sequence[object], rows: Iterator[Sequence[object]]) -> Iterator[Sequence[object]]:
    yield header
    yield from rows


def _rows(figures: Figures, language: Language) -> Iterator[Sequence[object]]:
    indicators = {item.name: item for item in figures.indicators}
    names = {place.code: place.name or "" for place in figures.places}
    for figure in figures.figures:
        yield _row(figures, figure, indicators[figure.indicator], names, language)


def _row(
    figures: Figures, figure: Figure, indicator: Indicator, names: dict[str, str], language: Language
) -> Sequence[object]:
    standard = figures.standard
    unit = standard.codelists["units"].codes[indicator.unit].title.in_language(language)
    return [
        figures.label,
        _text(figures.package.get("division_code")),
        figures.as_of.isoformat() if figures.as_of else "",
        figures.scope,
        figure.place or "",
        names.get(figure.place or "", ""),
        indicator.name,
        indicator.title.in_language(language),
        figure.item or "",
        item_title(indicator, figure.item, standard).in_language(language) if figure.item else "",
        _number(figure.value),
        unit,
        _number(figure.numerator),
        _number(figure.denominator),
        figure.known,
        figure.records,
        figure.reason or "",
        reason_text(standard, figure.reason).in_language(language) if figure.reason else "",
        figures.counts["error"],
        "true" if figures.package.get("synthetic") else "false",
    ]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: float | None) -> str:
    """Write a number as people would type it: never with an exponent."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.6f}".rstrip("0").rstrip(".")
