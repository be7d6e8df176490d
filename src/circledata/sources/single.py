"""CSV files given by themselves, without a package: which table each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from circledata.findings.model import Note
from circledata.sources.errors import UsageError
from circledata.sources.faults import fault
from circledata.sources.model import RawTable
from circledata.sources.options import Options, Progress
from circledata.sources.resources import Contents
from circledata.sources.tabular import best_delimiter, open_csv, read_head
from circledata.standard.model import Standard, Table

_ENOUGH = 0.5
"""Share of a table's required fields that a header must have before the file is taken for that table."""


def table_named(name: str, standard: Standard) -> Table:
    """Return the table of an option; UsageError when the standard has none of that name."""
    table = standard.table_of(name)
    if table is None:
        raise UsageError("table-unknown", table=name, tables=", ".join(standard.tables))
    return table


def read_files(
    paths: Sequence[Path], standard: Standard, workdir: Path, options: Options, progress: Progress | None
) -> tuple[Contents, list[Note]]:
    """Open CSV files, each as the table that it seems to be. UsageError when a file by itself cannot be told."""
    contents, notes = Contents(), []
    if options.table is not None and len(paths) != 1:
        raise UsageError("table-needs-one-file")
    for path in paths:
        file = str(path)
        if not path.stat().st_size:
            contents.findings.append(fault("file-empty", table=options.table, file=file))
            contents.complete = False
            continue
        if options.table is not None:
            table, certain = table_named(options.table, standard), True
        else:
            guessed, certain = guess(path, standard, options)
            if guessed is None:
                _unclear(file, standard, contents, alone=len(paths) == 1)
                continue
            table = guessed
        if not certain:
            notes.append(Note("table-guessed", {"file": file, "table": table.name}))
        if table.name in contents.tables:
            first = contents.tables[table.name].file
            where: dict[str, Any] = {"table": table.name, "file": file, "name": table.name}
            contents.findings.append(fault("table-twice", **where, first=first, second=file))
            contents.complete = False
            continue
        _open(path, file, table, contents, workdir, options, progress)
    return contents, notes


def _unclear(file: str, standard: Standard, contents: Contents, *, alone: bool) -> None:
    if alone:
        raise UsageError("table-unclear", file=file, tables=", ".join(standard.tables))
    contents.findings.append(fault("table-unknown", file=file, value=file, name=file, suggestion=None))
    contents.complete = False


def _open(
    path: Path, file: str, table: Table, contents: Contents, workdir: Path, options: Options, progress: Progress | None
) -> None:
    opened = open_csv(
        path, file, table, workdir=workdir, limits=options.limits, declared=options.encoding, progress=progress
    )
    contents.findings += opened.findings
    raw: RawTable | None = opened.raw
    if raw is None:
        contents.complete = False
    else:
        contents.tables[table.name] = raw


def guess(path: Path, standard: Standard, options: Options) -> tuple[Table | None, bool]:
    """Guess which table a file is, and whether its name says so plainly; by its header otherwise."""
    named = standard.table_of(path.stem)
    if named is not None:
        return named, True
    head = read_head(path, options.encoding)
    best: tuple[float, Table | None] = (0.0, None)
    for table in standard.tables.values():
        delimiter, found = best_delimiter(head, table)
        if found is None:
            continue
        cells = [row for _, _, row in head.records(delimiter)][found.index]
        score = _score(cells, table) + (0.25 if table.name in path.stem.lower() or table.title.zh in path.stem else 0)
        if score > best[0]:
            best = (score, table)
    if best[1] is None:
        best = (_ENOUGH, next((table for table in standard.tables.values() if table.name in path.stem.lower()), None))
    return (best[1] if best[0] >= _ENOUGH else None), False


def _score(cells: Sequence[str], table: Table) -> float:
    """Weigh a header against a table: the share of its required fields, and how much of the header it explains."""
    from circledata.sources.header import names_of

    names = names_of(table)
    fields = {field for cell in cells if (field := names.field_of(cell))}
    required = [field.name for field in table.fields if field.required]
    share = sum(1 for name in required if name in fields) / max(1, len(required))
    return share + len(fields) / max(1, len(cells)) / 10 + (0.01 if set(table.primary_key) <= fields else 0)
