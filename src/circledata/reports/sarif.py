"""SARIF 2.1.0, for code scanning: one run, the broken rules with their help, one result a finding."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, TextIO
from urllib.parse import quote

from circledata.findings import location
from circledata.findings.model import Finding, Level
from circledata.findings.report import Report
from circledata.reports.notes import note_text, policy_text
from circledata.reports.place import line_of, linked_file
from circledata.reports.record import plain, words
from circledata.reports.style import PLAIN, Style
from circledata.standard.model import Language, Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
LEVELS: dict[Level, str] = {"error": "error", "warning": "warning", "advice": "note"}


def write(report: Report, language: Language, stream: TextIO, style: Style = PLAIN, /) -> None:
    """Write `report` as SARIF, one result a line."""
    run = json.dumps(_run(report, language), ensure_ascii=False, indent=1)
    stream.write(f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [\n')
    stream.write(run.removesuffix("\n}") + ',\n "results": [')
    separator = "\n  "
    index = {rule.code: number for number, rule in enumerate(report.rules)}
    for finding, fingerprint in _fingerprints(report):
        result = _result(finding, fingerprint, index[finding.rule], report, language, style)
        stream.write(separator + json.dumps(result, ensure_ascii=False))
        separator = ",\n  "
    stream.write("\n ]\n}]}\n")


def _run(report: Report, language: Language) -> dict[str, Any]:
    notes = [note_text(note, report, language) for note in report.notes]
    notes += [policy_text(entry, report, language) for entry in report.policy]
    return {
        "tool": {
            "driver": {
                "name": "circledata",
                "version": report.circledata,
                "semanticVersion": report.circledata,
                "language": "zh-CN" if language == "zh" else "en",
                "rules": [_rule(report.standard.rules[rule.code], rule.level, language) for rule in report.rules],
            }
        },
        "language": "zh-CN" if language == "zh" else "en",
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": report.complete,
                "toolExecutionNotifications": [{"level": "note", "message": {"text": text}} for text in notes],
            }
        ],
        "properties": {
            "spec": report.standard.version,
            "digest": report.standard.digest,
            "valid": report.valid,
            "asOf": report.as_of.isoformat() if report.as_of else None,
            "counts": dict(report.counts),
        },
    }


def _rule(rule: Rule, level: Level, language: Language) -> dict[str, Any]:
    texts = (text.in_language(language).strip() for text in (rule.title, rule.why, rule.fix))
    title, why, mend = (_PLACEHOLDER.sub("…", text) for text in texts)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": why},
        "help": {"text": f"{why}\n{mend}", "markdown": f"**{title}**\n\n{why}\n\n{mend}"},
        "defaultConfiguration": {"level": LEVELS[level]},
        "properties": {"tags": [rule.family, rule.table], "since": rule.since},
    }


def _fingerprints(report: Report) -> Iterator[tuple[Finding, str]]:
    """Pair every finding with a fingerprint that a shift of lines does not change.

    It is made of the rule, the cell's column and text and the parameters; equal ones of a rule in a file are numbered.
    """
    seen: Counter[str] = Counter()
    here: tuple[object, ...] = ()
    for finding in report.findings:
        if here != (here := (finding.file, finding.sheet, finding.rule)):
            seen.clear()
        parts = (*here, finding.table, finding.column, finding.value, sorted(finding.params.items()))
        digest = hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]
        seen[digest] += 1
        yield finding, f"{digest}:{seen[digest]}"


def _result(
    finding: Finding, fingerprint: str, index: int, report: Report, language: Language, style: Style
) -> dict[str, Any]:
    wrong, mend = words(finding, report, language)
    where = location(finding, report.standard, language)
    text = " ".join(part for part in (where, wrong, mend) if part)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[finding.level],
        "message": {"text": text},
        "partialFingerprints": {"circledata/v1": fingerprint},
        "properties": {"table": finding.table, "column": finding.column, "params": plain(finding.params)},
    }
    place = _place(finding, where, style)
    if place:
        result["locations"] = [place]
    return result


def _place(finding: Finding, where: str, style: Style) -> dict[str, Any]:
    place: dict[str, Any] = {}
    path = linked_file(finding, style)
    if path is not None:
        place["physicalLocation"] = {"artifactLocation": {"uri": uri(path)}}
        if finding.sheet is None and not style.container:
            place["physicalLocation"]["region"] = _region(finding, line_of(finding, style))
    if finding.sheet is not None or style.container:
        inside = f"{finding.file}: {where}" if style.container and where else where or finding.file or ""
        place["logicalLocations"] = [{"name": where or inside, "fullyQualifiedName": inside, "kind": "member"}]
    return place


def _region(finding: Finding, line: int | None) -> dict[str, int]:
    """Return the region of a finding; a whole file is shown at its first line, since viewers show nothing otherwise.

    A table's column is no column of characters, but a descriptor's is.
    """
    region = {"startLine": line or 1}
    if line and finding.table is None and finding.column_number is not None:
        region["startColumn"] = finding.column_number
    return region


def uri(path: str) -> str:
    """Return a path as the URI reference that SARIF wants."""
    if PurePath(path).is_absolute() or path[1:3] == ":/":
        return "file://" + ("" if path.startswith("/") else "/") + quote(path, safe="/:")
    return quote(path)
