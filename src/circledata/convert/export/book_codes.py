"""The sheet of codes, hidden for good, from which the drop-downs of a workbook take their entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from circledata.convert.export.book_cells import display_width
from circledata.standard.code_titles import titles_of
from circledata.standard.model import Field, Language, Standard

SHEET = "_codes"
MOST_CODES = 500
"""A longer list (divisions) is no help as a drop-down."""


class CodeSheet:
    """Gathers the code lists that drop-downs use, one column each, and writes them under defined names."""

    def __init__(self, book: Any, standard: Standard, lang: Language, own_categories: Sequence[str]) -> None:
        self._book = book
        self._standard = standard
        self._lang = lang
        self._own = own_categories
        self._lists: dict[str, list[str]] = {}

    def name_of(self, item: Field) -> str | None:
        """Return the defined name of a field's entries; None when the list is too long for a drop-down."""
        codelist = self._standard.codelists.get(item.codelist or "")
        titles = titles_of(item, self._standard)
        if codelist is None or titles is None or len(codelist.codes) > MOST_CODES:
            return None
        name = "codes_" + codelist.name.replace("-", "_") + ("_own" if item.codelist_extended_by else "")
        if name not in self._lists:
            entries = [titles.add(code, self._lang) for code in codelist.codes]
            own = [code for code in self._own if code not in codelist.codes] if item.codelist_extended_by else []
            self._lists[name] = [*entries, *dict.fromkeys(own)]
        return name

    def width(self, item: Field) -> int:
        """Return how wide a column has to be for most of a field's codes with their titles; 0 for other fields."""
        codelist = self._standard.codelists.get(item.codelist or "")
        if codelist is None:
            return 0
        widths = sorted(
            display_width(f"{code.code} {code.title.in_language(self._lang)}") for code in codelist.codes.values()
        )
        return widths[len(widths) * 3 // 4] + 3 if widths else 0

    def write(self) -> None:
        """Write the sheet and its names; called when every table is written."""
        if not self._lists:
            return
        sheet = self._book.add_worksheet(SHEET)
        sheet.very_hidden()
        for row in range(max(map(len, self._lists.values()))):
            for place, entries in enumerate(self._lists.values()):
                if row < len(entries):
                    sheet.write_string(row, place, entries[row])
        for place, (name, entries) in enumerate(self._lists.items()):
            letters = _letters(place + 1)
            self._book.define_name(name, f"={SHEET}!${letters}$1:${letters}${len(entries)}")


def _letters(number: int) -> str:
    from circledata.sources.sheet_xml import column_letters

    return column_letters(number)
