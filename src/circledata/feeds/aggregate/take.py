"""Takes members in: opens, checks and stores a batch of them. This is what the processes beside the main one do."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from circledata.api import examine
from circledata.feeds.aggregate.model import Record
from circledata.feeds.aggregate.store import Store
from circledata.feeds.aggregate.together.load import NotTogether
from circledata.feeds.aggregate.together.run import Checked, check_together, layout
from circledata.findings.model import LEVELS
from circledata.findings.privacy import redact
from circledata.sources import Options, Package, open_package
from circledata.sources.errors import SourceError
from circledata.standard import load_standard
from circledata.standard.model import Standard

FEWEST = 2
"""Members of one layout from which on they are checked together."""


@dataclass(frozen=True)
class Given:
    """One member of a batch: its number there, its content's hash, and where it lies."""

    number: int
    content: str
    path: str


def take(given: Sequence[Given], folder: Path, as_of: date | None) -> list[Record]:
    """Check the members and store their tables below `folder`; return a record of each, whatever is wrong with it."""
    work = Path(tempfile.mkdtemp(prefix="circledata-", dir=folder))
    try:
        return _Batch(given, Store(folder), Options(as_of=as_of), work).records()
    finally:
        shutil.rmtree(work, ignore_errors=True)


class _Batch:
    def __init__(self, given: Sequence[Given], store: Store, options: Options, work: Path) -> None:
        self.given = {item.number: item for item in given}
        self.store = store
        self.options = options
        self.work = work
        self.found: dict[int, Record] = {}

    def records(self) -> list[Record]:
        groups: dict[Hashable, dict[int, Package]] = {}
        for number, item in self.given.items():
            aside = self.work / str(number)
            aside.mkdir()
            try:
                package = open_package([Path(item.path)], workdir=aside, options=self.options)
            except SourceError as error:
                self.found[number] = self._unread(number, error)
                continue
            groups.setdefault(layout(package) or ("alone", number), {})[number] = package
        for packages in groups.values():
            for number in self._together(packages):
                self.found[number] = self._alone(number)
        return [self.found[number] for number in sorted(self.found)]

    def _together(self, packages: dict[int, Package]) -> list[int]:
        """Check what can be checked together; return the members that have to be checked alone."""
        left: list[int] = []
        while len(packages) >= FEWEST and all(layout(package) for package in packages.values()):
            try:
                checked = check_together(packages, load_standard(next(iter(packages.values())).standard.version))
            except NotTogether as error:
                # Where nobody knows which file it was, the first half and the second are tried apart.
                blamed = error.members or tuple(packages)
                if not error.members and len(packages) > FEWEST:
                    half = sorted(packages)[: len(packages) // 2]
                    first = {number: packages.pop(number) for number in half}
                    return left + self._together(first) + self._together(packages)
                left += blamed
                packages = {number: package for number, package in packages.items() if number not in blamed}
                continue
            try:
                self._keep(checked, packages)
            finally:
                checked.session.close()
            return left
        return left + list(packages)

    def _keep(self, checked: Checked, packages: Mapping[int, Package]) -> None:
        group = self.store.together(checked, packages)
        for number, package in packages.items():
            totals: Counter[str] = Counter()
            for (_, code), count in checked.counts[number].items():
                totals[code] += count
            tables = {name: checked.files[name][number][1] for name in checked.files}
            self.found[number] = self._record(number, package, totals, tables, group)

    def _alone(self, number: int) -> Record:
        try:
            found = examine([self.given[number].path], self.options, max_examples=1)
        except SourceError as error:
            return self._unread(number, error)
        group = self.store.alone(number, found)
        totals = Counter({rule.code: rule.count for rule in found.report.rules})
        tables = {table.name: table.rows for table in found.report.tables}
        return self._record(number, found.package, totals, tables, group)

    def _record(
        self, number: int, package: Package, totals: Counter[str], tables: Mapping[str, int], group: int
    ) -> Record:
        standard, meta, said = package.standard, package.meta, package.descriptor or {}
        rules = [(code, standard.rules[code].level, totals[code]) for code in sorted(totals) if totals[code]]
        counts: dict[str, int] = {level: sum(count for _, own, count in rules if own == level) for level in LEVELS}
        return Record(
            content=self.given[number].content,
            number=number,
            version=meta.version,
            division_code=meta.division_code,
            as_of=meta.as_of.isoformat() if meta.as_of else None,
            coordinate_system=meta.coordinate_system,
            profile=meta.profile,
            synthetic=meta.synthetic,
            title=_text(said.get("title")),
            publisher=_publisher(said),
            licences=_licences(said),
            complete=package.complete,
            counts=counts,
            rules=rules,
            tables=dict(tables),
            group=group,
            aside=_aside(package, load_standard(standard.version)),
        )

    def _unread(self, number: int, error: SourceError) -> Record:
        problem = (redact(error.in_language("zh")), redact(error.in_language("en")))
        return Record(content=self.given[number].content, number=number, problem=problem)


def _text(value: object) -> str | None:
    return redact(value) if isinstance(value, str) else None


def _publisher(said: Mapping[str, Any]) -> str | None:
    """Return who answers for a package: the first of its contributors with that role, else the first."""
    contributors = said.get("contributors")
    people = [item for item in contributors if isinstance(item, dict)] if isinstance(contributors, list) else []
    leading = [item for item in people if "publisher" in (item.get("roles") or [item.get("role")])]
    return _text(next((item.get("title") for item in [*leading, *people] if item.get("title")), None))


def _licences(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    licences = said.get("licenses")
    kept = [item for item in licences if isinstance(item, dict)] if isinstance(licences, list) else []
    return [{key: item[key] for key in ("name", "title", "path") if isinstance(item.get(key), str)} for item in kept]


def _aside(package: Package, core: Standard) -> list[str]:
    """Return what does not go into the sum: tables that are not of the core, and columns that no core table has."""
    names: list[str] = []
    for name, raw in sorted(package.tables.items()):
        table = core.tables.get(raw.table)
        if table is None:
            names.append(name)
            continue
        columns = (column.field or column.header for column in raw.columns)
        names += [f"{name}.{column}" for column in columns if column and column not in table.by_name]
    return [redact(name) for name in names]
