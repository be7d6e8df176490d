"""What the page carries inside itself: our style and script, Leaflet, and the policy that lets nothing else in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from circledata.feeds.page import inlined

STATIC = Path(__file__).parent / "static"
STYLES = ("report.css", "tables.css", "map.css", "print.css")
SCRIPTS = ("report.js", "list.js", "filter.js", "map.js")
PIECE = 8_192
"""Characters that are written at once."""


@cache
def style(with_map: bool) -> str:
    """Return the page's style sheet, with Leaflet's where there is a map."""
    own = inlined.joined(STATIC, STYLES)
    return inlined.leaflet_style() + own if with_map else own


@cache
def scripts(with_map: bool) -> tuple[str, ...]:
    """Return the page's scripts in the order they run."""
    own = '"use strict";\n' + inlined.joined(STATIC, SCRIPTS)
    return (inlined.leaflet_script(), own) if with_map else (own,)


def policy(with_map: bool) -> str:
    """Return the Content-Security-Policy: only this very style and these very scripts, nothing from anywhere else."""
    return inlined.policy(style(with_map), scripts(with_map))


def in_pieces(text: str) -> Iterator[str]:
    """Yield a long text piece by piece."""
    for start in range(0, len(text), PIECE):
        yield text[start : start + PIECE]
