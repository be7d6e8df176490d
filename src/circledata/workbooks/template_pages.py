"""The two pages of a template that are only read: 填写说明 in front, 代码表 at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from circledata.convert.export.book_cells import display_width
from circledata.convert.export.book_codes import MOST_CODES
from circledata.convert.export.book_front import SHEET as PACKAGE_SHEET
from circledata.convert.export.book_hints import Hints
from circledata.convert.export.book_style import TAB_GUIDE, Style, page
from circledata.sources.package_sheet import layout
from circledata.standard.model import Code, CodeList, Standard, Table
from circledata.workbooks.template_choice import parents
from circledata.workbooks.template_words import word

_WIDTHS = (4, 24, 92)
_LINE = 112
"""Half-width characters in a line of the instructions."""


def write_guide(book: Any, style: Style, hints: Hints, tables: Sequence[Table], *, example: bool) -> None:
    """Write the first sheet: steps, colours, list of the sheets; it fits on one screen and on one page."""
    lang = hints.lang
    sheet = book.add_worksheet(word("guide-sheet", lang))
    sheet.set_tab_color(TAB_GUIDE)
    sheet.hide_gridlines(2)
    page(sheet, lang)
    sheet.fit_to_pages(1, 1)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, word("title", lang), style.title)
    sheet.write_string(1, 0, word("subtitle", lang, version=hints.standard.version), style.lead)
    if example:
        sheet.write_string(2, 0, word("invented", lang), style.warning)
    row = _steps(sheet, 3, style, hints, tables)
    row = _colours(sheet, row + 1, style, hints)
    _sheets(sheet, row + 1, style, hints, tables)


def _part(sheet: Any, row: int, text: str, style: Style) -> int:
    sheet.set_row(row, 22)
    for column in range(len(_WIDTHS)):
        sheet.write(row, column, text if column == 0 else None, style.part)
    return row + 1


def _steps(sheet: Any, row: int, style: Style, hints: Hints, tables: Sequence[Table]) -> int:
    lang = hints.lang
    row = _part(sheet, row, word("steps", lang), style)
    for number, text in enumerate(_step_texts(hints, tables), 1):
        sheet.write_number(row, 0, number, style.number)
        sheet.merge_range(row, 1, row, 2, text, style.text)
        sheet.set_row(row, 19 if display_width(text) <= _LINE else 34)
        row += 1
    return row


def _step_texts(hints: Hints, tables: Sequence[Table]) -> Iterator[str]:
    lang, first = hints.lang, parents(tables)
    package = PACKAGE_SHEET.in_language(lang)
    yield word("step-package", lang, sheet=package)
    numbered = [table for table in first if table.id_letter]
    if numbered:
        table = numbered[0]
        names = [word("quoted", lang, name=hints.sheets[item.name]) for item in first]
        example = hints.example(table, table.by_name[table.primary_key[0]])
        yield word("step-parents", lang, sheets=word("list-separator", lang).join(names), example=example)
        if len(tables) > len(first):
            yield word("step-others", lang)
    for name in ("rows", "hints", "forms", "unknown", "check"):
        yield word(f"step-{name}", lang)


def _colours(sheet: Any, row: int, style: Style, hints: Hints) -> int:
    lang = hints.lang
    row = _part(sheet, row, word("colours", lang), style)
    looks = (("needed", style.head_needed), ("free", style.head), ("names", style.names), ("entry", style.entry))
    for name, look in looks:
        sheet.set_row(row, 19)
        sheet.write_string(row, 1, word(f"sample-{name}", lang), look)
        sheet.write_string(row, 2, word(f"colour-{name}", lang, sheet=PACKAGE_SHEET.in_language(lang)), style.about)
        row += 1
    return row


def _sheets(sheet: Any, row: int, style: Style, hints: Hints, tables: Sequence[Table]) -> None:
    lang = hints.lang
    row = _part(sheet, row, word("sheets", lang), style)
    listed = [(PACKAGE_SHEET.in_language(lang), word("package-what", lang))]
    listed += [(hints.sheets[table.name], _first_sentence(hints.text(table.description))) for table in tables]
    listed.append((word("codes-sheet", lang), word("codes-what", lang)))
    for name, what in listed:
        sheet.set_row(row, 19)
        target = name.replace("'", "''")
        sheet.write_url(row, 1, f"internal:'{target}'!A1", style.link, name)
        sheet.write_string(row, 2, what, style.about)
        row += 1


def _first_sentence(text: str) -> str:
    for end in ("。", ". "):
        head, found, _ = text.partition(end)
        if found:
            return head + found.strip()
    return text


def write_codes(book: Any, style: Style, hints: Hints, tables: Sequence[Table]) -> None:
    """Write the sheet that explains every code of the drop-downs, and the townships of the division."""
    lang = hints.lang
    sheet = book.add_worksheet(word("codes-sheet", lang))
    sheet.set_tab_color(TAB_GUIDE)
    sheet.hide_gridlines(2)
    page(sheet, lang)
    for column, width in enumerate((26, 30, 90)):
        sheet.set_column(column, column, width)
    for column, name in enumerate(("code", "title", "definition")):
        sheet.write_string(0, column, word(f"codes-{name}", lang), style.head)
    sheet.set_row(0, 22)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0, 0)
    row = 1
    for codelist, used, codes in _lists(hints, tables):
        sheet.set_row(row, 26)
        head = f"{hints.text(codelist.title)}    {word('codes-used', lang, places=used)}"
        sheet.merge_range(row, 0, row, 2, head, style.part)
        for code in codes:
            row += 1
            definition = hints.text(code.definition)
            sheet.write_string(row, 0, code.code, style.ruled)
            sheet.write_string(row, 1, hints.text(code.title), style.ruled)
            sheet.write_string(row, 2, definition, style.ruled)
            sheet.set_row(row, 16 * max(1, -(-display_width(definition) // 94)) + 2)
        row += 2


def _lists(hints: Hints, tables: Sequence[Table]) -> Iterator[tuple[CodeList, str, Sequence[Code]]]:
    """Yield each list that the workbook uses, where it is used, and its codes."""
    lang, standard = hints.lang, hints.standard
    used: dict[str, list[str]] = {}
    for key in layout(standard.root).keys:
        if key.codelist:
            used.setdefault(key.codelist, []).append(
                _column(hints, PACKAGE_SHEET.in_language(lang), hints.text(key.title))
            )
    for table in tables:
        for item in table.fields:
            if item.codelist:
                place = _column(hints, hints.sheets[table.name], hints.text(item.title))
                used.setdefault(item.codelist, []).append(place)
    separator = word("list-separator", lang)
    for name, places in used.items():
        codelist = standard.codelists[name]
        if len(codelist.codes) <= MOST_CODES:
            yield codelist, separator.join(places), [*codelist.codes.values()]
    local = townships(standard, hints.division)
    if local and lang == "zh":
        # The names of places are Chinese only.
        yield standard.codelists["townships"], word("codes-division", lang), local


def _column(hints: Hints, sheet: str, title: str) -> str:
    return word("codes-column", hints.lang, table=sheet, field=title)


def townships(standard: Standard, division: str | None) -> list[Code]:
    """Return the townships of a county, none for a division of another level."""
    known = standard.codelists.get("townships")
    if known is None or division is None or len(division) != 6:
        return []
    return [code for code in known.codes.values() if code.extra.get("parent") == division]
