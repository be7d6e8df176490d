"""What one check is asked for: the form's fields, read and judged, and how they go to the process that checks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from circledata.reports import NAMES
from circledata.standard.model import LANGUAGES, Language
from circledata.web.problems import Problem

EXAMPLES = 1_000
"""Findings of each rule and table unless asked for more, as on the command line."""
MOST_EXAMPLES = 100_000
PAGE_EXAMPLES = 10_000
"""Of the files that the page gives: enough to mark a sheet that is wrong throughout."""

MEDIA = {
    "json": ("application/json", "json"),
    "jsonl": ("application/x-ndjson", "jsonl"),
    "text": ("text/plain; charset=utf-8", "txt"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "sarif": ("application/sarif+json", "sarif"),
    "junit": ("application/xml", "xml"),
    "github": ("text/plain; charset=utf-8", "github.txt"),
    "html": ("text/html; charset=utf-8", "html"),
    "workbook": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}
"""Media type and ending of every format of the reports."""

FIELDS = ("table", "division", "crs", "as_of", "lang", "format", "max_examples")


@dataclass(frozen=True)
class Order:
    """One check: `page` asks for everything that the page shows and offers instead of one format."""

    lang: Language
    format: str = "json"
    page: bool = False
    max_examples: int | None = EXAMPLES
    table: str | None = None
    division: str | None = None
    crs: str | None = None
    as_of: str | None = None

    def message(self, folder: Path, out: Path, files: list[str], most_unpacked: int) -> dict[str, Any]:
        """Return what the process that checks is told."""
        told = asdict(self)
        return {**told, "folder": str(folder), "out": str(out), "files": files, "most_unpacked": most_unpacked}


def read_order(fields: Mapping[str, str], lang: Language, *, page: bool) -> Order:
    """Read the fields of a form; empty ones count as left out. Problem when one is unknown or cannot be used."""
    given = {name: value for name, value in fields.items() if value}
    known = FIELDS[:5] if page else FIELDS
    for name in fields:
        if name not in known:
            raise Problem("field-unknown", field=name[:50])
    return Order(
        lang=language_of(given, lang),
        format=_one_of("format", given.get("format", "json"), NAMES),
        page=page,
        max_examples=PAGE_EXAMPLES if page else _count(given.get("max_examples", str(EXAMPLES))),
        table=given.get("table"),
        division=given.get("division"),
        crs=given.get("crs"),
        as_of=_day(given.get("as_of")),
    )


def language_of(fields: Mapping[str, str], otherwise: Language) -> Language:
    """Return the language that a form asks for."""
    found: Language = _one_of("lang", fields.get("lang") or otherwise, LANGUAGES)
    return found


def _one_of(field: str, value: str, choices: tuple[Any, ...]) -> Any:
    if value not in choices:
        raise Problem("field-value", field=field, expected=", ".join(choices))
    return value


def _count(value: str) -> int:
    if not re.fullmatch("[0-9]{1,6}", value) or int(value) > MOST_EXAMPLES:
        raise Problem("field-value", field="max_examples", expected=f"0–{MOST_EXAMPLES}")
    return int(value)


def _day(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        if len(value) != 10:
            raise ValueError
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Problem("field-value", field="as_of", expected="2026-12-31") from None
