"""Processes beside this one that take members in, several batches at once; one that dies takes nobody with it."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from circledata.feeds.aggregate.model import Record
from circledata.feeds.aggregate.take import Given, take

BATCHES_OF_PROCESS = 12
"""Batches that a process takes before a fresh one follows it, so that its memory does not grow without end."""
_BEGIN = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from circledata.feeds.aggregate.crew import serve; serve()"
)


@dataclass(frozen=True)
class Order:
    """One batch to take in, and the folder to store it in."""

    given: tuple[Given, ...]
    folder: Path


@dataclass(frozen=True)
class Done:
    """One batch that was taken in; `records` is None when the process died over it."""

    order: Order
    records: Sequence[Record] | None


def take_all(orders: Sequence[Order], jobs: int, as_of: date | None) -> Iterator[Done]:
    """Take all batches in, on `jobs` processes, and yield each as it is done."""
    waiting: queue.SimpleQueue[Order] = queue.SimpleQueue()
    for order in orders:
        waiting.put(order)
    answers: queue.SimpleQueue[Done | BaseException] = queue.SimpleQueue()
    stop = threading.Event()
    hands = [_Hand(waiting, answers.put, stop, as_of) for _ in range(min(jobs, len(orders)))]
    for hand in hands:
        hand.start()
    try:
        for _ in orders:
            answer = answers.get()
            if isinstance(answer, BaseException):
                raise answer
            yield answer
    finally:
        stop.set()
        for hand in hands:
            hand.end()


class _Hand(threading.Thread):
    """Asks one process after the other, until no batch is left."""

    def __init__(
        self,
        waiting: queue.SimpleQueue[Order],
        answer: Callable[[Done | BaseException], None],
        stop: threading.Event,
        as_of: date | None,
    ) -> None:
        super().__init__(daemon=True)
        self._waiting, self._answer, self._halt, self._as_of = waiting, answer, stop, as_of
        self._process: subprocess.Popen[bytes] | None = None
        self._used = 0

    def run(self) -> None:
        """Work until nothing waits, or until it is told to stop."""
        try:
            while not self._halt.is_set():
                try:
                    order = self._waiting.get_nowait()
                except queue.Empty:
                    return
                done = Done(order, self._ask(order))
                if not self._halt.is_set():
                    self._answer(done)
        except BaseException as error:
            self._answer(error)
        finally:
            self._leave()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            with contextlib.suppress(OSError):
                self._process.kill()
        self.join()

    def _ask(self, order: Order) -> list[Record] | None:
        """Have a batch taken in; None when the process ended without an answer."""
        if self._process is None or self._used >= BATCHES_OF_PROCESS:
            self._leave()
            self._process, self._used = _start(), 0
        self._used += 1
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(pickle.dumps((order.given, order.folder, self._as_of), pickle.HIGHEST_PROTOCOL))
            stdin.flush()
            kind, answer = pickle.load(stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            self._leave()
            return None
        if kind == "error":
            self._leave()
            raise answer
        records: list[Record] = answer
        return records

    def _leave(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()


def _start() -> subprocess.Popen[bytes]:
    """Start one process, apart from the terminal's Ctrl-C: that ends this one, which then ends the others."""
    apart: dict[str, Any] = {"process_group": 0}
    if os.name == "nt":
        apart = {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}  # type: ignore[attr-defined,unused-ignore]
    process = subprocess.Popen(
        [sys.executable, "-c", _BEGIN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        **apart,
    )
    assert process.stdin is not None
    process.stdin.write(pickle.dumps(sys.path, pickle.HIGHEST_PROTOCOL))
    process.stdin.flush()
    return process


def serve() -> None:
    """Take batches in until no more come: what a process beside the main one does.

    A full disk or a denied permission goes back to the main process, which says it; anything else ends this one.
    """
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    while True:
        try:
            given, folder, as_of = pickle.load(questions)
        except EOFError:
            return
        try:
            answer: tuple[str, Any] = ("records", take(given, folder, as_of))
        except OSError as error:
            answer = ("error", OSError(error.errno, error.strerror, error.filename))
        answers.write(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
        answers.flush()
