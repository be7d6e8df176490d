"""Small helpers to write SQL text: quoting, literals, parameters of the standard."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date


def name(identifier: str) -> str:
    """Quote an identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """Write a text literal."""
    return "'" + value.replace("'", "''") + "'"


def literal(value: str | int | float | date | bool | None, kind: str = "VARCHAR") -> str:
    """Write a literal; None becomes a typed NULL of `kind`."""
    if value is None:
        return f"CAST(NULL AS {kind})"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, (int, float)):
        return repr(value)
    return text(value)


def any_of(conditions: list[str]) -> str:
    """Join conditions by OR; `false` when there is none."""
    return " OR ".join(f"({condition})" for condition in conditions) or "false"


_PARAMETER = re.compile(r"(?<![:\w]):(as_of|division_code|profile|coordinate_system)\b")


def bind(sql: str, parameters: Mapping[str, str]) -> str:
    """Replace `:as_of` and the other parameters of rule SQL by their literals."""
    return _PARAMETER.sub(lambda match: parameters[match.group(1)], sql)


_FALLBACK = re.compile(r"coalesce\(\s*:\w+\s*,", re.IGNORECASE)


def parameters_in(sql: str) -> frozenset[str]:
    """Return the parameters that a rule cannot do without: those that it gives no other value to fall back on."""
    return frozenset(_PARAMETER.findall(_FALLBACK.sub("", sql)))
