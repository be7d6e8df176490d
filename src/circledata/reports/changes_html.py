"""Writes what changed between two packages as one page of HTML that needs nothing else and can be filtered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from circledata.feeds.changes import KINDS, Changes
from circledata.feeds.changes.show import Shown, important, told_once
from circledata.feeds.page import inlined
from circledata.reports.changes_json import level
from circledata.reports.changes_page.words import PAGE
from circledata.reports.changes_text import heading
from circledata.reports.changes_words import (
    details,
    key_text,
    kind_title,
    say,
    table_title,
    totals,
    what,
)
from circledata.reports.html.assets import STATIC
from circledata.standard.model import Language

if TYPE_CHECKING:
    from jinja2 import Template

HOME = Path(__file__).parent / "changes_page"
TAGS = {"zh": "zh-CN", "en": "en"}


def write_html(
    changes: Changes, language: Language, stream: TextIO, *, most: int | None, tables: Sequence[str]
) -> None:
    """Write the page; `most` records of each kind and table are on it."""
    stream.writelines(_template().generate(_context(changes, language, most, tables)))


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HOME), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("page.html.j2")


@cache
def _style() -> str:
    return (STATIC / "report.css").read_text(encoding="utf-8") + (HOME / "page.css").read_text(encoding="utf-8")


@cache
def _script() -> str:
    return (HOME / "page.js").read_text(encoding="utf-8")


def _context(changes: Changes, language: Language, most: int | None, tables: Sequence[str]) -> dict[str, Any]:
    from markupsafe import Markup

    standard, counts = changes.session.standard, changes.counts
    names = [name for name in counts.records if not tables or name in tables]
    rows = [_row(change, changes, language) for change in important(changes, most, tables)]
    kinds = [kind for kind in KINDS if any(counts.kinds.get((name, kind)) for name in names)]
    return {
        "lang": TAGS[language],
        "w": {key: text.in_language(language) for key, text in PAGE.items()},
        "style": Markup(_style()),
        "script": Markup(_script()),
        "policy": inlined.policy(_style(), (_script(),)),
        "title": heading(changes.about(), language),
        "invented": say(language, "invented") if changes.new.package.meta.synthetic else "",
        "exchange": say(language, "exchange") if changes.profile == "exchange" else "",
        "totals": totals(counts, standard, language) if counts.total else say(language, "same"),
        "note": say(language, "kinds-note"),
        "kinds": [(kind, kind_title(kind, standard, language), level(kind) or "") for kind in kinds],
        "tables": [
            (
                name,
                table_title(name, standard, language),
                counts.records[name],
                [counts.kinds.get((name, kind), 0) for kind in kinds],
            )
            for name in names
        ],
        "rows": rows,
        "listed": len(rows),
        "total": sum(count for (name, _), count in told_once(changes).items() if name in names),
    }


def _row(change: Shown, changes: Changes, language: Language) -> dict[str, Any]:
    standard = changes.session.standard
    return {
        "table": change.table,
        "table_title": standard.tables[change.table].title.in_language(language),
        "kind": change.kind,
        "kinds": " ".join(change.kinds),
        "kind_titles": say(language, "list").join(kind_title(kind, standard, language) for kind in change.kinds),
        "level": level(change.kind) or "",
        "key": key_text(change.key, language),
        "name": what(change),
        "details": details(change, standard, language),
    }
