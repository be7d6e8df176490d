"""Packages with faults of every kind in known places: what is found is what was seeded, no more and no less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import exact, structural
from benchmarks.faults import FAULTS, NOT_SEEDED
from benchmarks.generate import truth_of, write_package
from benchmarks.tables import national_size, outlets_size
from circledata import validate
from circledata.standard import load_standard

STANDARD = load_standard()
NATIONAL = national_size(0.006)
KINDS = 40
"""Fewer kinds of faults than this would be no test of exactness."""


@pytest.mark.parametrize(
    ("write"),
    [
        pytest.param(lambda path: write_package(path, outlets_size(5_000), faults=True), id="outlets"),
        pytest.param(lambda path: write_package(path, NATIONAL, faults=True), id="every table"),
        pytest.param(structural.write_package, id="broken CSV"),
    ],
)
def test_found_is_what_was_seeded(write: Callable[[Path], object], tmp_path: Path) -> None:
    package = tmp_path / "package"
    write(package)
    report = validate(package, max_examples=None)
    found = Counter((item.rule, item.file, item.row, item.column) for item in report.findings)
    seeded = Counter(exact.read_truth(truth_of(package)))
    assert exact.Comparison(seeded.total(), found.total(), seeded - found, found - seeded).summary() == []
    assert sum(report.counts.values()) == seeded.total()


def test_clean_package_has_no_findings(tmp_path: Path) -> None:
    write_package(tmp_path / "package", NATIONAL)
    report = validate(tmp_path / "package")
    assert report.counts == {"error": 0, "warning": 0, "advice": 0}
    assert report.valid


def test_every_rule_is_seeded_or_said_why_not() -> None:
    seeded = {fault.rule for faults in FAULTS.values() for fault in faults}
    seeded |= {rule for faults in FAULTS.values() for fault in faults for rule, _, _ in fault.also}
    seeded |= {item.rule for item in structural.BREAKS if item.rule}
    assert len(seeded) >= KINDS
    names = {rule.name for rule in STANDARD.rules.values()}
    assert seeded <= names
    left = {rule.name for rule in STANDARD.rules.values() if rule.family not in {"structure", "history"}} - seeded
    assert left == set(NOT_SEEDED)
