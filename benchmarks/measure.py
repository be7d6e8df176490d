"""Runs a command in a process of its own and tells how long it took and how much memory it held at most."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

PACKAGES = ("circledata", "duckdb", "frictionless", "shapely", "click")


LAUNCHER = """
import json, os, subprocess, sys, time
begun = time.perf_counter()
child = subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
elapsed = time.perf_counter() - begun
with open(sys.argv[1], "w") as stream:
    json.dump([elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status)], stream)
"""
"""Starts the command from a small process: Linux counts the memory of the one that starts it as the command's own."""


@dataclass(frozen=True)
class Cost:
    """What a command cost: medians of the time and of the processors' time in seconds, the largest peak of memory."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    times: tuple[float, ...]
    exit_code: int


def run(command: Sequence[str], *, repeat: int = 1, expect: Sequence[int] = (0,), folder: Path | None = None) -> Cost:
    """Run a command `repeat` times in `folder`; RuntimeError when its exit code is none of `expect`."""
    runs = [_once(command, expect, folder) for _ in range(repeat)]
    times = [elapsed for elapsed, _, _, _ in runs]
    return Cost(
        seconds=statistics.median(times),
        cpu_seconds=statistics.median(cpu for _, cpu, _, _ in runs),
        peak_bytes=max(peak for _, _, peak, _ in runs) * (1 if sys.platform == "darwin" else 1024),
        times=tuple(round(value, 3) for value in times),
        exit_code=runs[-1][3],
    )


def _once(command: Sequence[str], expect: Sequence[int], folder: Path | None) -> tuple[float, float, int, int]:
    with tempfile.TemporaryDirectory(prefix="circledata-measure-") as aside:
        result, words = Path(aside) / "result", Path(aside) / "words"
        with words.open("wb") as stream:
            launched = [sys.executable, "-I", "-S", "-c", LAUNCHER, str(result), *command]
            subprocess.run(launched, stdout=stream, stderr=stream, env=environment(), cwd=folder, check=True)
        elapsed, cpu, peak, code = json.loads(result.read_text(encoding="utf-8"))
        if code not in expect:
            said = words.read_text(encoding="utf-8", errors="replace")[-2_000:]
            raise RuntimeError(f"{' '.join(command)} ended with {code}: {said}")
        return elapsed, cpu, peak, code


def environment() -> dict[str, str]:
    """Return the environment of the commands: the checkout's own code, and one language whatever the machine's is.

    Compiled modules may be kept, as wherever a package is installed; otherwise only we would compile each time.
    """
    root = Path(__file__).resolve().parent.parent
    paths = [str(root / "src"), str(root), os.environ.get("PYTHONPATH", "")]
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "PYTHONPATH": os.pathsep.join(path for path in paths if path), "CIRCLEDATA_LANG": "en"}


def machine() -> dict[str, str | int | float]:
    """Describe the machine and the versions of what was measured."""
    versions = {name: version_of(name) for name in PACKAGES}
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count() or 0,
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        **versions,
    }


def version_of(package: str) -> str:
    """Return the installed version of a package."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "from the checkout"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
