"""Writes the rows of a query as a CSV file, to the byte as the package has it, fast where the database can do it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from circledata.convert.export.csv_form import BOM, CsvForm, chunks
from circledata.convert.output.safe_csv import RowWriter
from circledata.engine import Session, sql
from circledata.values.formula_marks import NUMBER, PATTERN, SIGNS

BATCH = 10_000
_PIECE = 1 << 20
_SIGNS = tuple("'" + SIGNS)
"""First characters of cells that may have to be marked."""
FEW = 5_000
"""Rows up to which Python has written them before the database has made its plan."""


@dataclass(frozen=True)
class Rows:
    """Rows of cells: `relation` names a table or view of `count` rows; `columns` hold texts, empty ones NULL or ''."""

    session: Session
    relation: str
    columns: Sequence[str]
    count: int

    def all(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows in their order, empty cells as ''."""
        items = ", ".join(f"coalesce({sql.name(column)}, '')" for column in self.columns)
        cursor = self.session.connection.cursor()
        try:
            cursor.execute(f"SELECT {items} FROM {self.relation}")
            while batch := cursor.fetchmany(BATCH):
                yield from batch
        finally:
            cursor.close()


@dataclass(frozen=True)
class Written:
    """Size in bytes and SHA-256 of a file."""

    bytes: int
    sha256: str


class _Sink:
    def __init__(self, stream: BinaryIO | None) -> None:
        self._stream, self._digest, self._size = stream, hashlib.sha256(), 0

    def add(self, data: bytes) -> None:
        self._digest.update(data)
        self._size += len(data)
        if self._stream:
            self._stream.write(data)

    @property
    def written(self) -> Written:
        return Written(self._size, self._digest.hexdigest())


def write_csv(rows: Rows, header: Sequence[str], form: CsvForm, stream: BinaryIO | None) -> Written:
    """Write rows in the form given, or without a stream only reckon what would be written."""
    return write_each(rows, [(header, form)], stream)[0]


def write_each(
    rows: Rows, wanted: Sequence[tuple[Sequence[str], CsvForm]], stream: BinaryIO | None = None
) -> list[Written]:
    """Reckon what the rows are in each of several forms, each with its header; the first goes to `stream`."""
    sinks = [_Sink(stream if place == 0 else None) for place in range(len(wanted))]
    fast = [(header, form, sink) for (header, form), sink in zip(wanted, sinks, strict=True) if _plain(form)]
    marked = _looked_at(rows) if fast and rows.count > FEW and len(rows.columns) > 1 else None
    done: set[int] = set()
    for marks in (True, False) if marked is not None else ():
        # Where no cell is to be marked, both ways are one.
        chosen = [item for item in fast if id(item[2]) not in done and (item[1].marks == marks or not marked)]
        if chosen:
            _fast(rows, marked if marks and marked else set(), chosen)
            done |= {id(sink) for _, _, sink in chosen}
    for (header, form), sink in zip(wanted, sinks, strict=True):
        if id(sink) not in done:
            for chunk in chunks(header, rows.all(), form):
                sink.add(chunk)
    return [sink.written for sink in sinks]


def _plain(form: CsvForm) -> bool:
    return form.newline == "\n" and not form.quoted and form.final


def _looked_at(rows: Rows) -> set[str] | None:
    """Return the columns in which a cell may have to be marked; None when the database would not write the same bytes.

    The database quotes a cell that begins with #, and Python's writer does not.
    """
    signs = ", ".join(str(ord(sign)) for sign in _SIGNS)
    first = [f"ascii({sql.name(column)})" for column in rows.columns]
    hashed = sql.any_of([f"{item} = {ord('#')}" for item in first])
    items = ", ".join(f"bool_or({item} IN ({signs}))" for item in first)
    found = rows.session.execute(f"SELECT bool_or({hashed}), {items} FROM {rows.relation}").fetchone()
    assert found is not None
    return None if found[0] else {column for column, some in zip(rows.columns, found[1:], strict=True) if some}


def _fast(rows: Rows, marked: set[str], wanted: Sequence[tuple[Sequence[str], CsvForm, _Sink]]) -> None:
    """Let the database write the rows once; beneath the heads they are the same bytes as `chunks` gives."""
    items = ", ".join(_cell(column, marked=column in marked) for column in rows.columns)
    path = Path(rows.session.workdir.name) / f"{rows.session.new_name('rows')[1:-1]}.csv"
    try:
        rows.session.execute(
            f"COPY (SELECT {items} FROM {rows.relation}) TO {sql.text(str(path))} "
            "(FORMAT csv, HEADER false, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR '')"
        )
        for header, form, sink in wanted:
            lines: list[str] = []
            RowWriter(lines.append).row(header)
            sink.add((BOM if form.bom else b"") + "".join(lines).encode())
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                for _, _, sink in wanted:
                    sink.add(piece)
    finally:
        path.unlink(missing_ok=True)


def _cell(column: str, *, marked: bool) -> str:
    text = f"nullif({sql.name(column)}, '')"
    if not marked:
        return text
    pattern, number = sql.text(PATTERN), sql.text(NUMBER)
    condition = f"regexp_matches({text}, {pattern}) AND NOT regexp_matches({text}, {number})"
    return f"CASE WHEN {condition} THEN '''' || {text} ELSE {text} END"
