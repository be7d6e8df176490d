"""Fills names into the texts of rules: a field, table, code or key is called as the reader's own file calls it.

A rule file writes `{field:accepted_on}`, and its readers see “验收日期 accepted_on”: no title is written a second time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from circledata.standard.assessment import Thresholds
from circledata.standard.model import Language

KEYS = ("title", "message", "why", "fix")
"""The texts of a rule."""

_PLACEHOLDER = re.compile(r"\{(field|table|code|key|sheet|assessment):([^{}]*)\}")
Lookup = Callable[[str, str, Language], str]


def named(title: str, name: str, language: Language) -> str:
    """Return a title with the machine name behind it, or the title alone where both are the same words.

    >>> named("验收日期", "accepted_on", "zh")
    '验收日期 accepted_on'
    >>> named("Accepted on", "accepted_on", "en")
    'Accepted on'
    >>> named("Area (m²)", "area_m2", "en")
    'Area (m²)'
    >>> named("Local categories", "categories", "en")
    'Local categories (categories)'
    """
    if _same(title, name):
        return title
    # In a Chinese sentence the Latin letters set the name apart; in an English one it would read as one more word.
    return f"{title} {name}" if language == "zh" else f"{title} ({name})"


def _same(title: str, name: str) -> bool:
    """Tell whether a title says the words of the machine name, with or without the unit in its brackets."""
    wanted = _words(name)
    return wanted in (_words(title), _words(re.sub(r"\(.*?\)", "", title)))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower().replace("_", " "))


class Names:
    """The names that the texts of rules may call on: `tables` and `sheet` as `spec/` has them, codes by their list."""

    def __init__(
        self,
        tables: Mapping[str, Any],
        codes: Mapping[str, Mapping[str, Mapping[str, str]]],
        sheet: Mapping[str, Any],
        thresholds: Thresholds | None = None,
    ) -> None:
        self._tables = tables
        self._codes = codes
        self._sheet = sheet
        self._thresholds = thresholds
        self._lookups: dict[str, Lookup] = {
            "field": self._field,
            "table": self._table,
            "code": self._code,
            "key": self._key,
            "sheet": self._sheet_name,
            "assessment": self._assessment,
        }

    def filled(self, rule: Mapping[str, Any]) -> dict[str, Any]:
        """Return a rule with the names in its texts; ValueError when one of them is of nothing in the standard."""
        return {
            **rule,
            # SQL calls on nothing but the numbers of an assessment profile, which stand nowhere else.
            **({"query": self.fill(rule["query"], rule["table"], "zh")} if "query" in rule else {}),
            **{key: {lang: self.fill(text, rule["table"], lang) for lang, text in rule[key].items()} for key in KEYS},
        }

    def fill(self, text: str, table: str, language: Language) -> str:
        """Return `text` of a rule about `table` with every name in it; ValueError for a name of nothing."""

        def name(match: re.Match[str]) -> str:
            try:
                return self._lookups[match[1]](match[2], table, language)
            except KeyError as missing:
                raise ValueError(f"{match[0]} in a rule about {table}: there is no {missing}") from None

        return _PLACEHOLDER.sub(name, text)

    def _field(self, name: str, table: str, language: Language) -> str:
        owner, _, field = name.rpartition(".")
        found = next((item for item in self._tables[owner or table]["fields"] if item["name"] == field), None)
        if found is None:
            raise KeyError(field)
        return named(_title(found, language), field, language)

    def _table(self, name: str, table: str, language: Language) -> str:
        return named(_title(self._tables[name], language), name, language)

    def _code(self, name: str, table: str, language: Language) -> str:
        """Return a code as a template's drop-down shows it: the code, its title behind."""
        codelist, _, code = name.rpartition(".")
        title = self._codes[codelist][code][language]
        return code if _same(title, code) else f"{code} {title}"

    def _key(self, name: str, table: str, language: Language) -> str:
        """Return a key of the package's own data: its title on the sheet, its path in datapackage.json."""
        found = self._sheet["keys"][name]
        return named(found[language], found["path"], language)

    def _sheet_name(self, name: str, table: str, language: Language) -> str:
        if name != self._sheet["sheet"]["name"]:
            raise KeyError(name)
        return str(self._sheet["sheet"][language])

    def _assessment(self, name: str, table: str, language: Language) -> str:
        """Return a number, a list of codes or the title of an assessment profile: see `Thresholds.named`."""
        if self._thresholds is None:
            raise KeyError(name)
        return self._thresholds.named(name, language)


def _title(raw: Mapping[str, Any], language: Language) -> str:
    return str(raw["title" if language == "zh" else "title_en"])
