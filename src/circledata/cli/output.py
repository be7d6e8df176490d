"""Opens what a report is written to: the terminal, a pipe, or a file that appears only when it is whole."""

from __future__ import annotations

import io
import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, TextIO

from circledata.cli.help import Wrong
from circledata.cli.words import Words

STDOUT = "-"


def check_target(target: str | None, inputs: Sequence[Path], words: Words) -> None:
    """Raise Wrong, before any work is done, when `target` cannot be written or is part of what is checked."""
    if target is None or target == STDOUT:
        return
    path = Path(target)
    if path.is_dir():
        raise Wrong(words("output-is-folder", path=target))
    if not path.absolute().parent.is_dir():
        raise Wrong(words("output-no-folder", path=target, folder=path.absolute().parent))
    if path.exists() and any(_is_input(path, given) for given in inputs):
        raise Wrong(words("output-is-input", path=target))


def check_book(format: str, target: str | None, inputs: Sequence[str], words: Words) -> None:
    """Raise Wrong, before any work is done, when a marked workbook has no file to go to or one of another kind."""
    if format != "workbook":
        return
    if target is None or (target == STDOUT and sys.stdout.isatty()):
        raise Wrong(words("workbook-needs-output"))
    ending = Path(inputs[0]).suffix.lower() if inputs else ""
    wanted = ending if ending in {".xlsm", ".xltx", ".xltm"} else ".xlsx"
    # Excel refuses a file with macros that is called .xlsx, and one without them that is called .xlsm.
    if target != STDOUT and Path(target).suffix.lower() != wanted:
        raise Wrong(words("workbook-ending", path=target, ending=wanted))


def _is_input(path: Path, given: Path) -> bool:
    if not given.exists():
        return False
    if path.samefile(given):
        return True
    folder = given if given.is_dir() else given.parent if given.name == "datapackage.json" else None
    return folder is not None and any(path.samefile(item) for item in _files_of(folder) if item.exists())


def _files_of(folder: Path) -> Iterator[Path]:
    """Yield the files of a package: those that its descriptor names, and all whose kind could be data."""
    import json

    yield folder / "datapackage.json"
    for pattern in ("*.csv", "*.geojson"):
        # A report of ours may stand beside the data and be replaced by the next one; it begins with our column titles.
        yield from (path for path in folder.glob(pattern) if not _is_our_report(path))
    with suppress(OSError, ValueError, AttributeError, TypeError, RecursionError):
        descriptor = json.loads((folder / "datapackage.json").read_bytes())
        yield from (folder / str(resource["path"]) for resource in descriptor["resources"])


def _is_our_report(path: Path) -> bool:
    from circledata.reports.words import WORDS

    with suppress(OSError), path.open("rb") as stream:
        first = stream.readline(200).decode("utf-8-sig", "replace")
        level, code = WORDS["csv-level"], WORDS["csv-code"]
        return first.startswith((f"{level.zh},{code.zh},", f"{level.en},{code.en},"))
    return False


@contextmanager
def opened(target: str | None, *, plain: bool) -> Iterator[TextIO]:
    """Give a text stream to write to. `plain`: text for people, in the terminal's own encoding where it goes there."""
    if target is None or target == STDOUT:
        with _standard_output(plain) as stream:
            yield stream
        return
    with _file(Path(target), "x", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        yield stream  # type: ignore[misc]


@contextmanager
def opened_binary(target: str | None) -> Iterator[BinaryIO]:
    """Give a stream of bytes to write to: a file that appears only when it is whole, or the standard output."""
    if target is None or target == STDOUT:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with _file(Path(target), "xb") as stream:
        yield stream  # type: ignore[misc]


@contextmanager
def _file(path: Path, mode: str, **how: str) -> Iterator[IO[str] | IO[bytes]]:
    if path.exists() and not path.is_file():
        with path.open(mode.replace("x", "w"), **how) as stream:  # type: ignore[call-overload]
            yield stream
        return
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with unfinished.open(mode, **how) as stream:  # type: ignore[call-overload]
            yield stream
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _standard_output(plain: bool) -> Iterator[TextIO]:
    buffer = getattr(sys.stdout, "buffer", None)
    if plain or buffer is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    sys.stdout.flush()
    stream = io.TextIOWrapper(buffer, encoding="utf-8", errors="backslashreplace", newline="")
    try:
        yield stream
        stream.flush()
    finally:
        with suppress(OSError, ValueError):
            stream.detach()
