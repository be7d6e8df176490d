"""The sheet of codes, hidden for good, and the defined names from which the drop-downs of a workbook take their
entries: code lists, ids that are on other sheets, and the categories that a package adds for itself.

A name stands for a range without the empty cells below it, by functions that every spreadsheet knows (OFFSET,
SUMPRODUCT): no dynamic arrays, which WPS and LibreOffice lack.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from circledata.convert.export.book_cells import display_width
from circledata.convert.export.book_hints import keys_of
from circledata.standard.code_titles import BOOLEANS, titles_of
from circledata.standard.model import Field, Language, Standard, Table

SHEET = "_codes"
MOST_CODES = 500
"""A longer list (divisions) is no help as a drop-down."""
OWN_ROWS = 300
"""Categories of its own that a package can have in the drop-down of a workbook to fill."""


@dataclass(frozen=True)
class Place:
    """Where a table stands: its sheet, the columns of its fields from 0, its first and last row for records from 1."""

    sheet: str
    columns: Mapping[str, int]
    first: int
    last: int

    def cells(self, field: str) -> str:
        """Return the cells of a column, with the sheet's name."""
        letters = letters_of(self.columns[field] + 1)
        return f"{self._sheet}!${letters}${self.first}:${letters}${self.last}"

    def cell(self, field: str, row: int) -> str:
        """Return one cell of a column, with the sheet's name."""
        return f"{self._sheet}!${letters_of(self.columns[field] + 1)}${row}"

    @property
    def _sheet(self) -> str:
        return "'" + self.sheet.replace("'", "''") + "'"

    def filled(self, field: str) -> str:
        """Return the formula that counts the rows of a column down to its last filled cell."""
        cells = self.cells(field)
        return f'MAX(0,SUMPRODUCT(MAX(({cells}<>"")*ROW({cells})))-{self.first - 1})'


class CodeSheet:
    """Gathers what drop-downs offer, one column a list, and writes it under defined names.

    `own`: codes that a package adds, by the table that holds them; where there is none of a table, the drop-down
    follows what is typed on that table's sheet.
    """

    def __init__(
        self,
        book: Any,
        standard: Standard,
        lang: Language,
        places: Mapping[str, Place],
        own: Mapping[str, Sequence[str]],
    ) -> None:
        self._book = book
        self._standard = standard
        self._lang = lang
        self._places = places
        self._own = own
        self._lists: dict[str, list[str]] = {}
        self._following: dict[str, Place] = {}
        self._ids: dict[str, str] = {}

    def name_of(self, table: Table, item: Field) -> str | None:
        """Return the defined name of what a field's cells can be; None where there is no list, or one too long."""
        if item.list:
            return None
        if item.type == "boolean":
            return self._named("booleans", [*BOOLEANS], item)
        codelist = self._standard.codelists.get(item.codelist or "")
        if codelist and len(codelist.codes) <= MOST_CODES:
            return self._coded(item, [*codelist.codes])
        return self._id_name(table, item)

    def _coded(self, item: Field, codes: list[str]) -> str:
        name, owner = str(item.codelist), item.codelist_extended_by
        if owner is None:
            return self._named(name, codes, item)
        if owner in self._own:
            more = [code for code in self._own[owner] if code not in codes]
            return self._named(f"{name}_own", [*codes, *dict.fromkeys(more)], item)
        made = self._named(f"{name}_own" if owner in self._places else name, codes, item)
        if owner in self._places:
            self._following[made] = self._places[owner]
        return made

    def _named(self, name: str, codes: Sequence[str], item: Field) -> str:
        name = "codes_" + name.replace("-", "_")
        titles = titles_of(item, self._standard)
        if name not in self._lists:
            self._lists[name] = [titles.add(code, self._lang) if titles else code for code in codes]
        return name

    def _id_name(self, table: Table, item: Field) -> str | None:
        key = keys_of(table).get(item.name)
        place = self._places.get(key.table) if key else None
        if key is None or place is None or key.target_fields[0] not in place.columns:
            return None
        name = f"ids_{key.table}_{key.target_fields[0]}"
        start = place.cell(key.target_fields[0], place.first)
        self._ids[name] = f"=OFFSET({start},0,0,MAX(1,{place.filled(key.target_fields[0])}),1)"
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

    def write(self, own_rows: Mapping[str, Sequence[str]] | None = None) -> None:
        """Write the sheet and its names; called when every table is written.

        `own_rows`: the codes that stand on the sheets that drop-downs follow, for readers that do not reckon.
        """
        for name, formula in self._ids.items():
            self._book.define_name(name, formula)
        if not self._lists:
            return
        sheet = self._book.add_worksheet(SHEET)
        sheet.very_hidden()
        for row in range(max(len(entries) for entries in self._lists.values())):
            for place, entries in enumerate(self._lists.values()):
                if row < len(entries):
                    sheet.write_string(row, place, entries[row])
        for column, (name, entries) in enumerate(self._lists.items()):
            letters = letters_of(column + 1)
            count = str(len(entries))
            if (source := self._following.get(name)) is not None:
                count = self._follow(sheet, column, len(entries), source, own_rows or {})
            if count.isdigit():
                self._book.define_name(name, f"={SHEET}!${letters}$1:${letters}${count}")
            else:
                self._book.define_name(name, f"=OFFSET({SHEET}!${letters}$1,0,0,{count},1)")

    def _follow(
        self, sheet: Any, column: int, already: int, source: Place, own_rows: Mapping[str, Sequence[str]]
    ) -> str:
        """Let a list go on with what is typed on another sheet; returns the formula of its length."""
        table = next(name for name, place in self._places.items() if place is source)
        field = self._standard.tables[table].primary_key[0]
        known = [*own_rows.get(table, ()), *[""] * OWN_ROWS]
        for number in range(OWN_ROWS):
            cell = source.cell(field, source.first + number)
            sheet.write_formula(already + number, column, f'=IF({cell}="","",{cell})', None, known[number])
        return f"{already}+MIN({OWN_ROWS},{source.filled(field)})"


def letters_of(number: int) -> str:
    """Return the letters of a column, from 1."""
    from circledata.sources.sheet_xml import column_letters

    return column_letters(number)
