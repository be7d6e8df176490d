"""Turns two written clock times into one span of minutes, or refuses where the twelve-hour clock leaves a doubt."""

from __future__ import annotations

from typing import NamedTuple

DAY = 1440
Span = tuple[int, int]
"""Minutes from midnight: 0 ≤ start < 1440, start < end ≤ start + 1440; an end above 1440 lies on the next day."""
FULL_DAY: Span = (0, DAY)


class UnclearError(Exception):
    """The text cannot be read with certainty."""


class Point(NamedTuple):
    """One clock time as written.

    `period` is the part of the day written beside it (a name of `tokens.PERIODS`) or empty; `padded` tells a
    leading zero, `colon` the form 8:00, `bare` a number without 点 or minutes.
    """

    hour: int
    minute: int
    period: str = ""
    padded: bool = False
    colon: bool = False
    bare: bool = False
    next_day: bool = False

    @property
    def shows_24_hours(self) -> bool:
        """Tell whether this time can only be of the twenty-four-hour clock."""
        return self.hour >= 13 or self.hour == 0


# (part of the day) -> (hours of the twelve-hour clock -> hours of the day), hours of the day that fit it as they are.
_TWELVE: dict[str, tuple[dict[int, int], range]] = {
    "dawn": ({hour: hour for hour in range(1, 7)} | {12: 0}, range(0, 1)),
    "early": ({hour: hour for hour in range(4, 12)}, range(0)),
    "forenoon": ({hour: hour for hour in range(5, 13)}, range(0)),
    "am": ({hour: hour for hour in range(1, 12)} | {12: 0}, range(0, 1)),
    "noon": ({11: 11, 12: 12, 1: 13, 2: 14}, range(13, 15)),
    "afternoon": ({hour: hour + 12 for hour in range(1, 12)} | {12: 12}, range(13, 24)),
    "pm": ({hour: hour + 12 for hour in range(1, 12)} | {12: 12}, range(13, 24)),
    "dusk": ({hour: hour + 12 for hour in range(4, 9)}, range(16, 21)),
    "evening": ({hour: hour + 12 for hour in range(5, 12)} | {12: 24, 1: 25, 2: 26}, range(17, 25)),
    "night": ({hour: hour + 12 for hour in range(6, 12)} | {12: 24, 1: 25, 2: 26, 3: 27, 4: 28}, range(18, 25)),
}


def _with_period(point: Point, period: str) -> int | None:
    """Return minutes of `point` in that part of the day; above 1440 after midnight; None where they do not agree."""
    twelve, as_written = _TWELVE[period]
    if point.hour in as_written:
        hour: int | None = point.hour
    elif point.hour == 0 and period in {"evening", "night"}:
        hour = 24
    else:
        hour = twelve.get(point.hour)
    return None if hour is None else hour * 60 + point.minute


def span(start: Point, end: Point, clock_24: bool) -> Span:
    """Return the span from `start` to `end`; `clock_24`: some time of the text shows the twenty-four-hour clock.

    Raises UnclearError where the times contradict each other or could mean the morning as well as the evening.
    """
    if start.next_day or (start.bare and end.bare and not (start.period and end.period)):
        raise UnclearError
    first = _start(start, end, clock_24)
    last = _end(start, end, first, clock_24)
    if end.next_day and last <= DAY:
        last += DAY
    elif last <= first:
        last = DAY if last == 0 < first else _past_midnight(first, last, start, end)
    length = last - first
    if not 0 <= first < DAY or not 0 < length <= DAY or (length == DAY and first):
        raise UnclearError
    return first, last


def _past_midnight(first: int, last: int, start: Point, end: Point) -> int:
    # 22:00 to 晚上9点 or to 下午2点 without 次日 is more likely a slip than a shop that is open for 23 hours.
    same = bool(end.period) and end.period == start.period
    if last == first or same or end.period in {"noon", "afternoon", "pm", "dusk", "evening", "night"}:
        raise UnclearError
    return last + DAY


def _start(start: Point, end: Point, clock_24: bool) -> int:
    if start.period:
        minutes = _with_period(start, start.period)
        if minutes is None:
            raise UnclearError
        return minutes
    safe = start.padded or start.shows_24_hours or 5 <= start.hour <= 12
    if end.period and not safe:
        raise UnclearError  # 2点到晚上8点: 2 or 14 o'clock
    if not end.period and _doubtful(start, clock_24) and (not start.colon or start.hour < 5):
        raise UnclearError  # 8点到9点; 2:00-5:00
    return _literal(start)


def _end(start: Point, end: Point, first: int, clock_24: bool) -> int:
    if end.period:
        minutes = _with_period(end, end.period)
        if minutes is None:
            raise UnclearError
        return minutes
    if start.period and not end.shows_24_hours and start.hour < 13 and not end.next_day:
        return _inherited(start, end, first)
    doubtful = not start.period and not end.next_day and _doubtful(end, clock_24)
    if doubtful and (not end.colon or _literal(end) <= first):
        raise UnclearError  # 10:00-7:00: 7 or 19 o'clock
    return _literal(end)


def _inherited(start: Point, end: Point, first: int) -> int:
    """Return the end of 下午2:00-5:00, which is written without a part of the day of its own."""
    if end.colon and end.hour == 12 and first < 720:
        return _literal(end)
    minutes = _with_period(end, start.period)
    if minutes is not None and minutes > first:
        return minutes
    if start.period in {"evening", "night"} and end.hour < 12:
        return _literal(end)  # 晚上10点到6点
    raise UnclearError


def _doubtful(point: Point, clock_24: bool) -> bool:
    if point.padded or point.shows_24_hours or clock_24:
        return False
    return point.hour < 12 or not point.colon


def _literal(point: Point) -> int:
    if point.hour > 30 or (point.hour == 30 and point.minute):
        raise UnclearError
    return point.hour * 60 + point.minute
