"""Files and directories that are complete under their names, or not there at all."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from circledata.convert.model import ConversionError
from circledata.convert.output.write import Content, check_target
from circledata.standard.model import Text


@contextmanager
def writing(to: Path, *, overwrite: bool, directory: bool = False) -> Iterator[Path]:
    """Give a path beside `to` to write to; when all went well it takes the name `to`, in one step.

    `directory`: `to` is a directory; the path is then an empty one. Whatever goes wrong, a full disk or Ctrl-C too,
    nothing new is left behind and what stood there still stands. ConversionError when `to` is taken, and, before a
    directory is replaced, when it holds files that would be lost (`check_target`).
    """
    to = Path(os.path.abspath(to))  # noqa: PTH100  (resolve would follow a link)
    check_free(to, overwrite=overwrite, directory=directory)
    to.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{to.name}.", dir=to.parent))
    try:
        # Inside the private directory the file gets the permissions that the user's umask gives.
        fresh = work / to.name
        if directory:
            fresh.mkdir()
        with _plain_errors():
            yield fresh
        if directory:
            check_target(to, [path.relative_to(fresh).as_posix() for path in fresh.rglob("*")], overwrite=overwrite)
            _swap(fresh, to, work / "old")
        else:
            fresh.replace(to)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_file(to: Path, content: Content, *, overwrite: bool = False) -> None:
    """Write one file in one step: complete under its name or not at all. ConversionError when it exists already."""
    with writing(to, overwrite=overwrite) as fresh, fresh.open("wb") as stream:
        if isinstance(content, bytes):
            stream.write(content)
        else:
            content(stream)


def _swap(fresh: Path, to: Path, old: Path) -> None:
    if to.exists():
        to.rename(old)
    try:
        fresh.rename(to)
    except BaseException:
        if old.exists():
            old.rename(to)
        raise


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn the libraries' own errors of writing into OSError, which the command says in one sentence."""
    try:
        yield
    except tuple(_errors_of({"duckdb": "IOException", "sqlite3": "OperationalError"})) as error:
        full = "space left" in str(error).lower() or "full" in str(error).lower()
        raise OSError(errno.ENOSPC if full else errno.EIO, os.strerror(errno.ENOSPC if full else errno.EIO)) from error
    except tuple(_errors_of({"xlsxwriter.exceptions": "FileCreateError"})) as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(errno.EIO, str(cause)) from error


def _errors_of(names: Mapping[str, str]) -> Iterator[type[Exception]]:
    """Yield the classes of errors, by module, of the modules that are loaded: no other can have raised one."""
    for module, name in names.items():
        if module in sys.modules:
            yield getattr(sys.modules[module], name)


def check_free(to: Path, *, overwrite: bool, directory: bool) -> None:
    """Raise ConversionError when writing to `to` would destroy something that it must not."""
    if not to.exists() and not to.is_symlink():
        return
    if to.is_symlink() or to.is_dir() != directory:
        what_zh, what_en = ("文件夹", "a directory") if directory else ("文件", "a file")
        what_en += " but a directory" if to.is_dir() and not directory else ""
        raise ConversionError(
            Text(
                f"{to} 已经存在，而且不是普通{what_zh}，没有写入。请换一个名字。",
                f"{to} exists and is not {what_en}; nothing was written. Choose another name.",
            )
        )
    if directory and not any(to.iterdir()):
        return
    if not overwrite:
        raise ConversionError(
            Text(
                f"{to} 已经存在，没有写入。请换一个名字，或加 --overwrite 覆盖。",
                f"{to} exists already; nothing was written. Choose another name, or add --overwrite.",
            )
        )
