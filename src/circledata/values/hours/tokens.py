"""Cuts Chinese opening hours into tokens: weekdays, dates, clock times, words for open and closed, comments."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from circledata.values.hours.words import ALIKE, HAN_NUMBERS, KINDS, PERIOD_WORDS


class Token(NamedTuple):
    """One token. `first` and `last` are its place in the tidied text; `value` is what the kind calls for."""

    kind: str
    first: int
    last: int
    text: str
    value: tuple[int, ...] = ()


MONDAY_TO_FRIDAY, WEEKEND, EVERY_DAY, HOLIDAY = 0b0011111, 0b1100000, 0b1111111, 0b10000000
"""Sets of days as bits: Monday is bit 0, Sunday bit 6, public holidays bit 7."""

# Character for character, so that every place in the plain text is the same place in the text that was given.
_PLAIN = {ord(one): plain for plain, others in ALIKE.items() for one in others}
_PLAIN |= {0xFF10 + digit: str(digit) for digit in range(10)} | {code: chr(code + 32) for code in range(65, 91)}
_PLAIN |= {code: chr((code - 0xFEE0) | 32) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_INVISIBLE = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")

PERIODS = tuple(PERIOD_WORDS)
"""Names of the parts of a day; the value of a PERIOD token is the place in this tuple."""
_PERIOD_OF = {word: PERIODS.index(name) for name, words in PERIOD_WORDS.items() for word in words}
_DAYS = {digit: 1 << place for place, digit in enumerate("一二三四五六日")} | {"天": 64, "七": 64}
_DAYS |= {str(place): 1 << place - 1 for place in range(1, 8)}
_FIXED = {"WORKDAY": MONDAY_TO_FRIDAY, "WEEKEND": WEEKEND, "HOLIDAY": HOLIDAY}
_FIXED |= {"EVERYDAY": EVERY_DAY, "NOREST": EVERY_DAY}
_NUMBERS = frozenset({"DATE", "MONTH", "COLON_TIME", "DOT", "DAY_NUMBER", "NUMBER"})

_PATTERNS = {kind: "|".join(patterns) for kind, patterns in KINDS}
_GROUP = re.compile(r"(?<!\\)\((?!\?)")


@cache
def _master() -> re.Pattern[str]:
    """Return the pattern of all kinds, a group for each; groups inside a kind are made silent (see `_parts`).

    Compiled when first needed: it takes longer than the start of the command line may.
    """
    return re.compile("|".join(f"(?P<{kind}>{_GROUP.sub('(?:', pattern)})" for kind, pattern in _PATTERNS.items()))


@cache
def _parts(kind: str) -> re.Pattern[str]:
    return re.compile(_PATTERNS[kind])


def tidy(text: str) -> str:
    """Return `text` without invisible characters and blanks at its ends."""
    return _INVISIBLE.sub("", text).strip()


def tokenise(text: str) -> list[Token]:
    """Cut tidied text into tokens; blanks are dropped. Every character belongs to a token, UNKNOWN if need be."""
    tokens: list[Token] = []
    for match in _master().finditer(text.translate(_PLAIN)):
        kind = match.lastgroup or "UNKNOWN"
        if kind != "BLANK":
            word = match[0]
            tokens.append(Token(kind, *match.span(), word, _value(kind, word)))
    return tokens


@lru_cache(maxsize=16_384)
def _value(kind: str, word: str) -> tuple[int, ...]:
    """Return the set of days, the part of the day, (month, day), or (hour, minute, written with a leading zero)."""
    if kind in _NUMBERS:
        return _numbers(kind, word)
    if kind == "HOUR_TIME":
        return _hour_time(word)
    if kind == "WEEKDAY":
        days = 0
        for character in word:
            days |= _DAYS.get(character, 0)
        return (days or WEEKEND,)
    if kind in _FIXED:
        return (_FIXED[kind],)
    if kind == "PERIOD":
        return (_PERIOD_OF[word],)
    return (_DAYS[word],) if kind == "SHORT_DAY" else ()


def _numbers(kind: str, word: str) -> tuple[int, ...]:
    if word in HAN_NUMBERS:
        return (HAN_NUMBERS[word],)
    match = _parts(kind).match(word)
    parts = [part for part in match.groups() if part is not None] if match else []
    numbers = tuple(HAN_NUMBERS[part] if part in HAN_NUMBERS else int(part) for part in parts)
    if kind == "COLON_TIME":
        if numbers == (23, 59, 59):  # how databases write the end of the day
            return 24, 0, 0
        return numbers[0], numbers[1], int(parts[0].startswith("0"))
    return (*numbers, int(len(parts[-1]) == 2)) if kind == "DOT" else numbers


def _hour_time(word: str) -> tuple[int, ...]:
    match = _parts("HOUR_TIME").match(word)
    digits, hour_word, half, quarter, three_quarters, *minutes = match.groups() if match else (None,) * 8
    hour = int(digits) if digits else HAN_NUMBERS[hour_word or "零"]
    past = 30 if half else 15 if quarter else 45 if three_quarters else 0
    for minute in minutes:
        if minute:
            past = HAN_NUMBERS[minute] if minute in HAN_NUMBERS else int(minute)
    return hour, past, int(bool(digits) and str(digits).startswith("0"))
