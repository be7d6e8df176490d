"""Annotations of GitHub Actions, gravest first because only the first ten of a level are shown."""

from __future__ import annotations

from typing import TextIO

from circledata.findings import location
from circledata.findings.model import LEVELS, Finding, Level
from circledata.findings.report import Report
from circledata.reports.layout import visible
from circledata.reports.notes import note_text, policy_text
from circledata.reports.place import line_of, linked_file
from circledata.reports.record import words
from circledata.reports.style import PLAIN, Style
from circledata.reports.words import verdict
from circledata.standard.model import Language

COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "advice": "notice"}


def escape(text: str) -> str:
    """Escape the text of an annotation."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Escape a property of an annotation, where `:` and `,` mean something too."""
    return escape(text).replace(":", "%3A").replace(",", "%2C")


def write(report: Report, language: Language, stream: TextIO, style: Style = PLAIN, /) -> None:
    """Write the verdict as a plain line, then one annotation a finding, then the notes."""
    stream.write(visible(verdict(report, language, style.fail_on)) + "\n")
    for level in LEVELS:
        if not report.counts[level]:
            continue
        for finding in report.findings:
            if finding.level == level:
                stream.write(_annotation(finding, report, language, style) + "\n")
    remarks = [note_text(note, report, language) for note in report.notes]
    remarks += [policy_text(entry, report, language) for entry in report.policy]
    stream.writelines(f"::notice title=circledata::{escape(remark)}\n" for remark in remarks)


def _annotation(finding: Finding, report: Report, language: Language, style: Style) -> str:
    title = report.standard.rules[finding.rule].title.in_language(language)
    properties = {"file": linked_file(finding, style)}
    line = line_of(finding, style)
    if line is not None:
        properties["line"] = str(line)
    properties["title"] = f"{finding.rule} {title}"
    written = ",".join(f"{key}={escape_property(value)}" for key, value in properties.items() if value)
    wrong, mend = words(finding, report, language)
    where = location(finding, report.standard, language)
    if style.container and finding.file:
        where = f"{finding.file} {where}".rstrip()
    text = "\n".join(part for part in (where, wrong, mend) if part)
    return f"::{COMMANDS[finding.level]} {written}::{escape(text)}"
