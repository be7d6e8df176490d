"""Opening hours: each different text is parsed once, however many outlets share it."""

from __future__ import annotations

from circledata.engine import sql
from circledata.engine.outcome import Outcome, Pass, store_rows
from circledata.engine.session import Session
from circledata.values.opening_hours import readable

RULE = "opening-hours-unreadable"
COLUMN = "opening_hours"


def unreadable_hours(session: Session, passes: dict[str, Pass], outcome: Outcome) -> None:
    """Find opening hours that no program can read."""
    for loaded in session.tables.values():
        if COLUMN not in loaded.by_name or loaded.by_name[COLUMN].field is None or not loaded.rows:
            continue
        view = sql.name(f"v_{loaded.table.name}")
        column = sql.name(COLUMN)
        cursor = session.connection.execute(f"SELECT DISTINCT {column} FROM {view} WHERE {column} IS NOT NULL")
        bad: list[str] = []
        while batch := cursor.fetchmany(5_000):
            bad.extend(text for (text,) in batch if not readable(text))
        if not bad:
            continue
        unreadable = sql.name(f"unreadable_{loaded.table.name}")
        session.connection.execute(f"CREATE TABLE {unreadable} (text VARCHAR)")
        session.connection.executemany(f"INSERT INTO {unreadable} VALUES (?)", [[text] for text in bad])
        statement = f"SELECT _row FROM {view} WHERE {column} IN (SELECT text FROM {unreadable})"
        store_rows(session, loaded, session.standard.rule(RULE), statement, (COLUMN,), passes, outcome)
