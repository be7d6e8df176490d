"""Primary and foreign keys: one query each, compared on the text as it stands in the files."""

from __future__ import annotations

from circledata.engine import sql
from circledata.engine.outcome import Outcome, Pass, store_rows
from circledata.engine.session import Loaded, Session
from circledata.findings.model import Finding, Note
from circledata.standard.model import ForeignKey


def key_findings(session: Session, passes: dict[str, Pass], outcome: Outcome, *, loose: bool) -> None:
    """Check the keys of every loaded table."""
    for loaded in session.tables.values():
        if not loaded.rows:
            continue
        _primary_key(session, loaded, passes, outcome)
        for key in loaded.table.foreign_keys:
            if all(column in loaded.by_name for column in key.fields):
                _foreign_key(session, loaded, key, passes, outcome, loose=loose)


def _primary_key(session: Session, loaded: Loaded, passes: dict[str, Pass], outcome: Outcome) -> None:
    key = loaded.table.primary_key
    if not key or any(column not in loaded.by_name for column in key):
        return
    view = sql.name(f"v_{loaded.table.name}")
    columns = ", ".join(sql.name(column) for column in key)
    filled = " AND ".join(f"{sql.name(column)} IS NOT NULL" for column in key)
    same = " AND ".join(f"a.{sql.name(column)} = b.{sql.name(column)}" for column in key)
    statement = (
        f"WITH b AS (SELECT {columns}, min(_row) AS first_row FROM {view} "
        f"WHERE {filled} GROUP BY {columns} HAVING count(*) > 1) "
        f"SELECT a._row, b.first_row FROM {view} a JOIN b ON {same} WHERE a._row <> b.first_row"
    )
    store_rows(session, loaded, session.standard.rule("primary-key-duplicate"), statement, key, passes, outcome)


def _foreign_key(
    session: Session,
    loaded: Loaded,
    key: ForeignKey,
    passes: dict[str, Pass],
    outcome: Outcome,
    *,
    loose: bool,
) -> None:
    name = loaded.table.name
    filled = " AND ".join(f"a.{sql.name(column)} IS NOT NULL" for column in key.fields)
    target = session.tables.get(key.table)
    if target is None or any(column not in target.by_name for column in key.target_fields):
        count = session.value(f"SELECT count(*) FROM {sql.name(name)} a WHERE {filled}")
        if target is None and count:
            _target_missing(loaded, key, count, session, outcome, loose=loose)
        return
    same = " AND ".join(
        f"a.{sql.name(ours)} = b.{sql.name(theirs)}" for ours, theirs in zip(key.fields, key.target_fields, strict=True)
    )
    statement = (
        f"SELECT a._row, {sql.text(key.table)} AS target_table, {sql.text(', '.join(key.target_fields))} "
        f"AS target_column FROM {sql.name(name)} a "
        f"WHERE {filled} AND NOT EXISTS (SELECT 1 FROM {sql.name('all_' + key.table)} b WHERE {same})"
    )
    columns = (key.fields[-1], *key.fields[:-1])
    store_rows(session, loaded, session.standard.rule("foreign-key-missing"), statement, columns, passes, outcome)


def _target_missing(
    loaded: Loaded, key: ForeignKey, count: int, session: Session, outcome: Outcome, *, loose: bool
) -> None:
    rule = session.standard.rule("target-table-missing")
    column = loaded.by_name[key.fields[-1]]
    if loose:
        outcome.notes.append(
            Note(
                "not-checked",
                {"rule": "CD302", "table": loaded.table.name, "column": column.name, "target": key.table},
            )
        )
        return
    outcome.findings.append(
        Finding(
            rule=rule.code,
            level=rule.level,
            table=loaded.table.name,
            file=loaded.raw.file,
            sheet=loaded.raw.sheet,
            row=None,
            column=column.name,
            column_number=column.number if column.number > 0 else None,
            params={"target_table": key.table, "count": count},
        )
    )
