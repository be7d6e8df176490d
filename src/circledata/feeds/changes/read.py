"""Reads a changes file, line by line, and says plainly where it is damaged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from circledata.feeds.changes.model import VERSION, ChangesError
from circledata.sources.errors import UsageError, tool_error

Line = Mapping[str, Any]
_TYPES = {"record", "table", "order", "boundary", "descriptor", "file"}


@dataclass
class ChangesFile:
    """A changes file that was read: its head, its lines of records on disk by table, all others in memory."""

    head: Line
    records: dict[str, Path] = field(default_factory=dict)
    runs: dict[str, Path] = field(default_factory=dict)
    """The order of a table's records: a CSV file of `turn`, `first` and `count`."""
    places: dict[str, int] = field(default_factory=dict)
    """How many records of a table have a place in that order so far, and one more."""
    lines: list[Line] = field(default_factory=list)
    longest: int = 0
    """Bytes of the longest line of a record."""


def read_changes(path: Path, work: Path) -> ChangesFile:
    """Read a changes file; its records go to `work`. ChangesError when it is damaged or no changes file at all."""
    try:
        with path.open("rb") as stream:
            return _read(stream, path, work)
    except FileNotFoundError:
        raise UsageError("path-missing", path=path) from None
    except IsADirectoryError:
        raise damaged(path, "它是文件夹", "it is a folder") from None
    except OSError as error:
        raise tool_error(error, path) from error


def _read(stream: IO[bytes], path: Path, work: Path) -> ChangesFile:
    head = _head(stream.readline(), path)
    found = ChangesFile(head)
    digest, count = hashlib.sha256(), 0
    with ExitStack() as open_files:
        targets: dict[Path, IO[str]] = {}
        for count, raw in enumerate(stream, start=1):
            text = raw.rstrip(b"\r\n")
            digest.update(text + b"\n")
            line = _line(text, path, count + 1, complete=raw.endswith(b"\n"))
            _sort(found, line, text, work, targets, open_files)
    if count != head["lines"]:
        raise (
            damaged(path, f"应有 {head['lines']} 行变化，只有 {count} 行", f"it has {count} of {head['lines']} changes")
            if count < head["lines"]
            else damaged(
                path,
                f"应有 {head['lines']} 行变化，却有 {count} 行",
                f"it should have {head['lines']} changes, not {count}",
            )
        )
    if digest.hexdigest() != head["lines_sha256"]:
        raise damaged(path, "内容在生成之后有人改过", "somebody edited it after it was made")
    return found


def _head(raw: bytes, path: Path) -> Line:
    head = _object(raw)
    if head is None or head.get("type") != "changes":
        raise ChangesError(
            f"{path} 不是变化文件：第 1 行应当写明它从哪个数据包到哪个数据包。",
            f"{path} is no changes file: its first line must say which packages it leads from and to.",
        )
    if head.get("version") != VERSION:
        raise ChangesError(
            f"{path} 的版本是 {head.get('version')}，本程序只认 {VERSION}。",
            f"{path} is of version {head.get('version')}; this program knows {VERSION}.",
        )
    sides = [head.get("to"), *([] if head.get("from") is None else [head.get("from")])]
    sound = all(
        isinstance(side, dict) and isinstance(side.get("tables"), dict) and isinstance(side.get("files"), dict)
        for side in sides
    )
    if not sound or not isinstance(head.get("lines"), int) or not isinstance(head.get("lines_sha256"), str):
        raise damaged(path, "第 1 行不完整", "its first line is not complete")
    return head


def _line(text: bytes, path: Path, number: int, *, complete: bool) -> Line:
    line = _object(text)
    if line is None and not complete:
        raise damaged(path, f"在第 {number} 行中间断了", f"it breaks off in the middle of line {number}")
    if line is None or line.get("type") not in _TYPES:
        raise damaged(path, f"第 {number} 行不是变化", f"line {number} is no change")
    return line


def _object(raw: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(raw.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _sort(
    found: ChangesFile, line: Line, text: bytes, work: Path, targets: dict[Path, IO[str]], open_files: ExitStack
) -> None:
    kind = line["type"]
    if kind not in {"record", "order"}:
        found.lines.append(line)
        return
    home = found.records if kind == "record" else found.runs
    table = str(line.get("table"))
    # The name of the file is never one that the changes file gives.
    path = home.setdefault(table, work / f"{kind}-{len(home)}.{'jsonl' if kind == 'record' else 'csv'}")
    if path not in targets:
        targets[path] = open_files.enter_context(path.open("w", encoding="utf-8", newline=""))
    if kind == "record":
        found.longest = max(found.longest, len(text))
        targets[path].write(text.decode("utf-8", "replace") + "\n")
        return
    start = found.places.get(table, 1)
    for first, count in _runs(line):
        targets[path].write(f"{start},{first},{count}\n")
        start += count
    found.places[table] = start


def _runs(line: Line) -> Iterator[tuple[int, int]]:
    runs = line.get("runs")
    for run in runs if isinstance(runs, list) else []:
        if isinstance(run, list) and len(run) == 2 and all(isinstance(item, int) for item in run):
            yield run[0], run[1]


def damaged(path: object, zh: str, en: str) -> ChangesError:
    """Return the error that says that a changes file is damaged, and how."""
    return ChangesError(
        f"{path} 不完整或者被改动过（{zh}），没有写入。请重新取得这个文件。",
        f"{path} is damaged ({en}); nothing was written. Get the file anew.",
    )
