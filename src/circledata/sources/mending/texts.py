"""Free text: blanks at the ends, line breaks, invisible characters, full-width letters and digits."""

from __future__ import annotations

import re

from circledata.sources.mending.model import Mended, Read, Wrong
from circledata.values.text import half_width

_BREAKS = re.compile("[ \u3000\u00a0]*[\t\n\u000b\f\r\u001c-\u001e\u0085\u2028\u2029]+[ \u3000\u00a0]*")
# Joiners (200C, 200D) and marks of direction belong to the writing of some languages and stay.
_INVISIBLE = re.compile("[\u0000-\u001f\u007f\u200b\ufeff]")
_GARBLED = re.compile("[\u0080-\u0084\u0086-\u009f]")
"""Control characters that only wrong decoding brings; whoever puts the text right needs them."""
SUSPECT = re.compile("[\u0000-\u001f\u007f-\u009f\u200b\u2028\u2029\ufeff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")


def wrong(text: str) -> bool:
    """Tell whether something in a free text may have to be mended."""
    return SUSPECT.search(text) is not None or text.strip() != text


def read(text: str, number: bool = False) -> Mended | None:
    """Mend one free text; None when it is right, or garbled so that a person must look at it."""
    if _GARBLED.search(text):
        return None
    visible = _INVISIBLE.sub("", _BREAKS.sub(" ", text))
    mended = half_width(visible).strip()
    if mended == text:
        return None
    if mended != visible.strip():
        return Mended(mended, "full-width")
    return Mended(mended, "spaces" if mended == text.strip() else "invisible")


def listed(text: str, number: bool = False) -> Mended | None:
    """Mend a list of free texts: full-width semicolons, empty items, repeated items, blanks at their ends."""
    whole = read(text)
    before = whole.text if whole else text
    if _GARBLED.search(text):
        return None
    items = [item.strip() for item in before.replace("；", ";").split(";")]
    mended = ";".join(dict.fromkeys(item for item in items if item))
    if mended == before:
        return whole
    return Mended(mended, "list-separator")


def free_text() -> tuple[Wrong, Read]:
    """Return how a column of free text is looked at and mended."""
    return wrong, read


def free_list() -> tuple[Wrong, Read]:
    """Return how a column of lists of free text is looked at and mended."""
    return lambda text: ";" in text or "；" in text or wrong(text), listed
