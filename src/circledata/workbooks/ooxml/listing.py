"""A sheet of our own, such as 问题清单: rows of texts and links under a frozen header that can be filtered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from circledata.findings.model import LEVELS
from circledata.sources.sheet_xml import column_letters
from circledata.workbooks.ooxml.book import reference
from circledata.workbooks.ooxml.colours import LIGHT
from circledata.workbooks.ooxml.styles import Styles
from circledata.workbooks.ooxml.tags import clean, quoted, text_element

Look = Literal["title", "text", "bold", "grey", "head", "link", "error", "warning", "advice"]
LONGEST = 32_767
"""Characters that a cell of Excel takes."""
MOST_LINKS = 65_000
"""Excel takes 65,530 links of a sheet."""
_HEAD_FILL, _HEAD_LETTERS, _LINK, _GREY, _LINE = "44546A", "FFFFFF", "0563C1", "595959", "D9D9D9"
PALETTE_GAP = 3
"""Empty columns between the list and the hidden cells of the palette."""


@dataclass(frozen=True, slots=True)
class Item:
    """One cell of the list; `link`: a place such as `'网点'!F12` that a click leads to."""

    text: str | int = ""
    look: Look = "text"
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list.

    `height` in points; programs that measure the text themselves make the row fit, except where `spans` joins cells:
    first and last column (from 1) of each joined range, whose text is that of its first cell.
    """

    items: Sequence[Item]
    height: float | None = None
    spans: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole sheet. `head` is the number (from 1) of the row that is frozen, printed on each page and filtered by."""

    widths: Sequence[float]
    lines: Sequence[Line]
    head: int


class Looks:
    """The cell styles of the list, added to a workbook's own; the letters are of the workbook's own kind."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._kind = styles.font
        line = "".join(
            f'<{side} style="thin"><color rgb="FF{_LINE}"/></{side}>' for side in ("left", "right", "top", "bottom")
        )
        self._box = styles.add_border(f"<border>{line}<diagonal/></border>")
        self.numbers: Mapping[Look, int] = {
            "title": self._style(self._font(14, bold=True), 0, 0, vertical="center"),
            "text": self._style(self._font(10), 0, self._box),
            "bold": self._style(self._font(10, bold=True), 0, self._box),
            "grey": self._style(self._font(10, colour=_GREY), 0, 0, vertical="center"),
            "head": self._style(
                self._font(10, bold=True, colour=_HEAD_LETTERS),
                styles.add_fill(_HEAD_FILL),
                self._box,
                vertical="center",
            ),
            "link": self._style(self._font(10, colour=_LINK, underlined=True), 0, self._box),
            **{
                level: self._style(
                    self._font(10), styles.add_fill("".join(f"{part:02X}" for part in LIGHT[level])), self._box
                )
                for level in LEVELS
            },
        }

    def _font(self, size: int, *, bold: bool = False, underlined: bool = False, colour: str | None = None) -> int:
        shown = f'<color rgb="FF{colour}"/>' if colour else '<color indexed="8"/>'
        marks = ("<b/>" if bold else "") + ("<u/>" if underlined else "")
        return self._styles.add_font(f'<font>{marks}<sz val="{size}"/>{shown}{self._kind}</font>')

    def _style(self, font: int, fill: int, border: int, vertical: str = "top") -> int:
        return self._styles.add_style(
            f'<xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyNumberFormat="1" '
            'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f'<alignment horizontal="left" vertical="{vertical}" wrapText="1"/></xf>'
        )

    def filled(self, fill: int) -> int:
        """Return a style that has nothing but a fill, for a cell of the palette."""
        return self._styles.add_style(
            f'<xf numFmtId="0" fontId="0" fillId="{fill}" borderId="0" xfId="0" applyFill="1"/>'
        )


def sheet_xml(listing: Listing, looks: Looks, palette: Sequence[int], main: str) -> Iterator[bytes]:
    """Yield the XML of the sheet. `palette`: fills that painted cells had; `main`: the name space of its tags."""
    columns = len(listing.widths)
    head, last = listing.head, len(listing.lines)
    cells = f"A{head}:{column_letters(columns)}{max(head, last)}"
    yield (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{main}"><sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{head + 1}" sqref="A{head + 1}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/>{_columns(listing.widths, len(palette))}<sheetData>'
    ).encode()
    links: list[tuple[str, str]] = []
    for number, line in enumerate(listing.lines, 1):
        extra = _palette_cells(columns, palette, looks) if number == 1 else ""
        yield _row(number, line, columns, looks, links, extra).encode()
    merged = [
        f'<mergeCell ref="{column_letters(first)}{number}:{column_letters(final)}{number}"/>'
        for number, line in enumerate(listing.lines, 1)
        for first, final in line.spans
    ]
    joined = f'<mergeCells count="{len(merged)}">{"".join(merged)}</mergeCells>' if merged else ""
    targets = "".join(f'<hyperlink ref="{cell}" location="{quoted(link)}"/>' for cell, link in links)
    targets = f"<hyperlinks>{targets}</hyperlinks>" if targets else ""
    yield (
        f'</sheetData><autoFilter ref="{cells}"/>{joined}{targets}'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    ).encode()


def _columns(widths: Sequence[float], palette: int) -> str:
    shown = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, 1)
    )
    first = len(widths) + 1 + PALETTE_GAP
    hidden = f'<col min="{first}" max="{first + palette - 1}" width="9" hidden="1" customWidth="1"/>' if palette else ""
    return f"<cols>{shown}{hidden}</cols>"


def _palette_cells(columns: int, palette: Sequence[int], looks: Looks) -> str:
    first = columns + 1 + PALETTE_GAP
    return "".join(
        f'<c r="{column_letters(number)}1" s="{looks.filled(fill)}"/>' for number, fill in enumerate(palette, first)
    )


def palette_range(columns: int, count: int) -> str:
    """Return where the cells of the palette stand, as a reference to fixed cells."""
    first = columns + 1 + PALETTE_GAP
    return f"${column_letters(first)}$1:${column_letters(first + count - 1)}$1"


def _row(number: int, line: Line, columns: int, looks: Looks, links: list[tuple[str, str]], extra: str) -> str:
    items = dict(enumerate(line.items, 1))
    for first, final in line.spans:
        # Covered cells have the look of the first one, so that borders and colours go all the way round.
        look = items[first].look if first in items else "text"
        items |= {column: Item("", look) for column in range(first + 1, final + 1)}
    cells = []
    for column in range(1, columns + 1):
        if column not in items:
            continue
        item, place = items[column], f"{column_letters(column)}{number}"
        cells.append(_cell(place, item, looks))
        if item.link and len(links) < MOST_LINKS:
            links.append((place, item.link))
    height = f' ht="{line.height:g}"' if line.height else ""
    fixed = ' customHeight="1"' if line.height and line.spans else ""
    return f'<row r="{number}"{height}{fixed}>{"".join(cells)}{extra}</row>'


def _cell(place: str, item: Item, looks: Looks) -> str:
    style = looks.numbers[item.look]
    if item.text == "":
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(item.text, int):
        return f'<c r="{place}" s="{style}"><v>{item.text}</v></c>'
    text = text_element("t", clean(item.text)[:LONGEST])
    return f'<c r="{place}" s="{style}" t="inlineStr"><is>{text}</is></c>'


def names_of(listing: Listing, sheet: str, purpose: str, palette: int) -> list[tuple[str, int, str, bool]]:
    """Return the defined names of the sheet: its filter, the rows printed on each page, and by what it is known again.

    The last two stay with the sheet when another program saves the workbook, even when the sheet is renamed.
    """
    columns, head = len(listing.widths), listing.head
    letters = column_letters(columns)
    names = [
        ("_xlnm._FilterDatabase", 0, reference(sheet, f"$A${head}:${letters}${max(head, len(listing.lines))}"), True),
        ("_xlnm.Print_Titles", 0, reference(sheet, f"${head}:${head}"), False),
        (purpose, 0, reference(sheet, "$A$1"), True),
    ]
    if palette:
        names.append((PALETTE, 0, reference(sheet, palette_range(columns, palette)), True))
    return names


PALETTE = "_circledata_fills"
"""The defined name of the palette's cells."""
