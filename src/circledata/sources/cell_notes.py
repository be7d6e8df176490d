"""What the reader of a workbook says of single cells and rows: written to a file, however many they are."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from pathlib import Path
from typing import TextIO

from circledata.sources.faults import CODES

COLUMNS = ("line", "number", "rule", "value", "as", "change")
"""Of the file: row of the sheet, number of the column (empty for a whole row), code of the rule, the cell's text as it
stands, the text that was taken instead, and the key of the change."""
_BUFFERED = 2_000
Entry = tuple[int, int | None, str, str, str, str]


class CellNotes:
    """Writes the file `path`, made when there is something to say; `counts` tells how often by rule and column."""

    def __init__(self, workdir: Path, table: str) -> None:
        self._workdir = workdir
        self._table = table
        self._stream: TextIO | None = None
        self._waiting: list[Entry] = []
        self.path: Path | None = None
        self.counts: Counter[str] = Counter()

    def add(self, rule: str, line: int, number: int | None, value: str, text: str = "", change: str = "") -> None:
        """Note that rule `rule` (its name) speaks of a cell, or of a row when `number` is None."""
        self.counts[rule] += 1
        self._waiting.append((line, number, CODES[rule][0], value, text, change))
        if len(self._waiting) >= _BUFFERED:
            self._flush()

    def _flush(self) -> None:
        if self._stream is None:
            handle, name = tempfile.mkstemp(dir=self._workdir, prefix=f"{self._table}-cells-", suffix=".csv")
            self.path = Path(name)
            # A lone half of a surrogate pair cannot be written.
            self._stream = open(handle, "w", encoding="utf-8", errors="replace", newline="")  # noqa: PTH123, SIM115
            csv.writer(self._stream, lineterminator="\n").writerow(COLUMNS)
        csv.writer(self._stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(self._waiting)
        self._waiting.clear()

    def close(self) -> Path | None:
        """Write what waits and return the file; None when nothing was said."""
        if self._waiting:
            self._flush()
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        return self.path
