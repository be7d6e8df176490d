"""Counts answers into the rows of survey_results: everybody, by circle, and by the options of group questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from circledata.convert.survey.questions import Question
from circledata.convert.survey.suppress import ResultSet, suppress


@dataclass
class Division:
    """One way of dividing the people: for every row used the circle or the group it belongs to, "" where unknown.

    `question`: the id of the question that divides; it is not counted along itself.
    """

    question: str
    members: Sequence[str]
    labels: Mapping[str, str]
    by_circle: bool = False


@dataclass
class Counted:
    """The rows of survey_results, and how much was withheld: cells, and whole sets of fewer than five people."""

    rows: list[dict[str, str]] = field(default_factory=list)
    cells_withheld: int = 0
    sets_withheld: int = 0


def count_all(
    survey_id: str, questions: Sequence[Question], divisions: Sequence[Division], *, withhold: bool
) -> Counted:
    """Count every question but those in free text. `withhold`: small cells are not published (the open profile)."""
    counted = Counted()
    for question in questions:
        if question.type == "text" or not question.options:
            continue
        everybody = _result_set(question, range(len(question.answers)))
        partitions = [_parts(question, division) for division in divisions if division.question != question.id]
        if withhold:
            suppress(everybody, partitions, additive=question.type != "multiple")
        for item in (everybody, *(part for partition in partitions for part in partition)):
            _write(counted, survey_id, question, item)
    return counted


def _parts(question: Question, division: Division) -> list[ResultSet]:
    places: dict[str, list[int]] = {name: [] for name in division.labels}
    for place, name in enumerate(division.members):
        if name in places:
            places[name].append(place)
    sets = []
    for name, where in places.items():
        item = _result_set(question, where)
        if division.by_circle:
            item.circle_id = name
        else:
            item.group = division.labels[name]
        if item.base:
            sets.append(item)
    return sets


def _result_set(question: Question, places: Sequence[int]) -> ResultSet:
    chosen = [answer for place in places if (answer := question.answers[place]) is not None]
    counts = Counter(option for answer in chosen for option in answer)
    return ResultSet({option: counts[option] for option in question.options}, len(chosen))


def _write(counted: Counted, survey_id: str, question: Question, item: ResultSet) -> None:
    if item.omitted:
        counted.sets_withheld += 1
        return
    if not item.base:
        return
    counted.cells_withheld += len(item.hidden)
    for option, count in item.counts.items():
        hidden = option in item.hidden
        counted.rows.append(
            {
                "survey_id": survey_id,
                "question_id": question.id,
                "option": option,
                "count": "0" if hidden else str(count),
                "base": str(item.base),
                "circle_id": item.circle_id,
                "group": item.group,
                "suppressed": "true" if hidden else "false",
            }
        )
