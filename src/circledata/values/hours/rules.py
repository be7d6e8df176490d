"""Puts the phrases of Chinese opening hours together into rules: which times go with which days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from circledata.values.hours.clock import FULL_DAY, Span, UnclearError
from circledata.values.hours.days import DateRange
from circledata.values.hours.phrases import Phrase
from circledata.values.hours.tokens import EVERY_DAY, HOLIDAY


@dataclass(slots=True)
class Rule:
    """Open at `times` (or closed, when `closed`) on `days` (0: not said) within `dates` (empty: all year)."""

    days: int = 0
    dates: tuple[DateRange, ...] = ()
    times: list[Span] = field(default_factory=list)
    closed: bool = False
    season: bool = False
    exceptions: list[tuple[int, str]] = field(default_factory=list)

    @property
    def weekdays(self) -> int:
        """The days of the week that the rule is about: all when none is named."""
        return self.days & EVERY_DAY or (0 if self.days else EVERY_DAY)

    @property
    def reach(self) -> int:
        """All days that the rule covers; a rule for every day also covers holidays."""
        return EVERY_DAY | HOLIDAY if self.weekdays == EVERY_DAY else self.days


class Assembly:
    """Takes phrases one by one; afterwards `rules`, `comments`, `paused` hold what the text says."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self.rules: list[Rule] = []
        self.comments: list[str] = []
        self.breaks: list[Span] = []
        self.paused = ""
        self.no_rest = False
        self.holidays_normal = False
        self._phrases = phrases
        self._pending = Rule()
        self._pending_parts = 0
        self._pending_has_range = False
        self._current: Rule | None = None
        self._narrowed = False
        self._label = ""
        self._loose_comment = False
        self._trailing = _days_follow_times(phrases)
        for place in range(len(phrases)):
            self._take(place)
        if self._has_pending() or self._label or (self._pending.season and not self._pending.dates):
            raise UnclearError

    def _has_pending(self) -> bool:
        return bool(self._pending.days or self._pending.dates or self._pending.exceptions)

    def _take(self, place: int) -> None:
        phrase = self._phrases[place]
        match phrase.kind:
            case "days" | "season":
                self._days(place)
            case "times":
                self._times(phrase)
            case "other-days":
                self._other_days()
            case "closed" | "closed-label" | "pause":
                self._closed(place)
            case "break":
                self._break(place)
            case "except":
                self._except(place)
            case "include":
                self._include(phrase.days)
            case "normal":
                self._normal()
            case "comment":
                self.comments.append(phrase.text)
                self._loose_comment |= phrase.bracket
            case _:
                pass

    def _kind(self, place: int) -> str:
        return self._phrases[place].kind if 0 <= place < len(self._phrases) else "separator"

    # --- which days

    def _days(self, place: int) -> None:
        phrase = self._phrases[place]
        if phrase.text == "no-rest":
            self.no_rest = True
            return
        if self._belongs_to_times_before(place):
            self._narrow(phrase)
            return
        pending = self._pending
        pending.season |= phrase.season
        if phrase.dates:
            if pending.dates and pending.dates != phrase.dates:
                raise UnclearError
            pending.dates = phrase.dates
        if not phrase.days:
            return
        # 周六，周日9:00-17:00 is a list; 工作日（周末）9:00-17:00 and 周一至周五 节假日休息 are not.
        listed = self._kind(place - 1) == "separator" and self._phrases[place - 1].soft and not phrase.bracket
        if pending.days and pending.days != phrase.days and not listed:
            raise UnclearError
        pending.days |= phrase.days
        self._pending_parts += 1
        self._pending_has_range |= phrase.days.bit_count() > 2
        if self._label == "closed-label":
            self._add_closed()

    def _other_days(self) -> None:
        """Read 周一休息，其他时间10:00-20:00: all days of the week that no rule before has named."""
        named = 0
        for rule in self.rules:
            named |= rule.days & EVERY_DAY
        others = EVERY_DAY & ~named
        if not named or not others or self._has_pending() or any(rule.dates for rule in self.rules):
            raise UnclearError
        self._pending.days = others
        self._pending_parts = 1

    def _belongs_to_times_before(self, place: int) -> bool:
        """Tell whether days stand after their times: 9:00-17:00（周一至周五）."""
        if self._current is None:
            return False
        phrase = self._phrases[place]
        if self._trailing:
            return True
        before = self._kind(place - 1)
        if phrase.bracket:
            return before == "times" or (before in {"days", "season"} and self._phrases[place - 1].bracket)
        return before == "times" and self._kind(place + 1) in {"separator", "days", "season"} and not self._current.days

    def _narrow(self, phrase: Phrase) -> None:
        rule = self._current
        if rule is None or (phrase.days and rule.days) or (phrase.dates and rule.dates):
            raise UnclearError
        rule.days |= phrase.days
        rule.dates = rule.dates or phrase.dates
        rule.season |= phrase.season
        self._narrowed = True

    # --- open and closed

    def _times(self, phrase: Phrase) -> None:
        if self._loose_comment:
            raise UnclearError  # 8:00-12:00（门诊）14:00-17:00（急诊）: hours of two different things
        if self._label == "break":
            self.breaks.append(phrase.times)
            self._label = ""
            return
        if self._label:
            raise UnclearError
        if self._has_pending() or self._pending.season or self._current is None or self._narrowed:
            self._current, self._narrowed = self._pending, False
            self.rules.append(self._current)
            self._start_pending()
        self._current.times.append(phrase.times)

    def _closed(self, place: int) -> None:
        phrase = self._phrases[place]
        current = self._current
        if self._pending.days or self._pending.dates:
            if self._pending_parts > 1 and self._pending_has_range:
                raise UnclearError  # 9:00-18:00，周一至周五，节假日休息 does not say that Monday to Friday is closed
            self._add_closed()
        elif phrase.kind == "pause":
            self.paused = phrase.text
        elif phrase.kind == "closed-label":
            self._label = "closed-label"
        elif current is not None and self._kind(place - 1) == "times":
            self._close_times(current)
        else:
            raise UnclearError

    def _close_times(self, rule: Rule) -> None:
        """Read 12:00-14:00休息 as a break, and 周日全天休息 as a closed day."""
        times = rule.times.pop()
        if rule.times:
            self.breaks.append(times)
            return
        self.rules.pop()
        self._current = None
        if times == FULL_DAY and rule.days:
            self.rules.append(Rule(rule.days, rule.dates, closed=True, season=rule.season))
        elif self.rules and not rule.days and not rule.dates:
            self.breaks.append(times)
        else:
            raise UnclearError

    def _add_closed(self) -> None:
        rule = self._pending
        rule.closed = True
        self.rules.append(rule)
        self._current, self._label = None, ""
        self._start_pending()

    def _start_pending(self) -> None:
        self._pending, self._pending_parts, self._pending_has_range = Rule(), 0, False

    def _break(self, place: int) -> None:
        """Read 午休12:00-14:00 and 12:00-14:00午休."""
        if self._kind(place + 1) == "times":
            self._label = "break"
        elif self._kind(place - 1) == "times" and self._current is not None:
            self._close_times(self._current)
        else:
            raise UnclearError

    # --- exceptions

    def _except(self, place: int) -> None:
        phrase = self._phrases[place]
        if self._has_pending():
            self._pending.exceptions.append((phrase.days, "within"))
        elif self.rules and not phrase.before:
            self.rules[-1].exceptions.append((phrase.days, "after"))
        else:
            self._pending.exceptions.append((phrase.days, "before"))

    def _include(self, days: int) -> None:
        rule = self._pending if self._pending.days else (self.rules[-1] if self.rules else None)
        if rule is None or rule.closed:
            raise UnclearError
        if rule.days:
            rule.days |= days

    def _normal(self) -> None:
        """Read 节假日照常营业; without a day before it, it says nothing more than the rest of the text."""
        days, self._pending.days = self._pending.days, 0
        if days == HOLIDAY:
            self.holidays_normal = True
        elif days and (days & HOLIDAY or any(rule.days for rule in self.rules if not rule.closed)):
            raise UnclearError


def _days_follow_times(phrases: Sequence[Phrase]) -> bool:
    """Tell whether the text is times, days, times, days …, so that days belong to the times before them."""
    said: list[str] = []
    for phrase in phrases:
        kind = phrase.kind
        if kind in {"separator", "comment"} or (said and kind == said[-1] and kind == "times"):
            continue
        said.append(kind)
    pairs = len(said) // 2
    return bool(said) and said == ["times", "days"] * pairs and not any(phrase.text for phrase in phrases)
