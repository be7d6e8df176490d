"""Describes a source file by its bytes alone, for converters that read their files themselves."""

from __future__ import annotations

import hashlib
from pathlib import Path

from circledata.convert.model import ConversionError, SourceFile
from circledata.standard.model import Text


def plain_source(path: Path) -> SourceFile:
    """Return name, size and hash of a file; ConversionError when there is none."""
    if not path.is_file():
        raise ConversionError(Text(f"找不到文件 {path}。", f"There is no file {path}."))
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return SourceFile(path.name, path.stat().st_size, digest, "", path.suffix.lower().lstrip("."))
