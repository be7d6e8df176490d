"""The words of `circledata serve`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {}
