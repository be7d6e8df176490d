"""Puts a finished folder in the place of another in one step, so that a reader never sees half of it."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from circledata.feeds.aggregate.state import sync

_HERE, _EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux."""
OLD = "replaced"


def put(fresh: Path, to: Path, aside: Path) -> None:
    """Let `fresh` take the name `to`. What stood there is deleted; `aside` is a folder on the same disk.

    Linux exchanges the two names in one step. Elsewhere the old folder steps aside first; if the machine stops between
    the two steps, `restore` puts it back.
    """
    _sync(fresh)
    if not to.exists():
        fresh.rename(to)
    elif _exchange(fresh, to):
        shutil.rmtree(fresh, ignore_errors=True)
    else:
        old = aside / OLD
        shutil.rmtree(old, ignore_errors=True)
        to.rename(old)
        try:
            fresh.rename(to)
        except BaseException:
            old.rename(to)
            raise
        shutil.rmtree(old, ignore_errors=True)
    sync(to.parent)


def restore(to: Path, aside: Path) -> None:
    """Put back what stepped aside in a run that was stopped just then."""
    old = aside / OLD
    if old.is_dir() and not to.exists():
        old.rename(to)
    shutil.rmtree(old, ignore_errors=True)


def _sync(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
    sync(folder)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step where the system can; tell whether it did."""
    if not sys.platform.startswith("linux"):
        return False
    with suppress(OSError, AttributeError):
        call = ctypes.CDLL(None, use_errno=True).renameat2
        return bool(call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
    return False
