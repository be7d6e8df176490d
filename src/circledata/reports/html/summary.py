"""What the page says of each rule: how often it was broken, how to mend it, and its first places."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from circledata.findings import Finding, fix
from circledata.findings.model import LEVELS, Level
from circledata.findings.report import Report
from circledata.reports.html.compact import place_name, safe
from circledata.reports.record import words
from circledata.reports.tally import Tally
from circledata.reports.words import number
from circledata.standard.model import Language, Rule, Text

SHOWN = 10
"""Places of each rule that stand on the page as it was written; the script shows more of them on demand."""
FIRST = 8
"""Rules in the list of what to do first; the others are folded away below it."""


NOTHING = Text("", "")


@dataclass(frozen=True)
class Row:
    """One finding as the page shows it, in one language."""

    anchor: str
    place: str
    value: str | None
    cell: bool
    """Whether it is about one row; what concerns a whole table or file has no value."""
    wrong: str
    suggestion: str | None
    mend: str | None
    """How to mend it, where that differs from what the rule says for its first place."""


@dataclass
class Group:
    """The findings of one rule; all counts are exact, `listed` is how many the report holds."""

    rule: Rule
    level: Level
    count: int
    tables: dict[str | None, int]
    listed: int = 0
    first: list[tuple[int, Finding]] = field(default_factory=list)
    """The first findings, each with its place in the report's order."""
    typed: bool = False
    """Whether for some place it is said what to type there, or how to mend just that one."""
    varying: bool = False
    """Whether how to mend it differs between places; the rule then says it for its first place."""
    fix: Text = NOTHING

    @property
    def private(self) -> bool:
        """Whether it is about personal data, whose values are never shown."""
        return self.rule.family == "privacy"


def groups(report: Report, tally: Tally) -> list[Group]:
    """Return the rules that were broken, those whose mending does most first: by level, then by number."""
    found = {
        item.code: Group(
            report.standard.rules[item.code],
            item.level,
            item.count,
            {table: count for (table, code), count in tally.items() if code == item.code},
        )
        for item in report.rules
    }
    keys = {
        code: (*_placeholders(group.rule.fix.zh), *_placeholders(group.rule.fix.en)) for code, group in found.items()
    }
    for place, finding in enumerate(report.findings):
        group = found[finding.rule]
        group.listed += 1
        if keys[finding.rule] and group.first and not group.varying:
            group.varying = _filling(finding, keys) != _filling(group.first[0][1], keys)
        if len(group.first) < SHOWN:
            group.first.append((place, finding))
        group.typed = group.typed or finding.params.get("suggestion") not in {None, ""}
    for group in found.values():
        group.fix = _fix(group, report)
        group.typed = group.typed or group.varying
    return sorted(found.values(), key=lambda group: (LEVELS.index(group.level), -group.count, group.rule.code))


def _placeholders(template: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(template) if name]


def _filling(finding: Finding, keys: Mapping[str, tuple[str, ...]]) -> tuple[object, ...]:
    """Return all that the placeholders of a rule's advice can be filled with for one finding."""
    params = [finding.params.get(f"{key}{end}") for key in keys[finding.rule] for end in ("", "_zh", "_en")]
    value = finding.value if "value" in keys[finding.rule] else None
    return (finding.table, finding.column, finding.file, value, *params)


def _fix(group: Group, report: Report) -> Text:
    """Say how to mend it, with the first place's own words filled in; without any place they are left out."""
    if not group.first:
        gaps = dict.fromkeys((*_placeholders(group.rule.fix.zh), *_placeholders(group.rule.fix.en)), "…")
        return Text(group.rule.fix.zh.format(**gaps).strip(), group.rule.fix.en.format(**gaps).strip())
    finding = group.first[0][1]
    return Text(own_fix(finding, report, "zh"), own_fix(finding, report, "en"))


def own_fix(finding: Finding, report: Report, language: Language) -> str:
    """Say how to mend one finding, without what to type, which stands apart."""
    params = {key: value for key, value in finding.params.items() if key != "suggestion"}
    short = _safe(replace(finding, params=params), report)
    return fix(short, report.standard, language).strip()


def _safe(finding: Finding, report: Report) -> Finding:
    table = report.standard.tables.get(finding.table or "")
    return safe(finding, table is not None and finding.column in table.by_name)


def rows(group: Group, report: Report, language: Language) -> list[Row]:
    """Return the first places of a rule in one language."""
    found = []
    for place, finding in group.first:
        short = _safe(finding, report)
        suggestion = short.params.get("suggestion")
        mend = own_fix(finding, report, language)
        found.append(
            Row(
                anchor=f"f{place}",
                place=place_name(short, report.standard, language),
                value=short.value,
                cell=short.row is not None,
                wrong=words(short, report, language)[0],
                suggestion=None if suggestion in {None, ""} else str(suggestion),
                mend=None if mend == group.fix.in_language(language) else mend,
            )
        )
    return found


def shown(group: Group) -> tuple[str, dict[str, str]]:
    """Return the word, and its values, for how many of a rule's places are shown."""
    total, listed, n = group.count, group.listed, len(group.first)
    values = {"total": number(total), "listed": number(listed), "n": number(n)}
    if not n:
        return "shown-none", values
    if total == n:
        return "shown-all-1" if n == 1 else "shown-all", values
    return "shown-some" if listed == total else "shown-capped", values
