"""The formats of an assessment by name; a format is loaded when it is wanted."""

from __future__ import annotations

from importlib import import_module
from typing import Any

NAMES = ("text", "json", "csv", "html", "xlsx")
BINARY = frozenset({"xlsx"})
"""Those that are written to a stream of bytes."""


def writer(name: str) -> Any:
    """Return the function that writes a format: `write(assessed, language, stream, width)`."""
    return import_module(f"circledata.reports.assess_{name}").write
