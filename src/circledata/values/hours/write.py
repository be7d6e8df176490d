"""Writes rules of opening hours in the canonical spelling of OSM syntax, in the order in which they must stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from circledata.values.hours.clock import DAY, FULL_DAY, Span
from circledata.values.hours.tokens import EVERY_DAY, HOLIDAY

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Hours(Protocol):
    """What a rule must tell to be written."""

    @property
    def days(self) -> int:
        """Bits: Monday 0 … Sunday 6, public holidays 7; 0 for no day named."""

    @property
    def dates(self) -> tuple[tuple[int, int, int, int], ...]:
        """Ranges (month, day, month, day); a day of 0 is the whole month."""

    @property
    def times(self) -> list[Span]:
        """Spans in minutes."""


def write(opened: Sequence[Hours], closed: Sequence[Hours], *, additional: bool = False) -> str:
    """Return the rules in OSM syntax.

    In OSM a later rule stands instead of an earlier one, so closed days come after open ones and public holidays
    last. With `additional`, rules for ordinary days are joined by a comma and stand beside each other. Where only
    closed days are known, all other days are written as unknown.
    """
    ordinary: list[str] = []
    holidays: list[str] = []
    for rule in opened:
        mixed = rule.days & HOLIDAY and rule.days & EVERY_DAY
        others = [other for other in (*opened, *closed) if other is not rule]
        if mixed and (additional or any(other.days & rule.days & EVERY_DAY for other in others)):
            # On a holiday the holiday's hours must win, on other days the narrower rule.
            ordinary.append(_rule(rule.dates, rule.days & EVERY_DAY, rule.times))
            holidays.append(_rule(rule.dates, HOLIDAY, rule.times))
        else:
            (holidays if rule.days & HOLIDAY else ordinary).append(_rule(rule.dates, rule.days, rule.times))
    if not opened:
        ordinary.append("Mo-Su unknown")
    shut = [f"{_selector(rule.dates, rule.days)} closed" for rule in closed if not rule.days & HOLIDAY]
    shut_holidays = [f"{_selector(rule.dates, rule.days)} closed" for rule in closed if rule.days & HOLIDAY]
    if additional:
        # A rule without times cannot stand before a comma: `Mo, Fr 18:00-02:00` would be a list of days.
        whole_days = [rule for rule in ordinary if ":" not in rule]
        ordinary = [*whole_days, ", ".join(rule for rule in ordinary if rule not in whole_days)]
    return "; ".join(dict.fromkeys([*ordinary, *shut, *holidays, *shut_holidays]))


def _rule(dates: tuple[tuple[int, int, int, int], ...], days: int, times: list[Span]) -> str:
    if times == [FULL_DAY]:
        return "24/7" if not dates and days in {0, EVERY_DAY} else _selector(dates, days)
    selector = _selector(dates, days)
    written = ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in times)
    return f"{selector} {written}" if selector else written


@lru_cache(maxsize=4096)
def _clock(minutes: int) -> str:
    minutes = minutes if minutes <= DAY else minutes - DAY
    return f"{minutes // 60:02}:{minutes % 60:02}"


@lru_cache(maxsize=4096)
def _selector(dates: tuple[tuple[int, int, int, int], ...], days: int) -> str:
    written = ",".join(_date_range(*date) for date in dates)
    return " ".join(part for part in (written, write_days(days)) if part)


def write_days(days: int) -> str:
    """Return a set of days in OSM syntax: Mo-Fr, Sa-Su,PH, Fr-Mo."""
    week = days & EVERY_DAY
    parts = ["Mo-Su"] if week == EVERY_DAY else [_run(*run) for run in _runs(week)]
    return ",".join([*parts, *(["PH"] if days & HOLIDAY else [])])


def _runs(week: int) -> Iterable[tuple[int, int]]:
    """Yield runs of days as (first, last); a run may pass from Sunday to Monday."""
    inside = [bool(week >> place & 1) for place in range(7)]
    starts = [place for place in range(7) if inside[place] and not inside[place - 1]]
    for start in starts:
        end = start
        while inside[(end + 1) % 7]:
            end += 1
        yield start, end % 7


def _run(first: int, last: int) -> str:
    return _DAYS[first] if first == last else f"{_DAYS[first]}-{_DAYS[last]}"


def _date_range(month: int, day: int, last_month: int, last_day: int) -> str:
    first, last = _date(month, day), _date(last_month, last_day)
    return first if first == last else f"{first}-{last}"


def _date(month: int, day: int) -> str:
    return f"{_MONTHS[month - 1]} {day}" if day else _MONTHS[month - 1]
