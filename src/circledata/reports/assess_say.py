"""The sentences of an assessment: about grades, conditions, what is not known, the profile and the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from circledata.indicators.assess_model import Assessed, CircleAssessment, Condition, GradeResult, Reason
from circledata.indicators.assess_needs import asked_already
from circledata.indicators.assess_titles import codes_title, grade_title, kind_title, list_titles
from circledata.indicators.model import reason_text
from circledata.reports.assess_words import WORDS, say
from circledata.reports.layout import visible
from circledata.standard.assessment import Assessment
from circledata.standard.model import Language


def capital(text: str) -> str:
    """Begin a sentence; Chinese has no capitals."""
    return text[:1].upper() + text[1:]


def grade_name(assessed: Assessed, grade: str, language: Language) -> str:
    """Name a grade."""
    return visible(grade_title(assessed, grade).in_language(language))


def supported_name(circle: CircleAssessment, assessed: Assessed, language: Language) -> str:
    """Say which grade the evidence supports; never that it supports none where that cannot be told."""
    if circle.supported is not None:
        grade = grade_name(assessed, circle.supported, language)
        return say(language, "supported-or-more", grade=grade) if circle.undecided else grade
    if circle.undecided:
        return say(language, "supported-unknown")
    return say(language, "supported-none", lowest=grade_name(assessed, circle.grades[0].grade, language))


def grades(circle: CircleAssessment, assessed: Assessed, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the three grades of a circle, each with what it is: declared, target, supported by the data."""

    def name(grade: str | None, absent: str) -> str:
        return grade_name(assessed, grade, language) if grade else say(language, absent)

    yield say(language, "declared"), name(circle.declared, "none-declared")
    yield say(language, "target"), name(circle.target, "none-target")
    yield say(language, "supported"), supported_name(circle, assessed, language)


def aim_text(aim: GradeResult | None, assessed: Assessed, language: Language) -> str:
    """Say what grade a circle works towards and whether it is there."""
    if aim is None:
        return say(language, "aim-none")
    return say(language, f"aim-{aim.verdict}", grade=grade_name(assessed, aim.grade, language))


def kind_names(codes: tuple[str, ...], assessed: Assessed, language: Language) -> str:
    """Name kinds, one after the other."""
    return list_titles(kind_title(code, assessed.standard) for code in codes).in_language(language)


def _missing(condition: Condition, assessed: Assessed, language: Language) -> str:
    return list_titles(codes_title(codes, assessed.standard) for codes in condition.missing).in_language(language)


def circle_lines(circle: CircleAssessment, assessed: Assessed, language: Language) -> Iterator[str]:
    """Yield what the grade that a circle works towards asks for, what is missing, and what is listed as a need."""
    if circle.aim is not None:
        for condition in circle.aim.conditions:
            yield condition_text(condition, circle, circle.aim.grade, assessed, language)
    if circle.evidence.nothing:
        yield reason_sentence(circle.evidence.nothing, None, assessed, language)
    asked = asked_already(circle)
    if asked:
        yield say(language, "asked", names=kind_names(asked, assessed, language))


def condition_text(
    condition: Condition, circle: CircleAssessment, grade: str, assessed: Assessed, language: Language
) -> str:
    """Say what a condition asks for, what there is, and what is missing or not known."""
    if condition.sort == "at-least":
        return _at_least(condition, circle, assessed, language)
    if condition.sort == "satisfaction":
        shares = {"found": _share(condition.found), "wanted": _share(condition.wanted)}
        reasons = reasons_text(condition, assessed, language)
        return say(language, f"satisfaction-{condition.verdict}", reasons=reasons, **shares)
    if condition.sort == "beyond-data":
        beyond = assessed.profile.grades[grade].beyond_data
        return visible(beyond.in_language(language)) if beyond else ""
    what = WORDS[condition.sort] if condition.sort != "group" else assessed.profile.groups[condition.name or ""].title
    return say(
        language,
        "codes-nothing" if circle.evidence.nothing else f"codes-{condition.verdict}",
        found=condition.found,
        what=visible(what.in_language(language)),
        wanted=condition.wanted,
        names=_missing(condition, assessed, language),
        reasons=reasons_text(condition, assessed, language),
    )


def _at_least(condition: Condition, circle: CircleAssessment, assessed: Assessed, language: Language) -> str:
    listed = assessed.profile.lists[condition.name or ""]
    names = _missing(condition, assessed, language)
    values: dict[str, object] = {
        "list": capital(visible(listed.title.in_language(language))),
        "found": condition.found,
        "wanted": condition.wanted,
        "short": int(condition.wanted or 0) - int(condition.found or 0),
        "names": names,
        "reasons": reasons_text(condition, assessed, language),
        "missing": say(language, "known-missing", names=names) if names else "",
    }
    if circle.evidence.nothing:
        return say(language, "at-least-nothing", **values)
    if listed.incomplete:
        known = len(circle.evidence.lists[listed.name].kinds)
        return say(language, "at-least-incomplete", known=known, **values)
    key = "at-least-unclear" if condition.verdict == "unknown" else f"at-least-{condition.verdict}"
    text = say(language, key, **values)
    if condition.verdict == "unmet" and circle.evidence.unreadable:
        text += say(language, "unreadable-unmet", n=circle.evidence.unreadable)
    return text


def _share(value: float | None) -> str:
    """Write a share as a percentage, cut and not rounded up: 89.99 % is less than 90 %."""
    return "" if value is None else f"{int(value * 1000 + 1e-9) / 10:g} %"


def reasons_text(condition: Condition, assessed: Assessed, language: Language) -> str:
    """Say why a condition cannot be judged."""
    gap = "" if language == "zh" else " "
    return gap.join(reason_sentence(reason, condition, assessed, language) for reason in condition.reasons)


def reason_sentence(reason: Reason, condition: Condition | None, assessed: Assessed, language: Language) -> str:
    """Say one reason: of the assessment itself, of the profile's list, or of an indicator that was not computed."""
    if reason.code == "list-incomplete" and condition is not None:
        why = assessed.profile.lists[condition.name or ""].incomplete
        return visible(why.in_language(language)) if why else ""
    if reason.code in WORDS:
        return say(language, reason.code, n=f"{reason.count:,}")
    sentence = reason_text(assessed.standard, reason.code).in_language(language).strip()
    return sentence if sentence.endswith(("。", ".")) else sentence + ("。" if language == "zh" else ".")


def profile_line(profile: Assessment, language: Language) -> str:
    """Name a profile."""
    title = visible(profile.title.in_language(language))
    return say(language, "profile", title=title, id=profile.id, version=visible(profile.version))


def about_lines(profile: Assessment, language: Language) -> list[str]:
    """Say what a profile does, what it rests on, where and when it is for, and what is not known of it."""
    lines = [visible(profile.description.in_language(language))] if profile.description else []
    lines.append(say(language, "source", text=visible(profile.source.in_language(language))))
    facts = [say(language, "area", area=profile.area) if profile.area else say(language, "any-area")]
    begin, end = profile.valid_from, profile.valid_to
    if begin or end:
        key = "valid-between" if begin and end else "valid-from" if begin else "valid-to"
        facts.append(say(language, key, begin=begin, end=end))
    if profile.evidence:
        facts.append(say(language, "evidence", text=say(language, f"evidence-{profile.evidence}")))
    lines.append(capital(" · ".join(facts)))
    if profile.unknown:
        lines.append(say(language, "not-known"))
        lines += [f"  {visible(text.in_language(language))}" for text in profile.unknown]
    return lines


def summary_lines(assessed: Assessed, needs: int, language: Language) -> list[str]:
    """Count the circles, name those left out, and say how many needs can be written."""
    lines = [say(language, "summary", n=len(assessed.circles), **assessed.tally())]
    if assessed.circles:
        supported = Counter(supported_name(circle, assessed, language) for circle in assessed.circles)
        counts = [say(language, "summary-count", grade=grade, n=n) for grade, n in sorted(supported.items(), key=_most)]
        lines.append(say(language, "summary-supported", counts=say(language, "comma").join(counts)))
    if assessed.closed:
        names = [visible(item.name or item.circle_id or "—") for item in assessed.closed[:20]]
        more = ["…"] if len(assessed.closed) > len(names) else []
        separator = "、" if language == "zh" else ", "
        lines.append(say(language, "summary-closed", n=len(assessed.closed), names=separator.join([*names, *more])))
    if needs:
        lines.append(say(language, "summary-needs", n=f"{needs:,}"))
        lines.append(say(language, "check-first"))
    return lines


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return (-item[1], item[0])


def data_line(assessed: Assessed, language: Language) -> str:
    """Say which data were assessed."""
    parts = [say(language, "package", label=visible(assessed.label))]
    if assessed.as_of:
        parts.append(say(language, "as-of", day=assessed.as_of.isoformat()))
    if assessed.package.get("synthetic"):
        parts.append(say(language, "synthetic"))
    return " · ".join(parts)
