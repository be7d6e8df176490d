"""The small charts as plain numbers: bars from zero, and how far a figure may move once everything is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from circledata.indicators.compare_bounds import Bounds
from circledata.indicators.model import Figure
from circledata.reports.figures_numbers import between, item_title, reason, share_of, shown, unit_of
from circledata.reports.layout import visible
from circledata.standard.model import Indicator, Standard, Text

WIDTH = 100
"""Units of a whole chart; the style stretches it to the room there is."""
TONES = 4
"""Colours that tell sides apart; with more sides all have the first."""
NOT_IN_STANDARD = Text("未计算：所用版本的标准没有这个指标", "not computed: not in its version of the standard")
KNOWN = Text("填了 {known}/{records}（{share}）", "{known} of {records} filled in ({share})")
RANGE = Text("补齐后可能是 {range}", "possibly {range} once filled in")


@dataclass(frozen=True, slots=True)
class Point:
    """One figure to be drawn. `tone`: the number of its side, for the colour."""

    name: Text
    figure: Figure | None
    bounds: Bounds | None = None
    tone: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: name, value in words, and where its bar and its range end, from 0 to WIDTH."""

    name: Text
    value: Text
    computed: bool
    width: float
    low: float | None
    high: float | None
    tone: int
    known: Text | None
    """How much was filled in, where that is not all; with the range that follows. Of an item only the range."""


@dataclass(frozen=True, slots=True)
class Part:
    """The bars of one item, or of the indicator as a whole."""

    title: Text | None
    bars: Sequence[Bar]
    left: int = 0
    """Places that are not drawn because there are too many."""


@dataclass(frozen=True, slots=True)
class Card:
    """All that the page says of one indicator."""

    indicator: Indicator
    unit: Text | None
    parts: Sequence[Part]
    wide: bool
    """Whether it takes the whole breadth of the page."""
    filled: Sequence[Text] = ()
    """How much was filled in of a breakdown, said once for all items."""

    @property
    def single(self) -> Bar | None:
        """The one bar of an indicator that has one figure only: it is shown as a number."""
        bars = [bar for part in self.parts for bar in part.bars]
        return bars[0] if len(bars) == 1 else None


def card(
    indicator: Indicator, standard: Standard, rows: Sequence[tuple[str | None, Sequence[Point]]], most: int = 10_000
) -> Card:
    """Lay an indicator out. `rows`: item (None where there is none) and its points; `most`: points drawn of each item.

    Where every item has one point, the items themselves become the bars of one chart.
    """
    rows = [row for row in rows if row[0] is None or any(_there(point) for point in row[1])] or list(rows[:1])
    top = _top(indicator, [point for _, points in rows for point in points[:most]])
    if len(rows) > 1 and all(len(points) == 1 for _, points in rows):
        parts = [Part(None, [_bar(indicator, standard, _renamed(indicator, row, standard), top) for row in rows])]
    else:
        parts = [
            Part(
                None if item is None else item_title(indicator, item, standard),
                [_bar(indicator, standard, point, top) for point in points[:most]],
                max(0, len(points) - most),
            )
            for item, points in rows
        ]
    wide = sum(len(part.bars) for part in parts) > 12
    return Card(indicator, unit_of(indicator, standard), parts, wide, _filled(rows))


def _filled(rows: Sequence[tuple[str | None, Sequence[Point]]]) -> list[Text]:
    """Say how much was filled in of a breakdown by each side, where that is not all."""
    item, points = rows[0]
    if item is None:
        return []
    found = []
    for point in points:
        figure = point.figure
        if figure and 0 < figure.known < figure.records:
            text = _count(figure)
            alone = len(points) == 1
            found.append(text if alone else Text(f"{point.name.zh}：{text.zh}", f"{point.name.en}: {text.en}"))
    return found


def _there(point: Point) -> bool:
    """Tell whether a point is worth a line in a breakdown: zeros of all sides are left out."""
    return point.figure is not None and bool(point.figure.value)


def _renamed(indicator: Indicator, row: tuple[str | None, Sequence[Point]], standard: Standard) -> Point:
    item, (point,) = row
    name = point.name if item is None else item_title(indicator, item, standard)
    return Point(name, point.figure, point.bounds, point.tone)


def _top(indicator: Indicator, points: Sequence[Point]) -> float:
    """Return the value at the right edge: 1 for shares, else the largest that is drawn."""
    if indicator.unit == "share":
        return 1.0
    ends = [point.bounds.high for point in points if point.bounds]
    ends += [point.figure.value for point in points if point.figure and point.figure.value is not None]
    return max((float(end) for end in ends), default=0.0) or 1.0


def _bar(indicator: Indicator, standard: Standard, point: Point, top: float) -> Bar:
    figure, bounds, tone = point.figure, point.bounds, point.tone
    name = Text(visible(point.name.zh), visible(point.name.en))
    if figure is None or figure.value is None:
        why = reason(figure, standard) if figure else NOT_IN_STANDARD
        return Bar(name, why, False, 0.0, None, None, tone, None)
    text = shown(figure.value, indicator)
    incomplete = figure.known < figure.records
    moving = bounds if bounds and bounds.low < bounds.high else None
    return Bar(
        name,
        Text(text, text),
        True,
        _place(figure.value, top),
        _place(moving.low, top) if moving else None,
        _place(moving.high, top) if moving else None,
        tone,
        _known(indicator, figure, moving) if incomplete else None,
    )


def _place(value: float | int, top: float) -> float:
    return round(WIDTH * min(max(value / top, 0.0), 1.0), 2)


def _known(indicator: Indicator, figure: Figure, moving: Bounds | None) -> Text | None:
    text = _count(figure)
    if moving is None:
        return None if figure.item else text
    limits = between(moving.low, moving.high, indicator)
    limited = Text(RANGE.zh.format(range=limits.zh), RANGE.en.format(range=limits.en))
    return limited if figure.item else Text(f"{text.zh}，{limited.zh}", f"{text.en}, {limited.en}")


def _count(figure: Figure) -> Text:
    values = {
        "known": f"{figure.known:,}",
        "records": f"{figure.records:,}",
        "share": share_of(figure.known, figure.records),
    }
    return Text(KNOWN.zh.format(**values), KNOWN.en.format(**values))
