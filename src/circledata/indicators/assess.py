"""Assesses circles: the declared grade, the grade that the evidence supports, and what is missing for the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from os import PathLike

from circledata.api import Examined, Progress, examine
from circledata.convert.mapping.check import near
from circledata.convert.model import ConversionError
from circledata.engine.session import Session
from circledata.findings.privacy import redact
from circledata.indicators.assess_evidence import OutletEvidence
from circledata.indicators.assess_judge import judge
from circledata.indicators.assess_model import Assessed, CircleAssessment, Closed, Reason
from circledata.indicators.assess_profile import REFERENCE, find_profile
from circledata.indicators.model import Figure
from circledata.sources import Options
from circledata.standard import load_standard
from circledata.standard.assessment import Assessment
from circledata.standard.model import Text

_CIRCLES = "SELECT circle_id, name, status, grade, grade_basis, target_grade FROM circles ORDER BY _row"
_ASKED = """
SELECT DISTINCT n.circle_id, g.code, g.parent
FROM needs n LEFT JOIN (SELECT category, min(parent) AS parent FROM categories GROUP BY category) l USING (category)
JOIN codes.categories g ON g.code = coalesce(l.parent, n.category)
WHERE n.circle_id IS NOT NULL AND (n.status IS NULL OR n.status IN ('open', 'planned'))
"""
_SERIALS = """
SELECT split_part(need_id, '-N', 1), max(CAST(split_part(need_id, '-N', 2) AS BIGINT))
FROM needs WHERE regexp_full_match(need_id, '[0-9]{6,12}-N[0-9]{1,9}') GROUP BY ALL ORDER BY ALL
"""


def assess(
    *paths: str | PathLike[str],
    profile: str | PathLike[str] | Assessment = REFERENCE,
    circles: Iterable[str] = (),
    as_of: date | None = None,
    progress: Progress | None = None,
) -> Assessed:
    """Hold the circles of a package against an assessment profile.

    `paths`: as `validate` takes them. `profile`: the id of one of the standard's profiles, or a YAML file of one's own.
    `circles`: ids of the circles wanted, all when empty. `as_of`: the reference date, that of the package when None.

    What the data do not tell is `unknown` and never counts as missing. Raises ConversionError where the profile has
    mistakes, a circle is not there or there are no circles at all, and otherwise as `validate`.
    """
    # A mistake in the profile is said before the data are read.
    chosen = find_profile(profile, load_standard())
    examined = examine(paths, Options(as_of=as_of), max_examples=0, progress=progress)
    return assess_examined(examined, chosen, circles)


def assess_examined(
    examined: Examined, profile: str | PathLike[str] | Assessment = REFERENCE, circles: Iterable[str] = ()
) -> Assessed:
    """Assess the circles of a package that is open already; otherwise as `assess`."""
    report, session = examined.report, examined.session
    chosen = find_profile(profile, session.standard)
    if "circles" not in session.tables:
        raise ConversionError(
            Text(
                f"{report.label} 里没有生活圈表（circles），没有什么可评。",
                f"{report.label} has no table of circles, so there is nothing to assess.",
            )
        )
    found, closed = _circles(examined, chosen, _wanted(session, circles))
    return Assessed(
        label=report.label,
        circledata=report.circledata,
        standard=session.standard,
        as_of=report.as_of,
        profile=chosen,
        circles=found,
        closed=closed,
        notes=_notes(examined, chosen),
        serials=dict(session.execute(_SERIALS).fetchall()),
        package=report.package or {},
        counts=report.counts,
        valid=report.valid,
    )


def _wanted(session: Session, circles: Iterable[str]) -> frozenset[str]:
    """Return the ids that were asked for; ConversionError when the package has no such circle."""
    wanted = frozenset(circles)
    known = [row[0] for row in session.execute("SELECT DISTINCT circle_id FROM circles ORDER BY ALL").fetchall()]
    for circle in sorted(wanted.difference(known)):
        hint = near(circle, [item for item in known if item])
        raise ConversionError(
            Text(f"没有编号为 {circle} 的生活圈。{hint.zh}", f"There is no circle {circle}.{hint.en}")
        )
    return wanted


def _circles(
    examined: Examined, profile: Assessment, wanted: frozenset[str]
) -> tuple[list[CircleAssessment], list[Closed]]:
    session = examined.session
    evidence = OutletEvidence(session, profile)
    satisfied = _satisfaction(examined, profile)
    asked = _asked(session)
    grades = session.standard.codelists["grades"].codes
    found, closed = [], []
    for circle_id, name, status, grade, basis, target in session.execute(_CIRCLES).fetchall():
        if wanted and circle_id not in wanted:
            continue
        shown_id, shown_name = redact(circle_id) if circle_id else None, redact(name) if name else None
        if status == "closed":
            closed.append(Closed(shown_id, shown_name))
            continue
        of_circle = evidence.of(circle_id)
        results = tuple(judge(profile, rule, of_circle, satisfied.get(circle_id)) for rule in profile.grades.values())
        found.append(
            CircleAssessment(
                circle_id=shown_id,
                name=shown_name,
                status=status,
                declared=grade if grade in grades else None,
                basis=basis,
                target=target if target in grades else None,
                evidence=of_circle,
                grades=results,
                asked=asked.get(circle_id, frozenset()),
            )
        )
    return found, closed


def _satisfaction(examined: Examined, profile: Assessment) -> Mapping[str | None, Figure]:
    """Return the indicator `satisfaction` by circle, where the profile asks for it."""
    if all(rule.satisfaction is None for rule in profile.grades.values()):
        return {}
    from circledata.indicators import compute

    figures = compute(examined, "circle", ["satisfaction"]).figures
    return {figure.place: figure for figure in figures}


def _asked(session: Session) -> dict[str, frozenset[str]]:
    """Return by circle the categories, and their parents, of the needs that are not settled yet."""
    session.define_codes("categories")
    found: dict[str, set[str]] = {}
    for circle, code, parent in session.execute(_ASKED).fetchall():
        found.setdefault(circle, set()).update({code, parent} - {None})
    return {circle: frozenset(codes) for circle, codes in found.items()}


def _notes(examined: Examined, profile: Assessment) -> Sequence[Reason]:
    """Say what limits the whole: the profile's area and validity, faults, outlets without a circle."""
    notes = []
    as_of, division = examined.report.as_of, examined.package.meta.division_code
    if as_of is None and (profile.valid_from or profile.valid_to):
        notes.append(Reason("as-of-unknown"))
    elif as_of and profile.valid_from and as_of < profile.valid_from:
        notes.append(Reason("before-valid"))
    elif as_of and profile.valid_to and as_of > profile.valid_to:
        notes.append(Reason("after-valid"))
    if profile.area and division and not division.startswith(_inside(profile.area)):
        notes.append(Reason("other-area"))
    if not examined.report.complete:
        notes.append(Reason("incomplete"))
    if errors := examined.report.counts["error"]:
        notes.append(Reason("errors", errors))
    if "outlets" in examined.session.tables:
        loose = examined.session.value("SELECT count(*) FROM outlets WHERE circle_id IS NULL")
        if loose:
            notes.append(Reason("outlets-without-circle", loose))
    return notes


def _inside(area: str) -> str:
    """Return the digits that all divisions in an area begin with: 620000 holds 62…, 620600 holds 6206…."""
    if len(area) == 6 and area.endswith("00"):
        return area[:2] if area.endswith("0000") else area[:4]
    return area
