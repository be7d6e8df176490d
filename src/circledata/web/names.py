"""Makes the name of an uploaded file harmless: its last part only, nothing invisible, nothing that a system forbids."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 150
"""Bytes of a name in UTF-8; file systems take 255."""
NAMELESS = "upload"

_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def safe_name(given: str) -> str:
    """Return the name to store and to show for a file that a client calls `given`."""
    last = re.split(r"[/\\]", given)[-1]
    last = unicodedata.normalize("NFC", last)
    last = "".join(character for character in last if unicodedata.category(character) not in _INVISIBLE)
    # A leading dot would hide the file, and Windows drops dots and spaces at the end.
    last = _FORBIDDEN.sub("_", last).lstrip(". ").rstrip(". ")
    last = _shortened(last)
    if _DEVICES.fullmatch(last):
        last = f"_{last}"
    return last or NAMELESS


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending.encode()) > 10:
        stem, dot, ending = name, "", ""
    room = LONGEST - len(f"{dot}{ending}".encode())
    return stem.encode()[:room].decode(errors="ignore") + dot + ending


def unused(name: str, taken: set[str]) -> str:
    """Return `name`, or `name (2)` and so on when one of that name, in any case of its letters, is taken."""
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{stem} ({number}){dot}{ending}"
    taken.add(found.casefold())
    return found
