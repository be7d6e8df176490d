"""Reads delimited text: guesses the delimiter, finds the header, and streams the records with their physical lines."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, dropwhile, islice
from typing import NoReturn

from circledata.convert.model import SourceTable
from circledata.convert.read.grid import Grid
from circledata.convert.read.header import Header, Row, clean_name, find_header
from circledata.convert.read.layout import Layout
from circledata.convert.read.text import Lines, Place, encoding_note, verdict_of
from circledata.convert.read.words import refuse
from circledata.sources.header import key
from circledata.sources.model import Limits
from circledata.sources.records import stands_alone, trace
from circledata.sources.tabular import DELIMITERS

_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
"""The first line by which Excel is told the delimiter; it is no row."""
_MOST_LINES = 100_000
"""Lines of one record; a quote that is still open then is not looked for any longer."""
_SAMPLE = 400
"""Lines by which the delimiter is judged."""
_SHOWN = {"\t": "Tab"}


def read_delimited(place: Place, layout: Layout, limits: Limits, *, repair: bool) -> SourceTable:
    """Read a file of delimited text as one table.

    ConversionError when its bytes are no text of one encoding, quotes are not in pairs, or it is empty.
    """
    verdict = verdict_of(place, layout.encoding)
    lines = Lines(place, verdict)
    stream = iter(lines)
    sample = list(islice(stream, max(_SAMPLE, *(layout.header or (0,)))))
    delimiter, skipped = _delimiter(sample, layout)
    header = _header(_head(sample[skipped:], delimiter, skipped), layout, limits, place.name)
    records = _Records(chain(sample[skipped:], stream), delimiter, place.name, skipped, len(header.names))
    grid = Grid(header, layout, exact_width=True, notes=encoding_note(verdict))
    if delimiter != ",":
        grid.notes.append(("delimiter", {"delimiter": _SHOWN.get(delimiter, delimiter)}))
    grid.read(dropwhile(lambda row: row[0] <= header.last, records))
    if lines.marked:
        grid.without_text_marks(place.name)
    if lines.nul:
        grid.notes.append(("nul-characters", {"count": str(lines.nul)}))
    return grid.table(lines.source("csv"), "", repair=repair, look=lines.latin)


def _head(sample: Sequence[str], delimiter: str, skipped: int) -> list[Row]:
    """Return the filled records of the first lines; faults of quotes are found when all are read."""
    reader, head, before = csv.reader(sample, delimiter=delimiter), [], 0
    for cells in reader:
        if "".join(cells).strip():
            head.append((before + 1 + skipped, cells))
        before = reader.line_num
    return head


def _header(head: list[Row], layout: Layout, limits: Limits, name: str) -> Header:
    if not head:
        raise refuse("empty", name=name)
    header = find_header(head, layout, name=name)
    actual = len(header.names)
    if actual > limits.max_columns:
        raise refuse("columns-too-many", name=name, actual=actual, limit=limits.max_columns)
    return header


class _Records:
    """The records of a file with the line on which each begins; a record that makes no sense is one row, broken."""

    def __init__(self, lines: Iterator[str], delimiter: str, name: str, skipped: int, columns: int) -> None:
        self._recent: list[str] = []
        self._lines = lines
        self._delimiter = delimiter
        self._name = name
        self._skipped = skipped
        self._columns = columns

    def _fed(self) -> Iterator[str]:
        """Hand the lines to the csv module and keep those of the record at work."""
        keep = self._recent.append
        for line in self._lines:
            keep(line)
            if len(self._recent) > _MOST_LINES:
                raise csv.Error
            yield line

    def __iter__(self) -> Iterator[Row]:
        """Yield each record. ConversionError where a quote opens that does not close as it should."""
        reader = csv.reader(self._fed(), delimiter=self._delimiter, strict=True)
        recent, number = self._recent, self._skipped + 1
        while True:
            try:
                for cells in reader:
                    if len(recent) > 1:
                        self._look_inside(cells, number)
                    yield number, cells
                    number += len(recent)
                    recent.clear()
                return
            except csv.Error:
                yield number, self._faulty(number)
                number += len(recent)
                recent.clear()

    def _faulty(self, line: int) -> list[str]:
        """Return the cells of a record with a misplaced quote, one more than there can be, so that it is broken."""
        seen = trace(self._recent, self._delimiter)
        if seen.open is not None or len(self._recent) > 1:
            opened = seen.open if seen.open is not None else (seen.misplaced[2] if seen.misplaced else 0)
            self._unclosed(line + opened)
        cells = next(csv.reader(self._recent, delimiter=self._delimiter), [])
        return [*cells, *([""] * max(0, self._columns - len(cells))), "?"]

    def _look_inside(self, cells: Sequence[str], line: int) -> None:
        """Refuse a record of several lines and wrong width whose open quote has swallowed the records after it."""
        if self._columns < 2 or len(cells) == self._columns:
            return
        for index, text in enumerate(self._recent[1:], 1):
            if stands_alone(text, self._delimiter, self._columns):
                spans = [opened for opened in trace(self._recent, self._delimiter).spans if opened < index]
                self._unclosed(line + (spans[-1] if spans else 0))

    def _unclosed(self, line: int) -> NoReturn:
        raise refuse("quote-unclosed", name=self._name, line=line)


def _delimiter(sample: Sequence[str], layout: Layout) -> tuple[str, int]:
    """Return the delimiter, and how many lines at the top only tell it."""
    told = _SEPARATOR_LINE.fullmatch(sample[0].lstrip("\ufeff"))
    if layout.delimiter is not None:
        given = {"tab": "\t", "\\t": "\t"}.get(layout.delimiter.lower(), layout.delimiter)
        if len(given) != 1 or given in '"\r\n':
            raise refuse("delimiter-wrong", delimiter=layout.delimiter)
        return given, int(told is not None)
    if told:
        return told.group(1), 1
    known = {key(name) for name in (*layout.known_headers, *layout.columns)}
    return max(DELIMITERS, key=lambda delimiter: _fitness(sample, delimiter, known)), 0


def _fitness(sample: Sequence[str], delimiter: str, known: set[str]) -> tuple[int, float, int]:
    """Tell how well a delimiter fits: columns that are known, share of rows of one width, that width."""
    rows, hits = [row for row in csv.reader(sample, delimiter=delimiter) if "".join(row).strip()], 0
    if known:
        hits = max((len({key(clean_name(cell)) for cell in row} & known) for row in rows), default=0)
    widths = Counter(len(row) for row in rows)
    width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(1, 0))
    if width < 2:
        return hits, 0.0, 0
    return hits, round(count / len(rows), 1), width
