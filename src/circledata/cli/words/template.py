"""The words of `circledata template`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {}
