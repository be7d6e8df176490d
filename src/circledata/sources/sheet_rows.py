"""The rows of a sheet below its header, block by block: merged cells filled, blank rows and totals left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from circledata.sources.book_ods import Range
from circledata.sources.cells import Cell, cell_text
from circledata.sources.header import SEARCHED_ROWS
from circledata.sources.sheet_header import MOST_HEADER_ROWS
from circledata.standard.model import Field, Table

BLOCK = 4_000
"""Rows that are worked on at a time."""
_WORDS = "合计|小计|总计|共计|总和|累计|汇总"
_SIGN = re.compile(r"[合小总共]\s*计|总\s*和|累\s*计|汇\s*总|total|^\s*sum\s*$", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:本页|本表|全区|全市|全县|全省|以上|各项|街道|社区|生活圈|项目|网点)?"
    rf"(?:{_WORDS}|(?:grand|sub)?-?total|sum)(?:\([^()]*\))?:?[0-9.,]*(?:个|家|户|人|元|万元|项|笔|处|间)?",
    re.IGNORECASE,
)
"""What stands in a row of totals and nothing else, blanks taken away."""
_NAMED_TOTAL = re.compile(".{1,20}(?:合计|小计|总计|共计)")
"""The total of something that is named before it: 东大街小计."""


def first_rows(rows: Iterable[list[Cell]]) -> list[list[Cell]]:
    """Return the rows among which a header is looked for; of an iterator, the others are still to come."""
    head: list[list[Cell]] = []
    filled = 0
    for row in rows:
        head.append(row)
        filled += not is_blank(row)
        if filled > SEARCHED_ROWS + MOST_HEADER_ROWS:
            break
    return head


@dataclass
class Block:
    """Some records of a sheet: the number of each row, its cells, and which of them got their content by merging."""

    lines: list[int]
    rows: list[list[Cell]]
    filled: dict[int, set[int]] = field(default_factory=dict)
    """Places in the block of cells that a merged cell filled, by the place of their column."""


class Totals:
    """Knows rows of totals, which stand below records and are none."""

    def __init__(self, fields: Sequence[str | None], table: Table) -> None:
        items = [table.by_name.get(name or "") for name in fields]
        keys = [(place, item) for place, item in enumerate(items) if item and _is_key(item, table)]
        self._ids = [(place, re.compile(item.pattern)) for place, item in keys if item.pattern]
        # A group or an option of a survey may well be called 合计; a community may not.
        self._names = [place for place, item in keys if item.name == "name"] if len(table.primary_key) > 1 else []
        self._single = len(table.primary_key) == 1
        self._id = self._ids[0][0] if self._single and self._ids else -1

    def word(self, row: Sequence[Cell]) -> tuple[int, str] | None:
        """Return place and text of the cell that says that the row holds totals; None for a record."""
        firsts = []
        for place, cell in enumerate(row):
            if cell != "" and (text := cell_text(cell)).strip():
                firsts.append((place, text))
                if len(firsts) == 2:
                    break
        for place in self._names:
            if place < len(row) and _TOTAL.fullmatch(_bare(cell_text(row[place]))):
                return place, cell_text(row[place])
        if any(pattern.fullmatch(cell_text(row[place]).strip()) for place, pattern in self._ids if place < len(row)):
            return None
        for place, text in firsts:
            if _TOTAL.fullmatch(_bare(text)):
                return place, text
        if self._single and firsts and _NAMED_TOTAL.fullmatch(_bare(firsts[0][1])):
            return firsts[0]
        return None

    def suspect(self, row: Sequence[Cell]) -> bool:
        """Tell quickly whether a row may hold totals: whether one of its first cells sounds so."""
        if 0 <= self._id < len(row):
            cell = row[self._id]
            if cell.__class__ is str and cell[:1].isdigit() and cell.isascii():
                return False  # what has an id is a record
        count = 0
        for cell in row:
            if cell != "":
                if cell.__class__ is str and _SIGN.search(cell):
                    return True
                count += 1
                if count == 2:
                    break
        return any(place < len(row) and _SIGN.search(cell_text(row[place])) for place in self._names)


def _is_key(item: Field, table: Table) -> bool:
    """Tell whether a field tells records apart: part of the key, or required in a table without one."""
    return item.name in table.primary_key or (item.required and not table.primary_key)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


class Merges:
    """Fills the content of cells merged downwards into all rows that they cover; rows must come in order."""

    def __init__(self, merged: Sequence[Range], first_column: int, last: int) -> None:
        self._waiting = sorted(
            (
                (top + 1, left - first_column + 1, bottom + 1)
                for (top, left), (bottom, _) in merged
                if bottom > top >= last and left - first_column + 1 >= 0
            ),
            reverse=True,
        )
        self._active: list[tuple[int, int, Cell]] = []

    def __bool__(self) -> bool:
        """Tell whether anything is left to be filled."""
        return bool(self._waiting or self._active)

    def take(self, line: int, row: Sequence[Cell]) -> None:
        """Take note of the merged cells that begin in a row."""
        while self._waiting and self._waiting[-1][0] <= line:
            top, place, bottom = self._waiting.pop()
            if top == line and place < len(row) and row[place] != "":
                self._active.append((bottom, place, row[place]))
        self._active = [item for item in self._active if item[0] >= line]

    def fill(self, row: list[Cell]) -> list[int]:
        """Fill the blank cells of a row that merged cells cover; returns their places."""
        places = []
        for _, place, cell in self._active:
            if place < len(row) and row[place] == "":
                row[place] = cell
                places.append(place)
        return places


def in_blocks(rows: Iterable[list[Cell]]) -> Iterator[tuple[int, list[list[Cell]]]]:
    """Yield the rows of a sheet, BLOCK at a time, with the number of the first of them."""
    number, left = 1, iter(rows)
    while block := list(islice(left, BLOCK)):
        yield number, block
        number += len(block)


def is_blank(row: Sequence[Cell]) -> bool:
    """Tell whether a row holds nothing but blanks."""
    return not any(cell.__class__ is not str or cell.strip() for cell in row)
