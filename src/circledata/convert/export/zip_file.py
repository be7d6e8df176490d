"""A package as a ZIP archive, its files as they are; the same files give the same bytes."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path

from circledata.convert.export.opened import Source
from circledata.convert.export.result import Notes
from circledata.convert.model import ConversionError
from circledata.sources import Limits
from circledata.sources.archive import Archive
from circledata.sources.container import Folder, Refused
from circledata.standard.model import Text

WHEN = (1980, 1, 1, 0, 0, 0)
"""Time of every entry: the earliest that ZIP knows, so that it tells nothing of when the archive was made."""


def write_zip(source: Source, path: Path) -> None:
    """Write all files of the package, hidden ones left out, datapackage.json at the top."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in Folder(source.root, Limits().max_archive_entries).names():
            add_file(archive, source.root / name, name)


def add_file(archive: zipfile.ZipFile, file: Path, name: str) -> None:
    """Add a file, its name and content alone: neither its time nor who owns it."""
    entry = zipfile.ZipInfo(name, WHEN)
    entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
    entry.file_size = file.stat().st_size
    with file.open("rb") as stream, archive.open(entry, "w") as target:
        shutil.copyfileobj(stream, target, 1 << 20)


def read_zip(path: Path, folder: Path, notes: Notes) -> dict[str, int]:
    """Unpack a package into `folder`, within the limits of the reader; returns nothing of the tables' records."""
    with tempfile.TemporaryDirectory(prefix="circledata-", ignore_cleanup_errors=True) as work:
        try:
            with Archive(path, path.name, Path(work), Limits()) as archive:
                for name in archive.names():
                    found = archive.fetch(name)
                    if found is not None:
                        (folder / name).parent.mkdir(parents=True, exist_ok=True)
                        shutil.move(found, folder / name)
                if archive.findings:
                    notes.add("有些文件的路径不安全，没有取出。", "Files with unsafe paths were not unpacked.")
        except Refused as refused:
            raise ConversionError(
                Text(
                    f"{path.name} 不能解压，没有写入。用 circledata validate 看是什么原因。",
                    f"{path.name} cannot be unpacked; nothing was written. circledata validate says why.",
                )
            ) from refused
    return {}
