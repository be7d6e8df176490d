"""Reads Chinese telephone numbers and writes each in one form: area code and number joined by a hyphen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from circledata.values.text import ascii_signs, clean, is_placeholder

_SEPARATORS = re.compile(r"[;；,，、/\\|\n]| or | and |或者?|和|以及")
_LIST_LITERAL = re.compile(r"\s*\[(.*)\]\s*", re.DOTALL)
_USUAL = re.compile("0(?:10|2[0-9])-[2-9][0-9]{7}|0[3-9][0-9]{2}-[2-9][0-9]{6,7}")
"""Landline numbers as most lists write them, which is the form of the standard already."""
_LABEL = re.compile(
    r"^(?:(?:(?:联系|咨询|服务|客服|订餐|预订|营业|固定|办公|移动)?(?:电话|热线|座机|手机|号码)(?:号码)?|tel|phone|mobile)\.?\s*[::]?\s*)+",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"(?:ext\.?|extension|x|转分机|转|分机号?|#)\s*[::]?\s*([0-9]{1,6})$", re.IGNORECASE)
_HYPHEN_EXTENSION = re.compile(
    r"^(.*[0-9]{7,8}|[48]00[- ]?[0-9]{3}[- ]?[0-9]{4}|[48]00[- ]?[0-9]{4}[- ]?[0-9]{3})\s*-\s*([0-9]{1,5})$"
)
_COUNTRY = re.compile(r"^(?:\(?(?:\+|00)\s*86\)?[\s-]*|86[\s-]+)(?:\(0\))?")
_ALLOWED = re.compile(r"[+0-9 ().\-_]+")
_BRACKETS = str.maketrans("【】[]", "()()")
_LAND = re.compile(r"(0[0-9]{2,3})-([0-9]{7,8})(?:-[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class PhonesReading:
    """The telephone numbers of a cell: `numbers` in the standard's form, each once, and what was `unread`, as written.

    `inherited`: those of `numbers` whose area code came from the number before them in the same cell.
    """

    numbers: tuple[str, ...]
    unread: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()


def split_phones(text: str) -> list[str]:
    """Return the single numbers of a cell that holds one or several, separated by ; / 、 , | a line break or a word.

    A list literal (`['0510-1', '0510-2']`) is taken apart; two numbers with only a blank between them are told apart
    when each is a number by itself.
    """
    literal = _LIST_LITERAL.fullmatch(text)
    whole = literal[1] if literal else text
    parts: list[str] = []
    for part in _SEPARATORS.split(whole):
        part = part.strip().strip("'\"“”‘’").strip()
        if part:
            parts.extend(_apart(part))
    return parts


def read_phones(text: str) -> PhonesReading:
    """Read all telephone numbers of a cell; what is not clearly a number is returned as `unread`.

    A number without area code takes the one of the landline number just before it in the same cell, when it has as
    many digits as that one (0571-88868120/88868121); a shorter ending (…120/21) is not completed. Never raises.
    """
    if _USUAL.fullmatch(text):
        return PhonesReading((text,))
    numbers: list[str] = []
    unread: list[str] = []
    inherited: list[str] = []
    before = ""
    for part in split_phones(text):
        number = normalise_phone(part)
        if number is None:
            if not is_placeholder(part):
                unread.append(clean(part))
            before = ""
            continue
        land = _LAND.fullmatch(before)
        if (
            land
            and re.fullmatch("[2-8][0-9]{6,7}(?:-[0-9]{1,6})?", number)
            and len(number.split("-")[0]) == len(land[2])
        ):
            number = f"{land[1]}-{number}"
            inherited.append(number)
        before = number
        if number not in numbers:
            numbers.append(number)
    return PhonesReading(tuple(numbers), tuple(unread), tuple(inherited))


def normalise_phone(text: str) -> str | None:
    """Return one telephone number in the form of the standard's field `phone`, or None when it is not clearly one.

    Mainland numbers lose their country code: 0571-86689651 (an extension after a further hyphen), 13800000000,
    400-920-0715. Full width, brackets around the area code and a label in front (电话：) are understood. Seven or eight
    digits without an area code stay as they are: the area is not guessed. Short service numbers (95588, 12345) stay.
    A number of another country keeps its `+`. The lengths are those in general use (area codes 010, 02x, 0xxx; numbers
    of seven or eight digits); no official table is consulted. Never raises.
    """
    if _USUAL.fullmatch(text):
        return text
    number = _LABEL.sub("", ascii_signs(text).strip().translate(_BRACKETS)).strip()
    extension = _EXTENSION.search(number)
    if extension:
        number = number[: extension.start()].strip(" -")
    if not _ALLOWED.fullmatch(number):
        return None
    if number.startswith("+") and not number.startswith("+86"):
        digits = re.sub(r"[^0-9]", "", number)
        return f"+{digits}" if 8 <= len(digits) <= 15 and not extension else None
    plain = _COUNTRY.sub("", number)
    if extension is None:
        extended = _HYPHEN_EXTENSION.match(plain)
        base = _mainland(re.sub(r"[^0-9]", "", extended[1])) if extended else None
        if extended and base and ("-" in base or len(base) in {7, 8}):
            return f"{base}-{extended[2]}"
    home = _mainland(re.sub(r"[^0-9]", "", plain))
    if home is None or extension is None:
        return home
    return f"{home}-{extension.group(1)}"


def _apart(part: str) -> list[str]:
    """Tell numbers apart that have only blanks between them."""
    pieces = ascii_signs(part).split()
    if len(pieces) < 2 or normalise_phone(part) is not None:
        return [part]
    read = [normalise_phone(piece) for piece in pieces]
    if all(number is not None and len(number) >= 7 for number in read):
        return pieces
    return [part]


def _mainland(digits: str) -> str | None:
    if re.fullmatch(r"0?1[3-9][0-9]{9}", digits):
        return digits[-11:]
    if re.fullmatch(r"[48]00[0-9]{7}", digits):
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    if re.fullmatch(r"[2-8][0-9]{6,7}|95[0-9]{3,6}|1[0-9]{2,4}", digits):
        return digits
    local = re.fullmatch(r"0?(10|2[0-9])([2-9][0-9]{7})|(?!400|800)0?([3-9][0-9]{2})([2-9][0-9]{6,7})", digits)
    if local is None:
        return None
    area, number = (local.group(1) or local.group(3)), (local.group(2) or local.group(4))
    return f"0{area}-{number}"
