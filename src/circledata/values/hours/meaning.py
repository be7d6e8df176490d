"""Tells what the rules of a text mean together: what adds up, what replaces what, what contradicts; then OSM syntax."""

from __future__ import annotations

from itertools import pairwise

from circledata.values.hours.clock import DAY, FULL_DAY, Span, UnclearError
from circledata.values.hours.days import DateRange
from circledata.values.hours.rules import Assembly, Rule
from circledata.values.hours.tokens import EVERY_DAY, HOLIDAY
from circledata.values.hours.write import write


def to_rules(assembly: Assembly) -> str | None:
    """Return the rules of a text in OSM syntax; None when it names no rule at all.

    Raises UnclearError where rules contradict each other or it is not certain which of them holds on a day.
    """
    opened = [rule for rule in assembly.rules if not rule.closed]
    closed = [rule for rule in assembly.rules if rule.closed]
    if any(rule.season and not rule.dates for rule in assembly.rules):
        raise UnclearError  # 夏季 without dates: nobody knows from when to when
    if not opened:
        if assembly.breaks or assembly.no_rest or assembly.holidays_normal or any(rule.exceptions for rule in closed):
            raise UnclearError
        return write([], closed) if closed else None
    if assembly.paused == "装修":
        raise UnclearError  # the trade, or the state of the shop?
    if assembly.no_rest:
        if closed:
            raise UnclearError
        _open_every_day(opened)
    _carry_seasons(assembly.rules, opened)
    opened = _merge(opened)
    _check_overrides(opened)
    opened = _join_days(opened)
    _cut_breaks(opened, assembly.breaks)
    holidays = _exceptions(assembly, opened, closed)
    _check_closed(opened, closed)
    past_midnight = _separate(opened, closed)
    return write(opened + holidays, closed, additional=past_midnight)


def _open_every_day(opened: list[Rule]) -> None:
    covered = 0
    for rule in opened:
        rule.days = rule.days or EVERY_DAY
        covered |= rule.days
    if covered & EVERY_DAY != EVERY_DAY:
        raise UnclearError


def _carry_seasons(rules: list[Rule], opened: list[Rule]) -> None:
    """Give 周末… in `5月-9月：周一至周五…，周末…；10月-4月：…` the dates that stand before it."""
    dated = [rule for rule in opened if rule.dates]
    late = [rule for rule in opened if not rule.dates and dated and opened.index(rule) > opened.index(dated[0])]
    if late and (not opened[0].dates or len({rule.dates for rule in dated}) < 2):
        raise UnclearError
    for rule in late:
        rule.dates = opened[opened.index(rule) - 1].dates
    places = [place for place, rule in enumerate(rules) if rule.closed and not rule.dates]
    if dated and places:
        first_dated = rules.index(dated[0])
        between = any(first_dated < place < rules.index(opened[-1]) for place in places)
        if late or between:
            raise UnclearError  # closed all year, or in that season only?


def _merge(opened: list[Rule]) -> list[Rule]:
    """Join rules for the same days and dates: 周一至周五9:00-12:00；周一至周五14:00-17:00."""
    merged: list[Rule] = []
    for rule in opened:
        same = next((one for one in merged if one.days == rule.days and one.dates == rule.dates), None)
        if same is None:
            merged.append(rule)
        else:
            same.times += rule.times
            same.exceptions += rule.exceptions
    for rule in merged:
        rule.times = _in_order(rule.times)
    return merged


def _in_order(times: list[Span]) -> list[Span]:
    if times and set(times) == {FULL_DAY}:
        return [FULL_DAY]
    for (_, end), (start, _) in pairwise(times):
        if start < end:
            raise UnclearError  # spans that overlap, or an afternoon written 2:00-5:00
    if len(times) > 1 and times[-1][1] - 1440 > times[0][0]:
        raise UnclearError
    return times


def _check_overrides(opened: list[Rule]) -> None:
    """Let a later, narrower rule stand instead of an earlier one; refuse every other overlap of two rules."""
    for place, later in enumerate(opened):
        for earlier in opened[:place]:
            if not (_common_days(earlier, later) and _dates_meet(earlier, later)):
                continue
            narrower = later.reach & ~earlier.reach == 0 and (not earlier.dates or earlier.dates == later.dates)
            instead = any(a < end and start < b for a, b in earlier.times for start, end in later.times)
            if not (narrower and instead):
                raise UnclearError


def _join_days(opened: list[Rule]) -> list[Rule]:
    """Write Monday 9-17, Tuesday 9-17 … as Mo-Fr 9-17, where no rule stands instead of another."""
    if any(_common_days(one, other) for place, one in enumerate(opened) for other in opened[:place]):
        return opened
    joined: list[Rule] = []
    for rule in opened:
        same = next((one for one in joined if one.times == rule.times and one.dates == rule.dates), None)
        if same is None or rule.exceptions or same.exceptions or (rule.days | same.days) & HOLIDAY:
            joined.append(rule)
        else:
            same.days |= rule.days
    return joined


def _common_days(one: Rule, other: Rule) -> int:
    return (one.days or EVERY_DAY) & (other.days or EVERY_DAY)


def _dates_meet(one: Rule, other: Rule) -> bool:
    if not one.dates or not other.dates or one.dates == other.dates:
        return True
    return any(_ranges_meet(first, second) for first in one.dates for second in other.dates)


def _ranges_meet(one: DateRange, other: DateRange) -> bool:
    return any(a <= d and c <= b for a, b in _straight(one) for c, d in _straight(other))


def _straight(dates: DateRange) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    first, last = (dates[0], dates[1]), (dates[2], dates[3] or 31)
    return [(first, last)] if first <= last else [(first, (12, 31)), ((1, 0), last)]


def _cut_breaks(opened: list[Rule], breaks: list[Span]) -> None:
    for start, end in breaks:
        cut = False
        for rule in opened:
            for place, (first, last) in enumerate(rule.times):
                if first < start and end < last:
                    rule.times[place : place + 1] = [(first, start), (end, last)]
                    cut = True
                    break
        if not cut:
            raise UnclearError


def _exceptions(assembly: Assembly, opened: list[Rule], closed: list[Rule]) -> list[Rule]:
    """Turn exceptions into rules: 节假日除外 after open hours closes, after a closed day opens."""
    wanted = assembly.holidays_normal and any(rule.reach & HOLIDAY == 0 for rule in opened)
    for rule in closed:
        if any(days != HOLIDAY for days, _ in rule.exceptions):
            raise UnclearError
        wanted |= bool(rule.exceptions)
    for rule in opened:
        for days, position in rule.exceptions:
            fits = {"before": rule is opened[0], "after": rule is opened[-1], "within": len(opened) == 1}
            if not fits[position]:
                raise UnclearError
            closed.append(Rule(days, rule.dates if len(opened) == 1 else (), closed=True))
    if not wanted or any(rule.days & HOLIDAY for rule in opened):
        return []
    return _usual_hours(opened)


def _usual_hours(opened: list[Rule]) -> list[Rule]:
    """Return rules for public holidays with the hours of other days; raises UnclearError when these differ."""
    usual: dict[tuple[DateRange, ...], list[Span]] = {}
    for rule in opened:
        if usual.setdefault(rule.dates, rule.times) != rule.times:
            raise UnclearError
    if len(usual) > 1 and () in usual:
        raise UnclearError
    return [Rule(HOLIDAY, dates, times) for dates, times in usual.items()]


def _separate(opened: list[Rule], closed: list[Rule]) -> bool:
    """Give each rule its own days where hours pass midnight, and tell whether that was done.

    In OSM a rule for Saturday, and `Mo off`, also take away what is left of the night before; additional rules (joined
    by a comma) and days that are simply not named do not.
    """
    dated = {bool(rule.dates) for rule in opened}
    if len(dated) > 1 or not any(end > DAY for rule in opened for _, end in rule.times):
        return False
    for place, rule in enumerate(opened):
        taken = 0
        for later in opened[place + 1 :]:
            taken |= later.days & EVERY_DAY if later.dates == rule.dates else 0
        for shut in closed:
            taken |= shut.days & EVERY_DAY if not shut.dates else 0
        if taken:
            rule.days = (rule.days or EVERY_DAY) & ~taken
    closed[:] = [shut for shut in closed if shut.dates or shut.days & HOLIDAY]
    for shut in closed:
        shut.days = shut.days if shut.dates else HOLIDAY
    return True


def _check_closed(opened: list[Rule], closed: list[Rule]) -> None:
    """Refuse a closed day that leaves nothing of an open rule: 周一9:00-17:00，周一休息."""
    for shut in closed:
        for rule in opened:
            all_days = (rule.days or EVERY_DAY) & ~(shut.days or EVERY_DAY) == 0
            if all_days and (not shut.dates or shut.dates == rule.dates):
                raise UnclearError
