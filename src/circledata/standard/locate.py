"""Where the standard's files lie: inside the installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def spec_root() -> Path:
    """Return the folder that holds `1.0/` and `extensions/`; FileNotFoundError when the installation is broken."""
    for candidate in (PACKAGE / "spec", PACKAGE.parent.parent / "spec"):
        if (candidate / "1.0").is_dir():
            return candidate
    raise FileNotFoundError("the folder spec/ of the standard is missing from this installation")


def versions() -> tuple[str, ...]:
    """Return every published version of the standard that this installation carries, oldest first."""
    found = [entry.name for entry in spec_root().iterdir() if (entry / "tables").is_dir()]
    return tuple(sorted(found, key=lambda name: tuple(int(part) for part in name.split("."))))
