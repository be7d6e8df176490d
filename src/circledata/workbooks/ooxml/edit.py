"""Edits one workbook: values, colours, notes and a first sheet of our own, all written in one go by `save`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO

from circledata.findings.model import LEVELS, Level
from circledata.workbooks.ooxml.book import BookPart, SheetEntry, sheet_name
from circledata.workbooks.ooxml.cells import FIRST_FILLED, CellEdit, FormulaInTheWay
from circledata.workbooks.ooxml.clearing import Clearing
from circledata.workbooks.ooxml.listing import Listing, Looks, names_of, sheet_xml
from circledata.workbooks.ooxml.notes import SheetNotes
from circledata.workbooks.ooxml.parts import Parts, not_a_book
from circledata.workbooks.ooxml.relations import ContentTypes, Relations
from circledata.workbooks.ooxml.scan import Range, SheetScan, scan
from circledata.workbooks.ooxml.sheet import SheetPatch
from circledata.workbooks.ooxml.sheet_text import with_legacy_drawing, without_selection
from circledata.workbooks.ooxml.styles import EMPTY, Styles

_MAIN_TYPE = "sheet"
_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
FINDINGS, CHANGES = "_circledata_findings", "_circledata_changes"
"""Defined names by which our own first sheets are known again, whatever they are called by then."""


@dataclass
class _Sheet:
    """One sheet and what is to be done to it."""

    entry: SheetEntry
    part: str
    edits: dict[int, dict[int, CellEdit]] = field(default_factory=dict)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    scanned: dict[bool, SheetScan] = field(default_factory=dict)


class BookEdit:
    """A workbook to be changed. Rows and columns count from 1; column `FIRST_FILLED` (0) is a row's first filled cell.

    Nothing is written until `save`, which may be called once; the file itself is never touched. ConversionError when
    the file is no XLSX (or XLSM) workbook, is damaged or protected by a password.
    """

    def __init__(self, path: Path) -> None:
        self._parts = Parts(path)
        try:
            self._open()
        except (ValueError, LookupError):
            self._parts.close()
            raise not_a_book(path) from None

    def _open(self) -> None:
        types = ContentTypes(self._parts)
        start = Relations(self._parts, "").of_kind("officeDocument")
        if start is None or _MAIN_TYPE not in types.of(start.target) or "binary" in types.of(start.target):
            raise ValueError("no workbook")
        self._name = start.target
        self._book = BookPart(self._parts.text(self._name))
        self._links = Relations(self._parts, self._name)
        styles = self._links.of_kind("styles")
        self._styles_name = styles.target if styles else None
        self._styles = Styles(self._parts.text(styles.target) if styles else EMPTY.replace("{main}", self._book.main))
        self._sheets: dict[str, _Sheet] = {}
        for entry in self._book.sheets():
            part = self._links.target(entry.relation)
            if part is not None and part in self._parts:
                self._sheets[entry.name] = _Sheet(entry, part)
        self._clearing: Clearing | None = None
        self._listing: tuple[str, Listing, str] | None = None

    def __enter__(self) -> BookEdit:
        """Return the workbook itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file and drop temporary ones."""
        self._parts.close()

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets in their order; those that `clear` has taken away are not among them."""
        return tuple(self._sheets)

    def _cell(self, sheet: str, row: int, column: int) -> CellEdit:
        return self._sheets[sheet].edits.setdefault(row, {}).setdefault(column, CellEdit())

    def set_text(self, sheet: str, row: int, column: int, text: str) -> None:
        """Put a text into a cell, whose style stays. A formula is never replaced: `save` raises FormulaInTheWay."""
        edit = self._cell(sheet, row, column)
        edit.text, edit.number = text, None

    def set_number(self, sheet: str, row: int, column: int, number: str) -> None:
        """Put a number into a cell, whose style stays; `number` is written with a point, such as 12.5."""
        if not number.isascii() or float(number) in {float("inf"), float("-inf")} or float(number) != float(number):
            raise ValueError(number)
        edit = self._cell(sheet, row, column)
        edit.text, edit.number = None, number.strip()

    def paint(self, sheet: str, row: int, column: int, level: Level) -> None:
        """Fill a cell with the colour of a level, the gravest that it was given; the rest of its style stays."""
        edit = self._cell(sheet, row, column)
        if edit.level is None or LEVELS.index(level) < LEVELS.index(edit.level):
            edit.level = level

    def note(self, sheet: str, row: int, column: int, text: str) -> None:
        """Put a note to a cell, below what notes it has."""
        notes = self._sheets[sheet].notes
        given = notes.get((row, column))
        notes[row, column] = text if given is None else f"{given}\n\n{text}"
        self._sheets[sheet].edits.setdefault(row, {}).setdefault(column, CellEdit())

    def formulas(self, sheet: str) -> set[tuple[int, int]]:
        """Return row and column of the cells that hold a formula."""
        return self._scan(sheet, formulas=True).formulas

    def is_formula(self, sheet: str, row: int, column: int) -> bool:
        """Tell whether a cell holds a formula; the first question about a sheet looks through all of it."""
        return (row, column) in self.formulas(sheet)

    def merged(self, sheet: str) -> list[Range]:
        """Return the merged ranges of a sheet: first row and column, last row and column."""
        return self._scan(sheet, formulas=False).merged

    def _scan(self, sheet: str, *, formulas: bool) -> SheetScan:
        held = self._sheets[sheet]
        if formulas not in held.scanned:
            held.scanned[formulas] = scan(self._parts.chunks(held.part), formulas=formulas)
        return held.scanned[formulas]

    def clear(self, *purposes: str) -> None:
        """Take away what an earlier run has marked: colours, notes, and the lists of `purposes` (FINDINGS, CHANGES).

        A cell gets the fill back that it had. Do this before anything else.
        """
        self._clearing = Clearing(self._parts, self._book, self._links, self._styles)
        for name in self._clearing.drop_lists(purposes or (FINDINGS,)):
            del self._sheets[name]

    def add_first_sheet(self, name: str, listing: Listing, purpose: str = FINDINGS) -> str:
        """Add a sheet in front of all others and return its name, which differs when there is one of that name."""
        name = sheet_name(name, self.sheets)
        self._listing = (name, listing, purpose)
        return name

    def save(self, stream: BinaryIO) -> None:
        """Write the changed workbook. The same workbook and the same changes give the same bytes."""
        try:
            for sheet in self._sheets.values():
                self._save_sheet(sheet)
            self._save_listing()
            self._save_styles()
            self._parts.put(self._name, self._book.text)
        except FormulaInTheWay:
            raise
        except (ValueError, LookupError) as error:
            raise not_a_book(self._parts.path) from error
        self._parts.save(stream)

    def _save_sheet(self, sheet: _Sheet) -> None:
        scanned = partial(self._scan, sheet.entry.name, formulas=False)
        notes = SheetNotes(self._parts, sheet.part, self._book, scanned)
        if self._clearing:
            notes.clear()
        legacy = notes.settle(bool(sheet.notes))
        restored = self._clearing.restored if self._clearing else {}
        selected = self._listing is not None and b"tabSelected" in self._parts.head(sheet.part, 1 << 16)
        if not sheet.edits and not restored and legacy is None and not selected:
            return
        head = without_selection if selected else _same
        tail = partial(with_legacy_drawing, relation=legacy, base=self._book.base) if legacy is not None else _same
        patch = SheetPatch(sheet.edits, self._styles.painted, restored, head, tail)
        self._parts.put_stream(sheet.part, patch.run(self._parts.chunks(sheet.part)))
        notes.write(_resolved(sheet.notes, patch.resolved), patch.columns, patch.height)

    def _save_listing(self) -> None:
        if self._listing is None:
            return
        name, listing, purpose = self._listing
        folder = self._name.rpartition("/")[0]
        part = self._parts.free_name((folder + "/" if folder else "") + "worksheets/sheet{}.xml")
        palette = self._styles.palette
        self._parts.put_stream(part, sheet_xml(listing, Looks(self._styles), palette, self._book.main))
        ContentTypes(self._parts).add(part, _WORKSHEET)
        self._book.insert_first(name, self._links.add("worksheet", part, self._book.base))
        self._book.add_names(names_of(listing, name, purpose, len(palette)))

    def _save_styles(self) -> None:
        if self._styles_name is None:
            folder = self._name.rpartition("/")[0]
            wanted = (folder + "/" if folder else "") + "styles.xml"
            # Some readers look for this very name.
            self._styles_name = (
                self._parts.free_name(wanted.replace(".xml", "{}.xml")) if wanted in self._parts else wanted
            )
            self._links.add("styles", self._styles_name, self._book.base)
            ContentTypes(self._parts).add(self._styles_name, _STYLES)
        self._parts.put(self._styles_name, self._styles.text())


def _same(text: str, prefix: str) -> str:
    return text


def _resolved(notes: Mapping[tuple[int, int], str], columns: Mapping[int, int]) -> dict[tuple[int, int], str]:
    """Put the notes of rows to the cells that they turned out to stand at, below the cells' own."""
    found = {place: text for place, text in notes.items() if place[1] != FIRST_FILLED}
    for (row, column), text in notes.items():
        if column == FIRST_FILLED:
            place = (row, columns.get(row, 1))
            found[place] = f"{found[place]}\n\n{text}" if place in found else text
    return dict(sorted(found.items()))
