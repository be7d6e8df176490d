"""Opens whatever the user gives: a package in a folder, an archive or a workbook, or single CSV files."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from circledata.findings.model import Finding
from circledata.sources import descriptor as descriptors
from circledata.sources.archive import Archive
from circledata.sources.container import OLE, Container, Folder, Refused, table_files, unlisted
from circledata.sources.errors import UsageError, tool_error
from circledata.sources.faults import fault
from circledata.sources.feed import ENDINGS, open_feed, published_in
from circledata.sources.model import Meta, Package
from circledata.sources.options import Options, Progress
from circledata.sources.resources import Contents, ResourceReader
from circledata.sources.settings import settle, standard_for
from circledata.sources.single import read_files, table_named

_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods", ".et"}
_FOREIGN = {
    b"%PDF": "PDF",
    b"PAR1": "Parquet",
    b"SQLite": "SQLite",
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
}


def open_package(
    paths: Sequence[Path], *, workdir: Path, options: Options, progress: Progress | None = None
) -> Package:
    """Open a package folder, its datapackage.json, a ZIP, a workbook, one or more CSV files, or what is published.

    Faults of the data are in the package's `findings`; a UTF-8 CSV file with commas and its header on line 1 is not
    read beyond its head. Nothing is written outside `workdir`, fetched, or changed. UsageError when the paths or
    options make no sense, ToolError when the machine does not let a file be read.
    """
    current: Path | None = None
    try:
        kinds = []
        for path in paths:
            current = path
            kinds.append(kind_of(path))
        if not paths:
            raise UsageError("path-none")
        whole = [path for path, kind in zip(paths, kinds, strict=True) if kind != "csv"]
        if whole and len(paths) > 1:
            raise UsageError("path-mixed", path=whole[0])
        if whole and options.table is not None and kinds != ["feed"]:
            table_named(options.table, standard_for(Meta(), None)[0])
            raise UsageError("table-needs-one-file")
        return _open(paths, kinds[0], workdir, options, progress)
    except OSError as error:
        raise tool_error(error, error.filename or current) from error


def _open(paths: Sequence[Path], kind: str, workdir: Path, options: Options, progress: Progress | None) -> Package:
    path = paths[0]
    if kind == "csv":
        return _open_files(paths, workdir, options, progress)
    if kind == "workbook":
        from circledata.sources.book_package import open_workbook

        return open_workbook(path, workdir, options, progress)
    if kind == "archive":
        try:
            archive = Archive(path, path.name, workdir, options.limits)
        except Refused as refused:
            return _nothing(path, options, refused.finding)
        with archive:
            return _open_container(archive, str(path), workdir, options, progress, archive=archive)
    published = path if kind == "feed" else published_in(path)
    if published is not None:
        return open_feed(
            published, str(path), workdir, options, lambda zip: _open([zip], "archive", workdir, options, progress)
        )
    root = path.parent if path.name == descriptors.NAME else path
    folder = Folder(root, options.limits.max_archive_entries)
    return _open_container(folder, str(path), workdir, options, progress)


def kind_of(path: Path) -> str:
    """Tell what a path is by its content, not by its name: `directory`, `archive`, `workbook`, `csv`
    or `feed`, JSON that is published.

    UsageError when it is nothing that can be read.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError("path-missing", path=path) from None
    if stat.S_ISDIR(mode):
        return "directory"
    if not stat.S_ISREG(mode):
        raise UsageError("path-special", path=path)
    if path.name == descriptors.NAME:
        return "directory"
    with path.open("rb") as stream:
        magic = stream.read(8)
    if magic.startswith(b"PK"):
        return _kind_of_zip(path)
    if magic == OLE or path.suffix.lower() in _WORKBOOKS:
        return "workbook"
    foreign = next((name for start, name in _FOREIGN.items() if magic.startswith(start)), None)
    if foreign:
        raise UsageError("format-unsupported", path=path, format=foreign)
    if path.suffix.lower() in ENDINGS:
        return "feed"
    return "archive" if path.suffix.lower() == ".zip" else "csv"


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[:20_000])
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "workbook" if path.suffix.lower() in _WORKBOOKS else "archive"
    if "xl/workbook.xml" in names or ("content.xml" in names and "mimetype" in names):
        return "workbook"
    office = {"xl/workbook.bin": "XLSB", "word/document.xml": "DOCX", "ppt/presentation.xml": "PPTX"}
    for name, kind in office.items():
        if name in names:
            raise UsageError("format-unsupported", path=path, format=kind)
    return "workbook" if path.suffix.lower() in _WORKBOOKS else "archive"


def _nothing(path: Path, options: Options, finding: Finding) -> Package:
    """Return a package of which nothing could be read."""
    standard, _ = standard_for(Meta(), None)
    meta, _ = settle(Meta(), options, standard)
    return Package(str(path), "archive", standard, None, meta, {}, None, None, (finding,), (), complete=False)


def _open_files(paths: Sequence[Path], workdir: Path, options: Options, progress: Progress | None) -> Package:
    standard, _ = standard_for(Meta(), None)
    meta, notes = settle(Meta(), options, standard)
    contents, guessed = read_files(paths, standard, workdir, options, progress)
    return Package(
        label=", ".join(map(str, paths)),
        kind="files",
        standard=standard,
        descriptor=None,
        meta=meta,
        tables=contents.tables,
        boundaries=None,
        boundaries_file=None,
        findings=tuple(contents.findings),
        notes=(*guessed, *notes),
        complete=contents.complete,
    )


def _open_container(
    container: Container,
    label: str,
    workdir: Path,
    options: Options,
    progress: Progress | None,
    archive: Archive | None = None,
) -> Package:
    descriptor, findings = _descriptor(container, options)
    said = descriptors.meta_of(descriptor) if descriptor is not None else Meta()
    standard, unknown = standard_for(said, descriptors.NAME)
    meta, notes = settle(said, options, standard)
    reader = ResourceReader(container, standard, workdir, options, progress)
    later: Callable[[], Sequence[Finding]] = tuple
    if descriptor is not None:
        contents = reader.read(descriptor)
        later = partial(_schema_faults, descriptor, standard.root / "package.schema.json", contents)
    else:
        contents = reader.read_tables(table_files(container.names(), standard.tables))
        contents.complete = False
    findings = [*(archive.findings if archive else ()), *findings, *unknown, *contents.findings]
    if descriptor is not None:
        findings += unlisted(container.names(), contents.listed)
    if not contents.tables and contents.complete:
        findings.append(fault("no-table", file=descriptors.NAME))
    return Package(
        label=label,
        kind="archive" if archive else "directory",
        standard=standard,
        descriptor=descriptor,
        meta=meta,
        tables=contents.tables,
        boundaries=contents.boundaries,
        boundaries_file=contents.boundaries_file,
        findings=tuple(findings),
        notes=tuple(notes),
        complete=contents.complete,
        later=later,
    )


def _descriptor(container: Container, options: Options) -> tuple[dict[str, object] | None, list[Finding]]:
    try:
        path = container.fetch(descriptors.NAME)
    except Refused as refused:
        return None, [refused.finding]
    if path is None:
        return None, [fault("descriptor-missing", file=descriptors.NAME)]
    return descriptors.read_descriptor(path, options.limits)


def _schema_faults(descriptor: dict[str, object], schema: Path, contents: Contents) -> list[Finding]:
    """Check the descriptor; what is said already of an unsafe path is not said again."""
    said = {f"{finding.params['pointer']}/path" for finding in contents.findings if "pointer" in finding.params}
    found = descriptors.check_descriptor(descriptor, schema)
    return [finding for finding in found if finding.params["pointer"] not in said]
