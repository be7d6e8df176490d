"""Codes and ids: a title for its code, lists with any separator, case and blanks of ids, telephone numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from circledata.sources.mending.model import LONGEST, Mended, Read, Wrong, plain, unlike, width_or_blanks
from circledata.standard.code_titles import titles_of
from circledata.standard.model import CodeList, Field, Standard
from circledata.values.identifiers import normalise_uscc
from circledata.values.phones import read_phones
from circledata.values.text import clean

_SEPARATORS = re.compile(r"[;；,，、/|｜┋\n]+")
Matches = Callable[[str], object]
_LONGEST_LIST = 2_000
_BETWEEN = re.compile(r"[\s_\-]+")
_BESIDE = re.compile(r"([^\s:(|/]+)\s*[\s:(|/]\s*([^()]+?)\)?")
_ZEROS = re.compile(r"([0-9]+)\.0+")


def _key(text: str) -> str:
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text).casefold())


class Names:
    """The codes of one list by their titles, in any case and width, and by aliases that are the title but for a word.

    What two codes share names none of them.
    """

    def __init__(self, codelist: CodeList, affixes: tuple[str, ...], *, titles_only: bool) -> None:
        found: dict[str, set[str]] = {}
        for code in codelist.codes.values():
            names = [code.code, code.title.zh, code.title.en]
            if not titles_only:
                spelt = {_bare(title, affixes) for title in (code.title.zh, code.title.en)}
                names += [alias for alias in code.aliases if _bare(alias, affixes) in spelt]
            for name in names:
                found.setdefault(_key(name), set()).add(code.code)
        # A code that looks like the title of another one is still that code.
        own = {_key(code): code for code in codelist.codes}
        self._codes = {name: own.get(name) or next(iter(codes)) for name, codes in found.items() if len(codes) == 1}
        self._codes |= own

    def code(self, text: str) -> str | None:
        """Return the code that a text names, alone or with its title beside it; None when it is not certain."""
        found = self._codes.get(_key(text))
        if found is not None:
            return found
        beside = _BESIDE.fullmatch(plain(text))
        if beside is None:
            return None
        first, second = (self._codes.get(_key(part)) for part in beside.groups())
        return first if first is not None and first == second else None


def _bare(title: str, affixes: tuple[str, ...]) -> str:
    for word in affixes:
        shorter = title.removeprefix(word).removesuffix(word)
        if shorter:
            title = shorter
    return _key(title)


_MADE: dict[tuple[int, int], tuple[Standard, CodeList, Names]] = {}


def _names(standard: Standard, field: Field) -> Names:
    codelist = standard.codelists[field.codelist or ""]
    made = (id(standard), id(codelist))
    if made not in _MADE:
        # An alias of a category may be the name that a package gives to a category of its own.
        affixes = standard.changes["code-title"].words["affixes"]
        names = Names(codelist, affixes, titles_only=field.codelist_extended_by is not None)
        _MADE[made] = (standard, codelist, names)
    return _MADE[made][2]


def coded(field: Field, standard: Standard) -> tuple[frozenset[str], Read]:
    """Return how a column of codes, or of lists of codes, is looked at and mended."""
    names, titles = _names(standard, field), titles_of(field, standard)
    codes = standard.codelists[field.codelist or ""].codes
    right = frozenset((*codes, ""))

    def one(item: str) -> str | None:
        return item if item in codes else names.code(titles.remove(item) if titles else item)

    def read(text: str, number: bool = False) -> Mended | None:
        bare = plain(text)
        if not bare:
            return Mended("", width_or_blanks(text)) if text else None
        if len(bare) > LONGEST:
            return None
        code = one(clean(text)) or one(bare)
        if code is None or code == text:
            return None
        return Mended(code, width_or_blanks(text) if code == bare else "code-title")

    if not field.list:
        return right, read
    return right, _several(one, read)


def _several(one: Callable[[str], str | None], whole: Read) -> Read:
    """Return how a list is mended whose items `one` reads; a text that is one item by itself is read by `whole`."""

    def read(text: str, number: bool = False) -> Mended | None:
        if len(text) > _LONGEST_LIST:
            return None
        # A title may hold a separator itself, so the whole text is tried first.
        if (found := whole(text, number)) is not None:
            return found
        written = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
        items = [one(clean(part)) or one(plain(part)) for part in written]
        if not items or None in items:
            return None
        mended = ";".join(dict.fromkeys(item for item in items if item))
        if mended == text:
            return None
        return Mended(mended, "code-title" if all(text.split(";")) and ";".join(written) == text else "list-separator")

    return read


def patterned(field: Field) -> tuple[Wrong, Read]:
    """Return how a column of ids, codes with a pattern or telephone numbers is looked at and mended."""
    matches = re.compile(field.pattern or "").fullmatch
    one = _Spelling(field, matches).read
    if not field.list:
        return unlike(field.pattern or ""), one
    items = _phones(matches) if field.name == "phone" else _ids(matches, one)
    return unlike(field.pattern or "", also="[^;]*;"), items


class _Spelling:
    """Mends one id: width, blanks, case, and what programs put around it."""

    def __init__(self, field: Field, matches: Matches) -> None:
        self._matches = matches
        self._uscc = field.name.endswith("_uscc")

    def read(self, text: str, number: bool = False) -> Mended | None:
        bare = plain(text)
        if not bare:
            return Mended("", width_or_blanks(text)) if text else None
        if len(bare) > LONGEST or self._matches(text):
            return None
        if self._matches(bare):
            return Mended(bare, width_or_blanks(text))
        short = bare.removeprefix("'")
        zeros = _ZEROS.fullmatch(short)
        for candidate in (short, zeros[1] if zeros else short):
            if candidate != bare and self._matches(candidate):
                return Mended(candidate, "number-text")
        if self._uscc:
            code = normalise_uscc(text)
            return Mended(code.code, "code-spelling") if code and code.valid and self._matches(code.code) else None
        spelt = next((item for item in (bare.upper(), bare.lower()) if self._matches(item)), None)
        return Mended(spelt, "code-spelling") if spelt else None


def _tidy(text: str) -> str:
    return ";".join(dict.fromkeys(item.strip() for item in text.split(";") if item.strip()))


def _ids(matches: Matches, one: Read) -> Read:
    def item(text: str) -> str | None:
        if matches(text) and ";" not in text:
            return text
        mended = one(text, False)
        return mended.text if mended else None

    return _several(item, lambda text, number: None if ";" in text else one(text, number))


def _phones(matches: Matches) -> Read:
    def read(text: str, number: bool = False) -> Mended | None:
        if len(text) > LONGEST:
            return None
        bare = plain(text)
        if not bare:
            return Mended("", width_or_blanks(text)) if text else None
        zeros = _ZEROS.fullmatch(bare)
        if zeros and matches(zeros[1]):
            return Mended(zeros[1], "number-text")
        tidy = _tidy(plain(_SEPARATORS.sub(";", text)))
        if matches(tidy) and "/" not in text:
            if tidy == text:
                return None
            return Mended(tidy, width_or_blanks(text) if tidy == bare else "list-separator")
        found = read_phones(text)
        mended = ";".join(found.numbers)
        if not mended or found.unread or found.inherited or mended == text or not matches(mended):
            return None
        return Mended(mended, "phone-form")

    return read
