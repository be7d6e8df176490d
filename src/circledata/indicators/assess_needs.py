"""Turns what is missing into the beginning of a list of needs: records of the table `needs` with ids that are free."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from circledata.indicators.assess_model import Assessed, CircleAssessment, Condition
from circledata.indicators.assess_titles import codes_title, grade_title
from circledata.standard.model import Text

STATUS = "open"
_DIVISION = re.compile(r"[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?")


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One record of the table `needs` that a clerk may keep, change or delete."""

    need_id: str
    circle_id: str
    description: Text
    category: str
    status: str = STATUS


def need_rows(assessed: Assessed) -> Iterator[NeedRow]:
    """Yield a record for every kind that is missing for the grade that a circle works towards.

    Only what is known to be missing, and what the package's own list of needs does not name already. Serials go on
    after the highest one of the package: an id is never used again.
    """
    serials = dict(assessed.serials)
    for circle in assessed.circles:
        prefix = _prefix(assessed, circle)
        if prefix is None or circle.circle_id is None:
            continue
        for codes, description in _wanted(circle, assessed):
            serials[prefix] = serials.get(prefix, 0) + 1
            need_id = f"{prefix}-N{serials[prefix]:0{_digits(assessed)}d}"
            yield NeedRow(need_id, circle.circle_id, description, codes[0])


def asked_already(circle: CircleAssessment) -> tuple[str, ...]:
    """Return the kinds that are missing and that the circle's list of needs names already."""
    found = {code: None for condition in _unmet(circle) for codes in condition.missing for code in codes}
    return tuple(code for code in found if code in circle.asked)


def _prefix(assessed: Assessed, circle: CircleAssessment) -> str | None:
    """Return the division code that the ids of new needs begin with: the package's, else that of the circle's id."""
    begin, dash, _ = (circle.circle_id or "").partition("-C")
    if not dash or not _DIVISION.fullmatch(begin):
        return None
    division = assessed.package.get("division_code")
    return division if isinstance(division, str) and _DIVISION.fullmatch(division) else begin


def _digits(assessed: Assessed) -> int:
    """Return how many digits the standard's own example of a need's id has."""
    return len(assessed.standard.tables["needs"].by_name["need_id"].example.rpartition("-N")[2])


def _unmet(circle: CircleAssessment) -> tuple[Condition, ...]:
    aim = circle.aim
    conditions = aim.conditions if aim is not None else ()
    # What each asks for by name comes first; a list leaves a choice.
    unmet = [condition for condition in conditions if condition.verdict == "unmet"]
    return tuple(sorted(unmet, key=lambda condition: condition.sort == "at-least"))


def _wanted(circle: CircleAssessment, assessed: Assessed) -> Iterator[tuple[tuple[str, ...], Text]]:
    done: set[str] = set(circle.asked)
    for condition in _unmet(circle):
        for codes in condition.missing:
            if done.intersection(codes):
                continue
            done.update(codes)
            yield codes, _description(codes, condition, circle, assessed)


def _description(codes: tuple[str, ...], condition: Condition, circle: CircleAssessment, assessed: Assessed) -> Text:
    assert circle.aim is not None
    what, grade = codes_title(codes, assessed.standard), grade_title(assessed, circle.aim.grade)
    if condition.sort != "at-least":
        if len(codes) > 1:
            return Text(
                f"缺少{what.zh}，达到{grade.zh}至少要有其中一种。",
                f"Missing: {what.en}; {grade.en} asks for at least one of them.",
            )
        return Text(f"缺少{what.zh}，达到{grade.zh}必须有。", f"Missing: {what.en}; {grade.en} asks for it.")
    listed = assessed.profile.lists[condition.name or ""].title
    short = int(condition.wanted or 0) - int(condition.found or 0)
    choice = len(condition.missing)
    if short >= choice:
        return Text(
            f"缺少{what.zh}。达到{grade.zh}还差 {short} 种{listed.zh}业态，这是其中一种。",
            f"Missing: {what.en}. {grade.en} needs {short} more {listed.en} kinds; this is one of them.",
        )
    return Text(
        f"缺少{what.zh}。达到{grade.zh}还差 {short} 种{listed.zh}业态，可以从 {choice} 种里选，这是其中一种。",
        f"Missing: {what.en}. {grade.en} needs {short} more {listed.en} kinds out of {choice}; this is one of them.",
    )
