"""A workbook to fill in WPS or Excel, made of what `spec/` says: headers, drop-downs, hints, formats, instructions."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from circledata.convert.export.book_cells import Cells
from circledata.convert.export.book_codes import CodeSheet
from circledata.convert.export.book_front import YES_NO, shown_code, write_package_sheet
from circledata.convert.export.book_hints import Hints
from circledata.convert.export.book_sheet import HEADER_ROWS, Columns, TableSheets, last_row, sheet_name
from circledata.convert.export.book_style import Target, describe, new_book
from circledata.convert.model import ConversionError
from circledata.convert.output.atomic import writing
from circledata.sources.package_sheet import layout
from circledata.standard.model import Field, Language, Standard, Table, Text
from circledata.workbooks.template_choice import Choice, choose, example_rows, guide, in_language
from circledata.workbooks.template_pages import write_codes, write_guide
from circledata.workbooks.template_words import word

ROWS = 20_000
"""Rows of each sheet that have drop-downs and hints; further rows are read all the same."""
_DIVISION = re.compile("[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?")
_SUFFIXES = {".xlsx"}


@dataclass(frozen=True)
class Template:
    """What was written: the file, the names of its sheets in order, the tables by machine name.

    `added`: tables that were added since a required key points to them. `pointing`: table, column and the table that
    the column points to, where the template does not have that one.
    """

    path: Path
    sheets: tuple[str, ...]
    tables: tuple[str, ...]
    added: tuple[Table, ...]
    pointing: tuple[tuple[Table, Field, Table], ...]


def write_template(
    path: str | os.PathLike[str],
    *,
    tables: Sequence[str] | None = None,
    lang: Language = "zh",
    division: str | None = None,
    example: bool = False,
    overwrite: bool = False,
) -> Template:
    """Write a workbook to fill, and return what is in it. The same call gives the same bytes.

    `tables`: machine names or titles, those of extensions too; without them the ones that `spec/1.0/template.yaml`
    names. `division`: code of the area, filled in on the sheet 基本信息 and put in front of the ids in hints.
    `example`: fill it with invented rows that pass every check. ConversionError when a table or division is unknown,
    or `path` is taken or no `.xlsx`; OSError from the machine. Nothing is left behind then.
    """
    to = Path(path)
    if to.suffix.lower() not in _SUFFIXES:
        raise ConversionError(
            Text(
                f"{to} 的名字要以 .xlsx 结尾，模板是工作簿。",
                f"The name {to} has to end in .xlsx: a template is a workbook.",
            )
        )
    choice = choose(tables)
    if division is not None:
        _check_division(division, choice.standard, example=example)
    maker = _Maker(choice, lang, division, example=example)
    with writing(to, overwrite=overwrite) as fresh:
        sheets = maker.write(fresh)
    return Template(to, sheets, tuple(table.name for table in choice.tables), choice.added, choice.pointing)


def _check_division(code: str, standard: Standard, *, example: bool) -> None:
    if example:
        raise ConversionError(
            Text(
                "--example 的内容连同区划代码都是编好的，不能再写 --division。请去掉其中一个。",
                "--example has invented content with a division code of its own; leave out --division or --example.",
            )
        )
    if not _DIVISION.fullmatch(code):
        raise ConversionError(
            Text(
                f"区划代码是 6、9 或 12 位数字，不能是“{code}”。",
                f"A division code has 6, 9 or 12 digits, not “{code}”.",
            )
        )
    if code[:6] not in standard.codelists["divisions"].codes:
        raise ConversionError(
            Text(
                f"没有区划代码 {code}。查代码：circledata codes divisions --find 名称",
                f"There is no division code {code}. Look it up: circledata codes divisions --find NAME",
            )
        )


class _Maker:
    """Makes one template."""

    def __init__(self, choice: Choice, lang: Language, division: str | None, *, example: bool) -> None:
        self._standard = choice.standard
        self._tables = choice.tables
        self._lang = lang
        self._division = division
        self._guide = guide(choice.standard)
        here = {table.name for table in choice.tables}
        self._rows = {
            table.name: example_rows(table, choice.standard, self._guide, here, lang) for table in choice.tables
        }
        self._example = example
        self._hints = Hints(
            choice.standard,
            lang,
            {table.name: sheet_name(table, lang) for table in choice.tables},
            word("codes-sheet", lang),
            division,
            self._examples(),
        )

    def _examples(self) -> dict[tuple[str, str], str]:
        return {
            (table, name): value for table, rows in self._rows.items() for row in rows for name, value in row.items()
        }

    def write(self, target: Target) -> tuple[str, ...]:
        """Write the workbook and return the names of the sheets that people see."""
        book = new_book(target, self._lang, in_memory=True)
        describe(book, self._standard, word("property-title", self._lang))
        columns = {table.name: Columns(table, table.fields, [*table.by_name]) for table in self._tables}
        sheets = self._hints.sheets
        places = {name: item.place(sheets[name], last_row(0, ROWS)) for name, item in columns.items()}
        codes = CodeSheet(book, self._standard, self._lang, places, {})
        writer = TableSheets(book, self._lang, self._hints, codes, places)
        write_guide(book, writer.style, self._hints, self._tables, example=self._example)
        write_package_sheet(book, writer.style, self._hints, self._package_texts())
        for item in columns.values():
            self._table(writer, item)
        write_codes(book, writer.style, self._hints, self._tables)
        codes.write(self._own_rows())
        names = tuple(sheet.get_name() for sheet in book.worksheets() if not sheet.hidden)
        book.close()
        return names

    def _table(self, writer: TableSheets, columns: Columns) -> None:
        table = columns.table
        rows = [[row.get(name, "") for name in columns.names] for row in self._rows[table.name]]
        # The examples tell how wide the columns are, in an empty template too.
        filled = rows if self._example else []
        sheet = writer.begin(columns, rows, len(filled))
        cells = Cells(columns.fields, self._standard, self._lang, writer.style.cells)
        for number, row in enumerate(filled, HEADER_ROWS):
            cells.write(sheet, number, row)

    def _own_rows(self) -> Mapping[str, Sequence[str]]:
        if not self._example:
            return {}
        return {
            table.name: [row[table.primary_key[0]] for row in self._rows[table.name]]
            for table in self._tables
            if len(table.primary_key) == 1
        }

    def _package_texts(self) -> dict[str, str]:
        """Return what the sheet 基本信息 has already, by name of the key."""
        exchange = any(table.profile == "exchange" for table in self._tables)
        raw = {
            "version": self._standard.version,
            "profile": "exchange" if exchange else "open",
            "synthetic": "false",
            "extensions": "; ".join(f"{name} {number}" for name, number in self._standard.extensions.items()),
            **self._of_division(),
        }
        if self._example:
            example: Mapping[str, Any] = self._guide["example"]["package"]
            raw |= {name: in_language(value, self._lang) for name, value in example.items()}
        return {
            item.name: self._shown(item, raw[item.name])
            for item in layout(self._standard.root).keys
            if raw.get(item.name)
        }

    def _shown(self, item: Any, text: str) -> str:
        if item.kind == "boolean":
            return YES_NO[self._lang][0 if text == "true" else 1]
        if item.codelist:
            return shown_code(self._standard.codelists[item.codelist], text, self._lang)
        return text

    def _of_division(self) -> dict[str, str]:
        if self._division is None:
            return {}
        known = self._standard.codelists["divisions"].codes.get(self._division)
        found = {"division_code": self._division, "name": f"circles-{self._division}"}
        if known and self._lang == "zh":
            # The names of places are Chinese only.
            found["title"] = word("package-title", self._lang, division=known.title.zh)
        return found
