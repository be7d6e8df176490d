"""A package in a workbook: its sheet 基本信息 in place of datapackage.json, and one sheet a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from circledata.findings.model import Finding, Note
from circledata.sources.book_extra import boundaries_of, read_extra
from circledata.sources.container import Refused
from circledata.sources.descriptor import meta_of
from circledata.sources.faults import fault
from circledata.sources.geojson import check_geojson
from circledata.sources.header import key
from circledata.sources.model import Meta, Package, RawTable
from circledata.sources.options import Options, Progress
from circledata.sources.package_sheet import PackageSheet, check_package_sheet, layout, read_package_sheet
from circledata.sources.scan import hashes
from circledata.sources.settings import settle, standard_for
from circledata.sources.workbook import Book, SheetReader, is_ignored, open_book, sheet_rows, table_of_sheet
from circledata.standard.model import Standard


@dataclass
class _Gathered:
    tables: dict[str, RawTable] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    complete: bool = True
    boundaries: Path | None = None
    boundaries_file: str | None = None


def open_workbook(path: Path, workdir: Path, options: Options, progress: Progress | None = None) -> Package:
    """Open a workbook as a package. Its cells' positions are those of the sheets. OSError when it cannot be read."""
    newest, _ = standard_for(Meta(), None)
    gathered, label = _Gathered(), str(path)
    standard, said, descriptor = newest, Meta(), None
    try:
        book = open_book(path, label, options.limits)
        sheet = _package_sheet(book, newest)
        if sheet is None:
            gathered.findings.append(fault("package-sheet-missing", file=label))
        else:
            descriptor, said = sheet.descriptor, meta_of(sheet.descriptor)
            standard, unknown = standard_for(said, label)
            said_of_it = check_package_sheet(sheet, layout(standard.root), standard, label)
            gathered.findings += [*said_of_it, *unknown]
        _read_tables(book, standard, workdir, options, gathered, progress)
        _read_boundaries(book, workdir, options, gathered)
    except Refused as refused:
        gathered.findings.append(refused.finding)
        gathered.complete = False
    if not gathered.tables and gathered.complete:
        gathered.findings.append(fault("no-table", file=label))
    meta, notes = settle(said, options, standard)
    return Package(
        label=label,
        kind="workbook",
        standard=standard,
        descriptor=descriptor,
        meta=meta,
        tables=gathered.tables,
        boundaries=gathered.boundaries,
        boundaries_file=gathered.boundaries_file,
        findings=tuple(gathered.findings),
        notes=(*gathered.notes, *notes),
        complete=gathered.complete,
    )


def _read_boundaries(book: Book, workdir: Path, options: Options, gathered: _Gathered) -> None:
    """Take circles.geojson out of the sheet that carries what a workbook has no cells for."""
    found = boundaries_of(book)
    if found is None:
        return
    name, data = found
    path = workdir / "boundaries.geojson"
    path.write_bytes(data)
    usable, findings = check_geojson(path, name, options.limits)
    gathered.findings += findings
    gathered.boundaries_file = name
    if usable:
        gathered.boundaries = path
    else:
        gathered.complete = False


def _package_sheet(book: Book, standard: Standard) -> PackageSheet | None:
    how = layout(standard.root)
    for name, _ in book.sheets():
        if is_package_sheet(name, standard):
            sheet = sheet_rows(book, name)
            rows = [row for row, _ in zip(sheet.rows, range(500), strict=False)]
            return read_package_sheet(name, rows, 1, sheet.first_column, how, standard, base1904=book.base1904)
    return None


def is_package_sheet(name: str, standard: Standard) -> bool:
    """Tell whether a sheet of that name says what the package is."""
    from circledata.sources.workbook import spellings

    return any(spelling in layout(standard.root).sheets for spelling in map(key, spellings(name)))


def _read_tables(
    book: Book, standard: Standard, workdir: Path, options: Options, gathered: _Gathered, progress: Progress | None
) -> None:
    sha256 = hashes(book.path, {"sha256"})["sha256"]
    exact = options.exact and read_extra(book) is not None
    sheets = [(name, visible) for name, visible in book.sheets() if not is_package_sheet(name, standard)]
    for place, (name, visible) in enumerate(sheets):
        if progress:
            progress("read", place / len(sheets))
        table = table_of_sheet(name, standard)
        if table is None:
            if visible and not is_ignored(name, standard) and sheet_rows(book, name).filled:
                where: dict[str, Any] = {"file": book.file, "sheet": name, "value": name}
                gathered.findings.append(fault("table-unknown", **where, name=name, suggestion=None))
            continue
        rows = sheet_rows(book, name)
        reader = SheetReader(book, rows, table, options.limits, sha256, standard, visible, exact)
        raw = reader.read(workdir)
        if raw is not None and table.name in gathered.tables:
            first = gathered.tables[table.name].sheet
            gathered.findings.append(
                fault(
                    "table-twice",
                    table=table.name,
                    file=book.file,
                    sheet=name,
                    name=table.name,
                    first=first,
                    second=name,
                )
            )
            gathered.complete = False
            continue
        gathered.findings += reader.findings
        gathered.notes += reader.notes
        if raw is not None:
            gathered.tables[table.name] = raw
        elif reader.findings:
            gathered.complete = False
