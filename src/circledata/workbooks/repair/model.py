"""What a repair has done: what was changed, how often, where it is listed, and what was left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from circledata.convert.model import ConversionError
from circledata.standard.model import Text

RepairKind = Literal["csv", "workbook", "package"]


@dataclass(frozen=True)
class Repair:
    """The outcome of `repair`.

    `kind`: what the input was. `counts`: how often each change was made, by its key in `mending.yaml`. `list`: the file
    that lists every change; None for a workbook, whose first sheet `sheet` lists them. `left`: sentences on what could
    not be repaired as a whole (a table with unreadable bytes, a column whose unit is not certain).
    """

    source: Path
    out: Path
    kind: RepairKind
    counts: Mapping[str, int]
    list: Path | None = None
    sheet: str | None = None
    left: tuple[Text, ...] = ()
    table: str | None = None
    """Machine name of the table that a CSV file was taken for."""

    @property
    def changes(self) -> int:
        """How many changes were made in all."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `row`: physical line or row of the sheet; None for a change of the whole file.

    `column`: the head as it stands in the file, empty for a change of a row or a file. `key`: of `mending.yaml`.
    """

    key: str
    file: str
    row: int | None = None
    column: str = ""
    old: str = ""
    new: str = ""
    sheet: str | None = None
    cell: str | None = None
    """Address in the sheet, such as F12."""
    phone: bool = False
    """Whether the column is for public telephone numbers, which may be shown."""


class Log(Protocol):
    """Takes in the changes one by one."""

    def add(self, change: Change) -> None:
        """Note one change."""


@dataclass
class Left:
    """Gathers what could not be repaired, each sentence once."""

    sentences: list[Text] = field(default_factory=list)

    def add(self, zh: str, en: str) -> None:
        """Note one sentence."""
        sentence = Text(zh, en)
        if sentence not in self.sentences:
            self.sentences.append(sentence)


def unit_left(header: str) -> tuple[str, str]:
    """Say that a column whose head names another unit was left, zh and en."""
    return (
        f"“{header}”这一列没有换算：里面有看不准的、公式算出来的或者合并的单元格，要么整列一起换，要么都不换。",
        f"The column “{header}” was not converted: some of its cells are not certain, are formulas or merged, and "
        "either all of a column is converted or nothing.",
    )


def unit_unplaced(header: str, unit: str) -> tuple[str, str]:
    """Say that a column was left because no head of its own names the unit that it is in, zh and en."""
    return (
        f"“{header}”这一列没有换算：单位“{unit}”不是写在这一列自己的列名里（写在表格上面、几列合并的格子里或者公式里），"
        "改了数字就和单位对不上。",
        f"The column “{header}” was not converted: its unit does not stand in a head of its own but above "
        "the table, in a cell merged over several columns or in a formula, and would no longer fit the numbers.",
    )


def refusal(zh: str, en: str) -> ConversionError:
    """Make the error that nothing was written, with its reason."""
    return ConversionError(Text(zh, en))
