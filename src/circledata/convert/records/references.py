"""References between records that are resolved when all sources of a conversion were read: ids, or names of records."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from circledata.convert.records.ids import Ids
from circledata.convert.records.log import Entry
from circledata.values.text import clean

_LIST_SIGNS = re.compile(r"[;；,，、/|┋\n]+")


@dataclass(slots=True)
class Pending:
    """A cell that names a record of another table; `several`: it may name more than one."""

    record: dict[str, str]
    field: str
    target: str
    text: str
    column: str
    entry: Entry
    several: bool = False


@dataclass
class References:
    """All cells of a conversion that name records of other tables, in the order of the sources."""

    pending: list[Pending] = field(default_factory=list)

    def resolve(self, ids: Ids) -> None:
        """Write the ids of the records that are named; keep the text of those that this conversion does not have."""
        for item in self.pending:
            texts = _LIST_SIGNS.split(item.text) if item.several else [item.text]
            found: list[str] = []
            unknown: list[str] = []
            for text in filter(None, map(clean, texts)):
                record_id = ids.find(item.target, text)
                (unknown if record_id is None else found).append(record_id or text)
            if found:
                value = ";".join(dict.fromkeys(found))
                item.record[item.field] = value
                item.entry.change(item.column, item.field, item.text, value, "reference-by-name")
            if unknown:
                rest = ";".join(unknown)
                item.record[f"x_{item.field}_text"] = rest
                item.entry.not_read(item.column, item.field, rest, "reference-unknown")
        self.pending.clear()
