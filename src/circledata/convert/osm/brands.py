"""Joins the spellings of one brand: 星巴克 and Starbucks are one, because they carry the same Wikidata id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from circledata.convert.records.readers import read_text
from circledata.values.text import has_han


class Brands:
    """The brands of one source, each with the spelling that its data uses most, Chinese before any other."""

    def __init__(self, rows: Iterable[Mapping[str, str]], columns: Sequence[str], same: str) -> None:
        """Learn from all rows: `columns` hold spellings, best first; `same` holds the id that spellings share."""
        self._columns = columns
        self._same = same
        chinese: dict[str, Counter[str]] = {}
        other: dict[str, Counter[str]] = {}
        ids_of: dict[str, set[str]] = {}
        for cells in rows:
            identity = cells.get(same, "").strip()
            if not identity:
                continue
            spellings = self._spellings(cells)
            for spelling in spellings:
                ids_of.setdefault(spelling.lower(), set()).add(identity)
            found = next((spelling for spelling in spellings if has_han(spelling)), None)
            if found is not None:
                chinese.setdefault(identity, Counter())[found] += 1
            elif spellings:
                other.setdefault(identity, Counter())[spellings[0]] += 1
        self._name_of = {identity: _most_used(counts) for identity, counts in {**other, **chinese}.items()}
        self._id_of = {spelling: next(iter(ids)) for spelling, ids in ids_of.items() if len(ids) == 1}

    def _spellings(self, cells: Mapping[str, str]) -> list[str]:
        texts = (read_text(cells[column]).value for column in self._columns if column in cells)
        return [text for text in texts if text]

    def brand_of(self, cells: Mapping[str, str]) -> str:
        """Return the brand of a row in its joined spelling; empty when no brand is given."""
        spellings = self._spellings(cells)
        identity = cells.get(self._same, "").strip()
        if not identity:
            identity = next((self._id_of[text.lower()] for text in spellings if text.lower() in self._id_of), "")
        if identity in self._name_of:
            return self._name_of[identity]
        return next((text for text in spellings if has_han(text)), spellings[0] if spellings else "")

    def is_brand(self, cells: Mapping[str, str]) -> bool:
        """Tell whether a row says that it belongs to a brand, by spelling or by id."""
        return bool(cells.get(self._same, "").strip() or self._spellings(cells))


def _most_used(counts: Counter[str]) -> str:
    # Of equally frequent spellings the first in the order of characters: the same on every run.
    return min(counts, key=lambda spelling: (-counts[spelling], spelling))
