"""A package as an XLSX workbook that people can read and fill in: one sheet a table, titles above machine names.

Cells hold no formula. Text stays text when it is edited (format `@`). A code stands with its title behind it
(`open 营业`), in the cells and in the drop-down lists; readers of the standard take the title away. What a workbook has
no cells for is on a sheet that is hidden for good (circledata.sources.book_extra). The same package gives the same
bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from circledata.convert.export.book_cells import MOST_ROWS, Cells, display_width
from circledata.convert.export.book_codes import CodeSheet
from circledata.convert.export.book_package import sheet_texts
from circledata.convert.export.csv_form import Rows
from circledata.convert.export.extra import extra_of
from circledata.convert.export.opened import Source, SourceTable
from circledata.convert.model import ConversionError
from circledata.sources.book_extra import SHEET
from circledata.sources.package_sheet import layout
from circledata.standard.model import Field, Language, Text

CREATED = datetime(2000, 1, 1)
"""When every workbook says it was made: a constant, so that it tells nothing of when it was."""
PIECE = 32_000
"""Characters of the carried text in one cell; Excel takes 32,767."""
HEADER_ROWS = 2
SPARE_ROWS = 1_000
"""Rows below the records that have drop-downs too, so that records can be added."""
_WIDTHS = {"date": 12, "integer": 10, "number": 12, "boolean": 9, "string": 14}
_NARROWEST, _WIDEST = 8, 36
SAMPLE = 300
"""Records whose cells tell how wide the columns are."""


def write_workbook(source: Source, path: Path, lang: Language) -> None:
    """Write the workbook. ConversionError when a table has more records than a sheet has rows."""
    import xlsxwriter

    for name, table in source.tables.items():
        if table.loaded.rows > MOST_ROWS - HEADER_ROWS:
            raise _too_long(name, table.loaded.rows)
    options = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_formulas": False}
    book = xlsxwriter.Workbook(str(path), {**options, "strings_to_numbers": False, "strings_to_urls": False})
    try:
        book.set_properties({"created": CREATED})
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
        grey = {"font_color": "#808080", "font_size": 9, "bg_color": "#F2F2F2", "num_format": "@"}
        top = {"bold": True, "bg_color": "#DCE6F1", "text_wrap": True, "valign": "vcenter", "num_format": "@"}
        self._title = book.add_format({**top, "bottom": 1})
        self._needed = book.add_format({**top, "bottom": 1, "font_color": "#9C0006"})
        self._name = book.add_format(grey)
        self._plain = book.add_format({"num_format": "@", "valign": "top"})
        self._wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self._formats = {
            "string": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "boolean": book.add_format({}),
        }
        self.codes = CodeSheet(book, self._standard, lang, _own_categories(source))

    def package_sheet(self) -> None:
        """Write what the package says of itself: the sheet 基本信息."""
        how = layout(self._standard.root)
        texts = sheet_texts(self._source.package.descriptor or {}, how, self._lang)
        sheet = self._book.add_worksheet("基本信息" if self._lang == "zh" else "Package")
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 22, self._plain)
        sheet.set_column(1, 1, 60, self._wrapped)
        for row, item in enumerate(how.keys):
            sheet.write_string(row, 0, item.title.in_language(self._lang), self._title)
            if item.name in texts:
                sheet.write_string(row, 1, texts[item.name], self._wrapped)
            if item.codelist and item.codelist in self._standard.codelists:
                codes = list(self._standard.codelists[item.codelist].codes)
                sheet.data_validation(row, 1, row, 1, _warning({"validate": "list", "source": codes}))

    def table_sheet(self, table: SourceTable) -> tuple[str, bool]:
        """Write one table; returns the digest of its rows as they are read back, and whether they are its own."""
        columns = table.columns
        sheet = self._book.add_worksheet(table.table.title.in_language(self._lang))
        fields = [column.field for column in columns]
        titles = [self._head(item, head) for item, head in zip(fields, table.header, strict=True)]
        # Columns have their widths before the first row: the rows are not kept.
        for place, (item, width) in enumerate(zip(fields, self._widths(table, titles), strict=True)):
            sheet.set_column(place, place, width, self._formats.get(item.type if item else "string"))
        sheet.set_row(0, 30)
        for place, (item, title) in enumerate(zip(fields, titles, strict=True)):
            sheet.write_string(0, place, title, self._needed if item and item.required else self._title)
        for place, head in enumerate(table.header):
            sheet.write_string(1, place, head, self._name)
        cells = Cells(columns, self._standard, self._lang, self._formats)
        rows = Rows()
        for number, row in enumerate(table.rows(), HEADER_ROWS):
            rows.add(cells.write(sheet, number, row))
        self._finish(sheet, fields, table.loaded.rows)
        self._tell(table, cells)
        return rows.digest, not cells.altered and all(head.strip() for head in table.header)

    def _widths(self, table: SourceTable, titles: Sequence[str]) -> list[int]:
        """Return how wide each column is: as the title, a code with its title, and nine in ten of the first cells."""
        sample = list(table.select([f"coalesce({c.text}, '')" for c in table.columns], extra=f"LIMIT {SAMPLE}"))
        widths = []
        for place, (column, title) in enumerate(zip(table.columns, titles, strict=True)):
            item = column.field
            cells = sorted(display_width(row[place][:_WIDEST]) for row in sample)
            cell = cells[len(cells) * 9 // 10] + 2 if cells else 0
            code = self.codes.width(item) if item else 0
            plain = _WIDTHS[item.type if item else "string"]
            widths.append(min(_WIDEST, max(_NARROWEST, plain, display_width(title) + 2, code, cell)))
        return widths

    def _head(self, item: Field | None, head: str) -> str:
        title = item.title.in_language(self._lang) if item else head
        return f"{title}*" if item and item.required else title

    def _finish(self, sheet: Any, fields: Sequence[Field | None], rows: int) -> None:
        last = max(HEADER_ROWS, HEADER_ROWS + rows - 1)
        end = min(MOST_ROWS - 1, last + SPARE_ROWS)
        sheet.freeze_panes(HEADER_ROWS, 1)
        sheet.set_landscape()
        sheet.repeat_rows(0, HEADER_ROWS - 1)
        sheet.autofilter(HEADER_ROWS - 1, 0, last, max(0, len(fields) - 1))
        sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(len(fields))}{end + 1}"})
        for place, item in enumerate(fields):
            if item is None or item.list:
                continue
            if item.codelist and (name := self.codes.name_of(item)):
                choice: dict[str, Any] = {"validate": "list", "source": f"={name}"}
            elif item.type == "boolean":
                choice = {"validate": "list", "source": ["TRUE", "FALSE"]}
            else:
                continue
            sheet.data_validation(HEADER_ROWS, place, end, place, _warning(choice))

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


def _warning(choice: Mapping[str, Any]) -> dict[str, Any]:
    """Return a drop-down that lets other entries pass after a question: a code without its title is right too."""
    return {**choice, "error_type": "warning", "ignore_blank": True}


def _letters(number: int) -> str:
    from circledata.sources.sheet_xml import column_letters

    return column_letters(max(1, number))
