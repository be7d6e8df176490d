"""The mapping engine: rows of foreign tables become records of the standard, by a mapping alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from circledata.convert.mapping.columns import check_columns, known_headers
from circledata.convert.mapping.headers import Header
from circledata.convert.mapping.model import TableRule
from circledata.convert.mapping.unfit import nothing_fits
from circledata.convert.model import Draft, LeftOut, SourceRow, SourceTable
from circledata.convert.records.asking import Asking
from circledata.convert.records.brand_step import BrandStep, brand_columns
from circledata.convert.records.context import Context
from circledata.convert.records.days import day_of_data
from circledata.convert.records.log import Entry
from circledata.convert.records.maker import Maker, Plan
from circledata.convert.records.points import LATITUDE, LONGITUDE
from circledata.convert.records.rest import Rest
from circledata.convert.records.rows import Fill, RowJudge
from circledata.values.text import clean


@dataclass
class _Work:
    """One table of a file with what was compiled for it."""

    table: SourceTable
    header: Header
    makers: Sequence[Maker]
    rest: Rest
    asking: Asking
    branded: Mapping[str, tuple[tuple[str, ...], bool] | None]
    """The columns that give the brand, by table, and whether brands are learned from names."""


@dataclass(slots=True)
class _Planned:
    """A row that becomes records: what of, by which makers, and the cells that were filled from above."""

    row: SourceRow
    plans: list[tuple[Maker, Plan]]
    filled: Sequence[str]


class MappingConverter:
    """Converts tables of files by one mapping. Make it, reserve the ids of all sources, then convert."""

    def __init__(self, tables: Sequence[SourceTable], context: Context) -> None:
        """ConversionError when the mapping names columns that no table has, or no table can be used."""
        self._context = context
        self._tables = tables
        named = known_headers(context.mapping, context.standard)
        headers = [Header(table.header, named) for table in tables]
        check_columns(context.mapping, headers, tables)
        self._works = [self._compile(table, header) for table, header in zip(tables, headers, strict=True)]
        if not any(work.makers for work in self._works):
            raise nothing_fits(tables, context.mapping.name)
        self._log = context.log

    def _compile(self, table: SourceTable, header: Header) -> _Work:
        mapping, used = self._context.mapping, {LONGITUDE, LATITUDE}
        rules = [rule for rule in mapping.tables.values() if rule.table in self._context.standard.tables]
        if mapping.raw.get("one_table"):
            chosen = self._fitting(rules, table, header)
            rules = [chosen] if chosen else []
        makers = [maker for rule in rules if (maker := Maker(rule, header, self._context, used)).works]
        rest = Rest([maker.rule for maker in makers], header, used, self._context)
        branded = {maker.table.name: brand_columns(maker.rule, header, self._context) for maker in makers}
        return _Work(table, header, makers, rest, Asking(header, self._context), branded)

    def _fitting(self, rules: Sequence[TableRule], table: SourceTable, header: Header) -> TableRule | None:
        """Return the rule whose table has most of the file's columns; a sheet named after a table is that table."""
        best: tuple[int, TableRule] | None = None
        for rule in rules:
            used: set[str] = set()
            maker = Maker(rule, header, self._context, used)
            named = self._context.standard.table_of(table.sheet) if table.sheet else None
            score = len(used) + (100 if named is maker.table else 0)
            if maker.works and len(used) >= min(2, len(header.columns)) and (best is None or score > best[0]):
                best = (score, rule)
        return best[1] if best else None

    def reserve(self) -> None:
        """Keep the ids that the rows bring along from being given to other records."""
        for work in self._works:
            for maker in work.makers:
                maker.reserve(work.table.rows)

    def day(self) -> date | None:
        """Return the day that the data itself names, where the mapping says from where; None when it does not."""
        return day_of_data(self._context.mapping, self._tables)

    def convert(self) -> Draft:
        """Convert all rows: every row is used or left out with a reason, never both, never neither."""
        draft = Draft()
        judge = RowJudge(self._context.mapping)
        planned = [(work, list(self._plan(work, judge, draft))) for work in self._works]
        brands = BrandStep(self._context)
        for work, rows in planned:
            for item in rows:
                self._make(work, item, draft, brands)
                item.plans.clear()
            self._extra_columns(work, draft)
        brands.write()
        draft.changes, draft.decisions, draft.unread = self._log.changes, self._log.decisions, self._log.unread
        if draft.rows_in != draft.rows_used + len(draft.left_out):
            raise AssertionError("rows read are neither used nor left out")
        return draft

    def _plan(self, work: _Work, judge: RowJudge, draft: Draft) -> Iterator[_Planned]:
        fill = Fill(work.header.all_of(self._context.mapping.read.get("fill_down", ())))
        verdict = judge.of_table(work.table, work.header, fill)
        file, sheet = work.table.file.name, work.table.sheet
        for row in work.table.rows:
            draft.rows_in += 1
            row, reason, tag = verdict(row)
            plans: list[tuple[Maker, Plan]] = []
            name = ""
            if not reason:
                every = [(maker, maker.plan(row)) for maker in work.makers]
                plans = [(maker, plan) for maker, plan in every if not plan.reason]
                reason, tag, name = _refusal([plan for _, plan in every])
            if plans:
                draft.rows_used += 1
                yield _Planned(row, plans, fill.filled.get(row.number, ()))
                continue
            if reason in _NAMED and not name:
                name = next((text for maker in work.makers if (text := maker.name_of(row.cells))), "")
            own = next((text for maker in work.makers if (text := maker.own_id(row.cells)[1])), "")
            draft.left_out.append(LeftOut(row.number, own, reason, tag, clean(name), file, sheet))

    def _make(self, work: _Work, item: _Planned, draft: Draft, brands: BrandStep) -> None:
        made: dict[str, str] = {}
        cells = item.row.cells
        file, sheet = work.table.file.name, work.table.sheet
        for maker, plan in item.plans:
            entry = Entry(self._log, item.row.number, "", file, sheet)
            record = maker.make(cells, plan, entry, made)
            if record is None:
                continue
            branded = work.branded[maker.table.name]
            if branded is not None:
                brands.add(record, cells, entry, branded[0], learns=branded[1])
            if maker.table.name in made:
                draft.origins[made[maker.table.name]] = (file, sheet, item.row.number)
            for column in item.filled:
                entry.change(column, "", "", cells[column], "filled-down")
            work.rest.keep(maker.table.name, record, cells, entry)
            draft.tables.setdefault(maker.table.name, []).append(record)
            for translation in maker.translations(record, cells):
                draft.tables.setdefault("translations", []).append(translation)
        if work.asking.asks:
            work.asking.look(cells, Entry(self._log, item.row.number, next(iter(made.values()), ""), file, sheet))
        work.rest.count(cells, draft.unmapped, self._log.decisions)

    def _extra_columns(self, work: _Work, draft: Draft) -> None:
        for maker in work.makers:
            name = maker.table.name
            texts = [
                maker.rule.id_kept_as,
                *(f"x_{field.name}_text" for field in maker.table.fields),
                "x_position_text",
            ]
            order = [*draft.extra_columns.get(name, ()), *texts, *work.rest.names(name)]
            draft.extra_columns[name] = tuple(dict.fromkeys(order))


_NAMED = {"duplicate", "no-category", "not-an-outlet", "same-id", "no-name"}
"""Reasons for which the name of the row is noted; totals, notes and broken rows have none, or one of a person."""


def _refusal(plans: Sequence[Plan]) -> tuple[str, str, str]:
    """Return why no table takes a row: the reason of the table that came furthest, and the row's name."""
    if not plans:
        return "sheet-not-used", "", ""
    furthest = next((plan for plan in plans if plan.reason != "no-name"), plans[0])
    return furthest.reason, furthest.tag, furthest.name
