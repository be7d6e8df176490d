"""Runs every rule over the tables of many members, and counts what each member has of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from circledata.engine import keys, sql
from circledata.engine.compile import targets
from circledata.engine.found import Found
from circledata.engine.hours import unreadable_hours
from circledata.engine.outcome import Outcome, Pass, store_rows
from circledata.engine.row_pass import RowPass
from circledata.engine.run import EVERY, PACKAGE, can_run
from circledata.engine.session import Loaded
from circledata.feeds.aggregate.together.session import MEMBER, MEMBERS, TogetherSession
from circledata.standard.model import Rule

Counts = dict[int, Counter[tuple[str | None, str]]]
"""For each member how often each rule was broken in each table; the table is None for the package itself."""


def run_together(session: TogetherSession, rules: Sequence[Rule]) -> Counts:
    """Run `rules` as `engine.run_rules` does, after all is loaded and the members and derived views are named."""
    outcome = Outcome()
    session.define_absent([table for name, table in session.standard.tables.items() if name not in session.tables])
    counts: Counts = {}
    passes: dict[str, Pass] = {}
    rows = [rule for rule in rules if rule.form == "row" and can_run(rule, session, outcome)]
    for loaded in session.tables.values():
        work = RowPass(session, loaded, rows)
        for task in work.tasks():
            task()
        passes[loaded.table.name] = work.finish(outcome)
    _keys(session, passes, outcome, counts)
    unreadable_hours(session, passes, outcome)
    for rule in rules:
        if rule.form != "row" and can_run(rule, session, outcome):
            if rule.table == PACKAGE:
                _package_rule(session, rule, counts)
            else:
                _set_rule(session, rule, passes, outcome)
    for item in outcome.found:
        _count(session, item, counts)
    return counts


def _add(counts: Counts, member: int, table: str | None, code: str, count: int) -> None:
    counts.setdefault(member, Counter())[table, code] += count


def _count(session: TogetherSession, item: Found, counts: Counts) -> None:
    """Count the findings of one rule in one table by member; those about no row carry the member with them."""
    name = item.loaded.table.name
    for part in item.parts:
        kept = [str(column[0]) for column in session.execute(f"{part.rows} LIMIT 0").description or []]
        if MEMBER in kept:
            statement = f"SELECT {MEMBER}, count(*) FROM ({part.rows}) GROUP BY 1"
        else:
            own = sql.name(f"v_{name}")
            statement = f"SELECT t.{MEMBER}, count(*) FROM ({part.rows}) JOIN {own} t USING (_row) GROUP BY 1"
        for member, count in session.execute(statement).fetchall():
            _add(counts, member, name, item.rule.code, count)


def _keys(session: TogetherSession, passes: dict[str, Pass], outcome: Outcome, counts: Counts) -> None:
    """Check the keys of every table, as `engine.keys` does."""
    for loaded in session.tables.values():
        keys._primary_key(session, loaded, passes, outcome)
        for key in loaded.table.foreign_keys:
            if not all(column in loaded.by_name for column in key.fields):
                continue
            if key.table in session.tables:
                keys._foreign_key(session, loaded, key, passes, outcome, loose=False)
                continue
            filled = " AND ".join(f"{sql.name(column)} IS NOT NULL" for column in key.fields)
            code = session.standard.rule("target-table-missing").code
            found = session.execute(f"SELECT DISTINCT {MEMBER} FROM {sql.name(loaded.table.name)} WHERE {filled}")
            for (member,) in found.fetchall():
                _add(counts, member, loaded.table.name, code, 1)


def _package_rule(session: TogetherSession, rule: Rule, counts: Counts) -> None:
    statement = session.for_each_member(rule.query or f"SELECT 1 AS _row WHERE {rule.when}")
    found = session.execute(f"SELECT {MEMBER}, count(*) FROM ({statement}) GROUP BY 1").fetchall()
    for member, count in found:
        _add(counts, member, None, rule.code, count)


def _set_rule(session: TogetherSession, rule: Rule, passes: Mapping[str, Pass], outcome: Outcome) -> None:
    """Ask a rule over several rows of each member; not of a member that lacks a derived view which it reads."""
    for loaded in session.tables.values():
        if rule.table not in {EVERY, loaded.table.name}:
            continue
        for statement, columns in _statements(rule, loaded):
            wanted = [need.removeprefix("derived.") for need in rule.needs if need.startswith("derived.")]
            where = " AND ".join(f"{MEMBERS}.has_{name}" for name in wanted) or "true"
            with session.only(where):
                store_rows(session, loaded, rule, statement, columns, passes, outcome)


def _statements(rule: Rule, loaded: Loaded) -> list[tuple[str, tuple[str, ...]]]:
    name = sql.name(loaded.table.name)
    if rule.form == "query":
        statement = (rule.query or "").rstrip().rstrip(";")
        return [(f"SELECT * FROM ({statement}) WHERE ({rule.gate})" if rule.gate else statement, rule.columns)]
    found = []
    for column in targets(rule, loaded) if rule.each else rule.columns[:1]:
        params = [f"{value} AS {sql.name(key)}" for key, value in rule.params.items()]
        statement = f"SELECT {', '.join([f'{name}._row', *params])} FROM {name} {rule.join} WHERE {rule.when}"
        columns = (column, *(other for other in rule.columns if other not in {column, "{column}"}))
        found.append((statement.replace("{column}", sql.name(column)), columns))
    return found
