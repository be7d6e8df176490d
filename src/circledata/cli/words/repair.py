"""The words of `circledata repair`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {}
