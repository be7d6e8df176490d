"""Takes personal data out of every text that a report could show."""

from __future__ import annotations

import re

from circledata.values.identifiers import luhn_ok

HIDDEN = "***"

# A resident id has 15 or 18 characters, a bank card 16 to 19 digits, a mobile number 11 digits that begin with 1.
_DIGITS = re.compile(r"(?<![0-9A-Za-z.])([0-9]{15,19}|[0-9]{17}[Xx])(?![0-9A-Za-z])")
# By its shape, whatever its check digit: a number with one digit mistyped still tells who somebody is.
_RESIDENT = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]")
_MOBILE = re.compile(r"(?<![0-9])(?:\+?86[- ]?)?1[3-9][0-9]{9}(?![0-9])")


def redact(text: str, *, keep_mobile: bool = False) -> str:
    """Return `text` with resident ids (by shape), bank cards (by check digit) and mobile numbers replaced by `***`.

    `keep_mobile`: leave mobile numbers, for the column that an outlet's public telephone number belongs in.
    """
    text = _DIGITS.sub(lambda match: HIDDEN if _is_personal(match.group(1)) else match.group(1), text)
    return text if keep_mobile else _MOBILE.sub(HIDDEN, text)


def _is_personal(digits: str) -> bool:
    if _RESIDENT.fullmatch(digits):
        return True
    return digits.isdigit() and len(digits) >= 16 and luhn_ok(digits)
