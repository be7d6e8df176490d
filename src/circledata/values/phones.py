"""Reads Chinese telephone numbers and writes each in one form: area code and number joined by a hyphen."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[;；,，、/|\n]| or | and |或|和")
_EXTENSION = re.compile(r"(?:ext\.?|extension|x|转|分机|转分机)\s*[:：]?\s*([0-9]{1,6})$", re.IGNORECASE)
_COUNTRY = re.compile(r"^(?:(?:\+|00)\s*86[\s-]*|86[\s-]+)(?:\(0\))?")
_ALLOWED = re.compile(r"[+0-9 ().\-‐‑–—]+")


def split_phones(text: str) -> list[str]:
    """Return the single numbers of a cell that holds one or several, separated by ; / 、 , or a word."""
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def normalise_phone(text: str) -> str | None:
    """Return one telephone number in the form of the standard's field `phone`, or None when it is not clearly one.

    Mainland numbers lose their country code: 0571-86689651 (an extension after a further hyphen), 13800000000,
    400-920-0715. Seven or eight digits without an area code stay as they are: the area is not guessed. Short service
    numbers (95588, 12345) stay. A number of another country keeps its `+`. The lengths are those in general use (area
    codes 010, 02x, 0xxx; numbers of seven or eight digits); no official table is consulted.
    """
    number = text.strip()
    extension = _EXTENSION.search(number)
    if extension:
        number = number[: extension.start()].strip()
    if not _ALLOWED.fullmatch(number):
        return None
    if number.startswith("+") and not number.startswith("+86"):
        digits = re.sub(r"[^0-9]", "", number)
        return f"+{digits}" if 8 <= len(digits) <= 15 and not extension else None
    home = _mainland(re.sub(r"[^0-9]", "", _COUNTRY.sub("", number)))
    if home is None or extension is None:
        return home
    return f"{home}-{extension.group(1)}"


def _mainland(digits: str) -> str | None:
    if re.fullmatch(r"1[3-9][0-9]{9}", digits):
        return digits
    if re.fullmatch(r"[48]00[0-9]{7}", digits):
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    if re.fullmatch(r"[2-8][0-9]{6,7}|95[0-9]{3,6}|1[0-9]{2,4}", digits):
        return digits
    local = re.fullmatch(r"0?(10|2[0-9])([2-9][0-9]{7})|0?([3-9][0-9]{2})([2-9][0-9]{6,7})", digits)
    if local is None:
        return None
    area, number = (local.group(1) or local.group(3)), (local.group(2) or local.group(4))
    return f"0{area}-{number}"
