"""Readers of single cells: what a source's text means as a field's value, and what of it could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from circledata.findings.privacy import HIDDEN
from circledata.values.opening_hours import normalise_osm
from circledata.values.person_names import looks_like_person, without_form
from circledata.values.phones import read_phones as phones_of
from circledata.values.text import clean, half_width, is_placeholder


class Reading(NamedTuple):
    """`value` goes into the field; `unread` is text that was not understood and is kept beside it.

    `secret`: the source's text may name a private person and is neither kept nor logged. `rule`: the rule of the change
    where it is not that of the reader, or the reason why the text was not taken.
    """

    value: str
    unread: str = ""
    secret: bool = False
    rule: str = ""


Reader = Callable[[str], Reading]
NOTHING = Reading("")
PAUSED = "closed-for-now"
"""Rule of a text that tells no hours but that the place is closed for now."""
_MAY_SAY_PAUSED = re.compile("[停歇装修整闭关暂]")


def read_text(text: str) -> Reading:
    """Take the text itself: blanks tidied, full-width letters and digits made ordinary, `-` and 无 taken as empty."""
    tidy = half_width(clean(text))
    return Reading("" if is_placeholder(tidy) else tidy)


def read_opening_hours(text: str) -> Reading:
    """Read opening hours in OSM syntax or in Chinese; anything else is kept as text."""
    hours = normalise_osm(text)
    if hours is not None:
        return Reading(hours)
    plain = clean(text)
    chinese = _chinese_hours(plain)
    return Reading("", plain) if chinese is None else chinese


def _chinese_hours(text: str) -> Reading | None:
    from circledata.values.chinese_hours import to_osm

    found = to_osm(text)
    if found is None:
        return None
    # What is only a comment (节假日除外) stays beside the hours. That a place is closed for now is said by its status.
    return Reading(found.osm or "", found.left, rule="hours-from-chinese" if found.osm else PAUSED)


def says_paused(text: str) -> bool:
    """Tell whether a text in a column of opening hours says that the place is closed for now (暂停营业, 装修中)."""
    if not _MAY_SAY_PAUSED.search(text):
        return False
    from circledata.values.chinese_hours import to_osm

    found = to_osm(clean(text))
    return found is not None and found.closed_for_now


def read_phones(text: str) -> Reading:
    """Read one or several telephone numbers; those that are not clearly one are kept as text."""
    found = phones_of(half_width(text))
    rule = "area-code-inherited" if found.inherited else ""
    return Reading(";".join(found.numbers), ";".join(found.unread), rule=rule)


def read_date(text: str) -> Reading:
    """Read a day, or a month as its first day, as the standard asks. A year alone or an unsure day is kept as text."""
    from circledata.values import dates

    plain = clean(text)
    found = dates.read_date(plain)
    if found is None:
        return Reading("", plain)
    if found.kind == "none":
        return Reading("", rule="no-date")
    if found.date is None or not found.certain:
        return Reading("", plain)
    return Reading(found.date.isoformat())


def read_outlet_name(text: str) -> Reading:
    """Take the name of an outlet from a register: without （个体工商户） at its end, and not the name of a person."""
    reading = read_text(text)
    if looks_like_person(reading.value):
        return Reading("", HIDDEN, secret=True)
    short = without_form(reading.value)
    return reading if short == reading.value else Reading(short, rule="form-dropped")


def read_organisation(text: str) -> Reading:
    """Take the name of an organisation. Two or three Chinese characters may be a person's name and are not taken."""
    reading = read_text(text)
    if re.fullmatch("[\u4e00-\u9fff·]{2,3}", without_form(reading.value)) or looks_like_person(reading.value):
        return Reading("", HIDDEN, secret=True)
    return reading


def translate(text: str, values: Mapping[str, str]) -> Reading:
    """Translate a text by a table of values; one that the table lacks is kept as text."""
    plain = clean(text)
    known = values.get(plain)
    if known is None:
        known = values.get(plain.lower())
    return Reading("", plain) if known is None else Reading(known)


READERS: Mapping[str, Reader] = {
    "text": read_text,
    "address": read_text,
    "opening_hours": read_opening_hours,
    "phones": read_phones,
    "date": read_date,
    "organisation": read_organisation,
    "outlet_name": read_outlet_name,
}
"""The readers that need to know nothing but the text; the others are made by field_readers."""
