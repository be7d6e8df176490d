"""Writes directories in one step: complete under their names, or not at all. Same content, same bytes."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from circledata.convert.model import ConversionError
from circledata.standard.model import Text

DESCRIPTOR = "datapackage.json"
Writer = Callable[[BinaryIO], None]
"""Writes the content of one file to a stream of bytes."""
Content = bytes | Writer


def check_target(to: Path, names: Iterable[str], *, overwrite: bool) -> None:
    """Raise ConversionError when writing files of these names to `to` would destroy anything.

    An existing directory is replaced only with `overwrite`, and only when it holds nothing but files of these names and
    files that its own descriptor lists, none of them edited since the descriptor was written (the hashes there tell).
    """
    if not to.exists() and not to.is_symlink():
        return
    if to.is_symlink() or not to.is_dir():
        raise ConversionError(
            Text(f"{to} 不是文件夹，不能写到那里。", f"{to} is not a directory; nothing can be written there.")
        )
    present = {path.relative_to(to).as_posix() for path in to.rglob("*") if not path.is_dir()}
    if not present:
        return
    if not overwrite:
        raise ConversionError(
            Text(
                f"文件夹 {to} 里已经有文件，没有写入任何内容。请换一个文件夹，或加 --overwrite 覆盖。",
                f"The directory {to} already has files; nothing was written. Name another one, or add --overwrite.",
            )
        )
    listed = _listed(to)
    _check_contents(to, sorted(present - set(names) - set(listed)), _edited(to, listed))


def _check_contents(to: Path, foreign: Sequence[str], edited: Sequence[str]) -> None:
    if foreign:
        shown = "、".join(foreign[:3])
        raise ConversionError(
            Text(
                f"文件夹 {to} 里还有别的文件（{shown}），覆盖会把它们删掉，所以没有写入。请换一个文件夹。",
                f"The directory {to} holds other files ({', '.join(foreign[:3])}) that would be lost; nothing was "
                "written. Name another one.",
            )
        )
    if edited:
        raise ConversionError(
            Text(
                f"{to} 里的 {'、'.join(edited)} 在上次转换之后有人改过，覆盖会丢掉修改，所以没有写入。请换一个文件夹。",
                f"Somebody edited {', '.join(edited)} in {to} since the last conversion; the edits would be lost, so "
                "nothing was written. Name another directory.",
            )
        )


def _listed(to: Path) -> dict[str, str]:
    """Return the files that a package's descriptor lists, each with its hash; none when there is no such descriptor."""
    try:
        resources = json.loads((to / DESCRIPTOR).read_bytes())["resources"]
        return {str(resource["path"]): str(resource["hash"]) for resource in resources}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _edited(to: Path, listed: Mapping[str, str]) -> list[str]:
    """Return the files of a package that no longer have the hash that its descriptor gives."""
    files = {path: to / path for path in listed if (to / path).is_file()}
    return [
        path
        for path, file in files.items()
        if listed[path] != f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
    ]


def write_directories(
    directories: Mapping[Path, Mapping[str, Content]], *, overwrite: bool = False, replaced: Iterable[str] = ()
) -> None:
    """Write several directories at once, each given as content by relative name: all of them or none.

    Each is written beside its place and then takes its name; when anything fails nothing is left behind, and what stood
    there before stands there still. `replaced`: names that an earlier run may have written and this one does not.
    ConversionError as `check_target`; OSError from the machine.
    """
    for to, files in directories.items():
        check_target(to, {*files, *replaced}, overwrite=overwrite)
    prepared: list[tuple[Path, Path]] = []
    swapped: list[tuple[Path, Path]] = []
    try:
        for to, files in directories.items():
            prepared.append((to, _prepare(to, files)))
        for to, work in prepared:
            swapped.append((to, work))
            if to.exists():
                to.rename(work / "old")
            (work / "new").rename(to)
    except BaseException:
        for to, work in reversed(swapped):
            if not (work / "new").exists():
                to.rename(work / "new")
            if (work / "old").exists():
                (work / "old").rename(to)
        raise
    finally:
        for _, work in prepared:
            shutil.rmtree(work, ignore_errors=True)


def _prepare(to: Path, files: Mapping[str, Content]) -> Path:
    """Write the files to `new` in a working directory beside `to`, and return that directory."""
    to.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{to.name}.", dir=to.parent))
    try:
        fresh = work / "new"
        fresh.mkdir()  # unlike mkdtemp's own directory it has the permissions that the user's umask gives
        for name, content in files.items():
            if isinstance(content, bytes):
                (fresh / name).write_bytes(content)
            else:
                with (fresh / name).open("wb") as stream:
                    content(stream)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return work
