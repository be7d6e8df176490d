"""Looks through the rows of one table once, for every condition over single rows, and keeps what is wrong as bits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from circledata.engine import sql
from circledata.engine.compile import RowCheck, bit, counted, mask_items, row_checks, silencers
from circledata.engine.found import Found, Part
from circledata.engine.noticed import silenced
from circledata.engine.outcome import Outcome, Pass
from circledata.engine.session import Loaded, Session
from circledata.standard.model import Rule

PLAIN_ROWS = 200_000
"""Up to so many rows every check is simply evaluated on each: to plan a question first costs more than it saves."""
SHARED_OUT_ROWS = 20_000
"""From so many rows on, up to PLAIN_ROWS, the rows are shared out between threads here: to the database so few rows are
one piece of work, which it does not divide."""


class RowPass:
    """The pass over one table: `tasks` look through the rows and may run side by side, then `finish` sums up."""

    def __init__(self, session: Session, loaded: Loaded, rules: Sequence[Rule]) -> None:
        self.session = session
        self.loaded = loaded
        every = row_checks(loaded, session.standard, rules, silenced(loaded, session))
        self._checks = [check for check in every if check.gate is None and not check.apart]
        self._apart = [check for check in every if check.apart]
        self._gated = [check for check in every if check.gate is not None]
        gates = list(dict.fromkeys(check.gate for check in self._gated if check.gate))
        # A gate that narrows another one (`length(x) >= 15 and g(x)` beside `g(x)`) is asked with the check itself.
        self._wider = {gate: next((g for g in gates if gate.endswith(f" and {g}")), gate) for gate in gates}
        self._gates = list(dict.fromkeys(self._wider.values()))
        self._source = sql.name(f"v_{loaded.table.name}")
        self._dirty = sql.name(f"dirty_{loaded.table.name}")
        self._pieces: list[str] = []

    def tasks(self) -> list[Callable[[], None]]:
        """Return the work on the rows; each task looks through a range of them."""
        rows = self.loaded.rows
        shares = self.session.threads if SHARED_OUT_ROWS <= rows <= PLAIN_ROWS else 1
        bounds = [rows * share // shares for share in range(shares + 1)]
        ranges = [f"_row > {start} AND _row <= {end}" for start, end in pairwise(bounds)]
        self._pieces = [self.session.new_name(f"dirty_{self.loaded.table.name}") for _ in ranges]
        named = zip(self._pieces, ranges if shares > 1 else [""], strict=True)
        return [partial(self._look, piece, where) for piece, where in named]

    def _look(self, piece: str, where: str) -> None:
        conditions = [*(check.condition for check in self._checks), *self._gates]
        masks = mask_items(conditions)
        wheres = [f"({where})"] if where else []
        if self.loaded.rows > PLAIN_ROWS:
            # Asking first whether anything is wrong at all ends early in most rows; for few rows it only costs
            # planning time.
            wheres.append(f"({sql.any_of(conditions)})")
        packed = f"SELECT {', '.join(['_row', *masks])} FROM {self._source} AS {sql.name(self.loaded.table.name)}"
        if wheres:
            packed += f" WHERE {' AND '.join(wheres)}"
        broken = sql.any_of([f"m{number} <> 0" for number in range(len(masks))])
        statement = f"CREATE TABLE {piece} AS SELECT * FROM ({packed}) WHERE {broken}"
        self.session.execute(statement, optimise=self.loaded.rows > PLAIN_ROWS)

    def finish(self, outcome: Outcome) -> Pass:
        """Count what the tasks found into `outcome`, ask the gated checks, and return the bits of the dirty rows."""
        pieces = " UNION ALL ".join(f"SELECT * FROM {piece}" for piece in self._pieces)
        self.session.execute(f"CREATE VIEW {self._dirty} AS {pieces}")
        dirty_rows = self.session.value(f"SELECT count(*) FROM {self._dirty}")
        result = Pass(self._checks if dirty_rows else (), self._dirty)
        parts: dict[str, list[tuple[Part, int]]] = {}
        if dirty_rows:
            self._count(result, parts)
        for check in self._apart:
            self._ask(check, result, parts)
        for code, found in parts.items():
            total = sum(count for _, count in found)
            rule = self.session.standard.rules[code]
            outcome.found.append(Found(rule, self.loaded, total, [part for part, _ in found]))
        return result

    def _count(self, result: Pass, parts: dict[str, list[tuple[Part, int]]]) -> None:
        checks, first_gate = self._checks, len(self._checks)
        silenced_by = silencers(checks)
        sums = [
            *(f"count(*) FILTER ({counted(place, silent)})" for place, silent in enumerate(silenced_by)),
            *(f"count(*) FILTER ({bit(first_gate + place)})" for place in range(len(self._gates))),
        ]
        counts = self.session.execute(f"SELECT {', '.join(sums)} FROM {self._dirty}").fetchone() or ()
        for place, count in enumerate(counts[:first_gate]):
            if count and not checks[place].told:
                rows = f"SELECT _row FROM {self._dirty} WHERE {counted(place, silenced_by[place])}"
                parts.setdefault(checks[place].rule.code, []).append((_part(checks[place], rows), count))
        opened = {gate for gate, count in zip(self._gates, counts[first_gate:], strict=True) if count}
        for check in self._gated:
            gate = self._wider[check.gate or ""]
            if gate in opened:
                place = first_gate + self._gates.index(gate)
                self._ask(check, result, parts, f"SELECT _row FROM {self._dirty} WHERE {bit(place)}")

    def _ask(
        self, check: RowCheck, result: Pass, parts: dict[str, list[tuple[Part, int]]], some: str | None = None
    ) -> None:
        """Ask one check in a query of its own, of the rows that `some` selects (all when None) and whose cells are in
        form.
        """
        name = self.loaded.table.name
        stored = self.session.new_name(f"{check.rule.code}_{name}")
        conditions = [f"({check.gate})"] if check.gate and check.gate != self._wider[check.gate] else []
        conditions.append(f"({check.condition})")
        if some:
            conditions.append(f"_row IN ({some})")
        if in_form := result.silence(check.columns):
            conditions.append(f"_row NOT IN (SELECT _row FROM {result.dirty} WHERE NOT ({in_form}))")
        count = self.session.value(
            f"CREATE TABLE {stored} AS SELECT _row FROM {self._source} AS {sql.name(name)} "
            f"WHERE {' AND '.join(conditions)}"
        )
        if count:
            parts.setdefault(check.rule.code, []).append((_part(check, f"SELECT _row FROM {stored}"), count))


def _part(check: RowCheck, rows: str) -> Part:
    return Part(check.column, rows, dict(check.params))
