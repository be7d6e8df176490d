"""Small things that the invented packages share: ids, dates, dice, and companies whose codes are visibly made up."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from circledata.values.identifiers import uscc_check_character

DIVISION = "620602"
"""A real code, because the rules ask for one; invented records take serials from 901 on, which no real record has."""
Item = TypeVar("Item")


def serial(letter: str, number: int, digits: int) -> str:
    """Return an id of the standard's form."""
    return f"{DIVISION}-{letter}{number:0{digits}d}"


def day(year: int, month: int, of_month: int) -> date:
    """Return a date."""
    return date(year, month, of_month)


def dice(randomness: random.Random, sides: int) -> int:
    """Return 0 to `sides` - 1, from `random()` alone, whose values are the same in every version of Python."""
    return int(randomness.random() * sides)


def pick(randomness: random.Random, items: Sequence[Item]) -> Item:
    """Return one of `items`."""
    return items[dice(randomness, len(items))]


def uscc(kind: str, number: int) -> str:
    """Return a code that nobody has: right form and check character, its body a plain row of zeros and a number.

    `kind`: 91 for a company, 92 for an individual business.
    """
    body = f"{kind}{DIVISION}MA{number:07d}"
    return f"{body}{uscc_check_character(body)}"


def company(name: str, number: int) -> tuple[str, str]:
    """Return a company's name with its invented code."""
    return name, uscc("91", number)
