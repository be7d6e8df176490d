"""The records of a CSV file with their first lines, faulty ones as well as they can be told apart."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from circledata.sources import encoding
from circledata.sources.lines import LineReader
from circledata.sources.records import cells_anyway
from circledata.sources.tabular import best_delimiter, read_head
from circledata.standard.model import Table

_LONGEST = 500
"""Lines that one record may reach over before its quote counts as never closed."""


def csv_rows(path: Path, codec: str, table: Table | None) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line (from 1) and the cells of every record that is not blank, the header too.

    `codec`: how the file is encoded, a key of circledata.sources.encoding.LABELS. `table`: what its delimiter is told
    by. A quote that never closes ends with its line, as the check of the file has it.
    """
    delimiter = best_delimiter(read_head(path, codec), table)[0] if table else ","
    with path.open("rb") as stream:
        _, bom = encoding.bom_of(stream.read(4096))
    waiting: list[str] = []
    first = columns = 0
    for block in LineReader(path, codec, bom).blocks():
        for number, line in enumerate(block.lines(), block.first):
            waiting.append(line)
            first = first if len(waiting) > 1 else number
            if _open(waiting) and len(waiting) < _LONGEST:
                continue
            for begin, cells in _records(waiting, delimiter, columns):
                columns = columns or len(cells)
                yield first + begin, cells
            waiting = []
    for begin, cells in _records(waiting, delimiter, columns) if waiting else ():
        yield first + begin, cells


def _open(lines: Sequence[str]) -> bool:
    return sum(line.count('"') for line in lines) % 2 == 1


def _records(lines: Sequence[str], delimiter: str, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Yield what lines hold: one record, or one a line where that makes more sense."""
    if len(lines) == 1 or not _open(lines):
        cells = _cells(lines, delimiter)
        if len(lines) == 1 or len(cells) == columns or columns == 0:
            if any(cells):
                yield 0, cells
            return
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and _open(lines[at:end]) and lines[end].count(delimiter) + 1 < max(2, columns):
            end += 1
        if _open(lines[at:end]):
            end = at + 1
        cells = _cells(lines[at:end], delimiter)
        if any(cells):
            yield at, cells
        at = end


def _cells(lines: Sequence[str], delimiter: str) -> list[str]:
    try:
        return cells_anyway(lines, delimiter)
    except csv.Error:
        return ["".join(lines)]
