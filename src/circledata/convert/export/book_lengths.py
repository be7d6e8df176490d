"""How long the texts are that a pattern of the standard allows, so that a cell can say so before a check does."""

from __future__ import annotations

import re

_PIECE = re.compile(r"(?P<group>\(\?:)|(?P<end>\))|(?P<or>\|)|(?P<one>\[\^?\]?[^\]]*\]|\\.|[^\\\[()|])")
_COUNT = re.compile(r"\{([0-9]+)(?:,([0-9]*))?\}|([?*+])")
_SIGNS: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
Lengths = tuple[int, int | None]


def pattern_lengths(pattern: str) -> Lengths:
    """Return the least and the greatest length of a text that the whole of `pattern` matches; None: no limit.

    `pattern` is in the standard's syntax: characters, classes, `(?:…)`, `|` and counts. ValueError for anything else.
    """
    lengths, place = _choice(pattern, 0)
    if place != len(pattern):
        raise ValueError(pattern)
    return lengths


def _choice(pattern: str, place: int) -> tuple[Lengths, int]:
    found: list[Lengths] = []
    least: int = 0
    most: int | None = 0
    while place < len(pattern):
        piece = _PIECE.match(pattern, place)
        if piece is None:
            raise ValueError(pattern)
        if piece["end"]:
            break
        place = piece.end()
        if piece["or"]:
            found.append((least, most))
            least, most = 0, 0
            continue
        one: Lengths = (1, 1)
        if piece["group"]:
            one, place = _choice(pattern, place)
            if pattern[place : place + 1] != ")":
                raise ValueError(pattern)
            place += 1
        (fewest, greatest), place = _count(pattern, place)
        least += one[0] * fewest
        most = None if most is None or one[1] is None or greatest is None else most + one[1] * greatest
    found.append((least, most))
    tops = [top for _, top in found if top is not None]
    return (min(low for low, _ in found), max(tops) if len(tops) == len(found) else None), place


def _count(pattern: str, place: int) -> tuple[Lengths, int]:
    found = _COUNT.match(pattern, place)
    if found is None:
        return (1, 1), place
    if found[3]:
        return _SIGNS[found[3]], found.end()
    fewest = int(found[1])
    exactly = found[2] is None
    return (fewest, fewest if exactly else int(found[2]) if found[2] else None), found.end()
