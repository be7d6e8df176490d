"""What recognising a category needs and gives: entries of the code list, matches with their reasons, the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from circledata.values.reasons import said

Confidence = Literal["certain", "likely", "possible"]
CONFIDENCES: tuple[Confidence, ...] = ("certain", "likely", "possible")
COLUMNS = ("gbt4754", "amap", "osm", "overture", "schema_org")

RULES: Mapping[str, tuple[str, str]] = {
    "crosswalk": ("{source} {text}", "{source} {text}"),
    "crosswalk-broader": ("{source} {text} 的上级类", "the class above {source} {text}"),
    "crosswalk-narrower": ("{source} {text} 的下级类之一", "one of the classes below {source} {text}"),
    "class-name": ("类名“{text}”", "class name {text}"),
    "name-is": ("名称就是“{text}”", "name is {text}"),
    "name-ends-with": ("名称以“{text}”结尾", "name ends with {text}"),
    "name-before-branch": ("分店名前面是“{text}”", "name has {text} before the branch"),
    "name-also": ("括号里写明还有“{text}”", "brackets say that there is also {text}"),
    "name-bracket": ("括号里写着“{text}”", "brackets say {text}"),
    "name-company": ("公司名称里的“{text}”", "name of a company ends with {text}"),
    "name-contains": ("名称里有“{text}”", "name contains {text}"),
}
"""Why a category was recognised: rule → wording in (zh, en)."""


@dataclass(frozen=True, slots=True)
class CategoryEntry:
    """One category as the code list gives it. `crosswalk`: column → values; `write_only`: `column:value` never read.

    `endings` and `exclusions` are the endings of shop names that mean this category, or look like it and do not.
    """

    code: str
    zh: str
    en: str = ""
    aliases: tuple[str, ...] = ()
    parent: str = ""
    crosswalk: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    write_only: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()

    @classmethod
    def of(cls, code: str, zh: str, en: str, aliases: Iterable[str], extra: Mapping[str, str]) -> CategoryEntry:
        """Make an entry of a code, its titles and aliases, and its further columns as they stand in the list."""
        return cls(
            code=code,
            zh=zh,
            en=en,
            aliases=tuple(aliases),
            parent=extra.get("parent") or "",
            crosswalk={column: _items(extra.get(column)) for column in COLUMNS},
            write_only=frozenset(_items(extra.get("write_only"))),
            endings=_items(extra.get("name_endings")),
            exclusions=_items(extra.get("name_exclusions")),
        )


def entries_of(rows: Iterable[Mapping[str, str]]) -> list[CategoryEntry]:
    """Make entries of the rows of `codelists/categories.csv`: one mapping a row, column → text, lists joined by `;`."""
    return [
        CategoryEntry.of(row["code"], row["zh"], row.get("en") or "", _items(row.get("aliases")), row) for row in rows
    ]


def _items(text: str | None) -> tuple[str, ...]:
    return tuple(item.strip() for item in (text or "").split(";") if item.strip())


@dataclass(frozen=True, slots=True)
class CategoryMatch:
    """A category that something speaks for: `source` (amap, gbt4754, osm, overture, name), its `text`, and the rule."""

    category: str
    rule: str
    source: str
    text: str
    confidence: Confidence

    @property
    def reason(self) -> str:
        """The reason in English: `name ends with 便民菜店`."""
        return self.say("en")

    def say(self, language: str) -> str:
        """The reason in `language`, `zh` or `en`."""
        return said(RULES[self.rule], language, source=self.source, text=self.text)


@dataclass(frozen=True, slots=True)
class Combined:
    """One outlet's categories. `main` is empty where nothing certain or likely speaks; `match` is what decided.

    `others`: further categories that the same source names. `conflicts`: what other sources say against it, and where
    `main` is empty the mere possibilities. `decide`: a person has to look.
    """

    main: str
    others: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    match: CategoryMatch | None = None
    decide: bool = False
