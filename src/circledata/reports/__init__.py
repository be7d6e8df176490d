"""Writes a report as text, JSON, CSV, SARIF, JUnit, GitHub, HTML or a marked workbook: one writer a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circledata.reports.style import BinaryWriter, Style, Writer

    FORMATS: Mapping[str, Writer]
    BINARY: Mapping[str, BinaryWriter]

NAMES = ("text", "json", "jsonl", "csv", "sarif", "junit", "github", "html", "workbook")
"""The formats by name, known without loading any writer."""

__all__ = ["BINARY", "FORMATS", "NAMES", "Style"]


def __getattr__(name: str) -> object:
    """Load the writers when they are first asked for, so that `circledata --help` does not."""
    if name in {"FORMATS", "BINARY"}:
        from circledata.reports import formats

        return getattr(formats, name)
    if name == "Style":
        from circledata.reports.style import Style

        return Style
    raise AttributeError(name)
