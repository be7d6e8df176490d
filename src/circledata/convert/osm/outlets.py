"""Makes one record of the table outlets from the tags of one feature."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from circledata.convert.mapping.model import FieldRule
from circledata.convert.osm.brands import Brands
from circledata.convert.osm.categories import Verdict
from circledata.convert.osm.places import place_of
from circledata.convert.osm.rules import OsmRules
from circledata.convert.records.log import Entry
from circledata.convert.records.readers import PAUSED, READERS, Reading, read_text, translate
from circledata.standard.model import Field, Table
from circledata.values.text import has_han

Record = dict[str, str]
_BARE_NUMBER = re.compile(r"[0-9]+(?:-[0-9]+)?")
_DIVISION_ENDINGS = tuple("省市区县旗盟镇乡道")


class OutletMaker:
    """Fills the fields of an outlet by the mapping, and notes in the log what it changed or could not read."""

    def __init__(self, rules: OsmRules, table: Table, brands: Brands) -> None:
        self._rules = rules
        self._fields: Mapping[str, Field] = table.by_name
        self._brands = brands

    def name_of(self, cells: Mapping[str, str]) -> tuple[str, str]:
        """Return the outlet's name without its branch and the column that gave it, or two empty texts."""
        rules = self._rules.name
        found = [(read_text(cells[column]).value, column) for column in rules["from"] if column in cells]
        usable = [(text, column) for text, column in found if 0 < len(text) <= self._limit("name")]
        chinese = next((pair for pair in usable if has_han(pair[0])), None)
        if chinese or usable:
            return chinese or usable[0]
        brand = self._brands.brand_of(cells) if rules.get("else") == "brand" else ""
        return (brand, "brand") if brand else ("", "")

    def make(
        self, cells: Mapping[str, str], geometry: str | Mapping[str, object] | None, verdict: Verdict, entry: Entry
    ) -> Record:
        """Return the filled fields of the outlet, without its id."""
        record: Record = {**self._rules.constants}
        self._name(record, cells, entry)
        self._category(record, verdict, entry)
        self._brand(record, cells, entry)
        self._address(record, cells, entry)
        self._place(record, cells, geometry, entry)
        for rule in self._rules.fields:
            self._field(record, rule, cells, entry)
        self._by_tag(record, cells, entry)
        return record

    def _limit(self, field: str) -> int:
        return self._fields[field].max_length or 1_000_000

    def _keep(self, record: Record, field: str, column: str, text: str, entry: Entry, rule: str = "unreadable") -> None:
        record[f"x_{field}_text"] = text
        entry.not_read(column, field, text, rule)

    def _name(self, record: Record, cells: Mapping[str, str], entry: Entry) -> None:
        name, column = self.name_of(cells)
        written = cells.get("name", "")
        rule = "tidied" if column == "name" else "name-from-brand" if column == "brand" else "name-chosen"
        if column == "brand":
            entry.decide("name-from-brand")
        branch_column = next((key for key in self._rules.name["branch"] if key in cells), "")
        branch = read_text(cells[branch_column]).value if branch_column else ""
        full = f"{name}（{branch}）" if branch and branch not in name else name
        if full != name and len(full) <= self._limit("name"):
            entry.change(f"{column}+{branch_column}", "name", f"{name}+{branch}", full, "branch-added")
            name = full
        else:
            entry.change(column, "name", cells.get(column, "") if rule == "tidied" else written, name, rule)
        record["name"] = name

    def _category(self, record: Record, verdict: Verdict, entry: Entry) -> None:
        key = verdict.tag.partition("=")[0]
        record["category"] = verdict.category
        entry.change(key, "category", verdict.tag, verdict.category, "crosswalk")
        if verdict.others:
            record["other_categories"] = ";".join(verdict.others)
            entry.change(key, "other_categories", "", record["other_categories"], "crosswalk")
            entry.decide("several-categories")

    def _brand(self, record: Record, cells: Mapping[str, str], entry: Entry) -> None:
        rules = self._rules.brand
        brand = self._brands.brand_of(cells)
        if brand and len(brand) <= self._limit("brand"):
            record["brand"] = brand
            column = next((key for key in ("brand", *rules["from"], rules["same"]) if key in cells), "brand")
            entry.change(column, "brand", cells.get(column, ""), brand, "brand-joined")
        known = self._brands.is_brand(cells)
        record["chain"] = rules["chain"]["known" if known else "else"]
        if known:
            entry.change("brand", "chain", cells.get("brand", ""), record["chain"], "chain-from-brand")
            entry.decide("chain-from-brand")

    def _address(self, record: Record, cells: Mapping[str, str], entry: Entry) -> None:
        rules = self._rules.address
        for column in rules["full"]:
            text = read_text(cells.get(column, "")).value
            if text and len(text) <= self._limit("address"):
                record["address"] = text
                entry.change(column, "address", cells[column], text, "tidied")
                return
        columns = (*rules["divisions"], *rules["street"])
        parts = {column: text for column in columns if (text := read_text(cells.get(column, "")).value)}
        source = "; ".join(f"{column}={cells[column]}" for column in parts)
        address = joined_address(parts, rules)
        if address and len(address) <= self._limit("address"):
            record["address"] = address
            entry.change("addr:*", "address", source, address, "address-joined")
            return
        entry.decide("address-missing")
        if source:
            self._keep(record, "address", "addr:*", source, entry, "incomplete")

    def _place(
        self, record: Record, cells: Mapping[str, str], geometry: str | Mapping[str, object] | None, entry: Entry
    ) -> None:
        place = place_of(geometry, cells, self._rules.longitude, self._rules.latitude)
        if place is None:
            entry.decide("coordinates-missing")
            return
        record["longitude"], record["latitude"] = place.longitude, place.latitude
        if place.kind != "POINT":
            point = f"{place.longitude} {place.latitude}"
            entry.change("geometry", "longitude+latitude", place.kind, point, "representative-point")

    def _field(self, record: Record, rule: FieldRule, cells: Mapping[str, str], entry: Entry) -> None:
        column = next((name for name in rule.columns if cells.get(name, "").strip()), None)
        if column is None:
            return
        text = cells[column]
        reading = translate(text, rule.values) if rule.values is not None else READERS[rule.read](text)
        if reading.rule == PAUSED:
            reading = Reading("", text)
        if reading.value and len(reading.value) > self._limit(rule.field):
            reading = Reading("", text)
        if reading.value:
            record[rule.field] = reading.value
            kind = "translated" if rule.values is not None else f"read-as-{rule.read.replace('_', '-')}"
            entry.change(column, rule.field, text, reading.value, kind)
        if reading.secret:
            entry.not_read(column, rule.field, reading.unread, "maybe-personal")
        elif reading.unread:
            self._keep(record, rule.field, column, reading.unread, entry)

    def _by_tag(self, record: Record, cells: Mapping[str, str], entry: Entry) -> None:
        for field, pairs in self._rules.by_tag.items():
            met = [(expression, code) for expression, code in pairs if expression.meets(cells)]
            if not met:
                continue
            codes = list(dict.fromkeys(code for _, code in met))
            record[field] = ";".join(codes) if self._fields[field].list else codes[0]
            expression = met[0][0]
            entry.change(expression.conditions[0][0], field, expression.text, record[field], "by-tag")


def joined_address(parts: Mapping[str, str], rules: Mapping[str, Any]) -> str:
    """Join the parts of an address; empty when there is neither a street nor a place.

    A part that an earlier one already holds is not repeated (杭州市 after 浙江省杭州市). A bare number after a Chinese
    street gets 号. A blank stands where two parts would run into one word or be read wrongly (杭州 市心路).
    """
    if not any(column in parts for column in rules["needs"]):
        return ""
    chinese = any(has_han(text) for column, text in parts.items() if column in rules["needs"])
    address = ""
    for column, text in parts.items():
        is_division = column in rules["divisions"]
        if text in address or (is_division and chinese and not has_han(text)):
            continue
        if column == rules["number"] and has_han(address[-1:]) and _BARE_NUMBER.fullmatch(text):
            text += "号"
        close = has_han(address[-1:]) and (has_han(text[:1]) or text[:1].isdigit())
        address = f"{address}{text}" if close else f"{address} {text}"
        if is_division and not text.endswith(_DIVISION_ENDINGS):
            address += " "
    return " ".join(address.split())
