"""An assessment as one page for people: counts, an overview, then for every circle what is there and what is missing.

The page is one file without any script, asks the network for nothing, and prints on A4.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from circledata.feeds.page import inlined
from circledata.indicators.assess_model import Assessed, CircleAssessment, Kind
from circledata.indicators.assess_needs import need_rows
from circledata.indicators.assess_titles import kind_title
from circledata.reports.assess_say import (
    about_lines,
    aim_text,
    capital,
    circle_lines,
    data_line,
    grades,
    profile_line,
    reason_sentence,
    summary_lines,
)
from circledata.reports.assess_words import say
from circledata.reports.html.assets import STATIC
from circledata.reports.layout import visible
from circledata.standard.model import Language

_HERE = Path(__file__).parent / "assess_page"
_TAGS = {"zh": "zh-CN", "en": "en"}


def write(assessed: Assessed, language: Language, stream: TextIO, width: int = 80) -> None:
    """Write the page piece by piece."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.get_template("page.html.j2")
    stream.writelines(template.generate(_context(assessed, language)))


def _context(assessed: Assessed, language: Language) -> dict[str, Any]:
    style = "".join(path.read_text(encoding="utf-8") for path in (STATIC / "report.css", _HERE / "assess.css"))
    needs = sum(1 for _ in need_rows(assessed))
    return {
        "assessed": assessed,
        "tag": _TAGS[language],
        "say": partial(say, language),
        "visible": visible,
        "capital": capital,
        "style": style,
        "csp": inlined.policy(style, ()),
        "data_line": data_line(assessed, language),
        "profile_line": profile_line(assessed.profile, language),
        "tiles": [("all", len(assessed.circles)), *assessed.tally().items()],
        "summary": summary_lines(assessed, needs, language)[1:],
        "notes": [reason_sentence(note, None, assessed, language) for note in assessed.notes],
        "lists": [_list(name, None, assessed, language) for name in assessed.profile.lists],
        "circles": [_circle(place, circle, assessed, language) for place, circle in enumerate(assessed.circles)],
        "about": about_lines(assessed.profile, language),
    }


def _circle(place: int, circle: CircleAssessment, assessed: Assessed, language: Language) -> dict[str, Any]:
    verdict = circle.declared_verdict
    return {
        "anchor": f"c{place + 1}",
        "name": visible(circle.name or circle.circle_id or "—"),
        "circle_id": visible(circle.circle_id or ""),
        "grades": list(grades(circle, assessed, language)),
        "verdict": verdict or "",
        "verdict_text": say(language, f"verdict-{verdict}") if verdict else "",
        "lists": [_list(name, circle, assessed, language) for name in assessed.profile.lists],
        "aim": aim_text(circle.aim, assessed, language),
        "aim_verdict": circle.aim.verdict if circle.aim else "met",
        "lines": list(_conditions(circle, assessed, language)),
    }


def _conditions(circle: CircleAssessment, assessed: Assessed, language: Language) -> Iterator[tuple[str, str]]:
    """Yield each sentence with the verdict that colours it."""
    verdicts = [condition.verdict for condition in circle.aim.conditions] if circle.aim else []
    for place, line in enumerate(circle_lines(circle, assessed, language)):
        yield verdicts[place] if place < len(verdicts) else "", line


def _list(name: str, circle: CircleAssessment | None, assessed: Assessed, language: Language) -> dict[str, Any]:
    title = capital(visible(assessed.profile.lists[name].title.in_language(language)))
    item = circle.evidence.lists.get(name) if circle else None
    if item is None:
        return {"title": title, "found": None, "kinds": []}
    kinds = [_kind(kind, assessed, language) for kind in item.kinds]
    return {"title": title, "found": item.found, "kinds": kinds}


def _kind(kind: Kind, assessed: Assessed, language: Language) -> dict[str, str]:
    state = "present" if kind.outlets else "unsure" if kind.unsure else "absent"
    mark = str(kind.outlets) if kind.outlets else "?" if kind.unsure else ""
    return {"title": kind_title(kind.code, assessed.standard).in_language(language), "state": state, "mark": mark}
