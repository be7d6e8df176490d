"""Conditions of a mapping on the cells of a row: rows that are no records, and rows about which a person is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from circledata.convert.mapping.headers import Header
from circledata.values.text import is_placeholder

Cells = Mapping[str, str]
Condition = Callable[[Cells], tuple[str, str, str] | None]
"""Return column, its text, and the part of it that decided, where a row meets the condition; None where it does not."""
_REMEMBERED = 1 << 12
_WIDE = frozenset("（）【】［］")
_WIDTH = str.maketrans("（）【】［］", "()[][]")


def condition(raw: Mapping[str, Any], columns: Sequence[str], header: Header) -> Condition:
    """Compile one condition for the columns of one file. Brackets of either width are the same.

    `columns`: what the condition looks at, as the file calls them; the first that is filled counts. With `blank` the
    row meets it only where those columns say nothing. Of an expression with a group the group is what decided.
    """
    meets = _comparison(raw)
    wants_empty = bool(raw.get("empty")) and bool(columns)
    blank = header.all_of([raw["blank"]] if isinstance(raw.get("blank"), str) else raw.get("blank", ()))

    def check(cells: Cells) -> tuple[str, str, str] | None:
        for column in columns:
            text = cells.get(column, "").strip()
            if text:
                # Few texts have brackets of full width, and translating is slow.
                found = meets(text if _WIDE.isdisjoint(text) else text.translate(_WIDTH))
                break
        else:
            column, text, found = "", "", "" if wants_empty else None
        if found is None or (blank and any(_says_something(cells.get(name, "")) for name in blank)):
            return None
        return column, text, found

    return check


def _says_something(text: str) -> bool:
    return bool(text.strip()) and not is_placeholder(text)


def _comparison(raw: Mapping[str, Any]) -> Callable[[str], str | None]:
    any_of = frozenset(_plain(raw, "any"))
    starts, ends, contains = _plain(raw, "starts"), _plain(raw, "ends"), _plain(raw, "contains")
    matched = _matching(raw["matches"]) if "matches" in raw else None

    def meets(text: str) -> str | None:
        if text in any_of:
            return text
        if starts and text.startswith(starts):
            return next(part for part in starts if text.startswith(part))
        if ends and text.endswith(ends):
            return next(part for part in ends if text.endswith(part))
        for part in contains:
            if part in text:
                return part
        return matched(text) if matched else None

    return meets


def _matching(expression: str) -> Callable[[str], str | None]:
    """Return what tells which part of a text an expression finds; it is asked of classes and codes, which repeat."""
    pattern = re.compile(expression)

    @lru_cache(maxsize=_REMEMBERED)
    def matched(text: str) -> str | None:
        found = pattern.fullmatch(text)
        return None if found is None else next(filter(None, found.groups()), text)

    return matched


def _plain(raw: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(text.translate(_WIDTH) for text in raw.get(name, ()))
