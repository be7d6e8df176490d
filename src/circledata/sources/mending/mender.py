"""One mender a column: passes over what is right at once, mends what has one meaning, leaves the rest."""

from __future__ import annotations

from typing import Protocol

from circledata.sources.mending import texts
from circledata.sources.mending.codes import coded, patterned
from circledata.sources.mending.dates import dates
from circledata.sources.mending.model import Mended, Read, Wrong, plain, width_or_blanks
from circledata.sources.mending.numbers import Numbers
from circledata.standard.code_titles import titles_of
from circledata.standard.model import Field, Standard

_REMEMBERED = 50_000
"""Texts of a column whose mending is remembered; columns that repeat themselves have far fewer."""


class Mend(Protocol):
    """What `CellMender.mend` is."""

    def __call__(self, text: str, *, number: bool = False) -> Mended | None:
        """Return the cell as the standard writes it; None when it is right already or not certain."""


class CellMender:
    """Mends the cells of one column by the changes of `mending.yaml`.

    `field`: the column's field, None for a column that the standard does not know (free text then). `header`: the
    column's head as it stands in the file, whose unit counts. `base1904`: the date system of the workbook.
    """

    unit: str | None
    """The unit that the head names when it is not the standard's own (万元, 亩, % …), else None. Every bare number of
    such a column is converted, so its head must be changed together with the cells."""
    mend: Mend
    """Returns the cell as the standard writes it; None when it is right already or its meaning is not certain.

    `number`: the cell held a number, not text. Never raises; `mend(mend(x).text)` is None; for a column whose head
    names a unit, with the head put right. No method, because a call of a plain function costs a third less, and it is
    called for every cell.
    """

    def __init__(self, field: Field | None, standard: Standard, *, header: str = "", base1904: bool = False) -> None:
        self.unit = None
        self.mend = _remembering(*self._way(field, standard, header, base1904))

    def _way(
        self, field: Field | None, standard: Standard, header: str, base1904: bool
    ) -> tuple[Wrong | frozenset[str], Read]:
        if field is None:
            return texts.free_text()
        if field.type == "date":
            return dates(base1904)
        if field.type == "boolean":
            return _booleans(field, standard)
        if field.type != "string":
            numbers = Numbers(field, header)
            self.unit = numbers.unit
            return numbers.way()
        if field.codelist:
            return coded(field, standard)
        if field.pattern:
            return patterned(field)
        return texts.free_list() if field.list else texts.free_text()


def _remembering(wrong: Wrong | frozenset[str], read: Read) -> Mend:
    """Return the function of a column: the quick look, and what the second look found, kept for the next such text."""
    known: dict[tuple[str, bool], Mended | None] = {}

    def look(text: str, number: bool) -> Mended | None:
        try:
            return known[text, number]
        except KeyError:
            if len(known) >= _REMEMBERED:
                known.clear()
            found = known[text, number] = read(text, number)
            return found

    if isinstance(wrong, frozenset):
        right = wrong
        return lambda text, *, number=False: None if text in right else look(text, number)
    if wrong is texts.wrong:
        # Written out here: this is the look at most cells of most tables.
        suspect = texts.SUSPECT.search
        return lambda text, *, number=False: (
            None if suspect(text) is None and text.strip() == text else look(text, number)
        )
    return lambda text, *, number=False: look(text, number) if wrong(text) else None


def _booleans(field: Field, standard: Standard) -> tuple[Wrong | frozenset[str], Read]:
    words, titles = standard.changes["boolean-word"].words, titles_of(field, standard)
    meaning = {word: value for value in ("true", "false") for word in words[value]}

    def read(text: str, number: bool = False) -> Mended | None:
        bare = plain(text)
        if not bare:
            return Mended("", width_or_blanks(text)) if text else None
        value = meaning.get((titles.remove(bare) if titles else bare).removeprefix("'").lower())
        if value is None or value == text:
            return None
        return Mended(value, width_or_blanks(text) if value == bare else "boolean-word")

    return frozenset(("true", "false", "")), read
