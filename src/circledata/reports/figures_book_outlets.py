"""The sheets of the yearly workbook on outlets: how many of each category, and which categories each circle lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from circledata.convert.export.book_cells import display_width
from circledata.convert.export.book_style import FREE, INK, RED
from circledata.engine.coverage import guide_categories
from circledata.reports.figures_book_packages import Package, Pages
from circledata.reports.figures_book_sheet import Sheet
from circledata.reports.figures_numbers import reason
from circledata.reports.layout import visible
from circledata.standard.model import Code

_OUTLETS = "outlets-by-category"
_PRESENT, _ABSENT = "#DDF0E8", "#FDECEA"
_UPRIGHT = 6.4
"""Height of a half-width character of a head that stands upright."""


def categories(pages: Pages) -> None:
    """Write how many open outlets there are of each category, those of the guide even where there is none."""
    sheet = pages.sheet("outlets", (30, 18, 14, 14, 12), tall=True)
    for package in pages.packages:
        pages.begin(sheet, package)
        titles = [pages.say(key) for key in ("category", "class", "guide", "outlets", "share")]
        sheet.head(titles, texts=3, freeze=len(pages.packages) == 1)
        _category_lines(pages, sheet, package)


def _category_lines(pages: Pages, sheet: Sheet, package: Package) -> None:
    found = {figure.item: figure for figure in package.items(_OUTLETS)}
    alone = found.get(None)
    if alone is not None or not found:
        text = reason(alone, pages.standard).in_language(pages.language) if alone else pages.say("not-computed")
        sheet.line([(text, pages.formats.none)])
        return
    base = next(iter(found.values()))
    first = sheet.row
    for code in pages.standard.codelists["categories"].codes.values():
        figure = found.get(code.code)
        number = figure.value if figure else 0
        if number or code.extra["guide_2021"] == "true":
            _category_line(pages, sheet, code, number or 0, base.known)
    unknown = base.records - base.known
    if unknown:
        sheet.line(
            [(pages.say("not-known"), pages.formats.style.label), *_blank(pages, 2), (unknown, pages.formats.count)]
        )
    bold = pages.formats.cell(bold=True, num_format="#,##0")
    sheet.put(0, pages.say("total"), pages.formats.style.label)
    for column in (1, 2, 4):
        sheet.put(column, None, pages.formats.text)
    # A formula, so that the total follows what somebody corrects by hand.
    sheet.sheet.write_formula(sheet.row, 3, f"=SUM(D{first + 1}:D{sheet.row})", bold, base.records)
    sheet.row += 1


def _blank(pages: Pages, count: int) -> list[tuple[Any, Any]]:
    return [(None, pages.formats.text)] * count


def _category_line(pages: Pages, sheet: Sheet, code: Code, number: float, known: int) -> None:
    percent = pages.formats.cell(num_format="0.0%")
    sheet.line(
        [
            (code.title.in_language(pages.language), pages.formats.style.label),
            (pages.titled("category-classes", code.extra["class"]), pages.formats.text),
            (pages.say("guide-yes") if code.extra["guide_2021"] == "true" else None, pages.formats.text),
            (number, pages.formats.count),
            (number / known if known else None, percent),
        ]
    )


def coverage(pages: Pages) -> None:
    """Write circle by category what there is and what is missing."""
    guide = guide_categories(pages.standard)
    sheet = pages.sheet("coverage", (22, 14, 7, 7, *(3.6 for _ in guide), 44))
    sheet.across(pages.say("coverage-about"), pages.formats.style.note)
    for package in pages.packages:
        pages.begin(sheet, package)
        if not package.about.missing:
            sheet.across(pages.say("coverage-none"), pages.formats.style.text)
            continue
        _coverage_head(pages, sheet, guide)
        names = package.about.circle_names
        for circle, missing in package.about.missing.items():
            _coverage_line(pages, sheet, guide, (visible(names.get(circle, circle)), circle), set(missing))
        _coverage_sums(pages, sheet, guide, package)


def _coverage_head(pages: Pages, sheet: Sheet, guide: Sequence[Code]) -> None:
    style = pages.formats.style
    upright = pages.formats.cell(rotation=90, bold=True, bg_color=FREE, font_color=INK, align="center", valign="bottom")
    keys = ("circle", "circle-id", "basic-count", "quality-count")
    cells: list[tuple[Any, Any]] = [(pages.say(key), style.head if n < 2 else upright) for n, key in enumerate(keys)]
    cells += [(code.title.in_language(pages.language), upright) for code in guide]
    cells.append((pages.say("lacking"), style.head))
    sheet.line(cells, 14 + _UPRIGHT * max(display_width(text) for text, form in cells if form is upright))
    if len(pages.packages) == 1:
        sheet.sheet.freeze_panes(sheet.row, 1)
        sheet.sheet.repeat_rows(sheet.row - 1)


def _coverage_line(
    pages: Pages, sheet: Sheet, guide: Sequence[Code], circle: tuple[str, str], missing: set[str]
) -> None:
    there = [code for code in guide if code.code not in missing]
    count = pages.formats.cell(num_format="0", align="center")
    cells: list[tuple[Any, Any]] = [(circle[0], pages.formats.style.label), (circle[1], pages.formats.text)]
    cells += [(sum((code.extra["class"] == "basic") is basic for code in there), count) for basic in (True, False)]
    has = pages.formats.cell(align="center", bg_color=_PRESENT, font_color=INK)
    lacks = pages.formats.cell(align="center", bg_color=_ABSENT, font_color=RED)
    cells += [(pages.say("lacks"), lacks) if code.code in missing else (pages.say("has"), has) for code in guide]
    names = [code.title.in_language(pages.language) for code in guide if code.code in missing]
    text = ("、" if pages.language == "zh" else ", ").join(names)
    cells.append((text, pages.formats.text))
    sheet.line(cells, max(18, 14 * -(-display_width(text) // 44) + 4))


def _coverage_sums(pages: Pages, sheet: Sheet, guide: Sequence[Code], package: Package) -> None:
    """Write how many of the circles have each category."""
    missing = package.about.missing.values()
    count = pages.formats.cell(num_format="0", align="center", bold=True)
    cells: list[tuple[Any, Any]] = [(pages.say("coverage-coverage"), pages.formats.style.label), *_blank(pages, 3)]
    cells += [(sum(code.code not in lacking for lacking in missing), count) for code in guide]
    sheet.line([*cells, (None, pages.formats.text)])
