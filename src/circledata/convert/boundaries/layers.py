"""What a boundary file holds once it is read, whatever its format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from circledata.convert.model import ConversionError
from circledata.standard.model import Text

MOST_BYTES = 1 << 30
"""A boundary file is held in memory; the boundaries of ten thousand circles are some 20 MB."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its number from 1, its filled properties as texts, its geometry as GeoJSON has it (None: none)."""

    number: int
    properties: Mapping[str, str]
    geometry: Mapping[str, Any] | None


@dataclass
class Layer:
    """The features of one file. `system`: the coordinate system that the file itself states, None when it states none.

    `notes`: what a person should know of the file, by code (words.py). `short_names`: names of columns may have been
    cut to ten bytes, as a .dbf does.
    """

    name: str
    features: list[Feature]
    columns: tuple[str, ...]
    system: str | None = None
    notes: Counter[str] = field(default_factory=Counter)
    short_names: bool = False


def as_text(value: object) -> str:
    """Return a property as a text; an empty text for nothing, and for objects and lists, which are no single value."""
    from datetime import date

    if value is None or isinstance(value, dict | list | tuple):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def cannot(zh: str, en: str) -> ConversionError:
    """Make the error that a boundary file is refused for."""
    return ConversionError(Text(zh, en))
