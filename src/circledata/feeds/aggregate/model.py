"""What aggregation knows of a member: where it comes from, what the check said, why it is in the sum or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from circledata.standard.model import Language, Text


class AggregateError(Exception):
    """The command cannot be carried out as it was given; nothing was written. `exit_code` is the command's."""

    exit_code = 2

    def __init__(self, zh: str, en: str) -> None:
        self.text = Text(zh, en)
        super().__init__(en)

    def in_language(self, language: Language) -> str:
        """Say the problem in `language`."""
        return self.text.in_language(language)


@dataclass(frozen=True)
class Settings:
    """What the user chose. All but `jobs` decide what comes out."""

    division: str | None = None
    """The area of the whole; found from the members when None."""
    as_of: date | None = None
    """The day that every member is checked at; its own when None."""
    include_errors: bool = False
    exchange: bool = False
    """Take packages of the profile exchange too: what comes out is of that profile."""
    publisher: str | None = None
    title: str | None = None
    jobs: int | None = None

    def said(self) -> dict[str, Any]:
        """Return what decides on the result, as JSON has it."""
        return {
            "division": self.division,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "include_errors": self.include_errors,
            "exchange": self.exchange,
            "publisher": self.publisher,
            "title": self.title,
        }


@dataclass(frozen=True)
class Source:
    """One member as it was given: a path, or the reason why there is none."""

    name: str
    """How people know it: the path or address as it was given or listed."""
    path: Path | None
    division_code: str | None = None
    """What a manifest says of it; the package itself decides where it can be read."""
    problem: Text | None = None


@dataclass(frozen=True)
class Record:
    """What is kept of one member beside its tables; the same content gives the same record, wherever it lies."""

    content: str
    """Hash over the names and bytes of its files."""
    number: int
    """Of the member in its batch."""
    version: str | None = None
    division_code: str | None = None
    as_of: str | None = None
    coordinate_system: str | None = None
    profile: str | None = None
    synthetic: bool | None = None
    title: str | None = None
    publisher: str | None = None
    licences: Sequence[Mapping[str, Any]] = ()
    complete: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    """Findings by level."""
    rules: Sequence[tuple[str, str, int]] = ()
    """Code, level and number of findings of every rule that was broken."""
    tables: Mapping[str, int] = field(default_factory=dict)
    """Records by table."""
    group: int = 0
    """The files of the batch that hold its tables."""
    aside: Sequence[str] = ()
    """Columns and tables that do not go into the sum: x_ columns and those of extensions."""
    problem: tuple[str, str] | None = None
    """Why nothing of it could be read, in zh and en."""

    @property
    def valid(self) -> bool:
        """Whether everything could be read and no error was found."""
        return self.complete and not self.counts.get("error") and self.problem is None

    def as_json(self) -> dict[str, Any]:
        """Return it as an object of JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Record:
        """Read what `as_json` gave."""
        known = {item.name for item in fields(cls)}
        values = {key: value for key, value in content.items() if key in known}
        values["rules"] = [(str(code), str(level), int(count)) for code, level, count in values["rules"]]
        return cls(**values)


@dataclass(frozen=True)
class Reason:
    """One thing about a member that somebody must act on. `out`: it keeps the member out of the sum."""

    code: str
    text: Text
    out: bool = False
    count: int | None = None


@dataclass
class Member:
    """One member in the order of the result: its source, what is kept of it, and what is to be said of it."""

    source: Source
    record: Record | None
    batch: Path | None
    reasons: list[Reason] = field(default_factory=list)
    ord: int = -1
    """Place among the members that are in the sum; -1 for the others."""

    @property
    def division_code(self) -> str | None:
        """Its division: what the package says, else what the manifest said."""
        return (self.record.division_code if self.record else None) or self.source.division_code

    @property
    def taken(self) -> bool:
        """Whether it is in the sum."""
        return not any(reason.out for reason in self.reasons)
