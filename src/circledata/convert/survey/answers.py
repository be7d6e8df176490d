"""Reads single cells of a survey export: the three ways of no answer, options joined in a cell, what was written in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from circledata.convert.survey.options import Words
from circledata.values.text import clean, half_width


class NoAnswer(Enum):
    """Why there is no answer: the question was not asked, was left empty, or nobody can tell (a blank cell)."""

    SKIPPED = "skipped"
    EMPTY = "empty"
    BLANK = "blank"


Cell = str | NoAnswer
"""A cell as it was read: a text without blanks at its ends, or the reason why there is none."""

_TILDE = re.compile(r"(?<=\d)\s*[~∼˜〜～]\s*(?=\d)")
_AFTER_OTHER = re.compile(r"[\s:：_＿—\-(（,，、;；/／].*", re.DOTALL)
_PERSONAL = re.compile(
    r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)|[^\s@]+@[^\s@]+\.[A-Za-z]|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"
)
MARK = "；"
"""What a half-width semicolon in an option becomes: lists of the standard are joined by the half-width one."""


def read_cell(text: str | None, words: Words) -> Cell:
    """Return the text of a cell in its ordinary form, or why there is no answer.

    The form alone changes: blanks, full-width letters and digits, and the tilde of a range (`18~20` → `18～20`).
    """
    if text is None:
        return NoAnswer.BLANK
    plain = _TILDE.sub("～", half_width(clean(text)))
    if not plain:
        return NoAnswer.BLANK
    if plain in words.skipped:
        return NoAnswer.SKIPPED
    if plain in words.empty:
        return NoAnswer.EMPTY
    return plain


class CellReader:
    """Reads cells and remembers them: a survey has few different answers, and many of each."""

    _MOST = 100_000

    def __init__(self, words: Words) -> None:
        self._words = words
        self._known: dict[str | None, Cell] = {}

    def __call__(self, text: str | None) -> Cell:
        """Return what `read_cell` says of a text."""
        found = self._known.get(text)
        if found is None:
            found = read_cell(text, self._words)
            if len(self._known) < self._MOST:
                self._known[text] = found
        return found


def without_written_in(option: str, words: Words) -> str:
    """Return an option without what its chooser wrote beside it: `其他〖…〗` and `其他：…` → `其他`."""
    for opening, closing in words.written_in:
        place = option.find(opening)
        if place > 0 and (closing not in option or option.endswith(closing)):
            option = option[:place].strip()
    for word in words.other_words:
        if option.startswith(word) and _AFTER_OTHER.fullmatch(option[len(word) :]):
            return word
    return option


def split_options(text: str, words: Words) -> tuple[str, ...]:
    """Return the options of a cell, each once, in their order; one when nothing joins any."""
    parts = [text]
    for joiner in (*words.joiners, *words.ranking_joiners):
        parts = [piece for part in parts for piece in part.split(joiner)]
    options = (without_written_in(part.strip(), words).replace(";", MARK) for part in parts)
    return tuple(dict.fromkeys(option for option in options if option))


def is_joined(text: str, joiners: Iterable[str]) -> bool:
    """Tell whether a cell holds several options."""
    return any(joiner in text for joiner in joiners)


def looks_personal(text: str) -> bool:
    """Tell whether a text holds a mobile number, a resident number, an e-mail or a network address."""
    return _PERSONAL.search(text) is not None
