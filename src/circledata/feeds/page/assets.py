"""What the page of a release carries inside itself: our style and script, Leaflet, and the policy of both."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from circledata.feeds.page import inlined

STATIC = Path(__file__).parent / "static"
STYLES = ("page.css", "find.css", "facts.css")
SCRIPTS = (
    *("base.js", "hours.js", "spoken_hours.js", "places.js", "load.js", "store.js", "dots.js", "map.js", "detail.js"),
    *("list.js", "figures.js", "main.js"),
)
_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@cache
def style() -> str:
    """Return the page's style sheet."""
    return inlined.leaflet_style() + inlined.joined(STATIC, STYLES)


@cache
def scripts() -> tuple[str, str]:
    """Return the page's scripts in the order they run."""
    return inlined.leaflet_script(), '"use strict";\n' + inlined.joined(STATIC, SCRIPTS)


def policy() -> str:
    """Return the Content-Security-Policy: this very style, these very scripts, and files of this site; nothing else."""
    return inlined.policy(style(), scripts(), "connect-src 'self'; ")


def script_json(value: object) -> str:
    """Write JSON that can stand inside a `<script>` element: nothing in it can end the element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
