"""Repairs one CSV file while it streams through: cells, heads, line ends, separator, encoding, blank lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from circledata.convert.output.safe_csv import RowWriter
from circledata.findings.model import Finding
from circledata.sources.csv_exact import Exact
from circledata.sources.encoding import LABELS
from circledata.sources.faults import fault
from circledata.sources.lines import Block, LineReader
from circledata.sources.model import Limits, RawTable
from circledata.sources.staging import Stage
from circledata.standard.model import Standard
from circledata.values.formula_marks import mark, unmark
from circledata.workbooks.repair.columns import ColumnPlan, plan
from circledata.workbooks.repair.csv_open import CsvSource, NotRepairable
from circledata.workbooks.repair.model import Change, Left, Log, unit_left

_ENDS = "\r\n"
_UTF8_BOM = "\ufeff"


def rewrite(source: CsvSource, standard: Standard, target: Path, log: Log, left: Left, limits: Limits) -> None:
    """Write the repaired file to `target`, note every change, and in `left` the columns that were left as they are.

    NotRepairable when some byte is no text.
    Nothing is held of the file but a few lines: a file of any size needs the same memory.
    """
    raw, verdict = source.raw, source.verdict
    assert verdict.codec is not None
    columns = plan(raw, source.table, standard, verdict.codec, verdict.bom)
    for item in columns:
        if item.mender is None:
            left.add(*unit_left(item.header))
    with target.open("w", encoding="utf-8", newline="") as stream:
        if source.bom:
            stream.write(_UTF8_BOM)
        sink = _Sink(stream, source, columns, log)
        findings: list[Finding] = []
        exact = _Rewriting(raw, limits, sink, findings)
        try:
            for block in LineReader(raw.path, verdict.codec, verdict.bom).blocks():
                _refuse(block, raw)
                exact.take(block)
            exact.finish()
        except UnicodeEncodeError:
            raise NotRepairable(fault("byte-invalid", table=raw.table, file=raw.file, offset=0, byte="?")) from None
    sink.finish()


def _refuse(block: Block, raw: RawTable) -> None:
    """Stop at a byte that is no text, or at a line too long to be held: neither could be written again."""
    where: dict[str, Any] = {"table": raw.table, "file": raw.file}
    for index, item in block.bad.items():
        raise NotRepairable(fault("byte-invalid", **where, row=block.first + index, offset=item.offset, byte=item.byte))
    for index, size in block.dropped.items():
        limit = Limits().max_cell_characters
        raise NotRepairable(fault("cell-too-long", **where, row=block.first + index, limit=limit, length=size))


class _Sink(Stage):
    """Takes the records of the exact pass and writes them mended; what cannot be told apart goes through as it is."""

    def __init__(self, stream: TextIO, source: CsvSource, columns: Sequence[ColumnPlan], log: Log) -> None:
        raw = source.raw
        self.rows = 0
        self._stream = stream
        self._log = log
        self._file = raw.file
        self._columns = len(columns)
        self._plans = columns
        self._menders = [(place, item.mender) for place, item in enumerate(columns) if item.mender is not None]
        self._delimiter = raw.delimiter
        self._source = source
        self._end = "\n"
        self._irregular: str | None = None
        self.texts: Sequence[str] = ()
        """The lines of the record at hand, as the file has them."""
        self._waiting: list[Change] = []
        """Changes of the record at hand that are made only if its cells can be told apart."""

    def _write(self, body: str, text: str) -> None:
        """Write a record's text with the file's one line end, if the record had any."""
        self._stream.write(body + self._end if text.endswith(("\n", "\r")) else body)

    def _row(self, row: Sequence[str], like: str) -> str:
        """Return a record as CSV, every cell in quotes where the record had it so."""
        buffer = io.StringIO(newline="")
        everything = like.startswith('"') and like.count('"') >= 2 * self._columns
        RowWriter(buffer.write, newline="", quoted=everything).row(row)
        return buffer.getvalue()

    def above(self, lines: Sequence[str]) -> None:
        """Write the lines above the header as they are."""
        if lines and lines[0].endswith("\r\n"):
            self._end = "\r\n"
        for line in lines:
            self._write(line.rstrip(_ENDS), line)

    def raw(self, lines: Sequence[str]) -> None:
        """Write lines inside a cell as they are."""
        self._stream.write("".join(lines))

    def header(self, line: int, texts: Sequence[str], row: Sequence[str] | None) -> None:
        """Write the header; `row` is None when its quotes are amiss, and it stays as it is then."""
        text = "".join(texts)
        if text.endswith("\r\n") or self._end == "\r\n":
            self._end = "\r\n"
        if row is None:
            self._write(text.rstrip(_ENDS), text)
            return
        names = [item.new_header for item in self._plans]
        renamed = [item for item in self._plans if item.new_header != item.header]
        for item in renamed:
            self._note("header-title", line, item.header, item.header, item.new_header)
        changed = self._delimiter != "," or bool(renamed)
        self._write(self._row(names, text) if changed else text.rstrip(_ENDS), text)

    def _note(self, key: str, row: int | None, column: str, old: str, new: str, *, phone: bool = False) -> None:
        self._log.add(Change(key, self._file, row, column, old, new, phone=phone))

    def add(self, line: int, row: Sequence[str], *, broken: bool = False) -> None:
        """Write one record; its cells are `row`, unless it is broken."""
        text = "".join(self.texts)
        self.rows += 1
        waiting, self._waiting = self._waiting, []
        if broken:
            self._write(text.removesuffix("\n").removesuffix("\r"), text)
            return
        for change in waiting:
            self._log.add(change)
        mended = self._mended(line, list(row))
        if (mended is not None or waiting) and self._emptied(line, mended or row):
            return
        same = mended is None and self._delimiter == "," and not waiting
        self._write(text.rstrip(_ENDS) if same else self._row(mended or row, text), text)

    def amiss(self, key: str, line: int, cell: int | None, value: str) -> None:
        """Note that the record at hand is to be written anew for its quotes or a character that is no text."""
        item = self._plans[cell] if cell is not None and cell < self._columns else None
        old, new = (f"…{value}…", f'"{value}"') if key == "quotes" else ("\0", "")
        head, phone = (item.header, item.phone) if item else ("", False)
        self._waiting.append(Change(key, self._file, line, head, old, new, phone=phone))

    def add_text(self, line: int, text: str) -> None:
        """Write one sound record that has commas between its cells."""
        self.texts = (text,)
        self.add(line, next(csv.reader(io.StringIO(text, newline=""))))

    def add_lines(self, first: int, lines: Sequence[str]) -> None:
        """Write sound records of one line each; nearly all records of most files come this way."""
        self.rows += len(lines)
        rows = list(csv.reader(lines))
        hits: set[int] = set()
        columns = list(zip(*rows, strict=True))
        for place, mender in self._menders:
            mend, cells = mender.mend, columns[place]
            # Most columns say the same things over and over; each is looked at once a block.
            wrong = {cell for cell in set(cells) if mend(cell) is not None}
            if wrong:
                hits.update(index for index, cell in enumerate(cells) if cell in wrong)
        end, other = self._end, "\n" if self._end == "\r\n" else "\r\n"
        if not all(line.endswith(end) and (len(end) > 1 or not line.endswith(other)) for line in lines):
            lines = [self._ended(line) for line in lines]
        if hits:
            lines = [*lines]
            for index in sorted(hits):
                row = self._mended(first + index, rows[index])
                if row is not None and self._emptied(first + index, row):
                    lines[index] = ""
                elif row is not None:
                    ending = end if lines[index].endswith(end) else ""
                    lines[index] = self._row(row, lines[index]) + ending
        self._stream.write("".join(lines))

    def _ended(self, line: str) -> str:
        """Return a line with the file's one line end, if it has any."""
        return line.rstrip(_ENDS) + self._end if line.endswith(("\n", "\r")) else line

    def _mended(self, line: int, row: list[str]) -> list[str] | None:
        """Return the record as the standard writes it, each change noted; None when nothing changes."""
        changed = False
        for place, mender in self._menders:
            cell = row[place]
            # An apostrophe in front may only keep a spreadsheet from computing the text.
            meant = unmark(cell)
            mended = mender.mend(meant)
            if mended is None or (new := mark(mended.text)) == cell:
                continue
            item = self._plans[place]
            self._note(mended.change, line, item.header, meant, mended.text, phone=item.phone)
            row[place], changed = new, True
        return row if changed else None

    def _emptied(self, line: int, row: Sequence[str]) -> bool:
        """Tell whether nothing is left of a record that held blanks and invisible characters alone; it is left out."""
        if self._columns < 2 or "".join(row).strip(" \t\u3000"):
            return False
        self.blank(line)
        return True

    def blank(self, line: int) -> None:
        """Note a blank line that is left out."""
        self._note("blank-line", line, "", "", "")

    def irregular(self, kinds: str) -> None:
        """Note that the lines end in several ways."""
        self._irregular = kinds

    def finish(self) -> None:
        """Note what concerns the whole file."""
        verdict, end = self._source.verdict, "CRLF" if self._end == "\r\n" else "LF"
        if verdict.codec != "utf-8":
            self._note("encoding", None, "", LABELS[verdict.codec or ""], "UTF-8")
        if self._delimiter != ",":
            self._note("delimiter", None, "", {"\t": "Tab"}.get(self._delimiter, self._delimiter), ",")
        if self._irregular:
            self._note("line-ends", None, "", self._irregular, end)


class _Rewriting(Exact):
    """The exact pass, which hands over the lines of each record beside its cells."""

    def __init__(self, raw: RawTable, limits: Limits, sink: _Sink, findings: list[Finding]) -> None:
        super().__init__(raw, limits, sink, findings)
        self._sink = sink

    def _read(self, block: Block, lines: list[str], *, final: bool) -> None:
        if self._above:
            self._sink.above(lines[: self._above])
        super()._read(block, lines, final=final)

    def _record(self, block: Block, lines: list[str], begin: int, end: int, row: list[str]) -> int:
        self._sink.texts = lines[begin:end]
        if self._header:
            self._sink.header(block.first + begin, lines[begin:end], row)
        return super()._record(block, lines, begin, end, row)

    def _stage_anyway(self, block: Block, lines: list[str], begin: int, end: int) -> None:
        self._sink.texts = lines[begin:end]
        if self._header:
            self._sink.header(block.first + begin, lines[begin:end], None)
        super()._stage_anyway(block, lines, begin, end)

    def _start_overlong(self, block: Block, lines: list[str], begin: int, length: int) -> None:
        # All lines read so far belong to the cell that is too long; they stay as they are.
        self._overlong = (block.first + begin, length)
        self._header = False
        self._sink.raw(lines[begin:])

    def _skip_overlong(self, cursor: Any) -> None:
        begin = cursor.at
        super()._skip_overlong(cursor)
        self._sink.raw(cursor.lines[begin : cursor.at])

    def _report(self, name: str, row: int | None, *, cell: int | None = None, **params: Any) -> None:
        if name == "blank-line" and row is not None:
            self._sink.blank(row)
        elif name == "line-ends-irregular":
            self._sink.irregular(str(params["kinds"]))
        elif name in {"quote-stray", "nul-character"} and row is not None:
            self._sink.amiss(
                "quotes" if name == "quote-stray" else "invisible", row, cell, str(params.get("value", ""))
            )
