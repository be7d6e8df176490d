"""Writes what changed between two packages in one of the formats, one writer a format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from circledata.feeds.changes import Changes
from circledata.standard.model import Language


def write_report(
    changes: Changes,
    format: str,
    language: Language,
    stream: TextIO,
    *,
    most: int | None,
    tables: Sequence[str] = (),
    width: int = 80,
) -> None:
    """Write `text`, `json`, `html`, or `jsonl`, which is the changes file itself, whole and with all cells.

    `most`: records of each kind and table that are listed, None for all. `tables`: list only records of these.
    """
    if format == "jsonl":
        changes.write(stream)
    elif format == "json":
        from circledata.reports.changes_json import write_json

        write_json(changes, stream, most=most, tables=tables)
    elif format == "html":
        from circledata.reports.changes_html import write_html

        write_html(changes, language, stream, most=most, tables=tables)
    else:
        from circledata.reports.changes_text import write_text

        write_text(changes, language, stream, most=most, tables=tables, width=width)
