"""Finds the pairs of records that may be one outlet, without comparing every record with every other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from circledata.values.duplicate_likeness import SHORTEST_CORE, Node, compatible, likeness
from circledata.values.geodesy import Grid, distance_m

SAME_ADDRESS_WITHIN = 200.0
"""Records of one name and address farther apart than this many metres are two outlets: the address is only a road. The
same line as in the rule outlet-duplicate (CD424), own choice."""


_FEW = 200


@dataclass(frozen=True, slots=True)
class Link:
    """Why two rows may be one outlet. `distance_m` in metres, None where one has no coordinates; `likeness` 0 to 1."""

    row: int
    other: int
    reason: str
    distance_m: float | None
    likeness: float


def link(a: Node, b: Node, distance: float) -> Link | None:
    """Return why two records may be one, or None. `distance`: names alike and no farther apart are one place."""
    metres = None if a.point is None or b.point is None else distance_m(*a.point, *b.point)
    same_address = a.address != "" and a.address == b.address
    if metres is None or metres > distance:
        # Then only the address can make them one, and only with the same name.
        if a.stem != b.stem or not same_address or (metres is not None and metres > SAME_ADDRESS_WITHIN):
            return None
        if metres is None and a.detail.area and b.detail.area and a.detail.area != b.detail.area:
            return None
        reason = "same-name-same-address"
    elif not same_address and (a.detail.by_address or b.detail.by_address):
        return None
    else:
        reason = "same-name-same-place" if a.stem == b.stem else "like-name-same-place"
    alike = likeness(a, b) if compatible(a, b) else 0.0
    return Link(min(a.row, b.row), max(a.row, b.row), reason, metres, alike) if alike else None


def links(nodes: Sequence[Node], distance: float) -> list[Link]:
    """Return the links between all `nodes`, each pair once.

    Candidates share a name, a core, or a core with one character left out (so that one edit is always found), and lie
    in neighbouring cells of a grid or at one address. The work grows with the number of records, not with its square.
    """
    found: dict[tuple[int, int], Link] = {}
    grid, wide = Grid(distance), Grid(SAME_ADDRESS_WITHIN)
    for bucket in _buckets(nodes):
        for a, b in _pairs(bucket, grid, wide):
            key = (a.row, b.row) if a.row < b.row else (b.row, a.row)
            if key not in found:
                made = link(a, b, distance)
                if made:
                    found[key] = made
    return list(found.values())


def _buckets(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    by_core: dict[str, list[Node]] = {}
    short: dict[str, list[Node]] = {}
    for node in nodes:
        # Equal names have equal cores; only where nothing but the kind of shop is left must the whole name agree.
        group, key = (by_core, node.core) if len(node.core) >= 2 else (short, node.stem)
        group.setdefault(key, []).append(node)
    yield from (bucket for bucket in (*by_core.values(), *short.values()) if len(bucket) > 1)
    first: dict[str, str] = {}
    variants: dict[str, list[str]] = {}
    for core in by_core:
        if len(core) >= SHORTEST_CORE:
            for variant in {core, *[core[:at] + core[at + 1 :] for at in range(len(core))]}:
                other = first.setdefault(variant, core)
                if other is not core:  # most variants are of one core only and need no list
                    variants.setdefault(variant, [other]).append(core)
    for cores in variants.values():
        yield [node for core in cores for node in by_core[core]]


def _pairs(bucket: Sequence[Node], grid: Grid, wide: Grid) -> Iterator[tuple[Node, Node]]:
    if len(bucket) <= _FEW:
        yield from _swept(bucket, max(grid.height, wide.height))
    else:
        yield from _near(bucket, grid)
    by_address: dict[str, list[Node]] = {}
    lost = any(node.point is None for node in bucket)
    if lost or len(bucket) > _FEW:
        for node in bucket:
            if node.address:
                by_address.setdefault(f"{node.stem}\n{node.address}", []).append(node)
    for nodes in by_address.values():
        if len(nodes) > 1:
            yield from _near(nodes, wide)
            placeless = [node for node in nodes if node.point is None]
            for place, node in enumerate(placeless):
                yield from ((node, other) for other in placeless[place + 1 :])
                yield from ((node, other) for other in nodes if other.point is not None)


def _swept(bucket: Sequence[Node], reach: float) -> Iterator[tuple[Node, Node]]:
    """Yield the pairs with no more than `reach` degrees of latitude between them; quicker than a grid for few."""
    placed = sorted((node.point[1], node.point[0], node.row, node) for node in bucket if node.point)
    for place, (lat, lon, _, node) in enumerate(placed):
        for at in range(place + 1, len(placed)):
            north, east, _, other = placed[at]
            if north - lat > reach:
                break
            # Eight times the latitude's degrees cover the same metres up to 82 degrees north.
            if abs(east - lon) <= 8 * reach or abs(lat) > 80:
                yield node, other


def _near(nodes: Iterable[Node], grid: Grid) -> Iterator[tuple[Node, Node]]:
    """Yield pairs in neighbouring cells, never of two branches: a thousand branches at one point stay cheap."""
    cells: dict[tuple[int, int], dict[str, list[Node]]] = {}
    for node in nodes:
        if node.point is None:
            continue
        for cell in grid.around(*node.point):
            here = cells.get(cell)
            if here:
                branches = ("", node.branch) if node.branch else tuple(here)
                yield from ((other, node) for branch in branches for other in here.get(branch, ()))
        cells.setdefault(grid.cell(*node.point), {}).setdefault(node.branch, []).append(node)
