"""The typed record of one fault: where it stands and what it is, without any wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning", "advice"]
Scalar = str | int | float | bool | None

LEVELS: tuple[Level, ...] = ("error", "warning", "advice")
"""All levels, gravest first."""


def at_or_above(level: Level, limit: Level) -> bool:
    """Tell whether `level` is as grave as `limit` or graver."""
    return LEVELS.index(level) <= LEVELS.index(limit)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in one place of the user's own data.

    `row` is the physical line of a CSV file (header on line 1) or the row number of a sheet, both counted from 1; None
    for a finding about a whole file or column. `column` is the machine name of the field, or the header as
    written where
    the field is unknown; `column_number` counts columns from 1. `value` is the cell's text as the file has it.
    `params` holds what the wording needs: limits, other rows, suggestions.
    """

    rule: str
    level: Level
    table: str | None = None
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    column_number: int | None = None
    value: str | None = None
    params: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """Something the user should know that is no fault: a guess that was made, a check that could not be run.

    Codes: `table-guessed` (file, table), `not-checked` (rule, reason), `setting-unknown` (setting, option),
    `header-row` (file, sheet, row), `sheet-hidden` (file, sheet), `rows-hidden` (file, sheet, count),
    `columns-hidden` (file, sheet, columns_zh, columns_en), `setting-overridden` (setting, value),
    `policy-expired` (rule, until), `feeds-elsewhere` (file, count), `features-numbered` (file).
    """

    code: str
    params: Mapping[str, Scalar] = field(default_factory=dict)
