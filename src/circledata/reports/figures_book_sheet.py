"""A sheet of figures: title, parts, tables with frozen heads, numbers as numbers, and the page it is printed on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from circledata.convert.export.book_cells import LONGEST, display_width, writable
from circledata.convert.export.book_style import GREY, LINE, Style, page
from circledata.indicators.model import Figure
from circledata.reports.figures_numbers import reason
from circledata.reports.layout import visible
from circledata.standard.model import Indicator, Language, Standard

_LINE_HEIGHT = 15.5


class Formats:
    """The formats of cells of one workbook, made when they are first needed."""

    def __init__(self, book: Any) -> None:
        self.style = Style(book)
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._head: Any = None

    def cell(self, **properties: Any) -> Any:
        """Return the format of a ruled cell."""
        base = {"border": 1, "border_color": LINE, "valign": "vcenter"}
        key = tuple(sorted({**base, **properties}.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(key))
        return self._made[key]

    def number(self, indicator: Indicator, *, bold: bool = False) -> Any:
        """Return the format of values of an indicator: percent for shares, its decimals otherwise."""
        return self.cell(num_format=number_format(indicator), **({"bold": True} if bold else {}))

    @property
    def head_number(self) -> Any:
        """The format of the head of a column of numbers."""
        if self._head is None:
            self._head = Style(self._book).head
            self._head.set_align("right")
        return self._head

    @property
    def count(self) -> Any:
        """The format of whole numbers."""
        return self.cell(num_format="#,##0")

    @property
    def none(self) -> Any:
        """The format of "not computed" with its reason."""
        return self.cell(font_color=GREY, italic=True, text_wrap=True, num_format="@")

    @property
    def text(self) -> Any:
        """The format of texts."""
        return self.cell(text_wrap=True, num_format="@")


def number_format(indicator: Indicator) -> str:
    """Return how a spreadsheet shows values of an indicator."""
    decimals = indicator.decimals - 2 if indicator.unit == "share" else indicator.decimals
    digits = "." + "0" * decimals if decimals > 0 else ""
    return f"0{digits}%" if indicator.unit == "share" else f"#,##0{digits}"


class Sheet:
    """One sheet that is filled from its top; `row` is the next free one."""

    def __init__(
        self, book: Any, formats: Formats, language: Language, name: str, widths: Sequence[float], *, tall: bool = False
    ) -> None:
        self.sheet = book.add_worksheet(name)
        self.formats = formats
        self.language: Language = language
        self.widths = widths
        self.row = 0
        page(self.sheet, language, tall=tall)
        self.sheet.hide_gridlines(2)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def title(self, text: str, *leads: str, warnings: Sequence[str] = ()) -> None:
        """Write what the sheet is, and what must be known of it."""
        self.sheet.set_row(self.row, 28)
        self.put(0, visible(text), self.formats.style.title)
        self.row += 1
        for lead in leads:
            self.across(lead, self.formats.style.text)
        for warning in warnings:
            self.across(warning, self.formats.style.warning)
        self.row += 1

    def across(self, text: str, form: Any) -> None:
        """Write a text over the whole breadth."""
        last = len(self.widths) - 1
        if last > 0:
            self.sheet.merge_range(self.row, 0, self.row, last, _fit(text), form)
        else:
            self.put(0, text, form)
        lines = -(-display_width(text) // max(1, int(sum(self.widths))))
        self.sheet.set_row(self.row, _LINE_HEIGHT * max(1, lines) + 3)
        self.row += 1

    def part(self, text: str) -> None:
        """Begin a part of the sheet."""
        self.row += 1
        self.sheet.set_row(self.row, 22)
        for column in range(len(self.widths)):
            self.sheet.write(self.row, column, _fit(text) if column == 0 else None, self.formats.style.part)
        self.row += 1

    def head(self, titles: Sequence[str], *, texts: int = 1, last: int = 0, freeze: bool = False) -> None:
        """Write the head of a table: its first `texts` and `last` columns hold texts, the others numbers.

        With `freeze` it stays on the screen and is printed on every page.
        """
        lines = max(
            (-(-display_width(title) // max(1, int(width))) for title, width in zip(titles, self.widths, strict=False)),
            default=1,
        )
        self.sheet.set_row(self.row, _LINE_HEIGHT * max(1, lines) + 6)
        for column, title in enumerate(titles):
            numbers = texts <= column < len(titles) - last
            self.put(column, title, self.formats.head_number if numbers else self.formats.style.head)
        self.row += 1
        if freeze:
            self.sheet.freeze_panes(self.row, 0)
            self.sheet.repeat_rows(self.row - 1)

    def line(self, cells: Sequence[tuple[Any, Any]], height: float | None = None) -> None:
        """Write one row of (value, format); None is an empty cell."""
        if height:
            self.sheet.set_row(self.row, height)
        for column, (value, form) in enumerate(cells):
            self.put(column, value, form)
        self.row += 1

    def wrapped(self, texts: Sequence[str]) -> None:
        """Write a row of texts, as high as its longest cell needs."""
        needed = [
            -(-display_width(text) // max(1, int(width * 0.95)))
            for text, width in zip(texts, self.widths, strict=False)
        ]
        form = self.formats.cell(text_wrap=True, num_format="@", valign="top")
        self.line([(text, form) for text in texts], _LINE_HEIGHT * max(1, *needed) + 3)

    def put(self, column: int, value: Any, form: Any) -> None:
        """Write one cell: texts as texts, numbers as numbers."""
        if value is None or value == "":
            self.sheet.write_blank(self.row, column, None, form)
        elif isinstance(value, str):
            self.sheet.write_string(self.row, column, _fit(value), form)
        else:
            self.sheet.write_number(self.row, column, value, form)

    def value(
        self, indicator: Indicator, figure: Figure | None, standard: Standard, *, bold: bool = False
    ) -> tuple[Any, Any]:
        """Return the cell of a figure: its number, or that it was not computed and why."""
        if figure is None:
            return None, self.formats.text
        if figure.value is None:
            return reason(figure, standard).in_language(self.language), self.formats.none
        if figure.denominator == 1 and indicator.unit != "share" and figure.value == int(figure.value):
            # The mean of one circle is a plain number.
            return figure.value, self.formats.count
        return figure.value, self.formats.number(indicator, bold=bold)


def _fit(text: str) -> str:
    """Return a text that a cell can hold."""
    return writable(text)[:LONGEST]
