"""What an assessment comes to: circle by circle the evidence, what each grade asks for, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from circledata.findings.model import Level
from circledata.standard.assessment import GRADES, Assessment
from circledata.standard.model import Standard

Verdict = Literal["met", "unmet", "unknown"]
"""`unknown`: the data do not tell; it is never taken for either of the others."""
Sort = Literal["at-least", "all-of", "any-of", "group", "satisfaction", "beyond-data"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind on a list, and how many open outlets of a circle show that it is there."""

    code: str
    outlets: int
    unsure: bool = False
    """None is open for sure, but outlets of it are listed whose status cannot be read."""


@dataclass(frozen=True, slots=True)
class ListEvidence:
    """The kinds of one list that a circle's outlets show."""

    name: str
    kinds: tuple[Kind, ...]
    """Every kind on the list in its order, then kinds that only local categories put there."""
    found: int
    most: int
    """How many there can be, should every outlet that cannot be read be of one more kind."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something cannot be judged: a code of `assess_words`, and how many records it is about."""

    code: str
    count: int = 0


@dataclass(frozen=True)
class Evidence:
    """What the package says of the outlets of one circle."""

    listed: int
    """Outlets that name it as their circle, whatever their status."""
    open: int
    unreadable: int
    """Those of them, open or of unreadable status, whose status or any category cannot be read."""
    wild: int
    """Categories of these that cannot be read; each may be one more kind."""
    lists: Mapping[str, ListEvidence]
    present: frozenset[str]
    """Categories of open outlets and the parents of these."""
    unsure: frozenset[str]
    """The same of outlets whose status cannot be read."""
    nothing: Reason | None
    """Why nothing can be counted; then the lists are empty."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a grade asks for, and what the evidence says to it."""

    sort: Sort
    verdict: Verdict
    name: str | None = None
    """The list of `at-least`, the group of `group`."""
    wanted: int | float | None = None
    found: int | float | None = None
    """None where nothing could be counted."""
    missing: tuple[tuple[str, ...], ...] = ()
    """What would help and is not shown: groups of codes any one of which will do."""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class GradeResult:
    """One grade of the profile for one circle."""

    grade: str
    conditions: tuple[Condition, ...]

    @property
    def verdict(self) -> Verdict:
        """Met when all conditions are, unmet when any is, else unknown."""
        verdicts = {condition.verdict for condition in self.conditions}
        return "unmet" if "unmet" in verdicts else "unknown" if "unknown" in verdicts else "met"


@dataclass(frozen=True)
class CircleAssessment:
    """One circle held against the profile. Texts are as the file has them, personal data taken out."""

    circle_id: str | None
    name: str | None
    status: str | None
    declared: str | None
    """Its grade as the package says, None where it says none."""
    basis: str | None
    target: str | None
    evidence: Evidence
    grades: tuple[GradeResult, ...]
    """Those of the profile, the lowest first."""
    asked: frozenset[str]
    """Categories that its list of needs already names: open, planned, or without a status."""

    def of(self, grade: str | None) -> GradeResult | None:
        """Return the result for one grade; None when the profile does not have it."""
        return next((result for result in self.grades if result.grade == grade), None)

    @property
    def supported(self) -> str | None:
        """The highest grade that the evidence supports; None when there is none for sure."""
        return next((result.grade for result in reversed(self.grades) if result.verdict == "met"), None)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The grades above the supported one that cannot be judged, the lowest first."""
        known = _rank(self.supported)
        return tuple(r.grade for r in self.grades if r.verdict == "unknown" and _rank(r.grade) > known)

    @property
    def declared_verdict(self) -> Verdict | None:
        """Whether the evidence supports the declared grade; None when none is declared."""
        if self.declared is None:
            return None
        result = self.of(self.declared)
        if result is not None and result.verdict != "met" and _rank(self.supported) > _rank(self.declared):
            return "met"
        return result.verdict if result else "unknown"

    @property
    def aim(self) -> GradeResult | None:
        """The grade to work towards: the declared one while it is not supported, the target, or the next grade."""
        wanted = [grade for grade in (self.declared, self.target) if grade and self.of(grade)]
        for grade in sorted(set(wanted), key=_rank):
            if _rank(self.supported) < _rank(grade):
                return self.of(grade)
        if self.target and self.of(self.target):
            return self.of(self.target)
        reached = max(_rank(self.supported), *(_rank(grade) for grade in wanted), -1)
        return next((result for result in self.grades if _rank(result.grade) > reached), None)


def _rank(grade: str | None) -> int:
    return GRADES.index(grade) if grade in GRADES else -1


@dataclass(frozen=True, slots=True)
class Closed:
    """A circle that is left out because it is closed."""

    circle_id: str | None
    name: str | None


@dataclass(frozen=True)
class Assessed:
    """All circles of a package held against one profile, with what one must know of the data behind them."""

    label: str
    circledata: str
    standard: Standard
    as_of: date | None
    profile: Assessment
    circles: Sequence[CircleAssessment]
    """Every circle that is not closed, in the order of the file."""
    closed: Sequence[Closed]
    notes: Sequence[Reason]
    """What limits the whole: codes of `assess_words`."""
    serials: Mapping[str, int]
    """The highest serial number of the package's needs by division code."""
    package: Mapping[str, str | bool | None]
    """What the package says of itself, as `Report.package`."""
    counts: Mapping[Level, int]
    """Findings of the check by level."""
    valid: bool

    def tally(self) -> dict[Literal["met", "unmet", "unknown", "undeclared"], int]:
        """Return how many circles' declared grades are supported, not supported, not to be judged, or not there."""
        found: dict[Literal["met", "unmet", "unknown", "undeclared"], int]
        found = {"met": 0, "unmet": 0, "unknown": 0, "undeclared": 0}
        for circle in self.circles:
            found[circle.declared_verdict or "undeclared"] += 1
        return found
