"""The sheets of the yearly workbook with a line a circle: grades and status, surveys, money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from circledata.indicators.model import Figure, Place
from circledata.reports.figures_book_packages import Package, Pages
from circledata.reports.figures_book_sheet import Sheet
from circledata.reports.figures_numbers import reason, share_of, unit_of
from circledata.standard.model import Indicator

_GRADES, _TARGETS, _STATUSES = "circles-by-grade", "circles-by-target-grade", "circles-by-status"
_PER_CIRCLE = ("outlets", "basic-kinds", "quality-kinds", "residents-covered")
"""What stands beside grade and status in the line of a circle."""
_MONEY = "money"
"""The group of indicators on the sheet of money."""
Line = list[tuple[Any, Any]]


def grades(pages: Pages) -> None:
    """Write circles by grade, target grade and status, then a line for every circle."""
    sheet = pages.sheet("grades", (26, 16, 13, 13, 13, 12, 12, 12, 14))
    for package in pages.packages:
        pages.begin(sheet, package)
        _marginals(pages, sheet, package, (_GRADES, _TARGETS), "grades", ("grade", "now", "target"))
        sheet.row += 1
        _marginals(pages, sheet, package, (_STATUSES,), "circle-statuses", ("status", "count"))
        sheet.row += 1
        if package.circles:
            _circle_lines(pages, sheet, package)


def _marginals(
    pages: Pages, sheet: Sheet, package: Package, names: Sequence[str], codelist: str, titles: Sequence[str]
) -> None:
    """Write a line a code, with one column for every indicator; then who has none, and the total."""
    sheet.head([pages.say(title) for title in titles])
    found = {name: {figure.item: figure for figure in package.items(name)} for name in names}
    style, count = pages.formats.style, pages.formats.count
    for code in pages.standard.codelists[codelist].codes:
        cells: Line = [(pages.titled(codelist, code), style.label)]
        cells += [_item(pages, name, found[name], code) for name in names]
        sheet.line(cells)
    unknown, total = [], []
    for name in names:
        base = next(iter(found[name].values()), None)
        unknown.append((base.records - base.known if base else None, count))
        total.append((base.records if base else None, pages.formats.cell(num_format="#,##0", bold=True)))
    sheet.line([(pages.say("ungraded"), style.label), *unknown])
    sheet.line([(pages.say("total"), style.label), *total])


def _item(pages: Pages, name: str, found: dict[str | None, Figure], code: str) -> tuple[Any, Any]:
    """Return the count of a code; zero where others were counted, else why there is none."""
    if code in found:
        return found[code].value, pages.formats.count
    alone = found.get(None)
    if alone is not None:
        return reason(alone, pages.standard).in_language(pages.language), pages.formats.none
    return (0, pages.formats.count) if found else (None, pages.formats.text)


def _circle_lines(pages: Pages, sheet: Sheet, package: Package) -> None:
    shown = [item for name in _PER_CIRCLE if (item := pages.indicator(name))]
    titles = [pages.say(key) for key in ("circle", "circle-id", "status", "now", "target")]
    titles += [_title(pages, item) for item in shown]
    sheet.head(titles, texts=5, freeze=len(pages.packages) == 1)
    text = pages.formats.text
    for place in package.places():
        if not place.code:
            continue
        cells: Line = [(pages.place_name(place), pages.formats.style.label), (place.code, text)]
        for name, codelist in ((_STATUSES, "circle-statuses"), (_GRADES, "grades"), (_TARGETS, "grades")):
            cells.append((_own(pages, package, name, codelist, place), text))
        cells += [sheet.value(item, package.of_circle(item.name, place.code), pages.standard) for item in shown]
        sheet.line(cells)


def _own(pages: Pages, package: Package, name: str, codelist: str, place: Place) -> str:
    """Return the title of the code that one circle has; empty where it has none."""
    assert package.circles
    for figure in package.circles.of(name, place.code):
        if figure.item and figure.value:
            return pages.titled(codelist, figure.item)
    return ""


def _title(pages: Pages, indicator: Indicator) -> str:
    title = indicator.title.in_language(pages.language)
    unit = unit_of(indicator, pages.standard)
    if unit is None:
        return title
    return f"{title}（{unit.zh}）" if pages.language == "zh" else f"{title} ({unit.en})"


def surveys(pages: Pages) -> None:
    """Write satisfaction with the people who answered, and questionnaires by kind of survey."""
    sheet = pages.sheet("surveys", (30, 18, 14, 14, 22, 16), tall=True)
    satisfaction, responses = pages.indicator("satisfaction"), pages.indicator("survey-responses")
    for package in pages.packages:
        pages.begin(sheet, package)
        if responses:
            sheet.head([_title(pages, responses), pages.say("value")])
            for figure in package.items(responses.name):
                name = pages.titled(responses.by or "", figure.item) if figure.item else pages.say("total")
                sheet.line([(name, pages.formats.style.label), sheet.value(responses, figure, pages.standard)])
            sheet.row += 1
        if satisfaction:
            titles = [pages.say("place"), satisfaction.title.in_language(pages.language)]
            titles += [pages.say(key) for key in ("satisfied", "answered", "filled")]
            sheet.head(titles, freeze=len(pages.packages) == 1)
            _satisfied(pages, sheet, pages.say("whole"), satisfaction, package.figure(satisfaction.name))
            for place in package.places():
                own = package.of_circle(satisfaction.name, place.code)
                if place.code or (own and own.records):
                    _satisfied(pages, sheet, pages.place_name(place), satisfaction, own)


def _satisfied(pages: Pages, sheet: Sheet, name: str, indicator: Indicator, figure: Figure | None) -> None:
    if figure is None:
        return
    count = pages.formats.count
    computed = figure.value is not None
    sheet.line(
        [
            (name, pages.formats.style.label),
            sheet.value(indicator, figure, pages.standard),
            (figure.numerator if computed else None, count),
            (figure.denominator if computed else None, count),
            (_filled(figure), pages.formats.text),
        ]
    )


def _filled(figure: Figure) -> str:
    return (
        f"{figure.known:,} / {figure.records:,}（{share_of(figure.known, figure.records)}）" if figure.records else ""
    )


def money(pages: Pages) -> None:
    """Write investment, grants, leverage and jobs: the whole first, how much was filled in, then a line a circle."""
    shown = [item for item in pages.packages[0].about.indicators if item.group == _MONEY]
    sheet = pages.sheet("money", (28, 16, *(19 for _ in shown)))
    for package in pages.packages:
        pages.begin(sheet, package)
        titles = [pages.say("place"), pages.say("circle-id"), *(_title(pages, item) for item in shown)]
        sheet.head(titles, texts=2, freeze=len(pages.packages) == 1)
        figures = [package.figure(item.name) for item in shown]
        whole: Line = [(pages.say("whole"), pages.formats.style.label), (None, pages.formats.text)]
        whole += [
            sheet.value(item, figure, pages.standard, bold=True) for item, figure in zip(shown, figures, strict=True)
        ]
        sheet.line(whole)
        filled: Line = [(pages.say("filled"), pages.formats.style.label), (None, pages.formats.text)]
        filled += [(_filled(figure) if figure else None, pages.formats.text) for figure in figures]
        sheet.line(filled)
        for place in package.places():
            own = [package.of_circle(item.name, place.code) for item in shown]
            if place.code or any(figure and figure.records for figure in own):
                cells: Line = [(pages.place_name(place), pages.formats.style.label), (place.code, pages.formats.text)]
                cells += [sheet.value(item, figure, pages.standard) for item, figure in zip(shown, own, strict=True)]
                sheet.line(cells)
