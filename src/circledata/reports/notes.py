"""Words what a report says beside its findings: guesses, checks that were not run, changes by the policy."""

from __future__ import annotations

from circledata.findings.model import Note
from circledata.findings.report import PolicyEntry, Report
from circledata.reports.layout import visible
from circledata.reports.words import LEVEL_MARKS, SETTINGS, WORDS, say, table_title
from circledata.standard.model import Language


def note_texts(report: Report, language: Language) -> list[str]:
    """Say the notes of a report, those on rules that one missing setting keeps from being checked in one sentence."""
    waiting: dict[str, list[str]] = {}
    for note in report.notes:
        if note.code == "not-checked" and "setting" in note.params:
            waiting.setdefault(str(note.params["setting"]), []).append(str(note.params["rule"]))
    texts = []
    for note in report.notes:
        setting = str(note.params.get("setting"))
        if note.code != "not-checked" or len(waiting.get(setting, ())) < 2:
            texts.append(note_text(note, report, language))
        elif str(note.params["rule"]) == waiting[setting][0]:
            rules = ("、" if language == "zh" else ", ").join(waiting[setting])
            shown = SETTINGS[setting][0].in_language(language) if setting in SETTINGS else setting
            texts.append(say(language, "note-not-checked-many", setting=shown, rules=rules))
    return texts


def note_text(note: Note, report: Report, language: Language) -> str:
    """Say one note in a sentence."""
    values = {key: _value(key, str(value), report, language) for key, value in note.params.items() if value is not None}
    for key in [key for key in values if key.endswith(f"_{language}")]:
        values[key[:-3]] = values[key]
    key = f"note-{note.code}"
    if note.code == "header-row" and "sheet" in values:
        key = "note-header-row-sheet"
    if note.code == "not-checked":
        values["reason"] = _reason(note, values, language)
    if "rule" in values:
        values["title"] = rule_title(str(note.params["rule"]), report, language)
    if note.code == "setting-unknown":
        values.setdefault("option", SETTINGS.get(str(note.params.get("setting")), (None, ""))[1])
    if key in WORDS:
        try:
            return say(language, key, **values)
        except KeyError:
            pass
    shown = ", ".join(f"{name}={value}" for name, value in values.items() if name != "title")
    return say(language, "note-other", code=note.code, params=shown)


def _value(key: str, value: str, report: Report, language: Language) -> str:
    if key == "setting" and value in SETTINGS:
        return SETTINGS[value][0].in_language(language)
    if key in {"table", "target"} and value in report.standard.tables:
        return table_title(value, report, language)
    return visible(value)


def _reason(note: Note, values: dict[str, str], language: Language) -> str:
    if "setting" in values:
        return say(language, "reason-setting", setting=values["setting"])
    if "target" in values or "table" in values:
        return say(language, "reason-table", table=values.get("target") or values["table"])
    return say(language, "reason-plain", reason=values["reason"]) if values.get("reason") else ""


def rule_title(code_or_name: str, report: Report, language: Language) -> str:
    """Return the title of a rule, or nothing when the standard does not know it."""
    rule = report.standard.rules_by_name.get(code_or_name.lower())
    return rule.title.in_language(language) if rule else ""


def policy_text(entry: PolicyEntry, report: Report, language: Language) -> str:
    """Say one change of the policy file in a sentence."""
    mark = LEVEL_MARKS[entry.level].in_language(language) if entry.level else say(language, "policy-off")
    return say(
        language,
        "policy-entry",
        rule=entry.rule,
        title=rule_title(entry.rule, report, language),
        level=mark,
        until=entry.until.isoformat(),
        reason=visible(entry.reason),
    )
