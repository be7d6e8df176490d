"""A comparison as plain text: what to bear in mind first, then the indicators with the sides as columns, then why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import TextIO

from circledata.findings.privacy import redact
from circledata.indicators.compare import TOGETHER
from circledata.indicators.compare_model import Cell, Comparison, Row, Side
from circledata.reports.compare_notes import notes
from circledata.reports.compare_words import VERDICTS, caution_text, counts, join, method, say
from circledata.reports.figures_numbers import (
    between,
    group_title,
    item_title,
    share_of,
    shown,
    unit_of,
)
from circledata.reports.layout import display_width, pad, shorten, visible, wrap
from circledata.standard.model import Indicator, Language, Text

WIDEST_NAME = 24
"""Columns of a side's name at the head of a column; its whole name stands in the list above."""
LEAST = 12
MARGIN = 2


def write(comparison: Comparison, language: Language, stream: TextIO, width: int = 80) -> None:
    """Write a comparison for a reader at a terminal of `width` columns."""
    stream.writelines(line + "\n" for line in CompareText(comparison, language, width).lines())


class CompareText:
    """One comparison being laid out."""

    def __init__(self, comparison: Comparison, language: Language, width: int) -> None:
        self.comparison = comparison
        self.language: Language = language
        self.width = width
        self.standard = comparison.standard
        self.heads = [f"[{n}] {shorten(side.name, WIDEST_NAME)}" for n, side in enumerate(comparison.sides, 1)]
        if len(comparison.sides) == 2:
            self.heads.append(say(language, "verdict"))

    def lines(self) -> Iterator[str]:
        """Yield everything."""
        yield say(self.language, "title")
        for number, side in enumerate(self.comparison.sides, 1):
            yield from wrap(f"[{number}] {legend(side, self.language)}", self.width, first="  ", rest="      ")
        yield from wrap(counts(self.comparison, self.language), self.width)
        if len(self.comparison.sides) > TOGETHER:
            yield from wrap(say(self.language, "vs-first", n=TOGETHER), self.width)
        if self.comparison.cautions:
            yield ""
            yield say(self.language, "cautions")
            for caution in self.comparison.cautions:
                yield from wrap(
                    caution_text(caution, self.language, self.name, len(self.comparison.sides)),
                    self.width,
                    first="  · ",
                    rest="    ",
                )
        yield from self.groups()
        yield ""
        yield say(self.language, "method")
        yield from wrap(method(self.language), self.width, first="  ", rest="  ")

    @staticmethod
    def name(number: int) -> str:
        """Call a side by its number, as the list at the top has it."""
        return f"[{number + 1}]"

    def groups(self) -> Iterator[str]:
        """Yield the rows group by group."""
        table = self.columns_fit()
        for group, rows in groupby(self.comparison.rows, key=lambda row: row.indicator.group):
            yield ""
            title = group_title(group, self.standard).in_language(self.language)
            yield self.line(title, self.heads) if table else title
            for indicator, items in groupby(rows, key=lambda row: row.indicator):
                yield from self.indicator(indicator, list(items), table)

    def columns_fit(self) -> bool:
        """Tell whether the sides can stand side by side; otherwise each gets a line."""
        return MARGIN + 20 + sum(2 + size for size in self.sizes) <= max(self.width, 72)

    @property
    def room(self) -> int:
        """Columns that are left for titles."""
        return max(self.width, 72) - sum(2 + size for size in self.sizes)

    @cached_property
    def sizes(self) -> list[int]:
        """Widths of the columns of figures: what the widest cell of each takes."""
        found = [max(LEAST, display_width(head)) for head in self.heads]
        for row in self.comparison.rows:
            for number, cell in enumerate(row.cells):
                texts = [self.value(cell), self.known(cell), self.range(row, cell)]
                found[number] = max(found[number], *map(display_width, texts))
        if len(self.comparison.sides) == 2:
            verdicts = [VERDICTS[pair.verdict] for row in self.comparison.rows for pair in row.pairs]
            widths = [display_width(title.in_language(self.language)) for title in verdicts]
            found[2] = max(display_width(self.heads[2]), *widths, 0)
        return found

    def line(self, title: str, cells: Sequence[str]) -> str:
        """Lay out one line of the table: the title, then the cells at the right edges of their columns."""
        parts = [pad(shorten(title, self.room), self.room)]
        parts += ["  " + pad(cell, size, right=True) for cell, size in zip(cells, self.sizes, strict=False)]
        return "".join(parts).rstrip()

    def indicator(self, indicator: Indicator, rows: Sequence[Row], table: bool) -> Iterator[str]:
        """Yield all lines of one indicator."""
        title = indicator.title.in_language(self.language)
        unit = unit_of(indicator, self.standard)
        if unit:
            whole = title + (f"（{unit.zh}）" if self.language == "zh" else f" ({unit.en})")
            title = whole if not table or MARGIN + display_width(whole) <= self.room else title
        told: set[str] = set()
        parted = rows[0].item is not None
        if parted:
            yield " " * MARGIN + title
            yield from self.filled(rows[0], 2 * MARGIN) if table else ()
        for row in rows:
            item = row.item
            name = title if item is None else item_title(indicator, item, self.standard).in_language(self.language)
            margin = MARGIN if item is None else 2 * MARGIN
            yield from (self.columns if table else self.stacked)(row, " " * margin + visible(name))
            if table and not parted:
                yield from self.filled(row, margin + 2)
                yield from self.possible(row, margin + 2)
            yield from self.verdicts(row, margin + 2, told)

    def columns(self, row: Row, name: str) -> Iterator[str]:
        """Yield the values of a row as a line of the table."""
        cells = [self.value(cell) for cell in row.cells]
        if len(row.cells) == 2 and row.pairs:
            cells.append(VERDICTS[row.pairs[0].verdict].in_language(self.language))
        yield self.line(name, cells)

    def filled(self, row: Row, margin: int) -> Iterator[str]:
        """Yield how many records were filled in, where that is not all of them."""
        if any(_incomplete(cell) for cell in row.cells):
            yield self.line(" " * margin + say(self.language, "range-known"), [self.known(cell) for cell in row.cells])

    def possible(self, row: Row, margin: int) -> Iterator[str]:
        """Yield what a figure may be once everything is filled in, where that is not its value."""
        if any(_incomplete(cell) and cell.bounds for cell in row.cells):
            cells = [self.range(row, cell) for cell in row.cells]
            yield self.line(" " * margin + say(self.language, "range-bounds"), cells)

    def stacked(self, row: Row, name: str) -> Iterator[str]:
        """Yield a row with a line for every side, where there are too many for columns; of a breakdown one line."""
        indent = " " * (len(name) - len(name.lstrip()) + 2)
        if row.item is not None:
            yield from wrap(self.listed(row), self.width, first=name + say(self.language, "colon"), rest=indent)
            return
        yield name
        room = max(map(display_width, self.heads))
        for head, cell in zip(self.heads, row.cells, strict=False):
            parts = [indent + pad(head, room), pad(self.value(cell), LEAST, right=True)]
            if _incomplete(cell) and cell.bounds:
                parts += [self.known(cell), self.range(row, cell)]
            yield "  ".join(parts).rstrip()

    def listed(self, row: Row) -> str:
        """Write the values that are not zero, each behind the number of its side."""
        few = len(row.cells) <= 4
        told = [few or cell.value for cell in row.cells]
        parts = [
            f"{self.name(n)} {self.value(cell)}"
            for n, cell in enumerate(row.cells)
            if told[n] and cell.value is not None
        ]
        none = [self.name(n) for n, cell in enumerate(row.cells) if cell.value is None]
        if len(parts) + len(none) < len(row.cells):
            parts.append(say(self.language, "rest-zero" if parts or none else "all-zero"))
        if none:
            parts.append(f"{join(self.language, none)} {say(self.language, 'not-computed')}")
        return say(self.language, "comma").join(parts)

    def value(self, cell: Cell) -> str:
        """Write the value of a cell."""
        if cell.figure is None or cell.figure.value is None:
            return say(self.language, "not-computed")
        return shown(cell.figure.value, self.indicator_of[cell.figure.indicator])

    @cached_property
    def indicator_of(self) -> dict[str, Indicator]:
        """Indicators by name."""
        return {row.indicator.name: row.indicator for row in self.comparison.rows}

    def known(self, cell: Cell) -> str:
        """Write how many records were filled in."""
        figure = cell.figure
        if figure is None or not figure.records:
            return ""
        return f"{figure.known:,}/{figure.records:,} ({share_of(figure.known, figure.records)})"

    def range(self, row: Row, cell: Cell) -> str:
        """Write between what a figure can lie."""
        if cell.bounds is None:
            return ""
        if not _incomplete(cell):
            return shown(cell.bounds.low, row.indicator)
        return between(cell.bounds.low, cell.bounds.high, row.indicator).in_language(self.language)

    def verdicts(self, row: Row, indent: int, told: set[str]) -> Iterator[str]:
        """Yield what must be said of a row: why a difference may come from the data, or why there is no figure.

        What stands in `told` was said of the same indicator already.
        """
        for text in notes(self.comparison, row, self.language, self.name):
            if text not in told:
                told.add(text)
                yield from wrap(text, self.width, first=" " * indent + "→ ", rest=" " * indent + "  ")


def _incomplete(cell: Cell) -> bool:
    return cell.figure is not None and cell.figure.known < cell.figure.records


def legend(side: Side, language: Language) -> str:
    """Say what a side is: its name, title, area, date, and how the check ended."""
    facts, figures = side.figures.package, side.figures
    parts = [visible(side.name)]
    if side.place is None:
        title = facts.get("title")
        if isinstance(title, str) and title:
            parts.append(visible(redact(title)))
        if facts.get("division_code"):
            parts.append(say(language, "legend-division", value=visible(str(facts["division_code"]))))
    elif side.place not in side.name:
        parts.append(visible(side.place))
    as_of = figures.as_of
    parts.append(say(language, "legend-as-of", value=as_of.isoformat()) if as_of else say(language, "legend-no-date"))
    errors = figures.counts.get("error", 0)
    key = "legend-valid" if figures.valid else "legend-errors-1" if errors == 1 else "legend-errors"
    parts.append(say(language, key, n=f"{errors:,}"))
    if facts.get("synthetic"):
        parts.append(say(language, "legend-synthetic"))
    return " · ".join(parts)


def title_of(row: Row, comparison: Comparison) -> Text:
    """Name a row: the indicator, and the item where it is broken down."""
    title = row.indicator.title
    if row.item is None:
        return title
    item = item_title(row.indicator, row.item, comparison.standard)
    return Text(f"{title.zh}：{item.zh}", f"{title.en}: {item.en}")
