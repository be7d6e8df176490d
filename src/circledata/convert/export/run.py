"""Exports a package to the form that a name asks for, and imports a package from a form that it came in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from circledata.convert.export.opened import Source, opened
from circledata.convert.export.result import UNSTABLE_FORMS, ExportResult, Notes, form_of
from circledata.convert.model import ConversionError
from circledata.convert.output.atomic import check_free, writing
from circledata.convert.output.write import check_target
from circledata.sources.descriptor import NAME
from circledata.standard.model import Language, Text

IMPORTS = {".xlsx": "xlsx", ".xlsm": "xlsx", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".zip": "zip"}
"""Endings of files that a package can be read back from."""


def export_package(
    package: Path,
    to: Path,
    *,
    form: str | None = None,
    overwrite: bool = False,
    lang: Language = "zh",
    table: str | None = None,
) -> ExportResult:
    """Write a package to `to` in another form, and return what was written.

    `package`: a package's directory, its datapackage.json, a ZIP or workbook of it, or a JSON file made here. `form`:
    one of FORMS; without it the ending of `to` tells. `lang`: of titles in workbooks. `table`: which table goes into a
    `.parquet` file; without it the one that the file is named after, else outlets, else the first that has
    coordinates. A package with faults is exported too, with a note.

    ConversionError when there is nothing to read, the form is unknown or cannot hold the package, or `to` is taken;
    nothing is written then. OSError from the machine; nothing is left behind then.
    """
    chosen = form_of(to, form)
    check_free(to, overwrite=overwrite, directory=chosen == "parquet")
    with package_directory(package) as root, opened(root, str(package)) as source:
        with writing(to, overwrite=overwrite, directory=chosen == "parquet") as path:
            rows = _write(chosen, source, path, lang, table, to)
        notes = tuple(source.notes.found)
    return ExportResult(to, chosen, rows, notes, chosen not in UNSTABLE_FORMS, lang)


def _write(form: str, source: Source, path: Path, lang: Language, table: str | None, to: Path) -> dict[str, int]:
    """Write one form; returns the records of each table that is in it."""
    if form == "xlsx":
        from circledata.convert.export.workbook import write_workbook

        write_workbook(source, path, lang)
    elif form == "json":
        from circledata.convert.export.json_files import write_json

        write_json(source, path)
    elif form == "jsonl":
        from circledata.convert.export.json_files import write_jsonl

        write_jsonl(source, path)
    elif form == "geojson":
        from circledata.convert.export.geojson import write_geojson

        return write_geojson(source, path)
    elif form == "geoparquet":
        from circledata.convert.export.parquet import write_one

        return write_one(source, path, table, to.stem)
    elif form == "parquet":
        from circledata.convert.export.parquet import write_all

        write_all(source, path)
    elif form == "sqlite":
        from circledata.convert.export.sqlite import write_sqlite

        write_sqlite(source, path)
    elif form == "duckdb":
        from circledata.convert.export.duckdb_file import write_duckdb

        write_duckdb(source, path)
    else:
        from circledata.convert.export.zip_file import write_zip

        write_zip(source, path)
    return source.rows


@contextmanager
def package_directory(package: Path) -> Iterator[Path]:
    """Give the directory of a package; one that comes in a single file is unpacked for the time."""
    if package.is_dir():
        yield package
        return
    if package.name == NAME:
        yield package.parent
        return
    with tempfile.TemporaryDirectory(prefix="circledata-", ignore_cleanup_errors=True) as work:
        folder = Path(work) / "package"
        folder.mkdir()
        _read(package, folder, Notes())
        yield folder


def import_package(path: Path, to: Path, *, overwrite: bool = False, lang: Language = "zh") -> ExportResult:
    """Read a package back from XLSX, JSON, JSON lines or ZIP into the directory `to`, and return what was written.

    What was exported here comes back to the byte, descriptor, boundaries and other files too, as long as nothing was
    changed; the sizes and hashes of tables that were changed are reckoned anew. Any workbook filled in after the
    standard can be read. ConversionError when the file cannot be read or `to` is taken; nothing is written then.
    OSError from the machine; nothing is left behind then.
    """
    notes = Notes()
    with writing(to, overwrite=overwrite, directory=True) as folder:
        rows = _read(path, folder, notes) or _counted(folder)
        names = {item.relative_to(folder).as_posix() for item in folder.rglob("*") if item.is_file()}
        check_target(to, names, overwrite=overwrite)
    return ExportResult(to, "package", rows, tuple(notes.found), True, lang)


def _counted(folder: Path) -> dict[str, int]:
    """Count the records of a package that was only unpacked; one with faults is told by its tables that can be read."""
    found = next((item for item in sorted(folder.rglob(NAME))), None)
    if found is None:
        return {}
    with opened(found.parent, found.parent.name, empty=True) as source:
        return source.rows


def _read(path: Path, folder: Path, notes: Notes) -> dict[str, int]:
    form = IMPORTS.get(path.suffix.lower())
    if not path.is_file():
        raise ConversionError(Text(f"找不到文件 {path}。", f"There is no file {path}."))
    if form == "xlsx":
        from circledata.convert.export.read_book import read_book

        return read_book(path, folder, notes)
    if form == "json":
        from circledata.convert.export.read_json import read_json

        return read_json(path, folder, notes)
    if form == "jsonl":
        from circledata.convert.export.read_json import read_jsonl

        return read_jsonl(path, folder, notes)
    if form == "zip":
        from circledata.convert.export.zip_file import read_zip

        return read_zip(path, folder, notes)
    raise ConversionError(
        Text(
            f"不能从 {path.name} 读回数据包。可以读回的是 XLSX、JSON（.json、.jsonl）和 ZIP。",
            f"A package cannot be read back from {path.name}, only from XLSX, JSON (.json, .jsonl) and ZIP.",
        )
    )
