"""CSV for Excel and WPS: UTF-8 with a byte order mark, CRLF, and no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import re
from typing import TextIO

from circledata.findings import location
from circledata.findings.model import Finding
from circledata.findings.report import Report
from circledata.findings.wording import column_name
from circledata.reports.layout import shorten, visible
from circledata.reports.notes import policy_text, rule_title
from circledata.reports.record import name_of, words
from circledata.reports.style import PLAIN, Style
from circledata.reports.words import LEVEL_MARKS, say, table_title
from circledata.standard.model import Language

COLUMNS = (
    *("level", "code", "title", "table", "file", "sheet", "location"),
    *("row", "column", "value", "message", "fix", "name"),
)
LONGEST = 1_000
"""Columns of a value; a cell of Excel holds 32,767 characters, and nobody reads that many."""

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def safe(text: str) -> str:
    """Return `text` so that a spreadsheet shows it and never computes it; plain numbers stay as they are."""
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def write(report: Report, language: Language, stream: TextIO, style: Style = PLAIN, /) -> None:
    """Write one line a finding, with the column titles in `language`, then one a rule that the policy changed."""
    stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([say(language, f"csv-{column}") for column in COLUMNS])
    for finding in report.findings:
        writer.writerow(map(safe, _cells(finding, report, language)))
    for entry in report.policy:
        cells = dict.fromkeys(COLUMNS, "")
        cells["level"] = say(language, "csv-policy")
        cells["code"], cells["title"] = entry.rule, rule_title(entry.rule, report, language)
        cells["message"] = policy_text(entry, report, language)
        writer.writerow(map(safe, cells.values()))


def _cells(finding: Finding, report: Report, language: Language) -> list[str]:
    rule = report.standard.rules[finding.rule]
    wrong, mend = words(finding, report, language)
    return [
        LEVEL_MARKS[finding.level].in_language(language),
        finding.rule,
        rule.title.in_language(language),
        table_title(finding.table or "", report, language),
        visible(finding.file or ""),
        visible(finding.sheet or ""),
        visible(location(finding, report.standard, language)),
        "" if finding.row is None else str(finding.row),
        visible(column_name(finding, report.standard, language)),
        shorten(finding.value or "", LONGEST),
        wrong,
        mend,
        name_of(finding.rule, report),
    ]
