"""What the page shows of a report, in both languages: the verdict, what to do first, the tables, what to know."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from circledata.findings import fix, location, message
from circledata.findings.model import LEVELS, Finding, Note
from circledata.findings.report import Report
from circledata.reports.layout import visible
from circledata.reports.notes import note_texts
from circledata.reports.record import tame
from circledata.reports.words import spec, table_title, verdict
from circledata.standard.model import LANGUAGES, Language
from circledata.web.words import NOTES, SETTINGS

PLACES = 3
"""Places of each rule that the page itself shows; all of them stand in the files."""
VALUE_WIDTH = 80


def summary(report: Report, files: list[str]) -> dict[str, Any]:
    """Return what the page shows of a report; every text as a pair of zh and en."""
    places = _places(report)
    return {
        "label": visible(files[0] if len(files) == 1 else f"{files[0]} …"),
        "files": len(files),
        "valid": report.valid,
        "complete": report.complete,
        "verdict": _both(lambda lang: verdict(report, lang)),
        "basis": _basis(report),
        "counts": {level: report.counts[level] for level in LEVELS},
        "rules": [
            _rule(report, counted.code, counted.level, counted.count, places.get(counted.code, []))
            for level in LEVELS
            for counted in report.rules
            if counted.level == level
        ],
        "tables": [
            {
                "title": _both(lambda lang, name=info.name: visible(table_title(name, report, lang))),
                "place": visible(info.sheet if info.sheet is not None else info.file),
                "rows": info.rows,
            }
            for info in report.tables
        ],
        "notes": _notes(report),
    }


def _both(say: Any) -> dict[str, str]:
    return {lang: say(lang) for lang in LANGUAGES}


def _basis(report: Report) -> dict[str, Any]:
    facts = report.package or {}
    return {
        "tool": report.circledata,
        "spec": spec(report),
        "division": visible(str(facts.get("division_code") or "")),
        "crs": visible(str(facts.get("coordinate_system") or "")),
        "as_of": report.as_of.isoformat() if report.as_of else "",
        "synthetic": bool(facts.get("synthetic")),
    }


def _places(report: Report) -> dict[str, list[Finding]]:
    """Return the first places of each rule."""
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        listed = found.setdefault(finding.rule, [])
        if len(listed) < PLACES:
            listed.append(finding)
    return found


def _rule(report: Report, code: str, level: str, count: int, findings: list[Finding]) -> dict[str, Any]:
    rule = report.standard.rules[code]
    return {
        "code": code,
        "level": level,
        "count": count,
        "title": _both(rule.title.in_language),
        "why": _both(lambda lang: rule.why.in_language(lang).strip()),
        "places": [_both(lambda lang, item=item: _place(report, item, lang)) for item in findings],
        "more": count - len(findings),
    }


def _place(report: Report, finding: Finding, lang: Language) -> dict[str, str]:
    short = tame(finding, VALUE_WIDTH)
    where = location(finding, report.standard, lang)
    if finding.sheet is None and finding.file and (len(report.tables) > 1 or not where):
        where = f"{finding.file} {where}".rstrip()
    return {
        "where": visible(where),
        "value": short.value or "",
        "message": message(short, report.standard, lang).strip(),
        "fix": fix(short, report.standard, lang).strip(),
    }


def _notes(report: Report) -> list[dict[str, str]]:
    """Word the notes; those that name an option of the command line name the field of the page instead."""
    own = [note for note in report.notes if note.code in NOTES]
    others = replace(report, notes=[note for note in report.notes if note.code not in NOTES])
    texts = {lang: note_texts(others, lang) for lang in LANGUAGES}
    return [
        *(_both(lambda lang, note=note: _own(note, report, lang)) for note in own),
        *({"zh": zh, "en": en} for zh, en in zip(texts["zh"], texts["en"], strict=True)),
    ]


def _own(note: Note, report: Report, lang: Language) -> str:
    values = {key: visible(str(value)) for key, value in note.params.items()}
    if "table" in values:
        values["table"] = visible(table_title(values["table"], report, lang))
    if values.get("setting") in SETTINGS:
        values["setting"] = SETTINGS[values["setting"]].in_language(lang)
    return NOTES[note.code].in_language(lang).format(**values)
