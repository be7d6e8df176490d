"""Reads the headings of a survey export: what is no question, numbers of questions, matrices, columns of options."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from circledata.convert.survey.options import Words
from circledata.values.text import clean, half_width

_NUMBERED = (
    re.compile(r"(?:第\s*)?(\d{1,3})\s*(?:[、．)）]|[.:：](?!\d)|题\s*[、.:：]?)\s*(.*)"),
    re.compile(r"[Qq](\d{1,3})(?:[_.\-|](\d{1,3})\b)?\s*[、.．:：)）]?\s*(.*)"),
    re.compile(r"[(（](\d{1,3})[)）]\s*(.*)"),
)
_NUMBER_AND_OPTION = re.compile(r"(\d{1,3})\s*[(（\[](.+)[)）\]]")
_DASH = re.compile(r"\s*(?:[—―–]+|-{2,}|(?<=[^\x00-\x7f])-(?=[^\x00-\x7f]))\s*")
_IN_BRACKETS = re.compile(r"(.*)[(（\[]([^()（）\[\]]+)[)）\]]")
_TYPE_NOTE = re.compile(r"\s*[\[【](?:单选|多选|填空|简答|量表|矩阵|排序|必答|必填)[^\]】]*[\]】]\s*$")
"""What the export appends to a heading; the words stay in `Column.name`, where types of questions are looked for."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column that may be a question: its heading in the file, its place from 1, its number, what it asks."""

    name: str
    place: int
    number: str | None
    text: str

    @property
    def has_dash(self) -> bool:
        """Whether the heading is a stem and an item joined by a dash, as the first column of a matrix has."""
        return len(_DASH.split(self.text, maxsplit=1)) == 2

    @property
    def stem(self) -> str:
        """What stands before the dash, or before the option in brackets; the whole without either."""
        parts = _DASH.split(self.text, maxsplit=1)
        if len(parts) == 2:
            return parts[0]
        found = _IN_BRACKETS.fullmatch(self.text)
        return found[1].strip() if found else self.text

    @property
    def item(self) -> str:
        """What stands after the dash, else the whole."""
        parts = _DASH.split(self.text, maxsplit=1)
        return parts[1] if len(parts) == 2 and parts[1] else self.text

    @property
    def option(self) -> str:
        """The option that the column stands for: after the dash, or in brackets at the end, else the whole."""
        if self.has_dash:
            return self.item
        found = _IN_BRACKETS.fullmatch(self.text)
        return found[2].strip() if found else self.text


@dataclass
class Headings:
    """The columns of a table by what they are; `asked` are the groups of columns of one number, in order."""

    serial: str | None = None
    submitted: str | None = None
    dropped: list[str] = field(default_factory=list)
    asked: list[list[Column]] = field(default_factory=list)

    @property
    def numbered(self) -> int:
        """How many columns have the number of a question."""
        return sum(column.number is not None for group in self.asked for column in group)


def read_column(name: str, place: int) -> Column:
    """Read one heading: `1、…`, `1.…`, `Q1`, `(1)…`, `5(option)`, or one without a number."""
    text = half_width(clean(name))
    found = _NUMBER_AND_OPTION.fullmatch(text)
    if found:
        return Column(name, place, str(int(found[1])), f"({found[2]})")
    for pattern in _NUMBERED:
        found = pattern.fullmatch(text)
        if found:
            rest = _TYPE_NOTE.sub("", found[found.lastindex or 1] or "")
            return Column(name, place, str(int(found[1])), rest or text)
    return Column(name, place, None, _TYPE_NOTE.sub("", text))


def read_headings(header: Sequence[str], words: Words, alike: Callable[[str, str], bool]) -> Headings:
    """Sort the columns of a table. `alike(a, b)`: whether two columns hold the same kind of answers.

    Columns with the same number beside each other belong together. In a matrix whose stem stands in its first column
    alone, columns without a number belong to it as long as their answers are alike.
    """
    headings = Headings()
    for place, name in enumerate(header, start=1):
        plain = half_width(clean(name)).rstrip(":：")
        if headings.serial is None and plain in words.serial:
            headings.serial = name
        elif headings.submitted is None and plain in words.submitted:
            headings.submitted = name
        elif plain in words.dropped or plain in words.submitted or plain in words.serial:
            headings.dropped.append(name)
        else:
            _place(headings.asked, read_column(name, place), alike)
    return headings


def _place(groups: list[list[Column]], column: Column, alike: Callable[[str, str], bool]) -> None:
    last = groups[-1] if groups else None
    if last is not None and last[-1].place == column.place - 1:
        same_number = column.number is not None and column.number == last[0].number
        goes_on = (
            column.number is None
            and last[0].number is not None
            and last[0].has_dash
            and alike(last[0].name, column.name)
        )
        if same_number or goes_on:
            last.append(column)
            return
    groups.append([column])
