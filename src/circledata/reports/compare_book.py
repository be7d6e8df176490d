"""A comparison as a workbook: the sides as columns, every pair on a line, and how differences are judged."""

from __future__ import annotations

from typing import Any, BinaryIO

from circledata.convert.export.book_style import ENTRY, FREE, RED, describe, new_book
from circledata.indicators.compare_model import Cell, Comparison, Row, Verdict
from circledata.reports.compare_notes import notes, pair_note
from circledata.reports.compare_text import legend
from circledata.reports.compare_words import CSV_COLUMNS, MEANINGS, VERDICTS, WORDS, caution_text, counts, method, say
from circledata.reports.figures_book_sheet import Formats, Sheet, number_format
from circledata.reports.figures_numbers import between, group_title, item_title, reason, share_of, unit_of
from circledata.reports.layout import visible
from circledata.standard.model import Language

_FILLS: dict[Verdict, dict[str, str]] = {
    "stands": {"bg_color": "#DDF0E8"},
    "may-be-data": {"bg_color": ENTRY, "font_color": RED},
    "about-data": {"bg_color": FREE},
}
_MOST_SIDES = 40
"""Sides that stand as columns; the sheet of pairs has them all."""


def write(comparison: Comparison, language: Language, stream: BinaryIO) -> None:
    """Write a comparison as XLSX. Same comparison, same bytes."""
    book = new_book(stream, language, in_memory=True)
    describe(book, comparison.standard, say(language, "title"))
    writer = _Book(book, comparison, language)
    writer.table()
    writer.pairs()
    writer.about()
    book.close()


class _Book:
    def __init__(self, book: Any, comparison: Comparison, language: Language) -> None:
        self.book = book
        self.comparison = comparison
        self.language: Language = language
        self.formats = Formats(book)
        self.sides = comparison.sides[:_MOST_SIDES]

    def name(self, number: int) -> str:
        """Name a side in a sentence."""
        return f"“{visible(self.comparison.sides[number].name)}”"

    def table(self) -> None:
        """Write the sides side by side, and under what conditions they differ."""
        two = len(self.comparison.sides) == 2
        widths = (14, 26, 18, 12, *(18 for _ in self.sides), *((14,) if two else ()), 70)
        sheet = Sheet(self.book, self.formats, self.language, say(self.language, "title"), widths)
        sheet.title(say(self.language, "title"), counts(self.comparison, self.language), warnings=self.cautions())
        titles = [WORDS[key].in_language(self.language) for key in ("group", "indicator", "item", "unit")]
        titles += [visible(side.name) for side in self.sides]
        titles += [say(self.language, "verdict")] if two else []
        sheet.head([*titles, say(self.language, "causes")], texts=4, last=1 + two, freeze=True)
        for row in self.comparison.rows:
            self.row(sheet, row, two)

    def cautions(self) -> list[str]:
        """Word what to bear in mind."""
        total = len(self.comparison.sides)
        return [caution_text(item, self.language, self.name, total) for item in self.comparison.cautions]

    def row(self, sheet: Sheet, row: Row, two: bool) -> None:
        """Write one row of the table, and below it what was filled in where that is not all."""
        text, lang = self.formats.text, self.language
        unit = unit_of(row.indicator, self.comparison.standard)
        cells: list[tuple[Any, Any]] = [
            (group_title(row.indicator.group, self.comparison.standard).in_language(lang), text),
            (row.indicator.title.in_language(lang), self.formats.style.label),
            (self.item(row), text),
            (unit.in_language(lang) if unit else "%", text),
        ]
        cells += [self.value(row, cell) for cell in row.cells[:_MOST_SIDES]]
        if two:
            verdict = row.pairs[0].verdict
            cells.append((VERDICTS[verdict].in_language(lang), self.formats.cell(**_FILLS.get(verdict, {}))))
        told = "\n".join(notes(self.comparison, row, lang, self.name))
        lines = sum(1 + len(part) * (2 if lang == "zh" else 1) // 68 for part in told.split("\n"))
        sheet.line([*cells, (told, text)], max(17, 15 * lines + 2))
        if any(cell.figure and 0 < cell.figure.known < cell.figure.records for cell in row.cells):
            quiet = self.formats.none
            below: list[tuple[Any, Any]] = [
                (None, quiet),
                (say(lang, "range-known"), quiet),
                (None, quiet),
                (None, quiet),
            ]
            below += [(self.filled(row, cell), quiet) for cell in row.cells[:_MOST_SIDES]]
            sheet.line([*below, *(((None, quiet),) if two else ()), (None, quiet)], 32)

    def item(self, row: Row) -> str:
        """Return the title of a row's item."""
        if row.item is None:
            return ""
        return visible(item_title(row.indicator, row.item, self.comparison.standard).in_language(self.language))

    def value(self, row: Row, cell: Cell) -> tuple[Any, Any]:
        """Return the cell of a figure: its number, or why there is none."""
        figure = cell.figure
        if figure is None:
            return say(self.language, "not-computed"), self.formats.none
        if figure.value is None:
            return reason(figure, self.comparison.standard).in_language(self.language), self.formats.none
        return figure.value, self.formats.number(row.indicator)

    def filled(self, row: Row, cell: Cell) -> str:
        """Say how much was filled in, and what the figure may be once it is."""
        figure, bounds = cell.figure, cell.bounds
        if figure is None or not figure.records:
            return ""
        text = f"{figure.known:,}/{figure.records:,} ({share_of(figure.known, figure.records)})"
        if bounds and bounds.low < bounds.high:
            text += "\n" + between(bounds.low, bounds.high, row.indicator).in_language(self.language)
        return text

    def pairs(self) -> None:
        """Write every pair of every row on a line, as the CSV has it."""
        lang, comparison = self.language, self.comparison
        widths = (14, 24, 26, 16, 18, 10, 20, 14, 10, 10, 14, 14, 20, 14, 10, 10, 14, 14, 14, 14, 60)
        sheet = Sheet(self.book, self.formats, lang, say(lang, "sheet-pairs"), widths)
        sheet.head([title.in_language(lang) for title in CSV_COLUMNS.values()], texts=len(widths), freeze=True)
        text = self.formats.text
        for row in comparison.rows:
            unit = comparison.standard.codelists["units"].codes[row.indicator.unit].title.in_language(lang)
            for pair in row.pairs:
                cells: list[tuple[Any, Any]] = [
                    (group_title(row.indicator.group, comparison.standard).in_language(lang), text),
                    (row.indicator.name, text),
                    (row.indicator.title.in_language(lang), text),
                    (row.item or "", text),
                    (self.item(row), text),
                    (unit, text),
                ]
                for number in (pair.first, pair.second):
                    cells += self.side(row, number)
                cells.append((pair.difference, self.formats.cell(num_format="+" + number_format(row.indicator))))
                cells.append((VERDICTS[pair.verdict].in_language(lang), text))
                cells.append((pair_note(comparison, row, pair, lang, self.name), text))
                sheet.line(cells)
        sheet.sheet.autofilter(0, 0, max(0, sheet.row - 1), len(widths) - 1)

    def side(self, row: Row, number: int) -> list[tuple[Any, Any]]:
        """Return the cells of one side of a pair."""
        cell, form, count = row.cells[number], self.formats.number(row.indicator), self.formats.count
        figure, bounds = cell.figure, cell.bounds
        return [
            (visible(self.comparison.sides[number].name), self.formats.text),
            self.value(row, cell),
            (figure.known if figure else None, count),
            (figure.records if figure else None, count),
            (bounds.low if bounds else None, form),
            (bounds.high if bounds else None, form),
        ]

    def about(self) -> None:
        """Write what the sides are and how differences are judged."""
        lang = self.language
        sheet = Sheet(self.book, self.formats, lang, say(lang, "method"), (24, 100), tall=True)
        sheet.title(say(lang, "method"), method(lang))
        for verdict, meaning in MEANINGS.items():
            sheet.wrapped([VERDICTS[verdict].in_language(lang), meaning.in_language(lang)])
        sheet.row += 1
        for side in self.comparison.sides:
            sheet.wrapped([visible(side.name), legend(side, lang)])
