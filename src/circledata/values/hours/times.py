"""Reads clock times and spans of them: 8:00-17:30, 早8晚10, 上午（8:30-11:30）, 18:00-次日02:00."""

from __future__ import annotations

from collections.abc import Sequence

from circledata.values.hours.clock import Point, Span, UnclearError, span
from circledata.values.hours.days import DayReader
from circledata.values.hours.tokens import PERIODS, Token

TIME_KINDS = frozenset({"COLON_TIME", "HOUR_TIME", "PERIOD", "NEXTDAY", "FULL"})


class TimeReader(DayReader):
    """The rules of the grammar for times."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        super().__init__(text, tokens)
        self.clock_24 = _shows_24_hours(tokens)

    def _read_span(self) -> Span | None:
        """Read a span; None for a last-entry time such as 16:30停止入馆, which is stepped over."""
        opened = self._open_bracket_after_period()
        start = self._point()
        said_open = self._kind() == "OPEN"
        self.place += said_open
        if self._kind() == "STOP":
            self.place += 1
            return None
        joined = self._between(start, said_open)
        end = self._point()
        if said_open and self._kind() == "CLOSED":
            self.place += 1
        elif not joined:
            raise UnclearError  # 9:00开门 21:00… without 关门
        if opened:
            if self._kind() != "CLOSE_BRACKET":
                raise UnclearError
            self.place += 1
        return span(start, end, self.clock_24)

    def _open_bracket_after_period(self) -> bool:
        """Step over the bracket of 上午（8:30-11:30）, so that its times follow the word directly."""
        if self._kind() != "PERIOD" or self._kind(1) != "OPEN_BRACKET":
            return False
        del self.tokens[self.place + 1], self._kinds[self.place + 1]
        return True

    def _between(self, start: Point, said_open: bool) -> bool:
        """Step over what joins two times: 至, nothing in 早8晚10, and (then False) a comma in 9:00开门，21:00关门."""
        self._skip_noise()
        joined = self._kind() == "TO" or (start.period == "early" and self._kind() == "PERIOD")
        if self._kind() == "TO" or (said_open and self._kind() in {"COMMA", "LIST"}):
            self.place += 1
        elif not (joined or said_open):
            raise UnclearError
        self._skip_noise()
        return joined

    def _skip_noise(self) -> None:
        while self._kind() == "NOISE":
            self.place += 1

    def _point(self) -> Point:
        next_day, period = False, ""
        while self._kind() in {"NEXTDAY", "PERIOD", "NOISE"}:
            token = self._take()
            if token.kind == "NEXTDAY":
                next_day = True
            elif token.kind == "PERIOD":
                if period:
                    raise UnclearError
                period = PERIODS[token.value[0]]
                self.place += self._kind() == "COLON"
        if self._kind() not in {"COLON_TIME", "HOUR_TIME", "NUMBER", "DOT"}:
            raise UnclearError
        token = self._take()
        if self._kind() == "PERIOD" and self.tokens[self.place].text[0] in "ap":
            period = period or PERIODS[self._take().value[0]]
        if self._kind() == "NEXTDAY" and self.tokens[self.place].text.startswith("("):
            self.place += 1
            next_day = True
        if period:
            self.marks.add("twelve-hour-clock")
        return _as_point(token, period, next_day, self.clock_24)


def _shows_24_hours(tokens: Sequence[Token]) -> bool:
    """Tell whether some hour can only be of the twenty-four-hour clock; a number counts beside 点 only."""
    return any(
        token.kind in {"COLON_TIME", "HOUR_TIME", "DOT"} and (token.value[0] >= 13 or token.value[0] == 0)
        for token in tokens
    )


def _as_point(token: Token, period: str, next_day: bool, clock_24: bool) -> Point:
    hour, minute = token.value[0], 0
    if token.kind == "DOT":
        minute = token.value[1]
        if not token.value[2] or minute > 59 or not (period or clock_24):
            raise UnclearError
    elif token.kind != "NUMBER":
        minute = token.value[1]
    padded = token.text.startswith("0") and token.kind != "DOT" and token.text[1:2].isdigit()
    return Point(hour, minute, period, padded, token.kind != "HOUR_TIME", token.kind == "NUMBER", next_day)
