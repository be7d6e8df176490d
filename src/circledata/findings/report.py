"""The result of a validation: the verdict, exact counts, and the findings as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from circledata.findings.model import Finding, Level, Note, at_or_above
from circledata.findings.views import Coverage, Geography, Views
from circledata.standard.model import Standard

Kind = Literal["directory", "archive", "workbook", "files", "feed"]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often one rule was broken; `level` is the one in force, after the policy."""

    code: str
    name: str
    level: Level
    count: int


@dataclass(frozen=True, slots=True)
class TableCount:
    """How often one rule was broken in one table; `table` is None for the package itself."""

    table: str | None
    code: str
    count: int


@dataclass(frozen=True, slots=True)
class TableInfo:
    """One table that was read: where it stood, how many records it has, and the hash of its file."""

    name: str
    file: str
    sheet: str | None
    rows: int
    encoding: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """One change of a rule's level that a policy file made, with its reason and the day it ends."""

    rule: str
    level: Level | None
    """None: the rule is switched off."""
    reason: str
    until: date


@dataclass(frozen=True)
class Report:
    """What `validate` returns.

    `counts` and `rules` are exact however many findings there are. `findings` can be iterated any number of
    times, in the
    order file, rule, row, column; it holds at most `max_examples` of each rule and table (all when that was None).
    """

    label: str
    circledata: str
    standard: Standard
    as_of: date | None
    complete: bool
    counts: Mapping[Level, int]
    rules: Sequence[RuleCount]
    tables: Sequence[TableInfo]
    findings: Iterable[Finding]
    notes: Sequence[Note] = ()
    policy: Sequence[PolicyEntry] = ()
    package: Mapping[str, str | bool | None] | None = None
    """What the package says of itself: division_code, as_of, coordinate_system, profile, synthetic, name, title."""
    inputs: Sequence[Path] = ()
    """The paths that were checked, as they were given."""
    kind: Kind = "files"
    """What the paths were: one package folder, one archive, one workbook, single CSV files, or something published."""
    table_counts: Sequence[TableCount] = ()
    """The counts of `rules` split by table, exact too; empty when nobody counted them."""
    views: Views | None = field(default=None, repr=False, compare=False)
    """Where the views come from; None for a report without a session."""

    def geography(self, most: int = 4_000) -> Geography | None:
        """Return where circles and outlets lie, at most `most` of each, with the findings on them.

        None when nothing has coordinates. Computed anew at every call.
        """
        return self.views.geography(most) if self.views else None

    def coverage(self) -> Coverage | None:
        """Return which categories each circle has; None without circles or outlets. Computed anew at every call."""
        return self.views.coverage() if self.views else None

    @property
    def valid(self) -> bool:
        """Whether the data conforms: everything could be read and no error was found."""
        return self.complete and not self.counts["error"]

    def fails(self, limit: Level = "error") -> bool:
        """Whether there is any finding at level `limit` or graver."""
        return not self.complete or any(
            count for level, count in self.counts.items() if count and at_or_above(level, limit)
        )
