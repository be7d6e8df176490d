"""A comparison as CSV for WPS and Excel: one line for every pair of sides in every row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO

from circledata.indicators.compare_model import Cell, Comparison, Pair, Row
from circledata.reports.compare_notes import pair_note
from circledata.reports.compare_words import CSV_COLUMNS, VERDICTS
from circledata.reports.csv import safe
from circledata.reports.figures_numbers import group_title, item_title
from circledata.reports.layout import visible
from circledata.standard.model import Language


def write(comparison: Comparison, language: Language, stream: TextIO) -> None:
    """Write one line a pair, with column titles in `language`; shares as numbers from 0 to 1, empty where not computed.

    UTF-8 with a byte order mark and CRLF; no cell that a spreadsheet would run as a formula.
    """
    stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([title.in_language(language) for title in CSV_COLUMNS.values()])
    for row in comparison.rows:
        for pair in row.pairs:
            writer.writerow([safe(cell) for cell in _cells(comparison, row, pair, language)])


def _cells(comparison: Comparison, row: Row, pair: Pair, language: Language) -> Iterator[str]:
    indicator, standard = row.indicator, comparison.standard
    yield group_title(indicator.group, standard).in_language(language)
    yield indicator.name
    yield indicator.title.in_language(language)
    yield row.item or ""
    yield "" if row.item is None else item_title(indicator, row.item, standard).in_language(language)
    yield standard.codelists["units"].codes[indicator.unit].title.in_language(language)
    for number in (pair.first, pair.second):
        yield visible(comparison.sides[number].name)
        yield from _side(row.cells[number])
    yield _number(pair.difference)
    yield VERDICTS[pair.verdict].in_language(language)
    yield pair_note(comparison, row, pair, language, lambda number: visible(comparison.sides[number].name))


def _side(cell: Cell) -> Iterator[str]:
    figure, bounds = cell.figure, cell.bounds
    yield _number(figure.value if figure else None)
    yield _number(figure.known if figure else None)
    yield _number(figure.records if figure else None)
    yield _number(bounds.low if bounds else None)
    yield _number(bounds.high if bounds else None)


def _number(value: float | int | None) -> str:
    return "" if value is None else str(value)
