"""What a look at an unknown file gives: which table, which column is which field, why, and what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from pathlib import Path
from typing import Any

from circledata.standard.model import Text

Rule = dict[str, Any]


@dataclass
class FieldSuggestion:
    """How one field (or `category`, `brand`, `id`, `longitude` …) of a table would be filled.

    `rule`: as the mapping file writes it. `columns`: what it reads. `reason`: header and values that speak for it.
    `doubts`: what speaks against it or has to be looked at; one with `active` False is written as a comment only.
    `unknown`: values that a code list does not know, with their counts. `share`: of the filled cells that the field's
    reader understands, 0 to 1; None where there was nothing to read.
    """

    field: str
    rule: Rule
    columns: tuple[str, ...]
    reason: Text
    doubts: list[Text] = made(default_factory=list)
    active: bool = True
    share: float | None = None
    unknown: Mapping[str, int] = made(default_factory=dict)


@dataclass
class TableSuggestion:
    """One table of the standard that the rows would become records of.

    `sheets`: the sheets it is for, empty for the only one. `reason`: why this table. `sections`: id, category, place
    and brand of the mapping by name, each with its parts. `missing`: required fields that no column fills, with what
    can be written instead. `kept`: columns that no field takes and that are kept as `x_` columns.
    """

    table: str
    reason: Text
    fields: list[FieldSuggestion] = made(default_factory=list)
    sections: dict[str, list[FieldSuggestion]] = made(default_factory=dict)
    missing: list[tuple[str, Rule, Text]] = made(default_factory=list)
    kept: tuple[str, ...] = ()
    possible: list[Text] = made(default_factory=list)
    sheets: tuple[str, ...] = ()

    @property
    def taken(self) -> dict[str, FieldSuggestion]:
        """The suggestions that are no mere comments, by field; those of sections by their part."""
        every = [*self.fields, *(part for parts in self.sections.values() for part in parts)]
        return {item.field: item for item in every if item.active}


@dataclass
class Suggestion:
    """A mapping to start from. `known_source`: the name for `--from`, empty where the file is of no known source.

    `read`: the section `read` of the mapping, with a reason for each of its keys in `read_reasons`. `personal`: columns
    that are not carried, with the reason. `no_record`: conditions, each with its reason. `as_of`: that section.
    `notes`: what a person should know of the file. `raw`: for a known source the mapping itself, whole.
    """

    path: Path
    name: str
    title: Text
    tables: list[TableSuggestion] = made(default_factory=list)
    read: Rule = made(default_factory=dict)
    read_reasons: dict[str, Text] = made(default_factory=dict)
    personal: dict[str, Text] = made(default_factory=dict)
    no_record: list[tuple[Rule, Text]] = made(default_factory=list)
    as_of: Rule = made(default_factory=dict)
    coordinate_system: str = ""
    """What a header or the file itself claims; never declared by the suggestion."""
    claimed: Text = made(default_factory=lambda: Text("", ""))
    known_source: str = ""
    raw: Rule = made(default_factory=dict)
    notes: list[Text] = made(default_factory=list)
    rows: int = 0
    columns: Sequence[str] = ()
