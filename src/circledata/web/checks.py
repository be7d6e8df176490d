"""Starts the process that checks an upload, passes on what it tells, and ends it when it is late or nobody waits."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from circledata.standard.model import Text
from circledata.web.order import Order
from circledata.web.problems import STATUS, Problem
from circledata.web.settings import Settings
from circledata.web.upload import Upload

Tell = Callable[[dict[str, Any]], Awaitable[None]]
"""Told of each step: `step` and `percent`."""

LONGEST_LINE = 1 << 20
WORKER = [sys.executable, "-P", "-m", "circledata.web.worker"]
"""-P: the process works in the folder of the upload, and must not load a module from there."""


async def check(upload: Upload, order: Order, job: Path, settings: Settings, tell: Tell) -> dict[str, Any]:
    """Check an upload and return what was written into `job/out`. Problem when there is no verdict."""
    out, temporary = job / "out", job / "tmp"
    for folder in (out, temporary):
        folder.mkdir(mode=0o700)
    message = order.message(upload.folder, out, upload.files, settings.max_unpacked_bytes)
    process = await asyncio.create_subprocess_exec(
        *WORKER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=None if os.environ.get("CIRCLEDATA_DEBUG") else asyncio.subprocess.DEVNULL,
        env=environment(temporary),
        limit=LONGEST_LINE,
        **_apart(),
    )
    talk = _Talk(process, tell, settings)
    try:
        return await talk.until_the_end(message)
    finally:
        await _end(process)


def environment(temporary: Path) -> dict[str, str]:
    """Return the environment of the process: its temporary files lie with the upload and are removed with it."""
    changed = {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))}
    # A relative entry would be looked for in the folder of the upload.
    paths = [os.path.abspath(path) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]  # noqa: PTH100
    changed["PYTHONPATH"] = os.pathsep.join(paths)
    return changed


def _apart() -> dict[str, Any]:
    """Return what keeps Ctrl+C in the terminal from the process: the server ends it in good order."""
    if sys.platform == "win32":
        import subprocess

        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


class _Talk:
    """What the server and the process say to each other."""

    def __init__(self, process: asyncio.subprocess.Process, tell: Tell, settings: Settings) -> None:
        self._process, self._tell, self._settings = process, tell, settings
        self._have: list[dict[str, Any]] | None = None

    async def until_the_end(self, message: dict[str, Any]) -> dict[str, Any]:
        """Give the order and return what was written; what there is by then when the time is over."""
        try:
            async with asyncio.timeout(self._settings.timeout) as limit:
                return await self._listen(message, limit)
        except TimeoutError:
            if self._have is None:
                raise Problem("timeout", seconds=f"{self._settings.timeout:g}") from None
            return {"files": self._have}

    async def _listen(self, message: dict[str, Any], limit: asyncio.Timeout) -> dict[str, Any]:
        assert self._process.stdin and self._process.stdout
        with contextlib.suppress(ConnectionError):
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            await self._process.stdin.drain()
        while line := await self._process.stdout.readline():
            said: dict[str, Any] = json.loads(line)
            if "end" in said:
                end: dict[str, Any] = said["end"]
                return end
            if "problem" in said:
                raise _problem(said)
            if "have" in said:
                self._written(said["have"], limit)
            else:
                await self._tell(said)
        if self._have is not None:
            return {"files": self._have}
        # It was ended from outside, most likely because the machine had no memory left.
        raise Problem("check-failed")

    def _written(self, files: list[dict[str, Any]], limit: asyncio.Timeout) -> None:
        """Remember what there is; from the first files on, the others may take a while but not for ever."""
        if self._have is None:
            soon = asyncio.get_running_loop().time() + self._settings.extras
            limit.reschedule(min(soon, limit.when() or soon))
        self._have = files


def _problem(said: dict[str, Any]) -> Problem:
    code = said["problem"] if said["problem"] in STATUS else "check-failed"
    params = {key: Text(**value) if isinstance(value, dict) else value for key, value in said["params"].items()}
    found = Problem(code, None, **params)
    found.__cause__ = RuntimeError(said["kind"]) if "kind" in said else None
    return found


async def _end(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await asyncio.shield(process.wait())
