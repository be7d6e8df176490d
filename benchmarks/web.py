"""Many uploads at once: none lost, none mixed up, and afterwards the page needs no more memory than before.

python -m benchmarks.web [--uploads 50] [--rows 5000] [--clients 8] [--at-once N]
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx

from benchmarks.measure import environment

HEADER = "outlet_id,name,category,address,status"


@dataclass(frozen=True)
class Load:
    """What came of the load. `wrong`: answers that were missing or not about the upload that was sent."""

    uploads: int
    wrong: int
    seconds: float
    median_seconds: float
    slowest_seconds: float
    busy: int
    """Answers 503, after which a client tried again."""
    before_bytes: int
    peak_bytes: int
    """Most memory of the page and its checks together; shared pages are counted in each."""
    after_bytes: int
    left: int
    """Files and folders that stayed behind."""


def outlets(rows: int, wrong: int) -> bytes:
    """A CSV of outlets, the first `wrong` of them with a status that is no code."""
    lines = [HEADER]
    for number in range(1, rows + 1):
        status = "nonsense" if number <= wrong else "open"
        lines.append(f"620602-O{number:06},店{number},convenience-store,东大街{number}号,{status}")
    return ("\n".join(lines) + "\n").encode()


@contextmanager
def served(folder: Path, *options: str) -> Iterator[tuple[int, str]]:
    """Run the page in a process of its own; give the process and the address."""
    command = [sys.executable, "-m", "circledata.cli", "serve", "--port", "0", "--temp-folder", str(folder), "--quiet"]
    process = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True, env=environment())
    assert process.stderr is not None
    found = re.search(r"http://\S+/", process.stderr.readline())
    assert found
    try:
        for _ in range(600):
            try:
                httpx.get(f"{found[0]}health", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield process.pid, found[0]
    finally:
        process.terminate()
        process.communicate(timeout=30)


def load(uploads: int, rows: int, clients: int, *options: str) -> Load:
    """Send `uploads` files of one name, each with another number of wrong cells, from `clients` at once."""
    with tempfile.TemporaryDirectory(prefix="circledata-bench-") as name:
        folder = Path(name)
        with served(folder, *options) as (pid, address):
            sender = Sender(address, rows)
            sender.one(0)
            before, (watch, stop) = memory(pid), watching(pid)
            begun = time.perf_counter()
            with ThreadPoolExecutor(clients) as pool:
                results = list(pool.map(sender.one, range(1, uploads + 1)))
            took = time.perf_counter() - begun
            stop.set()
            left = left_in(folder)
            after = memory(pid)
        left += len(list(folder.iterdir()))
    times = [seconds for seconds, _ in results]
    wrong = sum(not right for _, right in results)
    return Load(uploads, wrong, took, median(times), max(times), sender.busy, before, max(watch), after, left)


def left_in(folder: Path) -> int:
    """Return how much the private folder still holds; the last upload is removed while its answer is being read."""
    (private,) = folder.iterdir()
    for _ in range(50):
        left = len([path for path in private.iterdir() if path.name != "lock"])
        if not left:
            break
        time.sleep(0.1)
    return left


class Sender:
    """Sends uploads and looks whether the report is the one of that upload."""

    def __init__(self, address: str, rows: int) -> None:
        self._client = httpx.Client(base_url=address, timeout=600, trust_env=False)
        self._rows = rows
        self.busy = 0

    def one(self, wrong: int) -> tuple[float, bool]:
        """Send a file with `wrong` wrong cells; return the seconds it took and whether its own report came."""
        content = outlets(self._rows, wrong)
        begun = time.perf_counter()
        while True:
            answer = self._client.post("/api/v1/validate", files={"file": ("outlets.csv", content)})
            if answer.status_code != 503:
                break
            self.busy += 1
            time.sleep(float(answer.headers["retry-after"]))
        seconds = time.perf_counter() - begun
        if answer.status_code != 200:
            return seconds, False
        report = answer.json()
        counts = {rule["name"]: rule["count"] for rule in report["rules"]}
        rows = [table["rows"] for table in report["tables"]]
        return seconds, rows == [self._rows] and counts.get("code-unknown", 0) == wrong


def memory(pid: int) -> int:
    """Return the resident memory of a process in bytes (Linux)."""
    found = re.search(r"VmRSS:\s+([0-9]+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    return int(found[1]) << 10 if found else 0


def watching(pid: int) -> tuple[list[int], threading.Event]:
    """Write down the memory of a process and its children, five times a second, until the event is set."""
    seen, stop = [0], threading.Event()

    def watch() -> None:
        while not stop.wait(0.2):
            total = 0
            for process in (pid, *children(pid)):
                try:
                    total += memory(process)
                except OSError:
                    continue
            seen.append(total)

    threading.Thread(target=watch, daemon=True).start()
    return seen, stop


def children(pid: int) -> list[int]:
    """Return the processes that a process has started (Linux)."""
    found: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in listed.read_text(encoding="ascii").split()]
    return found


def main() -> None:
    """Run the load and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=int, default=50)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--at-once", type=int)
    given = parser.parse_args()
    options = ["--at-once", str(given.at_once)] if given.at_once else []
    found = load(given.uploads, given.rows, given.clients, *options)
    print(f"{found.uploads} uploads of {given.rows:,} rows from {given.clients} clients: {found.seconds:.1f} s")
    print(f"lost or mixed up: {found.wrong} · told to come back: {found.busy} · left behind: {found.left}")
    print(f"an answer: {found.median_seconds:.1f} s (median), {found.slowest_seconds:.1f} s (slowest)")
    print(
        f"memory of the page: {found.before_bytes / 2**20:.0f} MiB before, {found.after_bytes / 2**20:.0f} MiB after; "
        f"with its checks at most {found.peak_bytes / 2**20:.0f} MiB"
    )


if __name__ == "__main__":
    main()
