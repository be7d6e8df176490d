"""Runs every rule: one pass for all row rules of a table, one query for each rule over several rows or tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from circledata.engine import sql
from circledata.engine.compile import RowCheck, bit, counted, mask_items, row_checks, silencers, targets
from circledata.engine.found import Found, Part, merged, plain
from circledata.engine.hours import unreadable_hours
from circledata.engine.keys import key_findings
from circledata.engine.outcome import Outcome, Pass, store_rows
from circledata.engine.session import Loaded, Session
from circledata.engine.stage import Progress
from circledata.findings.model import Finding, Note
from circledata.standard.model import Rule

PACKAGE = "package"
"""Table of the rules about the descriptor."""
EVERY = "*"
"""Table of the rules about every table."""


PLAIN_ROWS = 200_000
"""Up to so many rows every check is simply evaluated on each: to plan a question first costs more than it saves."""


def run_rules(
    session: Session, rules: Sequence[Rule], *, loose: bool = False, progress: Progress | None = None
) -> Outcome:
    """Run `rules` over the loaded tables.

    `loose`: the tables are single files and no package, so that a table that a key points to need not be there;
    what could
    not be checked for that reason is noted.
    """
    outcome = Outcome()
    passes: dict[str, Pass] = {}
    absent = [table for name, table in session.standard.tables.items() if name not in session.tables]
    session.define_absent(absent)
    runnable = [rule for rule in rules if _runnable(rule, session, outcome)]
    _prepare(session, runnable)
    for number, loaded in enumerate(session.tables.values()):
        if progress:
            progress(loaded.table.name, number / len(session.tables))
        if loaded.rows:
            passes[loaded.table.name] = _row_pass(session, loaded, runnable, outcome)
    key_findings(session, passes, outcome, loose=loose)
    unreadable_hours(session, passes, outcome)
    for number, rule in enumerate(runnable):
        if rule.table == PACKAGE:
            outcome.findings.extend(_package_rule(session, rule))
        elif rule.form in {"join", "query"}:
            if progress:
                progress(rule.name, number / len(runnable))
            for loaded in session.tables.values():
                if rule.table in {EVERY, loaded.table.name} and loaded.rows:
                    _set_rule(session, loaded, rule, passes, outcome)
    outcome.found = merged(outcome.found)
    return outcome


def _runnable(rule: Rule, session: Session, outcome: Outcome) -> bool:
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


def _prepare(session: Session, rules: Sequence[Rule]) -> None:
    """Make ready what the rules read beside the tables: code lists and named functions."""
    for rule in rules:
        for need in (*rule.needs, *rule.optional):
            if need.startswith("codes."):
                session.define_codes(need.removeprefix("codes."))
    session.define_functions()


def _row_pass(session: Session, loaded: Loaded, rules: Sequence[Rule], outcome: Outcome) -> Pass:
    """Evaluate every row check of a table in one pass; keep the outcome of the rows in which anything is wrong."""
    every = row_checks(loaded, session.standard, rules)
    checks = [check for check in every if check.gate is None and not check.apart]
    apart = [check for check in every if check.apart]
    gated = [check for check in every if check.gate is not None]
    gates = list(dict.fromkeys(check.gate for check in gated if check.gate))
    conditions = [*(check.condition for check in checks), *gates]
    name = loaded.table.name
    source, dirty = sql.name(f"v_{name}"), sql.name(f"dirty_{name}")
    masks = mask_items(conditions)
    packed = f"SELECT {', '.join(['_row', *masks])} FROM {source} AS {sql.name(name)}"
    if loaded.rows > PLAIN_ROWS:
        # Asking first whether anything is wrong at all ends early in most rows; for few rows it only costs
        # planning time.
        packed += f" WHERE {sql.any_of(conditions)}"
    broken = sql.any_of([f"m{number} <> 0" for number in range(len(masks))])
    dirty_rows = session.value(f"CREATE TABLE {dirty} AS SELECT * FROM ({packed}) WHERE {broken}")
    result = Pass(checks if dirty_rows else (), dirty)
    parts: dict[str, list[tuple[Part, int]]] = {}
    if dirty_rows:
        silenced_by = silencers(checks)
        sums = [
            *(f"count(*) FILTER ({counted(place, silent)})" for place, silent in enumerate(silenced_by)),
            *(f"count(*) FILTER ({bit(len(checks) + place)})" for place in range(len(gates))),
        ]
        counts = session.execute(f"SELECT {', '.join(sums)} FROM {dirty}").fetchone() or ()
        for place, count in enumerate(counts[: len(checks)]):
            if count:
                rows = f"SELECT _row FROM {dirty} WHERE {counted(place, silenced_by[place])}"
                parts.setdefault(checks[place].rule.code, []).append((_part(checks[place], rows), count))
        opened = {gate for gate, count in zip(gates, counts[len(checks) :], strict=True) if count}
        for check in gated:
            if check.gate in opened:
                some = f"SELECT _row FROM {dirty} WHERE {bit(len(checks) + gates.index(check.gate))}"
                _ask(session, loaded, check, result, parts, some)
    for check in apart:
        _ask(session, loaded, check, result, parts)
    for code, found in parts.items():
        total = sum(count for _, count in found)
        outcome.found.append(Found(session.standard.rules[code], loaded, total, [part for part, _ in found]))
    return result


def _part(check: RowCheck, rows: str) -> Part:
    return Part(check.column, rows, dict(check.params))


def _ask(
    session: Session,
    loaded: Loaded,
    check: RowCheck,
    result: Pass,
    parts: dict[str, list[tuple[Part, int]]],
    some: str | None = None,
) -> None:
    """Ask one check in a query of its own, of the rows that `some` selects (all when None) and whose cells
    are in form.
    """
    name = loaded.table.name
    stored = session.new_name(f"{check.rule.code}_{name}")
    conditions = [f"({check.condition})"]
    if some:
        conditions.append(f"_row IN ({some})")
    if in_form := result.silence(check.columns):
        conditions.append(f"_row NOT IN (SELECT _row FROM {result.dirty} WHERE NOT ({in_form}))")
    count = session.value(
        f"CREATE TABLE {stored} AS SELECT _row FROM {sql.name('v_' + name)} AS {sql.name(name)} "
        f"WHERE {' AND '.join(conditions)}"
    )
    if count:
        parts.setdefault(check.rule.code, []).append((_part(check, f"SELECT _row FROM {stored}"), count))


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


def _set_rule(session: Session, loaded: Loaded, rule: Rule, passes: dict[str, Pass], outcome: Outcome) -> None:
    """Run a rule that reads several rows or tables; a joined one with `each` once for every column that it means."""
    name = sql.name(loaded.table.name)
    if rule.form == "query":
        if rule.gate and not session.value(f"SELECT {rule.gate}"):
            return
        statement = (rule.query or "").rstrip().rstrip(";")
        store_rows(session, loaded, rule, statement, rule.columns, passes, outcome)
        return
    for column in targets(rule, loaded) if rule.each else rule.columns[:1]:
        params = [f"{value} AS {sql.name(key)}" for key, value in rule.params.items()]
        statement = f"SELECT {', '.join([f'{name}._row', *params])} FROM {name} {rule.join} WHERE {rule.when}"
        columns = (column, *(other for other in rule.columns if other not in {column, "{column}"}))
        store_rows(session, loaded, rule, statement.replace("{column}", sql.name(column)), columns, passes, outcome)
