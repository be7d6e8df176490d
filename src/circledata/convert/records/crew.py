"""Processes beside this one that work on rows: started, asked, and ended without leaving anything behind.

Each is a fresh interpreter with two pipes. Unlike a fork it is safe beside threads and works on Windows; unlike
multiprocessing's spawn it does not run the user's own script again, which may lack the `if __name__ == "__main__"`.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from circledata.convert.model import SourceTable
from circledata.convert.records.context import Context

LENGTH = struct.Struct("<Q")
"""What stands before every answer: how many bytes it has."""
_BEGIN = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from circledata.convert.records.crew_member import serve; serve()"
)


class Gone(Exception):
    """A process that was asked ended before it answered, for whatever reason."""


def setting_of(tables: Sequence[SourceTable], context: Context) -> dict[str, Any]:
    """Return what another process has to know before it can work on rows of `tables`."""
    return {
        "tables": [replace(table, rows=(), notes=(), changes=()) for table in tables],
        "version": context.standard.version,
        "mapping": context.mapping,
        "division_code": context.division_code,
        "as_of": context.as_of,
        "options": {name: getattr(context.options, name) for name in ("profile", "coordinate_system", "extra")},
    }


class Member:
    """One process at work. Questions are answered in their order; two threads keep its pipes from filling up."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._questions: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._early: dict[tuple[str, int], Any] = {}
        self._gone = False
        self._threads = [threading.Thread(target=each, daemon=True) for each in (self._write, self._read)]
        for thread in self._threads:
            thread.start()

    @classmethod
    def started(cls, count: int) -> list[Member]:
        """Start processes, which wait for what to do; none where the machine or this kind of Python forbids it."""
        if getattr(sys, "frozen", False) or not Path(sys.executable or "").stem.lower().startswith(("python", "pypy")):
            return []  # what would start is not Python but the program that it is built into
        members: list[Member] = []
        try:
            members.extend(cls(_start()) for _ in range(count))
        except (OSError, RuntimeError):
            for member in members:
                member.close()
            return []
        places = pickle.dumps(sys.path, pickle.HIGHEST_PROTOCOL)
        for member in members:
            member._questions.put(places)
        return members

    def begin(self, setting: dict[str, Any]) -> None:
        """Tell it once, before the first question, what the work is: `setting_of`."""
        self._questions.put(pickle.dumps(setting, pickle.HIGHEST_PROTOCOL))

    def ask(self, kind: str, number: int, data: Any) -> None:
        """Ask for something; the answer has the same kind and number."""
        if not self._gone:
            self._questions.put(pickle.dumps((kind, number, data), pickle.HIGHEST_PROTOCOL))

    def answer(self, kind: str, number: int) -> Any:
        """Wait for an answer. Gone when the process ended without giving it."""
        while (kind, number) not in self._early:
            data = None if self._gone else self._answers.get()
            if data is None:
                self._gone = True
                raise Gone
            told, said = pickle.loads(data)
            self._early[told] = said
        return self._early.pop((kind, number))

    def close(self) -> None:
        """End the process, whatever it is doing, and wait until it is gone."""
        self._process.kill()
        self._questions.put(None)
        for thread in self._threads:
            thread.join()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()

    def _write(self) -> None:
        stream = self._process.stdin
        with contextlib.suppress(OSError, ValueError):
            while stream and (data := self._questions.get()) is not None:
                stream.write(data)
                stream.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        with contextlib.suppress(OSError, ValueError, MemoryError, OverflowError):
            while stream and len(head := stream.read(LENGTH.size)) == LENGTH.size:
                (length,) = LENGTH.unpack(head)
                data = stream.read(length)
                if len(data) < length:
                    break
                self._answers.put(data)
        self._answers.put(None)


class Standby:
    """Processes started before it is known whether there is work: they begin while this one still reads the files."""

    def __init__(self, count: int) -> None:
        self._members = Member.started(count)

    def take(self, count: int, setting: dict[str, Any]) -> list[Member]:
        """Return processes that begin to work with `setting`: those that wait, and new ones where they are too few."""
        taken, self._members = self._members[:count], self._members[count:]
        if len(taken) < count:
            taken += Member.started(count - len(taken))
        for member in taken:
            member.begin(setting)
        return taken

    def __enter__(self) -> Standby:
        return self

    def __exit__(self, *_: object) -> None:
        """End those that nobody took."""
        for member in self._members:
            member.close()


def _start() -> subprocess.Popen[bytes]:
    """Start one process, apart from the terminal's Ctrl-C: that ends this one, which then ends the others."""
    apart: dict[str, Any] = {"process_group": 0}
    if os.name == "nt":
        apart = {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}  # type: ignore[attr-defined,unused-ignore]
    return subprocess.Popen(
        [sys.executable, "-c", _BEGIN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        **apart,
    )
