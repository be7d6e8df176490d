"""The publisher's own workbook with every fault marked where it is; of CSV files and packages, a workbook is made."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from circledata.convert.model import ConversionError
from circledata.findings.model import LEVELS, Finding
from circledata.findings.report import Report
from circledata.reports.record import words
from circledata.reports.style import PLAIN, Style
from circledata.reports.words import LEVEL_MARKS
from circledata.reports.workbook_list import Listed, listing
from circledata.reports.workbook_words import WORDS, say
from circledata.standard.model import Language
from circledata.workbooks.base import Base, base_of
from circledata.workbooks.mark import FIRST_FILLED, MOST_NOTES, Mark, mark_book

MOST_LISTED = 60_000
"""Findings that are listed and marked; Excel takes 65,530 links of a sheet, and nobody works through more."""
MOST_IN_NOTE = 4
"""Findings of one cell that its note tells in full."""


def write(report: Report, language: Language, stream: BinaryIO, style: Style = PLAIN, /) -> None:
    """Write the marked workbook. ConversionError when `stream` is a terminal.

    At most `MOST_LISTED` of the findings that the report holds are listed and marked, the gravest first; counts are
    exact in any case.
    """
    if stream.isatty():
        raise ConversionError(WORDS["terminal"])
    with tempfile.TemporaryDirectory(prefix="circledata-") as folder:
        base = base_of(report, Path(folder))
        listed = [_listed(finding, base, report, language) for finding in _gravest(report)]
        marks = list(_marks(listed, report, language))
        noted = min(len(marks), MOST_NOTES)
        sheet = listing(report, listed, base, language, style.fail_on, notes_capped=len(marks) > noted)
        mark_book(base.path, marks, say(language, "sheet"), sheet, stream)


def _gravest(report: Report) -> list[Finding]:
    """Return the findings by level and rule, in the order of the file; as many as are listed."""
    found: dict[tuple[int, str], list[Finding]] = {}
    for finding in report.findings:
        group = found.setdefault((LEVELS.index(finding.level), finding.rule), [])
        if len(group) < MOST_LISTED:
            group.append(finding)
    return list(islice((finding for key in sorted(found) for finding in found[key]), MOST_LISTED))


def _listed(finding: Finding, base: Base, report: Report, language: Language) -> Listed:
    wrong, mend = words(finding, report, language)
    sheet = base.sheet_of(finding.file, finding.sheet)
    row = finding.row
    if row is None and finding.column_number is not None:
        # A finding about a whole column stands at the head of it.
        row = _header_row(finding, report)
    place = None
    if sheet is not None and row is not None:
        place = (sheet, row, finding.column_number or FIRST_FILLED)
    return Listed(finding, place, sheet, wrong, mend)


def _header_row(finding: Finding, report: Report) -> int:
    rows = (
        note.params["row"]
        for note in report.notes
        if note.code == "header-row"
        and note.params.get("file") == finding.file
        and note.params.get("sheet") == finding.sheet
    )
    return int(str(next(rows, 1)))


def _marks(listed: Sequence[Listed], report: Report, language: Language) -> Iterator[Mark]:
    """Yield one mark a cell, in the order of the findings."""
    cells: dict[tuple[str, int, int], list[Listed]] = {}
    for item in listed:
        if item.place is not None:
            cells.setdefault(item.place, []).append(item)
    for number, ((sheet, row, column), items) in enumerate(cells.items()):
        note = _note(items, report, language) if number < MOST_NOTES else None
        yield Mark(sheet, row, column, items[0].finding.level, note)


def _note(items: Sequence[Listed], report: Report, language: Language) -> str:
    """Say what is wrong with one cell, why, and what to type; the same rule says its reason once."""
    told: Counter[str] = Counter()
    parts = []
    for item in items[:MOST_IN_NOTE]:
        rule = report.standard.rules[item.finding.rule]
        level = LEVEL_MARKS[item.finding.level].in_language(language)
        title = rule.title.in_language(language)
        lines = [say(language, "note-title", level=level, title=title, code=rule.code), item.wrong]
        if not told[rule.code]:
            lines.append(say(language, "note-why", text=rule.why.in_language(language).strip()))
        lines.append(say(language, "note-fix", text=item.mend))
        told[rule.code] += 1
        parts.append("\n".join(lines))
    if len(items) > MOST_IN_NOTE:
        parts.append(say(language, "note-more", n=len(items) - MOST_IN_NOTE, sheet=say(language, "sheet")))
    return "\n\n".join(parts)
