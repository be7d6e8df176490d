"""The notebook of a conversion: every changed cell, every value that could not be read, everything left to a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from circledata.convert.model import Change


@dataclass
class Log:
    """What was changed, not read and not decided so far."""

    changes: list[Change] = field(default_factory=list)
    decisions: Counter[str] = field(default_factory=Counter)
    unread: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, other: Log) -> None:
        """Note all that another notebook holds, after what is here."""
        self.changes += other.changes
        self.decisions.update(other.decisions)
        self.unread.update(other.unread)

    def clear(self) -> None:
        """Begin anew with empty pages."""
        self.changes, self.decisions, self.unread = [], Counter(), Counter()


@dataclass(slots=True)
class Entry:
    """The notebook opened at one record: its source row, its id, and the file and sheet that hold the row."""

    log: Log
    row: int
    record: str
    file: str = ""
    sheet: str = ""

    def change(self, column: str, field: str, old: str, new: str, rule: str) -> None:
        """Note that `field` holds `new`, made from `old` of `column` by `rule`; nothing when both are the same text."""
        if old != new:
            self.log.changes.append(Change(self.row, column, self.record, field, old, new, rule, self.file, self.sheet))

    def not_read(self, column: str, field: str, text: str, rule: str = "unreadable") -> None:
        """Note a text that was not understood or does not suffice (`rule` says which), so `field` does not hold it."""
        self.log.changes.append(Change(self.row, column, self.record, field, text, "", rule, self.file, self.sheet))
        self.log.unread[field, text] += 1
        self.log.decisions[rule] += 1

    def ask(self, column: str, text: str, code: str) -> None:
        """Count a cell about which a person has to decide, and note it; nothing of the record was changed."""
        self.log.changes.append(Change(self.row, column, self.record, "", text, "", code, self.file, self.sheet))
        self.log.decisions[code] += 1

    def decide(self, code: str) -> None:
        """Count one thing that a person has to decide."""
        self.log.decisions[code] += 1
