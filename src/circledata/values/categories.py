"""Recognises categories of outlets: by code (AMap, GB/T 4754), by tags (OSM), by Overture category, by name.

Source of every pairing: the crosswalk columns of the code list of categories (`spec/1.0/codelists/categories.csv`), a
proposal of this standard; no official crosswalk was found. Words and rules for names are the standard's own choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from circledata.values.category_matches import (
    CONFIDENCES,
    RULES,
    CategoryEntry,
    CategoryMatch,
    Combined,
    Confidence,
    entries_of,
)
from circledata.values.category_names import NameFinder, no_outlet
from circledata.values.tags import Index, parse
from circledata.values.text import clean, half_width
from circledata.values.vocabularies import AMAP_NAMES, AMAP_NO_OUTLET, GBT4754_NAMES

__all__ = [
    "CONFIDENCES",
    "RULES",
    "CategoryEntry",
    "CategoryFinder",
    "CategoryMatch",
    "Combined",
    "Confidence",
    "entries_of",
    "no_outlet",
]

_CODE_SEPARATORS = re.compile(r"[|;,，；、/\s]+")
_AMAP = re.compile(r"([0-9]{5,6})(?:\.0+)?")
_GBT = re.compile(r"[A-Ta-t]?-?([0-9]{3,4})(?:\.0+)?")
_AMAP_LENGTH = 6


class CategoryFinder:
    """Finds categories with the code list given as plain entries (`entries_of(rows)` makes them of the CSV's rows)."""

    def __init__(self, entries: Iterable[CategoryEntry]) -> None:
        self._entries = {entry.code: entry for entry in entries}
        self._names = NameFinder(list(self._entries.values()))
        self._read: dict[str, dict[str, list[str]]] = {}
        pairs = []
        for entry in self._entries.values():
            for column, values in entry.crosswalk.items():
                for value in values:
                    if f"{column}:{value}" in entry.write_only or column == "schema_org":
                        continue
                    self._read.setdefault(column, {}).setdefault(value, []).append(entry.code)
                    if column == "osm":
                        pairs.append((parse(value), entry.code))
        self._index = Index(pairs)
        self._class_names = {
            "amap": {part: code for code, name in AMAP_NAMES.items() for part in (name, *name.split("/"))},
            "gbt4754": {name: code for code, name in GBT4754_NAMES.items()},
        }

    def by_code(self, vocabulary: str, text: str) -> list[CategoryMatch]:
        """Return the categories that a code of `vocabulary` (amap, gbt4754, overture) stands for, in the text's order.

        amap: six digits, the leading zero may be lost (60200), several joined by `|`; or a type path (`大类;中类;小类`)
        by the names of its classes. A small class without a pair of its own counts as its middle class, likely, and
        only possibly where the crosswalk singles out another small class of it: then the middle class is mixed.
        gbt4754: four digits with or without the section letter (F5213); a middle class of three digits gives its one
        small class when it has none but that (602 is 6020), else every small class that the crosswalk has, as possible.
        Another vocabulary than these three: ValueError.
        """
        plain = half_width(clean(text))
        if vocabulary == "amap":
            return _once(match for part in self._amap_parts(plain) for match in self._amap(part))
        if vocabulary == "gbt4754":
            return _once(match for part in _CODE_SEPARATORS.split(plain) for match in self._gbt(part)) or _once(
                self._class_name("gbt4754", plain)
            )
        if vocabulary == "overture":
            parts = _CODE_SEPARATORS.split(plain)
            return _once(match for part in parts for match in self._pairs("overture", part))
        raise ValueError(f"no vocabulary of codes: {vocabulary}")

    def by_tags(self, tags: Mapping[str, str], vocabulary: str = "osm") -> list[CategoryMatch]:
        """Return the categories of OpenStreetMap tags (most conditions first), or of an Overture place.

        With `vocabulary="overture"` the mapping holds `primary` and, joined by `;`, `alternates`. All are certain: the
        tags state them. A tag that a more specific match already used brings no further category.
        """
        if vocabulary == "overture":
            joined = ";".join(filter(None, (tags.get("primary", ""), tags.get("alternates", ""))))
            return self.by_code("overture", joined)
        found = self._index.matches(tags)
        used: set[tuple[str, str]] = set()
        matches = []
        for match in found:
            if not used.issuperset(match.expression.conditions):
                matches.append(CategoryMatch(match.meaning, "crosswalk", "osm", match.expression.text, "certain"))
            used.update(match.expression.conditions)
        return _once(matches)

    def by_name(self, name: str) -> list[CategoryMatch]:
        """Return the categories that the name of an outlet speaks for; `NameFinder.find` has the rules."""
        return self._names.find(name)

    def combine(self, matches: Sequence[CategoryMatch]) -> Combined:
        """Join what several sources say about one outlet, given in the order in which they are trusted; own choice.

        The first of the highest confidence is the main category; what is only possible decides nothing. A match refines
        it that names a child of it, or a kind which the crosswalk writes with the same code (060400 and 生鲜超市).
        Further categories of the same source are `others`; what other sources say is a conflict. A person must decide
        on others, on a conflict of equal confidence, and where there are only possibilities.
        """
        usable = [match for match in matches if match.confidence != "possible"]
        if not usable:
            suggestions = tuple(dict.fromkeys(match.category for match in matches))
            return Combined("", conflicts=suggestions, decide=bool(suggestions))
        first = min(usable, key=lambda match: CONFIDENCES.index(match.confidence))
        best = next((match for match in usable if self._refines(match, first)), first)
        kept = {best.category, first.category, *self._ancestors(best.category)}
        rest = [match for match in usable if match.category not in kept]
        others = tuple(dict.fromkeys(match.category for match in rest if match.source == first.source))
        against = [match for match in rest if match.source != first.source and match.category not in others]
        equal = any(match.confidence == first.confidence for match in against)
        conflicts = tuple(dict.fromkeys(match.category for match in against))
        return Combined(best.category, others, conflicts, best, bool(others) or equal)

    def _refines(self, finer: CategoryMatch, broad: CategoryMatch) -> bool:
        if finer.category == broad.category or finer.category not in self._entries:
            return False
        if broad.category in self._ancestors(finer.category):
            return True
        values = self._entries[finer.category].crosswalk.get(broad.source, ())
        return finer.source == "name" and broad.text in values

    def _ancestors(self, code: str) -> list[str]:
        found: list[str] = []
        while code in self._entries and self._entries[code].parent and self._entries[code].parent not in found:
            code = self._entries[code].parent
            found.append(code)
        return found

    def _pairs(
        self, column: str, value: str, rule: str = "crosswalk", confidence: Confidence = "certain", text: str = ""
    ) -> list[CategoryMatch]:
        codes = self._read.get(column, {}).get(value, [])
        if len(codes) > 1:
            confidence = "possible"
        return [CategoryMatch(code, rule, column, text or value, confidence) for code in codes]

    def _amap_parts(self, plain: str) -> list[str]:
        return _CODE_SEPARATORS.split(plain) if not re.search(r"[^\W\d_]", plain) else plain.split("|")

    def _amap(self, part: str) -> list[CategoryMatch]:
        found = _AMAP.fullmatch(part)
        if not found:
            return self._amap_path(part)
        code = found.group(1).zfill(_AMAP_LENGTH)
        own = self._pairs("amap", code)
        if own:
            return own
        middle = f"{code[:4]}00"
        mixed = any(value[:4] == code[:4] and value != middle for value in self._read.get("amap", {}))
        return self._pairs("amap", middle, "crosswalk-broader", "possible" if mixed else "likely", code) or self._pairs(
            "amap", f"{code[:2]}0000", "crosswalk-broader", "possible", code
        )

    def _amap_path(self, path: str) -> list[CategoryMatch]:
        """Read a type path, the finest class first: by AMap's name of a class, else by a title or alias, likely."""
        classes = [clean(name) for name in re.split("[;；]", path) if clean(name)]
        if classes and classes[0] in AMAP_NO_OUTLET:
            return []
        for name in reversed(classes):
            found = self._class_name("amap", name)
            if found:
                return found
            code = self._names.exact(name)
            if code:
                return [CategoryMatch(code, "class-name", "amap", name, "likely")]
        return []

    def _class_name(self, column: str, name: str) -> list[CategoryMatch]:
        code = self._class_names[column].get(name)
        return self._pairs(column, code, "class-name", text=name) if code else []

    def _gbt(self, part: str) -> Iterator[CategoryMatch]:
        found = _GBT.fullmatch(part)
        if not found:
            return
        code = found.group(1)
        if len(code) == 4:
            yield from self._pairs("gbt4754", code)
            return
        only = self._pairs("gbt4754", f"{code}0", text=code)
        if only:
            yield from only
            return
        for value in self._read.get("gbt4754", {}):
            if value.startswith(code):
                yield from self._pairs("gbt4754", value, "crosswalk-narrower", "possible", code)


def _once(matches: Iterable[CategoryMatch]) -> list[CategoryMatch]:
    """Each category once, by its most confident match, in the order in which the categories were met."""
    best: dict[str, CategoryMatch] = {}
    for match in matches:
        held = best.get(match.category)
        if held is None or CONFIDENCES.index(match.confidence) < CONFIDENCES.index(held.confidence):
            best[match.category] = match
    return list(best.values())
