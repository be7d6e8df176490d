"""Assessment profiles: which categories a grade of circles asks for, and how many; where that is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from circledata.standard.model import Code, CodeList, Language, Text

GUIDE = "guide_2021"
"""Column of the code list `categories` that marks the categories of the guide of 2021."""


@dataclass(frozen=True)
class KindList:
    """A list of categories whose kinds are counted: by the guide's list, by class, by code, or by several of these."""

    name: str
    title: Text
    guide: str | None = None
    by_class: str | None = None
    codes: tuple[str, ...] = ()
    size: int | None = None
    """How many kinds the list of the source has, where it is not given in full."""
    incomplete: Text | None = None
    """Why the list is not given in full; then nothing can be said to fall short of it."""

    def members(self, categories: Mapping[str, Code]) -> tuple[str, ...]:
        """Return the codes on the list, in the order of `categories`; a child only where it is a kind by itself."""
        fixed, classed = self._fixed(categories), self._classed(categories)
        return tuple(code for code in categories if code in fixed or code in classed)

    def kind(self, code: str, of_class: str, categories: Mapping[str, Code]) -> str | None:
        """Return the kind that an outlet of category `code` counts as; None when it is none on this list.

        A child that is not listed itself counts as its parent. `of_class`: its class, a local category's own one first.
        """
        parent = categories[code].extra["parent"]
        fixed = self._fixed(categories)
        for candidate in (code, parent):
            if candidate in fixed:
                return candidate
        if self.by_class is None or of_class != self.by_class:
            return None
        return code if code in self._classed(categories) else parent or code

    def _fixed(self, categories: Mapping[str, Code]) -> set[str]:
        listed = {code for code, item in categories.items() if _in_guide(item) and item.extra["class"] == self.guide}
        return listed | set(self.codes)

    def _classed(self, categories: Mapping[str, Code]) -> set[str]:
        """Return the categories of the class; a child whose parent has it too is the same kind as its parent."""
        having = {code: item for code, item in categories.items() if item.extra["class"] == self.by_class}
        return {code for code, item in having.items() if item.extra["parent"] not in having}


def _in_guide(item: Code) -> bool:
    return item.extra[GUIDE] == "true"


@dataclass(frozen=True)
class Group:
    """Categories under a common name: all of the first ones, and of each of the others at least one."""

    name: str
    title: Text
    all_of: tuple[str, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class GradeRule:
    """What one grade asks for; every condition must hold."""

    grade: str
    title: Text | None = None
    """What the source calls the grade, where it is not the title of the code."""
    at_least: Mapping[str, int] = field(default_factory=dict)
    """Kinds by name of the list."""
    all_of: tuple[str, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()
    groups: tuple[str, ...] = ()
    satisfaction: float | None = None
    """Smallest share, 0 to 1, of people who are satisfied overall."""
    beyond_data: Text | None = None
    """What the source asks for beside all this and no data here can show: then the grade is never reached for sure."""


@dataclass(frozen=True)
class Assessment:
    """One assessment profile."""

    id: str
    version: str
    title: Text
    description: Text | None
    own_choice: bool
    """Its numbers are its author's own: no published basis was seen."""
    source: Text
    evidence: str | None
    """How its text was seen: A issuing body, B press or another authority, C third-party copy, own."""
    valid_from: date | None
    valid_to: date | None
    area: str | None
    """Division code, or its first digits, that it is for; None for any place."""
    lists: Mapping[str, KindList]
    groups: Mapping[str, Group]
    grades: Mapping[str, GradeRule]
    """By code, the lowest first."""
    unknown: tuple[Text, ...]
    """What of it was not seen."""


GRADES = ("basic", "improved", "quality")
"""The grades from the lowest to the highest, as the code list `grades` has them."""


def assessment_from(raw: Mapping[str, Any]) -> Assessment:
    """Make an Assessment of the content of its file, which conforms to the schema; dates may be texts or dates."""
    return Assessment(
        id=raw["id"],
        version=raw["version"],
        title=_text(raw["title"]),
        description=_text(raw["description"]) if "description" in raw else None,
        own_choice=bool(raw.get("own_choice")),
        source=_text(raw["source"]),
        evidence=raw.get("evidence"),
        valid_from=_day(raw.get("valid_from")),
        valid_to=_day(raw.get("valid_to")),
        area=raw.get("area"),
        lists={name: _kind_list(name, item) for name, item in raw["lists"].items()},
        groups={
            name: Group(name, _text(item["title"]), tuple(item.get("all_of", ())), _alternatives(item))
            for name, item in raw.get("groups", {}).items()
        },
        grades={grade: _grade(grade, raw["grades"][grade]) for grade in GRADES if grade in raw["grades"]},
        unknown=tuple(map(_text, raw.get("unknown", ()))),
    )


def _text(raw: str | Mapping[str, str]) -> Text:
    return Text(raw, raw) if isinstance(raw, str) else Text(raw["zh"], raw["en"])


def _day(raw: str | date | None) -> date | None:
    return date.fromisoformat(raw) if isinstance(raw, str) else raw


def _alternatives(raw: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(codes) for codes in raw.get("any_of", ()))


_TITLES = {
    "basic": Text("基本保障类", "basic"),
    "quality": Text("品质提升类", "quality"),
    "public": Text("公共服务类", "public"),
}
"""Titles of lists that have none of their own but a usual name."""


def _kind_list(name: str, raw: Mapping[str, Any]) -> KindList:
    return KindList(
        name=name,
        title=_text(raw["title"]) if "title" in raw else _TITLES.get(name, Text(f"“{name}”", f"“{name}”")),
        guide=raw.get("guide"),
        by_class=raw.get("class"),
        codes=tuple(raw.get("codes", ())),
        size=raw.get("size"),
        incomplete=_text(raw["incomplete"]) if "incomplete" in raw else None,
    )


def _grade(grade: str, raw: Mapping[str, Any]) -> GradeRule:
    return GradeRule(
        grade=grade,
        title=_text(raw["title"]) if "title" in raw else None,
        at_least=raw.get("at_least", {}),
        all_of=tuple(raw.get("all_of", ())),
        any_of=_alternatives(raw),
        groups=tuple(raw.get("groups", ())),
        satisfaction=raw.get("satisfaction"),
        beyond_data=_text(raw["beyond_data"]) if "beyond_data" in raw else None,
    )


def categories_of(path: Path) -> Mapping[str, Code]:
    """Read the code list of the categories by itself, before there is a standard to ask for it."""
    nothing = Text("", "")
    return CodeList("categories", nothing, nothing, nothing, own_choice=True, open=True, path=path).codes


class Thresholds:
    """What a rule may take from a profile, so that no number stands in the standard twice."""

    def __init__(self, profiles: Mapping[str, Assessment], categories: Mapping[str, Code]) -> None:
        self._profiles = profiles
        self._categories = categories

    def named(self, name: str, language: Language) -> str:
        """Return what `name` stands for in a rule; KeyError when there is no such thing.

        `<id>.title` is the profile's title, `<id>.<grade>.<list>` how many kinds of a list a grade asks for,
        `<id>.codes.<list>` the codes on a list as SQL has them: `'convenience-store', 'supermarket'`.
        """
        profile_id, _, rest = name.partition(".")
        profile = self._profiles[profile_id]
        part, _, listed = rest.partition(".")
        if rest == "title":
            return profile.title.in_language(language)
        if part == "codes":
            return ", ".join(f"'{code}'" for code in profile.lists[listed].members(self._categories))
        return str(profile.grades[part].at_least[listed])
