"""The cache folder: one folder an address, with the last whole file, what is known of it, and what was cut off."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TypeVar

from circledata.feeds.fetch.errors import FetchError

_ABOUT, _PART, _PART_ABOUT, _LOCK, _PACKAGE = "about.json", "part", "part.json", "lock", "package.json"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a whole file in the cache."""

    url: str
    """What was asked for."""
    final: str
    """Where it came from after redirects."""
    name: str
    sha256: str
    bytes: int
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class PartAbout:
    """What is known of the beginning of a file that was cut off; without a way to know it again it is of no use."""

    sha256: str | None
    """The hash that the whole file must have, where somebody said so."""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class TakenPackage:
    """Which package was last taken by way of a discovery file."""

    url: str
    sha256: str


Record = TypeVar("Record", About, PartAbout, TakenPackage)


class Entry:
    """The folder of one address; whoever holds it has it alone."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url
        self.part = folder / _PART

    def about(self) -> About | None:
        """Return what is known of the file in the cache; None when there is none or it is not what it was."""
        about = _read(self.folder / _ABOUT, About)
        if about is None or about.url != self.url or Path(about.name).name != about.name:
            return None
        path = self.folder / about.name
        try:
            whole = path.stat().st_size == about.bytes and digest_of(path) == about.sha256
        except OSError:
            return None
        return about if whole else None

    def path(self, about: About) -> Path:
        """Return where the file lies."""
        return self.folder / about.name

    def keep(self, about: About) -> Path:
        """Give the finished part its name; until then the old file stands, afterwards the new one, nothing between."""
        path = self.path(about)
        with self.part.open("rb+") as stream:
            os.fsync(stream.fileno())
        before = _read(self.folder / _ABOUT, About)
        self.part.replace(path)
        self.note(about)
        (self.folder / _PART_ABOUT).unlink(missing_ok=True)
        if before is not None and before.name != about.name:
            (self.folder / Path(before.name).name).unlink(missing_ok=True)
        return path

    def note(self, about: About) -> None:
        """Write down what is known of the file."""
        _write(self.folder / _ABOUT, about)

    def part_about(self) -> PartAbout | None:
        """Return what is known of the part; None when there is none."""
        return _read(self.folder / _PART_ABOUT, PartAbout) if self.part.exists() else None

    def begin_part(self, about: PartAbout) -> None:
        """Begin a new part, empty."""
        self.drop_part()
        _write(self.folder / _PART_ABOUT, about)
        self.part.touch()

    def drop_part(self) -> None:
        """Throw the part away."""
        self.part.unlink(missing_ok=True)
        (self.folder / _PART_ABOUT).unlink(missing_ok=True)

    @property
    def package(self) -> TakenPackage | None:
        """Which package was last taken by way of this file, a discovery file."""
        return _read(self.folder / _PACKAGE, TakenPackage)

    def note_package(self, package: TakenPackage) -> None:
        """Write down which package was taken by way of this file."""
        _write(self.folder / _PACKAGE, package)


class Store:
    """A cache folder; several threads and processes may use one at once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}

    @contextmanager
    def entry(self, url: str, wait: float) -> Iterator[Entry]:
        """Give the folder of an address, alone. FetchError when another holds it for longer than `wait` seconds."""
        key = hashlib.sha256(url.encode()).hexdigest()[:32]
        folder = self._root / key[:2] / key
        folder.mkdir(parents=True, exist_ok=True)
        with self._guard:
            lock = self._locks.setdefault(key, threading.Lock())
        if not lock.acquire(timeout=wait):
            raise FetchError("timeout", url, seconds=f"{wait:g}")
        try:
            with (folder / _LOCK).open("ab") as stream:
                _hold(stream, url, wait)
                yield Entry(folder, url)
        finally:
            lock.release()

    def forget(self, url: str) -> None:
        """Throw away what the cache holds of an address."""
        with self.entry(url, 10) as entry:
            for path in entry.folder.iterdir():
                if path.name != _LOCK:
                    path.unlink(missing_ok=True)


def _hold(stream: IO[bytes], url: str, wait: float) -> None:
    """Wait until no other process holds the file; the system gives it free when this one ends, however it ends."""
    end = time.monotonic() + wait
    while True:
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                import msvcrt

                stream.seek(0)
                msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        if time.monotonic() > end:
            raise FetchError("timeout", url, seconds=f"{wait:g}")
        time.sleep(0.1)


def name_for(url_path: str, sha256: str) -> str:
    """Return the name of a file in the cache: its hash, with the ending that the address has."""
    found = re.search(r"(\.[A-Za-z0-9]{1,10})(?:\?|$)", url_path)
    return sha256 + (found[1].lower() if found else "")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read(path: Path, kind: type[Record]) -> Record | None:
    try:
        return kind(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _write(path: Path, record: Record) -> None:
    fresh = path.with_name(f".{path.name}")
    fresh.write_text(json.dumps(asdict(record), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)
