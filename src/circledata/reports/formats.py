"""The writers by name; a new format is one module here (and its name in `circledata.reports.NAMES`)."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from circledata.reports.style import BinaryWriter, Writer


def _writer(module: str) -> Any:
    """Return the writer of a module of this package, which is loaded when it is first asked to write.

    A report is written in one format; what the others need, a workbook most of all, would only take time.
    """

    def write(*given: object) -> None:
        import_module(f"circledata.reports.{module}").write(*given)

    return write


FORMATS: Mapping[str, Writer] = {
    name: _writer(name) for name in ("text", "json", "jsonl", "csv", "sarif", "junit", "github", "html")
}

BINARY: Mapping[str, BinaryWriter] = {"workbook": _writer("workbook")}
"""The writers of formats that are no text."""
