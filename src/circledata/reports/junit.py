"""JUnit XML, for Jenkins and GitLab: one suite a table, one case a rule, so that a run shows what was checked too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from circledata.findings import location
from circledata.findings.model import Finding, at_or_above
from circledata.findings.report import Report
from circledata.reports.notes import note_text, policy_text
from circledata.reports.record import words
from circledata.reports.style import PLAIN, Style
from circledata.reports.tally import levels_in_force, tally
from circledata.reports.words import counted, say
from circledata.standard.model import Language, Rule

# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return `text` without the characters that no XML document may hold."""
    return _FORBIDDEN.sub("", text)


def write(report: Report, language: Language, stream: TextIO, style: Style = PLAIN, /) -> None:
    """Write `report` as JUnit XML. A rule fails when it was broken and its level is at or above `style.fail_on`."""
    JUnit(report, language, stream, style).write()


class JUnit:
    """One report being written."""

    def __init__(self, report: Report, language: Language, stream: TextIO, style: Style) -> None:
        self.report = report
        self.language: Language = language
        self.stream = stream
        self.style = style
        self.tally = tally(report)
        self.levels = levels_in_force(report)
        self.off = {entry.rule: entry for entry in report.policy if entry.level is None}
        self.unchecked: dict[tuple[str, str | None], str] = {}
        for note in report.notes:
            if note.code == "not-checked":
                table = note.params.get("table")
                key = (str(note.params.get("rule")), None if table is None else str(table))
                self.unchecked.setdefault(key, note_text(note, report, language))

    def write(self) -> None:
        """Write all suites."""
        suites: list[str | None] = [None, *dict.fromkeys([*(info.name for info in self.report.tables), *self.broken()])]
        numbers = [self.numbers(suite) for suite in suites]
        total = [sum(column) for column in zip(*numbers, strict=True)]
        self.stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        self.stream.write(f'<testsuites name="circledata"{self.attributes(total)}>\n')
        for suite, counts in zip(suites, numbers, strict=True):
            self.suite(suite, counts)
        self.stream.write("</testsuites>\n")

    def broken(self) -> Iterator[str]:
        """Yield the tables that have findings; some may not have been readable as tables."""
        return (table for table, _ in self.tally if table is not None)

    @staticmethod
    def attributes(counts: list[int]) -> str:
        """Return the numbers of a suite as attributes."""
        tests, failures, skipped = counts
        return f' tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}" time="0"'

    def numbers(self, suite: str | None) -> list[int]:
        """Return how many cases a suite has, and how many of them fail and are skipped."""
        rules = list(self.rules(suite))
        failures = sum(self.fails(rule, suite) for rule in rules)
        skipped = sum(self.reason(rule, suite) is not None for rule in rules)
        return [len(rules), failures, skipped]

    def rules(self, suite: str | None) -> Iterator[Rule]:
        """Yield the rules that are checked on a table (None: on the package), and any other that was broken there."""
        for rule in self.report.standard.rules.values():
            own = rule.table == "package" if suite is None else rule.table in {suite, "*"}
            if own or (suite, rule.code) in self.tally:
                yield rule

    def fails(self, rule: Rule, suite: str | None) -> bool:
        """Tell whether a rule counts as failed in a suite."""
        level = self.levels.get(rule.code)
        broken = bool(self.tally.get((suite, rule.code)))
        return broken and level is not None and at_or_above(level, self.style.fail_on)

    def reason(self, rule: Rule, suite: str | None) -> str | None:
        """Return why a rule was not checked in a suite; None when it was."""
        if self.tally.get((suite, rule.code)):
            return None
        if rule.code in self.off:
            entry = self.off[rule.code]
            return say(self.language, "junit-off", reason=entry.reason, until=entry.until.isoformat())
        for key in ((rule.code, suite), (rule.code, None), (rule.name, suite), (rule.name, None)):
            if key in self.unchecked:
                return self.unchecked[key]
        return None

    def suite(self, suite: str | None, counts: list[int]) -> None:
        """Write one suite: findings are read once more, and only those of its table are used."""
        name = suite or "package"
        self.stream.write(f" <testsuite name={quoteattr(clean(name))}{self.attributes(counts)}>\n")
        if suite is None and self.report.policy:
            self.properties()
        findings = sorted(self.package_findings(), key=lambda f: f.rule) if suite is None else self.of_table(suite)
        done = set()
        for code, group in groupby(findings, key=lambda finding: finding.rule):
            rule = self.report.standard.rules[code]
            done.add(code)
            self.case(rule, suite, group)
        for rule in self.rules(suite):
            if rule.code not in done:
                self.case(rule, suite, iter(()))
        self.stream.write(" </testsuite>\n")

    def properties(self) -> None:
        """Write what the policy changed."""
        self.stream.write("  <properties>\n")
        for entry in self.report.policy:
            text = quoteattr(clean(policy_text(entry, self.report, self.language)))
            self.stream.write(f"   <property name={quoteattr(clean(f'policy {entry.rule}'))} value={text}/>\n")
        self.stream.write("  </properties>\n")

    def package_findings(self) -> Iterator[Finding]:
        """Yield the findings about the package itself."""
        return (finding for finding in self.report.findings if finding.table is None)

    def of_table(self, table: str) -> Iterator[Finding]:
        """Yield the findings of one table."""
        return (finding for finding in self.report.findings if finding.table == table)

    def case(self, rule: Rule, suite: str | None, findings: Iterator[Finding]) -> None:
        """Write one case: failed, skipped, passed with remarks, or passed."""
        title = rule.title.in_language(self.language)
        name = quoteattr(clean(f"{rule.code} {title}"))
        self.stream.write(
            f'  <testcase classname={quoteattr("circledata." + clean(suite or "package"))} name={name} time="0"'
        )
        reason = self.reason(rule, suite)
        total = self.tally.get((suite, rule.code), 0)
        if reason is not None:
            self.stream.write(f"><skipped message={quoteattr(clean(reason))}/></testcase>\n")
        elif not total:
            self.stream.write("/>\n")
        elif self.fails(rule, suite):
            summary = f"{title} · {counted(self.language, 'places', total)}"
            level = self.levels[rule.code]
            self.stream.write(f'>\n   <failure type="{level}" message={quoteattr(clean(summary))}>')
            self.places(findings, total)
            self.stream.write("</failure>\n  </testcase>\n")
        else:
            self.stream.write(">\n   <system-out>")
            self.places(findings, total)
            self.stream.write("</system-out>\n  </testcase>\n")

    def places(self, findings: Iterator[Finding], total: int) -> None:
        """Write one line a finding."""
        shown = 0
        for finding in findings:
            shown += 1
            where = location(finding, self.report.standard, self.language)
            parts = [finding.file or "", where, *words(finding, self.report, self.language)]
            self.stream.write(escape(clean(" ".join(part for part in parts if part))) + "\n")
        if total > shown:
            self.stream.write(escape(counted(self.language, "more", total - shown)) + "\n")
