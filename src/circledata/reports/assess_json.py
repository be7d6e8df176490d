"""An assessment as one JSON object: the profile in full, and circle by circle the evidence and every condition."""

from __future__ import annotations

import json
from typing import Any, TextIO

from circledata.indicators.assess_model import Assessed, CircleAssessment, Condition, GradeResult, Reason
from circledata.indicators.assess_needs import need_rows
from circledata.standard.assessment import Assessment
from circledata.standard.model import Language, Text


def write(assessed: Assessed, language: Language, stream: TextIO, width: int = 80) -> None:
    """Write `assessed`; `language` is that of the descriptions of needs; the rest is codes, or in both."""
    json.dump(record(assessed, language), stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def record(assessed: Assessed, language: Language) -> dict[str, Any]:
    """Return the whole as plain values."""
    return {
        "circledata": assessed.circledata,
        "standard": assessed.standard.version,
        "label": assessed.label,
        "as_of": assessed.as_of.isoformat() if assessed.as_of else None,
        "package": dict(assessed.package),
        "quality": {"valid": assessed.valid, "counts": dict(assessed.counts)},
        "profile": _profile(assessed.profile),
        "summary": {"circles": len(assessed.circles), "closed": len(assessed.closed), **assessed.tally()},
        "notes": [_reason(note) for note in assessed.notes],
        "circles": [_circle(circle) for circle in assessed.circles],
        "closed": [{"circle_id": circle.circle_id, "name": circle.name} for circle in assessed.closed],
        "needs": [
            {
                "need_id": row.need_id,
                "circle_id": row.circle_id,
                "description": row.description.in_language(language),
                "category": row.category,
                "status": row.status,
            }
            for row in need_rows(assessed)
        ],
    }


def _profile(profile: Assessment) -> dict[str, Any]:
    return {
        "id": profile.id,
        "version": profile.version,
        "title": _text(profile.title),
        "own_choice": profile.own_choice,
        "source": _text(profile.source),
        "evidence": profile.evidence,
        "valid_from": profile.valid_from.isoformat() if profile.valid_from else None,
        "valid_to": profile.valid_to.isoformat() if profile.valid_to else None,
        "area": profile.area,
        "lists": {
            name: {
                "title": _text(item.title),
                "size": item.size,
                "incomplete": _text(item.incomplete) if item.incomplete else None,
            }
            for name, item in profile.lists.items()
        },
        "unknown": [_text(text) for text in profile.unknown],
    }


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _circle(circle: CircleAssessment) -> dict[str, Any]:
    evidence = circle.evidence
    return {
        "circle_id": circle.circle_id,
        "name": circle.name,
        "status": circle.status,
        "declared": circle.declared,
        "grade_basis": circle.basis,
        "target": circle.target,
        "supported": circle.supported,
        "undecided": list(circle.undecided),
        "declared_supported": circle.declared_verdict,
        "aim": circle.aim.grade if circle.aim else None,
        "evidence": {
            "nothing": evidence.nothing.code if evidence.nothing else None,
            "outlets": evidence.listed,
            "open": evidence.open,
            "unreadable": evidence.unreadable,
            "lists": {
                name: {
                    "found": item.found,
                    "most": item.most,
                    "kinds": {kind.code: None if kind.unsure else kind.outlets for kind in item.kinds},
                }
                for name, item in evidence.lists.items()
            },
        },
        "grades": [_grade(result) for result in circle.grades],
        "asked": sorted(circle.asked),
    }


def _grade(result: GradeResult) -> dict[str, Any]:
    return {
        "grade": result.grade,
        "verdict": result.verdict,
        "conditions": [_condition(condition) for condition in result.conditions],
    }


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "sort": condition.sort,
        "name": condition.name,
        "verdict": condition.verdict,
        "wanted": condition.wanted,
        "found": condition.found,
        "missing": [list(codes) for codes in condition.missing],
        "reasons": [_reason(reason) for reason in condition.reasons],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "count": reason.count}
