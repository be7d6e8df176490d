"""Results that the page offers for a short time: each under a long random token, removed when its time is over."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from circledata.standard.model import Language
from circledata.web.folder import PrivateFolder, remove

MOST = 200
"""Results that are kept; the oldest goes when one more comes."""
MOST_BYTES = 2 << 30
"""What all of them together may take on disk; the oldest go first."""
PAUSE = 5.0
"""Seconds between two looks at what has run out."""


@dataclass
class Kept:
    """One result: the folder with its files, what the page shows of it, and when it is removed."""

    folder: Path
    lang: Language
    files: list[dict[str, Any]]
    summary: dict[str, Any]
    until: float
    bytes: int = field(default=0)

    def left(self) -> float:
        """Return the seconds that it is still kept."""
        return max(0.0, self.until - time.monotonic())

    def file(self, format: str) -> dict[str, Any] | None:
        """Return what is known of one of its files."""
        return next((item for item in self.files if item["format"] == format), None)


class Results:
    """All results that can be fetched, in the order in which they came; a token is all that is needed to fetch one."""

    def __init__(self, folder: PrivateFolder, keep: float) -> None:
        self._folder = folder
        self._keep = keep
        self._kept: dict[str, Kept] = {}

    def keep(self, out: Path, lang: Language, files: list[dict[str, Any]]) -> str:
        """Take over the files in `out` and return the token under which they can be fetched."""
        target = self._folder.new()
        out.rename(target / "out")
        summary = json.loads((target / "out" / "summary.json").read_text(encoding="utf-8"))
        size = sum(item["bytes"] for item in files)
        token = secrets.token_urlsafe(24)
        self._kept[token] = Kept(target / "out", lang, files, summary, time.monotonic() + self._keep, size)
        while len(self._kept) > 1 and (len(self._kept) > MOST or self._bytes() > MOST_BYTES):
            self.drop(next(iter(self._kept)))
        return token

    def find(self, token: str) -> Kept | None:
        """Return a result; None when there is none or its time is over."""
        kept = self._kept.get(token)
        return kept if kept is not None and kept.left() else None

    def drop(self, token: str) -> None:
        """Remove a result; nothing happens when there is none."""
        kept = self._kept.pop(token, None)
        if kept is not None:
            remove(kept.folder.parent)

    async def sweep(self) -> None:
        """Remove for ever what has run out."""
        while True:
            await asyncio.sleep(min(PAUSE, self._keep / 2))
            for token in [token for token, kept in self._kept.items() if not kept.left()]:
                self.drop(token)

    def _bytes(self) -> int:
        return sum(kept.bytes for kept in self._kept.values())
