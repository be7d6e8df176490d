"""Counts findings by table and rule: as the report knows them, else by counting the findings that it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from circledata.findings.model import Level
from circledata.findings.report import Report

Tally = Mapping[tuple[str | None, str], int]


def tally(report: Report) -> Tally:
    """Return (table or None for the package, rule code) → exact count.

    Where the report does not say, its findings are counted. What the cap left out is then missing for a rule
    that several tables broke; for any other the report's own count is exact.
    """
    if report.table_counts:
        return {(entry.table, entry.code): entry.count for entry in report.table_counts}
    counted = Counter((finding.table, finding.rule) for finding in report.findings)
    tables = Counter(code for _, code in counted)
    exact = {rule.code: rule.count for rule in report.rules}
    return {(table, code): exact[code] if tables[code] == 1 else n for (table, code), n in counted.items()}


def levels_in_force(report: Report) -> Mapping[str, Level]:
    """Return the level of every rule that was broken, after the policy."""
    return {rule.code: rule.level for rule in report.rules}
