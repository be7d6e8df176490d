"""Puts packages or places side by side, and says where a difference may come from the data and not from the place.

The method is our own, because no official text tells how to compare incomplete data; `docs/compare.md` says the same
for people. Every row is one indicator (or one item of its breakdown), every pair of sides in it gets one verdict:

not-comparable  one of the two was not computed; the reason is given, and it never counts as 0.
same            the two values are equal as they are rounded.
about-data      the indicator is of the group `data` (completeness, freshness …): it says how good the data is and
                nothing about the place.
may-be-data     at least one of these holds:
                unknown-values  some records lack what the figure needs, and filling them in could make the two figures
                                equal (their bounds meet: see `compare_bounds`);
                sample          both are shares of people asked, and chance alone could make them differ as much;
                listing         the figure reads the table of outlets, and one side lists at least LISTING times as many
                                outlets a circle as the other (open outlets in circles that are built; where one side
                                has no such circle, all open outlets over all circles that are not closed);
                category        of a category one side lists no more than a tenth (RARE) of the outlets that it would
                                have at the other's share, and that would be EXPECTED at least;
                definition      the two packages follow versions of the standard that define the indicator differently.
stands          none of them holds: the difference stays whatever the empty cells would say.

What no package can tell is how much it does not list at all. LISTING is therefore a convention: the national totals
that were published between February 2023 and December 2025 come to between 200 and 240 outlets a circle, so a threefold
difference between two areas is more likely to be one of listing. RARE and EXPECTED are conventions, too: by chance
alone ten expected outlets come to one or none in one case of two thousand, so most likely such outlets are not on
record (a map that knows restaurants but no hairdressers) or stand under another category.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from circledata.indicators.compare_bounds import bounds, sample_bounds
from circledata.indicators.compare_cautions import cautions_of
from circledata.indicators.compare_model import Cause, Cell, Comparison, Pair, Row, Side, Verdict
from circledata.indicators.compare_sides import sides_of
from circledata.indicators.model import Figure, Figures
from circledata.standard.model import Indicator

LISTING = 3
"""From how many times as many outlets a circle on the listing itself is in doubt; a convention of our own."""
RARE, EXPECTED = 10, 10
"""How many times fewer outlets of a category, of how many expected at least, put its listing in doubt."""
BY_CATEGORY = "categories"
"""The code list of the breakdown that this is looked for in."""
LISTED = ("outlets-per-circle", "outlets", "circles-by-status")
"""The indicators that tell how much is listed; `compare` reads them whatever is shown."""
ABOUT_DATA = "data"
"""The group of indicators that say how good the data is."""
Listed = tuple[Fraction | None, Fraction | None]
TOGETHER = 12
"""Up to that many sides each is compared with each; beyond, every side with the first one."""


def compare(figures: Sequence[Figures], names: Sequence[str] | None = None) -> Comparison:
    """Compare packages, or the places that their figures are about.

    `figures`: one a package, all of one scope; at the scope `package` a side is a package, else a side is a place.
    `names`: the indicators to be shown, all when None; those of LISTED are read in any case where they were computed.
    CompareError when there are fewer than two sides.
    """
    sides = sides_of(figures)
    rows = [
        row
        for indicator in _indicators(figures)
        if names is None or indicator.name in names
        for row in _rows(indicator, sides)
    ]
    first = figures[0]
    return Comparison(first.circledata, first.standard, first.scope, sides, rows, cautions_of(sides))


def _indicators(figures: Sequence[Figures]) -> list[Indicator]:
    """Return the indicators of all packages, in the order of the standard of the first."""
    found: dict[str, Indicator] = {}
    for one in figures:
        for indicator in one.indicators:
            found.setdefault(indicator.name, indicator)
    return list(found.values())


def _rows(indicator: Indicator, sides: Sequence[Side]) -> Iterator[Row]:
    """Yield the rows of one indicator; none where it has no meaning for places of this kind."""
    found = [_figures(indicator, side) for side in sides]
    if all(figure.reason == "not-at-this-scope" for figures in found for figure in figures.values()):
        return
    listed = [_listed(side) for side in sides]
    for item in _items(indicator, sides, found):
        cells = [_cell(indicator, figures, item) for figures in found]
        pairs = [_pair(indicator, sides, cells, listed, pair) for pair in _pairs(len(sides))]
        yield Row(indicator, item, cells, pairs)


def _figures(indicator: Indicator, side: Side) -> dict[str | None, Figure]:
    return {figure.item: figure for figure in side.figures.of(indicator.name, side.place)}


def _items(
    indicator: Indicator, sides: Sequence[Side], found: Sequence[dict[str | None, Figure]]
) -> Sequence[str | None]:
    """Return the items that any side has, in the order of the code list; None alone where no side has one."""
    there = {item for figures in found for item in figures if item is not None}
    if not there:
        return [None]
    codes = sides[0].figures.standard.codelists[indicator.by].codes if indicator.by else {}
    return [*(code for code in codes if code in there), *sorted(there - codes.keys())]


def _cell(indicator: Indicator, figures: dict[str | None, Figure], item: str | None) -> Cell:
    figure = figures.get(item)
    if figure is None and item is not None:
        figure = _absent(indicator, figures, item)
    return Cell(figure, bounds(indicator, figure) if figure else None)


def _absent(indicator: Indicator, figures: dict[str | None, Figure], item: str) -> Figure | None:
    """Return the figure of an item that a side does not list: zero where its other items were counted."""
    if None in figures:
        return figures[None]
    other = next(iter(figures.values()), None)
    if other is None:
        return None
    zero = 0 if indicator.denominator is None and other.reason is None else None
    reason = None if zero == 0 else "no-record"
    return Figure(indicator.name, other.place, item, zero, zero, None, other.known, other.records, reason)


def _pairs(count: int) -> Iterator[tuple[int, int]]:
    if count <= TOGETHER:
        return combinations(range(count), 2)
    return ((0, other) for other in range(1, count))


def _pair(
    indicator: Indicator,
    sides: Sequence[Side],
    cells: Sequence[Cell],
    listed: Sequence[Listed],
    pair: tuple[int, int],
) -> Pair:
    """Compare two sides in one row."""
    first, second = (cells[number].value for number in pair)
    if first is None or second is None:
        return Pair(*pair, None, "not-comparable", _why_none(cells, pair))
    difference = round(second - first, indicator.decimals)
    if not difference:
        return Pair(*pair, 0, "same", ())
    if indicator.group == ABOUT_DATA:
        return Pair(*pair, difference, "about-data", ())
    causes = [*_unknown(cells, pair), *_sample(indicator, cells, pair), *_listing(indicator, listed, pair)]
    causes += [*_category(indicator, cells, pair), *_definition(indicator, sides, pair)]
    verdict: Verdict = "may-be-data" if causes else "stands"
    return Pair(*pair, difference, verdict, causes)


def _why_none(cells: Sequence[Cell], pair: tuple[int, int]) -> list[Cause]:
    causes = []
    for number in pair:
        figure = cells[number].figure
        if figure is None:
            causes.append(Cause("not-in-standard", (number,), {}))
        elif figure.value is None:
            causes.append(Cause("not-computed", (number,), {"reason": figure.reason or "no-record"}))
    return causes


def _unknown(cells: Sequence[Cell], pair: tuple[int, int]) -> Iterator[Cause]:
    """Yield the cause that what nobody filled in could make two figures equal."""
    first, second = (cells[number].bounds for number in pair)
    assert first and second
    if not first.meets(second):
        return
    for number, other in (pair, pair[::-1]):
        figure = cells[number].figure
        assert figure
        if _may_close(cells[number], cells[other]):
            yield Cause("unknown-values", (number,), {"known": figure.known, "records": figure.records})


def _may_close(cell: Cell, other: Cell) -> bool:
    """Tell whether a figure can move towards the other one: what is missing in the larger sum only widens the gap."""
    assert cell.bounds and cell.value is not None and other.value is not None
    return cell.bounds.high > cell.value if cell.value < other.value else cell.bounds.low < cell.value


def _sample(indicator: Indicator, cells: Sequence[Cell], pair: tuple[int, int]) -> Iterator[Cause]:
    """Yield the cause that chance alone could make two shares of people asked differ as much."""
    figures = [cells[number].figure for number in pair]
    limits = [sample_bounds(indicator, figure) if figure else None for figure in figures]
    if not (limits[0] and limits[1] and limits[0].meets(limits[1])):
        return
    for number, figure, limit in zip(pair, figures, limits, strict=True):
        assert figure and limit
        yield Cause("sample", (number,), {"n": figure.denominator or 0, "low": limit.low, "high": limit.high})


def _listed(side: Side) -> Listed:
    """Return how many outlets a circle a side lists, in two ways; None where that is not known.

    For a single circle it says nothing: circles of one area may well differ that much.
    """
    if side.figures.scope == "circle":
        return None, None
    per_circle, outlets, statuses = (side.figures.of(name, side.place) for name in LISTED)
    built = next((_quotient(figure.numerator, figure.denominator) for figure in per_circle if figure.value), None)
    # Circles whose status nobody filled in are circles all the same.
    unknown = max((figure.records - figure.known for figure in statuses), default=0)
    circles = unknown + sum(figure.value or 0 for figure in statuses if figure.item != "closed")
    every = next((_quotient(figure.value, circles) for figure in outlets if figure.value), None)
    return built, every


def _quotient(part: float | int | None, whole: float | int | None) -> Fraction | None:
    return Fraction(str(part)) / Fraction(str(whole)) if part and whole else None


def _listing(indicator: Indicator, listed: Sequence[Listed], pair: tuple[int, int]) -> Iterator[Cause]:
    """Yield the cause that one side lists far more outlets a circle than the other."""
    if not any(need.partition(".")[0] == "outlets" for need in indicator.needs):
        return
    for first, second in zip(listed[pair[0]], listed[pair[1]], strict=True):
        if first and second:
            if max(first, second) >= LISTING * min(first, second):
                yield Cause("listing", pair, {"first": float(round(first, 1)), "second": float(round(second, 1))})
            return


def _category(indicator: Indicator, cells: Sequence[Cell], pair: tuple[int, int]) -> Iterator[Cause]:
    """Yield the cause that one side has hardly any outlet of a category that is usual on the other."""
    if indicator.by != BY_CATEGORY:
        return
    for number, other in (pair, pair[::-1]):
        own, theirs = cells[number].figure, cells[other].figure
        assert own and theirs
        share = _quotient(theirs.value, theirs.known)
        expected = share * own.known if share else Fraction(0)
        if expected >= EXPECTED and own.value is not None and own.value * RARE <= expected:
            yield Cause("category", (number, other), {"value": own.value, "expected": round(expected)})


def _definition(indicator: Indicator, sides: Sequence[Side], pair: tuple[int, int]) -> Iterator[Cause]:
    """Yield the cause that two versions of the standard define an indicator differently."""
    versions = [sides[number].figures.standard for number in pair]
    defined = [version.indicators.get(indicator.name, indicator) for version in versions]
    if (defined[0].sql, defined[0].unit) != (defined[1].sql, defined[1].unit):
        yield Cause("definition", pair, {"first": versions[0].version, "second": versions[1].version})
