"""Adds up 100, 300, 1,000 and 3,000 districts and tells time and memory, of all processes together.

python -m benchmarks.aggregate DIRECTORY [--districts 100 300 1000 3000] [--output results.json]

The districts are written into DIRECTORY once and used again. Every size is added up three times: from nothing, then
with nothing changed, then with one district changed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.districts import write_districts

SIZES = (100, 300, 1_000, 3_000)
PAUSE = 0.2
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Run:
    """One run: seconds by the clock and of all processors, and the largest sum of memory of all its processes."""

    districts: int
    what: str
    seconds: float
    cpu_seconds: float
    peak_mib: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--districts", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--output", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args(arguments)
    folder = chosen.directory / "districts"
    most = max(chosen.districts)
    if not folder.is_dir() or len(list(folder.iterdir())) < most:
        write_districts(folder, most)
    runs = [
        run
        for count in chosen.districts
        for run in measure(chosen.directory, sorted(folder.iterdir()), count, chosen.jobs)
    ]
    if chosen.output:
        chosen.output.write_text(json.dumps([asdict(run) for run in runs], indent=2) + "\n", encoding="utf-8")
    return 0


def measure(directory: Path, districts: Sequence[Path], count: int, jobs: int) -> list[Run]:
    """Add up `count` districts, spread over all, from nothing, again, and after a change in one of them."""
    given = directory / f"given-{count}"
    shutil.rmtree(given, ignore_errors=True)
    given.mkdir()
    step = len(districts) / count
    chosen = [districts[int(place * step)] for place in range(count)]
    for path in chosen[1:]:
        (given / path.name).symlink_to(path, target_is_directory=True)
    changed = given / chosen[0].name
    shutil.copytree(chosen[0], changed)
    out = directory / f"out-{count}"
    for path in (out, out.with_name(f"{out.name}.state")):
        shutil.rmtree(path, ignore_errors=True)
    runs = []
    for what in ("from nothing", "nothing changed", "one changed"):
        if what == "one changed":
            outlets = changed / "outlets.csv"
            outlets.write_text(
                outlets.read_text(encoding="utf-8").replace("示例便民店第1号", "示例便民店第一号"), encoding="utf-8"
            )
        runs.append(once(given, out, count, what, jobs))
        run = runs[-1]
        cost = f"{run.seconds:8.1f} s {run.cpu_seconds:8.1f} s CPU {run.peak_mib:7,} MiB"
        print(f"{count:>6,} {what:16} {cost}", flush=True)
    return runs


def once(given: Path, out: Path, count: int, what: str, jobs: int) -> Run:
    """Run the command once and watch it."""
    command = [sys.executable, "-m", "circledata.cli", "aggregate", str(given), "--out", str(out), "--jobs", str(jobs)]
    begun, before, peak = time.perf_counter(), os.times(), 0
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while child.poll() is None:
        peak = max(peak, memory(child.pid))
        time.sleep(PAUSE)
    if child.returncode not in {0, 1}:
        raise SystemExit(f"the command failed with {child.returncode}")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(count, what, round(time.perf_counter() - begun, 1), round(cpu, 1), peak >> 20)


def memory(root: int) -> int:
    """Return the memory of a process and all below it; what they share counts once (Linux: PSS)."""
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
            total += next(int(line.split()[1]) << 10 for line in rollup.splitlines() if line.startswith("Pss:"))
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="ascii").split())
        except (OSError, StopIteration):
            continue
    return total


if __name__ == "__main__":
    raise SystemExit(main())
