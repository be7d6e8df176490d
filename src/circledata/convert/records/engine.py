"""The mapping engine: rows of foreign tables become records of the standard, by a mapping alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
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
from circledata.convert.records.desk import Chosen, Work
from circledata.convert.records.log import Entry
from circledata.convert.records.maker import Maker, Plan
from circledata.convert.records.pieces import Piece, Pieces
from circledata.convert.records.points import LATITUDE, LONGITUDE
from circledata.convert.records.rest import Rest
from circledata.values.text import clean


class MappingConverter:
    """Converts tables of files by one mapping. Make it, reserve the ids of all sources, then convert."""

    def __init__(self, tables: Sequence[SourceTable], context: Context) -> None:
        """ConversionError when the mapping names columns that no table has, or no table can be used."""
        self._context = context
        self._tables = tables
        named = known_headers(context.mapping, context.standard)
        headers = [Header(table.header, named) for table in tables]
        check_columns(context.mapping, headers, tables)
        self.works = [self._compile(table, header) for table, header in zip(tables, headers, strict=True)]
        if not any(work.makers for work in self.works):
            raise nothing_fits(tables, context.mapping.name)
        self._log = context.log
        self._seen: set[bytes] = set()

    def _compile(self, table: SourceTable, header: Header) -> Work:
        mapping, used = self._context.mapping, {LONGITUDE, LATITUDE}
        rules = [rule for rule in mapping.tables.values() if rule.table in self._context.standard.tables]
        if mapping.raw.get("one_table"):
            chosen = self._fitting(rules, table, header)
            rules = [chosen] if chosen else []
        makers = [maker for rule in rules if (maker := Maker(rule, header, self._context, used)).works]
        rest = Rest([maker.rule for maker in makers], header, used, self._context)
        branded = {maker.table.name: brand_columns(maker.rule, header, self._context) for maker in makers}
        return Work(table, header, makers, rest, Asking(header, self._context), branded)

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
        for work in self.works:
            for maker in work.makers:
                maker.reserve(work.table.rows)

    def day(self) -> date | None:
        """Return the day that the data itself names, where the mapping says from where; None when it does not."""
        return day_of_data(self._context.mapping, self._tables)

    def convert(self) -> Draft:
        """Convert all rows: every row is used or left out with a reason, never both, never neither."""
        draft, brands = Draft(), BrandStep(self._context)
        waiting: deque[Piece] = deque()
        with Pieces(self.works, self._context) as pieces:
            for piece in pieces:
                piece.choose(self._choose(piece, draft))
                waiting.append(piece)
                if len(waiting) > pieces.behind:
                    self._take(waiting.popleft(), draft, brands)
            while waiting:
                self._take(waiting.popleft(), draft, brands)
        for work in self.works:
            self._extra_columns(work, draft)
        brands.write()
        draft.changes, draft.decisions, draft.unread = self._log.changes, self._log.decisions, self._log.unread
        if draft.rows_in != draft.rows_used + len(draft.left_out):
            raise AssertionError("rows read are neither used nor left out")
        return draft

    def _choose(self, piece: Piece, draft: Draft) -> list[Chosen]:
        """Choose the rows of a piece that become records and give them their ids; the others are left out."""
        chosen: list[Chosen] = []
        for place, looked in enumerate(piece.looked()):
            draft.rows_in += 1
            reason, tag, name = looked.reason, looked.tag, ""
            if not reason and looked.content in self._seen:
                reason = "duplicate"
            if not reason:
                self._seen.add(looked.content)
                makers = piece.work.makers
                plans = [maker.first(plan) for maker, plan in zip(makers, looked.plans, strict=True)]
                cells = looked.row.cells
                given = [
                    (number, makers[number].give(cells, plan)) for number, plan in enumerate(plans) if not plan.reason
                ]
                if given:
                    draft.rows_used += 1
                    chosen.append(Chosen(place, given))
                    continue
                reason, tag, name = _refusal(plans)
            draft.left_out.append(_left_out(piece.work, looked.row, reason, tag, name))
        return chosen

    def _take(self, piece: Piece, draft: Draft, brands: BrandStep) -> None:
        """Take in the records of a piece."""
        made, work, log = piece.made(), piece.work, self._log
        file, sheet = work.table.file.name, work.table.sheet
        for place, number, record in made.records:
            table, row = work.makers[number].table, piece.rows[place]
            record_id = record.get(table.primary_key[0], "") if table.id_letter else ""
            if record_id:
                draft.origins[record_id] = (file, sheet, row.number)
            branded = work.branded[table.name]
            if branded is not None:
                entry = Entry(log, row.number, record_id, file, sheet)
                brands.add(record, row.cells, entry, branded[0], learns=branded[1])
            draft.tables.setdefault(table.name, []).append(record)
        if made.translations:
            draft.tables.setdefault("translations", []).extend(made.translations)
        draft.unmapped.update(made.unmapped)
        if made.log is not log:
            log.add(made.log)

    def _extra_columns(self, work: Work, draft: Draft) -> None:
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


def _left_out(work: Work, row: SourceRow, reason: str, tag: str, name: str) -> LeftOut:
    if reason in _NAMED and not name:
        name = next((text for maker in work.makers if (text := maker.name_of(row.cells))), "")
    own = next((text for maker in work.makers if (text := maker.own_id(row.cells)[1])), "")
    return LeftOut(row.number, own, reason, tag, clean(name), work.table.file.name, work.table.sheet)


def _refusal(plans: Sequence[Plan]) -> tuple[str, str, str]:
    """Return why no table takes a row: the reason of the table that came furthest, and the row's name."""
    if not plans:
        return "sheet-not-used", "", ""
    furthest = next((plan for plan in plans if plan.reason != "no-name"), plans[0])
    return furthest.reason, furthest.tag, furthest.name
