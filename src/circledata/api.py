"""The Python API: `validate` opens what it is given, runs every rule, and returns a `Report`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from os import PathLike
from pathlib import Path

from circledata.engine import Outcome, Session, prepare, run_rules, side_by_side
from circledata.engine.faults import Faults
from circledata.engine.geometry import Shape, define_derived, read_shapes
from circledata.engine.previous import load_previous
from circledata.engine.session import Loaded
from circledata.engine.stage import load
from circledata.engine.stream import FindingStream
from circledata.engine.views import SessionViews
from circledata.findings.model import LEVELS, Finding, Note
from circledata.findings.policy import Policy
from circledata.findings.report import Report, TableInfo
from circledata.sources import Limits, Options, Package, open_package
from circledata.sources.model import RawTable
from circledata.sources.release import released_package
from circledata.standard.model import Standard
from circledata.version import __version__

DEFAULT_EXAMPLES = 1_000
"""Findings of each rule and table that a report holds unless asked for more; counts are exact in any case."""

Progress = Callable[[str, float], None]


def validate(
    *paths: str | PathLike[str],
    table: str | None = None,
    division: str | None = None,
    crs: str | None = None,
    as_of: date | None = None,
    encoding: str | None = None,
    max_examples: int | None = DEFAULT_EXAMPLES,
    policy: Policy | None = None,
    previous: str | PathLike[str] | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check a package, a workbook or single CSV files against the standard.

    `paths`: a package directory, its `datapackage.json`, a ZIP of it, one workbook, one or more CSV files, or
    something published: a `circledata.json` with its files beside it, a `manifest.json`, a GeoJSON feed.
    `table`: the table that a single CSV file is, by its machine name; guessed from file name and header when None.
    `division`, `crs`, `as_of`: what only a package would know (division code; coordinate system, one of WGS84,
    CGCS2000,
    GCJ-02, BD-09; reference date); they also override what a package says, which is noted in the report.
    `encoding`: of CSV files, when known. `max_examples`: findings kept of each rule and table, None for all.
    `policy`: changed levels of rules. `previous`: the package's last release, for the rules on history.
    `progress`: called with the name of what is being done and the part of it that is done, 0 to 1.

    Returns a Report; it keeps its findings in a database session until it is dropped. Raises UsageError when
    the arguments
    make no sense and ToolError when the machine fails (both are SourceError). Faults of the data are never raised.
    Nothing is printed, written outside a temporary folder, or asked of the network. Safe to call from several threads.
    """
    options = Options(
        table=table, division=division, crs=crs, as_of=as_of, encoding=encoding, limits=limits or Limits()
    )
    return examine(
        paths, options, max_examples=max_examples, policy=policy, previous=previous, progress=progress
    ).report


@dataclass(frozen=True)
class Examined:
    """A package that was checked and is still open: its typed tables are read with SQL in `session`.

    Everything is given back when `report` and this are dropped.
    """

    report: Report
    package: Package
    session: Session
    shapes: Sequence[Shape]
    """The boundaries of its circles that could be read."""


def examine(
    paths: Sequence[str | PathLike[str]],
    options: Options | None = None,
    *,
    max_examples: int | None = DEFAULT_EXAMPLES,
    policy: Policy | None = None,
    previous: str | PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Examined:
    """Check as `validate` does, and keep the package open for whatever else is to be read from it.

    Raises as `validate` does. The session has every table of the standard, those that the package lacks as empty ones.
    """
    holder = _Holder()
    try:
        return _examine(
            holder, [Path(path) for path in paths], options or Options(), max_examples, policy, previous, progress
        )
    except BaseException:
        holder.close()
        raise


class _Holder:
    """Owns the working folder and the session for as long as a report needs them."""

    def __init__(self) -> None:
        import tempfile

        self.workdir = tempfile.TemporaryDirectory(prefix="circledata-", ignore_cleanup_errors=True)
        self.session: Session | None = None

    def close(self) -> None:
        """Give everything back."""
        if self.session:
            self.session.close()
        self.workdir.cleanup()

    def __del__(self) -> None:
        """Close when the report is dropped."""
        self.close()


def _examine(
    holder: _Holder,
    paths: Sequence[Path],
    options: Options,
    max_examples: int | None,
    policy: Policy | None,
    previous: str | PathLike[str] | None,
    progress: Progress | None,
) -> Examined:
    workdir = Path(holder.workdir.name)
    package = open_package(paths, workdir=workdir, options=options, progress=progress)
    size = sum(raw.bytes for raw in package.tables.values())
    session = holder.session = Session(package.standard, package.meta, input_bytes=size)
    session.descriptor_file = package.descriptor_file
    rules = [rule for rule in package.standard.rules.values() if rule.code not in package.unchecked]
    findings = list(package.findings)
    said: list[Finding] = []
    shapes: list[Shape] = []

    def get_ready() -> None:
        said.extend(package.later())
        shapes.extend(read_shapes(package.boundaries))
        prepare(session, rules, package.tables.keys())

    side_by_side(session, [lambda: findings.extend(_load_all(session, package, options.limits, progress)), get_ready])
    if previous is not None:
        _load_previous(session, Path(previous), options, workdir)
    outcome = run_rules(
        session,
        rules,
        beside=partial(define_derived, session, shapes),
        loose=package.kind == "files" or (package.kind == "feed" and package.descriptor is None),
        progress=progress,
    )
    report = _report(holder, package, session, [*said, *findings], outcome, max_examples, policy, options)
    stream = report.findings
    assert isinstance(stream, FindingStream)
    views = SessionViews(holder, Faults(session, stream.listed, stream.found, stream.level), shapes)
    return Examined(replace(report, inputs=tuple(paths), views=views), package, session, shapes)


def _load_all(session: Session, package: Package, limits: Limits, progress: Progress | None) -> list[Finding]:
    """Load every table, several at once; return what the exact pass found, in the order of the package."""
    total = sum(raw.bytes for raw in package.tables.values()) or 1
    done: list[int] = []

    def load_one(raw: RawTable) -> tuple[Loaded, list[Finding]]:
        if progress:
            progress(raw.file, sum(done) / total)
        loaded, found = load(session, raw, limits)
        done.append(raw.bytes)
        return loaded, found

    findings: list[Finding] = []
    results = side_by_side(session, [partial(load_one, raw) for raw in package.tables.values()])
    for (name, raw), (loaded, found) in zip(package.tables.items(), results, strict=True):
        session.tables[name] = loaded
        findings += found
        if not session.value(f'SELECT count(*) FROM "all_{name}"') and not any(item.rule == "CD130" for item in found):
            findings.append(_no_records(session.standard, raw.table, raw.file, raw.sheet))
    return findings


def _no_records(standard: Standard, table: str, file: str, sheet: str | None) -> Finding:
    rule = standard.rule("table-without-records")
    return Finding(rule.code, rule.level, table=table, file=file, sheet=sheet)


def _load_previous(session: Session, path: Path, options: Options, workdir: Path) -> None:
    folder = workdir / "previous"
    folder.mkdir()
    before = open_package([released_package(path)], workdir=folder, options=replace(options, table=None))
    load_previous(session, before, options)


def _report(
    holder: _Holder,
    package: Package,
    session: Session,
    findings: Sequence[Finding],
    outcome: Outcome,
    max_examples: int | None,
    policy: Policy | None,
    options: Options,
) -> Report:
    notes = [*package.notes, *outcome.notes]
    if not session.tables:
        # Nothing could be read, so there is nothing that a missing setting kept from being checked.
        notes = [note for note in notes if note.code not in {"setting-unknown", "not-checked"}]
    as_of = package.meta.as_of
    entries, expired = policy.at(as_of, package.standard) if policy else ((), ())
    notes.extend(expired)
    levels = {entry.rule: entry.level for entry in entries}
    stream = FindingStream(
        holder, session, tuple(findings) + tuple(outcome.findings), tuple(outcome.found), max_examples, levels
    )
    counts = stream.counts()
    return Report(
        label=package.label,
        circledata=__version__,
        standard=package.standard,
        as_of=as_of,
        complete=package.complete,
        counts={level: sum(item.count for item in counts if item.level == level) for level in LEVELS},
        rules=counts,
        table_counts=stream.table_counts(),
        tables=[
            TableInfo(
                name=loaded.table.name,
                file=loaded.raw.file,
                sheet=loaded.raw.sheet,
                rows=session.value(f'SELECT count(*) FROM "all_{loaded.table.name}"'),
                encoding=loaded.raw.encoding,
                bytes=loaded.raw.bytes,
                sha256=loaded.raw.sha256 or "",
            )
            for loaded in session.tables.values()
        ],
        findings=stream,
        notes=_unique(notes),
        policy=entries,
        kind=package.kind,
        package=_package_facts(package),
    )


def _unique(notes: Iterable[Note]) -> list[Note]:
    seen: dict[tuple[object, ...], Note] = {}
    for note in notes:
        seen.setdefault((note.code, *sorted(note.params.items())), note)
    return list(seen.values())


def _package_facts(package: Package) -> dict[str, str | bool | None]:
    meta, descriptor = package.meta, package.descriptor or {}
    return {
        "name": _text_of(descriptor.get("name")),
        "title": _text_of(descriptor.get("title")),
        "division_code": meta.division_code,
        "as_of": meta.as_of.isoformat() if meta.as_of else None,
        "coordinate_system": meta.coordinate_system,
        "profile": meta.profile,
        "synthetic": meta.synthetic,
    }


def _text_of(value: object) -> str | None:
    return value if isinstance(value, str) else None
