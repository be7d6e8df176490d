"""What the page carries inside itself: our style and script, Leaflet, and the policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
STYLES = ("report.css", "tables.css", "map.css", "print.css")
SCRIPTS = ("report.js", "list.js", "filter.js", "map.js")
PIECE = 8_192
"""Characters that are written at once."""

# Leaflet's pictures (layer switch, marker) are never used here, and their addresses lead nowhere.
_PICTURES = re.compile(r"^\s*(?:background-image|behavior):\s*url\([^)]*\);\n", re.MULTILINE)
_SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=\S*\s*$")


@cache
def style(with_map: bool) -> str:
    """Return the page's style sheet, with Leaflet's where there is a map."""
    own = "".join((STATIC / name).read_text(encoding="utf-8") for name in STYLES)
    if not with_map:
        return own
    return _PICTURES.sub("", (_leaflet() / "leaflet.css").read_text(encoding="utf-8")) + own


@cache
def scripts(with_map: bool) -> tuple[str, ...]:
    """Return the page's scripts in the order they run."""
    own = '"use strict";\n' + "".join((STATIC / name).read_text(encoding="utf-8") for name in SCRIPTS)
    if not with_map:
        return (own,)
    return (_SOURCE_MAP.sub("\n", (_leaflet() / "leaflet.js").read_text(encoding="utf-8")), own)


def leaflet_version() -> str:
    """Return the version of Leaflet that the page carries."""
    head = (_leaflet() / "leaflet.js").read_text(encoding="utf-8")[:200]
    found = re.search(r"Leaflet ([0-9.]+[0-9])", head)
    return found.group(1) if found else ""


def _leaflet() -> Path:
    from xstatic.pkg import leaflet

    return Path(leaflet.BASE_DIR)


def policy(with_map: bool) -> str:
    """Return the Content-Security-Policy: only this very style and these very scripts, nothing from anywhere else."""
    script = " ".join(f"'{_hash(text)}'" for text in scripts(with_map))
    return (
        f"default-src 'none'; script-src {script}; style-src '{_hash(style(with_map))}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def in_pieces(text: str) -> Iterator[str]:
    """Yield a long text piece by piece."""
    for start in range(0, len(text), PIECE):
        yield text[start : start + PIECE]
