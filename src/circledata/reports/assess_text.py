"""An assessment as plain text: the profile, the count, then circle by circle what is there and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from circledata.indicators.assess_model import Assessed, CircleAssessment
from circledata.indicators.assess_needs import need_rows
from circledata.reports.assess_say import (
    about_lines,
    aim_text,
    circle_lines,
    data_line,
    grades,
    profile_line,
    reason_sentence,
    summary_lines,
)
from circledata.reports.assess_words import say
from circledata.reports.layout import visible, wrap
from circledata.standard.model import Language


def write(assessed: Assessed, language: Language, stream: TextIO, width: int = 80) -> None:
    """Write `assessed` for a reader at a terminal of `width` columns."""
    for indent, text in _lines(assessed, language):
        margin = " " * indent
        stream.writelines(line + "\n" for line in wrap(text, width, first=margin, rest=margin))


def _lines(assessed: Assessed, language: Language) -> Iterator[tuple[int, str]]:
    yield 0, profile_line(assessed.profile, language)
    if assessed.profile.own_choice:
        yield 0, say(language, "own-choice")
    yield 0, data_line(assessed, language)
    needs = sum(1 for _ in need_rows(assessed))
    yield from ((0, line) for line in summary_lines(assessed, needs, language))
    if needs:
        yield 0, say(language, "export-needs")
    if assessed.notes:
        yield 0, say(language, "notes")
        yield from ((2, reason_sentence(note, None, assessed, language)) for note in assessed.notes)
    for circle in assessed.circles:
        yield 0, ""
        yield from _circle(circle, assessed, language)
    yield 0, ""
    yield 0, say(language, "about")
    yield from ((2 + len(line) - len(line.lstrip()), line.lstrip()) for line in about_lines(assessed.profile, language))


def _circle(circle: CircleAssessment, assessed: Assessed, language: Language) -> Iterator[tuple[int, str]]:
    yield 0, " ".join(visible(part) for part in (circle.circle_id, circle.name) if part) or "—"
    yield 2, " · ".join(f"{title} {value}" for title, value in grades(circle, assessed, language))
    if circle.declared_verdict in {"unmet", "unknown"}:
        yield 2, say(language, f"verdict-{circle.declared_verdict}")
    yield 2, aim_text(circle.aim, assessed, language)
    yield from ((4, line) for line in circle_lines(circle, assessed, language))
