"""Identifiers with a check digit: unified social credit code, old register number, resident number, bank card."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from circledata.values.text import ascii_signs, clean

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Letters that a 统一社会信用代码 never holds, and what was meant when a person or a scanner wrote them (own list).
_MEANT = str.maketrans("OIZS", "0125")
_NO_MORE = re.compile(r"[\s'\"`\-_.,:]")
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_RESIDENT_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_RESIDENT_CHECKS = "10X98765432"


def uscc_check_character(first17: str) -> str | None:
    """Return the 18th character that belongs to the first 17 of a 统一社会信用代码; None when one is not of the
    alphabet.

    Source: GB 32100-2015, method of GB/T 17710: C18 = (31 - sum(value * 3**(i-1) mod 31) mod 31) mod 31.
    """
    if len(first17) != 17 or any(character not in USCC_ALPHABET for character in first17):
        return None
    total = sum(
        USCC_ALPHABET.index(character) * weight for character, weight in zip(first17, _USCC_WEIGHTS, strict=True)
    )
    return USCC_ALPHABET[-total % 31]


def uscc_ok(code: str) -> bool:
    """Tell whether `code` is an 18-character 统一社会信用代码 with the right check character (GB 32100-2015)."""
    return len(code) == 18 and uscc_check_character(code[:17]) == code[17]


def resident_id_ok(number: str) -> bool:
    """Tell whether `number` is an 18-character resident identity number: checksum and a possible date of birth.

    Source: GB 11643-1999, ISO 7064 MOD 11-2.
    """
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    if not 1900 <= born.year <= 2100:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECKS[total % 11] == number[17].upper()


def luhn_ok(number: str) -> bool:
    """Tell whether a run of digits passes the Luhn check of ISO/IEC 7812, as bank cards do."""
    if not (number.isascii() and number.isdigit()):
        return False
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


@dataclass(frozen=True, slots=True)
class UsccReading:
    """A code of an organisation as read.

    `code`: in capitals without blanks. `valid`: it is a 统一社会信用代码 with the right check character.
    `changed`: `code` differs from the text.
    `suggestion`: for a code with O, I, Z or S, which no code has, the restoration with 0, 1, 2, 5 when its check
    character is right; a person decides.
    `kind`: `uscc`; `individual` (个体工商户, code begins with 92); `registration` (15 digits, the number of
    before October 2015; `registration_number_ok` checks it, and it is never valid as a 统一社会信用代码); or
    `resident-id`: the number of a person. Then `code` is empty, and nothing of the text may be kept or shown.
    """

    code: str
    valid: bool
    changed: bool
    suggestion: str | None = None
    kind: Literal["uscc", "individual", "registration", "resident-id"] = "uscc"


def normalise_uscc(text: str) -> UsccReading | None:
    """Read a 统一社会信用代码: case, blanks, full width, hyphens and a leading apostrophe are put right.

    None when there are not 18 letters and digits, nor the 15 digits of an old registration number. The code is never
    changed otherwise: a wrong letter gives a `suggestion` only. Never raises.
    Source: GB 32100-2015; registration numbers GS 15-2006; resident numbers GB 11643-1999.
    """
    code = _NO_MORE.sub("", ascii_signs(clean(text))).upper()
    if not code.isascii() or not code.isalnum():
        return None
    if len(code) == 15 and code.isdigit():
        return UsccReading(code, False, code != text, kind="registration")
    if len(code) != 18:
        return None
    if uscc_ok(code):
        return UsccReading(code, True, code != text, kind="individual" if code.startswith("92") else "uscc")
    if resident_id_ok(code):
        return UsccReading("", False, True, kind="resident-id")
    return UsccReading(code, False, code != text, _restored(code), "individual" if code.startswith("92") else "uscc")


def _restored(code: str) -> str | None:
    """Return the code that wrong letters stand for, when its check character then is right."""
    # Places 3 to 8 are the division of the registering authority: digits only, so an L there is a 1 as well.
    restored = (code[:2] + code[2:8].replace("L", "1") + code[8:]).translate(_MEANT)
    return restored if restored != code and uscc_ok(restored) else None


def registration_number_ok(number: str) -> bool:
    """Tell whether `number` is a 15-digit business registration number (工商注册号) with the right check digit.

    Source: GS 15-2006, appendix A: ISO 7064 MOD 11,10.
    """
    if len(number) != 15 or not (number.isascii() and number.isdigit()):
        return False
    product = 10
    for digit in number[:14]:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return (product + int(number[14])) % 10 == 1
