"""The indicators of the whole and of every division, over the stored tables, as `circledata.indicators` has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from circledata.api import Examined
from circledata.engine import Session, sql
from circledata.engine.columns import SQL_TYPES, Column
from circledata.engine.session import Loaded
from circledata.feeds.aggregate.conflicts import Conflicts
from circledata.feeds.aggregate.merge import MEMORY_MIB, ORD, Merge
from circledata.findings.model import LEVELS
from circledata.findings.report import Report
from circledata.indicators.compute import compute
from circledata.indicators.model import Figures, Scope
from circledata.sources.model import Meta, Package, RawTable
from circledata.standard.model import Table
from circledata.version import __version__

SCOPES: tuple[Scope, ...] = ("package", "division")


def figures(merge: Merge, conflicts: Conflicts, said: Mapping[str, Any], counts: Mapping[str, int]) -> list[Figures]:
    """Compute all indicators for the whole and for each division. `said`: what the merged package says of itself."""
    own = said["circledata"]
    meta = Meta(
        version=own["version"],
        division_code=own.get("division_code"),
        as_of=date.fromisoformat(own["as_of"]) if own.get("as_of") else None,
        coordinate_system=own.get("coordinate_system"),
        profile=own["profile"],
        synthetic=own["synthetic"],
    )
    session = Session(merge.standard, meta)
    try:
        session.execute(f"SET memory_limit = '{MEMORY_MIB}MiB'")
        session.execute(f"SET threads = {merge.threads}")
        _load(session, merge, conflicts)
        examined = Examined(_report(merge, meta, said, counts), _package(merge, meta), session, [])
        return [compute(examined, scope) for scope in SCOPES]
    finally:
        session.close()


def _load(session: Session, merge: Merge, conflicts: Conflicts) -> None:
    """Make every table readable in the session, over the files as they lie; what is lost to another member is not."""
    aside = merge.work / "figures"
    aside.mkdir(exist_ok=True)
    session.define_functions()
    for name in merge.tables:
        table = merge.standard.tables[name]
        path = aside / f"{name}.parquet"
        typed = [
            f"{_typed(item.name, SQL_TYPES[item.type], item.type)} AS {sql.name(item.name)}" for item in table.fields
        ]
        merge.db.execute(
            f"COPY (SELECT (CAST({ORD} AS BIGINT) << 32) + _row AS _row, {', '.join(typed)} FROM {sql.name(name)} t) "
            f"TO {sql.text(str(path))} (FORMAT parquet)"
        )
        session.execute(f"CREATE VIEW main.{sql.name(name)} AS SELECT * FROM read_parquet({sql.text(str(path))})")
        session.tables[name] = _loaded(table, path)
    session.define_absent([table for name, table in session.standard.tables.items() if name not in session.tables])


def _typed(column: str, kind: str, name: str) -> str:
    cell = f"t.{sql.name(column)}"
    return cell if name == "string" else f"TRY_CAST({cell} AS {kind})"


def _loaded(table: Table, path: Path) -> Loaded:
    raw = RawTable(table.name, f"{table.name}.csv", None, path, (), 1, "utf-8", 0, None)
    columns = tuple(Column(item.name, item, place, "") for place, item in enumerate(table.fields, start=1))
    return Loaded(table, raw, columns, 0, "_row", {column.name: column for column in columns})


def _report(merge: Merge, meta: Meta, said: Mapping[str, Any], counts: Mapping[str, int]) -> Report:
    facts = {key: said["circledata"].get(key) for key in ("division_code", "as_of", "coordinate_system", "profile")}
    return Report(
        label=said["name"],
        circledata=__version__,
        standard=merge.standard,
        as_of=meta.as_of,
        complete=True,
        counts={level: counts.get(level, 0) for level in LEVELS},
        rules=[],
        tables=[],
        findings=[],
        package={"name": said["name"], "title": said["title"], **facts, "synthetic": meta.synthetic},
    )


def _package(merge: Merge, meta: Meta) -> Package:
    return Package("aggregate", "directory", merge.standard, None, meta, {}, None, None, (), (), complete=True)


def by_place(found: Sequence[Figures]) -> dict[str, dict[str, Any]]:
    """Return by division, and under "" for the whole, the values of the indicators that have no breakdown."""
    values: dict[str, dict[str, Any]] = {}
    for one in found:
        for figure in one.figures:
            if figure.item is None:
                values.setdefault(figure.place or "", {})[figure.indicator] = figure.value
    return values
