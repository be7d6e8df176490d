"""Runs every rule: one pass for all row rules of a table, one query for each rule over several rows or tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import partial

from circledata.engine import sql
from circledata.engine.compile import targets
from circledata.engine.found import merged, plain
from circledata.engine.hours import unreadable_hours
from circledata.engine.keys import key_findings
from circledata.engine.noticed import noticed
from circledata.engine.outcome import Outcome, Pass, store_rows
from circledata.engine.parallel import side_by_side
from circledata.engine.row_pass import PLAIN_ROWS, RowPass
from circledata.engine.session import Loaded, Session
from circledata.engine.stage import Progress
from circledata.findings.model import Finding, Note
from circledata.standard.model import Rule

PACKAGE = "package"
"""Table of the rules about the descriptor."""
EVERY = "*"
"""Table of the rules about every table."""


def run_rules(
    session: Session,
    rules: Sequence[Rule],
    *,
    beside: Callable[[], None] | None = None,
    loose: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Run `rules` over the loaded tables, after `prepare`.

    `beside`: makes the derived views, which only rules over several rows read; it is called while the single rows are
    looked through. `loose`: the tables are single files and no package, so that a table that a key points to need not
    be there; what could not be checked for that reason is noted.
    """
    outcome = Outcome()
    absent = [table for name, table in session.standard.tables.items() if name not in session.tables]
    session.define_absent(absent)
    passes = _all_passes(session, rules, outcome, beside, progress)
    key_findings(session, passes, outcome, loose=loose)
    unreadable_hours(session, passes, outcome)
    runnable = [rule for rule in rules if rule.form != "row" and can_run(rule, session, outcome)]
    for rule in runnable:
        if rule.table == PACKAGE:
            outcome.findings.extend(_package_rule(session, rule))
    _set_rules(session, [rule for rule in runnable if rule.table != PACKAGE], passes, outcome, progress)
    outcome.found = [*merged(outcome.found), *noticed(session)]
    return outcome


def _all_passes(
    session: Session,
    rules: Sequence[Rule],
    outcome: Outcome,
    beside: Callable[[], None] | None,
    progress: Progress | None,
) -> dict[str, Pass]:
    """Look through the rows of every table, the largest first so that all threads are done at much the same time."""
    passes: dict[str, Pass] = {}
    runnable = [rule for rule in rules if rule.form == "row" and can_run(rule, session, outcome)]
    planned = [RowPass(session, loaded, runnable) for loaded in session.tables.values() if loaded.rows]
    tasks = [task for item in sorted(planned, key=lambda item: -item.loaded.rows) for task in item.tasks()]
    if progress:
        progress(", ".join(item.loaded.table.name for item in planned), 0.0)
    side_by_side(session, [*tasks, beside] if beside else tasks)
    for item in planned:
        passes[item.loaded.table.name] = item.finish(outcome)
    return passes


def _set_rules(
    session: Session,
    rules: Sequence[Rule],
    passes: dict[str, Pass],
    outcome: Outcome,
    progress: Progress | None,
) -> None:
    """Run the rules over several rows or tables, several at once only where the tables are small."""
    found = [
        (rule, loaded)
        for rule in rules
        for loaded in session.tables.values()
        if rule.table in {EVERY, loaded.table.name} and loaded.rows
    ]
    if sum(loaded.rows for loaded in session.tables.values()) <= PLAIN_ROWS:
        parts = side_by_side(session, [partial(_set_rule, session, loaded, rule, passes) for rule, loaded in found])
        outcome.found.extend(item for part in parts for item in part.found)
        return
    for number, (rule, loaded) in enumerate(found):
        if progress:
            progress(rule.name, number / len(found))
        outcome.found.extend(_set_rule(session, loaded, rule, passes).found)


def can_run(rule: Rule, session: Session, outcome: Outcome) -> bool:
    """Whether everything that a rule reads is there. What is missing from a package makes it silent; a
    setting is noted.
    """
    if rule.form == "check":
        return False
    previous = {need for need in rule.needs if need.startswith("previous.")}
    if previous and not previous <= session.previous:
        return False
    if any(need.startswith("derived.") and need not in session.derived for need in rule.needs):
        return False
    core = {need for need in rule.needs if "." not in need}
    if not core <= session.tables.keys():
        return False
    if rule.table not in {EVERY, PACKAGE} and rule.table not in session.tables:
        return False
    statement = " ".join((rule.when or "", rule.join or "", rule.query or "", *rule.params.values()))
    if _reads_missing_column(statement, session, {*core, rule.table}):
        return False
    for setting in sorted(sql.parameters_in(statement) & session.unknown):
        outcome.notes.append(Note("not-checked", {"rule": rule.code, "setting": setting}))
        return False
    return True


def _reads_missing_column(statement: str, session: Session, tables: set[str]) -> bool:
    """Whether a rule reads a required column that a file lacks: that is reported once, for the file (CD147)."""
    missing = {
        item.name
        for name in tables & session.tables.keys()
        for item in session.tables[name].table.fields
        if item.required and item.name not in session.tables[name].by_name
    }
    return any(re.search(rf"\b{re.escape(column)}\b", statement) for column in missing)


def prepare(session: Session, rules: Sequence[Rule], tables: Collection[str]) -> None:
    """Make ready what the rules on `tables` read beside them: code lists and named functions.

    It needs no table to be loaded yet, so it can be done beside the load.
    """
    for rule in rules:
        if rule.table in {EVERY, PACKAGE} or rule.table in tables:
            for need in (*rule.needs, *rule.optional):
                if need.startswith("codes."):
                    session.define_codes(need.removeprefix("codes."))
    session.define_functions()


def _package_rule(session: Session, rule: Rule) -> list[Finding]:
    """Run a rule about what the package says of itself; its query selects nothing but params."""
    cursor = session.execute(rule.query or f"SELECT 1 AS _row WHERE {rule.when}")
    names = [str(item[0]) for item in cursor.description or []]
    return [
        Finding(
            rule=rule.code,
            level=rule.level,
            file=session.descriptor_file,
            column=rule.columns[0] if rule.columns else None,
            params={key: plain(value) for key, value in zip(names, row, strict=True) if key != "_row"},
        )
        for row in cursor.fetchall()
    ]


def _set_rule(session: Session, loaded: Loaded, rule: Rule, passes: dict[str, Pass]) -> Outcome:
    """Run a rule that reads several rows or tables; a joined one with `each` once for every column that it means."""
    outcome = Outcome()
    name = sql.name(loaded.table.name)
    if rule.form == "query":
        if rule.gate and not session.value(f"SELECT {rule.gate}"):
            return outcome
        statement = (rule.query or "").rstrip().rstrip(";")
        store_rows(session, loaded, rule, statement, rule.columns, passes, outcome)
        return outcome
    for column in targets(rule, loaded) if rule.each else rule.columns[:1]:
        params = [f"{value} AS {sql.name(key)}" for key, value in rule.params.items()]
        statement = f"SELECT {', '.join([f'{name}._row', *params])} FROM {name} {rule.join} WHERE {rule.when}"
        columns = (column, *(other for other in rule.columns if other not in {column, "{column}"}))
        store_rows(session, loaded, rule, statement.replace("{column}", sql.name(column)), columns, passes, outcome)
    return outcome
