"""What is kept between two runs: batches of members that were checked, each complete under its name or not there."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from circledata.feeds.aggregate.model import AggregateError, Record

FORMAT = 1
"""Of the files below the folder; other ones are taken anew."""
INDEX = "members.json"


@dataclass(frozen=True)
class Kept:
    """One member that was checked before: its record and the folder with its tables."""

    record: Record
    batch: Path


class State:
    """The folder beside the result. It may be deleted at any time; the next run then takes every member anew."""

    def __init__(self, folder: Path, head: dict[str, Any]) -> None:
        """`head`: what everything kept depends on beside the members' content: versions and settings."""
        self.folder = folder
        self.batches = folder / "batches"
        self.work = folder / "work"
        self.head = {"format": FORMAT, **head}

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for one run; whatever an interrupted run left unfinished is cleared away."""
        self.batches.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("a+b") as stream:
            _lock(stream.fileno(), self.folder)
            shutil.rmtree(self.work, ignore_errors=True)
            self.work.mkdir(exist_ok=True)
            yield
            shutil.rmtree(self.work, ignore_errors=True)

    def kept(self) -> dict[str, Kept]:
        """Return the members that were checked before, by the hash of their content."""
        found: dict[str, Kept] = {}
        for batch in sorted(self.batches.iterdir()):
            try:
                index = json.loads((batch / INDEX).read_bytes())
                if index["head"] != self.head:
                    continue
                for item in index["members"]:
                    record = Record.from_json(item)
                    found[record.content] = Kept(record, batch)
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue
        return found

    def finish(self, folder: Path, records: Sequence[Record]) -> Path:
        """Give a batch that was written to `folder` its name; from here on it counts, even after a crash."""
        text = json.dumps({"head": self.head, "members": [record.as_json() for record in records]}, ensure_ascii=False)
        (folder / INDEX).write_text(text + "\n", encoding="utf-8")
        for path in folder.iterdir():
            sync(path)
        batch = self.batches / folder.name
        folder.rename(batch)
        sync(self.batches)
        return batch

    def forget(self, needed: Collection[Path]) -> None:
        """Delete the batches that hold nothing that is needed."""
        for batch in self.batches.iterdir():
            if batch not in needed:
                shutil.rmtree(batch, ignore_errors=True)


def sync(path: Path) -> None:
    """Make sure that a file or folder is on the disk and not only in the machine's memory."""
    with suppress(OSError):  # a folder cannot be opened on Windows
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    """Lock an open file for as long as it stays open; the system gives it free when the process ends, however."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise AggregateError(
            f"另一个汇总正在使用 {folder}。等它结束再运行，或者换一个 --out。",
            f"Another aggregation is using {folder}. Wait until it ends, or choose another --out.",
        ) from None
