"""Writes a report as text, JSON, CSV, SARIF, JUnit or GitHub annotations: one writer a file, all in `FORMATS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circledata.reports.style import Style, Writer

    FORMATS: Mapping[str, Writer]

NAMES = ("text", "json", "jsonl", "csv", "sarif", "junit", "github")
"""The formats by name, known without loading any writer."""

__all__ = ["FORMATS", "NAMES", "Style"]


def __getattr__(name: str) -> object:
    """Load the writers when they are first asked for, so that `circledata --help` does not."""
    if name == "FORMATS":
        from circledata.reports.formats import FORMATS

        return FORMATS
    if name == "Style":
        from circledata.reports.style import Style

        return Style
    raise AttributeError(name)
