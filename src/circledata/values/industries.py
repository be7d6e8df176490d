"""Reads codes of GB/T 4754-2017, the classification of industries, with or without the letter of their section."""

from __future__ import annotations

import re
from typing import Final

from circledata.values.text import clean, half_width

SECTIONS: Final[dict[str, tuple[int, int]]] = {
    **{"A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52), "G": (53, 60)},
    **{"H": (61, 62), "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72), "M": (73, 75), "N": (76, 79)},
    **{"O": (80, 82), "P": (83, 83), "Q": (84, 85), "R": (86, 90), "S": (91, 96), "T": (97, 97)},
}
"""The sections of GB/T 4754-2017 with the first and the last of their divisions (the first two digits of a code)."""

_CODE = re.compile(r"(?P<letter>[A-Ta-t])?\s*[-.]?\s*(?P<digits>[0-9]{2,4})?(?:\.0)?")
_IN_TEXT = re.compile(
    r"^(?P<code>[A-Ta-t]?\s*-?\s*[0-9]{2,4})(?=\s|[-:：、,，\u4e00-\u9fff]|$)|[(（\[]\s*(?P<bracketed>[A-Ta-t]?-?[0-9]{2,4})\s*[)）\]]"
)


def section_of(digits: str) -> str | None:
    """Return the letter of the section of a code of 2 to 4 digits; None when no section has its division."""
    if not re.fullmatch("[0-9]{2,4}", digits):
        return None
    division = int(digits[:2])
    return next((letter for letter, (first, last) in SECTIONS.items() if first <= division <= last), None)


def normalise_industry(text: str) -> str | None:
    """Return the digits of a GB/T 4754-2017 code (5211; 521 and 52 for wider groups), or a section's letter alone.

    Read are `F5211`, `5211`, `F-5211`, `F 52`, `5211.0`, a code with its title (`5211 百货零售`, `百货零售(5211)`),
    full width. None when the letter contradicts the digits, no section has the division, or there is no code. A code
    that lost its leading zero (111 for 0111) cannot be told from a group of three digits and is read as that group.
    Whether a group or class exists within its division is not checked. Never raises.
    """
    plain = clean(half_width(text)).lstrip("'")
    found = _CODE.fullmatch(plain)
    if found is None:
        inside = _IN_TEXT.search(plain)
        found = _CODE.fullmatch(inside["code"] or inside["bracketed"]) if inside else None
    if found is None:
        return None
    letter, digits = (found["letter"] or "").upper(), found["digits"] or ""
    if not digits:
        return letter or None
    section = section_of(digits)
    return digits if section is not None and letter in {"", section} else None
