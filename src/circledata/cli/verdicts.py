"""Compares two verdicts place by place: what both see, and what only one of them sees."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from circledata.cli.theirs import Verdict
    from circledata.findings.report import Report

Cell = tuple[str, int | None, str | None]
"""File, line and column; never what stands there."""


@dataclass
class Alone:
    """What one side sees alone: how often, by kind, and the first cells."""

    most: int
    counts: Counter[str] = field(default_factory=Counter)
    cells: dict[str, list[Cell]] = field(default_factory=dict)

    def add(self, kind: str, cell: Cell) -> None:
        """Count one place."""
        self.counts[kind] += 1
        cells = self.cells.setdefault(kind, [])
        if len(cells) < self.most:
            cells.append(cell)


@dataclass
class Comparison:
    """Errors by table on both sides, the places that both name, and what each sees alone."""

    ours: Counter[str]
    theirs: Counter[str]
    both: Counter[str]
    only_ours: Alone
    only_theirs: Alone


def compare(report: Report, verdict: Verdict, most: int) -> Comparison:
    """Compare our errors with frictionless's; `most` cells are kept of every kind that one side sees alone.

    Two errors are of the same place when they name the same row of a table and not two different columns.
    """
    result = Comparison(Counter(), Counter(), Counter(), Alone(most), Alone(most))
    named: dict[tuple[str, int | None], list[int]] = {}
    for number, place in enumerate(verdict.places):
        result.theirs[place.table] += 1
        named.setdefault((place.table, place.row), []).append(number)
    matched: set[int] = set()
    for finding in report.findings:
        if finding.level != "error":
            continue
        table = finding.table or ""
        result.ours[table] += 1
        same = [
            number
            for number in named.get((table, finding.row), ())
            if not finding.column
            or not verdict.places[number].columns
            or finding.column in verdict.places[number].columns
        ]
        if same:
            matched.update(same)
            result.both[table] += 1
        else:
            result.only_ours.add(finding.rule, (finding.file or "", finding.row, finding.column))
    for number, place in enumerate(verdict.places):
        if number not in matched:
            column = ", ".join(place.columns) or None
            result.only_theirs.add(place.kind, (place.file, place.row, column))
    return result
