"""Readers of single cells: what a source's text means as a field's value, and what of it could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from circledata.findings.privacy import HIDDEN
from circledata.values.opening_hours import normalise_osm
from circledata.values.phones import normalise_phone, split_phones
from circledata.values.text import clean, half_width, is_placeholder


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` goes into the field; `unread` is text that was not understood and is kept beside it.

    `secret`: the source's text may name a private person and is neither kept nor logged.
    """

    value: str
    unread: str = ""
    secret: bool = False


def read_text(text: str) -> Reading:
    """Take the text itself: blanks tidied, full-width letters and digits made ordinary, `-` and 无 taken as empty."""
    tidy = half_width(clean(text))
    return Reading("" if is_placeholder(tidy) else tidy)


def read_opening_hours(text: str) -> Reading:
    """Read opening hours in OSM syntax; anything else is kept as text."""
    hours = normalise_osm(text)
    return Reading("", clean(text)) if hours is None else Reading(hours)


def read_phones(text: str) -> Reading:
    """Read one or several telephone numbers; those that are not clearly one are kept as text."""
    read: list[str] = []
    unread: list[str] = []
    for part in split_phones(half_width(text)):
        number = normalise_phone(part)
        if number is None:
            unread.append(clean(part))
        elif number not in read:
            read.append(number)
    return Reading(";".join(read), ";".join(unread))


def read_date(text: str) -> Reading:
    """Read YYYY-MM-DD; YYYY-MM means the first of the month, as the standard asks. A year alone is kept as text."""
    plain = clean(text)
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?", plain)
    if match:
        year, month, day = match.groups(default="01")
        try:
            return Reading(date(int(year), int(month), int(day)).isoformat())
        except ValueError:
            pass
    return Reading("", plain)


def read_organisation(text: str) -> Reading:
    """Take the name of an organisation. Two or three Chinese characters may be a person's name and are not taken."""
    reading = read_text(text)
    if re.fullmatch("[\u4e00-\u9fff·]{2,3}", reading.value):
        return Reading("", HIDDEN, secret=True)
    return reading


def translate(text: str, values: Mapping[str, str]) -> Reading:
    """Translate a text by a table of values; one that the table lacks is kept as text."""
    plain = clean(text)
    known = values.get(plain)
    if known is None:
        known = values.get(plain.lower())
    return Reading("", plain) if known is None else Reading(known)


READERS: Mapping[str, Callable[[str], Reading]] = {
    "text": read_text,
    "opening_hours": read_opening_hours,
    "phones": read_phones,
    "date": read_date,
    "organisation": read_organisation,
}
"""The readers that a mapping may name."""
