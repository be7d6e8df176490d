"""What the things of an assessment are called: grades, kinds, groups of kinds."""

from __future__ import annotations

from collections.abc import Iterable

from circledata.indicators.assess_model import Assessed
from circledata.standard.model import Standard, Text


def grade_title(assessed: Assessed, grade: str) -> Text:
    """Return the title of a grade, with the profile's own name for it behind where it has one."""
    title = assessed.standard.codelists["grades"].codes[grade].title
    rule = assessed.profile.grades.get(grade)
    own = rule.title if rule else None
    return Text(f"{title.zh}（{own.zh}）", f"{title.en} ({own.en})") if own else title


def kind_title(code: str, standard: Standard) -> Text:
    """Return the title of a category."""
    return standard.codelists["categories"].codes[code].title


def codes_title(codes: Iterable[str], standard: Standard) -> Text:
    """Name categories any one of which will do."""
    titles = [kind_title(code, standard) for code in codes]
    return Text("或".join(title.zh for title in titles), " or ".join(title.en for title in titles))


def list_titles(titles: Iterable[Text]) -> Text:
    """Join names, one after the other."""
    known = list(titles)
    return Text("、".join(title.zh for title in known), ", ".join(title.en for title in known))
