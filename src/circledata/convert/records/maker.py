"""Makes the records of one table of the standard from the rows of one table of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from circledata.convert.mapping.headers import Header
from circledata.convert.mapping.model import FieldRule, TableRule, columns, field_rule
from circledata.convert.model import SourceRow
from circledata.convert.records.brand_step import brand_columns
from circledata.convert.records.category_step import CategoryStep, Kind, category_step
from circledata.convert.records.context import Context, Record
from circledata.convert.records.log import Entry
from circledata.convert.records.place_step import place_step
from circledata.convert.records.readers import read_outlet_name, read_text
from circledata.convert.records.steps import Cells, Step, field_step, is_reference, pausing
from circledata.sources.header import names_of
from circledata.standard.model import Field, Table
from circledata.values.person_names import looks_like_person
from circledata.values.text import clean, is_placeholder

_PLACE = ("longitude", "latitude")


class Plan(NamedTuple):
    """What a row says by itself of its record: that it is none and why, or what it is and how it is called.

    `own`: the id that the source gave it, in `column`.
    """

    reason: str = ""
    tag: str = ""
    kind: Kind | None = None
    name: str = ""
    column: str = ""
    own: str = ""


class Given(NamedTuple):
    """The id of a row's record; an earlier row made the record already where it is not `fresh` (`once`)."""

    record_id: str
    fresh: bool = True


class Maker:
    """Compiled for one table of a file and one table of the standard."""

    def __init__(self, rule: TableRule, header: Header, context: Context, used: set[str]) -> None:
        """`used`: the columns that any table takes; the columns that this one takes are added."""
        self.table: Table = context.standard.tables[rule.table]
        self.rule, self._context = rule, context
        self._key = key_field(self.table)
        rules = self._rules(header)
        fallback = {name: made.columns[0] for name, made in rules.items() if name not in rule.fields}
        self._ids = self._id_columns(header, fallback)
        self._category: CategoryStep | None = None
        if "category" in self.table.by_name and self.table.name == "outlets":
            self._category = category_step(rule, header, context, fallback.get("category"))
        self._names = header.all_of(rules[self._key.name].columns) if self._key and self._key.name in rules else ()
        self._called = rules[self._key.name].constant if self._key and self._key.name in rules else ""
        self._no_person = bool(self._names) and self._key is not None and rules[self._key.name].read == "outlet_name"
        self._own_ids: set[str] = set()
        self._is_named = self.table.name in _named_tables(context)
        self._steps = self._compile(rules, header, fallback)
        self.refers = any(
            is_reference(self.table.by_name[name], each, self.table, header) for name, each in rules.items()
        )
        """Whether a record may name records of another table, which are known when all sources were read."""
        self._once: dict[tuple[str, ...], str] = {}
        self._once_columns = header.all_of(column for name in rule.once for column in rules[name].columns)
        self._translated = [
            (field, [(language, header.all_of(columns(names))) for language, names in languages.items()])
            for field, languages in rule.raw.get("translations", {}).items()
        ]
        used.update(self._columns_taken(rules, header))
        used.update(name for _, languages in self._translated for _, names in languages for name in names)

    def _rules(self, header: Header) -> dict[str, FieldRule]:
        """Return the mapping's rules; with `titles` a column headed by a field's name or title too."""
        rules = dict(self.rule.fields)
        if self.rule.titles:
            names = names_of(self.table)
            taken = {column for rule in rules.values() for column in header.all_of((*rule.columns, *rule.join))}
            taken.update(header.all_of(self._context.mapping.personal))
            for column in header.columns:
                field = names.field_of(column)
                if field is None or column in taken:
                    continue
                if field not in rules:
                    rules[field] = field_rule(field, column)
                elif rules[field].columns:
                    rules[field] = replace(rules[field], columns=(*rules[field].columns, column))
        return {name: rules[name] for name in self.table.by_name if name in rules}

    def _id_columns(self, header: Header, fallback: Mapping[str, str]) -> tuple[str, ...]:
        columns = header.all_of(self.rule.id_columns)
        own = fallback.get(self.table.primary_key[0]) if self.table.id_letter else None
        return columns or ((own,) if own else ())

    def _compile(self, rules: Mapping[str, FieldRule], header: Header, fallback: Mapping[str, str]) -> list[Step]:
        apart = {*_PLACE} | ({"category"} if self._category else set())
        if self.table.id_letter:
            apart.add(self.table.primary_key[0])
        if brand_columns(self.rule, header, self._context) is not None and "brand" not in self.rule.fields:
            apart.add("brand")
        hours = header.all_of(rules["opening_hours"].columns) if "opening_hours" in rules else ()
        steps = []
        # What another field decides comes after it.
        for name, rule in sorted(rules.items(), key=lambda item: bool(item[1].default_with)):
            if name not in apart:
                step = field_step(self.table.by_name[name], rule, self.table, header, self._context)
                if name == "status" and hours:
                    step = pausing(step, hours, header.all_of(rule.columns), fixed=bool(rule.constant or rule.same_row))
                if step is not None:
                    steps.append(step)
        if hours and "status" in self.table.by_name and "status" not in rules:
            steps.append(pausing(None, hours, ()))
        if {*_PLACE} <= set(self.table.by_name):
            place = place_step(self.rule, header, self._context, fallback)
            if place is not None:
                steps.append(place)
        return steps

    def _columns_taken(self, rules: Mapping[str, FieldRule], header: Header) -> set[str]:
        taken = set(self._ids)
        for rule in rules.values():
            taken.update(header.all_of((*rule.columns, *rule.join, *rule.find)))
        for section, names in {
            "place": ("longitude", "latitude", "both"),
            "category": ("from", "names", "classes"),
            "brand": ("from", "learn"),
        }.items():
            for name in names:
                taken.update(header.all_of(self.rule.columns_of(section, name)))
        if self._category:
            taken.update(
                (*self._category.words, *self._category.names, *(column for _, column in self._category.codes))
            )
        return taken

    @property
    def works(self) -> bool:
        """Tell whether there is what a record needs: a column of its name, a name for all, or any column at all."""
        return bool(self._names) or bool(self._called) or (self._key is None and bool(self._steps))

    def reserve(self, rows: Sequence[SourceRow]) -> None:
        """Keep the ids that the rows bring along from being given to other records."""
        ids = self._context.options.ids
        for row in rows:
            for column in self._ids:
                text = row.cells.get(column, "").strip()
                if text and ids.fits(self.table.name, text):
                    ids.reserve(self.table.name, text)

    def plan(self, row: SourceRow) -> Plan:
        """Tell what a row will become in this table, by the row alone: other rows change nothing."""
        name = self.name_of(row.cells)
        if self._key is not None and not name:
            return Plan(reason="personal-name" if self._named_after_person(row.cells) else "no-name")
        kind = self._category.judge(row.cells) if self._category else None
        if kind is not None and kind.reason:
            return Plan(kind.reason, kind.text, kind, name)
        return Plan("", "", kind, name, *self.own_id(row.cells))

    def first(self, plan: Plan) -> Plan:
        """Return the plan of a row, which is refused when an earlier row that became a record has the same id."""
        if not self.rule.id_unique or plan.reason:
            return plan
        if plan.own and plan.own in self._own_ids:
            return plan._replace(reason="same-id")
        self._own_ids.add(plan.own)
        return plan

    def give(self, cells: Cells, plan: Plan) -> Given:
        """Give a row's record its id: its own where it is the standard's and free, else the next one."""
        key: tuple[str, ...] = ()
        if self.rule.once:
            key = tuple(clean(cells.get(column, "")) for column in self._once_columns)
            if key in self._once:
                return Given(self._once[key], fresh=False)
        given = self._new_id(plan) if self.table.id_letter else plan.name
        if self.rule.once:
            self._once[key] = given
        return Given(given)

    def _new_id(self, plan: Plan) -> str:
        name, own, ids = self.table.name, plan.own, self._context.options.ids
        kept = bool(own) and ids.fits(name, own) and ids.take(name, own)
        record_id = own if kept else ids.new(name)
        if self._is_named:
            ids.call(name, record_id, *filter(None, (own, plan.name)))
        return record_id

    def own_id(self, cells: Cells) -> tuple[str, str]:
        """Return the column of the source's own id and the id; two empty texts where the row has none."""
        for column in self._ids:
            text = cells.get(column, "").strip()
            if text and text not in self._context.missing and not is_placeholder(text):
                return column, text
        return "", ""

    def _named_after_person(self, cells: Cells) -> bool:
        return self._no_person and any(looks_like_person(cells.get(column, "")) for column in self._names)

    def name_of(self, cells: Cells) -> str:
        """Return what the row's record is called; empty when nothing is."""
        for column in self._names:
            text = read_text(cells.get(column, "")).value
            if text and text not in self._context.missing:
                text = read_outlet_name(text).value if self._no_person else text
            if text and text not in self._context.missing:
                return text
        return self._called

    def make(self, cells: Cells, plan: Plan, given: Given, entry: Entry, made: dict[str, str]) -> Record | None:
        """Make the record of a row and note its id in `made`; None when an earlier row made it."""
        if not given.fresh:
            made[self.table.name] = given.record_id
            return None
        record: Record = {}
        entry.record = given.record_id
        if self.table.id_letter:
            self._write_id(record, plan, entry, made)
        for step in self._steps:
            step(cells, record, entry, made)
        if self._category and plan.kind is not None:
            self._category.write(record, plan.kind, entry)
        if self.table.name == "circles" and "division_code" not in record:
            record["division_code"] = self._context.division_code
            entry.change("", "division_code", "", record["division_code"], "package-division")
        return record

    def translations(self, record: Record, cells: Cells) -> Iterator[Record]:
        """Yield the records of the table translations that a row brings along."""
        for field, languages in self._translated:
            for language, names in languages:
                text = next((value for name in names if (value := read_text(cells.get(name, "")).value)), "")
                if text and text != record.get(field):
                    record_id = record.get(self.table.primary_key[0], "")
                    yield {
                        "table": self.table.name,
                        "id": record_id,
                        "field": field,
                        "language": language,
                        "text": text,
                    }

    def _write_id(self, record: Record, plan: Plan, entry: Entry, made: dict[str, str]) -> None:
        own, record_id, key = plan.own, entry.record, self.table.primary_key[0]
        if own and own != record_id:
            record[self.rule.id_kept_as] = own
            if self._context.options.ids.fits(self.table.name, own):
                entry.decide("same-id-kept")
        made[self.table.name] = record[key] = record_id
        if own:
            entry.change(plan.column, key, own, record_id, "new-id")


def key_field(table: Table) -> Field | None:
    """Return the field without which a record says nothing: the first required text that is no id and no code."""
    for field in table.fields:
        if field.required and field.type == "string" and not field.codelist and not field.pattern:
            return field
    return None


def _named_tables(context: Context) -> set[str]:
    """Return the tables whose records others name, by id or by what people call them."""
    return {key.table for table in context.standard.tables.values() for key in table.foreign_keys}
