"""Opening hours written in Chinese from a structure are open and closed at the same moments as the structure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from circledata.values.chinese_hours import to_osm
from circledata.values.opening_hours import normalise_osm, readable

_FIRST_DAY = date(2024, 1, 1)
_NAMES = "一二三四五六日"
_HAN = tuple("零 一 二 三 四 五 六 七 八 九 十 十一 十二".split())  # noqa: SIM905


@dataclass(frozen=True)
class Week:
    """Groups of days with their spans in minutes; days in no group are closed; holidays may be closed as well."""

    groups: tuple[tuple[tuple[int, ...], tuple[tuple[int, int], ...]], ...]
    holidays_closed: bool
    months: tuple[int, int] | None

    def is_open(self, moment: datetime) -> bool:
        minute = moment.hour * 60 + moment.minute
        today = moment.date()
        return self._covers(today, minute) or self._covers(today - timedelta(days=1), minute + 1440)

    def _covers(self, day: date, minute: int) -> bool:
        if self.holidays_closed and _is_holiday(day):
            return False
        if self.months and not _within(day.month, *self.months):
            return False
        return any(day.weekday() in days and any(a <= minute < b for a, b in spans) for days, spans in self.groups)


def _within(month: int, first: int, last: int) -> bool:
    return first <= month <= last if first <= last else month >= first or month <= last


@lru_cache(maxsize=2048)
def _is_holiday(day: date) -> bool:
    return bool(OpeningHours("PH", country="CN").is_open(datetime(day.year, day.month, day.day, 12)))


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    if draw(st.integers(0, 9)) == 0:
        return ((0, 1440),)
    if draw(st.integers(0, 4)) == 0:
        return ((draw(st.integers(34, 46)) * 30, 1440 + draw(st.integers(0, 12)) * 30),)
    start = draw(st.integers(10, 24)) * 30
    first = (start, start + draw(st.integers(2, 8)) * 30)
    if draw(st.booleans()):
        return (first,)
    return (first, (afternoon := first[1] + draw(st.integers(1, 4)) * 30, afternoon + draw(st.integers(2, 6)) * 30))


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    days = draw(st.permutations(range(7)))
    cuts = sorted(draw(st.lists(st.integers(1, 7), min_size=1, max_size=3, unique=True)))
    groups = [
        (tuple(sorted(days[first:last])), draw(spans())) for first, last in zip([0, *cuts], cuts, strict=False)
    ]  # fmt: skip
    months = draw(st.none() | st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda pair: pair[0] != pair[1]))
    return Week(tuple(groups), draw(st.booleans()), months)


@st.composite
def texts(draw: st.DrawFn) -> tuple[Week, str]:
    """Write a week in one of the many ways in which people write it."""
    week = draw(weeks())
    between = draw(st.sampled_from(["；", ";", "，", " ", "\n", "。"]))
    space = draw(st.sampled_from(["", " ", "：", ":"]))
    rules = [f"{_days(draw, days)}{space}{_spans(draw, written)}" for days, written in week.groups]
    text = draw(st.sampled_from(["", "营业时间：", "开放时间:"])) + between.join(rules)
    if week.months:
        first, last = week.months
        next_year = draw(st.sampled_from(["", "次年"])) if last < first else ""
        text = between.join(f"{first}月{draw(st.sampled_from('至-到'))}{next_year}{last}月 {rule}" for rule in rules)
    if week.holidays_closed:
        text += draw(
            st.sampled_from(["（节假日除外）", "，法定节假日休息", "；节假日不营业", "（国家法定节假日闭馆）"])
        )
    return week, text


def _days(draw: st.DrawFn, days: tuple[int, ...]) -> str:
    prefix = draw(st.sampled_from(["周", "星期", "礼拜"]))
    named = [prefix + _NAMES[day] for day in days]
    if days == tuple(range(7)) and draw(st.booleans()):
        return draw(st.sampled_from(["每天", "每日", "天天"]))
    if days == (5, 6) and draw(st.booleans()):
        return draw(st.sampled_from(["周末", "双休日"]))
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        return named[0] + draw(st.sampled_from(["至", "到", "-", "~", "～", "—", " - "])) + named[-1]
    if draw(st.booleans()):
        return named[0] + "".join(f"、{_NAMES[day]}" for day in days[1:])
    return draw(st.sampled_from(["、", "和", "及", "，"])).join(named)


def _spans(draw: st.DrawFn, written: tuple[tuple[int, int], ...]) -> str:
    if written == ((0, 1440),):
        return draw(st.sampled_from(["24小时", "全天", "00:00-24:00", "24小时营业"]))
    style = draw(st.sampled_from([_clock, _spoken, _han]))
    to = draw(st.sampled_from(["-", "至", "到", "～", "—", " - "]))
    return draw(st.sampled_from(["，", " ", "、"])).join(f"{style(a)}{to}{style(b)}" for a, b in written)


def _clock(minute: int) -> str:
    next_day = "次日" if minute > 1440 else ""
    minute -= 1440 if minute > 1440 else 0
    return f"{next_day}{minute // 60:02}:{minute % 60:02}"


def _part(minute: int) -> tuple[str, int]:
    """Return the part of the day and the hour as they are spoken."""
    hour = minute // 60
    if hour >= 24:
        return ("晚上", 12) if minute < 1500 else ("次日凌晨", hour - 24)
    if hour < 12:
        return ("早上" if hour < 9 else "上午", hour)
    if hour == 12:
        return "中午", 12
    return ("下午", hour - 12) if hour < 18 else ("晚上", hour - 12)


def _spoken(minute: int) -> str:
    part, hour = _part(minute)
    return f"{part}{hour}点" + ("半" if minute % 60 else "")


def _han(minute: int) -> str:
    part, hour = _part(minute)
    return f"{part}{_HAN[hour]}点" + ("三十分" if minute % 60 else "")


@settings(max_examples=300, deadline=None)
@given(texts(), st.lists(st.integers(0, 2 * 365 * 48 - 1), min_size=20, max_size=40))
def test_open_and_closed_at_the_same_moments(written: tuple[Week, str], moments: list[int]) -> None:
    week, text = written
    reading = to_osm(text)
    assert reading is not None, text
    assert reading.osm is not None
    assert not reading.left
    hours = OpeningHours(reading.osm, country="CN")
    for number in moments:
        # What `PH off` does to the small hours that belong to the night before is left open by OSM.
        moment = datetime(_FIRST_DAY.year, _FIRST_DAY.month, _FIRST_DAY.day, 0, 10) + timedelta(minutes=30 * number)
        near = (moment.date(), moment.date() - timedelta(days=1))
        if week.holidays_closed and moment.hour < 7 and any(_is_holiday(day) for day in near):
            continue
        assert bool(hours.is_open(moment)) == week.is_open(moment), (text, reading.osm, moment)


_PIECES = [
    "周一",
    "周五",
    "周日",
    "至",
    "到",
    "-",
    "、",
    "，",
    "；",
    "和",
    "周末",
    "工作日",
    "每天",
    "节假日",
    "节假日除外",
    "休息",
    "闭馆",
    "照常营业",
    "8:00",
    "17:30",
    "08:30",
    "22:00",
    "2:00",
    "8点",
    "9点半",
    "十二点",
    "上午",
    "下午",
    "晚上",
    "凌晨",
    "次日",
    "24小时",
    "全天",
    "5月",
    "10月",
    "5月1日",
    "3/15",
    "夏季",
    "（",
    "）",
    "(",
    ")",
    "暂停营业",
    "营业时间：",
    "除",
    "外",
    "春节",
    "停止入场",
    "以公告为准",
    "堂食",
    "8",
    "9",
    "10",
    "其他时间",
    "全年无休",
    "含",
    "午休",
    "休息日：",
]


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=9).map("".join) | st.text(max_size=30))
def test_whatever_comes_out_is_canonical_osm(text: str) -> None:
    reading = to_osm(text)
    if reading is None:
        return
    assert reading.osm is not None or reading.closed_for_now
    if reading.osm is not None:
        assert readable(reading.osm), text
        assert normalise_osm(reading.osm) == reading.osm, text
        assert reading.left == "" or all(part in text for part in reading.left.split("；")), text


@given(st.sampled_from([0, 5, 7, 15, 30, 42, 59]), st.integers(0, 23), st.integers(0, 24))
def test_every_padded_clock_time_is_read_as_it_stands(minute: int, start: int, end: int) -> None:
    last = 0 if end == 24 else minute
    reading = to_osm(f"周一至周五{start:02}:{minute:02}-{end:02}:{last:02}")
    same = (start, minute) == (end % 24, last)
    # 11:00-10:00 may mean ten in the evening: neither hour shows which clock it is of.
    doubtful = 10 <= end <= 11 and 10 <= start <= 12 and (end, last) < (start, minute)
    if doubtful or (same and (end, last) != (24, 0)):
        assert reading is None
        return
    assert reading is not None
    if (start, minute, end) != (0, 0, 24):
        shown = "24:00" if end == 0 and last == 0 else f"{end:02}:{last:02}"
        assert reading.osm == f"Mo-Fr {start:02}:{minute:02}-{shown}"
