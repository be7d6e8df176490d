"""The one exact pass over a CSV file: every structural fault with its line, and the records staged with theirs."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from circledata.findings.model import Finding
from circledata.sources import encoding
from circledata.sources.encoding import Verdict
from circledata.sources.encoding_faults import encoding_faults
from circledata.sources.faults import fault
from circledata.sources.lines import Block, LineReader
from circledata.sources.model import Limits, RawTable
from circledata.sources.options import Progress
from circledata.sources.records import Cursor, cells_anyway, standing_alone, stands_alone, trace
from circledata.sources.staging import LineEnds, Stage, staged_file


def restage(
    raw: RawTable,
    *,
    workdir: Path,
    limits: Limits,
    declared: str | None = None,
    verdict: Verdict | None = None,
    progress: Progress | None = None,
) -> tuple[RawTable, list[Finding]]:
    """Read the publisher's file once, exactly; return it staged, and every structural fault in the order of the file.

    `raw` must not be staged yet; its columns, header row and delimiter are taken as they are, its encoding is decided
    anew from the whole file unless `verdict` holds it already. `row` of a finding is the physical line (LF, CR and CR
    LF end one), `offset` the byte from the start of the file, counted from 0. Of ragged rows and rows with bad bytes or
    quotes the cells are staged as well as they can be told apart, marked as broken. A file in no readable encoding is
    staged without records.
    OSError when reading or writing fails.
    """
    if raw.staged:
        raise ValueError(f"{raw.file} is staged already")
    verdict = verdict or encoding.decide(raw.path, declared)
    findings = encoding_faults(raw, verdict, declared)
    target, stream = staged_file(workdir, raw.table)
    with stream:
        stage = Stage(stream, len(raw.columns))
        staged = replace(raw, path=target, staged=True, rows=0, delimiter=",")
        if verdict.codec is None:
            return staged, findings
        reader = LineReader(raw.path, verdict.codec, verdict.bom)
        exact = Exact(raw, limits, stage, findings)
        for block in reader.blocks():
            exact.take(block)
            if progress and raw.bytes:
                progress("read", min(1.0, reader.bytes / raw.bytes))
        exact.finish()
    findings.sort(key=lambda finding: finding.row or 0)
    digest = raw.sha256 or reader.sha256
    return replace(staged, encoding=verdict.codec, sha256=digest, rows=stage.rows, bytes=reader.bytes), findings


LONGEST_RECORD = 4_000_000
"""Characters of one record that are staged whole: the engine takes lines of 16 MB, a character has up to 4 bytes."""
_BLANK = ", \t\u3000\r\n"


class Exact:
    """Reads blocks of lines in order; a record that reaches beyond its block waits for the next one."""

    def __init__(self, raw: RawTable, limits: Limits, stage: Stage, findings: list[Finding]) -> None:
        self._raw = raw
        self._limit = limits.max_cell_characters
        self._columns = len(raw.columns)
        self._stage = stage
        self._findings = findings
        self._ends = LineEnds()
        self._above = raw.header_row - 1
        self._header = True
        self._waiting = Block("", 1)
        self._overlong: tuple[int, int] | None = None
        """Line where a cell began that is too long, and its length so far, while its end is looked for."""

    def take(self, block: Block) -> None:
        """Read one more block."""
        lines, waiting = block.lines(), self._waiting.lines()
        bad = self._waiting.bad | {index + len(waiting): item for index, item in block.bad.items()}
        dropped = self._waiting.dropped | {index + len(waiting): size for index, size in block.dropped.items()}
        joined = Block("", block.first - len(waiting), bad, dropped)
        self._read(joined, waiting + lines, final=False)

    def finish(self) -> None:
        """Read what is left, and report what concerns the whole file."""
        self._read(self._waiting, self._waiting.lines(), final=True)
        if self._overlong:
            self._too_long(*self._overlong)
        if (irregular := self._ends.irregular()) is not None:
            line, kinds = irregular
            self._report("line-ends-irregular", None, kinds=kinds, line=line)

    def _read(self, block: Block, lines: list[str], *, final: bool) -> None:
        """Read records one by one; what may go on in the next block is kept, unless this is the `final` one."""
        cursor = Cursor(lines)
        cursor.at = min(self._above, len(lines))
        self._above -= cursor.at
        self._skip_overlong(cursor)
        plain = self._plain(block, lines)
        reader = csv.reader(cursor, delimiter=self._raw.delimiter, strict=True)
        self._waiting = Block("", block.first + len(lines))
        while cursor.at < len(lines):
            begin = cursor.at
            if plain[begin] and not self._header:
                cursor.at = plain.index(False, begin)
                self._stage.add_lines(block.first + begin, lines[begin : cursor.at])
                self._ends.take_lines(lines, begin, cursor.at, block.first)
                continue
            try:
                row = next(reader)
            except csv.Error:
                if not self._faulty(block, lines, begin, cursor, final=final):
                    self._keep(block, lines, begin)
                    return
                reader = csv.reader(cursor, delimiter=self._raw.delimiter, strict=True)
                continue
            cursor.at = self._record(block, lines, begin, cursor.at, row)

    def _plain(self, block: Block, lines: list[str]) -> list[bool]:
        """Tell of each line whether it is, read as the begin of a record, a sound record that can be staged as it is.

        One more value than lines, False, so that a search for the next line that is not plain always ends.
        """
        if self._columns < 2 or self._raw.delimiter != ",":
            return [False] * (len(lines) + 1)
        needed, limit = self._columns - 1, self._limit
        plain = [
            '"' not in line and line.count(",") == needed and len(line) <= limit and bool(line.strip(_BLANK))
            for line in lines
        ]
        quoted = [index for index, line in enumerate(lines) if '"' in line and len(line) <= limit]
        for index in standing_alone([lines[index] for index in quoted], self._columns) if quoted else ():
            plain[quoted[index]] = True
        for index in (*block.bad, *block.dropped, *(at for at, line in enumerate(lines) if "\0" in line)):
            plain[index] = False
        return [*plain, False]

    def _keep(self, block: Block, lines: list[str], begin: int) -> None:
        bad = {index - begin: item for index, item in block.bad.items() if index >= begin}
        dropped = {index - begin: size for index, size in block.dropped.items() if index >= begin}
        self._waiting = Block("".join(lines[begin:]), block.first + begin, bad, dropped)

    def _skip_overlong(self, cursor: Cursor) -> None:
        """Pass over the lines of a cell that is too long, up to the one that closes its quote."""
        while self._overlong and cursor.at < len(cursor.lines):
            line = next(cursor)
            start, length = self._overlong
            self._overlong = (start, length + len(line))
            if line.count('"') % 2:
                self._too_long(*self._overlong)
                self._overlong = None

    def _too_long(self, row: int, length: int) -> None:
        self._report("cell-too-long", row, limit=self._limit, length=length)

    def _record(self, block: Block, lines: list[str], begin: int, end: int, row: list[str]) -> int:
        """Judge a record that reads without error; returns the line to go on with."""
        line, texts = block.first + begin, lines[begin:end]
        ragged = len(row) != self._columns and not self._header and not self._blank(row)
        if ragged and end - begin > 1 and (opened := self._swallowed(texts)) is not None:
            return self._unclosed(block, lines, begin, begin + opened)
        broken = self._bad_bytes(block, begin, end)
        self._ends.take(texts[-1], block.first + end - 1)
        if self._header:
            self._header = False
            return end
        if self._blank(row):
            self._report("blank-line", line)
            return end
        if ragged:
            name = "row-short" if len(row) < self._columns else "row-long"
            self._report(name, line, expected=self._columns, found=len(row))
            broken = True
        sound = not broken and self._raw.delimiter == ","
        if any("\0" in text for text in texts):
            row, sound = self._without_nul(row, line), False
        if '"' in "".join(row):
            sound = not self._strays(texts, line, row) and sound
        if max(map(len, row)) > self._limit or sum(map(len, row)) > LONGEST_RECORD or begin in block.dropped:
            row = self._cut_cells(row, line, block.dropped.get(begin, 0))
            broken, sound = True, False
        if sound:
            self._stage.add_text(line, "".join(texts))
        else:
            self._stage.add(line, row, broken=broken)
        return end

    def _blank(self, row: list[str]) -> bool:
        """Tell whether a record holds nothing: an empty line, or commas and blanks alone."""
        return not row or (self._columns > 1 and not "".join(row).strip(" \t\u3000"))

    def _faulty(self, block: Block, lines: list[str], begin: int, cursor: Cursor, *, final: bool) -> bool:
        """Judge lines at which reading stopped, and set the cursor; False if the record may go on in the next block."""
        texts = lines[begin : cursor.at]
        seen = trace(texts, self._raw.delimiter)
        if seen.misplaced is None:
            opened = begin + (seen.open or 0)
            length = sum(map(len, lines[opened : cursor.at]))
            if not final and length <= self._limit:
                return False
            if not final and not self._next_stands(lines, opened + 1):
                self._start_overlong(block, lines, begin, length)
                return True
            cursor.at = self._unclosed(block, lines, begin, opened)
            return True
        at, cell, opened, text = seen.misplaced
        if opened < at and self._next_stands(lines, begin + opened + 1):
            cursor.at = self._unclosed(block, lines, begin, begin + opened)
            return True
        cursor.at = begin + at + 1
        self._report("quote-misplaced", block.first + begin + at, cell=cell, text=text)
        self._stage_anyway(block, lines, begin, cursor.at)
        return True

    def _next_stands(self, lines: list[str], index: int) -> bool:
        """Tell whether the line at `index` looks like a record of its own, be it with a quote of its own amiss."""
        if index >= len(lines):
            return False
        delimiter, columns = self._raw.delimiter, self._columns
        return columns <= lines[index].count(delimiter) + 1 > 1 or stands_alone(lines[index], delimiter, columns)

    def _swallowed(self, texts: list[str]) -> int | None:
        """Return the line of a record whose open quote seems to have swallowed the rows after it; None if none has."""
        for opened in trace(texts, self._raw.delimiter).spans:
            if self._next_stands(texts, opened + 1):
                return opened
        return None

    def _unclosed(self, block: Block, lines: list[str], begin: int, opened: int) -> int:
        """Report a quote that never closes; the record ends with the line on which it opened."""
        self._report("quote-unclosed", block.first + opened)
        self._stage_anyway(block, lines, begin, opened + 1)
        return opened + 1

    def _start_overlong(self, block: Block, lines: list[str], begin: int, length: int) -> None:
        self._overlong = (block.first + begin, length)
        row = [text[:1000] for text in cells_anyway(lines[begin : begin + 1], self._raw.delimiter)]
        self._stage.add(block.first + begin, row, broken=True)
        self._header = False

    def _stage_anyway(self, block: Block, lines: list[str], begin: int, end: int) -> None:
        self._bad_bytes(block, begin, end)
        self._ends.take(lines[end - 1], block.first + end - 1)
        if self._header:
            self._header = False
            return
        cells = cells_anyway(lines[begin:end], self._raw.delimiter)
        row = [text.replace("\0", "")[: self._limit] for text in cells]
        self._stage.add(block.first + begin, row, broken=True)

    def _bad_bytes(self, block: Block, begin: int, end: int) -> bool:
        if not block.bad:
            return False
        found = [index for index in range(begin, end) if index in block.bad and index not in block.dropped]
        for index, item in ((index, block.bad[index]) for index in found):
            self._report("byte-invalid", block.first + index, offset=item.offset, byte=item.byte)
        return bool(found)

    def _without_nul(self, row: list[str], line: int) -> list[str]:
        for cell, text in enumerate(row):
            if "\0" in text:
                self._report("nul-character", line, cell=cell)
        return [text.replace("\0", "") for text in row]

    def _strays(self, texts: Sequence[str], line: int, row: Sequence[str]) -> bool:
        strays = trace(texts, self._raw.delimiter).strays
        for cell in strays:
            self._report("quote-stray", line, cell=cell, value=row[cell][:200])
        return bool(strays)

    def _cut_cells(self, row: list[str], line: int, dropped: int) -> list[str]:
        longest = max(range(len(row)), key=lambda cell: len(row[cell]))
        length = len(row[longest]) + dropped
        if length > self._limit:
            self._report("cell-too-long", line, cell=longest, limit=self._limit, length=length)
        else:
            self._report("cell-too-long", line, limit=LONGEST_RECORD, length=sum(map(len, row)))
        return [text[:1000] for text in row]

    def _report(self, name: str, row: int | None, *, cell: int | None = None, **params: Any) -> None:
        known = self._raw.columns[cell] if cell is not None and cell < self._columns else None
        self._findings.append(
            fault(
                name,
                table=self._raw.table,
                file=self._raw.file,
                row=row,
                column=(known.field or known.header or None) if known else None,
                column_number=None if cell is None else cell + 1,
                **params,
            )
        )
