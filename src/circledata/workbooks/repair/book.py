"""Repairs a workbook: an XLSX inside its ZIP, everything else of it as it was; other kinds are written as XLSX."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from circledata.convert.output.atomic import writing
from circledata.findings import message
from circledata.sources.container import OLE
from circledata.sources.model import BROKEN_COLUMN, LINE_COLUMN, Package, RawTable
from circledata.sources.options import Options
from circledata.sources.package import open_package
from circledata.sources.sheet_xml import column_letters
from circledata.sources.workbook import Book, open_book, sheet_rows
from circledata.standard.model import Field, Language, Standard
from circledata.workbooks.repair.formulas import Readings, read_by_formulas
from circledata.workbooks.repair.heads import Heads
from circledata.workbooks.repair.model import Change, Left, Repair, refusal, unit_left, unit_unplaced

if TYPE_CHECKING:
    from circledata.workbooks.ooxml import BookEdit


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of a workbook that is to be written anew; row and column from 1."""

    sheet: str
    row: int
    column: int
    header: str
    item: Field | None
    old: str
    new: str
    key: str

    @property
    def is_number(self) -> bool:
        """Whether the new text is to be a number in its cell."""
        return self.item is not None and self.item.type in {"integer", "number"} and bool(self.new)

    def as_change(self, file: str) -> Change:
        """Return the entry of the list."""
        cell = f"{column_letters(self.column)}{self.row}"
        phone = self.item is not None and self.item.name == "phone"
        return Change(self.key, file, self.row, self.header, self.old, self.new, self.sheet, cell, phone)


def repair_workbook(source: Path, target: Path, options: Options, language: Language, *, overwrite: bool) -> Repair:
    """Write a repaired workbook; see `repair`."""
    with source.open("rb") as stream:
        old_form = stream.read(8) == OLE or not _is_ooxml(source)
    wanted = ".xlsm" if source.suffix.lower() == ".xlsm" and not old_form else ".xlsx"
    if target.suffix.lower() != wanted:
        raise refusal(
            f"{source} 修好以后写成 {wanted} 工作簿，不能写成 {target}。请写 {wanted} 的名字。",
            f"{source} is written as a {wanted} workbook when it is repaired, not as {target}. Name a {wanted} file.",
        )
    with tempfile.TemporaryDirectory(prefix="circledata-", ignore_cleanup_errors=True) as workdir:
        package = open_package([source], workdir=Path(workdir), options=options)
        _refuse_unreadable(package)
        if old_form:
            return _Rewritten(source, target, package, options, language).write(overwrite=overwrite)
        return _Patched(source, target, package, options, language).write(overwrite=overwrite)


def _is_ooxml(path: Path) -> bool:
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.NameToInfo or "[Content_Types].xml" in archive.NameToInfo
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _refuse_unreadable(package: Package) -> None:
    """Stop where the workbook could not be opened or holds no table. ConversionError."""
    if package.tables:
        return
    stops = [item for item in package.findings if item.level == "error"]
    if not stops:
        raise refusal(
            f"{package.label} 里没有能认出的表，没有写入。",
            f"{package.label} holds no table that can be recognised; nothing was written.",
        )
    zh, en = (message(stops[0], package.standard, language) for language in ("zh", "en"))
    raise refusal(f"没有写入。{zh}", f"Nothing was written. {en}")


class _Work:
    """What is to be changed in one workbook, and in what it is listed."""

    def __init__(self, source: Path, target: Path, package: Package, options: Options, language: Language) -> None:
        self.source = source
        self.target = target
        self.package = package
        self.language = language
        self.left = Left()
        self.limits = options.limits
        self.book: Book = open_book(source, source.name, options.limits)
        self.formulas: dict[str, set[tuple[int, int]]] = {}
        """The cells of each sheet that hold a formula."""

    @property
    def standard(self) -> Standard:
        """The standard that the workbook follows."""
        return self.package.standard

    def changes(self, fixed: dict[str, set[tuple[int, int]]], readings: Readings) -> list[CellChange]:
        """Return the changes in the order of the sheets.

        `fixed`: cells by sheet that are never changed. `readings`: columns that formulas read, which stay as they are.
        """
        found: list[CellChange] = []
        for raw in self.package.tables.values():
            found += self._of_table(raw, fixed.get(raw.sheet or "", set()), readings)
        return found

    def _of_table(self, raw: RawTable, fixed: set[tuple[int, int]], readings: Readings) -> list[CellChange]:
        sheet, places = raw.sheet or "", {column.number: column for column in raw.columns}
        table, found = self.standard.tables[raw.table], list(self._wanted(raw))
        heads = Heads(raw, sheet_rows(self.book, sheet), table, self.formulas.get(sheet, set()))
        changed = {change.column for change in found}
        read = {number for number in changed if readings.reads(sheet, number)}
        # A cell with a unit of its own is written in the standard's unit too, which its head must then name.
        converted = (changed & heads.units.keys()) - read
        doubtful = self._doubtful(raw, converted, found, fixed)
        renamed = heads.renamed(converted - doubtful)
        unplaced = converted - doubtful - renamed.keys()
        for number in sorted(read):
            self.left.add(*_read_by_formula(sheet, places[number].header))
        for number in sorted(doubtful):
            self.left.add(*unit_left(places[number].header))
        for number in sorted(unplaced):
            self.left.add(*unit_unplaced(places[number].header, heads.units[number]))
        doubtful |= unplaced
        found = [change for change in found if change.column not in read | doubtful]
        kept = [change for change in found if (change.row, change.column) not in fixed]
        if len(kept) < len(found):
            count = len(found) - len(kept)
            self.left.add(
                f"工作表“{sheet}”里有 {count} 个公式或合并的单元格写法不合标准，没有动它们。",
                f"On the sheet “{sheet}” {count} formulas or merged cells are not written as the standard has them; "
                "they were left.",
            )
        new_heads = [
            CellChange(sheet, *place, old, None, old, new, "header-title")
            for cells in renamed.values()
            for place, (old, new) in cells.items()
        ]
        return [*new_heads, *kept]

    def _wanted(self, raw: RawTable) -> Iterable[CellChange]:
        """Yield what the reader understood otherwise than it is written."""
        table, places = self.standard.tables[raw.table], {column.number: column for column in raw.columns}
        for row, number, old, new, key in _understood(raw):
            column = places[number]
            item = table.by_name.get(column.field or "")
            yield CellChange(raw.sheet or "", row, number, column.header, item, old, new, key)

    def _doubtful(
        self, raw: RawTable, converted: set[int], found: Sequence[CellChange], fixed: set[tuple[int, int]]
    ) -> set[int]:
        """Return the columns with another unit in their heads that cannot be converted as a whole."""
        # A formula in the column goes on reckoning in the old unit.
        left = {column for row, column in fixed if column in converted and row > raw.header_row}
        known = {(change.row, change.column) for change in found if change.column in converted - left}
        for line, cells in _records(raw) if converted - left else ():
            for column, text in zip(raw.columns, cells, strict=True):
                number = column.number
                if number in converted and text.strip() and text.strip("0.") and (line, number) not in known:
                    left.add(number)
        return left


def _read_by_formula(sheet: str, header: str) -> tuple[str, str]:
    return (
        f"工作表“{sheet}”的“{header}”这一列有公式在引用，改了会影响计算结果，没有动它。",
        f"Formulas read the column “{header}” of the sheet “{sheet}”; a change would alter their results, so it was "
        "left.",
    )


def _understood(raw: RawTable) -> Iterable[tuple[int, int, str, str, str]]:
    """Yield row, column, old and new text and change of the cells that the reader understood as something else."""
    if raw.cells is None:
        return
    with raw.cells.open(encoding="utf-8", newline="") as stream:
        for entry in csv.DictReader(stream):
            if entry["change"] and entry["change"] != "merged":
                yield int(entry["line"]), int(entry["number"]), entry["value"], entry["as"], entry["change"]


def _records(raw: RawTable) -> Iterable[tuple[int, list[str]]]:
    """Yield row and cells of the staged records."""
    with raw.path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        head = next(reader)
        assert head[:2] == [LINE_COLUMN, BROKEN_COLUMN]
        for row in reader:
            yield int(row[0]), row[2:]


class _Patched(_Work):
    """A workbook that is changed inside its ZIP."""

    def write(self, *, overwrite: bool) -> Repair:
        """Write the repaired workbook; one without anything to repair is copied as it is."""
        from circledata.workbooks.ooxml import CHANGES, FINDINGS, BookEdit
        from circledata.workbooks.repair.sheet_list import NAME, listing

        sheet: str | None = None
        with BookEdit(self.source) as edit, writing(self.target, overwrite=overwrite) as fresh:
            tables = self.package.tables.values()
            self.formulas = {raw.sheet or "": set(edit.formulas(raw.sheet or "")) for raw in tables}
            fixed = {raw.sheet or "": _fixed(edit, raw) for raw in tables}
            changes = self.changes(fixed, read_by_formulas(self.source, self.limits))
            if not changes:
                shutil.copyfile(self.source, fresh)
            else:
                edit.clear(FINDINGS, CHANGES)
                for change in changes:
                    if change.is_number:
                        edit.set_number(change.sheet, change.row, change.column, change.new)
                    else:
                        edit.set_text(change.sheet, change.row, change.column, change.new)
                lines = [change.as_change(self.source.name) for change in changes]
                name = NAME.in_language(self.language)
                sheet = edit.add_first_sheet(name, listing(lines, self.standard, self.language), CHANGES)
                with fresh.open("wb") as stream:
                    edit.save(stream)
        counts = Counter(change.key for change in changes)
        return Repair(self.source, self.target, "workbook", dict(counts), sheet=sheet, left=tuple(self.left.sentences))


def _fixed(edit: BookEdit, raw: RawTable) -> set[tuple[int, int]]:
    """Return the cells of a sheet that are never changed: formulas and merged ones."""
    cells = set(edit.formulas(raw.sheet or ""))
    columns = [column.number for column in raw.columns]
    for top, left, bottom, right in edit.merged(raw.sheet or ""):
        reach = [number for number in columns if left <= number <= right]
        # A range over a whole column would be a million rows long; none that matters is.
        cells.update((row, number) for row in range(top, min(bottom, top + 200_000) + 1) for number in reach)
    return cells


class _Rewritten(_Work):
    """A workbook of an older or other kind, whose values are written to a new XLSX."""

    def write(self, *, overwrite: bool) -> Repair:
        """Write the new workbook: all sheets with their values; formats, formulas and notes cannot come along."""
        from circledata.workbooks.repair.new_book import write_book
        from circledata.workbooks.repair.sheet_list import NAME

        changes = self.changes({}, Readings())
        self.left.add(
            f"{self.source.name} 不是 XLSX，内容写进了新的 XLSX 工作簿；公式变成了算出的值，格式和批注没有带过来。",
            f"{self.source.name} is no XLSX; its content was written to a new one. Formulas became their values, and "
            "formats and comments did not come along.",
        )
        name = NAME.in_language(self.language)
        with writing(self.target, overwrite=overwrite) as fresh:
            lines = [change.as_change(self.source.name) for change in changes]
            write_book(fresh, self.book, changes, lines, self.standard, self.language)
        counts = Counter(change.key for change in changes)
        return Repair(self.source, self.target, "workbook", dict(counts), sheet=name, left=tuple(self.left.sentences))
