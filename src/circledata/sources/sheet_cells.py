"""Reads the cells of one column of a sheet, block by block: as text, understood where they are not quite right."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from circledata.sources.cell_notes import CellNotes
from circledata.sources.cells import Cell, cell_text
from circledata.sources.mending import CellMender, Mended
from circledata.standard.code_titles import titles_of, without_titles
from circledata.standard.model import Field, Standard

_REMEMBERED = 100_000
"""Texts of a column that are known to be right, kept so that they are not looked at again."""
_NUMBERS = frozenset((float, int))
_MOST_DIGITS = 15
"""Spreadsheets keep so many digits of a number; what was typed behind them is lost."""
_SHORT_PHONE = re.compile("(?!1[3-9][0-9]{9}$)(?![48]00[0-9]{7}$)(?:10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}")
"""An area code without its 0 and a number of seven or eight digits; neither a mobile nor a 400 or 800 number."""


class _Written(dict[Cell, str]):
    """The texts of cells that are alike, made when first asked for."""

    def __missing__(self, cell: Cell) -> str:
        """Write a cell that was not met before."""
        text = self[cell] = cell_text(cell)
        return text


@dataclass
class ColumnReader:
    """Reads one column. `place`: of its cells in a row, from 0; `number`: of the column in the sheet, from 1."""

    place: int
    number: int
    item: Field | None
    standard: Standard
    notes: CellNotes
    head: str = ""
    base1904: bool = False
    exact: bool = False
    """Whether the cells are taken to the letter."""
    _right: set[str] = field(default_factory=set)
    _right_numbers: set[str] = field(default_factory=set)
    _kind: type | None = None
    _written: _Written = field(default_factory=_Written)

    @cached_property
    def _mender(self) -> CellMender:
        return CellMender(self.item, self.standard, header=self.head, base1904=self.base1904)

    @cached_property
    def _titles(self) -> Any:
        return titles_of(self.item, self.standard)

    @cached_property
    def _plain_numbers(self) -> bool:
        """Whether a number cell can be taken as it is: the column holds numbers of the standard's own unit."""
        return self.item is not None and self.item.type in {"integer", "number"} and self._mender.unit is None

    def read(self, lines: Sequence[int], cells: Sequence[Cell], filled: Collection[int] = ()) -> Sequence[str]:
        """Return the texts of a block of cells; `lines` are their rows, `filled` the places of those that got their
        content from a cell merged over them.
        """
        kinds = set(map(type, cells))
        texts = self._texts(cells, kinds)
        if self.exact:
            return self._without_titles(texts)
        changed = self._changed(self._words(cells, texts, kinds))
        numbers: Mapping[str, Mended | str] = {}
        if kinds & _NUMBERS and not self._plain_numbers:
            written = {text for text, cell in zip(texts, cells, strict=True) if cell.__class__ in _NUMBERS}
            numbers = self._changed_numbers(written - self._right_numbers)
        if not changed and not numbers and not filled:
            return texts
        return self._noted(lines, cells, texts, changed, numbers, filled)

    def _texts(self, cells: Sequence[Cell], kinds: set[type]) -> Sequence[str]:
        if kinds == {str}:
            return cells  # type: ignore[return-value]
        if len(kinds - {str}) == 1:
            # Cells of one kind repeat themselves; of several kinds 1 and true would be taken for the same.
            if self._kind not in kinds or len(self._written) > _REMEMBERED:
                self._kind, self._written = next(iter(kinds - {str})), _Written()
            return list(map(self._written.__getitem__, cells))
        return [cell if cell.__class__ is str else cell_text(cell) for cell in cells]

    def _words(self, cells: Sequence[Cell], texts: Sequence[str], kinds: set[type]) -> set[str]:
        """Return the different texts of the block that are not known to be right."""
        if not kinds & _NUMBERS:
            return set(texts) - self._right
        return {text for text, cell in zip(texts, cells, strict=True) if cell.__class__ not in _NUMBERS} - self._right

    def _without_titles(self, texts: Sequence[str]) -> Sequence[str]:
        if self.item is None or self._titles is None:
            return texts
        return [without_titles(text, self.item, self._titles) if " " in text else text for text in texts]

    def _changed(self, texts: set[str]) -> dict[str, Mended]:
        """Return what the texts mean that are not right as they stand; a code with its title behind is right."""
        changed: dict[str, Mended] = {}
        if len(self._right) > _REMEMBERED:
            self._right.clear()
        for text in texts:
            bare = text
            if self.item is not None and self._titles is not None and " " in text:
                bare = without_titles(text, self.item, self._titles)
            mended = self._mender.mend(bare)
            if mended is not None:
                changed[text] = mended
            elif bare != text:
                changed[text] = Mended(bare, "")
            else:
                self._right.add(text)
        return changed

    def _changed_numbers(self, texts: set[str]) -> dict[str, Mended | str]:
        """Return what is to be said of numbers in a column: how they are understood, or the rule that they break."""
        changed: dict[str, Mended | str] = {}
        if len(self._right_numbers) > _REMEMBERED:
            self._right_numbers.clear()
        for text in texts:
            if rule := self._lost(text):
                changed[text] = rule
            elif mended := self._mender.mend(text, number=True):
                changed[text] = mended
            else:
                self._right_numbers.add(text)
        return changed

    def _lost(self, text: str) -> str | None:
        """Return the rule that a number breaks in a column of text, where something of what was typed is gone."""
        if self.item is None or self.item.type != "string":
            return None
        if len(text.partition(".")[0].lstrip("-")) > _MOST_DIGITS:
            return "digits-lost"
        return "leading-zero-lost" if self.item.name == "phone" and _SHORT_PHONE.fullmatch(text) else None

    def _noted(
        self,
        lines: Sequence[int],
        cells: Sequence[Cell],
        texts: Sequence[str],
        changed: Mapping[str, Mended],
        numbers: Mapping[str, Mended | str],
        filled: Collection[int],
    ) -> Sequence[str]:
        """Return the texts as they are understood, every change and loss noted once."""
        result = list(texts)
        for place, text in enumerate(texts):
            is_number = bool(numbers) and cells[place].__class__ in _NUMBERS
            meant = numbers.get(text) if is_number else changed.get(text)
            if isinstance(meant, Mended):
                result[place] = meant.text
            if place in filled:
                self.notes.add("value-understood", lines[place], self.number, "", result[place], "merged")
            elif isinstance(meant, str):
                self.notes.add(meant, lines[place], self.number, text)
            elif meant is not None and meant.change:
                self.notes.add("value-understood", lines[place], self.number, text, meant.text, meant.change)
        return result
