"""Cuts a survey export into questions with the cells of each, before anybody knows their types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from circledata.convert.model import ConversionError, SourceRow
from circledata.convert.survey.answers import Cell, CellReader, NoAnswer
from circledata.convert.survey.headers import Column, Headings, read_headings
from circledata.convert.survey.options import Words
from circledata.convert.survey.scales import fitting, read_number
from circledata.standard.model import Text
from circledata.values.text import clean, half_width

_CHOSEN = frozenset({"1", "1.0", "√", "✓", "✔"})
_NOT_CHOSEN = frozenset({"0", "0.0"})


@dataclass
class Unit:
    """One question: its id in the package, its wording, its columns, and a cell of each row that was used.

    `item`: what a line of a matrix asks about, else "". `flags`: a multiple choice with a column for each option; its
    cells are then the labels of the columns that were chosen, joined by a line break, which no cell holds.
    """

    id: str
    number: str | None
    text: str
    columns: tuple[Column, ...]
    cells: list[Cell]
    item: str = ""
    flags: bool = False
    seen: Counter[str] = field(default_factory=Counter)
    forms: dict[str, str] = field(default_factory=dict)
    """Texts of the file that were only written otherwise (`18~20`), with what they became."""

    def __post_init__(self) -> None:
        self.seen = Counter(cell for cell in self.cells if isinstance(cell, str))

    @property
    def heading(self) -> str:
        """The wording with the first heading as the file has it, where words tell the type of the question."""
        return f"{self.text} {half_width(clean(self.columns[0].name))}"

    @property
    def answered(self) -> int:
        """How many rows hold an answer."""
        return sum(self.seen.values())

    @property
    def missing(self) -> Counter[NoAnswer]:
        """How many rows hold none, by reason."""
        return Counter(cell for cell in self.cells if isinstance(cell, NoAnswer))


def headings_of(header: Sequence[str], rows: Sequence[SourceRow], words: Words) -> Headings:
    """Read the headings of a table; `rows` tell which unnumbered columns go on with a matrix."""
    known: dict[str, frozenset[str]] = {}
    read = CellReader(words)

    def seen(name: str) -> frozenset[str]:
        if name not in known:
            cells = (read(row.cells.get(name)) for row in rows)
            known[name] = frozenset(cell for cell in cells if isinstance(cell, str))
        return known[name]

    def alike(one: str, other: str) -> bool:
        first, second = seen(one), seen(other)
        if not second or first & second:
            return True
        both_digits = all(read_number(text, words.number_units) is not None for text in first | second)
        return both_digits or bool(fitting(first | second, words.scales))

    return read_headings(header, words, alike)


def cut(headings: Headings, rows: Sequence[SourceRow], words: Words) -> list[Unit]:
    """Return the questions of a table in order, each with the cells of `rows`."""
    units: list[Unit] = []
    read = CellReader(words)
    taken: set[str] = set()
    for group in headings.asked:
        cells = {column.name: [read(row.cells.get(column.name)) for row in rows] for column in group}
        number = group[0].number
        base = _free(f"q{number}" if number else f"c{group[0].place}", taken)
        if len(group) > 1 and _are_flags(group, cells):
            text = group[0].stem if group[0].stem != group[0].option else ""
            chosen = [_chosen(group, [cells[column.name][place] for column in group]) for place in range(len(rows))]
            units.append(Unit(base, number, text or f"Q{number}", tuple(group), chosen, flags=True))
        elif len(group) > 1:
            units += _matrix(group, cells, base)
        else:
            units.append(Unit(base, number, group[0].text, tuple(group), cells[group[0].name]))
        taken.add(base)
    for unit in units:
        if not unit.flags:
            unit.forms = _forms(unit, rows)
    return units


def _forms(unit: Unit, rows: Sequence[SourceRow]) -> dict[str, str]:
    name = unit.columns[0].name
    return {
        raw: cell
        for row, cell in zip(rows, unit.cells, strict=True)
        if isinstance(cell, str) and (raw := row.cells[name]) != cell
    }


def _free(name: str, taken: set[str]) -> str:
    """Return the id, with a number behind it when another question has it: parts of a form may count anew."""
    if name not in taken:
        return name
    return next(f"{name}-{number}" for number in range(2, len(taken) + 3) if f"{name}-{number}" not in taken)


def _matrix(group: Sequence[Column], cells: Mapping[str, list[Cell]], base: str) -> list[Unit]:
    stem = group[0].stem if group[0].has_dash else ""
    units = []
    for place, column in enumerate(group, start=1):
        item = column.item
        text = f"{stem}—{item}" if stem else item
        units.append(Unit(f"{base}_{place}", column.number, text, (column,), cells[column.name], item=item))
    return units


def _are_flags(group: Sequence[Column], cells: Mapping[str, list[Cell]]) -> bool:
    filled = False
    for column in group:
        seen = {cell for cell in cells[column.name] if isinstance(cell, str)}
        if not seen <= _CHOSEN | _NOT_CHOSEN | {column.option, column.text}:
            return False
        filled |= bool(seen)
    return filled


def _chosen(group: Sequence[Column], cells: Sequence[Cell]) -> Cell:
    """Return the options that one row chose. A row that chose none did not answer (own choice): nobody can tell."""
    chosen = [
        column.option
        for column, cell in zip(group, cells, strict=True)
        if isinstance(cell, str) and cell not in _NOT_CHOSEN
    ]
    if chosen:
        return "\n".join(chosen)
    if NoAnswer.SKIPPED in cells:
        return NoAnswer.SKIPPED
    return NoAnswer.BLANK if all(cell is NoAnswer.BLANK for cell in cells) else NoAnswer.EMPTY


def named(units: Sequence[Unit], reference: str) -> Unit | None:
    """Return the question that a person names by id, number or wording; None when there is none or not only one."""
    wanted = half_width(clean(reference))
    for same in (
        lambda unit: unit.id == wanted,
        lambda unit: unit.number == wanted and unit.item == "",
        lambda unit: wanted in {unit.text, *(half_width(clean(column.name)) for column in unit.columns)},
        lambda unit: wanted in unit.text,
    ):
        found = [unit for unit in units if same(unit)]
        if len(found) == 1:
            return found[0]
    return None


def not_named(key: str, reference: str, units: Sequence[Unit]) -> ConversionError:
    """Say that no question, or more than one, is called that, and which there are."""
    from difflib import get_close_matches

    by_name = {name: unit for unit in units for name in (unit.id, unit.text)}
    near = [by_name[name] for name in get_close_matches(reference, list(by_name), n=3, cutoff=0.4)] or list(units[:5])
    listed = "、".join(dict.fromkeys(f"{unit.id}（{unit.text[:20]}）" for unit in near))
    return ConversionError(
        Text(
            f"{key} 写的是“{reference}”，问卷里找不到唯一的这道题。有：{listed}。",
            f"{key} names “{reference}”, which is not exactly one question of the export. There are: {listed}.",
        )
    )
