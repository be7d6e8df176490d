"""Whether `circledata repair` would put anything right: told by trying its own changes on what was found."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING

from circledata.findings.report import Report
from circledata.standard.model import Field

if TYPE_CHECKING:
    from circledata.sources.mending import CellMender

FILE_RULES = frozenset(
    {
        "encoding-not-utf8",
        "line-ends-irregular",
        "blank-line",
        "delimiter-not-comma",
        "header-is-title",
        "value-understood",
    }
)
"""Rules that a harmless change of the whole file, or of a cell as it was understood, puts right."""
LOOKED_AT = 2_000
"""Findings that are tried; what the first thousands do not show is not worth a hint."""


def mendable(report: Report) -> bool:
    """Tell whether any of the findings goes away by a harmless change; a report holds what `repair` can be run on."""
    if not report.complete or (report.kind == "files" and len(report.inputs) != 1):
        return False
    if any(rule.name in FILE_RULES for rule in report.rules):
        return True
    fields = {(name, item.name): item for name, table in report.standard.tables.items() for item in table.fields}
    menders: dict[tuple[str, str], CellMender] = {}
    return any(
        _goes_away(finding.value, fields, menders, (finding.table or "", finding.column or ""), report)
        for finding in islice(report.findings, LOOKED_AT)
        if report.standard.rules[finding.rule].family == "values"
    )


def _goes_away(
    value: str | None,
    fields: Mapping[tuple[str, str], Field],
    menders: dict[tuple[str, str], CellMender],
    key: tuple[str, str],
    report: Report,
) -> bool:
    if value is None or key not in fields:
        return False
    if key not in menders:
        from circledata.sources.mending import CellMender

        menders[key] = CellMender(fields[key], report.standard)
    return menders[key].mend(value) is not None
