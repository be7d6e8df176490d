"""Changes the cells of one row of a sheet's XML; everything else in the row stays as it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from circledata.findings.model import LEVELS, Level
from circledata.sources.sheet_xml import column_letters, column_number
from circledata.workbooks.ooxml.tags import content

FIRST_FILLED = 0
"""The column that stands for the first filled cell of a row."""
_R = re.compile(rb"(?<![^\s\"'])r\s*=\s*[\"']([A-Za-z]{1,3})[0-9]+[\"']")
_S = re.compile(rb"(?<![^\s\"'])s\s*=\s*[\"']([0-9]+)[\"']")
_TAKEN_AWAY = re.compile(rb"\s*(?<![^\s\"'])(?:s|t|cm|vm|ph)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_STYLE = re.compile(rb"\s*(?<![^\s\"'])s\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_SPANS = re.compile(rb"\s+spans\s*=\s*(?:\"[^\"]*\"|'[^']*')")


@dataclass(slots=True)
class CellEdit:
    """What is to become of one cell; None leaves that side of it as it is."""

    text: str | None = None
    number: str | None = None
    level: Level | None = None


class FormulaInTheWay(ValueError):
    """A value was to be written over a formula, which is never done."""


class RowPatcher:
    """Changes rows of one sheet. `painted`: from a style and a level to the style with that level's fill, or None.

    `resolved` holds, by row, the column that `FIRST_FILLED` turned out to be.
    """

    def __init__(self, prefix: bytes, painted: Callable[[int, Level], int | None]) -> None:
        self.prefix = prefix
        self._painted = painted
        self.resolved: dict[int, int] = {}
        self.column_styles: list[tuple[int, int, int]] = []
        """First and last column and the style that cells of these columns have when they have none of their own."""
        name = re.escape(prefix)
        self._cell = re.compile(
            rb"<" + name + rb"c(?=[\s/>])((?:[^\"'>/]|\"[^\"]*\"|'[^']*')*+)(?:/>|>(.*?)</" + name + rb"c\s*>)",
            re.DOTALL,
        )
        self._filled = re.compile(rb"<" + name + rb"(?:v|f|is)(?:\s[^>]*)?(?<!/)>")
        self._formula = re.compile(rb"<" + name + rb"f[\s/>]")

    def row(self, tag: bytes, inner: bytes, number: int, edits: Mapping[int, CellEdit]) -> bytes:
        """Return a whole row. `tag`: its attributes, as written; `inner`: its content; columns of `edits` from 1."""
        cells = self._cells(inner)
        wanted = self._resolve(number, cells, edits)
        style = self._row_style(tag)
        pieces: list[bytes] = []
        place, last = 0, 0
        waiting = sorted(wanted)
        for column, match in cells:
            while waiting and waiting[0] < column:
                pieces += [inner[place : match.start()], self._new(number, waiting[0], wanted[waiting[0]], style)]
                place = match.start()
                last = waiting.pop(0)
            if waiting and waiting[0] == column:
                waiting.pop(0)
                pieces += [inner[place : match.start()], self._changed(number, column, match, wanted[column])]
                place = match.end()
        known = {column for column, _ in cells}
        # What follows the last cell (an extension list) stays behind the new ones.
        end = cells[-1][1].end() if cells else 0
        pieces.append(inner[place : max(place, end)])
        pieces += [self._new(number, column, wanted[column], style) for column in waiting]
        pieces.append(inner[max(place, end) :])
        if last or any(column not in known for column in wanted):
            # The span of columns is a hint that would no longer be true.
            tag = _SPANS.sub(b"", tag)
        return b"<%srow%s>%s</%srow>" % (self.prefix, tag, b"".join(pieces), self.prefix)

    def _cells(self, inner: bytes) -> list[tuple[int, re.Match[bytes]]]:
        cells, column = [], 0
        for match in self._cell.finditer(inner):
            reference = _R.search(match[1])
            column = column_number(reference[1].decode().upper()) if reference else column + 1
            cells.append((column, match))
        return cells

    def _resolve(
        self, number: int, cells: list[tuple[int, re.Match[bytes]]], edits: Mapping[int, CellEdit]
    ) -> dict[int, CellEdit]:
        """Return the edits by real columns; the first filled cell may have one of its own as well."""
        wanted = {column: edit for column, edit in edits.items() if column != FIRST_FILLED}
        if FIRST_FILLED in edits:
            filled = (column for column, match in cells if match[2] and self._filled.search(match[2]))
            column = next(filled, 1)
            self.resolved[number] = column
            own, level = wanted.get(column, CellEdit()), edits[FIRST_FILLED].level
            graver = own.level is None or (level is not None and LEVELS.index(level) < LEVELS.index(own.level))
            wanted[column] = CellEdit(own.text, own.number, level if graver else own.level)
        return wanted

    def _row_style(self, tag: bytes) -> int | None:
        style = _S.search(tag)
        return int(style[1]) if style else None

    def _style_of_column(self, column: int) -> int:
        return next((style for first, last, style in self.column_styles if first <= column <= last), 0)

    def _new(self, number: int, column: int, edit: CellEdit, row_style: int | None) -> bytes:
        style = self._style_of_column(column) if row_style is None else row_style
        style = self._with_level(style, edit)
        start = b'<%sc r="%s%d"' % (self.prefix, column_letters(column).encode(), number)
        return start + (b' s="%d"' % style if style else b"") + self._rest(edit, b"")

    def _changed(self, number: int, column: int, match: re.Match[bytes], edit: CellEdit) -> bytes:
        given = _S.search(match[1])
        style = self._with_level(int(given[1]) if given else 0, edit)
        written = b' s="%d"' % style if style or given else b""
        if edit.text is None and edit.number is None:
            kept = _STYLE.sub(b"", match[1]).rstrip()
            start = b"<%sc%s%s" % (self.prefix, kept, written)
            return start + (b"/>" if match[2] is None else b">%s</%sc>" % (match[2], self.prefix))
        if match[2] and self._formula.search(match[2]):
            raise FormulaInTheWay(f"{column_letters(column)}{number}")
        kept = _TAKEN_AWAY.sub(b"", match[1]).rstrip()
        return b"<%sc%s%s" % (self.prefix, kept, written) + self._rest(edit, b"")

    def _with_level(self, style: int, edit: CellEdit) -> int:
        if edit.level is None:
            return style
        painted = self._painted(style, edit.level)
        return style if painted is None else painted

    def _rest(self, edit: CellEdit, default: bytes) -> bytes:
        """Return what follows the attributes of a cell that has a new value, or none."""
        name = self.prefix
        if edit.number is not None:
            return b"><%sv>%s</%sv></%sc>" % (name, edit.number.encode(), name, name)
        if edit.text is not None:
            value = content(edit.text).encode()
            text = b'<%st xml:space="preserve">%s</%st>' % (name, value, name)
            return b' t="inlineStr"><%sis>%s</%sis></%sc>' % (name, text, name, name)
        return default + b"/>"
