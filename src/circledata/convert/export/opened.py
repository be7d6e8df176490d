"""A package opened for export: its tables loaded as the engine reads them, and the folder where its files lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from circledata.convert.export.result import Notes
from circledata.convert.model import ConversionError
from circledata.engine import Session, sql
from circledata.engine.columns import Column
from circledata.engine.session import Loaded
from circledata.engine.stage import load
from circledata.sources import Options, Package, open_package
from circledata.sources.container import Folder, is_ignored
from circledata.standard.model import Table, Text

BATCH = 10_000
"""Rows that are in Python's memory at a time."""


@dataclass(frozen=True)
class SourceTable:
    """One table of the package; `header`: the heads of its columns as the file has them."""

    session: Session
    loaded: Loaded
    broken: int
    """Records whose cells cannot be told apart."""

    @property
    def table(self) -> Table:
        """The table of the standard that it is."""
        return self.loaded.table

    @property
    def columns(self) -> Sequence[Column]:
        """Its columns in the order of the file; their names are different from each other."""
        return self.loaded.columns

    @property
    def header(self) -> list[str]:
        """The heads of its columns as the file has them."""
        by_number = {column.number: column.header for column in self.loaded.raw.columns}
        return [by_number[column.number] for column in self.columns]

    @property
    def view(self) -> str:
        """Name of the view that holds the typed cells and their texts, in the order of the file."""
        return sql.name(f"v_{self.table.name}")

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the text of the cells of each record, empty ones as ``""``."""
        yield from self.select([f"coalesce({column.text}, '')" for column in self.columns])

    def select(self, items: Sequence[str], *, extra: str = "") -> Iterator[tuple[str, ...]]:
        """Yield the rows of a query over the view, a batch at a time."""
        # A cursor of its own: another table may be read meanwhile.
        cursor = self.session.connection.cursor()
        try:
            cursor.execute(f"SELECT {', '.join(items)} FROM {self.view} {extra}")
            while batch := cursor.fetchmany(BATCH):
                yield from batch
        finally:
            cursor.close()


@dataclass
class Source:
    """A package opened for export."""

    package: Package
    session: Session
    root: Path
    tables: Mapping[str, SourceTable]
    notes: Notes = field(default_factory=Notes)

    @property
    def rows(self) -> dict[str, int]:
        """Records of each table that can be exported."""
        return {name: table.loaded.rows for name, table in self.tables.items()}

    @property
    def files(self) -> list[str]:
        """Paths of the package's files that are no table, in order; hidden ones are left out."""
        tables = {table.loaded.raw.file for table in self.tables.values()}
        return [name for name in Folder(self.root, 10_000).names() if name not in tables and not is_ignored(name)]


@contextmanager
def opened(root: Path, label: str, *, empty: bool = False) -> Iterator[Source]:
    """Open the package in the directory `root`, which the user knows as `label`.

    Faults of the data do not matter as long as the tables can be read; ConversionError when none can, unless `empty`.
    """
    import tempfile

    with tempfile.TemporaryDirectory(prefix="circledata-", ignore_cleanup_errors=True) as work:
        options = Options(exact=True)
        package = open_package([root], workdir=Path(work), options=options)
        if not package.tables and not empty:
            raise ConversionError(
                Text(
                    f"{label} 里没有能读的表，没有写入。用 circledata validate 看是什么原因。",
                    f"{label} holds no table that can be read; nothing was written. circledata validate says why.",
                )
            )
        size = sum(raw.bytes for raw in package.tables.values())
        with Session(package.standard, package.meta, input_bytes=size) as session:
            tables, faults = {}, len(package.findings) + len(package.later())
            for name, raw in package.tables.items():
                loaded, found = load(session, raw, options.limits)
                session.tables[name] = loaded
                broken = f"SELECT count(*) FROM {sql.name('b_' + name)}"
                tables[name] = SourceTable(session, loaded, session.value(broken) if loaded.raw.staged else 0)
                faults += len(found)
            source = Source(package, session, root, tables)
            _note(source, faults)
            yield source


def _note(source: Source, faults: int) -> None:
    if faults:
        source.notes.add(
            f"数据包有 {faults} 处写法上的问题，照样写出；用 circledata validate 查看。",
            f"The package has {faults} faults of form; it was exported all the same. circledata validate shows them.",
        )
    if not source.package.complete:
        source.notes.add(
            "数据包有一部分读不了，写出的内容里没有这部分。",
            "A part of the package cannot be read; it is not in what was written.",
        )
    for name, table in source.tables.items():
        if table.broken:
            source.notes.add(
                f"{name} 有 {table.broken} 行分不清各列，不在写出的内容里。",
                f"{table.broken} rows of {name} cannot be told apart into columns; they are not in what was written.",
            )
