"""Reads tokens of Chinese opening hours into phrases: which days, which dates, which times, closed, except, comment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from circledata.values.hours.clock import FULL_DAY, Span, UnclearError
from circledata.values.hours.days import DATE_KINDS, DAY_KINDS, DateRange
from circledata.values.hours.times import TIME_KINDS, TimeReader
from circledata.values.hours.tokens import EVERY_DAY, HOLIDAY, Token

_SEPARATORS = frozenset({"COMMA", "BREAK", "LIST", "SLASH"})
TELLS_HOURS = DAY_KINDS | DATE_KINDS | TIME_KINDS
TELLS_HOURS |= {"SEASON", "DOT", "PAUSE", "GONE", "REST", "CLOSEDAY", "NEXTYEAR", "OTHERDAYS"}
"""Kinds of tokens that no mere comment holds."""
_CHANGES_HOURS = frozenset("隔单双季夏冬秋暑寒月周旬约延改末假仅只限早晚夜午")


class Phrase(NamedTuple):
    """One thing that the text says.

    Kinds: days (also dates and season), times, closed, closed-label, other-days, break, except, include, normal, pause,
    comment, separator. `bracket`: it stood in brackets; `before`: an exception told before what it is made from;
    `soft`: a separator that may also join a list.
    """

    kind: str
    days: int = 0
    dates: tuple[DateRange, ...] = ()
    times: Span = FULL_DAY
    text: str = ""
    season: bool = False
    bracket: bool = False
    before: bool = False
    soft: bool = False


class Phrases(TimeReader):
    """A recursive-descent parser over the tokens of one text; `read` gives its phrases or raises UnclearError."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        super().__init__(text, tokens)
        self.found: list[Phrase] = []
        self.prefixes: set[str] = set()

    def read(self) -> list[Phrase]:
        """Return all phrases of the text in its order."""
        while self.place < len(self.tokens):
            self._phrase(self.tokens[self.place])
        return self.found

    def _add(self, phrase: Phrase) -> None:
        self.found.append(phrase)

    def _phrase(self, token: Token) -> None:
        kind = token.kind
        if kind in DAY_KINDS:
            self._days_phrase()
        elif kind in DATE_KINDS or (kind in {"DOT", "NUMBER"} and self._dates_ahead()):
            self._add(Phrase("days", dates=self._dates()))
        elif kind in TIME_KINDS or kind in {"NUMBER", "DOT"}:
            self._times()
        elif kind in _SEPARATORS:
            self.place += 1
            self._add(Phrase("separator", soft=kind != "BREAK"))
        elif kind in {"OPEN", "NOISE", "COLON"}:
            self.place += 1
        else:
            self._special(token)

    def _special(self, token: Token) -> None:
        kind = token.kind
        if kind == "OPEN_BRACKET":
            self._bracket()
        elif kind in {"FESTIVAL", "STOP", "COMMENT", "NOTICE"}:
            self._comment()
        elif kind in {"EXCEPT_BEFORE", "INCLUDE"}:
            self._except_before(token)
        elif kind in _SIMPLE:
            self.place += 1
            self._add(Phrase(_SIMPLE[kind], season=kind == "SEASON", text=token.text))
        elif kind == "PREFIX":
            self.place += 1
            self.prefixes.add(token.text)
            if len(self.prefixes) > 1:
                raise UnclearError  # hours of two different things
        else:
            raise UnclearError

    def _days_phrase(self) -> None:
        first = self.place
        if self.tokens[first].kind == "NOREST":
            self.place += 1
            self._add(Phrase("days", EVERY_DAY, text="no-rest"))
            return
        days = self._days()
        if self._kind() == "EXCEPT_AFTER":
            self.place += 1
            self._add(Phrase("except", days))
        elif self._kind() == "NOTICE" and days == HOLIDAY:
            self.place += 1
            self._add(Phrase("comment", text=self._slice(first, self.place)))
        else:
            self._add(Phrase("days", days))

    def _times(self) -> None:
        first = self.place
        if self._kind() == "FULL":
            self.place += 1
            self._add(Phrase("times"))
            return
        times = self._read_span()
        if times is None:
            self._add(Phrase("comment", text=self._slice(first, self.place)))
        else:
            self._add(Phrase("times", times=times))

    # --- brackets, comments, exceptions

    def _bracket(self) -> None:
        close = self._closing()
        inner = Phrases(self.text, self.tokens[self.place + 1 : close])
        inner.clock_24, inner.prefixes = self.clock_24, self.prefixes
        try:
            phrases = inner.read()
        except UnclearError:
            phrases = [self._loose_comment(self.place + 1, close)]
        self.marks |= inner.marks
        self.place = close + 1
        said = [phrase for phrase in phrases if phrase.kind != "separator"]
        if all(phrase.kind in {"days", "season"} for phrase in said):
            self.found += [phrase._replace(bracket=True) for phrase in said]
        elif all(phrase.kind in {"times", "except", "include", "comment"} for phrase in said):
            self.found += phrases
        else:
            self.found += [Phrase("separator"), *phrases, Phrase("separator")]

    def _closing(self) -> int:
        depth = 0
        for place in range(self.place, len(self.tokens)):
            kind = self.tokens[place].kind
            depth += (kind == "OPEN_BRACKET") - (kind == "CLOSE_BRACKET")
            if depth == 0:
                return place
        raise UnclearError

    def _loose_comment(self, first: int, last: int) -> Phrase:
        """Return what stands between brackets as a comment when it cannot bear on days, dates or times."""
        inner = self.tokens[first:last]
        kinds = {token.kind for token in inner}
        words = "".join(token.text for token in inner if token.kind in {"UNKNOWN", "NUMBER", "DAY_NUMBER"})
        if not inner or kinds & TELLS_HOURS or ("CLOSED" in kinds and "FESTIVAL" not in kinds):
            raise UnclearError
        if _CHANGES_HOURS & set(words) or any(character.isdigit() for character in words):
            raise UnclearError
        return Phrase("comment", text=self._slice(first, last), bracket=True)

    def _comment(self) -> None:
        """Read wording that bears on no ordinary day: 以公告为准, 春节休息, 16:30停止入馆, 停止售票时间：16:00."""
        first, token = self.place, self._take()
        if token.kind == "STOP":
            self.place += self._kind() == "COLON"
            self._point()
        elif token.kind == "FESTIVAL":
            while self._kind() in {"LIST", "FESTIVAL", "NOISE", "TO"}:
                self.place += 1
            if self._kind() not in {"CLOSED", "EXCEPT_AFTER", "NORMAL", "NOTICE", "PAUSE"}:
                raise UnclearError
            self.place += 1
        self._add(Phrase("comment", text=self._slice(first, self.place)))

    def _except_before(self, token: Token) -> None:
        """Read 除周一外, 不含节假日, 含节假日."""
        first = self.place
        self.place += 1
        if self._kind() == "FESTIVAL":
            while self._kind() in {"FESTIVAL", "LIST", "EXCEPT_AFTER"}:
                self.place += 1
            self._add(Phrase("comment", text=self._slice(first, self.place)))
            return
        if self._kind() not in DAY_KINDS:
            raise UnclearError
        days = self._days()
        if token.text.startswith("除"):
            if self._kind() not in {"EXCEPT_AFTER", "END"}:
                raise UnclearError
            self.place += self._kind() != "END"
        if token.kind == "INCLUDE":
            self._add(Phrase("include", days))
        else:
            self._add(Phrase("except", days, before=token.text.startswith("除")))


_SIMPLE = {
    "CLOSED": "closed",
    "CLOSEDAY": "closed-label",
    "REST": "break",
    "NORMAL": "normal",
    "PAUSE": "pause",
    "SEASON": "season",
    "OTHERDAYS": "other-days",
}
