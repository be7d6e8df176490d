"""Reads opening hours in the syntax of OpenStreetMap's key `opening_hours`, the form that the standard publishes."""

from __future__ import annotations

import re
from functools import lru_cache

# Only characters that a Chinese keyboard or a word processor puts in place of ASCII; the meaning stays the same.
_ASCII = str.maketrans("：；，－–—～〜~／　\u00a0０１２３４５６７８９", ":;,-----" + "-/  0123456789")
_SAYS_NOTHING = re.compile(r'(?:24/7 )?(?:unknown|closed|off|open)?\s*"[^"]*"|(?:24/7 )?unknown')


@lru_cache(maxsize=65_536)
def readable(text: str) -> bool:
    """Tell whether `text` is opening hours in OSM syntax, by the parser of the package opening-hours-py.

    Nothing is repaired first: a blank at either end, Chinese words or full-width characters make it unreadable.
    """
    from opening_hours import validate

    return bool(validate(text))


@lru_cache(maxsize=65_536)
def normalise_osm(text: str) -> str | None:
    """Return `text` in the canonical spelling of OSM syntax (two-digit hours, one blank); None when it cannot be read.

    Every rule is kept as written; only the spelling changes, and full-width or typographic characters become ASCII.
    A text that holds nothing but a comment or `unknown` tells no hours and gives None.
    """
    from opening_hours import OpeningHours

    plain = " ".join(text.translate(_ASCII).split()).rstrip("; ")
    if not plain or not readable(plain) or _SAYS_NOTHING.fullmatch(plain):
        return None
    canonical = str(OpeningHours(plain))
    return canonical if readable(canonical) else plain
