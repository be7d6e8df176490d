"""Clean files that the engine loads: UTF-8, comma, every cell quoted, each record with the line it came from."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from itertools import repeat
from pathlib import Path
from typing import TextIO

from circledata.sources.model import BROKEN_COLUMN, LINE_COLUMN


def staged_file(workdir: Path, table: str) -> tuple[Path, TextIO]:
    """Make a new file for a table in the work folder; whoever asks for it closes it."""
    handle, name = tempfile.mkstemp(dir=workdir, prefix=f"{table}-", suffix=".csv")
    # A lone half of a surrogate pair can come out of UTF-16 and cannot be written.
    return Path(name), open(handle, "w", encoding="utf-8", errors="replace", newline="")  # noqa: PTH123


_ENDS = "\r\n"


class Stage:
    """Writes one staged file; `rows` counts its records."""

    def __init__(self, stream: TextIO, columns: int) -> None:
        self._stream = stream
        self._columns = columns
        self._writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
        self._writer.writerow([LINE_COLUMN, BROKEN_COLUMN, *(f"c{place}" for place in range(columns))])
        self.rows = 0

    def add(self, line: int, row: Sequence[str], *, broken: bool = False) -> None:
        """Write one record, filled up or cut to the width of the table."""
        cells = row[: self._columns]
        missing = ("",) * (self._columns - len(cells))
        self._writer.writerow([line, "1" if broken else "", *cells, *missing])
        self.rows += 1

    def add_columns(self, lines: Sequence[int], columns: Sequence[Sequence[str]]) -> None:
        """Write sound records that stand on `lines`, given column by column, each as long as `lines`."""
        self._writer.writerows(zip(lines, repeat(""), *columns, strict=False))
        self.rows += len(lines)

    def add_text(self, line: int, text: str) -> None:
        """Write one sound record as its file has it, whatever its line end is."""
        self._stream.write(f"{line},,{text.rstrip(_ENDS)}\n")
        self.rows += 1

    def add_lines(self, first: int, lines: Sequence[str]) -> None:
        """Write sound records of one line each, the first of which stands on line `first`."""
        self._stream.write("".join([f"{line},,{text.rstrip(_ENDS)}\n" for line, text in enumerate(lines, first)]))
        self.rows += len(lines)


class LineEnds:
    """Which line ends the records of a file have, and where they change."""

    def __init__(self) -> None:
        self._first_line: dict[str, int] = {}

    def take(self, line: str, number: int) -> None:
        """Note how one line ends."""
        kind = _kind(line)
        if kind and kind not in self._first_line:
            self._first_line[kind] = number

    def take_lines(self, lines: Sequence[str], begin: int, end: int, first: int) -> None:
        """Note how lines `begin` to `end` of a block end, each a record; the block begins with line `first`."""
        kinds = {_kind(tail) for tail in {line[-2:] for line in lines[begin:end]}}
        if kinds - self._first_line.keys() - {None}:
            for index in range(begin, end):
                self.take(lines[index], first + index)

    def irregular(self) -> tuple[int, str] | None:
        """Return the line where the ends first change (the first if all are CR) and the kinds; None if all is well."""
        kinds = list(self._first_line)
        if len(kinds) < 2 and "CR" not in kinds:
            return None
        return self._first_line[kinds[-1] if len(kinds) < 2 else kinds[1]], ", ".join(kinds)


def _kind(line: str) -> str | None:
    if line.endswith("\r\n"):
        return "CRLF"
    if line.endswith("\n"):
        return "LF"
    return "CR" if line.endswith("\r") else None
