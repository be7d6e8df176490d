"""Reads a workbook (XLSX, XLS, ODS): which sheet is which table, and its rows staged with their row numbers."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from circledata.findings.model import Finding, Note
from circledata.sources.archive import Unpacking, open_zip
from circledata.sources.cells import Cell, cell_text
from circledata.sources.container import Refused
from circledata.sources.faults import fault, too_large
from circledata.sources.header import SEARCHED_ROWS, columns_of, find_header, header_faults, key, repeats_header
from circledata.sources.model import Column, Limits, RawTable
from circledata.sources.sheet_xml import SheetFacts, column_letters, inspect_sheet, pieces_of, sheet_parts
from circledata.sources.staging import Stage, staged_file
from circledata.standard.code_titles import Titles, titles_of, without_titles
from circledata.standard.model import Field, Standard, Table

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of merged cells: row and column, from 0."""
_ENDINGS = frozenset(".xls .xla .xlsx .xlsm .xlam .xlsb .ods".split())  # noqa: SIM905
"""Endings by which the library chooses what to read a file as."""
_NUMBERING = re.compile(r"^\s*(?:[0-9]+|[一二三四五六七八九十]+(?=[、.．]))\s*[、.．\-_)）:：]*\s*")
_INSIDE = re.compile(r"[(（【\[]([^)）】\]]*)[)）】\]]")
_IGNORED = (
    *("说明", "填写", "填报", "使用", "代码", "目录", "封面", "示例"),
    *("readme", "notes", "instruction", "guide", "code", "contents", "cover", "example"),
)


@dataclass
class Book:
    """An opened workbook; `facts` by sheet name holds what its XML tells, for XLSX only."""

    path: Path
    file: str
    workbook: Any
    facts: dict[str, SheetFacts] = field(default_factory=dict)
    merged: dict[str, list[Range]] = field(default_factory=dict)
    """Merged ranges by sheet name, where the library does not tell them and somebody else found them out."""

    def sheets(self) -> Iterator[tuple[str, bool]]:
        """Yield the name of each work sheet and whether it is visible; sheets hidden for good are left out."""
        for sheet in self.workbook.sheets_metadata:
            kind, visible = str(sheet.typ).rpartition(".")[2], str(sheet.visible).rpartition(".")[2]
            if kind == "WorkSheet" and visible != "VeryHidden":
                yield sheet.name, visible == "Visible"


@dataclass
class Sheet:
    """The rows of one sheet; `first_column` is the number of the first cell of each row, from 1."""

    name: str
    rows: Any
    first_column: int
    filled: bool
    height: int = 0
    """Number of the last row."""
    merged: Sequence[Range] = ()


def open_book(path: Path, file: str, limits: Limits) -> Book:
    """Open a workbook after a look at what it would unpack to. Refused when it is damaged, protected or too large."""
    import python_calamine

    with path.open("rb") as stream:
        magic = stream.read(8)
    size = path.stat().st_size
    if size > limits.max_file_bytes:
        raise Refused(too_large(file, limits.max_file_bytes, size))
    if magic == OLE and holds(path, "EncryptedPackage".encode("utf-16-le")):
        raise Refused(fault("workbook-protected", file=file))
    facts = _inspect(path, file, limits) if magic[:2] == b"PK" else {}
    try:
        return Book(path, file, _load(path), facts)
    except python_calamine.PasswordError:
        raise Refused(fault("workbook-protected", file=file)) from None
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise Refused(fault("workbook-damaged", file=file, reason=type(error).__name__)) from None


def _load(path: Path) -> Any:
    """Load a workbook as what its bytes are; the library goes by the ending, and people rename files."""
    import python_calamine

    try:
        return python_calamine.load_workbook(str(path))
    except python_calamine.PasswordError:
        raise
    except (python_calamine.CalamineError, ValueError):
        if path.suffix.lower() not in _ENDINGS:
            raise
    return python_calamine.load_workbook(io.BytesIO(path.read_bytes()))


def holds(path: Path, wanted: bytes) -> bool:
    """Tell whether a file holds these bytes anywhere."""
    before = b""
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            if wanted in before + chunk:
                return True
            before = chunk[-len(wanted) :]
    return False


def _inspect(path: Path, file: str, limits: Limits) -> dict[str, SheetFacts]:
    """Unpack every part once, keeping nothing, so that no part can be more than it should be."""
    with open_zip(path, limits, file=file, damaged="workbook-damaged") as archive:
        size = path.stat().st_size
        unpacking = Unpacking(archive, size, limits, file)
        found: dict[str, SheetFacts] = {}
        for info in archive.infolist():
            sheet = info.filename.endswith(".xml") and "sharedStrings" not in info.filename

            def pieces(info: Any = info, passes: list[Unpacking] = [unpacking]) -> Iterator[bytes]:  # noqa: B006
                # A second look at the same part must not count twice towards the sum.
                reader = passes.pop() if passes else Unpacking(archive, size, limits, file)
                return pieces_of(reader.chunks(info, "workbook-damaged"), file)

            if sheet and info.filename != "content.xml":
                found[info.filename] = inspect_sheet(pieces, file)
            else:
                for _ in unpacking.chunks(info, "workbook-damaged"):
                    pass
        if "xl/workbook.xml" not in archive.NameToInfo:
            return {}
        parts = sheet_parts(archive, Unpacking(archive, size, limits, file))
        return {name: found[part] for name, part in parts.items() if part in found}


def sheet_rows(book: Book, name: str) -> Sheet:
    """Lay out one sheet. Refused when the library cannot read it."""
    import python_calamine

    try:
        sheet = book.workbook.get_sheet_by_name(name)
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        reason = type(error).__name__
        raise Refused(fault("workbook-damaged", file=book.file, sheet=name, reason=reason)) from None
    start = sheet.start
    rows, first = (sheet.iter_rows(), start[1] + 1) if start else (iter(()), 1)
    merged = sheet.merged_cell_ranges or book.merged.get(name, ())
    return Sheet(name, rows, first, start is not None, (sheet.end or (-1,))[0] + 1, merged)


def spellings(name: str) -> list[str]:
    """Return what is left of a sheet's name without number and brackets, and what stands in the brackets."""
    plain = _NUMBERING.sub("", unicodedata.normalize("NFKC", name))
    inside = _INSIDE.findall(plain)
    return [text for text in (key(name), key(plain), key(_INSIDE.sub("", plain)), *map(key, inside)) if text]


def table_of_sheet(name: str, standard: Standard) -> Table | None:
    """Return the table that a sheet's name means: machine name or title, or part of one title."""
    names = spellings(name)
    exact = {
        key(text): table for table in standard.tables.values() for text in (table.title.en, table.title.zh, table.name)
    }
    for spelling in names:
        if spelling in exact:
            return exact[spelling]
    for spelling in names:
        close = [table for title, table in exact.items() if len(spelling) >= 2 and spelling in title]
        if not spelling.isascii() and len({table.name for table in close}) == 1:
            return close[0]
    return None


def is_ignored(name: str, standard: Standard) -> bool:
    """Tell whether a sheet is no table by intent: instructions, a cover, a code list."""
    lists = {
        key(text) for codes in standard.codelists.values() for text in (codes.name, codes.title.zh, codes.title.en)
    }
    return any(text.startswith(_IGNORED) or text in lists for text in spellings(name))


@dataclass
class SheetReader:
    """Stages the rows of one sheet that is a table."""

    book: Book
    sheet: Sheet
    table: Table
    limits: Limits
    sha256: str
    standard: Standard
    findings: list[Finding] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def read(self, workdir: Path) -> RawTable | None:
        """Return the staged table; None when the sheet has no header that fits.

        A sheet without any record is None too, and no fault: a template has more sheets than most publishers fill.
        """
        where: dict[str, Any] = {"table": self.table.name, "file": self.book.file, "sheet": self.sheet.name}
        head: list[list[str]] = []
        for row in self.sheet.rows:
            head.append([cell_text(cell) for cell in row])
            if sum(1 for cells in head if any(cells)) > SEARCHED_ROWS:
                break
        if not any(any(cells) for cells in head):
            return None
        first = next(index for index, cells in enumerate(head) if any(cells))
        found = find_header(head[first:], self.table)
        if found is None:
            self.findings.append(fault("header-not-found", **where, row=first + 1))
            return None
        header_row = first + found.index + 1
        if header_row > 1:
            self.notes.append(Note("header-row", {"file": self.book.file, "sheet": self.sheet.name, "row": header_row}))
        columns = self._columns(head[header_row - 1])
        if len(columns) > self.limits.max_columns:
            params: dict[str, Any] = {"limit": self.limits.max_columns, "actual": len(columns)}
            self.findings.append(fault("columns-too-many", **where, row=header_row, **params))
            return None
        return self._stage(head, header_row, columns, workdir)

    def _columns(self, header: Sequence[str]) -> tuple[Column, ...]:
        offset = self.sheet.first_column - 1
        return tuple(
            Column(column.header.strip(), column.number + offset, column.field)
            for column in columns_of(header, self.table)
        )

    def _stage(
        self, head: list[list[str]], header_row: int, columns: tuple[Column, ...], workdir: Path
    ) -> RawTable | None:
        named = tuple(column for column in columns if column.header)
        unnamed = [index for index, column in enumerate(columns) if not column.header]
        filled: set[int] = set()
        target, stream = staged_file(workdir, self.table.name)
        with stream:
            stage = Stage(stream, len(named))
            places = [column.number - self.sheet.first_column for column in named]
            titled = list(self._titled(named))
            for number, row in self._records(head, header_row, columns):
                cells = [row[place] for place in places]
                for index, item, titles in titled:
                    cells[index] = without_titles(cells[index], item, titles)
                stage.add(number, cells)
                filled.update(index for index in unnamed if row[index])
        if not stage.rows:
            return None
        used = [column for index, column in enumerate(columns) if column.header or index in filled]
        self.findings += header_faults(used, self.table, self.book.file, header_row, self.sheet.name)
        self.findings += self._uncomputed(header_row, named)
        return RawTable(
            table=self.table.name,
            file=self.book.file,
            sheet=self.sheet.name,
            path=target,
            columns=named,
            header_row=header_row,
            encoding="utf-8",
            bytes=self.book.path.stat().st_size,
            sha256=self.sha256,
            staged=True,
            rows=stage.rows,
        )

    def _titled(self, columns: Sequence[Column]) -> Iterator[tuple[int, Field, Titles]]:
        """Yield the columns in which a code may have its title behind it."""
        for index, column in enumerate(columns):
            item = self.table.by_name.get(column.field or "")
            titles = titles_of(item, self.standard)
            if item and titles:
                yield index, item, titles

    def _records(
        self, head: list[list[str]], header_row: int, columns: tuple[Column, ...]
    ) -> Iterator[tuple[int, list[str]]]:
        """Yield row number and cells of each row that holds something."""
        facts = self.book.facts.get(self.sheet.name)
        errors: dict[int, list[tuple[int, str]]] = {}
        for (row, column), text in (facts.errors if facts else {}).items():
            errors.setdefault(row, []).append((column - self.sheet.first_column, text))
        number = 0
        for number, cells in enumerate(self._texts(head), 1):
            for place, text in errors.get(number, ()):
                # The library gives nothing for a cell that holds an error.
                if 0 <= place < len(cells) and not cells[place]:
                    cells[place] = text
            if number <= header_row or not "".join(cells).strip():
                continue
            if number == header_row + 1 and repeats_header(cells, columns, self.table):
                continue
            yield number, cells

    def _texts(self, head: list[list[str]]) -> Iterator[list[str]]:
        yield from head
        for row in self.sheet.rows:
            yield [cell if cell.__class__ is str else cell_text(cell) for cell in row]

    def _uncomputed(self, header_row: int, columns: Sequence[Column]) -> Iterator[Finding]:
        facts = self.book.facts.get(self.sheet.name)
        known = {column.number: column for column in columns}
        for row, number in facts.uncomputed if facts else ():
            if row > header_row and number in known:
                column = known[number]
                yield fault(
                    "formula-without-value",
                    table=self.table.name,
                    file=self.book.file,
                    sheet=self.sheet.name,
                    row=row,
                    column=column.field or column.header,
                    column_number=number,
                    cell=f"{column_letters(number)}{row}",
                )


__all__ = ["Book", "Cell", "SheetReader", "is_ignored", "open_book", "sheet_rows", "table_of_sheet"]
