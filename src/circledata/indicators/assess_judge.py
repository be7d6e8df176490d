"""Holds the evidence of one circle against what a grade asks for; what the data do not tell stays unknown."""

from __future__ import annotations

from collections.abc import Iterable

from circledata.indicators.assess_model import Condition, Evidence, GradeResult, Reason, Sort, Verdict
from circledata.indicators.model import Figure
from circledata.standard.assessment import Assessment, GradeRule, KindList


def judge(profile: Assessment, rule: GradeRule, evidence: Evidence, satisfied: Figure | None) -> GradeResult:
    """Return the result for one grade. `satisfied`: the indicator `satisfaction` of the circle, if it is asked for."""
    conditions: list[Condition] = []
    for name, wanted in rule.at_least.items():
        conditions.append(_at_least(profile.lists[name], wanted, evidence))
    if rule.all_of:
        conditions.append(_codes("all-of", None, _each(rule.all_of), evidence))
    if rule.any_of:
        conditions.append(_codes("any-of", None, rule.any_of, evidence))
    for name in rule.groups:
        group = profile.groups[name]
        conditions.append(_codes("group", name, (*_each(group.all_of), *group.any_of), evidence))
    if rule.satisfaction is not None:
        conditions.append(_satisfaction(rule.satisfaction, satisfied))
    if rule.beyond_data is not None:
        conditions.append(Condition("beyond-data", "unknown", reasons=(Reason("beyond-data"),)))
    return GradeResult(rule.grade, tuple(conditions))


def _each(codes: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple((code,) for code in codes)


def _at_least(listed: KindList, wanted: int, evidence: Evidence) -> Condition:
    if evidence.nothing:
        return Condition("at-least", "unknown", listed.name, wanted, reasons=(evidence.nothing,))
    counted = evidence.lists[listed.name]
    missing = tuple((kind.code,) for kind in counted.kinds if not kind.outlets and not kind.unsure)
    reasons: list[Reason] = []
    verdict: Verdict = "met"
    if listed.incomplete:
        # Kinds that stand in for names that nobody saw neither fulfil nor fail a condition.
        verdict = "unknown"
        reasons.append(Reason("list-incomplete", listed.size or 0))
    elif counted.found < wanted:
        verdict = "unknown" if counted.most >= wanted else "unmet"
        if evidence.unreadable:
            reasons.append(Reason("unreadable", evidence.unreadable))
    return Condition("at-least", verdict, listed.name, wanted, counted.found, missing, tuple(reasons))


def _codes(sort: Sort, name: str | None, wanted: tuple[tuple[str, ...], ...], evidence: Evidence) -> Condition:
    """Judge groups of codes, of each of which at least one is asked for."""
    if evidence.nothing:
        return Condition(sort, "unknown", name, len(wanted), reasons=(evidence.nothing,))
    lacking = [codes for codes in wanted if not evidence.present.intersection(codes)]
    missing = tuple(codes for codes in lacking if not evidence.unsure.intersection(codes))
    found, reasons = len(wanted) - len(lacking), (Reason("unreadable", evidence.unreadable),)
    if not lacking:
        return Condition(sort, "met", name, len(wanted), found)
    # Every category that cannot be read may be one of those that are looked for.
    verdict: Verdict = "unmet" if len(missing) > evidence.wild else "unknown"
    return Condition(sort, verdict, name, len(wanted), found, missing, reasons if evidence.unreadable else ())


def _satisfaction(wanted: float, figure: Figure | None) -> Condition:
    if figure is None or figure.value is None or figure.denominator in {None, 0}:
        reason = Reason(figure.reason if figure and figure.reason else "no-survey")
        return Condition("satisfaction", "unknown", wanted=wanted, reasons=(reason,))
    # The rounded value would let 89.996 % pass for 90 %.
    share = float(figure.numerator or 0) / float(figure.denominator or 1)
    return Condition("satisfaction", "met" if share >= wanted else "unmet", wanted=wanted, found=share)
