"""The step that fills brand and chain: from columns, the user's list, and names that come back."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from circledata.convert.mapping.headers import Header
from circledata.convert.mapping.model import TableRule
from circledata.convert.records.context import Context, Record
from circledata.convert.records.log import Entry
from circledata.convert.records.readers import read_text
from circledata.convert.records.steps import Cells

if TYPE_CHECKING:
    from circledata.values.brands import BrandList, BrandMatch


@dataclass(slots=True)
class Branded:
    """A record whose brand is still to be written, with the columns of its file that name one."""

    record: Record
    cells: Cells
    entry: Entry
    columns: tuple[str, ...]


class BrandStep:
    """Brands of all records that one mapping makes: gathered first, since a brand is learned from the whole data."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._waiting: list[Branded] = []
        self._learns = False
        self._longest = context.standard.tables["outlets"].by_name["brand"].max_length or 200

    def add(self, record: Record, cells: Cells, entry: Entry, columns: tuple[str, ...], *, learns: bool) -> None:
        """Take in a record; `learns`: its mapping wants brands to be learned from names."""
        self._waiting.append(Branded(record, cells, entry, columns))
        self._learns = self._learns or learns

    def write(self) -> None:
        """Learn the brands of all records taken in, and write brand and chain of each."""
        if not self._waiting:
            return
        given = self._context.options.brands
        brands = self._brand_list() if self._learns or given else None
        if brands is not None and self._learns:
            brands.learn((item.record["name"], _place(item.record)) for item in self._waiting if "name" in item.record)
        for item in self._waiting:
            self._write(item, brands)
        self._waiting.clear()

    def _brand_list(self) -> BrandList:
        from circledata.values.brands import BrandList, generic_words

        divisions = self._context.standard.codelists["divisions"].codes.values()
        return BrandList(
            self._context.options.brands,
            generic=generic_words(self._context.entries),
            places=(code.title.zh for code in divisions),
        )

    def _write(self, item: Branded, brands: BrandList | None) -> None:
        """Write brand and chain of a record; a chain that the source states stays."""
        from circledata.values.brands import chain_of

        record, entry = item.record, item.entry
        given, column = self._given(item.cells, item.columns)
        match: BrandMatch | None = brands.brand_of(given or record.get("name", "")) if brands is not None else None
        if given:
            record["brand"] = given
            entry.change(column, "brand", item.cells[column], given, "tidied")
        elif match is not None and match.confidence != "possible" and len(match.brand) <= self._longest:
            record["brand"] = match.brand
            entry.change("", "brand", record["name"], match.brand, match.rule)
        chain = chain_of(match, record.get("chain", ""))
        if chain.chain != record.get("chain"):
            record["chain"] = chain.chain
            if chain.chain != "unknown":
                entry.change("", "chain", record.get("brand", ""), chain.chain, chain.rule)
        if chain.decide:
            entry.decide(chain.rule)

    def _given(self, cells: Cells, columns: Sequence[str]) -> tuple[str, str]:
        for column in columns:
            text = read_text(cells.get(column, "")).value
            if text and len(text) <= self._longest:
                return text, column
        return "", ""


def _place(record: Record) -> Hashable:
    """Return where a record is, for telling places apart: its point, else its address; None when it has neither."""
    if "longitude" in record and "latitude" in record:
        return float(record["longitude"]), float(record["latitude"])
    return record.get("address")


def brand_columns(rule: TableRule, header: Header, context: Context) -> tuple[tuple[str, ...], bool] | None:
    """Return the columns that name the brand, and whether to learn brands; None for a table without brands."""
    if "brand" not in rule.raw or "brand" not in context.standard.tables[rule.table].by_name:
        return None
    columns = header.all_of(rule.columns_of("brand", "from"))
    learns = bool(header.all_of(rule.columns_of("brand", "learn")))
    return (columns, learns) if columns or learns else None
