"""Cells of a sheet: every text so that reading the workbook gives it back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from circledata.convert.export.book_style import kind_of
from circledata.sources.cells import cell_text
from circledata.standard.code_titles import titles_of, with_titles
from circledata.standard.model import Field, Language, Standard
from circledata.values.formula_marks import MARK, mark

MOST_ROWS = 1_048_576
LONGEST = 32_767
"""Characters that a cell of Excel takes, counted as UTF-16 counts them."""
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_DATE = date(1900, 3, 1)
"""Before this day spreadsheets disagree on what a number means, since Excel has a 29 February 1900."""
_ODD = re.compile("[\ufffe\uffff]|_x005F_(?=x)", re.IGNORECASE)
"""What does not come back from XLSX: two characters that XML has no place for, and an escape of an escape."""


class Cells:
    """Writes the rows of one table. `altered` counts the cells that could not be written as they are."""

    def __init__(
        self, fields: Sequence[Field | None], standard: Standard, lang: Language, formats: Mapping[str, Any]
    ) -> None:
        self._kinds = [item.type if item else "string" for item in fields]
        self._looks = [kind_of(item) for item in fields]
        self._coded = [self._titles(item, standard) for item in fields]
        self._lang = lang
        self._formats = formats
        self._seen: dict[tuple[int, str], str] = {}
        self.altered = 0

    @staticmethod
    def _titles(item: Field | None, standard: Standard) -> Any:
        titles = titles_of(item, standard)
        return (item, titles) if titles else None

    def write(self, sheet: Any, number: int, row: Sequence[str]) -> list[str]:
        """Write one row and return it as it will be read back."""
        shown = list(row)
        for place, text in enumerate(row):
            if text:
                shown[place] = self._cell(sheet, number, place, text)
        return shown

    def _cell(self, sheet: Any, number: int, place: int, text: str) -> str:
        kind = self._kinds[place]
        if kind in {"integer", "number"} and _NUMBER.fullmatch(text) and cell_text(float(text)) == text:
            sheet.write_number(number, place, float(text), self._formats[self._looks[place]])
            return text
        if kind == "date" and _DATE.fullmatch(text) and (day := _day(text)):
            sheet.write_datetime(number, place, day, self._formats["date"])
            return text
        kept = self._kept(text)
        sheet.write_string(number, place, self._outside(place, kept), self._formats["string"])
        return kept

    def _kept(self, text: str) -> str:
        """Return what a cell can keep of a text."""
        kept = writable(text)
        # A title behind a code, or one mark in front, must have room as well.
        if len(kept) > LONGEST // 2 - 200 and len(kept.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST - 200:
            kept = kept.encode("utf-16-le", "surrogatepass")[: 2 * (LONGEST - 200)].decode("utf-16-le", "ignore") + "…"
        if kept != text:
            self.altered += 1
        return kept

    def _outside(self, place: int, text: str) -> str:
        """Return a text as the sheet shows it, from which the reader makes `text` again."""
        coded = self._coded[place]
        if coded is None:
            return mark(text) if text.startswith(MARK) else text
        found = self._seen.get((place, text))
        if found is None:
            shown = mark(text) if text.startswith(MARK) else text
            found = with_titles(shown, coded[0], coded[1], self._lang)
            if len(self._seen) < 100_000:
                self._seen[place, text] = found
        return found


def writable(text: str) -> str:
    """Return a text with what no cell of an XLSX file gives back replaced by U+FFFD."""
    return _ODD.sub("\ufffd", text)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= _FIRST_DATE else None


def display_width(text: str) -> int:
    """Return the width of a text in columns of half-width characters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
