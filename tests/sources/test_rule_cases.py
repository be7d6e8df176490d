"""The cases that stand in the files of the structure rules, run through the reader alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from circledata.findings import fix, message
from circledata.sources import Limits, Options, open_package, restage
from circledata.sources.faults import CODES
from circledata.standard import load_standard
from circledata.standard.cases import cases_of, write_case

STANDARD = load_standard("1.0")
RULES = [rule for rule in STANDARD.rules.values() if rule.family == "structure"]
CASES = [
    pytest.param(case, id=f"{rule.name}: {case.name}")
    for rule in RULES
    if rule.code != "CD131"  # found by the engine, which counts the records
    for case in cases_of(rule, STANDARD.root)
]


def test_codes_and_levels_are_those_of_the_standard():
    assert {rule.name: (rule.code, rule.level) for rule in RULES}.items() <= CODES.items()


@pytest.mark.parametrize("case", CASES)
def test_case(case, tmp_path: Path, work: Path) -> None:
    package = open_package([write_case(case, STANDARD, tmp_path)], workdir=work, options=Options())
    findings = [*package.later(), *package.findings]
    for raw in package.tables.values():
        if not raw.staged:
            findings += restage(raw, workdir=work, limits=Limits())[1]
    told = [item for item in findings if item.level != "advice" or not case.passes]
    # A file that is given by itself is named by its whole path.
    assert [(item.rule, (item.file or "").removeprefix(f"{tmp_path}/package/"), item.row) for item in told] == [
        (case.rule, entry["file"], entry.get("row")) for entry in case.expect
    ]
    for finding in findings:
        for language in ("zh", "en"):
            assert "{" not in message(finding, STANDARD, language) + fix(finding, STANDARD, language)
