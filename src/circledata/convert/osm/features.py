"""Turns features of OpenStreetMap into the table outlets, and tells what was changed, left out or left to a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from circledata.convert.model import ConversionError, Draft, LeftOut, SourceRow, SourceTable
from circledata.convert.osm.brands import Brands
from circledata.convert.osm.categories import Classifier, Verdict
from circledata.convert.osm.outlets import OutletMaker, Record
from circledata.convert.osm.rules import OsmRules
from circledata.convert.records.context import Context
from circledata.convert.records.days import day_of_data
from circledata.convert.records.log import Entry
from circledata.convert.records.readers import read_date, read_text
from circledata.standard.model import Text
from circledata.values.text import clean

_WHOLE_ID = re.compile(r"[a-z]+/|[nwr][0-9]")
"""An id that names its element; a bare number may stand once for a node and again for a way."""


@dataclass(frozen=True, slots=True)
class _Life:
    """Whether a feature exists: its status, and the tags that say what it is or was."""

    status: str
    tags: Mapping[str, str]
    prefix: str = ""


class OsmConverter:
    """Converts the rows of one source; make a new one for each."""

    def __init__(self, tables: Sequence[SourceTable], context: Context) -> None:
        """`tables`: features with their tags flat and their geometry apart. ConversionError when none has a tag."""
        self._tables, self._context = tables, context
        self._rules = OsmRules(context.mapping)
        self._classifier = Classifier(self._rules, context.standard)
        self._table = context.standard.tables["outlets"]
        self._id_column = self._rules.table.id_kept_as
        self._as_of = ""
        for table in tables:
            if not any(self._classifier.has_key({column.rpartition(":")[2]: ""}) for column in table.header):
                raise _no_tags(table.file.name, self._rules.keys)

    def reserve(self) -> None:
        """Nothing to do: features bring no ids of the standard's form along."""

    def day(self) -> date | None:
        """Return the latest day that the data names; None when it names none."""
        return day_of_data(self._context.mapping, self._tables)

    def convert(self) -> Draft:
        """Convert all rows: every row becomes one outlet or one entry of `left_out`, never both, never none."""
        self._as_of = self._context.as_of.isoformat() if self._context.as_of else ""
        draft = Draft()
        draft.tables["outlets"] = []
        brands = Brands(
            (row.cells for table in self._tables for row in table.rows),
            self._rules.brand["from"],
            self._rules.brand["same"],
        )
        maker = OutletMaker(self._rules, self._table, brands)
        seen: dict[object, None] = {}
        for table in self._tables:
            for row in table.rows:
                draft.rows_in += 1
                source_id = self.source_id(row.cells)
                reason, tag, verdict, life = self._judge(row, source_id, seen, maker)
                if reason:
                    name = clean(row.cells.get("name", ""))
                    draft.left_out.append(
                        LeftOut(row.number, source_id, reason, tag, name, table.file.name, table.sheet)
                    )
                else:
                    self._add(draft, maker, (table, row), source_id, verdict, life)
        log = self._context.log
        draft.changes, draft.decisions, draft.unread = log.changes, log.decisions, log.unread
        texts = (f"x_{field.name}_text" for field in self._table.fields)
        draft.extra_columns["outlets"] = (self._id_column, *texts)
        return draft

    def source_id(self, cells: Mapping[str, str]) -> str:
        """Return the feature's own id, `node/123`; empty when it has none."""
        number = next((cells[column] for column in self._rules.table.id_columns if column in cells), "")
        element = next((cells[column] for column in self._rules.element if column in cells), "")
        return clean(f"{element}/{number}" if element and number and "/" not in number else number)

    def _judge(
        self, row: SourceRow, source_id: str, seen: dict[object, None], maker: OutletMaker
    ) -> tuple[str, str, Verdict, _Life]:
        """Return why a row is left out (empty when it is not), the tag that decided, what it is, whether it exists."""
        nothing = Verdict()
        life = _Life(self._rules.constants["status"], row.cells)
        if row.broken:
            return "row-broken", "", nothing, life
        content = (tuple(row.cells.items()), str(row.geometry))
        if content in seen:
            return "duplicate", "", nothing, life
        seen[content] = None
        if _WHOLE_ID.match(source_id):
            if source_id in seen:
                return "same-id", "", nothing, life
            seen[source_id] = None
        if not self._classifier.has_key(row.cells):
            life = self._life(row.cells) or life
        verdict = self._classifier.classify(life.tags)
        tag = f"{life.prefix}:{verdict.tag}" if life.prefix else verdict.tag
        reason = verdict.reason
        if not reason and life.status == "gone":
            reason = "gone"
        elif not reason and life.status == "closed" and not read_date(row.cells.get("end_date", "")).value:
            reason = "closed"
        elif not reason and not maker.name_of(life.tags)[0]:
            reason = "no-name"
        return reason, tag, verdict, life

    def _life(self, cells: Mapping[str, str]) -> _Life | None:
        """Look behind prefixes such as `disused:`; None when there is none that could make a feature an outlet."""
        for prefix, status in self._rules.status_of.items():
            start = f"{prefix}:"
            bare = {key.removeprefix(start): value for key, value in cells.items() if key.startswith(start)}
            if bare and self._classifier.has_key(bare):
                return _Life(status, {**cells, **bare}, prefix)
        return None

    def _add(
        self, draft: Draft, maker: OutletMaker, place: tuple[SourceTable, SourceRow], source_id: str, verdict: Verdict,
        life: _Life,
    ) -> None:  # fmt: skip
        table, row = place
        record_id = self._context.options.ids.new("outlets")
        entry = Entry(self._context.log, row.number, record_id, table.file.name, table.sheet)
        record = {"outlet_id": record_id, **maker.make(life.tags, row.geometry, verdict, entry)}
        self._closing(record, entry, life.tags)
        if not life.prefix and record.get("closed_on"):
            life = _Life("closed", life.tags, "end_date")
        if life.status != record["status"]:
            entry.change(life.prefix, "status", record["status"], life.status, "lifecycle")
            record["status"] = life.status
        if source_id:
            record[self._id_column] = source_id
        draft.tables["outlets"].append(record)
        draft.origins[record_id] = (table.file.name, table.sheet, row.number)
        draft.rows_used += 1
        self._translate(draft, record, life.tags)

    def _closing(self, record: Record, entry: Entry, tags: Mapping[str, str]) -> None:
        """Take out a closing day that lies after the day of the data: the outlet is not closed yet."""
        if record.get("closed_on", "") > self._as_of:
            del record["closed_on"]
            record["x_closed_on_text"] = clean(tags["end_date"])
            entry.not_read("end_date", "closed_on", record["x_closed_on_text"], "not-yet")

    def _translate(self, draft: Draft, record: Record, tags: Mapping[str, str]) -> None:
        for language, columns in self._rules.translated_names.items():
            text = next((value for column in columns if (value := read_text(tags.get(column, "")).value)), "")
            if text and text != record["name"]:
                draft.tables.setdefault("translations", []).append(
                    {"table": "outlets", "id": record["outlet_id"], "field": "name", "language": language, "text": text}
                )


def _no_tags(name: str, given: Sequence[str]) -> ConversionError:
    keys = ", ".join(given[:4])
    return ConversionError(
        Text(
            f"{name} 不像 OpenStreetMap 的要素表：{keys} 等标签一个也没有。",
            f"{name} does not look like a table of OpenStreetMap features: it has none of the tags {keys} …",
        )
    )
