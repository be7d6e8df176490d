"""What the page carries inside itself: our style and script, Leaflet, and the policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
STYLES = ("page.css", "find.css", "facts.css")
SCRIPTS = (
    *("base.js", "hours.js", "spoken_hours.js", "places.js", "load.js", "store.js", "dots.js", "map.js", "detail.js"),
    *("list.js", "figures.js", "main.js"),
)

# Leaflet's pictures (layer switch, marker) are never used here, and their addresses lead nowhere.
_PICTURES = re.compile(r"^\s*(?:background-image|behavior):\s*url\([^)]*\);\n", re.MULTILINE)
_SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=\S*\s*$")
_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@cache
def style() -> str:
    """Return the page's style sheet."""
    own = "".join((STATIC / name).read_text(encoding="utf-8") for name in STYLES)
    return _PICTURES.sub("", (_leaflet() / "leaflet.css").read_text(encoding="utf-8")) + own


@cache
def scripts() -> tuple[str, str]:
    """Return the page's scripts in the order they run."""
    own = '"use strict";\n' + "".join((STATIC / name).read_text(encoding="utf-8") for name in SCRIPTS)
    return _SOURCE_MAP.sub("\n", (_leaflet() / "leaflet.js").read_text(encoding="utf-8")), own


def leaflet_version() -> str:
    """Return the version of Leaflet that the page carries."""
    found = re.search(r"Leaflet ([0-9.]+[0-9])", scripts()[0][:200])
    return found.group(1) if found else ""


def _leaflet() -> Path:
    from xstatic.pkg import leaflet

    return Path(leaflet.BASE_DIR)


def policy() -> str:
    """Return the Content-Security-Policy: this very style, these very scripts, and files of this site; nothing else."""
    script = " ".join(f"'{_hash(text)}'" for text in scripts())
    return (
        f"default-src 'none'; script-src {script}; style-src '{_hash(style())}'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def script_json(value: object) -> str:
    """Write JSON that can stand inside a `<script>` element: nothing in it can end the element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
