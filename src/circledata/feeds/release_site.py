"""The folder that is served: one writer at a time, every file whole, the newest release named last."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from circledata.feeds.refusals import PublishError

DISCOVERY, PAGE, RELEASES = "circledata.json", "index.html", "releases"
LOCK, NEW = ".circledata.lock", ".new-"
PATIENCE = 300.0
"""Seconds that a writer waits for another one: a release of a whole country takes a few minutes."""
_PAUSE = 0.1


class Site:
    """The folder `root`. Whatever it names is complete; a crash leaves what it named before."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def check(self) -> None:
        """Raise PublishError when the folder cannot be ours; nothing of somebody else's is ever written over."""
        if self.root.exists() and not self.root.is_dir():
            raise PublishError(f"{self.root} 不是文件夹，不能发布到那里。", f"{self.root} is not a directory.")
        if not (self.root / DISCOVERY).exists() and (self.root / PAGE).exists() and not self.complete():
            raise PublishError(
                f"{self.root} 里已经有别的 {PAGE}，没有写入。请换一个文件夹。",
                f"{self.root} already has an {PAGE} of something else; nothing was written. Name another directory.",
            )

    def current(self) -> dict[str, Any] | None:
        """Return the discovery file as it stands; None before the first release. PublishError when it is not ours."""
        try:
            found = json.loads((self.root / DISCOVERY).read_bytes())
            if found["type"] == "discovery" and isinstance(found["release"], str) and found["area"]["division_code"]:
                return dict(found)
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            pass
        raise PublishError(
            f"{self.root / DISCOVERY} 不是发现文件，没有写入。请换一个文件夹。",
            f"{self.root / DISCOVERY} is no discovery file; nothing was written. Name another directory.",
        )

    def release(self, name: str) -> Path:
        """Return the folder of a release."""
        return self.root / RELEASES / name

    def complete(self) -> list[str]:
        """Return the names of the releases that are there, all of them whole."""
        folder = self.root / RELEASES
        if not folder.is_dir():
            return []
        return sorted(item.name for item in folder.iterdir() if not item.name.startswith("."))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other writer out; one that was killed holds nothing. Waits for PATIENCE at most."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / LOCK).open("a+b") as stream:
            until = time.monotonic() + PATIENCE
            while not _lock(stream):
                if time.monotonic() > until:
                    raise PublishError(
                        f"另一个程序正在写 {self.root}，等了很久还没有完，没有写入。过一会儿再试。",
                        f"Another program is writing to {self.root} and has not come to an end; nothing was written. "
                        "Try again later.",
                    )
                time.sleep(_PAUSE)
            self._clean()
            yield

    def _clean(self) -> None:
        """Remove what a writer that was killed has left; nobody else writes while we hold the lock."""
        folder = self.root / RELEASES
        for left in folder.glob(f"{NEW}*") if folder.is_dir() else ():
            shutil.rmtree(left, ignore_errors=True)
        for name in (DISCOVERY, PAGE):
            _unfinished(self.root / name).unlink(missing_ok=True)

    @contextmanager
    def new(self) -> Iterator[Path]:
        """Give a hidden folder to write a release to; it is gone afterwards, unless it took its name."""
        folder = self.root / RELEASES / f"{NEW}{secrets.token_hex(4)}"
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def keep(self, folder: Path, name: str) -> None:
        """Give a release that is complete its name."""
        _flush_all(folder)
        folder.rename(self.release(name))
        _flush(self.root / RELEASES)

    def put(self, name: str, content: bytes) -> bool:
        """Replace a file of the top folder in one step; returns False, and touches nothing, when it is the same."""
        target = self.root / name
        if target.is_file() and target.read_bytes() == content:
            return False
        unfinished = _unfinished(target)
        unfinished.write_bytes(content)
        _flush(unfinished)
        unfinished.replace(target)
        _flush(self.root)
        return True


def _unfinished(path: Path) -> Path:
    return path.with_name(f".{path.name}.tmp")


def _lock(stream: IO[bytes]) -> bool:
    """Take the lock of a file if it is free; the system gives it back when the process ends, however it ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except PermissionError:  # how Windows says that it is taken
        if sys.platform == "win32":
            return False
        raise
    return True


def _flush_all(folder: Path) -> None:
    """Have the system store everything in a folder, the folder itself last."""
    for item in sorted(folder.rglob("*"), reverse=True):
        _flush(item)
    _flush(folder)


def _flush(path: Path) -> None:
    """Have the system store a file or the entries of a folder now, not some time later."""
    if sys.platform == "win32" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
