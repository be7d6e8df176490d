"""One side of a comparison: a package of whatever kind, its tables in the session as texts, its other files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from circledata.convert.export import import_package
from circledata.convert.export.csv_form import CsvForm, guess_form
from circledata.convert.model import ConversionError
from circledata.engine import Session, sql
from circledata.engine.previous import load_previous
from circledata.engine.session import Loaded
from circledata.engine.stage import load
from circledata.feeds.changes.model import ChangesError
from circledata.feeds.changes.rebuild import Rows, write_csv, write_each
from circledata.sources import Options, Package, open_package
from circledata.sources.container import Folder, is_ignored
from circledata.sources.descriptor import NAME
from circledata.sources.errors import UsageError
from circledata.sources.package import kind_of
from circledata.sources.release import released_package
from circledata.sources.scan import hashes

OLD, NEW = "was", "now"
"""Schemas that hold the cells of both sides as texts, under the tables' own names."""
ROW = "#row"
"""Column of the record number in those; no column of a file has such a name in the session."""
WHOLE = 64 << 20
"""A file of at most so many bytes that its records do not give back to the byte is carried whole."""


@dataclass(frozen=True)
class SideTable:
    """A table of one side. `header`: heads as the file has them; `columns`: the names of its columns, in that order.

    `way`: how the file comes back to the byte: by its `form`, or `whole` (carried as it is), or, larger than WHOLE, not
    at all (`records`). `records`: SHA-256 of the table in this tool's own form, the same for the same cells.
    """

    name: str
    path: str
    file: Path
    header: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int
    bytes: int
    sha256: str
    records: str
    form: CsvForm
    way: str
    loaded: Loaded

    def about(self, *, made: bool) -> dict[str, Any]:
        """Return what the head of a changes file says of the table; `made`: also how it is written (the new side)."""
        found: dict[str, Any] = {"path": self.path, "rows": self.rows, "records_sha256": self.records}
        if made:
            found |= {"columns": list(self.columns), "way": self.way, "bytes": self.bytes, "sha256": self.sha256}
            if self.header != self.columns:
                found["header"] = list(self.header)
            if self.form != CsvForm():
                found["form"] = self.form.as_json()
        return found


@dataclass(frozen=True)
class Side:
    """One package, its tables readable in the session as `<schema>.<table>`. `files`: all its other files."""

    package: Package
    root: Path
    tables: Mapping[str, SideTable]
    files: Mapping[str, Path] = field(default_factory=dict)

    @property
    def descriptor(self) -> dict[str, Any]:
        """What datapackage.json holds; empty where there is none."""
        return dict(self.package.descriptor or {})


def as_folder(path: Path, work: Path) -> Path:
    """Return a package as a folder with its CSV files: an archive, workbook or JSON file is unpacked below `work`.

    A published release may be given by its circledata.json or by its folder. UsageError or ChangesError when it is no
    package.
    """
    path = released_package(path)
    if path.is_dir():
        return path
    if path.name == NAME and path.is_file():
        return path.parent
    if path.suffix.lower() not in {".json", ".jsonl", ".ndjson"}:
        kind = kind_of(path)
        if kind == "csv":
            raise ChangesError(
                f"{path} 是单个 CSV 文件；比较要用整个数据包：文件夹、ZIP、工作簿或者已发布的 circledata.json。",
                f"{path} is a single CSV file; compare whole packages: a folder, ZIP, workbook or published "
                "circledata.json.",
            )
    elif not path.is_file():
        raise UsageError("path-missing", path=path)
    try:
        import_package(path, work)
    except ConversionError as error:
        raise ChangesError(error.text.zh, error.text.en) from error
    return work


def open_side(root: Path, label: Path, work: Path) -> Package:
    """Open the package in a folder. ChangesError when it has nothing that can be read."""
    package = open_package([root], workdir=work, options=Options(exact=True))
    if package.descriptor is None and not package.tables:
        raise ChangesError(
            f"{label} 不是数据包：没有 datapackage.json，也没有能读的表。用 circledata validate 看是什么原因。",
            f"{label} is no package: it has neither datapackage.json nor a table that can be read. "
            "circledata validate says why.",
        )
    return package


def load_side(session: Session, package: Package, root: Path, schema: str) -> Side:
    """Load the tables of a package into the session: typed as the rules read them, and as texts in `schema`."""
    if schema == OLD:
        loaded = load_previous(session, package, Options())
    else:
        loaded = {name: load(session, raw, Options().limits)[0] for name, raw in package.tables.items()}
        session.tables.update(loaded)
    session.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    home = "previous" if schema == OLD else "main"
    tables = {name: _table(session, item, root, schema, home) for name, item in loaded.items()}
    mine = {table.path for table in tables.values()}
    names = Folder(root, 10_000).names()
    files = {name: root / name for name in names if name not in mine and name != NAME and not is_ignored(name)}
    return Side(package, root, tables, files)


def _table(session: Session, loaded: Loaded, root: Path, schema: str, home: str) -> SideTable:
    raw, name = loaded.raw, loaded.table.name
    heads = {column.number: column.header for column in raw.columns}
    columns = tuple(column.name for column in loaded.columns)
    relation = f"{schema}.{sql.name(name)}"
    session.execute(f"CREATE VIEW {relation} AS {cells_sql(loaded, home)}")
    file = root / raw.file
    found = SideTable(
        name,
        raw.file,
        file,
        tuple(heads[column.number] for column in loaded.columns),
        columns,
        loaded.rows,
        file.stat().st_size,
        raw.sha256 or hashes(file, {"sha256"})["sha256"],
        "",
        guess_form(file),
        "form",
        loaded,
    )
    broken = raw.staged and session.value(f"SELECT count(*) FROM {home}.{sql.name('b_' + name)}")
    whole = not broken and len(columns) == len(raw.columns)
    return _told(Rows(session, relation, columns, loaded.rows), found, exact=whole and schema == NEW)


def cells_sql(loaded: Loaded, home: str, rows: str | None = None) -> str:
    """Return a query of the texts of a table's cells, empty ones NULL; `rows`: a query of the only rows wanted."""
    items = ", ".join(f"nullif({column.text}, '') AS {sql.name(column.name)}" for column in loaded.columns)
    view = f"{home}.{sql.name('v_' + loaded.table.name)}"
    # The rows are chosen first, so that no text is made of the others.
    source = view if rows is None else f"(SELECT * FROM {view} WHERE _row IN ({rows}))"
    return f"SELECT _row AS {sql.name(ROW)}, {items} FROM {source}"


def _told(rows: Rows, table: SideTable, *, exact: bool) -> SideTable:
    """Return a table with the hash of its records and, where that is wanted (`exact`), the way that its file comes
    back.
    """
    own, form = (table.columns, CsvForm()), (table.header, table.form)
    records, *rest = write_each(rows, [own, form] if exact and own != form else [own])
    table = replace(table, records=records.sha256)
    if exact:
        if (rest[0] if rest else records).sha256 == table.sha256:
            return table
        unmarked = replace(table.form, marks=False)
        if write_csv(rows, table.header, unmarked, None).sha256 == table.sha256:
            return replace(table, form=unmarked)
    return replace(table, form=CsvForm(), way="whole" if table.bytes <= WHOLE else "records")


def common_columns(old: SideTable | None, new: SideTable | None) -> Sequence[str]:
    """Return the columns that both sides of a table have, in the order of the new one."""
    if old is None or new is None:
        return (new or old).columns  # type: ignore[union-attr]
    return tuple(column for column in new.columns if column in old.columns)
