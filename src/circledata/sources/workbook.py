"""Reads one sheet of a workbook (XLSX, XLS, ODS) that is a table: its rows staged with their row numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from circledata.findings.model import Finding, Note
from circledata.sources.book_names import is_ignored, spellings, table_of_sheet
from circledata.sources.book_ods import Range
from circledata.sources.book_open import Book, Sheet, holds, open_book, sheet_rows
from circledata.sources.cell_notes import CellNotes
from circledata.sources.cells import Cell, cell_text
from circledata.sources.faults import fault
from circledata.sources.header import SheetColumns, header_faults, own_name, repeats_header
from circledata.sources.header_words import likely_field
from circledata.sources.model import Column, Limits, RawTable
from circledata.sources.sheet_cells import ColumnReader
from circledata.sources.sheet_header import SheetHeader, find_sheet_header
from circledata.sources.sheet_rows import Block, Merges, Totals, first_rows, in_blocks, is_blank
from circledata.sources.sheet_xml import SheetFacts, column_letters
from circledata.sources.staging import Stage, staged_file
from circledata.standard.model import Standard, Table


@dataclass
class SheetReader:
    """Stages the rows of one sheet that is a table."""

    book: Book
    sheet: Sheet
    table: Table
    limits: Limits
    sha256: str
    standard: Standard
    visible: bool = True
    exact: bool = False
    """Whether the cells are taken to the letter, nothing in them understood as something else."""
    findings: list[Finding] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def read(self, workdir: Path) -> RawTable | None:
        """Return the staged table; None when the sheet has no header that fits.

        A sheet without any record is None too, and no fault: a template has more sheets than most publishers fill.
        """
        head = first_rows(self.sheet.rows)
        if all(map(is_blank, head)):
            return None
        where: dict[str, Any] = {"table": self.table.name, "file": self.book.file, "sheet": self.sheet.name}
        texts = [[cell_text(cell) for cell in row] for row in head]
        header = find_sheet_header(texts, self.sheet.merged, self.sheet.first_column, self.table)
        if header is None:
            first = next(number for number, row in enumerate(head, 1) if not is_blank(row))
            self.findings.append(fault("header-not-found", **where, row=first))
            return None
        if len(header.names) > self.limits.max_columns:
            params: dict[str, Any] = {"limit": self.limits.max_columns, "actual": len(header.names)}
            self.findings.append(fault("columns-too-many", **where, row=header.last, **params))
            return None
        staging = _Staging(self, header, self._columns(header), CellNotes(workdir, self.table.name))
        raw = staging.stage(head, workdir)
        if raw is not None:
            self._say(header, staging)
        return raw

    def _columns(self, header: SheetHeader) -> tuple[Column, ...]:
        """Return a column for each place; only the first of two columns of one field gets it."""
        taken: set[str] = set()
        columns = []
        for place, (name, found) in enumerate(zip(header.names, header.fields, strict=True)):
            item = None if found in taken else found
            if item:
                taken.add(item)
            columns.append(Column(name, place + self.sheet.first_column, item))
        return tuple(columns)

    @property
    def facts(self) -> SheetFacts | None:
        """What the sheet's XML tells."""
        return self.book.facts.get(self.sheet.name)

    def _say(self, header: SheetHeader, staging: _Staging) -> None:
        """Add what is to be said of the sheet as a whole."""
        where = {"file": self.book.file, "sheet": self.sheet.name}
        if header.first > (2 if header.titled else 1):
            self.notes.append(Note("header-row", {**where, "row": header.first}))
        if not self.visible:
            self.notes.append(Note("sheet-hidden", where))
        if staging.hidden:
            self.notes.append(Note("rows-hidden", {**where, "count": staging.hidden}))
        hidden = set(self.facts.hidden_columns) if self.facts else set()
        letters = [column_letters(column.number) for column in staging.named if column.number in hidden]
        if letters:
            zh, en = "、".join(letters), ", ".join(letters)
            self.notes.append(Note("columns-hidden", {**where, "columns_zh": zh, "columns_en": en}))
        used = [column for index, column in enumerate(staging.columns) if column.header or index in staging.filled]
        self.findings += header_faults(used, self.table, self.book.file, header.last, self.sheet.name, staging.known_as)


class _Staging:
    """Writes the records of one sheet to a clean file, and beside it what is to be said of their cells."""

    def __init__(self, reader: SheetReader, header: SheetHeader, columns: tuple[Column, ...], notes: CellNotes) -> None:
        self._reader = reader
        self._header = header
        self._notes = notes
        self.columns = columns
        self.named = tuple(column for column in columns if column.header)
        self.known_as = self._known_as()
        self.filled: set[int] = set()
        """Places of columns without a name that hold something."""
        self.hidden = 0
        sheet = reader.sheet
        self._merges = Merges(sheet.merged, sheet.first_column, header.last)
        self._totals = Totals(header.fields, reader.table)
        facts = reader.facts
        self._hidden = frozenset(facts.hidden_rows if facts else ())
        self._errors = list(facts.errors() if facts else ())[::-1]
        self._readers = [
            ColumnReader(
                place=column.number - sheet.first_column,
                number=column.number,
                item=reader.table.by_name.get(column.field or ""),
                standard=reader.standard,
                notes=notes,
                head=header.heads[column.number - sheet.first_column],
                base1904=reader.book.base1904,
                exact=reader.exact,
            )
            for column in self.named
        ]

    def stage(self, head: list[list[Cell]], workdir: Path) -> RawTable | None:
        """Write every record; None when there is none."""
        reader = self._reader
        target, stream = staged_file(workdir, reader.table.name)
        left_out: set[int] = set()
        with stream:
            rows = self._write(stream, head, left_out)
        if not rows:
            return None
        self._uncomputed(left_out)
        return RawTable(
            table=reader.table.name,
            file=reader.book.file,
            sheet=reader.sheet.name,
            path=target,
            columns=tuple(self._taken(column) for column in self.named),
            header_row=self._header.last,
            encoding="utf-8",
            bytes=reader.book.path.stat().st_size,
            sha256=reader.sha256,
            staged=True,
            rows=rows,
            cells=self._notes.close(),
        )

    def _known_as(self) -> SheetColumns:
        """Return what each column is; one that could only be a field which is there already is somebody's own."""
        fields = {column.number: name for column, name in zip(self.columns, self._header.fields, strict=True)}
        likely: dict[int, str | None] = {}
        for column in self.named:
            if fields[column.number] is None and not column.header.startswith("x_"):
                meant = likely_field(column.header, self._reader.table, self._reader.standard)
                likely[column.number] = None if meant in fields.values() else meant
        rows = {column.number: row for column, row in zip(self.columns, self._header.rows, strict=True)}
        return SheetColumns(fields, likely, rows)

    def _taken(self, column: Column) -> Column:
        """Return a column as it is taken: one that is somebody's own gets the name of such."""
        own = column.number in self.known_as.likely and self.known_as.likely[column.number] is None
        return Column(own_name(column.header), column.number, None) if own else column

    def _write(self, stream: TextIO, head: list[list[Cell]], left_out: set[int]) -> int:
        stage = Stage(stream, len(self.named))
        unnamed = [index for index, column in enumerate(self.columns) if not column.header]
        for first, rows in in_blocks(chain(head, self._reader.sheet.rows)):
            block = self._block(first, rows, left_out)
            cells = list(zip(*block.rows, strict=True))
            if not cells:
                continue
            columns = [
                item.read(block.lines, cells[item.place], block.filled.get(item.place, ())) for item in self._readers
            ]
            stage.add_columns(block.lines, columns)
            self.hidden += len(self._hidden.intersection(block.lines)) if self._hidden else 0
            for index in unnamed:
                if index not in self.filled and any(cell != "" for cell in cells[index]):
                    self.filled.add(index)
        return stage.rows

    def _put_errors(self, first: int, rows: list[list[Cell]]) -> None:
        """Put the texts of cells that hold an error where the library gives nothing."""
        while self._errors and self._errors[-1][0] < first + len(rows):
            number, column, text = self._errors.pop()
            place = column - self._reader.sheet.first_column
            row = rows[number - first] if number >= first else []
            if 0 <= place < len(row) and row[place] == "":
                row[place] = text

    def _repeats(self, row: Sequence[Cell]) -> bool:
        return repeats_header([cell_text(cell) for cell in row], self.columns, self._reader.table)

    def _block(self, first: int, rows: list[list[Cell]], left_out: set[int]) -> Block:
        """Return the records among the rows of a block, the first of which is row `first` of the sheet."""
        if self._errors:
            self._put_errors(first, rows)
        block, merges, totals, last = Block([], []), self._merges, self._totals, self._header.last
        for line, row in enumerate(rows, first):
            if line <= last or is_blank(row) or (line == last + 1 and self._repeats(row)):
                continue
            if not self._reader.exact and totals.suspect(row) and (found := totals.word(row)):
                self._notes.add("totals-row", line, None, found[1])
                left_out.add(line)
                continue
            if merges:
                # Every row is looked at, even where the first of merged rows is left out.
                merges.take(line, row)
                for place in merges.fill(row):
                    block.filled.setdefault(place, set()).add(len(block.lines))
            block.lines.append(line)
            block.rows.append(row)
        return block

    def _uncomputed(self, left_out: set[int]) -> None:
        """Note the formulas without a stored value."""
        facts = self._reader.facts
        known = {column.number for column in self.named}
        for row, number in facts.uncomputed() if facts else ():
            if row > self._header.last and number in known and row not in left_out:
                self._notes.add("formula-without-value", row, number, "")


__all__ = [
    "Book",
    "Cell",
    "Range",
    "Sheet",
    "SheetReader",
    "holds",
    "is_ignored",
    "open_book",
    "sheet_rows",
    "spellings",
    "table_of_sheet",
]
