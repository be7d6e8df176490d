"""What the rules found so far, and how the rows that a query names become findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from circledata.engine import sql
from circledata.engine.compile import RowCheck, none_of
from circledata.engine.found import Found, Part
from circledata.engine.session import Loaded, Session
from circledata.findings.model import Finding, Note
from circledata.standard.model import Rule


@dataclass
class Outcome:
    """What the rules found: `found` with exact counts, `findings` about whole tables, `notes` on what was
    not checked.
    """

    found: list[Found] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class Pass:
    """The outcome of the one pass over a table: its checks, and the table that holds their bits for each dirty row."""

    checks: Sequence[RowCheck]
    dirty: str

    def silence(self, columns: Iterable[str]) -> str:
        """Return the condition on masks that no cell check on any of `columns` is set; empty when there is none."""
        wanted = set(columns)
        return none_of(
            frozenset(place for place, check in enumerate(self.checks) if check.cell and check.columns[0] in wanted)
        )


def store_rows(
    session: Session,
    loaded: Loaded,
    rule: Rule,
    statement: str,
    columns: Sequence[str],
    passes: Mapping[str, Pass],
    outcome: Outcome,
) -> None:
    """Run a SELECT of `_row` and params and keep its rows as findings of `rule`, less those on cells
    already faulted.
    """
    stored = session.new_name(f"{rule.code}_{loaded.table.name}")
    silent = ""
    if (done := passes.get(loaded.table.name)) and (in_form := done.silence(columns)):
        silent = f" WHERE _row IS NULL OR _row NOT IN (SELECT _row FROM {done.dirty} WHERE NOT ({in_form}))"
    count = session.value(f"CREATE TABLE {stored} AS SELECT * FROM ({statement}){silent}")
    if not count:
        return
    described = session.execute(f"SELECT * FROM {stored} LIMIT 0").description or []
    names = [str(item[0]) for item in described if item[0] != "_row"]
    params = {item: _param(item, loaded) for item in names}
    part = Part(columns[0] if columns else None, f"SELECT * FROM {stored}", params, joined=False)
    outcome.found.append(Found(rule, loaded, count, [part]))


def _param(name: str, loaded: Loaded) -> str:
    """SQL of one param. A query names other records of the table by number, as `…_row`; people want the row
    in their file.
    """
    column = sql.name(name)
    if not name.endswith("_row"):
        return column
    view = sql.name(f"v_{loaded.table.name}")
    return f"(SELECT other._line FROM {view} AS other WHERE other._row = {column})"
