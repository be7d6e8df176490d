"""The standard as Python sees it: tables, fields, code lists and rules, read from `spec/`, never changed."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from circledata.standard.assessment import Assessment

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
FieldType = Literal["string", "integer", "number", "date", "boolean"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages of the standard."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table, with its constraints as the Table Schema gives them."""

    name: str
    type: FieldType
    title: Text
    description: Text
    example: str
    since: str
    required: bool = False
    unique: bool = False
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    decimals: int | None = None
    unit: str | None = None
    codelist: str | None = None
    codelist_extended_by: str | None = None
    list: bool = False
    personal: bool = False
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns of a table that must name a record of another table."""

    fields: tuple[str, ...]
    table: str
    target_fields: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table of the standard: its fields in order and its keys."""

    name: str
    title: Text
    description: Text
    since: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    id_letter: str | None = None
    profile: str | None = None
    extension: str | None = None

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The fields by machine name."""
        return {item.name: item for item in self.fields}


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list; `extra` holds the list's own further columns."""

    code: str
    title: Text
    definition: Text
    aliases: tuple[str, ...]
    since: str
    extra: Mapping[str, str]


@dataclass(frozen=True)
class CodeList:
    """A list of codes; the entries are read from its CSV file when first asked for."""

    name: str
    title: Text
    description: Text
    source: Text
    own_choice: bool
    open: bool
    path: Path
    types: Mapping[str, FieldType] = field(default_factory=dict)
    """Types of the columns that are no text."""

    @cached_property
    def codes(self) -> Mapping[str, Code]:
        """The entries by code, in the order of the file."""
        plain = {"code", "zh", "en", "definition_zh", "definition_en", "aliases", "since"}
        with self.path.open(encoding="utf-8", newline="") as stream:
            return {
                row["code"]: Code(
                    code=row["code"],
                    title=Text(row["zh"], row.get("en") or row["zh"]),
                    definition=Text(row.get("definition_zh") or "", row.get("definition_en") or ""),
                    aliases=tuple(item for item in (row.get("aliases") or "").split(";") if item),
                    since=row.get("since") or "1.0",
                    extra={key: value for key, value in row.items() if key not in plain},
                )
                for row in csv.DictReader(stream)
            }

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """Codes by every spelling that people use: the code itself, its titles and its aliases, in lower case."""
        names: dict[str, str] = {}
        for code in self.codes.values():
            for name in (code.code, code.title.zh, code.title.en, *code.aliases):
                names.setdefault(name.strip().lower(), code.code)
        return names


Form = Literal["check", "row", "join", "query"]


@dataclass(frozen=True)
class Rule:
    """One rule as its file in `spec/` gives it: what is wrong, why it matters, how to mend it.

    Exactly one of `check` (done by the reader, or compiled from the Table Schema), `when` (a boolean SQL expression
    over one row, true where the data is wrong; with `join` over joined rows) and `query` (a SELECT of `_row` and the
    params) is set. `gate` is a cheap condition that must hold beside `when`; an engine may ask it first, for all rows.
    `replaces` names rules that say the same fault less plainly. `each` selects the columns that `{column}` stands for:
    by `type` (with `free`: text that no code list or pattern checks), `name`, `list`, `codelist`, `id` or `personal`;
    `also` names more columns, `except` fewer (table.column).
    """

    code: str
    name: str
    family: str
    table: str
    level: Literal["error", "warning", "advice"]
    since: str
    title: Text
    message: Text
    why: Text
    fix: Text
    columns: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    check: str | None = None
    gate: str | None = None
    when: str | None = None
    join: str | None = None
    query: str | None = None
    each: Mapping[str, object] = field(default_factory=dict)
    extension: str | None = None

    @property
    def form(self) -> Form:
        """Which of the four forms the rule has."""
        if self.check:
            return "check"
        if self.query:
            return "query"
        return "join" if self.join else "row"


@dataclass(frozen=True, slots=True)
class Function:
    """A named SQL expression that rules may use, such as a distance in metres."""

    name: str
    parameters: tuple[str, ...]
    sql: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change that cannot alter the meaning of a cell, or of a file when `types` is empty; `title` is a short phrase.

    `words`: lists of words that the change goes by, such as those for yes and no.
    """

    key: str
    title: Text
    why: Text
    types: tuple[FieldType, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    """One figure that the standard defines, as its file in `spec/` gives it.

    `sql` is one SELECT over the typed tables in the portable subset. It yields, for every place (column `place`) and,
    with `by`, every code of that list (column `item`), the columns `numerator`, `denominator` (only where the figure
    is a quotient), `known` and `records`. The value is numerator / denominator, rounded half away from zero.
    """

    name: str
    since: str
    title: Text
    definition: Text
    unit: str
    """A code of the list `units`."""
    decimals: int
    numerator: Text
    denominator: Text | None
    missing: Text
    """How records are treated that lack what the figure needs."""
    source: Text
    own: bool
    """The definition is the standard's own: no official one was found."""
    needs: tuple[str, ...]
    """Tables, or `table.column`, without which it is not computed."""
    scopes: tuple[str, ...]
    """For which kinds of place it has a meaning: package, division, township, circle."""
    sql: str
    by: str | None = None
    """Code list that it is broken down by."""
    group: str = ""
    """What it is about: a code of the list `indicator-groups`."""


@dataclass(frozen=True)
class Standard:
    """One version of the standard, with the extensions that were asked for."""

    version: str
    root: Path
    digest: str
    tables: Mapping[str, Table]
    codelists: Mapping[str, CodeList]
    rules: Mapping[str, Rule]
    functions: tuple[Function, ...]
    extensions: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, Change] = field(default_factory=dict)
    """The harmless changes of `mending.yaml` by key, of cells first, then of files."""
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    """By name, in the order of the standard."""
    assessments: Mapping[str, Assessment] = field(default_factory=dict)
    """Assessment profiles by id."""

    @cached_property
    def rules_by_name(self) -> Mapping[str, Rule]:
        """Rules by code, name and every former code or name."""
        found: dict[str, Rule] = {}
        for rule in self.rules.values():
            for key in (rule.code, rule.name, *rule.aliases):
                found[key.lower()] = rule
        return found

    def rule(self, code_or_name: str) -> Rule:
        """Return the rule of that code, name or former name; KeyError when there is none."""
        return self.rules_by_name[code_or_name.lower()]

    def table_of(self, name: str) -> Table | None:
        """Find a table by machine name or title in either language; None when there is none."""
        wanted = name.strip().lower()
        for table in self.tables.values():
            if wanted in {table.name, table.title.zh.lower(), table.title.en.lower()}:
                return table
        return None
