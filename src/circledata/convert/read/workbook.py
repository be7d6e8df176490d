"""Reads workbooks: chooses the sheets, finds their headers, and gives every cell as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from circledata.convert.model import SourceTable
from circledata.convert.read.garbled import is_garbled
from circledata.convert.read.grid import Grid
from circledata.convert.read.header import HEAD_ROWS, Header, Merge, Row, find_header
from circledata.convert.read.layout import Layout
from circledata.convert.read.notes import Note
from circledata.convert.read.text import Place
from circledata.convert.read.words import refuse, refused
from circledata.sources.cells import Cell, cell_text
from circledata.sources.container import Refused
from circledata.sources.header import key
from circledata.sources.model import Limits
from circledata.sources.sheet_xml import column_letters
from circledata.sources.workbook import Book, Sheet, is_ignored, open_book, sheet_rows
from circledata.standard.load import load_standard

_LIKE = 0.8
"""Share of common columns from which two sheets are parts of one table."""
_EXACT_DIGITS = 1e15
"""Spreadsheets keep fifteen digits; of longer numbers the last ones are lost."""


@dataclass
class _Candidate:
    """A sheet that could be the table: its rows, the first of them read already, and its header."""

    sheet: Sheet
    visible: bool
    head: list[Row]
    """Its first filled rows."""
    rows: Iterator[Row]
    """All of its rows, once through."""
    merges: list[Merge]
    header: Header
    long: list[str] = field(default_factory=list)
    """Cells with numbers of more digits than are kept."""

    @property
    def keys(self) -> set[str]:
        """What tells the header's columns apart."""
        return {key(name) for name in self.header.names if name not in self.header.unnamed}

    @property
    def worth(self) -> tuple[int, bool, int]:
        """How well the sheet fits: known columns, more than a code table's columns, size."""
        columns = len(self.keys)
        return self.header.hits, columns > 3, columns * max(1, self.sheet.height - self.header.last)


def read_workbook(place: Place, form: str, layout: Layout, limits: Limits, *, repair: bool) -> list[SourceTable]:
    """Read the sheet that the layout names, or else those whose header fits best.

    ConversionError when the workbook is protected, damaged, too large or empty, or has no such sheet.
    """
    try:
        book = open_book(place.path, place.name, limits)
        chosen, notes = _choose(book, layout, place.name)
    except Refused as error:
        raise refused(error, place.name) from None
    source = place.source("", form)
    tables: list[SourceTable] = []
    for candidate in chosen:
        if len(candidate.header.names) > limits.max_columns:
            actual = len(candidate.header.names)
            raise refuse("columns-too-many", name=place.name, actual=actual, limit=limits.max_columns)
        grid = Grid(candidate.header, layout, candidate.merges)
        last = candidate.header.last
        grid.read(row for row in candidate.rows if row[0] > last)
        if not candidate.visible:
            grid.notes.append(("sheet-hidden-read", {"sheet": candidate.sheet.name}))
        grid.notes += [*_cell_notes(book, candidate), *(notes if not tables else ())]
        tables.append(grid.table(source, candidate.sheet.name, repair=repair))
    return tables


def _choose(book: Book, layout: Layout, name: str) -> tuple[list[_Candidate], list[Note]]:
    """Return the sheets to read, and what to say of the others."""
    sheets = [
        (sheet.name, str(sheet.visible).endswith(".Visible"))
        for sheet in book.workbook.sheets_metadata
        if str(sheet.typ).endswith(".WorkSheet")
    ]
    if layout.sheet is not None:
        wanted = _named(sheets, layout.sheet, name)
        candidate = _candidate(book, *wanted, layout, name)
        if candidate is None:
            raise refuse("empty", name=f"{name}（{wanted[0]}）")
        return [candidate], []
    hidden = [sheet for sheet, visible in sheets if not visible and sheet_rows(book, sheet).filled]
    shown = [sheet for sheet, visible in sheets if visible]
    notes: list[Note] = [("sheet-hidden", {"sheet": sheet}) for sheet in hidden]
    standard = load_standard()
    ignored = [sheet for sheet in shown if is_ignored(sheet, standard)]
    found = _candidates(book, [sheet for sheet in shown if sheet not in ignored], layout, name)
    if found:
        notes += [("sheet-ignored", {"sheet": sheet}) for sheet in ignored]
    else:
        found = _candidates(book, ignored, layout, name)
    if not found and hidden:
        raise refuse("sheets-hidden", name=name, sheets="、".join(hidden))
    if not found and layout.header:
        raise refuse("header-not-there", name=name, row=max(layout.header))
    if not found:
        raise refuse("sheets-empty", name=name)
    return _best(found, notes)


def _candidates(book: Book, sheets: list[str], layout: Layout, name: str) -> list[_Candidate]:
    found = (_candidate(book, sheet, True, layout, name) for sheet in sheets)
    return [candidate for candidate in found if candidate is not None]


def _named(sheets: list[tuple[str, bool]], wanted: str | int, name: str) -> tuple[str, bool]:
    for number, (sheet, visible) in enumerate(sheets, 1):
        if wanted in {number, sheet} or (isinstance(wanted, str) and key(wanted) == key(sheet)):
            return sheet, visible
    raise refuse("no-sheet", name=name, sheet=wanted, sheets="、".join(sheet for sheet, _ in sheets))


def _best(found: list[_Candidate], notes: list[Note]) -> tuple[list[_Candidate], list[Note]]:
    """Return the sheets whose header fits best, without garbled copies of them."""
    garbled = [candidate for candidate in found if len(found) > 1 and _is_garbled(candidate)]
    sound = [candidate for candidate in found if candidate not in garbled] or found
    best = max(sound, key=lambda candidate: candidate.worth)
    chosen = []
    for candidate in found:
        sheet = candidate.sheet
        common, either = len(candidate.keys & best.keys), len(candidate.keys | best.keys)
        if candidate is best or (candidate in sound and either and common >= _LIKE * either):
            chosen.append(candidate)
        elif candidate in garbled and candidate not in sound:
            notes.append(("sheet-mojibake", {"sheet": sheet.name}))
        else:
            rows = max(0, sheet.height - candidate.header.last)
            notes.append(("sheet-not-read", {"sheet": sheet.name, "rows": str(rows)}))
    return chosen, notes


def _is_garbled(candidate: _Candidate) -> bool:
    texts = [cell for _, cells in candidate.head for cell in cells if not cell.isascii()]
    return bool(texts) and is_garbled(texts)


def _candidate(book: Book, sheet_name: str, visible: bool, layout: Layout, name: str) -> _Candidate | None:
    """Look at the head of a sheet; None when the sheet holds nothing."""
    sheet = sheet_rows(book, sheet_name)
    long: list[str] = []
    rows = _rows(book, sheet, long)
    head: list[Row] = []
    seen: list[Row] = []
    last = max(layout.header or (0,))
    for row in rows:
        seen.append(row)
        if "".join(row[1]).strip():
            head.append(row)
        if len(head) >= HEAD_ROWS and row[0] >= last:
            break
    if not head:
        return None
    offset = sheet.first_column - 1
    merges = [
        Merge(top + 1, left - offset, bottom + 1, right - offset)
        for (top, left), (bottom, right) in sheet.merged
        if left >= offset
    ]
    if layout.header and (layout.sheet is None) and not {number for number, _ in head} >= set(layout.header):
        return None
    header = find_header(head, layout, merges, name=f"{name}（{sheet_name}）", first_column=sheet.first_column)
    return _Candidate(sheet, visible, head, chain(seen, rows), merges, header, long)


def _rows(book: Book, sheet: Sheet, long: list[str]) -> Iterator[Row]:
    """Yield the rows of a sheet as texts, with the text of cells that hold an error."""
    facts = book.facts.get(sheet.name)
    errors: dict[int, list[tuple[int, str]]] = {}
    for row, column, text in facts.errors() if facts else ():
        errors.setdefault(row, []).append((column - sheet.first_column, text))
    large: list[float] = []

    def text_of(cell: Cell) -> str:
        if cell.__class__ is float and not -_EXACT_DIGITS < cell < _EXACT_DIGITS:
            large.append(cell)
        return cell_text(cell)

    for number, row in enumerate(sheet.rows, 1):
        cells = [cell if cell.__class__ is str else text_of(cell) for cell in row]
        if large:
            long += [f"{column_letters(row.index(cell) + sheet.first_column)}{number}" for cell in large]
            large.clear()
        for place, text in errors.get(number, ()):
            if 0 <= place < len(cells) and not cells[place]:
                cells[place] = text
        yield number, cells


def _cell_notes(book: Book, candidate: _Candidate) -> list[Note]:
    """Say which cells hold an error, no result, or a number that lost digits."""
    notes: list[Note] = []
    facts, last = book.facts.get(candidate.sheet.name), candidate.header.last
    errors = [error for error in (facts.errors() if facts else ()) if error[0] > last]
    if errors:
        row, column, text = errors[0]
        cell = f"{column_letters(column)}{row}"
        notes.append(("cell-errors", {"count": str(len(errors)), "cell": cell, "value": text}))
    uncomputed = [place for place in (facts.uncomputed() if facts else ()) if place[0] > last]
    if uncomputed:
        row, column = uncomputed[0]
        notes.append(
            ("formula-without-value", {"count": str(len(uncomputed)), "cell": f"{column_letters(column)}{row}"})
        )
    if candidate.long:
        notes.append(("numbers-cut", {"count": str(len(candidate.long)), "cell": candidate.long[0]}))
    return notes
