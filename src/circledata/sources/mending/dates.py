"""Dates: every form with the year first, day numbers of a spreadsheet, dates with midnight behind them."""

from __future__ import annotations

import re

from circledata.sources.mending.model import LONGEST, Mended, Read, Wrong, plain, unlike, width_or_blanks
from circledata.values.dates import read_date

_ISO = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_is_iso = re.compile(_ISO).fullmatch
_SERIAL = re.compile("[0-9]{5}")
_MIDNIGHT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]")


def dates(base1904: bool) -> tuple[Wrong, Read]:
    """Return how a column of dates is looked at and mended; `base1904`: the date system of the workbook."""

    def read(text: str, number: bool = False) -> Mended | None:
        if len(text) > LONGEST:
            return None
        bare = plain(text)
        if not bare:
            return Mended("", width_or_blanks(text)) if text else None
        short = bare[1:] if bare[0] == "'" else bare
        if _is_iso(short):
            if short == text or read_date(short) is None:
                return None
            return Mended(short, "number-text" if short != bare else width_or_blanks(text))
        found = read_date(short, base1904=base1904)
        if found is None or not found.certain or found.note or found.date is None:
            return None
        day = found.date.isoformat()
        if found.kind == "serial":
            # A fraction is a time of day, and a number cell never has one that is nought.
            return Mended(day, "date-serial") if _SERIAL.fullmatch(short) else None
        if found.kind != "day" or not (1900 <= found.date.year < 2100):
            return None
        return Mended(day, "date-with-midnight" if _MIDNIGHT.match(short) else "date-form")

    return unlike(_ISO), read
