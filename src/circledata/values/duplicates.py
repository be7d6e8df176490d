"""Finds records that are there twice, exactly or nearly, and merges a group on request with all that was merged.

No official definition of a duplicate outlet exists; this one is the standard's own and agrees with its rule
outlet-duplicate (CD424), widened by names that are alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from circledata.values.brand_names import Kinds
from circledata.values.duplicate_likeness import Node, nodes_of
from circledata.values.duplicate_pairs import SAME_ADDRESS_WITHIN, Link, links
from circledata.values.geodesy import distance_m

__all__ = ["DISTANCE", "REASONS", "Conflict", "Group", "Link", "Merged", "find", "merge"]

DISTANCE = 20.0
"""Metres within which equal or like names are one place; own choice, the same as in the rule CD424."""

REASONS: Mapping[str, tuple[str, str]] = {
    "same-cells": ("每一格都相同", "every cell is the same"),
    "same-name-same-place": ("名称相同，地点相同", "same name at the same place"),
    "like-name-same-place": ("名称相近，地点相同", "like name at the same place"),
    "same-name-same-address": ("名称相同，地址相同", "same name and address"),
}
"""Why records are one: reason → wording in (zh, en)."""

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows (indices of records, ascending) that are, or may be, one outlet, and the links that hold them together."""

    kind: Literal["exact", "near"]
    rows: tuple[int, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field for which the merged records give different values: the one kept, and each other one with its row."""

    field: str
    kept: str
    others: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged record: its base `row`, fields `filled` from other rows as (field, row), and the `conflicts`."""

    record: Mapping[str, str]
    row: int
    filled: tuple[tuple[str, int], ...]
    conflicts: tuple[Conflict, ...]


def find(
    records: Sequence[Record],
    *,
    distance: float = DISTANCE,
    generic: Iterable[str] = (),
    places: Iterable[str] = (),
    ignore: Collection[str] = ("outlet_id",),
) -> list[Group]:
    """Return groups of duplicates: first those whose cells are all the same, then near ones, each in order of its rows.

    `records` use the columns of the table outlets: name, address, longitude, latitude (degrees), category, circle_id,
    division_code. Columns in `ignore` do not count for exact ones. A near group holds one row of each exact group.
    `generic`: words for kinds of shop (`brands.generic_words`), `places`: names of places.

    Near are records with equal or like names (`likeness`) no more than `distance` metres apart, or with equal names and
    equal addresses within 200 m; without coordinates equal name and address in one circle. Never different branches,
    floors, units or stalls. Unattended cabinets and machines, and names that are only a kind of shop, need an equal
    address. Groups are transitive: what is nearest is joined first, as long as the group still agrees on its branch and
    does not reach farther than twice `distance` (200 m by address). The order of the records changes nothing.
    """
    if distance < 0:
        raise ValueError("distance must not be negative")
    kinds = Kinds(generic, places)
    alike = _same_cells(records, ignore)
    exact = [rows for rows in alike if len(rows) > 1]
    groups = [
        Group("exact", tuple(rows), tuple(Link(rows[0], row, "same-cells", None, 1.0) for row in rows[1:]))
        for rows in exact
    ]
    chosen = (rows[0] if len(rows) == 1 else min(rows, key=lambda row: _cells(records[row])) for rows in alike)
    return groups + _near_groups(records, nodes_of(records, sorted(chosen), kinds), distance)


def _same_cells(records: Sequence[Record], ignore: Collection[str]) -> list[list[int]]:
    """Rows by equal cells; an empty cell and a missing one are the same, and rows without any cell are left out."""
    columns = sorted({key for keys in {tuple(record) for record in records} for key in keys}.difference(ignore))
    found: dict[tuple[object, ...], list[int]] = {}
    for row, record in enumerate(records):
        cells = map(record.get, columns)
        key = tuple([cell if type(cell) is str else "" if cell is None else str(cell) for cell in cells])
        found.setdefault(key, []).append(row)
    return [rows for key, rows in found.items() if any(key)]


def _cells(record: Record, ignore: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted((key, str(value)) for key, value in record.items() if value not in (None, "") and key not in ignore)
    )


def _near_groups(records: Sequence[Record], nodes: Sequence[Node], distance: float) -> list[Group]:
    by_row = {node.row: node for node in nodes}
    content: dict[int, tuple[tuple[str, str], ...]] = {}

    def order(made: Link) -> tuple[object, ...]:
        for row in (made.row, made.other):
            if row not in content:
                content[row] = _cells(records[row])
        pair = sorted((content[made.row], content[made.other]))
        return (made.distance_m is None, round(made.distance_m or 0.0, 6), -made.likeness, *pair)

    clusters: dict[int, _Cluster] = {}
    kept: list[Link] = []
    for made in sorted(links(nodes, distance), key=order):
        first = clusters.setdefault(made.row, _Cluster.of(by_row[made.row]))
        second = clusters.setdefault(made.other, _Cluster.of(by_row[made.other]))
        if first is second:
            continue
        reach = SAME_ADDRESS_WITHIN if made.reason == "same-name-same-address" else 2 * distance
        joined = first.joined(second, reach)
        if joined:
            kept.append(made)
            clusters.update(dict.fromkeys(joined.rows, joined))
    unique = {id(cluster): cluster for cluster in clusters.values() if len(cluster.rows) > 1}
    linked: dict[int, list[Link]] = {}
    for made in kept:
        linked.setdefault(id(clusters[made.row]), []).append(made)
    groups = [
        Group("near", cluster.rows, tuple(sorted(linked[key], key=lambda made: (made.row, made.other))))
        for key, cluster in unique.items()
    ]
    return sorted(groups, key=lambda group: group.rows)


@dataclass(frozen=True, slots=True)
class _Cluster:
    """Rows joined so far and what they agree on. `box` is west, south, east, north in degrees."""

    rows: tuple[int, ...]
    branch: str
    unit: str
    floors: frozenset[int]
    kinds: frozenset[str]
    categories: frozenset[str]
    box: tuple[float, float, float, float] | None

    @classmethod
    def of(cls, node: Node) -> _Cluster:
        return cls(
            (node.row,),
            node.branch,
            node.detail.unit,
            node.detail.floors,
            frozenset(filter(None, (node.kind,))),
            frozenset((node.detail.category,)),
            (*node.point, *node.point) if node.point else None,
        )

    def joined(self, other: _Cluster, reach: float) -> _Cluster | None:
        """Return both as one; None where they contradict each other or would reach farther than `reach` metres."""
        if (self.branch and other.branch and self.branch != other.branch) or (
            self.unit and other.unit and self.unit != other.unit
        ):
            return None
        floors = self.floors & other.floors if self.floors and other.floors else self.floors | other.floors
        if not floors and (self.floors or other.floors):
            return None
        kinds, categories = self.kinds | other.kinds, self.categories | other.categories
        if len(kinds) > 1 and (len(categories) > 1 or "" in categories):
            return None
        box = _box(self.box, other.box)
        if box and distance_m(*box) > reach:
            return None
        rows = tuple(sorted((*self.rows, *other.rows)))
        return _Cluster(rows, self.branch or other.branch, self.unit or other.unit, floors, kinds, categories, box)


def _box(
    one: tuple[float, float, float, float] | None, two: tuple[float, float, float, float] | None
) -> tuple[float, float, float, float] | None:
    if one is None or two is None:
        return one or two
    return min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])


def merge(
    records: Sequence[Record],
    rows: Sequence[int],
    *,
    together: Sequence[Sequence[str]] = (("longitude", "latitude"),),
) -> Merged:
    """Return the records of `rows` as one: the one with the most filled fields, its gaps filled from the rest.

    Fields of one of the lists in `together` are taken from one record only, so that no point is mixed of two. No value
    is lost: every one that differs from what is kept is listed as a conflict. The order of `rows` changes nothing but
    the choice between records that are the same. ValueError without rows.
    """
    if not rows:
        raise ValueError("nothing to merge")
    texts = {row: {key: str(value) for key, value in records[row].items() if value not in (None, "")} for row in rows}
    ranked = sorted(dict.fromkeys(rows), key=lambda row: (-len(texts[row]), sorted(texts[row].items()), row))
    fields = list(dict.fromkeys(key for row in ranked for key in records[row]))
    record = dict(texts[ranked[0]])
    filled: list[tuple[str, int]] = []
    units = [tuple(unit) for unit in together] + [(key,) for key in fields if not any(key in unit for unit in together)]
    for unit in units:
        if any(key in record for key in unit):
            continue
        giver = max(ranked, key=lambda row: sum(key in texts[row] for key in unit))
        for key in unit:
            if key in texts[giver]:
                record[key] = texts[giver][key]
                filled.append((key, giver))
    order = {key: place for place, key in enumerate(fields)}
    return Merged(
        {key: record.get(key, "") for key in fields},
        ranked[0],
        tuple(sorted(filled, key=lambda item: order[item[0]])),
        tuple(_conflicts(record, ranked, texts, fields)),
    )


def _conflicts(
    record: Mapping[str, str], ranked: Sequence[int], texts: Mapping[int, Mapping[str, str]], fields: Iterable[str]
) -> Iterator[Conflict]:
    for key in fields:
        # Of equal values the best ranked row is named, so later ones are read first.
        other = {text: row for row in reversed(ranked) if (text := texts[row].get(key, "")) and text != record.get(key)}
        if other:
            others = tuple(sorted((row, text) for text, row in other.items()))
            yield Conflict(key, record.get(key, ""), others)
