"""Runs frictionless on a package as it lies on disk: nothing is fetched, and nothing of a row is kept."""

from __future__ import annotations

import csv
import json
import shutil
import sys
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from circledata.sources.archive import Archive
from circledata.sources.container import Container, Folder, Refused, path_fault
from circledata.sources.model import Limits

DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Place:
    """Where frictionless saw an error, and of what type; `columns` is empty for a whole row."""

    table: str
    file: str
    row: int | None
    columns: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Verdict:
    """What frictionless says of a package; `skipped` names the paths that it was not given."""

    valid: bool
    places: tuple[Place, ...]
    skipped: tuple[str, ...]


def run(given: Path, workdir: Path) -> Verdict | None:
    """Let frictionless validate the package in `given`; None when it has no descriptor that can be read.

    The descriptor is a copy: what points out of the package or to the network is taken out of it first.
    """
    container, base = _container(given, workdir)
    descriptor = _descriptor(container)
    if descriptor is None:
        return None
    skipped = [path for path in _trim(descriptor, container) if path]
    if base is None:
        base = workdir / "copy"
        for name in _paths(descriptor):
            found = container.fetch(name)
            target = base / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if found:
                shutil.copyfile(found, target)
    if not descriptor["resources"]:
        return Verdict(False, (), tuple(skipped))
    return _verdict(descriptor, base, skipped)


def _container(given: Path, workdir: Path) -> tuple[Container, Path | None]:
    limits = Limits()
    if given.suffix.lower() == ".zip":
        return Archive(given, given.name, workdir, limits), None
    folder = given if given.is_dir() else given.parent
    return Folder(folder, limits.max_archive_entries), folder.resolve()


def _descriptor(container: Container) -> dict[str, Any] | None:
    try:
        path = container.fetch(DESCRIPTOR)
        content = json.loads(path.read_text(encoding="utf-8-sig")) if path else None
    except (Refused, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or not isinstance(content.get("resources"), list):
        return None
    return content


def _local(path: object, container: Container) -> bool:
    """Tell whether a path names a file of the package."""
    if not isinstance(path, str) or path_fault(path):
        return False
    try:
        return container.fetch(path) is not None
    except Refused:
        return False


def _trim(descriptor: dict[str, Any], container: Container) -> Iterator[str]:
    """Take out of the descriptor whatever frictionless could fetch; yield the paths of resources taken out."""
    for key in ("$schema", "profile"):
        descriptor.pop(key, None)
    kept = []
    for resource in descriptor["resources"]:
        if not isinstance(resource, dict) or not _local(resource.get("path"), container):
            yield str(resource.get("path")) if isinstance(resource, dict) else ""
            continue
        for key in ("schema", "dialect"):
            if isinstance(resource.get(key), str) and not _local(resource[key], container):
                del resource[key]
        for key in ("$schema", "profile", "sources", "extrapaths"):
            resource.pop(key, None)
        kept.append(resource)
    descriptor["resources"] = kept


def _paths(descriptor: Mapping[str, Any]) -> Iterator[str]:
    for resource in descriptor["resources"]:
        yield from (resource[key] for key in ("path", "schema", "dialect") if isinstance(resource.get(key), str))


def _verdict(descriptor: dict[str, Any], base: Path, skipped: list[str]) -> Verdict:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import FrictionlessException, Package

        try:
            report = Package.from_descriptor(descriptor, basepath=str(base)).validate(limit_errors=sys.maxsize)
        except FrictionlessException as error:
            return Verdict(False, (Place("", DESCRIPTOR, None, (), error.error.type),), tuple(skipped))
    places = [Place("", DESCRIPTOR, None, (), error.type) for error in report.errors]
    for task in report.tasks:
        path = next(
            (str(item["path"]) for item in descriptor["resources"] if item.get("name") == task.name), task.place
        )
        places += _places(task, path, base)
    return Verdict(bool(report.valid), tuple(places), tuple(skipped))


def _places(task: Any, path: str, base: Path) -> Iterator[Place]:
    """Yield the places of one file; frictionless counts records, so their physical lines are looked up."""
    wanted = {error.row_number for error in task.errors if getattr(error, "row_number", None)}
    lines = _lines(base / path, task, wanted) if wanted else {}
    for error in task.errors:
        row = getattr(error, "row_number", None)
        name = getattr(error, "field_name", None)
        columns = tuple(getattr(error, "field_names", None) or ([name] if name else []))
        yield Place(task.name, path, lines.get(row, row) if row else None, columns, error.type)


def _lines(path: Path, task: Any, wanted: set[int]) -> dict[int, int]:
    """Return record number → physical line for the records in `wanted`, as Python's csv counts both."""
    lines: dict[int, int] = {}
    before = 0
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
            reader = csv.reader(stream)
            for number, _ in enumerate(reader, start=1):
                if number in wanted:
                    lines[number] = before + 1
                before = reader.line_num
    except (OSError, csv.Error):
        pass
    return lines
