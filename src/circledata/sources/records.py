"""What the quotes of one CSV record do: where each opens and closes, and which of them stand in the wrong place."""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

# A cell may be longer than the 131,072 characters that the csv module takes by default. The setting belongs to the
# whole process, so it is only ever raised, once, before any thread reads; the reader keeps limits of its own.
csv.field_size_limit(max(csv.field_size_limit(), (1 << 31) - 1))

_LINE_END = re.compile("[\r\n]")


@dataclass
class Trace:
    """What was seen on the way through a record; lines and cells count from 0."""

    strays: list[int] = field(default_factory=list)
    """Unquoted cells that hold a quote."""
    spans: list[int] = field(default_factory=list)
    """Lines on which a quote opens that closes on a later line."""
    misplaced: tuple[int, int, int, str] | None = None
    """Line, cell, opening line and following text of a closing quote that is not the end of its cell."""
    open: int | None = None
    """Line on which a quote opens that never closes."""


class Cursor(Iterator[str]):
    """Hands lines to the csv module and can be set back to an earlier one."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.at = 0

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def trace(lines: Sequence[str], delimiter: str) -> Trace:
    """Follow the quotes of the record that begins with the first of `lines` (all of which it may need)."""
    text = "".join(lines)
    starts = [0, *accumulate(len(line) for line in lines)]
    seen, position, cell = Trace(), 0, 0

    def line_of(place: int) -> int:
        return bisect_right(starts, place) - 1

    line_end = -1
    while True:
        if text.startswith('"', position):
            close = _closing(text, position + 1)
            if close < 0:
                seen.open = line_of(position)
                return seen
            if line_of(close) > line_of(position):
                seen.spans.append(line_of(position))
            after = text[close + 1 : close + 2]
            if after != delimiter:
                if after not in {"", "\r", "\n"}:
                    following = re.split(f"[{re.escape(delimiter)}\r\n]", text[close + 1 : close + 40], maxsplit=1)[0]
                    seen.misplaced = (line_of(close), cell, line_of(position), following)
                return seen
            position = close + 2
        else:
            if line_end < position:
                found = _LINE_END.search(text, position)
                line_end = found.start() if found else len(text)
            end = text.find(delimiter, position, line_end)
            if text.find('"', position, line_end if end < 0 else end) >= 0:
                seen.strays.append(cell)
            if end < 0:
                return seen
            position = end + 1
        cell += 1


def _closing(text: str, position: int) -> int:
    """Return where the quote closes that opened before `position`; -1 when it does not."""
    while (found := text.find('"', position)) >= 0:
        if not text.startswith('"', found + 1):
            return found
        position = found + 2
    return -1


def cells_anyway(lines: Sequence[str], delimiter: str) -> list[str]:
    """Split faulty lines into cells as well as can be; quotes that make no sense stay in the text."""
    return next(csv.reader(lines, delimiter=delimiter), [])


def stands_alone(line: str, delimiter: str, columns: int) -> bool:
    """Tell whether a line by itself is a whole record of `columns` cells."""
    try:
        rows = list(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return len(rows) == 1 and len(rows[0]) == columns


def standing_alone(lines: Sequence[str], columns: int) -> Iterator[int]:
    """Yield the index of each line that by itself is a sound record of `columns` cells, none of which holds a quote."""
    reader, at = csv.reader(lines, strict=True), 0
    while at < len(lines):
        try:
            for row in reader:
                if reader.line_num == at + 1 and len(row) == columns and _usual("".join(row)):
                    yield at
                at = reader.line_num
        except csv.Error:
            at = reader.line_num


def _usual(text: str) -> bool:
    return '"' not in text and bool(text.strip())
