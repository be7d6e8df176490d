"""What pages carry inside themselves instead of asking for it: Leaflet, and the hashes of what may run."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

# Leaflet's pictures (layer switch, marker) are never used here, and their addresses lead nowhere.
_PICTURES = re.compile(r"^\s*(?:background-image|behavior):\s*url\([^)]*\);\n", re.MULTILINE)
_SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=\S*\s*$")


def joined(folder: Path, names: tuple[str, ...]) -> str:
    """Return the text files of that name in `folder`, one after the other."""
    return "".join((folder / name).read_text(encoding="utf-8") for name in names)


@cache
def leaflet_style() -> str:
    """Return Leaflet's style sheet without its pictures."""
    return _PICTURES.sub("", (_leaflet() / "leaflet.css").read_text(encoding="utf-8"))


@cache
def leaflet_script() -> str:
    """Return Leaflet's script without the address of its source map."""
    return _SOURCE_MAP.sub("\n", (_leaflet() / "leaflet.js").read_text(encoding="utf-8"))


def leaflet_version() -> str:
    """Return the version of Leaflet that pages carry."""
    found = re.search(r"Leaflet ([0-9.]+[0-9])", leaflet_script()[:200])
    return found.group(1) if found else ""


def _leaflet() -> Path:
    from xstatic.pkg import leaflet

    return Path(leaflet.BASE_DIR)


def policy(style: str, scripts: tuple[str, ...], more: str = "") -> str:
    """Return the Content-Security-Policy: only this very style and these very scripts, and what `more` allows."""
    run = "".join(f" '{_hash(text)}'" for text in scripts)
    script = f"script-src{run}; " if run else ""
    return f"default-src 'none'; {script}style-src '{_hash(style)}'; {more}base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
