"""Every word of the command line in Chinese and English; what tables, fields and rules say stands in `spec/`.

One module a command. Plain pairs (zh, en) instead of the standard's Text: `circledata --help` must not load the
standard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from circledata.cli.words import (
    aggregate,
    assess,
    changes,
    compare,
    convert,
    crosscheck,
    frame,
    indicators,
    lookup,
    new,
    publish,
    repair,
    serve,
    template,
    validate,
    version,
)

if TYPE_CHECKING:
    from circledata.standard.model import Language

WORDS: dict[str, tuple[str, str]] = {
    key: pair
    for module in (
        frame,
        validate,
        indicators,
        compare,
        assess,
        changes,
        lookup,
        new,
        crosscheck,
        convert,
        template,
        repair,
        serve,
        aggregate,
        version,
        publish,
    )
    for key, pair in module.WORDS.items()
}


class Words:
    """The words in one language: `words("usage", line=…)`."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def has(self, key: str) -> bool:
        """Tell whether there is a text of that key."""
        return key in WORDS

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its placeholders filled."""
        return WORDS[key][0 if self.language == "zh" else 1].format(**values)
