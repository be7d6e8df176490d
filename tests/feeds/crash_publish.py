"""Publishes in a process that kills itself at a given step: run as a program, told what to do by its arguments.

Steps are what the process asks of the file system under the site: opening to write, renaming, removing, making folders.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

import circledata
from circledata.feeds.release_site import Site
from circledata.standard import load_standard

LAST = 6
"""Steps at the end that are all tried: a release gets its name and is shown."""
_WRITING = ("w", "a", "x", "+")


def watch(site: str, last: int | None) -> list[int]:
    """Count the steps from now on, and end at once before step `last`; returns the count so far, in a list."""
    steps = [0]

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"} or site not in str(arguments[0]):
            return
        if event == "open" and not any(letter in str(arguments[1] or "") for letter in _WRITING):
            return
        if steps[0] == last:
            os.kill(os.getpid(), signal.SIGKILL)
        steps[0] += 1

    sys.addaudithook(hook)
    return steps


def in_child(package: Path, site: Path, last: int | None) -> tuple[bool, int]:
    """Publish in a child; returns whether it was killed, and how many steps it took when it was not."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            steps = watch(str(site), last)
            circledata.publish(package, site)
            os.write(writing, str(steps[0]).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading) as stream:
        said = stream.read()
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    if not killed and status:
        raise SystemExit(f"publishing failed: {status}")
    return killed, int(said or 0)


def main() -> None:
    """Publish into a site with a crash at several steps; after each print a line of JSON and wait for an answer.

    Arguments: the package, the site, two copies of it: one to count the steps with, one to begin anew from.
    """
    package, site, copy, before = map(Path, sys.argv[1:5])
    load_standard()  # once, before the children; no thread runs yet
    _, steps = in_child(package, copy, None)
    for last in sorted({0, steps // 3, *range(steps - LAST, steps)}):
        if len(Site(site).complete()) > 1:  # the last one came so far that less is left to do
            shutil.rmtree(site)
            shutil.copytree(before, site)
        killed, _ = in_child(package, site, last)
        content = (site / "circledata.json").read_bytes()
        print(json.dumps({"step": last, "killed": killed, "release": json.loads(content)["release"]}), flush=True)
        sys.stdin.readline()


if __name__ == "__main__":
    main()
