"""Plain text for people: the verdict first, then errors, warnings and advice by file and rule, then what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, islice
from typing import TextIO

from circledata.findings import fix, lines_and_column, location, message
from circledata.findings.model import LEVELS, Finding, Level
from circledata.findings.report import Report
from circledata.reports.closing import closing
from circledata.reports.layout import visible, wrap
from circledata.reports.record import tame
from circledata.reports.style import PLAIN, Style
from circledata.reports.tally import Tally, tally
from circledata.reports.words import LEVEL_MARKS, counted, say, spec, table_title, verdict
from circledata.standard.model import Language

VALUE_WIDTH = 60
RUN = 100
"""Most places that share one message; a longer run begins anew, so that memory stays flat."""

_COLORS: dict[str, str] = {"error": "31;1", "warning": "33;1", "advice": "36;1", "strong": "1", "pass": "32;1"}


def write(report: Report, language: Language, stream: TextIO, style: Style = PLAIN, /) -> None:
    """Write `report` for a reader at a terminal of `style.width` columns."""
    TextReport(report, language, stream, style).write()


class TextReport:
    """One report being written: what was said already is not said again."""

    def __init__(self, report: Report, language: Language, stream: TextIO, style: Style) -> None:
        self.report = report
        self.language: Language = language
        self.stream = stream
        self.style = style
        self.tally: Tally = tally(report)
        self.explained: set[str] = set()
        self.mended: dict[str, str] = {}

    def write(self) -> None:
        """Write everything."""
        report, style = self.report, self.style
        paint = "error" if report.fails(style.fail_on) else "pass"
        self.lines(visible(verdict(report, self.language, style.fail_on)), color=paint)
        self.lines(self.basis())
        for level in LEVELS:
            if report.counts[level]:
                self.section(level)
        for line in closing(report, self.language, style, self.tally):
            self.stream.write(line + "\n")

    def basis(self) -> str:
        """Say what the verdict rests on: versions, and what the package says of itself."""
        parts = [say(self.language, "basis", tool=self.report.circledata, spec=spec(self.report))]
        facts = self.report.package or {}
        for key, word in (("division_code", "division"), ("coordinate_system", "crs")):
            if facts.get(key):
                parts.append(say(self.language, f"basis-{word}", value=visible(str(facts[key]))))
        if self.report.as_of:
            parts.append(say(self.language, "basis-as-of", value=self.report.as_of.isoformat()))
        if facts.get("synthetic"):
            parts.append(say(self.language, "basis-synthetic"))
        return " · ".join(parts)

    def lines(self, text: str, indent: int = 0, lead: str = "", color: str | None = None) -> None:
        """Write `text`, wrapped and indented; `lead` stands before its first line, later lines are indented alike."""
        margin = " " * indent
        for line in wrap(text, self.style.width, first=margin + lead, rest=margin):
            self.stream.write(self.paint(line, color) + "\n")

    def paint(self, line: str, color: str | None) -> str:
        """Colour a line where the terminal shows colours."""
        return f"\x1b[{_COLORS[color]}m{line}\x1b[0m" if color and self.style.color else line

    def section(self, level: Level) -> None:
        """Write all findings of one level, first those about the package itself, then file by file."""
        self.stream.write("\n")
        self.lines(say(self.language, f"section-{level}"), color=level)
        about_package = [finding for finding in self.of_level(level) if finding.table is None]
        if about_package:
            self.heading(say(self.language, "package-itself"))
            about_package.sort(key=lambda finding: finding.rule)
            self.rules(about_package)
        others = (finding for finding in self.of_level(level) if finding.table is not None)
        for first, group in _groups(others, lambda finding: (finding.file, finding.sheet, finding.table)):
            self.heading(self.file_name(first))
            self.rules(group)

    def of_level(self, level: Level) -> Iterator[Finding]:
        """Yield the findings of one level."""
        return (finding for finding in self.report.findings if finding.level == level)

    def heading(self, text: str) -> None:
        """Write the name of a file."""
        self.stream.write("\n")
        self.lines(text, color="strong")

    def file_name(self, finding: Finding) -> str:
        """Name a finding's file, its sheet, and the table it holds."""
        parts = [visible(finding.file or "")]
        if finding.sheet is not None:
            parts.append(say(self.language, "sheet", sheet=visible(finding.sheet)))
        parts.append(visible(table_title(finding.table or "", self.report, self.language)))
        return " · ".join(part for part in parts if part)

    def rules(self, findings: Iterable[Finding]) -> None:
        """Write the findings of one file, rule by rule."""
        for number, (first, group) in enumerate(_groups(findings, lambda finding: finding.rule)):
            if number:
                self.stream.write("\n")
            self.rule(first, group)

    def rule(self, first: Finding, findings: Iterator[Finding]) -> None:
        """Write one rule and its places."""
        rule = self.report.standard.rules[first.rule]
        mark = LEVEL_MARKS[first.level].in_language(self.language)
        total = self.tally.get((first.table, rule.code), 0)
        title = f"{rule.title.in_language(self.language)} · {counted(self.language, 'places', total)}"
        self.lines(f"{mark} {rule.code} {title}", indent=2, color=first.level)
        if rule.code not in self.explained:
            self.explained.add(rule.code)
            self.lines(rule.why.in_language(self.language).strip(), 4, say(self.language, "why"))
        shown = self.places(findings)
        if total > shown:
            self.lines(counted(self.language, "more", total - shown), indent=4)

    def places(self, findings: Iterator[Finding]) -> int:
        """Write the places of one rule in one file, equal messages together; return how many were written."""
        limit = self.style.places
        shown = 0
        wanted = islice(findings, limit)
        for (wrong, mend), run in groupby(wanted, key=self.wording):
            while batch := list(islice(run, RUN)):
                shown += len(batch)
                self.mend(batch[0].rule, mend)
                where = self.together(batch, wrong)
                self.lines(where or wrong, indent=4)
                if where:
                    self.lines(wrong, indent=6)
        for _ in findings:
            pass
        return shown

    def wording(self, finding: Finding) -> tuple[str, str]:
        """Return what is wrong, with the suggestion of this place, and how to mend it apart from the suggestion."""
        short = tame(finding, VALUE_WIDTH)
        standard, language = self.report.standard, self.language
        wrong = message(short, standard, language).strip()
        suggestion = short.params.get("suggestion")
        if suggestion not in {None, ""}:
            gap = "" if language == "zh" else " "
            wrong += gap + say(language, "suggestion", value=suggestion) + ("。" if language == "zh" else ".")
            bare = {key: value for key, value in short.params.items() if key != "suggestion"}
            short = replace(short, params=bare)
        return wrong, fix(short, standard, language).strip()

    def mend(self, code: str, text: str) -> None:
        """Say how to mend it, unless that was said just before for the same rule."""
        if self.mended.get(code) != text:
            self.mended[code] = text
            self.lines(text, 4, say(self.language, "fix"))

    def together(self, batch: Sequence[Finding], wrong: str) -> str:
        """Name the places of findings that share one sentence; lines that differ in nothing else become one list."""
        places = [self.place(finding, wrong) for finding in batch]
        plain = [location(finding, self.report.standard, self.language) for finding in batch]
        rows = [finding.row for finding in batch if finding.row is not None and finding.sheet is None]
        columns = {finding.column_number for finding in batch}
        if len(rows) == len(batch) > 2 and len(columns) == 1 and places == plain:
            return lines_and_column(rows, columns.pop(), self.language)
        return say(self.language, "place-comma").join(place for place in places if place)

    def place(self, finding: Finding, wrong: str) -> str:
        """Name a place, with its value unless the sentence about it tells that."""
        where = location(finding, self.report.standard, self.language)
        if finding.table is None and finding.file:
            where = f"{visible(finding.file)} {where}".rstrip()
        value = tame(finding, VALUE_WIDTH).value
        if value and value not in wrong and finding.value != finding.file:
            where = f"{where} {say(self.language, 'quoted', value=value)}".lstrip()
        return where


def _groups(
    findings: Iterable[Finding], key: Callable[[Finding], object]
) -> Iterator[tuple[Finding, Iterator[Finding]]]:
    """Yield the first finding of every run of the same key, and the whole run."""
    for _, run in groupby(findings, key=key):
        first = next(run)
        yield first, chain((first,), run)  # noqa: B031
