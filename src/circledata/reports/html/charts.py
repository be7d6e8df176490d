"""The small charts as plain numbers: bars of findings by table and level, and the strip of categories by circle."""

from __future__ import annotations

from dataclasses import dataclass

from circledata.findings.model import LEVELS, Level
from circledata.findings.report import Report
from circledata.findings.views import CircleCoverage, Coverage
from circledata.reports.html.words import word
from circledata.reports.layout import shorten, visible
from circledata.reports.tally import Tally, levels_in_force
from circledata.reports.words import table_title
from circledata.standard.model import Text

BAR = 160
"""Width of the longest bar."""
STRIP = 40
"""Circles shown in the strip; those that lack the most."""
SQUARE, LABEL, HEAD, GAP = 22, 136, 142, 8
"""Size of a square, room for names and for titles, and the gap between basic and quality."""


@dataclass(frozen=True)
class Line:
    """One line of the chart by table: counts and the pieces of its bar, each with level, start and width."""

    title: Text
    place: Text
    records: int | None
    counts: tuple[int, ...]
    bar: tuple[tuple[Level, float, float], ...]


def by_table(report: Report, tally: Tally) -> list[Line]:
    """Return one line a table that was read or has findings; what concerns no table comes last."""
    levels = levels_in_force(report)
    sums: dict[str | None, list[int]] = {info.name: [0, 0, 0] for info in report.tables}
    for (table, code), count in tally.items():
        if code in levels:
            sums.setdefault(table, [0, 0, 0])[LEVELS.index(levels[code])] += count
    places = {info.name: info for info in report.tables}
    most = max((sum(counts) for counts in sums.values()), default=0)
    lines = []
    for table in sorted(sums, key=lambda name: name is None):
        info, counts = places.get(table or ""), sums[table]
        file = visible(info.file) if info else ""
        place = Text(file, file)
        if info and info.sheet is not None:
            place = word("sheet-in", file=file, sheet=visible(info.sheet))
        lines.append(Line(title(table, report), place, info.rows if info else None, tuple(counts), _bar(counts, most)))
    return lines


def title(table: str | None, report: Report) -> Text:
    """Name a table as people see it; None is the package itself."""
    if table is None:
        return word("package-itself")
    return Text(visible(table_title(table, report, "zh")), visible(table_title(table, report, "en")))


def _bar(counts: list[int], most: int) -> tuple[tuple[Level, float, float], ...]:
    pieces, start = [], 0.0
    for level, count in zip(LEVELS, counts, strict=True):
        if count:
            # A single finding among thousands must still be seen.
            width = max(round(BAR * count / most, 1), 2.0)
            pieces.append((level, round(start, 1), width))
            start += width
    return tuple(pieces)


@dataclass(frozen=True)
class CircleLine:
    """One circle of the strip: its shortened name, how many of each class it has, and the titles that it lacks."""

    name: str
    full: str
    counts: tuple[int, ...]
    kinds: tuple[int, int]
    missing: tuple[Text, ...]


@dataclass(frozen=True)
class Strip:
    """The categories by circle."""

    titles: tuple[Text, ...]
    basic: int
    """How many of the titles are basic; the others are quality."""
    lines: tuple[CircleLine, ...]
    total: int

    @property
    def width(self) -> int:
        """Width of the picture; the last slanted title reaches beyond its column."""
        return LABEL + SQUARE * len(self.titles) + GAP + 80

    def across(self, number: int) -> int:
        """Return where the column of that number begins, from 0."""
        return LABEL + SQUARE * number + (GAP if number >= self.basic else 0)

    @property
    def height(self) -> int:
        """Height of the picture."""
        return HEAD + SQUARE * len(self.lines) + 4


def strip(coverage: Coverage | None, report: Report) -> Strip | None:
    """Lay the coverage out; None without one. Beyond STRIP circles only those that lack the most are shown."""
    if coverage is None:
        return None
    codes = report.standard.codelists["categories"].codes
    titles = tuple(codes[code].title for code in coverage.categories)
    basic = sum(codes[code].extra["class"] == "basic" for code in coverage.categories)
    circles = list(coverage.circles)
    if len(circles) > STRIP:
        circles = sorted(circles, key=lambda circle: (circle.kinds, circle.row))[:STRIP]
    lines = tuple(_circle_line(circle, titles, basic) for circle in circles)
    return Strip(titles, basic, lines, len(coverage.circles))


def _circle_line(circle: CircleCoverage, titles: tuple[Text, ...], basic: int) -> CircleLine:
    full = " ".join(visible(part) for part in (circle.name, circle.circle_id) if part) or "—"
    has = [count > 0 for count in circle.counts]
    missing = tuple(title for title, there in zip(titles, has, strict=True) if not there)
    name = shorten(circle.name or circle.circle_id or "—", 20)
    return CircleLine(name, full, circle.counts, (sum(has[:basic]), sum(has[basic:])), missing)


def tint(count: int) -> int:
    """Return how dark a square is, from 0 (none) to 3."""
    return 0 if not count else 1 if count == 1 else 2 if count <= 3 else 3
