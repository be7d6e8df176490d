"""What a harmless change makes of a cell, and the helpers that every kind of column needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from circledata.values.text import ascii_signs, clean

LONGEST = 200
"""Characters of a cell that is no free text; what is longer is nothing that could be mended."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A cell as the standard writes it.

    `text`: the new text. `change`: key of `mending.yaml`, of the change that says most when several were made.
    """

    text: str
    change: str


Wrong = Callable[[str], object]
"""Tells in one quick look whether a text may not be as the standard writes it, so that it needs a second look."""
Read = Callable[[str, bool], Mended | None]
"""Reads a text that did not pass the quick look; the flag says that the cell held a number."""


def unlike(pattern: str, *, also: str = "") -> Wrong:
    """Return the quick look for texts that neither are empty nor match `pattern` as a whole, or begin with `also`.

    A search for what is wrong finds nothing in nearly every cell, and finding nothing is what costs least.
    """
    return re.compile(f"(?!(?:{pattern})?\\Z){'|' + also if also else ''}").match


def width_or_blanks(text: str) -> str:
    """Return which change makes `clean(ascii_signs(text))` of a text: the key of the one that says most."""
    if clean(text) == text.strip():
        return "spaces" if ascii_signs(text) == text or ascii_signs(text.strip()) == text.strip() else "full-width"
    return "full-width" if ascii_signs(clean(text)) != clean(text) else "invisible"


def plain(text: str) -> str:
    """Return a text of a number, a date or a code without blanks at its ends, invisible characters and full width."""
    return ascii_signs(clean(text)).strip()
