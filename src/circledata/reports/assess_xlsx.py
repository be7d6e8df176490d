"""An assessment as a workbook: results, kind by kind, the beginning of a list of needs, and what the profile is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from circledata.convert.export.book_cells import display_width
from circledata.convert.export.book_sheet import HEADER_ROWS, sheet_name
from circledata.convert.export.book_style import ENTRY, FREE, INK, LINE, RED, TAB_TABLE, Style, describe, new_book, page
from circledata.indicators.assess_model import Assessed, CircleAssessment, Kind
from circledata.indicators.assess_needs import need_rows
from circledata.indicators.assess_titles import kind_title
from circledata.reports.assess_csv import need_cells
from circledata.reports.assess_say import (
    about_lines,
    aim_text,
    capital,
    circle_lines,
    data_line,
    grades,
    profile_line,
    reason_sentence,
    summary_lines,
)
from circledata.reports.assess_words import say
from circledata.reports.layout import visible
from circledata.standard.model import Language

_LINE = 15
_DETAILS, _CIRCLE, _ID, _GRADE, _COUNT, _RESULT = 70, 20, 16, 16, 13, 20
_WIDTHS = {"description": 80, "need_id": 16, "circle_id": 16, "category": 22}


def write(assessed: Assessed, language: Language, stream: BinaryIO, width: int = 80) -> None:
    """Write the workbook."""
    book = new_book(stream, language, in_memory=True)
    describe(book, assessed.standard, say(language, "title"))
    writer = _Book(assessed, language, book)
    writer.overview()
    writer.kinds()
    writer.needs()
    writer.about()
    book.close()


class _Book:
    def __init__(self, assessed: Assessed, language: Language, book: Any) -> None:
        self.assessed, self.language, self.book = assessed, language, book
        self.style = Style(book)
        base = {"border": 1, "border_color": LINE, "align": "center", "valign": "vcenter"}
        self.upright = book.add_format({**base, "rotation": 90, "bold": True, "bg_color": FREE, "font_color": INK})
        self.count = book.add_format({**base, "num_format": "#,##0"})
        self.states = {
            "present": book.add_format({**base, "bg_color": "#DDF0E8"}),
            "absent": book.add_format({**base, "font_color": RED, "bg_color": "#FDECEA"}),
            "unsure": book.add_format({**base, "bg_color": ENTRY}),
        }

    def overview(self) -> None:
        """Write the results, one circle a row."""
        language = self.language
        sheet = self.book.add_worksheet(say(language, "sheet-overview"))
        sheet.hide_gridlines(2)
        page(sheet, language)
        row = self._lead(sheet, say(language, "title"), self._top())
        lists = [self._list_title(name) for name in self.assessed.profile.lists]
        keys = ("declared", "target", "supported")
        heads = [
            *(capital(say(language, key)) for key in ("column-id", "column-circle", *keys, "column-outlets")),
            *(say(language, "column-list", list=title) for title in lists),
            *(say(language, key) for key in ("column-result", "column-details")),
        ]
        widths = [_ID, _CIRCLE, *[_GRADE] * 3, _COUNT, *[_COUNT] * len(lists), _RESULT, _DETAILS]
        self._heads(sheet, row, heads, widths)
        for number, circle in enumerate(self.assessed.circles, start=row + 1):
            self._circle(sheet, number, circle)
        sheet.freeze_panes(row + 1, 2)
        sheet.repeat_rows(row)
        if self.assessed.circles:
            sheet.autofilter(row, 0, row + len(self.assessed.circles), len(heads) - 1)

    def _top(self) -> list[str]:
        assessed, language = self.assessed, self.language
        lines = [profile_line(assessed.profile, language)]
        if assessed.profile.own_choice:
            lines.append(say(language, "own-choice"))
        needs = sum(1 for _ in need_rows(assessed))
        lines += [data_line(assessed, language), *summary_lines(assessed, needs, language)]
        return lines + [reason_sentence(note, None, assessed, language) for note in assessed.notes]

    def _lead(self, sheet: Any, title: str, lines: Sequence[str]) -> int:
        """Write what stands above a table, and return the row of its heads."""
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, title, self.style.title)
        for row, line in enumerate(lines, start=1):
            sheet.write_string(row, 0, line, self.style.lead)
        return len(lines) + 2

    def _heads(self, sheet: Any, row: int, heads: Sequence[str], widths: Sequence[float]) -> None:
        sheet.set_row(row, 34)
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(row, column, head, self.style.head)

    def _circle(self, sheet: Any, row: int, circle: CircleAssessment) -> None:
        assessed, language, ruled = self.assessed, self.language, self.style.ruled
        details = "\n".join(circle_lines(circle, assessed, language))
        counts = [circle.evidence.lists.get(name) for name in assessed.profile.lists]
        texts: list[str | int | None] = [
            visible(circle.circle_id or ""),
            visible(circle.name or ""),
            *(value for _, value in grades(circle, assessed, language)),
            None if circle.evidence.nothing else circle.evidence.open,
            *(None if item is None else item.found for item in counts),
            aim_text(circle.aim, assessed, language),
            details,
        ]
        for column, text in enumerate(texts):
            if isinstance(text, int):
                sheet.write_number(row, column, text, self.count)
            else:
                sheet.write(row, column, text or None, ruled)
        sheet.set_row(row, _LINE * max(2, _lines(details, _DETAILS)) + 4)

    def _list_title(self, name: str) -> str:
        title = visible(self.assessed.profile.lists[name].title.in_language(self.language))
        return capital(title)

    def kinds(self) -> None:
        """Write the open outlets of every circle by kind."""
        style, language = self.style, self.language
        sheet = self.book.add_worksheet(say(language, "sheet-kinds"))
        page(sheet, language)
        row = self._lead(sheet, say(language, "sheet-kinds"), [say(language, "kinds-about")])
        codes = self._codes()
        titles = [kind_title(code, self.assessed.standard).in_language(language) for _, code in codes]
        heads = [say(language, "column-id"), say(language, "column-circle"), *titles]
        self._heads(sheet, row, heads, [_ID, _CIRCLE, *[4.8] * len(codes)])
        sheet.set_row(row, 26 + 6 * max(map(display_width, titles), default=0))
        for column, title in enumerate(titles, start=2):
            sheet.write_string(row, column, title, self.upright)
        for number, circle in enumerate(self.assessed.circles, start=row + 1):
            sheet.write_string(number, 0, visible(circle.circle_id or ""), style.ruled)
            sheet.write_string(number, 1, visible(circle.name or ""), style.ruled)
            for column, (name, code) in enumerate(codes, start=2):
                self._kind(sheet, number, column, _kind(circle, name, code))
        sheet.freeze_panes(row + 1, 2)
        sheet.repeat_rows(row)
        sheet.repeat_columns(0, 1)

    def _codes(self) -> list[tuple[str, str]]:
        """Return every kind of every list, those too that only a local category puts there."""
        categories = self.assessed.standard.codelists["categories"].codes
        found: dict[tuple[str, str], None] = {}
        for name, item in self.assessed.profile.lists.items():
            found.update(dict.fromkeys((name, code) for code in item.members(categories)))
            for circle in self.assessed.circles:
                if name in circle.evidence.lists:
                    found.update(dict.fromkeys((name, kind.code) for kind in circle.evidence.lists[name].kinds))
        return list(found)

    def _kind(self, sheet: Any, row: int, column: int, kind: Kind | None) -> None:
        if kind is None:
            sheet.write_blank(row, column, None, self.style.ruled)
        elif kind.unsure:
            sheet.write_string(row, column, "?", self.states["unsure"])
        else:
            sheet.write_number(row, column, kind.outlets, self.states["present" if kind.outlets else "absent"])

    def needs(self) -> None:
        """Write the list of needs under the heads that the template has, so that its rows can be copied there."""
        table, language, style = self.assessed.standard.tables["needs"], self.language, self.style
        sheet = self.book.add_worksheet(sheet_name(table, language))
        sheet.set_tab_color(TAB_TABLE)
        page(sheet, language)
        for column, item in enumerate(table.fields):
            sheet.set_column(column, column, _WIDTHS.get(item.name, 12), style.cell(item))
            title = item.title.in_language(language) + ("*" if item.required else "")
            sheet.write_string(0, column, title, style.head_needed if item.required else style.head)
            sheet.write_string(1, column, item.name, style.names)
        sheet.set_row(0, 34)
        sheet.freeze_panes(HEADER_ROWS, 1)
        for row, cells in enumerate(need_cells(self.assessed, language), start=HEADER_ROWS):
            for column, item in enumerate(table.fields):
                if item.name in cells:
                    sheet.write_string(row, column, cells[item.name], style.cell(item))

    def about(self) -> None:
        """Write what the profile is, and what the list of needs is good for."""
        language, style = self.language, self.style
        sheet = self.book.add_worksheet(say(language, "sheet-about"))
        sheet.hide_gridlines(2)
        page(sheet, language, tall=True)
        sheet.set_column(0, 0, 100)
        sheet.write_string(0, 0, say(language, "about"), style.title)
        table = sheet_name(self.assessed.standard.tables["needs"], language)
        lines = [profile_line(self.assessed.profile, language), *about_lines(self.assessed.profile, language)]
        lines += ["", say(language, "needs-about", table=table), self._made()]
        for row, line in enumerate(lines, start=2):
            sheet.write_string(row, 0, line, style.text)
            sheet.set_row(row, _LINE * max(1, _lines(line, 100)) + 3)

    def _made(self) -> str:
        return say(self.language, "made-by", tool=self.assessed.circledata, spec=self.assessed.standard.version)


def _kind(circle: CircleAssessment, name: str, code: str) -> Kind | None:
    """Return a kind of a circle; None where nothing is known of the circle's outlets."""
    item = circle.evidence.lists.get(name)
    if item is None:
        return None
    return next((kind for kind in item.kinds if kind.code == code), Kind(code, 0))


def _lines(text: str, width: float) -> int:
    return sum(max(1, -(-display_width(line) // int(width * 1.05))) for line in text.split("\n"))
