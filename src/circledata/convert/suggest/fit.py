"""How well the values of a column fit a field: by the very readers that a conversion uses."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from circledata.convert.mapping.headers import unit_of
from circledata.convert.mapping.model import field_rule
from circledata.convert.records.field_readers import field_reader
from circledata.convert.records.readers import Reading
from circledata.convert.suggest.columns import PLAIN, Column, is_date
from circledata.standard import Standard
from circledata.standard.model import Field, Table
from circledata.values.categories import CategoryFinder
from circledata.values.category_matches import CategoryEntry

_NO_TEXT = ("date", "phone", "uscc", "both", "longitude", "latitude", "measured", "number", "hours")
"""Shapes that speak against a field of plain text."""
_NAMES = frozenset({"name", "operator_name", "recipient_name", "owner_name", "issuer", "organizer", "brand"})


@dataclass(frozen=True, slots=True)
class Fit:
    """`share`: of the filled cells that the field can take; `unread`: the values that it cannot, with counts."""

    share: float
    unread: Counter[str] = field(default_factory=Counter)


class Fitter:
    """Measures fits for one standard; equal questions are answered once."""

    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        self._known: dict[tuple[int, str, str, str], Fit | None] = {}
        self._finder: CategoryFinder | None = None

    def fit(self, column: Column, table: Table, slot: str, unit: str = "") -> Fit | None:
        """Return how a column fits a slot of a table; None when the column holds nothing."""
        if not column.texts:
            return None
        place = (id(column), table.name, slot, unit)
        if place not in self._known:
            self._known[place] = self._fit(column, table, slot, unit)
        return self._known[place]

    def _fit(self, column: Column, table: Table, slot: str, unit: str) -> Fit:
        if slot in {"@province", "@city", "@county", "@number"}:
            return Fit(1.0)
        if slot == "@id":
            return Fit(0.2 if column.looks_like in {"date", "phone", "address"} else min(1.0, column.distinct + 0.1))
        if slot == "@both":
            return Fit(column.share("both"))
        field_ = table.by_name[slot]
        if field_.codelist == "categories" and table.name in {"outlets", "needs", "projects"}:
            if table.name != "outlets":
                return self._read(column, field_, unit)
            return max((self.category(column, words) for words in ("", "amap", "gbt4754")), key=lambda fit: fit.share)
        if slot == "division_code":
            return Fit(column.share("division"))
        if any(slot in foreign.fields for foreign in table.foreign_keys):
            return Fit(0.1 if column.looks_like in set(_NO_TEXT) - {"number"} else 1.0)
        if field_.type == "string" and not field_.codelist and slot not in {"phone", "opening_hours"}:
            return self._text(column, field_)
        return self._read(column, field_, unit)

    def _text(self, column: Column, field_: Field) -> Fit:
        if field_.name.endswith("_uscc"):
            return Fit(column.share("uscc"))
        if field_.name in _NAMES | {"address", "description", "text", "option", "subject"}:
            against = max(column.share(shape) for shape in _NO_TEXT)
            share = 1.0 - against
            if field_.name in {"operator_name", "recipient_name", "owner_name"}:
                share -= column.share("person")
            return Fit(max(0.0, share))
        return Fit(1.0 if column.looks_like in PLAIN | {"number", ""} else 0.6)

    def _read(self, column: Column, field_: Field, unit: str) -> Fit:
        read = field_reader(
            field_, field_rule(field_.name, column.name), self._standard, unit=unit or unit_of(column.name)
        )
        good, total, unread = 0, 0, Counter[str]()
        for text, count in column.sample:
            reading = read(text)
            if field_.name == "phone" and is_date(text):
                # Eight digits are a telephone number to the reader, also those of 2021-07-01.
                reading = Reading("", text)
            if reading.value:
                good += count
            if reading.value or reading.unread or reading.secret:
                total += count
            if reading.unread and not reading.secret:
                parts = reading.unread.split(";") if field_.list and field_.codelist else [text]
                unread.update(dict.fromkeys(parts, count))
        return Fit(good / total if total else 0.0, unread)

    @property
    def finder(self) -> CategoryFinder:
        """The finder of categories, made when first asked for."""
        if self._finder is None:
            codes = self._standard.codelists["categories"].codes.values()
            self._finder = CategoryFinder(
                [CategoryEntry.of(code.code, code.title.zh, code.title.en, code.aliases, code.extra) for code in codes]
            )
        return self._finder

    def category_of(self, words: str) -> str:
        """Return the code of the category that some words name; empty when they name none."""
        known = self._standard.codelists["categories"].by_name.get(words.lower())
        return known or self.finder.combine(self.finder.by_name(words)).main

    def possible_category(self, words: str) -> str:
        """Return the category that some words may mean, however unsure; empty when none is near."""
        matches = self.finder.by_name(words)
        return matches[0].category if matches else ""

    def category(self, column: Column, vocabulary: str = "") -> Fit:
        """Return how a column tells categories: by the list's words and by name, or by codes of a vocabulary."""
        words = self._standard.codelists["categories"].by_name
        good, total, unread = 0, 0, Counter[str]()
        for text, count in column.sample:
            if vocabulary:
                found = self.finder.by_code(vocabulary, text)
            else:
                found = [] if text.lower() in words else self.finder.by_name(text)
            total += count
            known = not vocabulary and text.lower() in words
            if known or self.finder.combine(found).main:
                good += count
            else:
                unread[text] += count
        return Fit(good / total if total else 0.0, unread)
