"""The list of findings as a sheet: the verdict, counts by rule, then every place with a link to its cell.

Counts and places stand under one header, so that one filter and one frozen row serve both.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from circledata.findings.model import LEVELS, Finding, Level
from circledata.findings.report import Report
from circledata.findings.wording import cell_name, column_name
from circledata.reports.layout import display_width, shorten, visible
from circledata.reports.notes import note_texts, policy_text
from circledata.reports.words import LEVEL_MARKS, number, verdict
from circledata.reports.workbook_words import say
from circledata.standard.model import Language
from circledata.workbooks.base import Base
from circledata.workbooks.ooxml import Item, Line, Listing, Look, reference

WIDTHS = (8, 26, 20, 16, 18, 44, 44)
"""Characters of the columns: level, rule, place, column, value, what is wrong, what to type. Fits A4 across."""
_HEADS = ("level", "rule", "place", "column", "value", "message", "fix")
_LINE, _MOST_LINES = 13.5, 12
"""Points of a line of text, and the most lines that a row shows."""
_VALUE = 200
"""Columns of a value; the cell itself is one click away."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One finding with its cell in the marked workbook and its words."""

    finding: Finding
    place: tuple[str, int, int] | None
    """Sheet, row and column (0: the first filled one) of its cell; None for a finding about no cell."""
    sheet: str | None
    wrong: str
    mend: str


def listing(
    report: Report, listed: Sequence[Listed], base: Base, language: Language, fail_on: Level, *, notes_capped: bool
) -> Listing:
    """Lay out the sheet."""
    top = list(_top(report, listed, base, language, fail_on, notes_capped=notes_capped))
    head = Line([Item(say(language, key), "head") for key in _HEADS], height=20)
    summary = list(_summary(report, listed, language, len(top) + 1))
    places = [_place_line(item, report, language) for item in listed]
    section = [_merged(say(language, "section-places"), "bold")] if places else []
    return Listing(WIDTHS, [*top, head, *summary, *section, *places], len(top) + 1)


def _merged(text: str, look: Look = "grey", size: float = 1.0) -> Line:
    lines = _lines(text, sum(WIDTHS) / size)
    return Line([Item(text, look)], height=_height(lines) * size, spans=[(1, len(WIDTHS))])


def _top(
    report: Report, listed: Sequence[Listed], base: Base, language: Language, fail_on: Level, *, notes_capped: bool
) -> Iterator[Line]:
    """Yield what stands above the header: the verdict, the colours, what to do and what to know."""
    from circledata.workbooks.mark import MOST_NOTES

    yield _merged(verdict(_plainly_named(report, language), language, fail_on), "title", 1.4)
    total = sum(report.counts.values())
    if not total:
        yield from (_merged(text) for text in _remarks(report, base, language))
        return
    legend: dict[int, Level] = {1: "error", 3: "warning", 6: "advice"}
    cells = [
        Item(say(language, f"legend-{legend[place]}"), legend[place]) if place in legend else Item("", "grey")
        for place in range(1, len(WIDTHS) + 1)
    ]
    yield Line(cells, height=_height(1), spans=[(1, 2), (3, 5), (6, 7)])
    texts = [say(language, "how")] if listed else []
    if len(listed) < total:
        texts.append(say(language, "capped", n=number(total), listed=number(len(listed))))
    if notes_capped:
        texts.append(say(language, "notes-capped", n=number(MOST_NOTES)))
    yield _merged("\n".join([*texts, *_remarks(report, base, language)]))


def _plainly_named(report: Report, language: Language) -> Report:
    """Return the report under the names of its files alone: the folders of this machine are nobody's business."""
    if report.label != ", ".join(map(str, report.inputs)):
        return report
    names = [path.resolve().name for path in report.inputs]
    return replace(report, label=("、" if language == "zh" else ", ").join(names))


def _remarks(report: Report, base: Base, language: Language) -> list[str]:
    policy = [policy_text(entry, report, language) for entry in report.policy]
    notes = note_texts(report, language)[:5]
    return [remark.in_language(language) for remark in base.remarks] + policy + notes


def _summary(report: Report, listed: Sequence[Listed], language: Language, above: int) -> Iterator[Line]:
    """Yield one line a rule with its exact count; its link leads to the first of its places below."""
    if not report.rules:
        yield _merged(say(language, "nothing"), "bold")
        return
    shown = Counter(item.finding.rule for item in listed)
    first: dict[str, Listed] = {}
    row: dict[str, int] = {}
    start = above + 1 + len(report.rules) + 2
    for place, item in enumerate(listed):
        if first.setdefault(item.finding.rule, item) is item:
            row[item.finding.rule] = start + place
    yield _merged(say(language, "section-rules"), "bold")
    for entry in sorted(report.rules, key=lambda item: (LEVELS.index(item.level), item.code)):
        rule = report.standard.rules[entry.code]
        key = "count-1" if entry.count == 1 else "count"
        key = key if shown[entry.code] == entry.count or not shown[entry.code] else "count-listed"
        count = say(language, key, n=number(entry.count), listed=number(shown[entry.code]))
        target = reference(say(language, "sheet"), f"A{row[entry.code]}") if entry.code in row else None
        mend = rule.fix.in_language(language).strip()
        if "{" in mend:
            mend = first[entry.code].mend if entry.code in first else ""
        cells = [rule.why.in_language(language).strip(), mend]
        title = f"{entry.code} {rule.title.in_language(language)}"
        yield _line(entry.level, title, Item(count, "link" if target else "text", target), "", "", cells, language)


def _line(
    level: Level, title: str, place: Item, column: str, value: str, cells: Sequence[str], language: Language
) -> Line:
    texts = [title, str(place.text), column, value, *cells]
    lines = max(_lines(text, width) for text, width in zip(texts, WIDTHS[1:], strict=True))
    items = [
        Item(LEVEL_MARKS[level].in_language(language), level),
        Item(title),
        place,
        *(Item(text) for text in (column, value, *cells)),
    ]
    return Line(items, height=_height(min(_MOST_LINES, lines)))


def _place_line(item: Listed, report: Report, language: Language) -> Line:
    finding = item.finding
    title = f"{finding.rule} {report.standard.rules[finding.rule].title.in_language(language)}"
    value = shorten(finding.value, _VALUE) if finding.value else ""
    column = visible(column_name(finding, report.standard, language))
    return _line(finding.level, title, _place(item, language), column, value, [item.wrong, item.mend], language)


def _place(item: Listed, language: Language) -> Item:
    """Name the place as the cell is called in the marked workbook, with a link to it."""
    finding = item.finding
    if item.place is None:
        shown = finding.file or say(language, "package")
        if item.sheet is not None:
            return Item(item.sheet, "link", reference(item.sheet, "A1"))
        return Item(visible(shown.replace("\\", "/").rpartition("/")[2]))
    sheet, row, column = item.place
    cell = cell_name(column or 1, row)
    if column:
        return Item(visible(f"{sheet}!{cell}"), "link", reference(sheet, cell))
    shown = f"{sheet}!{row}:{row} {say(language, 'row')}"
    return Item(visible(shown), "link", reference(sheet, cell))


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column; the width is that of ordinary letters at 11 points."""
    return sum(max(1, math.ceil(display_width(line) / (width * 1.1))) for line in text.split("\n"))


def _height(lines: float) -> float:
    return lines * _LINE + 4
