"""The last sheet of the yearly workbook: every figure on a line of its own, ready to be filtered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from circledata.convert.export.book_cells import MOST_ROWS
from circledata.indicators.compare_sides import short_label
from circledata.indicators.model import Figure, Figures, reason_text
from circledata.reports.figures_book_packages import Pages
from circledata.reports.figures_book_sheet import number_format
from circledata.reports.figures_numbers import group_title, item_title
from circledata.reports.layout import visible
from circledata.standard.model import Indicator

_WIDTHS = (16, 30, 22, 18, 24, 18, 12, 16, 16, 12, 12, 22, 26)
_COLUMNS = (
    *("group", "indicator", "item", "place-code", "place", "value", "unit"),
    *("numerator", "denominator", "filled", "records", "reason", "name"),
)


def write(pages: Pages, figures: Sequence[Figures]) -> None:
    """Write the sheet."""
    several = len(pages.packages) > 1
    widths = (22, *_WIDTHS) if several else _WIDTHS
    sheet = pages.sheet("all", widths)
    head = [pages.say(key) for key in (("package",) if several else ()) + _COLUMNS]
    sheet.head(head, texts=len(head), freeze=True)
    first = sheet.row - 1
    for one in figures:
        indicators = {item.name: item for item in one.indicators}
        names = {place.code: place.name for place in one.places}
        for figure in one.figures:
            if figure.reason == "not-at-this-scope" or (figure.place == "" and figure.value is None):
                continue
            if sheet.row >= MOST_ROWS - 2:
                sheet.across(pages.say("cut"), pages.formats.style.warning)
                return
            label = [(visible(short_label(one.label)), pages.formats.text)] if several else []
            name = names.get(figure.place or "") if figure.place else None
            sheet.line([*label, *_cells(pages, indicators[figure.indicator], figure, name)])
    sheet.sheet.autofilter(first, 0, max(first, sheet.row - 1), len(widths) - 1)


def _cells(pages: Pages, indicator: Indicator, figure: Figure, name: str | None) -> list[tuple[Any, Any]]:
    text, count, lang = pages.formats.text, pages.formats.count, pages.language
    plain = pages.formats.cell(num_format="#,##0.####")
    item = item_title(indicator, figure.item, pages.standard).in_language(lang) if figure.item else ""
    where = pages.say("whole") if figure.place is None else name or figure.place or pages.say("nowhere")
    value: tuple[Any, Any] = (figure.value, pages.formats.cell(num_format=number_format(indicator)))
    if figure.value is None:
        value = (pages.say("not-computed"), pages.formats.none)
    why = reason_text(pages.standard, figure.reason).in_language(lang) if figure.reason else ""
    unit = pages.standard.codelists["units"].codes[indicator.unit].title.in_language(lang)
    return [
        (group_title(indicator.group, pages.standard).in_language(lang), text),
        (indicator.title.in_language(lang), text),
        (visible(item), text),
        (figure.place or "", text),
        (visible(where), text),
        value,
        (unit, text),
        (figure.numerator, plain),
        (figure.denominator, plain),
        (figure.known, count),
        (figure.records, count),
        (why, text),
        (indicator.name, text),
    ]
