"""Every rule is run on its own cases: nothing is found in the good ones, exactly the named cells in the bad ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import stumbles

from circledata import validate
from circledata.standard import Standard, extension_versions, load_standard, spec_root
from circledata.standard.cases import Case, cases_of, write_case

EXTENSIONS = {name: versions[-1] for name, versions in extension_versions().items()}
STANDARD = load_standard("1.0", EXTENSIONS)
MINIMUM_OF_RULES = 60
TESTED_ELSEWHERE = {"personal-field-open"}
"""No core field breaks it: tests/engine/test_findings.py makes one that does."""


def folder_of(standard: Standard, extension: str | None) -> Path:
    if extension is None:
        return standard.root
    return spec_root() / "extensions" / extension / standard.extensions[extension]


CASES = [
    pytest.param(case, id=f"{rule.name}: {case.name}")
    for rule in STANDARD.rules.values()
    for case in cases_of(rule, folder_of(STANDARD, rule.extension))
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case, tmp_path: Path) -> None:
    if STANDARD.rules[case.rule].extension:
        case = Case(**{**vars(case), "package": {"extensions": EXTENSIONS, **case.package}})
    package = write_case(case, STANDARD, tmp_path)
    previous = tmp_path / "previous"
    report = validate(package, previous=previous if previous.is_dir() else None)
    rule = STANDARD.rules[case.rule]
    found = [finding for finding in report.findings if finding.rule == rule.code]
    assert places(found, rule.form == "check" and bool(case.files), package) == [
        (entry.get("row"), entry.get("column")) for entry in case.expect
    ]
    others = [
        (finding.rule, finding.table, finding.row, finding.column, finding.value)
        for finding in report.findings
        if finding.rule != rule.code and finding.level != "advice"
    ]
    if not case.passes:
        assert others == [], "a failing case has one defect"
    assert [fault for finding in found for fault in stumbles(finding, report.standard)] == []


def places(found: list, physical: bool, package: Path) -> list[tuple[int | None, str | None]]:
    """Row and column of findings; rows count records, or lines where the case is about the file itself."""
    return [
        (finding.row - (0 if physical else 1) if finding.row is not None else None, finding.column) for finding in found
    ]


def test_there_are_enough_rules_beyond_the_schemas() -> None:
    beyond = [rule for rule in STANDARD.rules.values() if rule.form != "check"]
    assert len(beyond) >= MINIMUM_OF_RULES


@pytest.mark.parametrize("rule", STANDARD.rules.values(), ids=lambda rule: rule.name)
def test_a_rule_is_whole(rule) -> None:
    for text in (rule.title, rule.message, rule.why, rule.fix):
        assert text.zh.strip() and text.en.strip()
    assert rule.code.startswith("CD")
    cases = list(cases_of(rule, folder_of(STANDARD, rule.extension)))
    if rule.family != "structure" and rule.name not in TESTED_ELSEWHERE:
        assert any(case.passes for case in cases), "no passing case"
        assert any(not case.passes for case in cases), "no failing case"
