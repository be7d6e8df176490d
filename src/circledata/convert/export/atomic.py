"""Files and directories that are complete under their names, or not there at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from circledata.convert.model import ConversionError
from circledata.standard.model import Text


@contextmanager
def writing(to: Path, *, overwrite: bool, directory: bool = False) -> Iterator[Path]:
    """Give a path beside `to` to write to; when all went well it takes the name `to`, in one step.

    `directory`: `to` is a directory; the path is then an empty one. Whatever goes wrong, a full disk or Ctrl-C too,
    nothing new is left behind and what stood there still stands. ConversionError when `to` is taken.
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
            _swap(fresh, to, work / "old")
        else:
            fresh.replace(to)
    finally:
        shutil.rmtree(work, ignore_errors=True)


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
    import sqlite3

    import duckdb
    import xlsxwriter.exceptions

    try:
        yield
    except (duckdb.IOException, sqlite3.OperationalError) as error:
        full = "space left" in str(error).lower() or "full" in str(error).lower()
        raise OSError(errno.ENOSPC if full else errno.EIO, os.strerror(errno.ENOSPC if full else errno.EIO)) from error
    except xlsxwriter.exceptions.FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(errno.EIO, str(cause)) from error


def check_free(to: Path, *, overwrite: bool, directory: bool) -> None:
    """Raise ConversionError when writing to `to` would destroy something that it must not."""
    if not to.exists() and not to.is_symlink():
        return
    if to.is_symlink() or to.is_dir() != directory:
        what_zh, what_en = ("文件夹", "a directory") if directory else ("文件", "a file")
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
