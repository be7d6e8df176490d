"""Tag expressions such as `amenity=recycling+recycling_type=centre`: which of them a feature meets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ANY = "*"


@dataclass(frozen=True, slots=True)
class Expression:
    """Conditions that all hold. A value of `*` stands for every value."""

    text: str
    conditions: tuple[tuple[str, str], ...]

    @property
    def weight(self) -> int:
        """How specific the expression is: more conditions weigh more, a `*` weighs half."""
        return sum(1 if value == ANY else 2 for _, value in self.conditions)

    def meets(self, tags: Mapping[str, str]) -> bool:
        """Tell whether a feature's tags meet every condition; one value of a list `a;b` is enough."""
        return all(
            key in tags and (value == ANY or tags[key] == value or value in values_of(tags[key]))
            for key, value in self.conditions
        )


def parse(text: str) -> Expression:
    """Read one expression; ValueError when a condition has no `=`."""
    conditions = []
    for condition in text.split("+"):
        key, sign, value = condition.partition("=")
        if not sign or not key.strip() or not value.strip():
            raise ValueError(f"not a tag expression: {text!r}")
        conditions.append((key.strip(), value.strip()))
    return Expression(text.strip(), tuple(conditions))


def values_of(value: str) -> list[str]:
    """Return the single values of a tag; OpenStreetMap joins several by semicolons."""
    return [item.strip() for item in value.split(";")]


@dataclass(frozen=True, slots=True)
class Match:
    """An expression that a feature meets and what it stands for."""

    expression: Expression
    meaning: str


class Index:
    """Many expressions with their meanings, found quickly by the key of their first condition."""

    def __init__(self, pairs: Iterable[tuple[Expression, str]]) -> None:
        self._by_key: dict[str, dict[str, list[Match]]] = {}
        for expression, meaning in pairs:
            key, value = expression.conditions[0]
            self._by_key.setdefault(key, {}).setdefault(value, []).append(Match(expression, meaning))

    def matches(self, tags: Mapping[str, str]) -> list[Match]:
        """Return what `tags` meet, the most specific first, otherwise in the order in which the pairs were given."""
        found = []
        for key, by_value in self._by_key.items():
            if key in tags:
                for value in dict.fromkeys((*values_of(tags[key]), ANY)):
                    found += [match for match in by_value.get(value, ()) if match.expression.meets(tags)]
        return sorted(found, key=lambda match: -match.expression.weight)
