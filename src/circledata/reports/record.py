"""What the machine-readable formats say of a report and of each finding, as plain values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from circledata.findings import fix, message
from circledata.findings.model import LEVELS, Finding, Scalar
from circledata.findings.report import Report
from circledata.reports.layout import shorten
from circledata.reports.notes import note_text
from circledata.standard.model import Language

LONGEST = 200
"""Columns of a cell's text inside a sentence. The whole text stands in `value`."""


def tame(finding: Finding, columns: int = LONGEST) -> Finding:
    """Return `finding` with every text fit to stand inside a sentence: cut, and nothing invisible in it."""
    params = {
        key: shorten(value, max(columns, LONGEST)) if isinstance(value, str) else value
        for key, value in finding.params.items()
    }
    value = None if finding.value is None else shorten(finding.value, columns)
    if value == finding.value and params == finding.params:
        return finding
    return replace(finding, value=value, params=params)


def words(finding: Finding, report: Report, language: Language) -> tuple[str, str]:
    """Return what is wrong and how to mend it, each in one line."""
    short = tame(finding)
    return message(short, report.standard, language).strip(), fix(short, report.standard, language).strip()


def name_of(code: str, report: Report) -> str:
    """Return the name of the rule with that code."""
    return report.standard.rules[code].name


def _plain(value: Scalar) -> Scalar:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def plain(params: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """Return parameters in the order of their names, with nothing that JSON cannot hold."""
    return {key: _plain(params[key]) for key in sorted(params)}


def finding_record(finding: Finding, report: Report, language: Language) -> dict[str, Any]:
    """Return one finding as the JSON report writes it."""
    wrong, mend = words(finding, report, language)
    return {
        "code": finding.rule,
        "name": name_of(finding.rule, report),
        "level": finding.level,
        "table": finding.table,
        "file": finding.file,
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "value": finding.value,
        "params": plain(finding.params),
        "message": wrong,
        "fix": mend,
    }


def head_record(report: Report, language: Language) -> dict[str, Any]:
    """Return everything of the JSON report but its findings."""
    return {
        "spec": report.standard.version,
        "circledata": report.circledata,
        "label": report.label,
        "digest": report.standard.digest,
        "valid": report.valid,
        "complete": report.complete,
        "as_of": report.as_of.isoformat() if report.as_of else None,
        "counts": {level: report.counts[level] for level in LEVELS},
        "rules": [
            {"code": rule.code, "name": rule.name, "level": rule.level, "count": rule.count} for rule in report.rules
        ],
        "tables": [
            {
                "name": table.name,
                "file": table.file,
                "sheet": table.sheet,
                "rows": table.rows,
                "encoding": table.encoding,
                "sha256": table.sha256,
            }
            for table in report.tables
        ],
        "package": None if report.package is None else dict(report.package),
        "notes": [
            {"code": note.code, "params": plain(note.params), "message": note_text(note, report, language)}
            for note in report.notes
        ],
        "policy": [
            {
                "rule": entry.rule,
                "level": entry.level or "off",
                "reason": entry.reason,
                "until": entry.until.isoformat(),
            }
            for entry in report.policy
        ],
    }
