"""Compiles the rules of the standard for the tables of one session."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from circledata.engine import sql
from circledata.engine.checks import cell_checks
from circledata.engine.columns import Column
from circledata.engine.session import Loaded
from circledata.standard.model import Field, Rule, Standard, Table

MASK_BITS = 62
"""Bits of one BIGINT mask column that are used."""

_LOOKS_UP = re.compile(r"\(\s*select\b", re.IGNORECASE)


@dataclass(frozen=True)
class RowCheck:
    """One condition over single rows of a table, ready for the one pass: a rule applied to a column, or a
    cell check.
    """

    rule: Rule
    columns: tuple[str, ...]
    condition: str
    params: Mapping[str, str] = field(default_factory=dict)
    gate: str | None = None
    """A cheap condition that must hold as well; the pass over all rows asks only this one."""
    cell: bool = False
    """Whether it is about one cell's own form; such a finding silences the other rules that read the cell."""
    told: bool = False
    """Whether the reader of the file has told it already, so that it only silences others."""

    @property
    def apart(self) -> bool:
        """Whether it looks something up in another table: that is better asked in a query of its own."""
        return self.gate is None and not self.told and _LOOKS_UP.search(self.condition) is not None

    @property
    def column(self) -> str | None:
        """The column that the finding points to."""
        return self.columns[0] if self.columns else None


def rule_of_check(standard: Standard, check: str) -> Rule:
    """Return the rule that words a check of the reader or of the Table Schema."""
    return standard.rules_by_name[check]


def row_checks(
    loaded: Loaded, standard: Standard, rules: Sequence[Rule], told: Mapping[str, str] | None = None
) -> list[RowCheck]:
    """Return every check of one table that the pass can evaluate row by row, cell checks first.

    `told`: by column the condition that the reader has said already what is wrong with the cell.
    """
    any_rule = next(iter(standard.rules.values()))
    checks = [RowCheck(any_rule, (name,), condition, cell=True, told=True) for name, condition in (told or {}).items()]
    checks += [
        RowCheck(
            rule_of_check(standard, check.check),
            (check.column.name,),
            check.condition,
            check.params,
            cell=True,
        )
        for check in cell_checks(loaded, standard)
    ]
    for rule in rules:
        if rule.form == "row" and rule.table in {"*", loaded.table.name}:
            checks.extend(_rule_checks(rule, loaded))
    return checks


def _rule_checks(rule: Rule, loaded: Loaded) -> Iterator[RowCheck]:
    assert rule.when is not None
    if not rule.each:
        yield RowCheck(rule, rule.columns, rule.when, rule.params, rule.gate)
        return
    for name in targets(rule, loaded):
        quoted = sql.name(name)
        yield RowCheck(
            rule,
            (name, *(column for column in rule.columns if column not in {name, "{column}"})),
            rule.when.replace("{column}", quoted),
            {key: value.replace("{column}", quoted) for key, value in rule.params.items()},
            rule.gate and rule.gate.replace("{column}", quoted),
            cell=rule.family == "values",
        )


def targets(rule: Rule, loaded: Loaded) -> list[str]:
    """Return the columns that `each` of a rule means; those it names count even where the file lacks them."""
    names = [column.name for column in loaded.columns if selected(rule, loaded.table, column)]
    missing = [name for name in _names(rule.each.get("name")) if name not in loaded.by_name]
    return names + [name for name in missing if name in loaded.table.by_name]


def selected(rule: Rule, table: Table, column: Column) -> bool:
    """Whether `each` of a rule means this column of `table`."""
    each, item = rule.each, column.field
    if f"{table.name}.{column.name}" in _names(each.get("except")):
        return False
    if column.name in _names(each.get("also")):
        return True
    if "name" in each:
        return column.name in _names(each["name"])
    if "type" in each:
        return column.type == each["type"] and not (each.get("free") and item is not None and _checked_text(item))
    if item is None:
        return False
    return (
        (bool(each.get("id")) and table.id_letter is not None and (column.name,) == table.primary_key)
        or (bool(each.get("personal")) and item.personal)
        or (bool(each.get("list")) and item.list)
        or ("codelist" in each and item.codelist == each["codelist"])
    )


def _names(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _checked_text(item: Field) -> bool:
    """Whether a code list or a pattern says which texts the field takes, so that no other rule need look at them."""
    return item.pattern is not None or item.codelist is not None


def silencers(checks: Sequence[RowCheck]) -> list[frozenset[int]]:
    """Return for each check the places of those that silence it.

    A cell check silences what else reads its cell. A rule that replaces another is not silenced by it on the cells that
    both are about, but silences it there.
    """
    by_column: dict[str, list[int]] = {}
    silencing: list[set[int]] = []
    for place, check in enumerate(checks):
        silencing.append({other for column in check.columns for other in by_column.get(column, ())})
        if check.cell:
            by_column.setdefault(check.columns[0], []).append(place)
    for place, check in enumerate(checks):
        for other in [other for other in silencing[place] if checks[other].rule.name in check.rule.replaces]:
            silencing[place].discard(other)
            silencing[other].add(place)
    return [frozenset(places) for places in silencing]


def mask_items(conditions: Sequence[str]) -> list[str]:
    """Return the SELECT items that pack the outcome of all conditions into BIGINT masks m0, m1, …"""
    items = []
    for start in range(0, len(conditions), MASK_BITS):
        bits = (
            f"(CASE WHEN {condition} THEN {1 << place} ELSE 0 END)"
            for place, condition in enumerate(conditions[start : start + MASK_BITS])
        )
        items.append(f"CAST({' + '.join(bits)} AS BIGINT) AS m{start // MASK_BITS}")
    return items


def bit(place: int) -> str:
    """Return the condition that check number `place` is set in a row of masks."""
    return f"(m{place // MASK_BITS} & {1 << place % MASK_BITS}) <> 0"


def none_of(places: frozenset[int]) -> str:
    """Return the condition that none of the checks `places` is set; empty when there are none."""
    masks: dict[int, int] = {}
    for place in places:
        masks[place // MASK_BITS] = masks.get(place // MASK_BITS, 0) | 1 << place % MASK_BITS
    return " AND ".join(f"(m{number} & {mask}) = 0" for number, mask in sorted(masks.items()))


def counted(place: int, silenced_by: frozenset[int]) -> str:
    """Return the condition that check `place` holds and nothing silences it."""
    silent = none_of(silenced_by)
    return f"{bit(place)} AND {silent}" if silent else bit(place)
