"""Which records of a table have findings, how many, and how grave: one relation in the session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from circledata.engine import sql
from circledata.engine.found import Found
from circledata.engine.session import Session
from circledata.findings.model import LEVELS, Finding, Level

LevelOf = Callable[[str], Level | None]
"""Gives the level of a rule that is in force; None when a policy has switched it off."""


@dataclass(frozen=True)
class Faults:
    """All findings of a report: those of the reader, which name physical rows, and those of the rules."""

    session: Session
    listed: Sequence[Finding]
    found: Sequence[Found]
    level: LevelOf

    def of(self, table: str) -> str:
        """Make the relation (_row, grade, findings) of one table and return its name; the gravest grade is 0."""
        selects = []
        for item in self.found:
            level = self.level(item.rule.code)
            if level is not None and item.loaded.table.name == table:
                grade = LEVELS.index(level)
                selects += [f"SELECT _row, {grade} AS grade FROM {rows}" for rows in item.rows(None)]
        lines = self._lines(table)
        if lines:
            view = sql.name(f"v_{table}")
            selects.append(f"SELECT v._row, l.grade FROM {lines} l JOIN {view} v ON v._line = l.line")
        everything = " UNION ALL ".join(selects) or "SELECT CAST(NULL AS BIGINT) AS _row, 0 AS grade WHERE false"
        name = self.session.new_name(f"faults_{table}")
        self.session.execute(
            f"CREATE TEMP VIEW {name} AS SELECT _row, min(grade) AS grade, count(*) AS findings "
            f"FROM ({everything}) WHERE _row IS NOT NULL GROUP BY _row"
        )
        return name

    def _lines(self, table: str) -> str | None:
        """Store the physical rows that the reader's findings name; None when there are none."""
        import numpy as np

        rows = [
            (finding.row, LEVELS.index(level))
            for finding in self.listed
            if finding.table == table and finding.row is not None and (level := self.level(finding.rule)) is not None
        ]
        if not rows:
            return None
        name = self.session.new_name(f"lines_{table}")
        self.session.execute(f"CREATE TEMP TABLE {name} (line BIGINT, grade INTEGER)")
        values = np.asarray(rows, dtype=np.int64)
        self.session.insert_numpy(name, "line, grade", {"line": values[:, 0], "grade": values[:, 1]})
        return name

    def rows_of(self, table: str, column: str, family: str) -> str:
        """Return a SELECT of the rows on whose `column` a rule of `family` found something."""
        selects = [
            f"SELECT _row FROM ({part.rows})"
            for item in self.found
            if item.loaded.table.name == table and item.rule.family == family
            for part in item.parts
            if part.column == column
        ]
        return " UNION ".join(selects) or "SELECT CAST(NULL AS BIGINT) AS _row WHERE false"
