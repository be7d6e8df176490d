"""The hash of what a member is made of: names and bytes of its files, so that a changed one is known at once."""

from __future__ import annotations

import hashlib
from pathlib import Path

from circledata.sources.scan import CHUNK

MOST_FILES = 10_000
"""Files of a folder that are looked at: as many as the reader itself takes from an archive."""


def content_of(path: Path) -> str:
    """Return the hash of a file, or of all files of a folder with their names. OSError when one cannot be read."""
    if path.name == "datapackage.json":
        path = path.parent
    if path.is_file():
        return _file(path)
    whole = hashlib.sha256()
    names = sorted(item.relative_to(path).as_posix() for item in path.rglob("*") if item.is_file())
    for name in names[:MOST_FILES]:
        whole.update(f"{name}\0{_file(path / name)}\n".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def _file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
