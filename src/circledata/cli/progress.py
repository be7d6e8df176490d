"""One line on the terminal that says what is being done, for work that takes longer than a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

from circledata.cli.help import terminal_width
from circledata.cli.words import Words
from circledata.reports.layout import shorten

PATIENCE = 1.0
"""Seconds before the line is first shown."""
PAUSE = 0.1
"""Seconds between two changes of the line."""


class Progress:
    """Called with a stage and the share of it that is done; `clear` takes the line away."""

    def __init__(
        self,
        stream: TextIO,
        words: Words,
        name: Callable[[str], str] = str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stream = stream
        self.words = words
        self.name = name
        self.clock = clock
        self.active = stream.isatty()
        self.started = self.last = clock()
        self.shown = False

    def __call__(self, stage: str, share: float) -> None:
        """Show how far the work is."""
        now = self.clock()
        if not self.active or now - self.started < PATIENCE or (self.shown and now - self.last < PAUSE):
            return
        self.last, self.shown = now, True
        key = f"stage-{stage}"
        name = self.words(key) if self.words.has(key) else self.name(stage)
        text = self.words("progress", stage=name, percent=round(100 * min(max(share, 0.0), 1.0)))
        self.stream.write("\r" + shorten(text, terminal_width() - 1) + "\x1b[K")
        self.stream.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self.shown = False


def stage_title(words: Words, stage: str) -> str:
    """Name a stage of the work: rules and tables by their titles."""
    from circledata.standard import load_standard

    standard = load_standard()
    known = standard.tables.get(stage) or standard.rules_by_name.get(stage)
    return known.title.in_language(words.language) if known else stage
