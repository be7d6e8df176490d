"""What columns are called: the words for every field of a table, and what a header may mean by them."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from circledata.convert.mapping.model import columns, load_mapping
from circledata.convert.mapping.synonyms import synonyms_file
from circledata.convert.suggest.pinyin import spellings
from circledata.sources.header import key
from circledata.standard import Standard
from circledata.standard.model import Table
from circledata.values.text import has_han

How = Literal["name", "title", "synonym", "pinyin", "initials", "ending", "part", "near"]
NO_FIELDS = ("@id", "@both", "@number", "@province", "@city", "@county")
"""What a column can be that is no field: the source's own id, both coordinates, a running number, address parts."""
NOT_GUESSED = frozenset({"translations", "survey_responses"})
"""Tables that are never suggested: translations come with their records, answers of single persons through wjx."""
_STRENGTHS: Mapping[How, float] = {"name": 1.0, "title": 1.0, "synonym": 0.93, "pinyin": 0.85}
_BRACKETS = re.compile(r"[(\[【〔{].*?[)\]】〕}]")
_NUMBERING = re.compile(r"^\s*[(（]?[0-9一二三四五六七八九十]{1,2}[)）]?\s*[、.．:：)]\s*(?=[^0-9])")
_LAST = re.compile(r"[/.\\>|·]+")
_DIGITS = re.compile(r"[0-9]+$")
_LATIN = re.compile(r"[a-z0-9]+")
_UNIT = re.compile(r"(?<=..)(?:[十百千]?万元|元|平方米|平米|㎡|m2|亩|公顷|人|户|%)$", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CUT = 10
"""Characters that a shapefile leaves of a column's name."""
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header may mean: a field or one of NO_FIELDS, by which word, how sure that is (0 to 1)."""

    slot: str
    word: str
    how: How
    strength: float


class Vocabulary:
    """The words of one table."""

    def __init__(self, table: Table, words: Mapping[str, Sequence[str]]) -> None:
        """`words`: synonyms by slot; the fields' own names and titles are added."""
        self.table = table
        self._whole: dict[str, dict[str, tuple[How, str]]] = defaultdict(dict)
        self._spelt: dict[str, dict[str, tuple[How, str]]] = defaultdict(dict)
        for field in table.fields:
            self._add(field.name, field.name, "name")
            for title in (field.title.zh, field.title.en):
                self._add(title, field.name, "title")
                self._add(_BRACKETS.sub("", _plain(title)), field.name, "title")
        for slot, names in words.items():
            for name in names:
                self._add(name, slot, "synonym")
        self._han = [(word, slots) for word, slots in self._whole.items() if has_han(word) and len(word) >= _SHORT]

    def _add(self, word: str, slot: str, how: How) -> None:
        name = key(word)
        if not name:
            return
        self._whole[name].setdefault(slot, (how, word))
        if has_han(name):
            for pinyin, initials in spellings(name):
                self._spelt[pinyin].setdefault(slot, ("pinyin", word))
                if len(initials) >= _SHORT:
                    self._spelt[initials].setdefault(slot, ("initials", word))

    @property
    def words(self) -> frozenset[str]:
        """Every word by which a header of this table is found, pinyin excepted."""
        return frozenset(self._whole)

    def meanings(self, header: str) -> list[Meaning]:
        """Return what `header` may mean, the likeliest first, each slot once."""
        found: dict[str, Meaning] = {}
        for text, worth in _variants(header).items():
            for meaning in self._of(text, worth):
                if meaning.slot not in found or meaning.strength > found[meaning.slot].strength:
                    found[meaning.slot] = meaning
        return sorted(found.values(), key=lambda meaning: (-meaning.strength, meaning.slot))

    def _of(self, text: str, worth: float) -> Iterator[Meaning]:
        exact = self._whole.get(text, {})
        for slot, (how, word) in exact.items():
            yield Meaning(slot, word, how, _STRENGTHS[how] * worth)
        if _LATIN.fullmatch(text):
            yield from self._latin(text, worth)
        elif not exact and has_han(text):
            yield from self._chinese(text, worth)

    def _latin(self, text: str, worth: float) -> Iterator[Meaning]:
        for slot, (how, word) in self._spelt.get(text, {}).items():
            # Two letters mean many things, four hardly any other.
            sure = _STRENGTHS["pinyin"] if how == "pinyin" else 0.55 + 0.06 * min(len(text), 5)
            yield Meaning(slot, word, how, sure * worth)
        if len(text) == _CUT and text not in self._spelt:
            for spelt, slots in self._spelt.items():
                if spelt.startswith(text):
                    for slot, (how, word) in slots.items():
                        yield Meaning(slot, word, how, 0.6 * worth)

    def _chinese(self, text: str, worth: float) -> Iterator[Meaning]:
        for known, slots in self._han:
            if text.endswith(known):
                how: How = "ending"
                sure = 0.5 + 0.35 * len(known) / len(text)
            elif known in text:
                how, sure = "part", 0.3 + 0.35 * len(known) / len(text)
            else:
                continue
            for slot, (_, word) in slots.items():
                yield Meaning(slot, word, how, sure * worth)
        for near in difflib.get_close_matches(text, [known for known, _ in self._han], 2, 0.8):
            for slot, (_, word) in self._whole[near].items():
                yield Meaning(slot, word, "near", 0.55 * worth)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _variants(header: str) -> dict[str, float]:
    """Return the ways to read a header, as keys: whole, without brackets, number, and the upper of two header rows."""
    found: dict[str, float] = {}
    plain = _plain(header)
    bare = _NUMBERING.sub("", _BRACKETS.sub("", plain))
    last = _LAST.split(bare.strip(" *"))[-1]
    unitless = _UNIT.sub("", last)
    for text, worth in ((plain, 1.0), (bare, 0.98), (last, 0.95), (unitless, 0.95), (_DIGITS.sub("", last), 0.9)):
        name = key(text)
        if name:
            found.setdefault(name, worth)
    # shop_name and shopName: the words are known together (above, without underscore) or by the last of them.
    parts = [part for part in re.split(r"[_\s-]+", _CAMEL.sub("_", last)) if part]
    if len(parts) > 1 and all(part.isascii() for part in parts):
        found.setdefault(key(parts[-1]), 0.7)
    return found


def table_words(standard: Standard) -> Mapping[str, Sequence[str]]:
    """Return words in names of files, sheets and titles that tell the table, by table."""
    words: Mapping[str, Sequence[str]] = synonyms_file(standard.version)["tables"]
    return words


def usual_names(table: Table, standard: Standard) -> dict[str, list[str]]:
    """Return the other names of a table's columns by slot that mappings/table.yaml knows."""
    found: dict[str, list[str]] = defaultdict(list)
    rule = load_mapping("table", standard.version).tables.get(table.name)
    if rule is not None:
        for field, given in rule.fields.items():
            found[field] += given.columns
        found["@id"] += rule.id_columns
        for section, part, slot in (
            ("category", "from", "category"),
            ("brand", "from", "brand"),
            ("place", "longitude", "longitude"),
            ("place", "latitude", "latitude"),
            ("place", "both", "@both"),
        ):
            found[slot] += rule.columns_of(section, part)
    return found


def synonyms(table: Table, standard: Standard) -> dict[str, list[str]]:
    """Return the other names of a table's columns by slot: those of mappings/table.yaml, then of synonyms.yaml."""
    found = usual_names(table, standard)
    content = synonyms_file(standard.version)
    for words in (content["fields"].get(table.name, {}), content["any"]):
        for slot, given in words.items():
            if _has(table, slot):
                found[slot] += columns(given)
    return found


def _has(table: Table, slot: str) -> bool:
    """Tell whether a slot makes sense in a table."""
    if slot == "@both":
        return "longitude" in table.by_name
    if slot == "@id":
        return table.id_letter is not None
    return slot in NO_FIELDS or slot in table.by_name


_MADE: dict[tuple[str, str, int], Vocabulary] = {}


def vocabularies(standard: Standard) -> dict[str, Vocabulary]:
    """Return the vocabulary of every table that can be suggested, made once for a standard."""
    found = {}
    for name, table in standard.tables.items():
        if name not in NOT_GUESSED:
            place = (standard.digest, name, len(table.fields))
            if place not in _MADE:
                _MADE[place] = Vocabulary(table, synonyms(table, standard))
            found[name] = _MADE[place]
    return found
