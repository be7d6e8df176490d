"""Decides what a feature is: an outlet of some category, no outlet, or one that the standard has no category for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from circledata.convert.osm.rules import OsmRules
from circledata.standard import Standard
from circledata.values.tags import Expression, Index, Match, parse

_NO_RECORD = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`category` and `others` are codes; without a category `reason` says why. `tag` is what decided."""

    category: str = ""
    others: tuple[str, ...] = ()
    reason: str = ""
    tag: str = ""


class Classifier:
    """Gives each feature its category, by the crosswalk column of the code list."""

    def __init__(self, rules: OsmRules, standard: Standard) -> None:
        self._keys: Sequence[str] = rules.keys
        pairs = crosswalk(standard, "osm")
        pairs += [(expression, _NO_RECORD) for expression in rules.mapping.no_record_tags]
        self._index = Index(pairs)

    def classify(self, tags: Mapping[str, str]) -> Verdict:
        """Return the verdict on a feature with these tags.

        The pair with the most conditions wins. Where several are equal, the order of the mapping's keys decides which
        category is the main one; the rest go into `others`, except those that the winner's own tags bring along.
        """
        matches = sorted(self._index.matches(tags), key=lambda match: (-match.expression.weight, self._rank(match)))
        categories = [match for match in matches if match.meaning != _NO_RECORD]
        no_records = [match for match in matches if match.meaning == _NO_RECORD]
        if categories and (not no_records or categories[0].expression.weight >= no_records[0].expression.weight):
            return _outlet(categories)
        covered = {condition for match in no_records for condition in match.expression.conditions}
        for key in self._keys:
            if key in tags and (key, tags[key]) not in covered and (key, "*") not in covered:
                return Verdict(reason="no-category", tag=_detailed(key, tags))
        present = next((f"{key}={tags[key]}" for key in self._keys if key in tags), "")
        return Verdict(reason="not-an-outlet", tag=no_records[0].expression.text if no_records else present)

    def has_key(self, tags: Mapping[str, str]) -> bool:
        """Tell whether any tag is there that could make a feature an outlet."""
        return any(key in tags for key in self._keys)

    def _rank(self, match: Match) -> int:
        key = match.expression.conditions[0][0]
        return self._keys.index(key) if key in self._keys else len(self._keys)


def _detailed(key: str, tags: Mapping[str, str]) -> str:
    """Write a tag with the one that refines it: `amenity=social_facility+social_facility=group_home`."""
    value = tags[key]
    finer = tags.get(value, "")
    return f"{key}={value}+{value}={finer}" if finer not in {"", "yes", "no"} and value != key else f"{key}={value}"


def _outlet(categories: Sequence[Match]) -> Verdict:
    winner = categories[0]
    given = set(winner.expression.conditions)
    others = dict.fromkeys(
        match.meaning
        for match in categories[1:]
        if match.meaning != winner.meaning and not given.issuperset(match.expression.conditions)
    )
    return Verdict(category=winner.meaning, others=tuple(others), tag=winner.expression.text)


def crosswalk(standard: Standard, column: str) -> list[tuple[Expression, str]]:
    """Return the pairs of a crosswalk column of the list of categories that may be read, in the order of the list.

    The column `write_only` of the list names pairs (`osm:shop=tea`) that hold in the other direction only.
    """
    return [
        (parse(text), code.code)
        for code in standard.codelists["categories"].codes.values()
        for text in (code.extra.get(column) or "").split(";")
        if text.strip() and f"{column}:{text.strip()}" not in (code.extra.get("write_only") or "").split(";")
    ]
