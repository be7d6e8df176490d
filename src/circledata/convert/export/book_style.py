"""How every workbook of ours looks: fonts, colours, formats of cells, the page it is printed on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from circledata.standard.model import Field, Language, Standard

CREATED = datetime(2000, 1, 1)
"""When every workbook says it was made: a constant, so that it tells nothing of when it was."""
NEEDED, FREE, NAMES, ENTRY = "#FCE4D6", "#DDE7F2", "#F2F2F2", "#FFF9E5"
"""Fills: heads of required columns, of the others, the row of machine names, a cell to fill on the sheet 基本信息."""
INK, RED, GREY, LINE = "#1F3864", "#9C0006", "#7F7F7F", "#BFBFBF"
TAB_GUIDE, TAB_PACKAGE, TAB_TABLE = "#A6A6A6", "#F4B183", "#8EA9DB"
_FONTS = {"zh": ("微软雅黑", 10), "en": ("Calibri", 11)}
_A4 = 9
Target = Path | BinaryIO


def new_book(target: Target, lang: Language, **options: Any) -> Any:
    """Return an empty workbook. No text becomes a formula, a number or a link by itself."""
    import xlsxwriter

    font, size = _FONTS[lang]
    plain = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    base = {"font_name": font, "font_size": size}
    return xlsxwriter.Workbook(
        str(target) if isinstance(target, Path) else target, {**plain, **options, "default_format_properties": base}
    )


def describe(book: Any, standard: Standard, title: str = "") -> None:
    """Fill the document's properties: what it is, and by which version of the standard."""
    version = " + ".join([standard.version, *(f"{name} {number}" for name, number in standard.extensions.items())])
    book.set_properties({"title": title, "subject": f"circledata {version}", "created": CREATED})
    book.set_custom_property("circledata.version", standard.version, "text")
    for name, number in standard.extensions.items():
        book.set_custom_property(f"circledata.extensions.{name}", number, "text")


class Style:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        def made(**properties: Any) -> Any:
            return book.add_format({"valign": "vcenter", **properties})

        head = {"bold": True, "text_wrap": True, "num_format": "@", "bottom": 1, "bottom_color": LINE}
        head |= {"right": 1, "right_color": "#FFFFFF"}
        ruled = {"border": 1, "border_color": LINE, "text_wrap": True}
        self.head = made(**head, bg_color=FREE, font_color=INK)
        self.head_needed = made(**head, bg_color=NEEDED, font_color=RED)
        self.names = made(font_color=GREY, font_size=8, bg_color=NAMES, num_format="@")
        self.title = made(bold=True, font_size=16, font_color=INK)
        self.part = made(bold=True, font_size=12, font_color=INK, bottom=2, bottom_color="#8EA9DB")
        self.text = made(text_wrap=True)
        self.about = made(indent=1)
        self.lead = made(font_color=GREY)
        self.warning = made(font_color=RED, bold=True)
        self.number = made(bold=True, font_color=INK, align="center")
        self.note = made(font_color=GREY, font_size=9, text_wrap=True, valign="top")
        self.link = made(font_color="#1F5FA8", underline=1)
        self.label = made(**ruled, bold=True, bg_color=FREE, font_color=INK)
        self.label_needed = made(**ruled, bold=True, bg_color=NEEDED, font_color=RED)
        self.entry = made(**ruled, bg_color=ENTRY, num_format="@")
        self.entry_date = made(**ruled, bg_color=ENTRY, num_format="yyyy-mm-dd", align="left")
        self.ruled = made(**{**ruled, "valign": "top"}, num_format="@")
        self.cells = {
            "string": book.add_format({"num_format": "@"}),
            "boolean": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            "integer": book.add_format({"num_format": "#,##0"}),
            "number": book.add_format({}),
            "money": book.add_format({"num_format": "#,##0.00"}),
        }

    def cell(self, item: Field | None) -> Any:
        """Return the format of the cells of a column; one that is no field holds text."""
        return self.cells[kind_of(item)]


def kind_of(item: Field | None) -> str:
    """Return the name of the format that the cells of a field have."""
    return "string" if item is None else "money" if item.type == "number" and item.decimals == 2 else item.type


def page(sheet: Any, lang: Language, *, wide: bool = False, tall: bool = False) -> None:
    """Set up how a sheet is printed: on A4 with page numbers, landscape unless `tall`, one page wide unless `wide`."""
    sheet.set_paper(_A4)
    if tall:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    pages = "第 &P 页，共 &N 页" if lang == "zh" else "Page &P of &N"
    sheet.set_footer(f"&L&A&R{pages}")
    if wide:
        sheet.set_print_scale(75)
    else:
        sheet.fit_to_pages(1, 0)
