"""Makes the suggestion for one table of the standard: a rule, reasons and doubts for every field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from circledata.convert.mapping.headers import unit_of
from circledata.convert.plural import singular
from circledata.convert.suggest import parts
from circledata.convert.suggest.choose import Assignment, Match
from circledata.convert.suggest.columns import Column, percent, shown
from circledata.convert.suggest.fit import Fitter
from circledata.convert.suggest.model import FieldSuggestion, Rule, TableSuggestion
from circledata.convert.suggest.words import contradiction, empty_column, header_doubt, joined, reason, slot_title
from circledata.standard import Standard
from circledata.standard.model import CodeList, Field, Table, Text
from circledata.values.amounts import read_number

_SHOWN_CODES = 14
_PARTLY = 0.98
_PERSONS = 0.1
"""Share of names that look like those of persons from which on they are left out; own choice."""
_APART = frozenset({"longitude", "latitude"})
_SMALL_YUAN = 2000
"""A median below this is no sum of yuan that anybody subsidises or invests; own choice, only for a doubt."""


def build(
    assignment: Assignment, columns: Sequence[Column], standard: Standard, fitter: Fitter, units: Mapping[str, str]
) -> TableSuggestion:
    """Return the suggestion of a table. `units`: what title rows say about amounts (`yuan`) and areas (`m2`)."""
    table = assignment.table
    made = TableSuggestion(table.name, Text("", ""))
    outlets = table.name == "outlets"
    for name, field_ in table.by_name.items():
        match = assignment.matches.get(name)
        if match is None or name in _APART or (outlets and name in {"category", "brand"}):
            continue
        if table.id_letter and name == table.primary_key[0]:
            continue
        made.fields.append(_field(match, field_, table, standard, units))
    made.fields += [_contradicting(match, table) for match in assignment.contradictions]
    made.sections["id"] = list(parts.own_id(assignment, table))
    if outlets:
        made.sections["category"] = list(parts.category(assignment, standard, fitter))
        made.sections["brand"] = list(parts.brand(assignment))
        if (baked := parts.baked_in(assignment, fitter)) is not None:
            made.fields.append(baked)
        parts.address(made, assignment)
        parts.status(made, assignment)
    made.sections["place"] = list(parts.place(assignment))
    parts.division(made, assignment)
    made.missing = list(_missing(made, table, standard))
    made.possible = list(_possible(assignment, columns))
    return made


def _field(match: Match, field_: Field, table: Table, standard: Standard, units: Mapping[str, str]) -> FieldSuggestion:
    rule: Rule = {"from": [match.column.name]}
    doubts = _doubts(match, table)
    if (table.name, field_.name) == ("outlets", "name") and match.column.share("person") > _PERSONS:
        rule["read"] = "outlet_name"
    unit = units.get(field_.unit or "", "")
    if field_.unit in {"yuan", "m2"} and match.column.texts:
        named = unit_of(match.column.name)
        if unit and not named:
            rule["unit"] = unit
            doubts.append(Text(f"标题行写着“单位：{unit}”", f"a title row says the unit is {unit}"))
        elif not named and field_.unit == "yuan" and match.column.share("number") > 0.5:
            doubts += _yuan_doubt(match.column)
    why = reason(match, table, standard)
    target = next((key.table for key in table.foreign_keys if key.fields == (field_.name,)), "")
    if target:
        why = joined(
            [why, Text(f"指向 {target}，一起转换才连得上", f"names a record of {target}; convert both together")]
        )
    unknown = match.fit.unread if match.fit and field_.codelist else {}
    share = match.fit.share if match.fit else None
    return FieldSuggestion(field_.name, rule, (match.column.name,), why, doubts, True, share, unknown)


def _doubts(match: Match, table: Table) -> list[Text]:
    """Say what about a match has to be looked at."""
    doubts = [doubt] if (doubt := header_doubt(match)) else []
    if match.fit is None:
        return [*doubts, empty_column()]
    if match.contradicts:
        doubts.append(contradiction(match, table))
    elif match.fit.share < _PARTLY and match.fit.unread:
        coded = match.slot in table.by_name and table.by_name[match.slot].codelist
        examples = "" if coded else shown(list(match.fit.unread))
        count = match.fit.unread.total()
        doubts.append(
            Text(
                f"{count} 格读不了" + (f"，例如 {examples}" if examples else ""),
                singular(f"{count} cells not read") + (f", such as {examples}" if examples else ""),
            )
        )
    if (table.name, match.slot) == ("outlets", "name") and match.column.share("person") > _PERSONS:
        share = percent(match.column.share("person"))
        doubts.append(
            Text(
                f"{share} 像人名，不能公开，这些行不转；确实都是店名的话去掉 read: outlet_name",
                f"{share} look like persons; such rows are left out; if all are shops, delete read: outlet_name",
            )
        )
    return doubts


def _yuan_doubt(column: Column) -> list[Text]:
    """Say that no unit is named, and that the numbers are small for yuan."""
    numbers = sorted(float(number) for text in column.texts if (number := read_number(text)) is not None)
    middle = numbers[len(numbers) // 2] if numbers else _SMALL_YUAN
    if middle < _SMALL_YUAN:
        zh = f"没有写单位，按元读；数目小（中位数 {middle:g}），像是万元：是的话写成 {{from: …, unit: 万元}}"
        return [Text(zh, f"no unit, read as yuan; the numbers are small (median {middle:g}): if 万元, add unit: 万元")]
    return [Text("没有写单位，按元读", "no unit is named; read as yuan")]


def _contradicting(match: Match, table: Table) -> FieldSuggestion:
    """Return a line that is written as a comment only: nothing is carried into a field that it does not fit."""
    return FieldSuggestion(
        {"@id": "id", "@both": "place"}.get(match.slot, match.slot),
        {"from": [match.column.name]},
        (match.column.name,),
        Text("先不用", "not used for now"),
        [contradiction(match, table)],
        active=False,
        share=match.fit.share if match.fit else None,
    )


def codes_shown(codelist: CodeList) -> Text:
    """Return the codes of a list with their titles, if they are few."""
    codes = list(codelist.codes.values())
    more = " …" if len(codes) > _SHOWN_CODES else ""
    zh = "、".join(f"{code.code} {code.title.zh}" for code in codes[:_SHOWN_CODES])
    return Text(zh + more, ", ".join(code.code for code in codes[:_SHOWN_CODES]) + more)


def _missing(made: TableSuggestion, table: Table, standard: Standard) -> Iterable[tuple[str, Rule, Text]]:
    """Yield the required fields that nothing fills, with what a person can write."""
    filled = set(made.taken) | {part.field for part in made.sections.get("category", ()) if part.active}
    if made.sections.get("category"):
        filled.add("category")
    for name, field_ in table.by_name.items():
        own_id = table.id_letter is not None and name == table.primary_key[0]
        if not field_.required or name in filled or own_id or (table.name, name) == ("circles", "division_code"):
            continue
        title = field_.title
        if field_.codelist and not field_.list:
            codelist = standard.codelists[field_.codelist]
            codes = codes_shown(codelist)
            yield (
                name,
                {"constant": next(iter(codelist.codes))},
                Text(
                    f"必填：没有“{title.zh}”这一列；全都一样的话去掉 # 并改成：{codes.zh}",
                    f"required, no column: if all are the same, take off the # and write one of {codes.en}",
                ),
            )
        else:
            yield (
                name,
                {"constant": field_.example or "?"},
                Text(
                    f"必填：没有“{title.zh}”这一列；全都一样的话去掉 # 并改成实际的值",
                    f"required, no column of {title.en}: if all are the same, take off the # and write the value",
                ),
            )


def _possible(assignment: Assignment, columns: Sequence[Column]) -> Iterable[Text]:
    """Yield what columns that nothing takes may be: their values have a shape that several fields could use."""
    used = assignment.used | {match.column.name for match in assignment.contradictions}
    free = [name for name, item in assignment.table.by_name.items() if name not in assignment.matches]
    for column in columns:
        if column.name in used or not column.texts:
            continue
        kind = {"date": "date", "measured": "number", "truth": "boolean"}.get(column.looks_like)
        fields = [name for name in free if assignment.table.by_name[name].type == kind and name not in _APART]
        if kind and fields:
            names = "、".join(slot_title(name, assignment.table).zh for name in fields[:4])
            shown_fields = ", ".join(fields[:4])
            yield Text(
                f"“{column.name}”的内容可用于 {shown_fields}（{names}），表头看不出是哪个",
                f'"{column.name}" could fill {shown_fields}; its header does not tell which',
            )
