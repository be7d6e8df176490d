"""JSON: the whole report as one document, written finding by finding; `spec/1.0/report.schema.json` describes it."""

from __future__ import annotations

import json
from typing import TextIO

from circledata.findings.report import Report
from circledata.reports.record import finding_record, head_record
from circledata.reports.style import PLAIN, Style
from circledata.standard.model import Language


def write(report: Report, language: Language, stream: TextIO, style: Style = PLAIN, /) -> None:
    """Write `report` as JSON: everything but the findings indented, then one finding a line."""
    head = json.dumps(head_record(report, language), ensure_ascii=False, indent=2, default=str)
    stream.write(head.removesuffix("\n}") + ',\n  "findings": [')
    separator = "\n    "
    for finding in report.findings:
        record = finding_record(finding, report, language)
        stream.write(separator + json.dumps(record, ensure_ascii=False, default=str))
        separator = ",\n    "
    stream.write("]\n}\n" if separator == "\n    " else "\n  ]\n}\n")
