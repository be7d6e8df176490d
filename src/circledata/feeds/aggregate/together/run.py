"""Checks a batch of opened packages in one session; those that do not fit in are named, with nothing lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from circledata.engine import prepare
from circledata.engine.geometry import Shape, read_shapes
from circledata.feeds.aggregate.together.load import load_together
from circledata.feeds.aggregate.together.rules import Counts, run_together
from circledata.feeds.aggregate.together.session import TogetherSession
from circledata.feeds.aggregate.together.shapes import define_derived
from circledata.sources.model import Package
from circledata.sources.scan import Scan
from circledata.standard.model import Standard


@dataclass(frozen=True)
class Checked:
    """What was found in each member, and the session with all their tables; close it."""

    session: TogetherSession
    counts: Counts
    files: Mapping[str, Mapping[int, tuple[Scan, int]]]
    shapes: Mapping[int, list[Shape]]


def layout(package: Package) -> Hashable | None:
    """Return what packages that are checked together must share; None for one that can only be checked alone."""
    meta = package.meta
    known = (meta.division_code, meta.as_of, meta.coordinate_system, meta.profile)
    if not package.complete or not package.tables or None in known or package.standard.extensions:
        return None
    if any(raw.staged or raw.table != name for name, raw in package.tables.items()):
        return None
    columns = tuple(
        (name, raw.header_row, tuple(column.field or f"\n{column.header}" for column in raw.columns))
        for name, raw in sorted(package.tables.items())
    )
    return (package.standard.version, meta.as_of, meta.coordinate_system, meta.profile, columns)


def check_together(packages: Mapping[int, Package], standard: Standard) -> Checked:
    """Check packages of one layout. NotTogether when some of them have to be checked alone."""
    first = next(iter(packages.values()))
    session = TogetherSession(standard, first.meta)
    try:
        rules = list(standard.rules.values())
        codes = {number: package.meta.division_code or "" for number, package in packages.items()}
        files = load_together(session, packages, codes)
        prepare(session, rules, first.tables.keys())
        shapes = {number: read_shapes(package.boundaries) for number, package in packages.items()}
        has = define_derived(session, shapes)
        session.define_members((number, codes[number], has[number]) for number in packages)
        counts = run_together(session, rules)
        for number, package in packages.items():
            own = counts.setdefault(number, Counter())
            for finding in (*package.findings, *package.later()):
                own[finding.table, finding.rule] += 1
    except BaseException:
        session.close()
        raise
    return Checked(session, counts, files, shapes)
