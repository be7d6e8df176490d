"""“Open now?” of the page against opening-hours-py: the same state at many times, or an honest “not known”."""

from __future__ import annotations

import calendar
import csv
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from opening_hours import OpeningHours

from circledata.feeds.page import assets
from circledata.values.chinese_hours import to_osm

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytest.importorskip("playwright.sync_api")

EXAMPLES = Path(__file__).parents[2] / "examples"
SCRIPT = (assets.STATIC / "hours.js").read_text(encoding="utf-8")
WEEK = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CHINESE = (
    *(
        "周一至周五8:00-18:00；周末9:00-17:00",
        "周一至周日 10:00-22:00",
        "24小时营业",
        "全天24小时",
        "周一闭馆",
        "周三休息",
    ),
    *("每天9:00-18:00，周日10:00-16:00", "周二至周日9:00-17:00，周一闭馆，节假日除外", "工作日8:30-12:00，14:00-17:30"),
    *(
        "周五、周六18:00-次日02:00",
        "18:00-次日02:00，周日休息",
        "5月1日-10月31日 8:00-20:00；11月1日-次年4月30日 9:00-18:00",
    ),
    *(
        "上午8点至晚上9点",
        "周一至周五9:00-17:00，节假日休息",
        "周末及节假日10:00-20:00",
        "5月-9月：周一至周五8:00-19:00，周末9:00-17:00；10月-4月：周一至周五8:30-18:00",
    ),
    *("10:00-14:00，17:00-21:30", "周一至周六7:00-19:00，中午12:00-13:00休息", "7x24小时", "早上6点半到10点"),
)
ODD = (
    *(
        "sunrise-sunset",
        "10:00+",
        "Mo[1] 10:00-12:00",
        'Mo-Fr 08:00-18:00 "按预约"',
        "2024 Mo 10:00-12:00",
        "easter 10:00-12:00",
    ),
    *(
        "week 1-20 Mo 10:00-12:00",
        "SH 10:00-12:00",
        "Mo-Fr 08:00-18:00 || unknown",
        "每天 8:00-18:00",
        "",
        " ",
        "x" * 500,
    ),
    *("Jan 32 10:00-12:00", "Mo-Fr 08:00-99:00", "Mo-Fr 08:00-18:00;", "__proto__", "Feb 30"),
)


def random_rule(dice: random.Random) -> str:
    """Return one rule such as `Jan-Mar Mo-Fr,PH 08:00-12:00,14:00-18:00 unknown`."""
    parts = []
    if dice.random() < 0.3:
        parts.append(",".join(random_dates(dice) for _ in range(dice.choice((1, 1, 2)))))
    if dice.random() < 0.8:
        days = [dice.choice(WEEK) + dice.choice(("", f"-{dice.choice(WEEK)}")) for _ in range(dice.choice((1, 1, 2)))]
        parts.append(",".join(days + ["PH"] * (dice.random() < 0.3)))
    if dice.random() < 0.85 or not parts:
        parts.append(",".join(random_span(dice) for _ in range(dice.choice((1, 1, 2)))))
    if dice.random() < 0.2:
        parts.append(dice.choice(("closed", "off", "unknown", "open")))
    return " ".join(parts)


def random_dates(dice: random.Random) -> str:
    if dice.random() < 0.5:
        return dice.choice(MONTHS) + dice.choice(("", f"-{dice.choice(MONTHS)}"))
    first, last = (f"{dice.choice(MONTHS)} {dice.randint(1, 28)}" for _ in range(2))
    return dice.choice((first, f"{first}-{last}"))


def random_span(dice: random.Random) -> str:
    start, end = dice.randrange(0, 1440, 15), dice.choice((dice.randrange(0, 1441, 15), dice.randrange(0, 1800, 15)))
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


def random_hours(dice: random.Random) -> str:
    rules = [random_rule(dice) for _ in range(dice.choice((1, 1, 2, 3)))]
    text = rules[0]
    for rule in rules[1:]:
        text += dice.choice(("; ", "; ", ", ")) + rule
    return text


def instants(dice: random.Random, count: int) -> list[datetime]:
    """Return times over some years: anywhere, around midnight, and on the last days of February."""
    found = [datetime(2026, 1, 1) + timedelta(minutes=dice.randrange(60 * 24 * 1_000)) for _ in range(count)]
    found += [
        datetime(2027, 3, 1) + timedelta(days=day, minutes=minute) for day in range(8) for minute in (-1, 0, 1, 240)
    ]
    return found + [
        datetime(2028, 2, 28, 23, 59) + timedelta(minutes=minutes) for minutes in (0, 1, 2, 1440, 1441, 2881)
    ]


def milliseconds(times: list[datetime]) -> list[int]:
    """Beijing time as milliseconds since 1970."""
    return [(calendar.timegm(time.timetuple()) - 8 * 3600) * 1000 for time in times]


def states(hours: OpeningHours, times: list[datetime]) -> list[int]:
    return [1 if hours.is_open(time) else 2 if hours.is_unknown(time) else 0 for time in times]


def page_states(page: Page, texts: list[str], times: list[datetime], holidays: list[str]) -> list[Any]:
    """Return for every text its states on the page, None where it cannot tell; `holidays`: days as 2026-10-01."""
    return page.evaluate(
        f"""([texts, times, holidays]) => {{ {SCRIPT}
        const isHoliday = (date) => holidays.includes(date.toISOString().slice(0, 10));
        return texts.map((text) => {{
          const rules = parseHours(text);
          return rules && times.map((time) => stateAt(rules, time, isHoliday).state);
        }}); }}""",
        [texts, milliseconds(times), holidays],
    )


def written_hours() -> list[str]:
    """Return what the standard's own reader writes for Chinese wordings, and the hours of the examples."""
    found = []
    for text in CHINESE:
        reading = to_osm(text)
        assert reading is not None and reading.osm is not None, text
        found.append(reading.osm)
    with (EXAMPLES / "demo-district" / "outlets.csv").open(encoding="utf-8", newline="") as stream:
        found += {row["opening_hours"] for row in csv.DictReader(stream)} - {""}
    return sorted({*found, "Mo-Fr 8:00-18:00"})


def test_every_form_that_the_standard_writes_is_told_exactly(browser_page: Page) -> None:
    texts, times = written_hours(), instants(random.Random(1), 200)
    assert len(texts) > 40
    got = page_states(browser_page, texts, times, [])
    for text, found in zip(texts, got, strict=True):
        assert found == states(OpeningHours(text), times), text


def test_rules_of_every_kind_together_are_told_exactly(browser_page: Page) -> None:
    dice = random.Random(20_241_231)
    texts, times = [random_hours(dice) for _ in range(800)], instants(dice, 20)
    read = 0
    for text, found in zip(texts, page_states(browser_page, texts, times, []), strict=True):
        if found is not None:
            read += 1
            assert found == states(OpeningHours(text), times), text
    assert read > 700


def test_public_holidays_are_told_exactly_where_they_are_known(browser_page: Page) -> None:
    dice = random.Random(7)
    calendar_ = OpeningHours("PH", country="CN")
    year = [datetime(2026, 1, 1) + timedelta(days=day) for day in range(365)]
    holidays = [day for day in year if calendar_.is_open(day + timedelta(hours=12))]
    assert holidays
    near = [day + timedelta(minutes=dice.randrange(-1440, 2880)) for day in holidays for _ in range(4)]
    texts = [text for text in (random_hours(dice) for _ in range(600)) if "PH" in text] + written_hours()
    got = page_states(browser_page, texts, near, [day.date().isoformat() for day in holidays])
    for text, found in zip(texts, got, strict=True):
        if found is not None:
            assert found == states(OpeningHours(text, country="CN"), near), text


def test_what_is_not_of_the_subset_is_not_guessed(browser_page: Page) -> None:
    assert page_states(browser_page, list(ODD), instants(random.Random(1), 1), []) == [None] * len(ODD)


def test_what_hangs_on_a_holiday_is_said_to(browser_page: Page) -> None:
    wednesday_10 = milliseconds([datetime(2024, 12, 18, 10)])[0]
    wednesday_1 = milliseconds([datetime(2024, 12, 18, 1)])[0]
    asked = [
        *(["Mo-Fr 09:00-17:00; PH closed", wednesday_10], ["Mo-Su,PH 09:00-17:00", wednesday_10]),
        *(["Mo-Fr 09:00-17:00", wednesday_10], ["PH 18:00-02:00", wednesday_1]),
    ]
    got = browser_page.evaluate(
        f"(asked) => {{ {SCRIPT} return asked.map(([text, time]) => hoursAt(text, time)); }}", asked
    )
    assert got == [
        {"state": 1, "change": 420, "holidays": True},
        {"state": 1, "change": 420, "holidays": False},
        {"state": 1, "change": 420, "holidays": False},
        {"state": 0, "change": None, "holidays": True},
    ]


def test_the_next_change_is_told(browser_page: Page) -> None:
    monday_23 = milliseconds([datetime(2024, 12, 16, 23)])[0]
    texts = [
        "Mo-Su 22:00-02:00",
        "24/7",
        "Tu 09:00-10:00",
        "Mo 23:00-23:01",
        "Jan 1 10:00-12:00",
        "Mo-Su unknown; Tu closed",
    ]
    got = browser_page.evaluate(
        f"([texts, time]) => {{ {SCRIPT} return texts.map((text) => hoursAt(text, time).change); }}", [texts, monday_23]
    )
    assert got == [180, None, 600, 1, None, 60]
    for text, change in zip(texts[:4], got[:4], strict=True):
        told = OpeningHours(text).next_change(datetime(2024, 12, 16, 23))
        assert (told and told - datetime(2024, 12, 16, 23)) == (None if change is None else timedelta(minutes=change))
