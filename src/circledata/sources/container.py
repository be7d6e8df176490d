"""The files of a package, in a folder or in an archive, found by safe paths only."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from circledata.findings.model import Finding
from circledata.sources.faults import fault

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""How an OLE container begins: a workbook of old form, or one with a password."""
_DRIVE = re.compile(r"[A-Za-z]:")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_HIDDEN_SYSTEM = {"__macosx", "thumbs.db", "desktop.ini"}


class Refused(Exception):
    """A file of the package cannot be had; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.rule)
        self.finding = finding


class Container(Protocol):
    """Where the files of a package are."""

    def names(self) -> list[str]:
        """Return the paths of all files, separated by `/`, in order."""
        ...

    def fetch(self, name: str) -> Path | None:
        """Return the file on disk, unpacked if need be; None when there is none. Refused when it must not be read."""
        ...


def path_fault(path: str) -> str | None:
    """Return the rule that a resource's path breaks, or None when it stays inside the package."""
    scheme = _SCHEME.match(path)
    if scheme and scheme.group(1).lower() != "file":
        return "path-remote"
    parts = path.split("/")
    unsafe = (
        not path
        or scheme
        or path.startswith(("/", "~"))
        or _DRIVE.match(path)
        or "\\" in path
        or any(ord(character) < 32 for character in path)
        or ".." in parts
    )
    return "path-unsafe" if unsafe else None


def is_ignored(name: str) -> bool:
    """Tell whether a file belongs to no package: hidden files and what systems leave behind."""
    return any(part.startswith(".") or part.lower() in _HIDDEN_SYSTEM for part in name.split("/"))


class Folder:
    """A package in a folder."""

    def __init__(self, root: Path, most: int) -> None:
        self._root = root.resolve()
        self._most = most

    def names(self) -> list[str]:
        """Return the paths of the files, without hidden ones; links to folders are not followed."""
        found: list[str] = []
        for folder, folders, files in os.walk(self._root):
            folders[:] = sorted(name for name in folders if not is_ignored(name))
            base = Path(folder).relative_to(self._root).as_posix()
            found += [name if base == "." else f"{base}/{name}" for name in sorted(files) if not is_ignored(name)]
            if len(found) > self._most:
                break
        return found[: self._most]

    def fetch(self, name: str) -> Path | None:
        """Return the path of a file; None when there is none. Refused when a link leads out of the folder."""
        path = self._root / name
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError):
            # A link that leads nowhere, or round in a circle, is as good as no file.
            return None
        if not real.is_relative_to(self._root):
            raise Refused(fault("link-leaves-package", file=name, value=name, path=name))
        return real if stat.S_ISREG(real.stat().st_mode) else None


def unlisted(names: list[str], listed: set[str]) -> list[Finding]:
    """Report the files that no resource names; a read-me, a licence and the descriptor need not be named."""
    free = ("readme", "license", "licence", "changelog", "notice", "说明")
    return [
        fault("file-not-listed", file=name, value=name, path=name)
        for name in names
        if name not in listed
        and name != "datapackage.json"
        and not name.rsplit("/", 1)[-1].lower().startswith(free)
        and not is_ignored(name)
    ]


def table_files(names: list[str], tables: Mapping[str, object]) -> dict[str, str]:
    """Return the CSV files at the top that are named like a table, by table."""
    found: dict[str, str] = {}
    for name in names:
        stem, _, ending = name.rpartition(".")
        if ending.lower() == "csv" and stem.lower() in tables:
            found.setdefault(stem.lower(), name)
    return found
