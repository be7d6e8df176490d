"""Lays objects of JSON flat: texts by column, nested objects with dots, lists joined, what says nothing left out."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

TAGS = frozenset(("tags", "other_tags", "all_tags"))
"""Objects of tags, laid flat under the names of their keys alone."""
_DEEPEST = 8


def flatten(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the filled values of an object as texts, by name; `{"biz_ext": {"rating": 4}}` becomes `biz_ext.rating`.

    Null, `[]`, `{}` and "" are left out. A list of single values is joined by `;`, a list of objects stays JSON.
    """
    cells: dict[str, str] = {}
    _flatten(values, "", cells, 0)
    return cells


def _flatten(values: Mapping[str, Any], before: str, cells: dict[str, str], depth: int) -> None:
    for name, value in values.items():
        # Most values are text; the others are looked at more closely.
        if value.__class__ is str:
            if value and not value.isspace():
                cells[before + name] = value
        elif isinstance(value, dict) and depth < _DEEPEST:
            _flatten(value, "" if name in TAGS else f"{before}{name}.", cells, depth + 1)
        elif text := text_of(value):
            cells[before + name] = text


def text_of(value: Any) -> str:
    """Return a value as text, empty for what says nothing."""
    if isinstance(value, str):
        return "" if value.isspace() else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, list):
        if any(isinstance(item, list | dict) for item in value):
            kept = [item for item in value if item not in ([], {})]
            return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if kept else ""
        return ";".join(text for item in value if (text := text_of(item)))
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""


def number_text(value: float) -> str:
    """Return a number with all of its digits, without `.0` and without an exponent; empty for what is no number."""
    if not math.isfinite(value):
        return ""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    return format(Decimal(text), "f") if "e" in text else text
