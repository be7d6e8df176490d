"""The page of the scoreboard: one file without any request, a table that can be sorted, small bars, zh and en."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from circledata.feeds.page import inlined
from circledata.reports.scoreboard_text import shown
from circledata.standard.model import Language

if TYPE_CHECKING:
    from jinja2 import Template

FOLDER = Path(__file__).parent / "scoreboard_page"
MOST_ACTIONS = 500
"""Actions that the page lists; scoreboard.csv and scoreboard.json have all of them."""


def page(board: Mapping[str, Any], language: Language) -> str:
    """Return the page, in `language` when it opens; a button changes to the other. Same board, same bytes."""
    style, script = (_text(name) for name in ("scoreboard.css", "scoreboard.js"))
    policy = inlined.policy(style, (script,))
    return _template().render(
        board=board,
        totals=board["totals"],
        actions=board["actions"][:MOST_ACTIONS],
        more=max(0, len(board["actions"]) - MOST_ACTIONS),
        tables=_tables(board),
        claimed=sum(board["totals"]["conflicts"].values()),
        shares=[item["name"] for item in board["indicators"] if item["unit"] == "share"],
        shown=shown,
        lang=language,
        tag="zh-CN" if language == "zh" else "en",
        style=style,
        script=script,
        policy=policy,
    )


def _tables(board: Mapping[str, Any]) -> list[tuple[Any, int]]:
    from circledata.standard import load_standard

    tables = load_standard().tables
    return [(tables[name].title, count) for name, count in board["totals"]["records"].items() if name in tables]


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("scoreboard.html.j2")


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
