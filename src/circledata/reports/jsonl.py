"""JSON Lines: the first line is the report without its findings (`type` report), then one line a finding."""

from __future__ import annotations

import json
from typing import TextIO

from circledata.findings.report import Report
from circledata.reports.record import finding_record, head_record
from circledata.reports.style import PLAIN, Style
from circledata.standard.model import Language


def write(report: Report, language: Language, stream: TextIO, style: Style = PLAIN, /) -> None:
    """Write `report` as JSON Lines."""
    head = {"type": "report", **head_record(report, language)}
    stream.write(json.dumps(head, ensure_ascii=False, default=str) + "\n")
    for finding in report.findings:
        record = {"type": "finding", **finding_record(finding, report, language)}
        stream.write(json.dumps(record, ensure_ascii=False, default=str) + "\n")
