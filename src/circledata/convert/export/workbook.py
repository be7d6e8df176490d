"""A package as an XLSX workbook that people can read and fill in: one sheet a table, titles above machine names.

Cells hold no formula. Text stays text when it is edited (format `@`). A code stands with its title behind it
(`open 营业`), in the cells and in the drop-down lists; readers of the standard take the title away. What a workbook has
no cells for is on a sheet that is hidden for good (circledata.sources.book_extra). The same package gives the same
bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from circledata.convert.export.book_cells import MOST_ROWS, Cells
from circledata.convert.export.book_codes import CodeSheet
from circledata.convert.export.book_front import write_package_sheet
from circledata.convert.export.book_hints import Hints
from circledata.convert.export.book_package import sheet_texts
from circledata.convert.export.book_sheet import HEADER_ROWS, Columns, TableSheets, last_row, sheet_name
from circledata.convert.export.book_style import describe, new_book
from circledata.convert.export.csv_form import Rows
from circledata.convert.export.extra import extra_of
from circledata.convert.export.opened import Source, SourceTable
from circledata.convert.model import ConversionError
from circledata.sources.book_extra import SHEET
from circledata.standard.model import Language, Text

PIECE = 32_000
"""Characters of the carried text in one cell; Excel takes 32,767."""
SPARE_ROWS = 1_000
"""Rows below the records that have drop-downs too, so that records can be added."""
SAMPLE = 300
"""Records whose cells tell how wide the columns are."""


def write_workbook(source: Source, path: Path, lang: Language) -> None:
    """Write the workbook. ConversionError when a table has more records than a sheet has rows."""
    for name, table in source.tables.items():
        if table.loaded.rows > MOST_ROWS - HEADER_ROWS:
            raise _too_long(name, table.loaded.rows)
    book = new_book(path, lang, constant_memory=True, tmpdir=str(path.parent))
    try:
        describe(book, source.package.standard)
        writer = _Writer(source, book, lang)
        writer.package_sheet()
        shown = {name: writer.table_sheet(table) for name, table in source.tables.items()}
        writer.codes.write()
        _write_extra(book, {**extra_of(source, shown), "lang": lang})
    except BaseException:
        # Closing would write it all the same; its temporary files lie beside it and go with their folder.
        for sheet in book.worksheets():
            if sheet.row_data_fh:
                sheet.row_data_fh.close()
        raise
    book.close()


def _too_long(name: str, rows: int) -> ConversionError:
    return ConversionError(
        Text(
            f"{name} 有 {rows} 行，工作表最多放 {MOST_ROWS - HEADER_ROWS} 行，没有写入。"
            "请改用 .parquet、.sqlite 或 .jsonl。",
            f"{name} has {rows} records, more than a sheet can hold ({MOST_ROWS - HEADER_ROWS}); nothing was written. "
            "Use .parquet, .sqlite or .jsonl.",
        )
    )


def _write_extra(book: Any, extra: Mapping[str, Any]) -> None:
    """Write what has no cells to the hidden sheet, one text cut into pieces."""
    sheet = book.add_worksheet(SHEET)
    sheet.very_hidden()
    # `_x` would begin an escape of XLSX, which not every reader resolves in the same way.
    content = json.dumps(extra, separators=(",", ":")).replace("_x", "\\u005fx")
    for row, start in enumerate(range(0, len(content), PIECE)):
        sheet.write_string(row, 0, content[start : start + PIECE])


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, source: Source, book: Any, lang: Language) -> None:
        self._source = source
        self._standard = source.package.standard
        self._book = book
        self._lang = lang
        names = {name: sheet_name(table.table, lang) for name, table in source.tables.items()}
        self._columns = {
            name: Columns(table.table, [column.field for column in table.columns], table.header)
            for name, table in source.tables.items()
        }
        places = {
            name: columns.place(names[name], last_row(source.tables[name].loaded.rows, SPARE_ROWS))
            for name, columns in self._columns.items()
        }
        self._hints = Hints(self._standard, lang, names)
        self.codes = CodeSheet(book, self._standard, lang, places, {"categories": _own_categories(source)})
        self._sheets = TableSheets(book, lang, self._hints, self.codes, places)

    def package_sheet(self) -> None:
        """Write what the package says of itself: the sheet 基本信息."""
        texts = sheet_texts(self._source.package.descriptor or {}, self._standard, self._lang)
        write_package_sheet(self._book, self._sheets.style, self._hints, texts)

    def table_sheet(self, table: SourceTable) -> tuple[str, bool]:
        """Write one table; returns the digest of its rows as they are read back, and whether they are its own."""
        columns = self._columns[table.table.name]
        sample = table.select([f"coalesce({c.text}, '')" for c in table.columns], extra=f"LIMIT {SAMPLE}")
        sheet = self._sheets.begin(columns, list(sample), table.loaded.rows)
        cells = Cells(columns.fields, self._standard, self._lang, self._sheets.style.cells)
        rows = Rows()
        for number, row in enumerate(table.rows(), HEADER_ROWS):
            rows.add(cells.write(sheet, number, row))
        self._tell(table, cells)
        return rows.digest, not cells.altered and all(head.strip() for head in table.header)

    def _tell(self, table: SourceTable, cells: Cells) -> None:
        if cells.altered:
            name, title = table.table.name, table.table.title
            self._source.notes.add(
                f"{title.zh}（{name}）有 {cells.altered} 个单元格太长，或者有 XLSX 存不了的字符，"
                "工作表里是截短或替换后的文字；原文件已随工作簿带上。",
                f"{cells.altered} cells of {title.en} ({name}) are too long, or hold characters that XLSX cannot keep; "
                "the sheet has them cut or replaced. The original file is carried in the workbook.",
            )


def _own_categories(source: Source) -> list[str]:
    """Return the codes that the package's own table of categories adds."""
    table = source.tables.get("categories")
    column = table.loaded.by_name.get("category") if table else None
    if table is None or column is None:
        return []
    return [code for (code,) in table.select([f"coalesce({column.text}, '')"]) if code]
