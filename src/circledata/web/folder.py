"""The private folder that holds uploads while they are checked, and results while they can be fetched."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PREFIX = "circledata-web-"
_NEW = "circledata-new-"
_LOCK = "lock"


class PrivateFolder:
    """A folder that only this user may read; it is locked while its owner lives, so that leftovers can be told."""

    def __init__(self, parent: Path | None = None) -> None:
        base = Path(parent) if parent is not None else Path(tempfile.gettempdir())
        remove_leftovers(base)
        # Locked before it gets the name by which leftovers are known: another start must not take it for one.
        new = Path(tempfile.mkdtemp(prefix=_NEW, dir=base))
        self._lock = (new / _LOCK).open("w")
        _locked(self._lock)
        self.path = new.rename(base / (PREFIX + new.name.removeprefix(_NEW)))

    def close(self) -> None:
        """Remove the folder with everything in it."""
        self._lock.close()
        shutil.rmtree(self.path, ignore_errors=True)

    def new(self) -> Path:
        """Make a folder of its own for one upload or one result."""
        path = self.path / secrets.token_hex(16)
        path.mkdir(mode=0o700)
        return path

    @contextmanager
    def job(self) -> Iterator[Path]:
        """Give a folder that is removed in every case, with the upload in it."""
        path = self.new()
        try:
            yield path
        finally:
            remove(path)


def remove(path: Path) -> None:
    """Remove a folder; what another process still holds on Windows goes when the whole folder does."""
    shutil.rmtree(path, ignore_errors=True)


def remove_leftovers(base: Path) -> None:
    """Remove the private folders of this user whose owners have died."""
    for path in base.glob(f"{PREFIX}*"):
        if path.is_symlink() or not path.is_dir() or not _mine(path):
            continue
        with contextlib.suppress(OSError):
            with (path / _LOCK).open("a") as lock:
                free = _locked(lock)
            if free:
                shutil.rmtree(path, ignore_errors=True)


def _mine(path: Path) -> bool:
    return sys.platform == "win32" or path.lstat().st_uid == os.getuid()


def _locked(stream: IO[str]) -> bool:
    """Lock a file until it is closed; False when somebody else holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
