"""What to bear in mind throughout a comparison: invented data, errors, dates and versions that differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from circledata.indicators.compare_model import Caution, Side


def cautions_of(sides: Sequence[Side]) -> list[Caution]:
    """Return the cautions, the gravest first."""
    return [
        *_synthetic(sides),
        *_errors(sides),
        *_dates(sides),
        *_versions(sides),
        *_same_area(sides),
    ]


def _synthetic(sides: Sequence[Side]) -> Iterator[Caution]:
    found = tuple(number for number, side in enumerate(sides) if side.figures.package.get("synthetic"))
    if found:
        yield Caution("synthetic", found, {})


def _errors(sides: Sequence[Side]) -> Iterator[Caution]:
    """Yield one caution a package: its places share its errors."""
    found: dict[int, list[int]] = {}
    for number, side in enumerate(sides):
        if not side.figures.valid:
            found.setdefault(id(side.figures), []).append(number)
    for numbers in found.values():
        yield Caution("errors", tuple(numbers), {"errors": sides[numbers[0]].figures.counts["error"]})


def _dates(sides: Sequence[Side]) -> Iterator[Caution]:
    unknown = tuple(number for number, side in enumerate(sides) if side.figures.as_of is None)
    if unknown:
        yield Caution("as-of-unknown", unknown, {})
    dated = [(side.figures.as_of, number) for number, side in enumerate(sides) if side.figures.as_of is not None]
    if len({day for day, _ in dated}) > 1:
        (first, _), (last, _) = min(dated), max(dated)
        params: dict[str, str | int] = {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "days": (last - first).days,
        }
        yield Caution("as-of-differs", tuple(number for _, number in dated), params)


def _versions(sides: Sequence[Side]) -> Iterator[Caution]:
    versions = sorted({side.figures.standard.version for side in sides})
    if len(versions) > 1:
        yield Caution("standard-differs", tuple(range(len(sides))), {"versions": ", ".join(versions)})


def _same_area(sides: Sequence[Side]) -> Iterator[Caution]:
    """Yield a caution where two packages are of the same area: then they are two states of it."""
    areas: dict[str, list[int]] = {}
    for number, side in enumerate(sides):
        code = side.place or side.figures.package.get("division_code")
        if isinstance(code, str) and code:
            areas.setdefault(code, []).append(number)
    for code, numbers in areas.items():
        if len({id(sides[number].figures) for number in numbers}) > 1:
            yield Caution("same-area", tuple(numbers), {"code": code})
