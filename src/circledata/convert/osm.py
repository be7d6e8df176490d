"""Turns features of OpenStreetMap into the table outlets, and tells what was changed, left out or left to a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from circledata.convert.brands import Brands
from circledata.convert.categories import Classifier, Verdict
from circledata.convert.log import Entry, Log
from circledata.convert.mapping import Mapping as SourceMapping
from circledata.convert.model import LeftOut, SourceRow
from circledata.convert.outlets import OutletMaker, Record
from circledata.convert.readers import read_date, read_text
from circledata.standard import Standard
from circledata.values.text import clean

ID_COLUMN = "x_osm_id"
_SERIAL_DIGITS = 6
_WHOLE_ID = re.compile(r"[a-z]+/|[nwr][0-9]")
"""An id that names its element; a bare number may stand once for a node and again for a way."""


@dataclass
class Outcome:
    """The records by table, in the order of the source, and what happened to every other row."""

    outlets: list[Record] = field(default_factory=list)
    translations: list[Record] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    log: Log = field(default_factory=Log)


@dataclass(frozen=True, slots=True)
class _Life:
    """Whether a feature exists: its status, and the tags that say what it is or was."""

    status: str
    tags: Mapping[str, str]
    prefix: str = ""


class OsmConverter:
    """Converts the rows of one source; make a new one for each."""

    def __init__(self, mapping: SourceMapping, standard: Standard, division_code: str, as_of: date) -> None:
        self._mapping = mapping
        self._as_of = as_of.isoformat()
        self._classifier = Classifier(mapping, standard)
        self._table = standard.tables[mapping.table]
        self._prefix = f"{division_code}-{self._table.id_letter}"
        self._status_of = {
            prefix: status for status, prefixes in mapping.raw["lifecycle"].items() for prefix in prefixes
        }

    def has_tags(self, columns: Iterable[str]) -> bool:
        """Tell whether any of these columns could make a feature an outlet, now or by its lifecycle."""
        return any(self._classifier.has_key({column.rpartition(":")[2]: ""}) for column in columns)

    def convert(self, rows: Sequence[SourceRow]) -> Outcome:
        """Convert all rows: every row becomes one outlet or one entry of `left_out`, never both, never none."""
        outcome = Outcome()
        brand_rules = self._mapping.raw["brand"]
        brands = Brands((row.cells for row in rows), brand_rules["from"], brand_rules["same"])
        maker = OutletMaker(self._mapping, self._table, brands)
        seen: dict[object, None] = {}
        for row in rows:
            source_id = self.source_id(row.cells)
            reason, tag, verdict, life = self._judge(row, source_id, seen, maker)
            if reason:
                name = clean(row.cells.get("name", ""))
                outcome.left_out.append(LeftOut(row.number, source_id, reason, tag, name))
            else:
                self._add(outcome, maker, row, source_id, verdict, life)
        return outcome

    def source_id(self, cells: Mapping[str, str]) -> str:
        """Return the feature's own id, `node/123`; empty when it has none."""
        number = next((cells[column] for column in self._mapping.columns["id"] if column in cells), "")
        element = next((cells[column] for column in self._mapping.columns["element"] if column in cells), "")
        return clean(f"{element}/{number}" if element and number and "/" not in number else number)

    def _judge(
        self, row: SourceRow, source_id: str, seen: dict[object, None], maker: OutletMaker
    ) -> tuple[str, str, Verdict, _Life]:
        """Return why a row is left out (empty when it is not), the tag that decided, what it is, whether it exists."""
        nothing = Verdict()
        life = _Life(self._mapping.constants["status"], row.cells)
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
        for prefix, status in self._status_of.items():
            start = f"{prefix}:"
            bare = {key.removeprefix(start): value for key, value in cells.items() if key.startswith(start)}
            if bare and self._classifier.has_key(bare):
                return _Life(status, {**cells, **bare}, prefix)
        return None

    def _add(
        self, outcome: Outcome, maker: OutletMaker, row: SourceRow, source_id: str, verdict: Verdict, life: _Life
    ) -> None:
        serial = len(outcome.outlets) + 1
        record_id = f"{self._prefix}{serial:0{_SERIAL_DIGITS}d}"
        entry = Entry(outcome.log, row.number, record_id)
        record = {"outlet_id": record_id, **maker.make(life.tags, row.geometry, verdict, entry)}
        self._closing(record, entry, life.tags)
        if not life.prefix and record.get("closed_on"):
            life = _Life("closed", life.tags, "end_date")
        if life.status != record["status"]:
            entry.change(life.prefix, "status", record["status"], life.status, "lifecycle")
            record["status"] = life.status
        if source_id:
            record[ID_COLUMN] = source_id
        outcome.outlets.append(record)
        self._translate(outcome, record, life.tags)

    def _closing(self, record: Record, entry: Entry, tags: Mapping[str, str]) -> None:
        """Take out a closing day that lies after the day of the data: the outlet is not closed yet."""
        if record.get("closed_on", "") > self._as_of:
            del record["closed_on"]
            record["x_closed_on_text"] = clean(tags["end_date"])
            entry.not_read("end_date", "closed_on", record["x_closed_on_text"], "not-yet")

    def _translate(self, outcome: Outcome, record: Record, tags: Mapping[str, str]) -> None:
        for language, column in self._mapping.raw.get("names_in_other_languages", {}).items():
            text = read_text(tags.get(column, "")).value
            if text and text != record["name"]:
                outcome.translations.append(
                    {
                        "table": self._mapping.table,
                        "id": record["outlet_id"],
                        "field": "name",
                        "language": language,
                        "text": text,
                    }
                )
