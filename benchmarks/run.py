"""Measures circledata beside frictionless and a bare read of the same files, and checks that found is what was seeded.

    python -m benchmarks.run [--size small|full] [--output FILE] [--workdir DIR]

`small` takes some minutes, `full` (2.5 million outlets, the national package) about half an hour and 10 GB of disk.
Prints tables in Markdown; FILE gets the same as JSON. Everything is generated in a temporary folder and removed.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import exact, structural
from benchmarks.faults import Fault
from benchmarks.generate import truth_of, write_package
from benchmarks.measure import Cost, machine, run
from benchmarks.tables import Size, national_size, outlets_size

OURS = [sys.executable, "-m", "circledata.cli"]
THEIRS = [sys.executable, "-m", "frictionless"]
BARE = [sys.executable, "-m", "benchmarks.bare"]
GIB = 2**30
EVERY_ROW = [
    Fault("not-an-integer", {"staff_count": "'1e1'"}, "staff_count"),
    Fault("code-unknown", {"mobility": "'shop'"}, "mobility"),
    Fault("outlet-date-in-future", {"verified_on": "'2025-01-01'"}, "verified_on"),
]
"""Three rules of three kinds that every row breaks: type, code list, and a rule in SQL."""


@dataclass(frozen=True)
class Target:
    """One target of the issue and what came out; `reached` is None where the size of the run says nothing about it."""

    work: str
    target: str
    measured: str
    reached: bool | None


@dataclass
class Results:
    """All that one run found out."""

    size: str
    machine: dict[str, Any]
    costs: dict[str, Cost] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def ratio(self, ours: str, theirs: str) -> float:
        """Return how many times as long `ours` took as `theirs`."""
        return self.costs[ours].seconds / self.costs[theirs].seconds


@dataclass(frozen=True)
class Plan:
    """How large the packages of a run are."""

    outlets: tuple[int, ...]
    broken: int
    national: tuple[float, ...]
    repeat: int


PLANS = {
    "small": Plan((50, 10_000, 100_000), 100_000, (0.005, 0.02), 3),
    "full": Plan((50, 10_000, 100_000, 2_500_000), 1_000_000, (0.25, 0.5, 1.0), 3),
}


def say(text: str) -> None:
    """Tell what is being done, on standard error so that the tables alone are on standard output."""
    print(text, file=sys.stderr, flush=True)


def validate(package: Path, *options: str) -> list[str]:
    """Return the command that validates a package."""
    return [*OURS, "validate", str(package), "--quiet", "--format", "json", "--output", f"{package}.json", *options]


def measure(
    results: Results,
    name: str,
    command: Sequence[str],
    *,
    rows: int,
    repeat: int,
    bad: bool = False,
    folder: Path | None = None,
) -> None:
    """Measure one command and keep its cost under `name`; `bad`: its input has faults, so that it ends with 1."""
    say(f"  {name}")
    results.costs[name] = run(command, repeat=repeat, expect=(1,) if bad else (0,), folder=folder)
    results.rows[name] = rows


def lone_schema(package: Path, table: str) -> Path:
    """Write the schema of one table into a package, without foreign keys, and return its path."""
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    schema = next(entry["schema"] for entry in descriptor["resources"] if entry["name"] == table)
    schema.pop("foreignKeys", None)
    path = package / f".{table}.schema.json"
    path.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    return path


def outlets(results: Results, workdir: Path, count: int, repeat: int) -> None:
    """Measure a package of outlets beside frictionless and a bare read of its table."""
    say(f"{count:,} outlets")
    package = workdir / f"outlets-{count}"
    write_package(package, outlets_size(count), boundaries=count > 50)
    table = package / "outlets.csv"
    # frictionless takes relative paths only.
    theirs = [*THEIRS, "validate", table.name, "--schema", lone_schema(package, "outlets").name]
    measure(results, f"circledata, {count:,}", validate(package), rows=count, repeat=repeat)
    measure(results, f"bare read, {count:,}", [*BARE, str(table)], rows=count, repeat=repeat)
    times = 1 if count > 1_000_000 else repeat
    measure(results, f"frictionless, {count:,}", theirs, rows=count, repeat=times, folder=package)
    if count == 50:
        whole = [*THEIRS, "validate", "datapackage.json"]
        measure(results, "frictionless package, 50", whole, rows=count, repeat=repeat, folder=package)
    remove(package)


def broken(results: Results, workdir: Path, count: int, repeat: int) -> None:
    """Measure a table in which every row breaks three rules beside the same table clean."""
    say(f"{count:,} outlets of which every one breaks three rules")
    size = outlets_size(count)
    for name, faults in (("clean", []), ("broken", EVERY_ROW)):
        package = workdir / f"{name}-{count}"
        write_package(package, size, everywhere=faults)
        measure(results, f"{name}, {count:,}", validate(package), rows=count, repeat=repeat, bad=bool(faults))
        if faults:
            report = json.loads(Path(f"{package}.json").read_text(encoding="utf-8"))
            counts = {entry["code"]: entry["count"] for entry in report["rules"]}
            right = sorted(counts.values()) == [count] * 3
            results.targets.append(Target("every row breaks three rules: counts", "exact", str(counts), right))
        remove(package)


def found_is_seeded(results: Results, workdir: Path, name: str, write: Callable[[Path], object]) -> None:
    """Check that a faulty package gives exactly the findings that were seeded."""
    say(f"{name}: found = seeded")
    package = workdir / "faulty"
    write(package)
    report = workdir / "faulty.jsonl"
    command = [*OURS, "validate", str(package), "--quiet", "--format", "jsonl", "--max-examples", "all"]
    measure(results, f"every finding written, {name}", [*command, "--output", str(report)], rows=0, repeat=1, bad=True)
    outcome = exact.compare(truth_of(package), report)
    for line in outcome.summary():
        say(f"    {line}")
    results.notes.extend(f"{name}: {line}" for line in outcome.summary())
    measured = f"{outcome.seeded:,} seeded, {outcome.found:,} found"
    results.targets.append(Target(f"found = seeded, {name}", "exactly", measured, outcome.exact))
    remove(package)


def national(results: Results, workdir: Path, scale: float, repeat: int) -> None:
    """Measure the national package, or a part of it."""
    size: Size = national_size(scale)
    rows = sum(size.rows.values())
    say(f"national package × {scale}: {rows:,} records")
    package = workdir / "national"
    write_package(package, size)
    measure(results, f"national × {scale}", validate(package), rows=rows, repeat=repeat)
    remove(package)


def remove(package: Path) -> None:
    """Delete a package and what was written beside it."""
    for path in package.iterdir():
        path.unlink()
    package.rmdir()
    for path in package.parent.glob(f"{package.name}.*"):
        path.unlink()


def judge(results: Results, plan: Plan) -> None:
    """Hold what was measured against the targets."""
    full = results.size == "full"
    add = results.targets.append
    large = max(plan.outlets)
    for count, part in ((100_000, 10), (large, 25)):
        if count in plan.outlets and (count, part) != (100_000, 25):
            ratio = results.ratio(f"frictionless, {count:,}", f"circledata, {count:,}")
            add(Target(f"{count:,} outlets, all rules", f"≤ 1/{part} of frictionless", f"1/{ratio:.1f}", ratio >= part))
    ratio = results.ratio(f"circledata, {large:,}", f"bare read, {large:,}")
    # Starting Python and loading the rules takes most of the time of a small file; only the large one tells.
    add(Target(f"{large:,} outlets", "≤ 5 × DuckDB's bare read", f"{ratio:.1f} ×", ratio <= 5 if full else None))
    peak = results.costs[f"circledata, {large:,}"].peak_bytes / GIB
    add(Target(f"{large:,} outlets", "≤ 2 GiB", f"{peak:.2f} GiB", peak <= 2 if full else None))
    ratio = results.ratio(f"broken, {plan.broken:,}", f"clean, {plan.broken:,}")
    add(Target(f"{plan.broken:,} rows break three rules", "≤ 3 × the clean file", f"{ratio:.2f} ×", ratio <= 3))
    bad, good = (results.costs[f"{name}, {plan.broken:,}"].peak_bytes for name in ("broken", "clean"))
    add(
        Target(
            f"{plan.broken:,} rows break three rules",
            "memory flat (≤ 1.25 ×)",
            f"{bad / good:.2f} ×",
            bad <= 1.25 * good,
        )
    )
    ratio = results.ratio("circledata, 50", "frictionless package, 50")
    add(Target("50-row package", "≤ frictionless (aim: half)", f"{ratio:.2f} ×", ratio <= 1))
    seconds = results.costs["circledata --help"].seconds
    add(Target("circledata --help", "≤ 0.12 s", f"{seconds:.3f} s", seconds <= 0.12))
    small, whole = (f"national × {scale}" for scale in (min(plan.national), max(plan.national)))
    peak = results.costs[whole].peak_bytes / GIB
    add(Target(whole, "≤ 4 GiB", f"{peak:.2f} GiB", peak <= 4 if full else None))
    growth = math.log(results.ratio(whole, small)) / math.log(results.rows[whole] / results.rows[small])
    add(Target("national package", "growth linear (exponent ≤ 1.1)", f"rows ^ {growth:.2f}", growth <= 1.1))


def markdown(results: Results) -> str:
    """Return the results as Markdown."""
    lines = ["| work | to reach | measured | reached |", "|---|---|---|---|"]
    words = {True: "yes", False: "**no**", None: "–"}
    lines += [f"| {item.work} | {item.target} | {item.measured} | {words[item.reached]} |" for item in results.targets]
    lines += [
        "",
        "| measured | records | seconds (median) | processor seconds | peak memory | records/s |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, cost in results.costs.items():
        rows = results.rows[name]
        speed = f"{rows / cost.seconds:,.0f}" if rows else "–"
        shown = f"{rows:,}" if rows else "–"
        times = f"{cost.seconds:.2f} | {cost.cpu_seconds:.2f}"
        lines.append(f"| {name} | {shown} | {times} | {cost.peak_bytes / 2**20:,.0f} MiB | {speed} |")
    lines += ["", *(f"- {key}: {value}" for key, value in results.machine.items())]
    return "\n".join([*lines, *(f"- {note}" for note in results.notes)])


def measure_all(size: str, workdir: Path) -> Results:
    """Run every measurement of a size."""
    plan = PLANS[size]
    results = Results(size, machine())
    measure(results, "circledata --help", [*OURS, "--help"], rows=0, repeat=9)
    for count in plan.outlets:
        outlets(results, workdir, count, plan.repeat)
    broken(results, workdir, plan.broken, plan.repeat)
    for scale in plan.national:
        national(results, workdir, scale, 1)
    largest = outlets_size(max(plan.outlets))
    part = national_size(max(plan.national))
    found_is_seeded(results, workdir, "outlets", lambda path: write_package(path, largest, faults=True))
    found_is_seeded(results, workdir, "national", lambda path: write_package(path, part, faults=True))
    found_is_seeded(results, workdir, "broken CSV", structural.write_package)
    judge(results, plan)
    return results


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure as the command line says; the exit code is 1 when a target was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=PLANS, default="small")
    parser.add_argument("--output", type=Path, help="file for the results as JSON")
    parser.add_argument("--workdir", type=Path, help="folder on a disk with room; a temporary one is made in it")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="circledata-bench-", dir=chosen.workdir) as folder:
        results = measure_all(chosen.size, Path(folder))
    print(markdown(results))
    if chosen.output:
        chosen.output.write_text(json.dumps(asdict(results), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 1 if any(target.reached is False for target in results.targets) else 0


if __name__ == "__main__":
    sys.exit(main())
