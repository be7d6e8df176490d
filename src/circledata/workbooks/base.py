"""The workbook that is marked: the publisher's own where it is XLSX, otherwise one made of what was checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from circledata.convert.model import ConversionError
from circledata.findings.report import Report, TableInfo
from circledata.sources.archive import Archive
from circledata.sources.cells import cell_text
from circledata.sources.container import Container, Folder, Refused
from circledata.sources.encoding import LABELS, decide
from circledata.sources.model import Limits
from circledata.sources.workbook import open_book, sheet_rows
from circledata.standard.model import Text
from circledata.workbooks.csv_rows import csv_rows
from circledata.workbooks.ooxml import BookEdit
from circledata.workbooks.ooxml.book import sheet_name

MOST_ROWS, MOST_COLUMNS, LONGEST = 1_048_576, 16_384, 32_767
"""What a sheet of XLSX holds: rows, columns, characters of a cell."""
_CREATED = datetime(2000, 1, 1)
_WIDEST = 36

COPIED = Text(
    "原文件不是 .xlsx，这里是它的内容的副本：值都在，格式、公式和批注没有带过来。请回到原文件里改。",
    "The file is no .xlsx, so this is a copy of its content: the values are here, formats, formulas and notes are not. "
    "Mend the faults in the original file.",
)
LINES = Text(
    "原文件是 CSV，这里每个文件一张工作表，第几行就是原文件的第几行。请回到原文件里改，或者改好后把工作表另存为 CSV。",
    "The files are CSV: each is a sheet here, and a row has the number of its line. Mend the faults in the original "
    "files, or save the sheets as CSV when they are mended.",
)
CUT = Text(
    "工作表“{sheet}”放不下整个文件：最多 {rows} 行、{columns} 列，一格最多 {characters} 个字，多出的没有放进来。",
    "Sheet “{sheet}” does not hold the whole file: it takes {rows} rows, {columns} columns and {characters} characters "
    "a cell; the rest was left out.",
)
NOTHING = Text("文件没能读出来，所以这里没有数据。", "The file could not be read, so there is no data here.")


@dataclass
class Base:
    """A workbook to be marked. `sheets`: the sheet of this workbook that holds a file or a sheet of it."""

    path: Path
    sheets: dict[tuple[str | None, str | None], str] = field(default_factory=dict)
    remarks: list[Text] = field(default_factory=list)
    """What the reader of the list should know of it."""

    def sheet_of(self, file: str | None, sheet: str | None) -> str | None:
        """Return the sheet of this workbook that a finding's file and sheet are on."""
        return sheet if sheet is not None and not self.sheets else self.sheets.get((file, sheet))


def base_of(report: Report, workdir: Path) -> Base:
    """Return the workbook to be marked; a new one is made in `workdir`."""
    if report.kind != "workbook":
        return _from_tables(report, workdir)
    path = report.inputs[0]
    try:
        BookEdit(path).close()
        return Base(path)
    except ConversionError:
        pass
    try:
        return _from_values(path, workdir)
    except Refused:
        return _empty(workdir)


def _empty(workdir: Path) -> Base:
    maker = _Maker(workdir)
    maker.sheet("!", iter([(1, [f"{NOTHING.zh} {NOTHING.en}"])]), header=0)
    return maker.done()


def _from_tables(report: Report, workdir: Path) -> Base:
    maker, headers = _Maker(workdir), _headers(report)
    made = 0
    for info, path in _files(report, workdir):
        codec = info.encoding if info.encoding in LABELS else decide(path, None).codec
        if codec is None:
            continue
        rows = csv_rows(path, codec, report.standard.tables.get(info.name))
        maker.sheets[info.file, None] = maker.sheet(Path(info.file).stem, rows, header=headers.get(info.file, 1))
        made += 1
    if not made:
        maker.discard()
        return _empty(workdir)
    base = maker.done()
    base.remarks.insert(0, LINES)
    return base


def _headers(report: Report) -> dict[str, int]:
    return {
        str(note.params.get("file")): int(str(note.params["row"])) for note in report.notes if note.code == "header-row"
    }


def _files(report: Report, workdir: Path) -> Iterator[tuple[TableInfo, Path]]:
    """Yield the tables that were read, each with its file; what is published has no cells to mark."""
    if report.kind == "feed":
        return
    if report.kind == "files":
        paths = {str(path): path for path in report.inputs}
        yield from ((info, paths[info.file]) for info in report.tables if info.file in paths)
        return
    given = report.inputs[0]
    if report.kind == "archive":
        folder = workdir / "unpacked"
        folder.mkdir()
        with Archive(given, given.name, folder, Limits()) as archive:
            yield from _fetched(report, archive)
        return
    root = given if given.is_dir() else given.parent
    yield from _fetched(report, Folder(root, Limits().max_archive_entries))


def _fetched(report: Report, container: Container) -> Iterator[tuple[TableInfo, Path]]:
    for info in report.tables:
        try:
            path = container.fetch(info.file)
        except Refused:
            continue
        if path is not None:
            yield info, path


def _from_values(path: Path, workdir: Path) -> Base:
    """Copy the values of a workbook in another format. Refused when it cannot be read."""
    book = open_book(path, str(path), Limits())
    maker = _Maker(workdir)
    for name, visible in book.sheets():
        sheet = sheet_rows(book, name)
        offset = [""] * (sheet.first_column - 1)
        rows = ((number, [*offset, *row]) for number, row in enumerate(sheet.rows, 1))
        made = maker.sheet(name, rows, header=0, hidden=not visible)
        maker.sheets[str(path), name] = made
    if not maker.sheets:
        maker.discard()
        return _empty(workdir)
    base = maker.done()
    base.remarks.insert(0, COPIED)
    return base


class _Maker:
    """Writes the new workbook sheet by sheet; rows go to the disk at once."""

    def __init__(self, workdir: Path) -> None:
        import xlsxwriter

        self.path = workdir / "base.xlsx"
        options = {"constant_memory": True, "tmpdir": str(workdir), "strings_to_formulas": False}
        self._book = xlsxwriter.Workbook(
            str(self.path), {**options, "strings_to_numbers": False, "strings_to_urls": False}
        )
        self._book.set_properties({"created": _CREATED})
        self._text = self._book.add_format({"num_format": "@"})
        self._head = self._book.add_format({"num_format": "@", "bold": True, "bg_color": "#F2F2F2", "bottom": 1})
        self._date = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._names: list[str] = []
        self._shown = False
        self.sheets: dict[tuple[str | None, str | None], str] = {}
        self._remarks: list[Text] = []

    def sheet(self, name: str, rows: Iterable[tuple[int, list[Any]]], *, header: int, hidden: bool = False) -> str:
        """Write one sheet and return its name; `rows` have their numbers, `header` is that of the header or 0."""
        name = sheet_name(name, self._names)
        self._names.append(name)
        sheet = self._book.add_worksheet(name)
        if hidden:
            sheet.hide()
        elif not self._shown:
            # The first sheet is the selected one unless another is chosen, and a hidden one must not be.
            self._shown = True
            sheet.activate()
            sheet.set_first_sheet()
        head: list[tuple[int, list[Any]]] = []
        source = iter(rows)
        for number, cells in source:
            head.append((number, cells))
            if len(head) >= 50:
                break
        self._layout(sheet, head, header)
        cut = False
        for number, cells in _both(head, source):
            cut = self._row(sheet, number, cells, number == header) or cut
        if cut:
            shown = {"rows": MOST_ROWS, "columns": MOST_COLUMNS, "characters": LONGEST, "sheet": name}
            self._remarks.append(Text(CUT.zh.format(**shown), CUT.en.format(**shown)))
        return name

    def _layout(self, sheet: Any, head: list[tuple[int, list[Any]]], header: int) -> None:
        from circledata.convert.export.book_cells import display_width

        widths: dict[int, int] = {}
        for _, cells in head:
            for place, cell in enumerate(cells[:MOST_COLUMNS]):
                shown = "" if cell == "" else cell_text(cell)[:_WIDEST]
                widths[place] = min(_WIDEST, max(widths.get(place, 9), display_width(shown) + 2))
        for place, width in widths.items():
            sheet.set_column(place, place, width)
        if header:
            sheet.freeze_panes(header, 0)

    def _row(self, sheet: Any, number: int, cells: list[Any], header: bool) -> bool:
        """Write one row; tell whether something was left out."""
        if number > MOST_ROWS:
            return True
        cut = len(cells) > MOST_COLUMNS
        for place, cell in enumerate(cells[:MOST_COLUMNS]):
            if cell == "":
                continue
            if isinstance(cell, str):
                cut = cut or len(cell) > LONGEST
                sheet.write_string(number - 1, place, cell[:LONGEST], self._head if header else self._text)
            else:
                self._value(sheet, number - 1, place, cell)
        return cut

    def _value(self, sheet: Any, row: int, place: int, cell: Any) -> None:
        if isinstance(cell, bool):
            sheet.write_boolean(row, place, cell)
        elif isinstance(cell, int | float):
            sheet.write_number(row, place, cell)
        elif isinstance(cell, date) and not isinstance(cell, time | timedelta) and cell_text(cell)[10:] == "":
            sheet.write_datetime(row, place, cell, self._date)
        else:
            sheet.write_string(row, place, cell_text(cell), self._text)

    def discard(self) -> None:
        """Give up a workbook without sheets."""
        self._book.fileclosed = True

    def done(self) -> Base:
        """Finish the workbook."""
        self._book.close()
        return Base(self.path, self.sheets, self._remarks)


def _both(head: list[tuple[int, list[Any]]], rest: Iterator[tuple[int, list[Any]]]) -> Iterator[tuple[int, list[Any]]]:
    yield from head
    yield from rest
