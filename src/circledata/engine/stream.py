"""The findings of a report as a stream: the reader's from memory, the rules' straight from the session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from circledata.engine.found import Found, texts_of
from circledata.engine.session import Session
from circledata.findings.model import Finding, Level
from circledata.findings.report import RuleCount, TableCount


@dataclass(frozen=True)
class FindingStream:
    """The findings of a report, in order, as often as they are asked for."""

    holder: object
    """Kept alive as long as somebody may read: it owns the session and the working folder."""
    session: Session
    listed: tuple[Finding, ...]
    found: tuple[Found, ...]
    limit: int | None
    levels: Mapping[str, Level | None]
    texts: dict[str, str] = field(default_factory=dict)

    def level(self, rule: str) -> Level | None:
        """Return the level of a rule that is in force; None when a policy has switched it off."""
        return self.levels.get(rule, self.session.standard.rules[rule].level)

    def table_counts(self) -> list[TableCount]:
        """Return how often each rule was broken in each table, the package's own findings first."""
        totals: dict[tuple[str | None, str], int] = {}
        for finding in self.listed:
            key = (finding.table, finding.rule)
            totals[key] = totals.get(key, 0) + 1
        for item in self.found:
            key = (item.loaded.table.name, item.rule.code)
            totals[key] = totals.get(key, 0) + item.count
        order = {name: place for place, name in enumerate(self.session.standard.tables)}
        return [
            TableCount(table, code, totals[table, code])
            for table, code in sorted(totals, key=lambda key: (order.get(key[0] or "", -1), key[1]))
            if self.level(code) is not None
        ]

    def counts(self) -> list[RuleCount]:
        """Return how often each rule was broken, in the order of the codes."""
        totals: dict[str, int] = {}
        for item in self.table_counts():
            totals[item.code] = totals.get(item.code, 0) + item.count
        rules = self.session.standard.rules
        return [
            RuleCount(code, rules[code].name, level, totals[code])
            for code in sorted(totals)
            if (level := self.level(code)) is not None
        ]

    def __iter__(self) -> Iterator[Finding]:
        """Yield the findings in the order file, rule, row, column."""
        by_file: dict[str | None, dict[str, list[Finding | Found]]] = {None: {}}
        for finding in self.listed:
            if finding.table is None:
                by_file.setdefault(_place(finding.file, finding.sheet), {})
        for loaded in self.session.tables.values():
            by_file.setdefault(_place(loaded.raw.file, loaded.raw.sheet), {})
        for finding in self.listed:
            by_file.setdefault(_place(finding.file, finding.sheet), {}).setdefault(finding.rule, []).append(finding)
        for item in self.found:
            raw = item.loaded.raw
            by_file[_place(raw.file, raw.sheet)].setdefault(item.rule.code, []).append(item)
        for rules in by_file.values():
            for code in sorted(rules):
                level = self.level(code)
                if level is not None:
                    yield from self._of_rule(rules[code], level)

    def _texts(self, table: str) -> str:
        """Return the relation that holds the texts of a table's findings, made when they are first asked for."""
        if table not in self.texts:
            found = [item for item in self.found if item.loaded.table.name == table and item.parts]
            self.texts[table] = texts_of(self.session, found, self.limit)
        return self.texts[table]

    def _of_rule(self, items: Sequence[Finding | Found], level: Level) -> Iterator[Finding]:
        left = self.limit
        for item in items:
            if left is not None and left <= 0:
                return
            if isinstance(item, Finding):
                yield replace(item, level=level)
                left = None if left is None else left - 1
                continue
            texts = self._texts(item.loaded.table.name) if item.parts else ""
            for finding in item.findings(self.session, level, left, texts):
                yield finding
                left = None if left is None else left - 1


def _place(file: str | None, sheet: str | None) -> str | None:
    return None if file is None else f"{file}\n{sheet or ''}"
