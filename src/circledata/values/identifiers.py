"""Identifiers with a check digit: unified social credit code, resident identity number, bank card."""

from __future__ import annotations

from datetime import date

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
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
