"""A package in a ZIP archive: limits hold while unpacking, and only what the package names is unpacked."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from circledata.findings.model import Finding
from circledata.sources.container import Refused, is_ignored
from circledata.sources.faults import fault, too_large
from circledata.sources.model import Limits

CHUNK = 1 << 20
_SMALL = 8 << 20
"""A file of this size is harmless whatever it was packed into."""
_ENTRY = 1_024
"""Bytes of the directory that one entry may take, on average."""
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, OSError, ValueError)


def open_zip(path: Path, limits: Limits, *, file: str, damaged: str = "archive-damaged") -> zipfile.ZipFile:
    """Open a ZIP after a look at the size of its directory. Refused when it is damaged or has too many entries."""
    size = path.stat().st_size
    if size > limits.max_file_bytes:
        raise Refused(too_large(file, limits.max_file_bytes, size))
    try:
        # The directory is read into memory as a whole, so its size is looked at first.
        with path.open("rb") as stream:
            record = zipfile._EndRecData(stream)  # type: ignore[attr-defined]
        if record and record[5] > limits.max_archive_entries * _ENTRY:
            raise Refused(over_limit(file, "entries", limits.max_archive_entries, int(record[4])))
        opened = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise Refused(fault(damaged, file=file, reason=type(error).__name__)) from None
    if len(opened.infolist()) > limits.max_archive_entries:
        raise Refused(over_limit(file, "entries", limits.max_archive_entries, len(opened.infolist())))
    return opened


_WHAT = {
    "entries": ("文件数", "number of files"),
    "bytes": ("解压后的字节数", "unpacked size in bytes"),
    "ratio": ("压缩倍数", "compression ratio"),
    "cells": ("单元格数", "number of cells"),
}


def over_limit(file: str, what: str, limit: int, actual: int) -> Finding:
    """Make the finding that an archive or workbook is larger than the reader takes."""
    zh, en = _WHAT[what]
    return fault("archive-over-limit", file=file, limit=limit, actual=actual, what=what, what_zh=zh, what_en=en)


class Unpacking:
    """Reads entries chunk by chunk and adds up what really comes out, whatever the headers claim."""

    def __init__(self, archive: zipfile.ZipFile, packed: int, limits: Limits, file: str) -> None:
        self._archive = archive
        self._packed = max(1, packed)
        self._limits = limits
        self._file = file
        self._total = 0

    def chunks(self, info: zipfile.ZipInfo, damaged: str = "archive-damaged") -> Iterator[bytes]:
        """Yield an entry's bytes. Refused when it is encrypted, damaged or more than the limits allow."""
        if info.flag_bits & 1:
            raise Refused(fault("archive-encrypted", file=self._file, value=info.filename, path=info.filename))
        size = 0
        try:
            with self._archive.open(info) as stream:
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    self._total += len(chunk)
                    self._judge(size, info)
                    yield chunk
        except DAMAGE as error:
            raise Refused(
                fault(damaged, file=self._file, value=info.filename, path=info.filename, reason=type(error).__name__)
            ) from None

    def _judge(self, size: int, info: zipfile.ZipInfo) -> None:
        if self._total > self._limits.max_archive_bytes:
            raise Refused(over_limit(self._file, "bytes", self._limits.max_archive_bytes, self._total))
        # An entry cannot be packed into more bytes than the archive has, whatever its header says.
        entry = max(1, min(info.compress_size, self._packed))
        ratio = max(size // entry if size > _SMALL else 0, self._total // self._packed if self._total > _SMALL else 0)
        if ratio > self._limits.max_archive_ratio:
            raise Refused(over_limit(self._file, "ratio", self._limits.max_archive_ratio, ratio))


class Archive:
    """A package in a ZIP archive; `findings` tells which of its entries are unsafe."""

    def __init__(self, path: Path, file: str, workdir: Path, limits: Limits) -> None:
        self._zip = open_zip(path, limits, file=file)
        self._unpacking = Unpacking(self._zip, path.stat().st_size, limits, file)
        self._file = file
        self._workdir = workdir
        self.findings: list[Finding] = []
        self._entries = dict(self._safe())
        self._base = self._enclosing()
        self._fetched: dict[str, Path] = {}

    def __enter__(self) -> Archive:
        """Return the archive itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._zip.close()

    def _safe(self) -> Iterator[tuple[str, zipfile.ZipInfo]]:
        for info in self._zip.infolist():
            name = _name(info)
            parts = name.split("/")
            unsafe = name.startswith("/") or "\\" in name or ".." in parts or name[1:2] == ":"
            if unsafe:
                self.findings.append(fault("path-unsafe", file=self._file, value=name, path=name))
            elif stat.S_ISLNK(info.external_attr >> 16):
                self.findings.append(fault("link-leaves-package", file=self._file, value=name, path=name))
            elif not info.is_dir() and not name.endswith("/") and not is_ignored(name):
                yield name, info

    def _enclosing(self) -> str:
        """Return the one folder that encloses the package, with its slash; empty when the package is at the top."""
        if "datapackage.json" in self._entries:
            return ""
        bases = {name.split("/")[0] for name in self._entries if "/" in name}
        if len(bases) == 1 and all("/" in name for name in self._entries):
            return f"{bases.pop()}/"
        holders = [name for name in self._entries if name.count("/") == 1 and name.endswith("/datapackage.json")]
        return f"{holders[0].split('/')[0]}/" if len(holders) == 1 else ""

    def entries(self) -> dict[str, str | None]:
        """Return the path inside the package of each safe entry by its name; None for what lies beside the package."""
        base = self._base
        return {name: name.removeprefix(base) if name.startswith(base) else None for name in self._entries}

    def copy(self, name: str, stream: IO[bytes]) -> None:
        """Write the bytes of the entry of this name to a stream. Refused as `Unpacking` says."""
        for chunk in self._unpacking.chunks(self._entries[name]):
            stream.write(chunk)

    def info(self, name: str) -> zipfile.ZipInfo:
        """Return what the archive says of the entry of this name."""
        return self._entries[name]

    def names(self) -> list[str]:
        """Return the paths of the files inside the package's folder."""
        return sorted(name.removeprefix(self._base) for name in self._entries if name.startswith(self._base))

    def fetch(self, name: str) -> Path | None:
        """Unpack one file into the work folder and return it; None when there is none. Refused as `Unpacking` says."""
        info = self._entries.get(self._base + name)
        if info is None:
            return None
        if name not in self._fetched:
            # Never the name that the archive gives: it could be anything.
            target = self._workdir / f"unpacked-{len(self._fetched)}{Path(name).suffix[:8]}"
            with target.open("wb") as stream:
                for chunk in self._unpacking.chunks(info):
                    stream.write(chunk)
            self._fetched[name] = target
        return self._fetched[name]


def _name(info: zipfile.ZipInfo) -> str:
    """Return an entry's name; without the UTF-8 flag it is UTF-8 all the same, or GB18030, as Windows in China has."""
    if info.flag_bits & 0x800 or info.orig_filename.isascii():
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", "replace")
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return info.orig_filename
