"""Chooses the table that the columns of a file fit best, and for every column what it is: by header and by values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from circledata.convert.records.maker import key_field
from circledata.convert.suggest.columns import PLAIN, Column
from circledata.convert.suggest.fit import Fit, Fitter
from circledata.convert.suggest.vocabulary import Meaning, Vocabulary, table_words, vocabularies
from circledata.sources.header import key
from circledata.standard import Standard
from circledata.standard.model import Table

_WEIGHTS = {"@number": 0.0, "@id": 0.5, "@province": 0.2, "@city": 0.2, "@county": 0.2}
"""What a column counts for the choice of the table; one that is no field says little."""
_NO_KEY = 0.4
_CONTRADICTION = 0.3
"""Below this share of values that a field can take, header and values contradict each other."""
_SURE = 0.85
_LEAST = 0.45
"""A header less like a word than this is not taken for it."""
_HINT, _NAMED = 1.0, 6.0


@dataclass(frozen=True)
class Match:
    """A column and what it is taken for; `meaning` is None where only the values tell."""

    column: Column
    slot: str
    meaning: Meaning | None
    fit: Fit | None
    own_words: bool = False
    """The values are words, where codes are wanted: those of the place, which a person has to translate."""

    @property
    def contradicts(self) -> bool:
        """Tell whether the values are not what the header says."""
        return self.fit is not None and self.fit.share < _CONTRADICTION and not self.own_words

    @property
    def score(self) -> float:
        """How much speaks for it, 0 to 1."""
        share = 0.8 if self.fit is None else self.fit.share
        return (self.meaning.strength if self.meaning else 0.5) * (0.4 + 0.6 * share)


@dataclass
class Assignment:
    """What the columns of one table of a file would be in one table of the standard."""

    table: Table
    matches: dict[str, Match] = field(default_factory=dict)
    hint: float = 0.0
    contradictions: list[Match] = field(default_factory=list)
    """Columns whose values are not what their header says; they stay out of `matches`."""

    @property
    def score(self) -> float:
        """How well the table fits as a whole."""
        total = sum(match.score * _WEIGHTS.get(slot, 1.0) for slot, match in self.matches.items())
        needed = key_field(self.table)
        total *= 1.0 if needed is None or needed.name in self.matches else _NO_KEY
        return total + self.hint if total else 0.0

    def column_of(self, slot: str) -> Column | None:
        """Return the column taken for `slot`."""
        return self.matches[slot].column if slot in self.matches else None

    @property
    def used(self) -> set[str]:
        """The columns that are taken for something."""
        return {match.column.name for match in self.matches.values()}


def best_assignment(
    columns: Sequence[Column], standard: Standard, fitter: Fitter, titles: Sequence[str], sheet: str = ""
) -> list[Assignment]:
    """Return what the columns would be in every table that fits at all, the best table first.

    `titles`: texts that may name the table: the file's name, then title rows, then the sheet's name.
    """
    hints = _hints(titles, standard)
    named = standard.table_of(sheet) if sheet else None
    found = []
    for name, vocabulary in vocabularies(standard).items():
        assignment = _assign(columns, vocabulary, fitter)
        assignment.hint = hints.get(name, 0.0) + (_NAMED if named is vocabulary.table else 0.0)
        if assignment.score > 0:
            found.append(assignment)
    found.sort(key=lambda item: (-item.score, item.table.name != "outlets", item.table.name))
    return found


def _hints(titles: Sequence[str], standard: Standard) -> dict[str, float]:
    """Return which tables the titles speak for. In Chinese the last word counts: 生活圈网点清单 lists outlets."""
    hints: dict[str, float] = {}
    for title in titles:
        plain, places = key(title), {}
        for table, words in table_words(standard).items():
            ends = [plain.rfind(key(word)) + len(key(word)) for word in words if key(word) in plain]
            if ends and table in standard.tables:
                places[table] = max(ends)
        for table, end in places.items():
            worth = _HINT if end == max(places.values()) else _HINT / 4
            hints[table] = max(hints.get(table, 0.0), worth)
    return hints


def _assign(columns: Sequence[Column], vocabulary: Vocabulary, fitter: Fitter) -> Assignment:
    """Give each column the meaning that most speaks for, every meaning to one column only."""
    table = vocabulary.table
    found: list[Match] = []
    for column in columns:
        meanings = [
            (meaning.slot, meaning) for meaning in vocabulary.meanings(column.name) if meaning.strength >= _LEAST
        ]
        found += [
            Match(column, slot, meaning, fitter.fit(column, table, slot), _coded(column, table, slot))
            for slot, meaning in meanings
        ]
    found.sort(key=lambda match: (-match.score, match.column.place, match.slot))
    assignment, used = Assignment(table), set[str]()
    for match in found:
        if match.slot in assignment.matches or match.column.name in used:
            continue
        assert match.meaning is not None
        if match.contradicts and not _swapped(match):
            if match.meaning.strength >= _SURE:
                assignment.contradictions.append(match)
            continue
        assignment.matches[match.slot] = match
        used.add(match.column.name)
    assignment.contradictions = [
        match for match in assignment.contradictions
        if match.column.name not in used and match.slot not in assignment.matches
    ]  # fmt: skip
    return assignment


def _coded(column: Column, table: Table, slot: str) -> bool:
    """Tell whether a column holds words for a field of codes, and few different ones."""
    coded = slot in table.by_name and table.by_name[slot].codelist is not None
    return coded and column.looks_like in PLAIN | {"truth"} and (len(column.texts) <= 40 or column.distinct < 0.3)


def _swapped(match: Match) -> bool:
    """Tell whether the values are those of the other axis; a conversion puts that right and says so."""
    other = {"longitude": "latitude", "latitude": "longitude"}.get(match.slot)
    return other is not None and match.column.share(other) > 0.8


def by_values(assignment: Assignment, columns: Iterable[Column], fitter: Fitter) -> None:
    """Give the columns whose header says nothing what their values alone tell, where they tell it clearly."""
    table, taken = assignment.table, assignment.used
    # Mobile numbers under a header that does not call them the shop's may be those of private persons.
    free = [column for column in columns if column.name not in taken and column.texts and column.share("mobile") <= 0.5]
    for slot, shape in _slots(table):
        if slot in assignment.matches or (slot == "@both" and "longitude" in assignment.matches):
            continue
        fitting = [column for column in free if column.name not in taken and column.looks_like == shape]
        if len(fitting) == 1 or (fitting and shape in {"address", "longitude", "latitude"}):
            _take(assignment, fitting[0], slot, fitter, taken)
    for name, field_ in table.by_name.items():
        if name in assignment.matches or not field_.codelist:
            continue
        if field_.codelist == "categories" and name != "category":
            continue
        for column in free:
            if column.name in taken or not _tells(column):
                continue
            fit = fitter.fit(column, table, name)
            if fit and fit.share >= (0.7 if name == "category" else 0.9):
                _take(assignment, column, name, fitter, taken)
                break
    _name(assignment, free, fitter, taken)


def _slots(table: Table) -> list[tuple[str, str]]:
    """Return the slots of a table that values alone can tell, with their shape."""
    every = [
        *((name, "uscc") for name in table.by_name if name.endswith("_uscc")),
        ("@both", "both"),
        ("longitude", "longitude"),
        ("latitude", "latitude"),
        ("phone", "phone"),
        ("opening_hours", "hours"),
        ("address", "address"),
    ]
    return [
        (slot, shape)
        for slot, shape in every
        if slot in table.by_name or (slot == "@both" and "longitude" in table.by_name)
    ]


def _tells(column: Column) -> bool:
    """Tell whether the words of a column are few and come again, as those of a code list do."""
    return (
        column.looks_like in PLAIN
        and column.share("truth") < 0.5
        and (len(column.texts) <= 40 or column.distinct < 0.3)
        and (column.filled <= 3 or column.distinct < 0.9)
    )


def _take(assignment: Assignment, column: Column, slot: str, fitter: Fitter, taken: set[str]) -> None:
    assignment.matches[slot] = Match(column, slot, None, fitter.fit(column, assignment.table, slot))
    taken.add(column.name)


def _name(assignment: Assignment, free: Sequence[Column], fitter: Fitter, taken: set[str]) -> None:
    """Find what a record is called, without which nothing can be converted: the text that differs most."""
    needed = key_field(assignment.table)
    if needed is None or needed.name in assignment.matches:
        return
    texts = [
        column for column in free if column.name not in taken and column.looks_like in PLAIN - {"address", "person"}
    ]
    texts = (
        texts
        or [column for column in free if column.name not in taken and column.looks_like in PLAIN]
        or [column for column in free if column.name not in taken]
    )
    if texts:
        _take(
            assignment,
            max(texts, key=lambda column: (round(column.distinct, 1), -column.place)),
            needed.name,
            fitter,
            taken,
        )


def clear(assignments: Sequence[Assignment]) -> bool:
    """Tell whether the first table fits clearly better than the second."""
    return len(assignments) < 2 or assignments[0].score - assignments[1].score > 0.15 * assignments[0].score
