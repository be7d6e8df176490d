"""Reads which days and dates a text speaks of: 周一至周五、周日, 周末及节假日, 5月1日-10月31日."""

from __future__ import annotations

from collections.abc import Sequence

from circledata.values.hours.clock import UnclearError
from circledata.values.hours.tokens import HOLIDAY, WEEKEND, Token

DateRange = tuple[int, int, int, int]
"""(first month, first day, last month, last day), both ends included; a day of 0 is the whole month."""
DAY_KINDS = frozenset({"WEEKDAY", "WORKDAY", "WEEKEND", "HOLIDAY", "EVERYDAY", "NOREST"})
DATE_KINDS = frozenset({"DATE", "MONTH"})
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class DayReader:
    """A place in the tokens of one text, and the rules of the grammar for days and dates."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self.tokens = list(tokens)
        self.place = 0
        self.marks: set[str] = set()
        # Sentinels at the end, so that looking ahead (and, from the first token, back) needs no test.
        self._kinds = [token.kind for token in tokens] + ["END"] * 4

    def _kind(self, ahead: int = 0) -> str:
        return self._kinds[self.place + ahead]

    def _take(self) -> Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def _slice(self, first: int, last: int) -> str:
        return self.text[self.tokens[first].first : self.tokens[last - 1].last].strip()

    def _days(self) -> int:
        days = self._day_range()
        while True:
            if self._list_goes_on():
                self.place += 1
            elif not self._joins(days):
                return days
            days |= self._day_range()

    def _list_goes_on(self) -> bool:
        """Tell whether a list mark with another day stands here: 周一、三, 周末和节假日; a comma needs a short day."""
        here, after = self._kind(), self._kind(1)
        if here == "COMMA":
            return after == "SHORT_DAY"
        return here in {"LIST", "SLASH"} and (after in DAY_KINDS or self._short_day(1))

    def _joins(self, days: int) -> bool:
        """Tell whether the next day word continues the list without anything between: 周六周日, 周末节假日."""
        if self._kind() == "WEEKDAY":
            return days & HOLIDAY == 0 and self._kind(-1) == "WEEKDAY" and self._kind(-2) != "TO"
        return self._kind() == "HOLIDAY" and days == WEEKEND

    def _short_day(self, ahead: int) -> bool:
        if self._kind(ahead) == "SHORT_DAY":
            return True
        if self._kind(ahead) != "NUMBER":
            return False
        return 1 <= self.tokens[self.place + ahead].value[0] <= 7 and self._kind(ahead + 1) not in {"TO", "MONTH"}

    def _day_range(self) -> int:
        first = self._day()
        if self._kind() != "TO" or not (self._kind(1) == "WEEKDAY" or self._short_day(1)):
            return first
        self.place += 1
        last = self._day()
        if first.bit_count() != 1 or last.bit_count() != 1:
            raise UnclearError
        start, end = first.bit_length() - 1, last.bit_length() - 1
        if end < start:
            end += 7
        return sum(1 << place % 7 for place in range(start, end + 1))

    def _day(self) -> int:
        token = self._take()
        if token.kind == "WORKDAY":
            self.marks.add("workdays")
        return 1 << (token.value[0] - 1) if token.kind == "NUMBER" else token.value[0]

    def _dates_ahead(self) -> bool:
        """Tell whether a dotted pair or a bare number begins dates: 11.1-3.15, 5-10月."""
        if self._kind(1) == "TO" and (self._kind(2) == "NEXTYEAR" or self._kind(2) in DATE_KINDS):
            return True
        if self._kind() == "NUMBER" or self._kind(1) != "TO" or self._kind(2) != "DOT":
            return False
        pair = (self.tokens[self.place].value, self.tokens[self.place + 2].value)
        return all(_is_date(*value[:2]) for value in pair) and not all(value[2] for value in pair)

    def _dates(self) -> tuple[DateRange, ...]:
        ranges = [self._date_range()]
        while self._kind() == "LIST" and self._kind(1) in DATE_KINDS:
            self.place += 1
            ranges.append(self._date_range())
        return tuple(ranges)

    def _date_range(self) -> DateRange:
        month, day = self._date()
        if self._kind() != "TO":
            return month, day, month, day
        self.place += 1
        next_year = self._kind() == "NEXTYEAR"
        self.place += next_year
        if self._kind() == "DAY_NUMBER":
            last_month, last_day = month, self._take().value[0]
        else:
            last_month, last_day = self._date()
        day, last_day = _whole_months(day, last_month, last_day)
        wraps = (last_month, last_day) < (month, day)
        if (next_year and not wraps) or not _is_date(last_month, last_day):
            raise UnclearError
        return month, day, last_month, last_day

    def _date(self) -> tuple[int, int]:
        if self._kind() not in DATE_KINDS | {"DOT", "NUMBER"}:
            raise UnclearError
        token = self._take()
        month, day = (token.value[0], 0) if token.kind in {"MONTH", "NUMBER"} else token.value[:2]
        if not _is_date(month, day):
            raise UnclearError
        return month, day


def _is_date(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 0 <= day <= _LONGEST_MONTH[month - 1]


def _whole_months(day: int, last_month: int, last_day: int) -> tuple[int, int]:
    """Fill the missing day where only one end of a range names one: 5月-10月15日 begins on the 1st."""
    if last_day and not day:
        return 1, last_day
    if day and not last_day:
        if last_month == 2:
            raise UnclearError  # the last day of February differs from year to year
        return day, _LONGEST_MONTH[last_month - 1]
    return day, last_day
