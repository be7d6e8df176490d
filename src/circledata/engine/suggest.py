"""What to type instead: a proposal for a cell, made only where the meaning of what stands there is certain."""

from __future__ import annotations

import difflib
import re
import unicodedata
from datetime import date, timedelta

from circledata.standard.model import Field, Standard

_DATE = re.compile(r"([12][0-9]{3})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?(?:\s+0{1,2}:00(?::00)?)?")
_COMPACT_DATE = re.compile(r"([12][0-9]{3})([01][0-9])([0-3][0-9])")
_SERIAL = re.compile(r"[2-5][0-9]{4}")
"""20000 to 59999 is 1954 to 2064, the dates that living circles can have."""
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_TRUE = frozenset({"是", "有", "对", "√", "y", "yes", "1", "true", "t"})
_FALSE = frozenset({"否", "无", "没有", "×", "n", "no", "0", "false", "f"})
_UNITS = {
    "万": 10_000,
    "万元": 10_000,
    "元": 1,
    "平方米": 1,
    "㎡": 1,
    "m2": 1,
    "人": 1,
    "户": 1,
    "米": 1,
    "分钟": 1,
}


def suggestion(rule: str, field: Field | None, value: str, standard: Standard) -> str | None:
    """Return what could stand in a cell instead of `value`, which breaks `rule`; None when nobody can know."""
    if field is None:
        return None
    plain = _half_width(value).strip()
    if rule in {"not-an-integer", "not-a-number"}:
        return _number(plain, integer=field.type == "integer")
    if rule == "not-a-date":
        return _date(plain) or _serial(plain)
    if rule == "not-a-boolean":
        return "true" if plain.lower() in _TRUE else "false" if plain.lower() in _FALSE else None
    if rule in {"code-unknown", "category-unknown"} and field.codelist:
        return _codes(plain, field, standard)
    if rule == "pattern-mismatch" and field.pattern:
        for candidate in (plain, plain.upper(), re.sub(r"\s", "", plain).upper(), re.sub(r"\.0$", "", plain)):
            if candidate != value and re.fullmatch(field.pattern, candidate):
                return candidate
    if rule in {"spaces-around", "full-width-characters"}:
        return plain if rule == "full-width-characters" else value.strip()
    if rule == "list-malformed":
        items = [item.strip() for item in re.split(r"[;；、,，]", value)]
        return ";".join(dict.fromkeys(item for item in items if item)) or None
    return None


def _half_width(value: str) -> str:
    return unicodedata.normalize("NFKC", value)


def _number(text: str, *, integer: bool) -> str | None:
    match = re.fullmatch(r"([-0-9.,]+)\s*([^0-9.,]*)", text)
    if not match or (match.group(2) and match.group(2) not in _UNITS):
        return None
    digits = match.group(1)
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(",", "")
    if not _PLAIN_NUMBER.fullmatch(digits):
        return None
    factor = _UNITS.get(match.group(2), 1)
    if factor != 1:
        digits = f"{float(digits) * factor:.2f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".") if float(digits) == int(float(digits)) or factor != 1 else digits
    return None if integer and "." in digits else digits


def _date(text: str) -> str | None:
    match = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if not match:
        return None
    try:
        return date(*(int(part) for part in match.groups())).isoformat()
    except ValueError:
        return None


def _serial(text: str) -> str | None:
    """Read the number that a spreadsheet shows for a date in a cell without date format: days since 1899-12-30."""
    if not _SERIAL.fullmatch(text):
        return None
    return (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()


def _codes(text: str, field: Field, standard: Standard) -> str | None:
    """Name the code whose title or alias was written; of a list, item by item; else the one nearest code."""
    assert field.codelist is not None
    names = standard.codelists[field.codelist].by_name
    items = [item.strip() for item in re.split(r"[;；、,，/]", text)] if field.list else [text]
    found = [names.get(item.lower()) for item in items if item]
    if found and all(found):
        return ";".join(dict.fromkeys(str(code) for code in found))
    if field.list:
        return None
    close = difflib.get_close_matches(text.lower(), names, n=1, cutoff=0.75)
    return names[close[0]] if close else None
