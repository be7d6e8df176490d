"""Steps that fill one field of a record each, compiled from a mapping's rules for the columns of one file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from circledata.convert.mapping.headers import Header, unit_of
from circledata.convert.mapping.model import FieldRule
from circledata.convert.records.context import Context, Record
from circledata.convert.records.field_readers import field_reader, reader_name
from circledata.convert.records.log import Entry
from circledata.convert.records.readers import PAUSED, Reader, Reading, says_paused
from circledata.convert.records.references import Pending
from circledata.findings.privacy import HIDDEN
from circledata.standard.model import Field, Table
from circledata.values.text import clean, is_placeholder

Cells = Mapping[str, str]
Step = Callable[[Cells, Record, Entry, Mapping[str, str]], None]
"""Fills a field of the record from the cells of a row; the last argument: ids of the row's records by table."""


def put(record: Record, field: str, column: str, text: str, reading: Reading, entry: Entry, rule: str) -> None:
    """Write what was read into the record, keep what was not, and note both."""
    value = reading.value
    if value:
        record[field] = value
        if value != text:
            entry.change(column, field, text, value, reading.rule or rule)
    elif not reading.unread and not reading.secret:
        entry.change(column, field, text, "", reading.rule or "missing")
    if reading.secret:
        entry.not_read(column, field, HIDDEN, "maybe-personal")
    elif reading.unread:
        record[f"x_{field}_text"] = reading.unread
        why = "unreadable" if value or reading.rule == PAUSED else reading.rule or "unreadable"
        entry.not_read(column, field, reading.unread, why)


def field_step(field: Field, rule: FieldRule, table: Table, header: Header, context: Context) -> Step | None:
    """Return the step that fills `field`; None when the file has none of the columns and there is no other way."""
    if rule.same_row:
        return _same_row(field.name, rule.same_row)
    if rule.constant:
        return _constant(field.name, rule.constant)
    step: Step | None = None
    target = _target(field, table)
    if target:
        columns = header.all_of(rule.columns)
        step = _reference(field, target, columns, context) if columns else None
    elif rule.join:
        columns = header.all_of(rule.join)
        step = _joined(field, rule, columns, _reader_of(field, rule, columns[0], context)) if columns else None
    elif rule.columns:
        readers = [(column, _reader_of(field, rule, column, context)) for column in header.all_of(rule.columns)]
        step = _first_filled(field, rule, readers) if readers else None
    if rule.find and header.all_of(rule.find):
        step = _then(step, _found(field.name, header.all_of(rule.find), context))
    if rule.default:
        step = _then(step, _default(table.name, field, rule))
    return step


def _target(field: Field, table: Table) -> str:
    """Return the table whose records a field names; empty when it names none."""
    if field.name == "other_circles":
        return "circles"
    return next((key.table for key in table.foreign_keys if key.fields == (field.name,)), "")


def is_reference(field: Field, rule: FieldRule, table: Table, header: Header) -> bool:
    """Tell whether a field is taken from columns that name records of another table."""
    return bool(_target(field, table) and header.all_of(rule.columns))


def _reader_of(field: Field, rule: FieldRule, column: str, context: Context) -> Reader:
    unit = rule.unit or unit_of(column)
    wants_divisions = reader_name(field, rule) == "division"
    return field_reader(
        field,
        rule,
        context.standard,
        unit=unit,
        missing=context.missing,
        divisions=context.divisions if wants_divisions else None,
    )


def _change_rule(field: Field, rule: FieldRule) -> str:
    name = reader_name(field, rule)
    return "tidied" if name in {"text", "address"} else f"read-as-{name.replace('_', '-')}"


def _first_filled(field: Field, rule: FieldRule, readers: Sequence[tuple[str, Reader]]) -> Step:
    name, change_rule = field.name, _change_rule(field, rule)
    take = _part(rule) if rule.part else _parts(rule) if rule.split and field.list and not field.codelist else None

    def step(cells: Cells, record: Record, entry: Entry, made: Mapping[str, str]) -> None:
        for column, read in readers:
            text = cells.get(column)
            if not text:
                continue
            wanted = take(text) if take else text
            reading = read(wanted)
            put(record, name, column, text, reading, entry, change_rule)
            if reading.value or (reading.unread and not reading.secret):
                return

    return step


def _part(rule: FieldRule) -> Callable[[str], str]:
    signs = re.compile("|".join(map(re.escape, rule.split or (",", "，"))))
    place = rule.part - 1 if rule.part > 0 else rule.part

    def take(text: str) -> str:
        parts = [part.strip() for part in signs.split(text)]
        return parts[place] if -len(parts) <= place < len(parts) else ""

    return take


def _parts(rule: FieldRule) -> Callable[[str], str]:
    signs = re.compile("|".join(map(re.escape, rule.split)))
    return lambda text: ";".join(part.strip() for part in signs.split(text) if part.strip())


def _joined(field: Field, rule: FieldRule, columns: Sequence[str], read: Reader) -> Step:
    names, joiner = "+".join(columns), rule.joiner

    def step(cells: Cells, record: Record, entry: Entry, made: Mapping[str, str]) -> None:
        whole = ""
        for column in columns:
            part = clean(cells.get(column, ""))
            # 浙江省 before 浙江省杭州市…, 杭州市 beside 杭州市: what stands there already is not written twice.
            if not part or is_placeholder(part) or whole.endswith(part):
                continue
            whole = part if part.startswith(whole) else f"{whole}{joiner}{part}"
        if whole:
            filled = [column for column in columns if column in cells]
            old = cells[filled[0]] if len(filled) == 1 else " + ".join(cells[column] for column in filled)
            put(record, field.name, names, old, read(whole), entry, "joined")

    return step


def _constant(name: str, value: str) -> Step:
    def step(cells: Cells, record: Record, entry: Entry, made: Mapping[str, str]) -> None:
        record[name] = value

    return step


def _default(table: str, field: Field, rule: FieldRule) -> Step:
    name, kept, needed = field.name, f"x_{field.name}_text", field.required

    def step(cells: Cells, record: Record, entry: Entry, made: Mapping[str, str]) -> None:
        # A required field gets the default also where its text was not understood; the text stays beside it.
        if name in record or (kept in record and not needed):
            return
        told = next((other for other in rule.default_with if other in record), None)
        if told is not None:
            record[name] = rule.default_with[told]
            entry.change("", name, record[told], record[name], "default-with")
            return
        record[name] = rule.default
        entry.change("", name, "", rule.default, "default")
        entry.decide(f"default:{table}.{name}")

    return step


def _same_row(name: str, table: str) -> Step:
    def step(cells: Cells, record: Record, entry: Entry, made: Mapping[str, str]) -> None:
        if table in made:
            record[name] = made[table]

    return step


def _found(name: str, columns: Sequence[str], context: Context) -> Step:
    def step(cells: Cells, record: Record, entry: Entry, made: Mapping[str, str]) -> None:
        if name in record:
            return
        for column in columns:
            text = cells.get(column)
            code = context.divisions.find(text) if text else None
            if text and code:
                record[name] = code
                entry.change(column, name, text, code, "division-from-address")
                return

    return step


def _reference(field: Field, target: str, columns: Sequence[str], context: Context) -> Step:
    pending = context.references.pending

    def step(cells: Cells, record: Record, entry: Entry, made: Mapping[str, str]) -> None:
        for column in columns:
            text = cells.get(column)
            if not text:
                continue
            if is_placeholder(text) or text in context.missing:
                entry.change(column, field.name, text, "", "missing")
                continue
            pending.append(Pending(record, field.name, target, text, column, entry, field.list))
            return

    return step


def pausing(step: Step | None, hours: Sequence[str], stated: Sequence[str], *, fixed: bool = False) -> Step:
    """Return the step of the status for a file whose columns of opening hours may say 暂停营业.

    Where no column of the status says anything, such an outlet is suspended; where one says open, or the mapping does
    for all rows (`fixed`), a person is asked.
    """

    def paused(cells: Cells, record: Record, entry: Entry, made: Mapping[str, str]) -> None:
        column = next((name for name in hours if name in cells and says_paused(cells[name])), "")
        says = fixed or any((text := cells.get(name)) and not is_placeholder(text) for name in stated)
        if column and not says:
            record["status"] = "suspended"
            entry.change(column, "status", cells[column], "suspended", PAUSED)
        if step is not None:
            step(cells, record, entry, made)
        if column and says and record.get("status") == "open":
            entry.ask(column, clean(cells[column]), "open-but-paused")

    return paused


def _then(first: Step | None, second: Step) -> Step:
    if first is None:
        return second

    def both(cells: Cells, record: Record, entry: Entry, made: Mapping[str, str]) -> None:
        first(cells, record, entry, made)
        second(cells, record, entry, made)

    return both
