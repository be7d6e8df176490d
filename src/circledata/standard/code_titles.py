"""Codes with their titles in the cells of a workbook: `open 营业` means the code `open`.

A workbook is filled in by people, who choose titles; the standard knows codes only. So a cell may hold a code, a space
and the code's title in either language; `true 是` and `false 否` are written in the same way. A text that itself looks
so is written with one more title behind, so that what is read is always what was written.
"""

from __future__ import annotations

from collections.abc import Mapping

from circledata.standard.model import CodeList, Field, Language, Standard

SEPARATOR = ";"
"""Between the codes of a list in one cell."""
BOOLEANS: Mapping[str, tuple[str, str]] = {"true": ("是", "yes"), "false": ("否", "no")}
"""The two values of a boolean field, with what people call them in Chinese and English."""


class Titles:
    """The titles of some codes, in Chinese and English, to put behind codes and to take away again."""

    def __init__(self, titles: Mapping[str, tuple[str, str]]) -> None:
        self._titles = titles

    def add(self, text: str, language: Language) -> str:
        """Return a text of one code with its title behind; any other text as it is."""
        code, blank, _ = text.partition(" ")
        titles = self._titles.get(code)
        if titles is None or (blank and self._shorter(text) is None):
            return text
        return f"{text} {titles[0 if language == 'zh' else 1]}"

    def remove(self, text: str) -> str:
        """Return the text without the title behind its code: `remove(add(text, any)) == text`."""
        shorter = self._shorter(text) if " " in text else None
        return text if shorter is None else shorter

    def _shorter(self, text: str) -> str | None:
        """Return `text` without the last of its titles; None when it is not a code with one or more titles."""
        code = text.partition(" ")[0]
        rest, first = text[len(code) :], None
        while rest:
            title = next((title for title in self._titles.get(code, ()) if rest.endswith(f" {title}")), None)
            if title is None:
                return None
            rest = rest[: -len(title) - 1]
            first = code + rest if first is None else first
        return first


_MADE: dict[int, tuple[CodeList, Titles]] = {}


def _titles(codelist: CodeList) -> Titles:
    if id(codelist) not in _MADE:
        # The list is kept beside its titles, so that no other object can come to have its id.
        titles = {code.code: (code.title.zh, code.title.en) for code in codelist.codes.values() if " " not in code.code}
        _MADE[id(codelist)] = (codelist, Titles(titles))
    return _MADE[id(codelist)][1]


_BOOLEANS = Titles(BOOLEANS)


def titles_of(field: Field | None, standard: Standard) -> Titles | None:
    """Return the titles that may stand behind the codes of a field; None for a field that holds no codes."""
    if field and field.type == "boolean":
        return _BOOLEANS
    codelist = standard.codelists.get(field.codelist or "") if field else None
    return _titles(codelist) if codelist else None


def with_titles(text: str, field: Field, titles: Titles, language: Language) -> str:
    """Return a cell's text with the titles behind its codes."""
    if not field.list:
        return titles.add(text, language)
    return SEPARATOR.join(titles.add(item, language) for item in text.split(SEPARATOR))


def without_titles(text: str, field: Field, titles: Titles) -> str:
    """Return a cell's text without the titles behind its codes."""
    if " " not in text:
        return text
    if not field.list:
        return titles.remove(text)
    return SEPARATOR.join(titles.remove(item) for item in text.split(SEPARATOR))
