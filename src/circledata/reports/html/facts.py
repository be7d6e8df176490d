"""What the page says of the package itself and of how it was checked."""

from __future__ import annotations

from circledata.findings.report import Report
from circledata.reports.html.words import word
from circledata.reports.layout import visible
from circledata.reports.notes import note_texts, policy_text
from circledata.reports.words import SETTINGS, spec
from circledata.standard.model import Text


def facts(report: Report) -> list[tuple[Text, Text]]:
    """Return what the package says of itself, title and value; nothing when it says nothing."""
    found = [(word("fact-label"), _same(report.label))]
    for key, value in (report.package or {}).items():
        title = SETTINGS[key][0] if key in SETTINGS else word(f"fact-{key}")
        if isinstance(value, bool):
            found.append((title, word("yes" if value else "no")))
        elif value is None:
            # A package need not have a name or a title; whether it is invented is only said where it is.
            if key in SETTINGS:
                found.append((title, word("fact-unsaid")))
        else:
            found.append((title, _same(value)))
    return found


def _same(text: str) -> Text:
    return Text(visible(text), visible(text))


def basis(report: Report) -> list[Text]:
    """Return the short line under the verdict: versions, area, system, day."""
    parts = [word("basis", tool=report.circledata, spec=spec(report))]
    said = report.package or {}
    for key, shown in (("division_code", "basis-division"), ("coordinate_system", "basis-crs")):
        if said.get(key):
            parts.append(word(shown, value=visible(str(said[key]))))
    if report.as_of:
        parts.append(word("basis-as-of", value=report.as_of.isoformat()))
    return parts


def notes(report: Report) -> list[Text]:
    """Return the notes in both languages."""
    return [Text(*pair) for pair in zip(note_texts(report, "zh"), note_texts(report, "en"), strict=True)]


def policies(report: Report) -> list[Text]:
    """Return the changes of the policy file in both languages."""
    return [Text(policy_text(entry, report, "zh"), policy_text(entry, report, "en")) for entry in report.policy]
