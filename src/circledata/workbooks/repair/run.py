"""Repairs what cannot change meaning: looks what the input is, refuses what must not be, writes a new file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from os import PathLike
from pathlib import Path

from circledata.convert.model import ConversionError
from circledata.convert.output.atomic import writing
from circledata.findings import message
from circledata.findings.model import Finding
from circledata.sources.errors import UsageError, tool_error
from circledata.sources.model import Limits, Meta
from circledata.sources.options import Options
from circledata.sources.package import kind_of
from circledata.sources.settings import standard_for
from circledata.sources.single import guess, table_named
from circledata.standard.model import Language, Standard, Text
from circledata.workbooks.repair.csv_file import rewrite
from circledata.workbooks.repair.csv_open import NotRepairable, open_source
from circledata.workbooks.repair.listing import CsvLog, list_path
from circledata.workbooks.repair.model import Left, Repair, refusal
from circledata.workbooks.repair.package import PackageRepair

_WORKBOOKS = {".xlsx", ".xlsm"}
_BOM = "\ufeff"


def repair(
    path: str | PathLike[str],
    out: str | PathLike[str],
    *,
    table: str | None = None,
    encoding: str | None = None,
    language: Language = "zh",
    overwrite: bool = False,
    limits: Limits | None = None,
) -> Repair:
    """Write `path` anew to `out` with every change that cannot alter its meaning, and list each of them.

    `path`: a CSV file, a workbook (XLSX, XLSM; XLS, ODS and ET are written as XLSX), a package folder or a ZIP of it;
    `out` becomes the same kind of thing and is never `path` itself. `table`: the table that a CSV file is, by its
    machine name; guessed when None. `encoding`: of CSV files, when known. `language`: of the list. `overwrite`: replace
    `out` and its list when they exist.

    The changes are those of `spec/1.0/mending.yaml`; whatever has more than one reading stays as it is. Formulas,
    formats, other sheets and files stay. Repairing what was repaired changes nothing. `out` is complete or not there.
    Returns a Repair. Raises ConversionError when nothing can be written (FILE2 is FILE or exists, a protected or
    damaged file, no table in it), UsageError when `path` or `table` make no sense, ToolError when the machine fails.
    """
    source, target = Path(path), Path(out)
    options = Options(table=table, encoding=encoding, limits=limits or Limits())
    try:
        kind = kind_of(source)
        if kind == "feed":
            # What is published is not mended: its package is, and is published again.
            raise UsageError("format-unsupported", path=source, format="JSON")
        check_places(source, target, folder=kind == "directory")
        if kind != "csv" and table is not None:
            raise UsageError("table-needs-one-file")
        if kind == "csv":
            return _repair_csv(source, target, options, language, overwrite=overwrite)
        if kind == "workbook":
            from circledata.workbooks.repair.book import repair_workbook

            return repair_workbook(source, target, options, language, overwrite=overwrite)
        return _repair_package(source, target, kind, options, language, overwrite=overwrite)
    except OSError as error:
        raise tool_error(error, error.filename or source) from error


def check_places(source: Path, target: Path, *, folder: bool) -> None:
    """Refuse an output that is the input, lies in it or around it. ConversionError."""
    place = Path(os.path.realpath(source.parent if source.name == "datapackage.json" else source))
    goal = Path(os.path.realpath(target))
    if goal in {place, Path(os.path.realpath(source))} or (target.exists() and target.samefile(source)):
        raise refusal(
            f"{target} 就是要修的文件，原来的文件从不改动，没有写入。请用 --out 写一个新的名字。",
            f"{target} is the file to be repaired, which is never changed; nothing was written. "
            "Name a new file with --out.",
        )
    if folder and (goal.is_relative_to(place) or place.is_relative_to(goal)):
        raise refusal(
            f"{target} 和 {source} 一个在另一个里面，没有写入。请写到另一个文件夹。",
            f"One of {target} and {source} lies inside the other; nothing was written. Name another folder.",
        )


def worded(finding: Finding, standard: Standard) -> ConversionError:
    """Make the error that a finding stops the repair."""
    zh, en = (message(finding, standard, language) for language in ("zh", "en"))
    return ConversionError(Text(f"没有写入。{zh}", f"Nothing was written. {en}"))


@contextmanager
def listed(target: Path, standard: Standard, language: Language, *, overwrite: bool) -> Iterator[tuple[CsvLog, Path]]:
    """Give a log that is written beside `target` and appears when all went well."""
    where = list_path(target, language)
    with writing(where, overwrite=overwrite) as fresh, fresh.open("w", encoding="utf-8", newline="") as stream:
        stream.write(_BOM)
        yield CsvLog(stream, standard, language), where


def _repair_csv(source: Path, target: Path, options: Options, language: Language, *, overwrite: bool) -> Repair:
    standard, _ = standard_for(Meta(), None)
    if target.suffix.lower() in {".xlsx", ".xlsm", ".xls", ".ods", ".et", ".zip"}:
        raise refusal(
            f"{source} 是 CSV 文件，修好以后还是 CSV，不能写成 {target}。请写 .csv 的名字。",
            f"{source} is a CSV file and stays one; it cannot be written as {target}. Name a .csv file.",
        )
    named = table_named(options.table, standard) if options.table else None
    if not source.stat().st_size:
        raise refusal(f"{source} 是空的，没有可修的。", f"{source} is empty; there is nothing to repair.")
    found = named or guess(source, standard, options)[0]
    if found is None:
        raise UsageError("table-unclear", file=source, tables=", ".join(standard.tables))
    left = Left()
    try:
        opened = open_source(source, source.name, found, options.encoding, options.limits)
        if opened is None:
            raise refusal(f"{source} 是空的，没有可修的。", f"{source} is empty; there is nothing to repair.")
        with ExitStack() as stack:
            log, where = stack.enter_context(listed(target, standard, language, overwrite=overwrite))
            fresh = stack.enter_context(writing(target, overwrite=overwrite))
            rewrite(opened, standard, fresh, log, left, options.limits)
    except NotRepairable as stopped:
        raise worded(stopped.finding, standard) from None
    return Repair(source, target, "csv", dict(log.counts), list=where, left=tuple(left.sentences), table=found.name)


def _repair_package(
    source: Path, target: Path, kind: str, options: Options, language: Language, *, overwrite: bool
) -> Repair:
    zipped = kind == "archive"
    if zipped != (target.suffix.lower() == ".zip"):
        zh, en = ("ZIP 压缩包", "ZIP") if zipped else ("文件夹", "folder")
        raise refusal(
            f"{source} 修好以后还是{zh}，不能写成 {target}。请换一个名字。",
            f"{source} stays a {en} when it is repaired and cannot be written as {target}. Choose another name.",
        )
    with tempfile.TemporaryDirectory(prefix="circledata-", ignore_cleanup_errors=True) as workdir:
        package = PackageRepair(source, Path(workdir), options)
        if not package.tables and package.fault is not None:
            raise worded(package.fault, package.standard)
        with ExitStack() as stack:
            log, where = stack.enter_context(listed(target, package.standard, language, overwrite=overwrite))
            fresh = stack.enter_context(writing(target, overwrite=overwrite, directory=kind == "directory"))
            package.write(fresh, log)
    return Repair(source, target, "package", dict(log.counts), list=where, left=tuple(package.left.sentences))
