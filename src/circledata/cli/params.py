"""Types of option values whose mistakes are said in the chosen language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from circledata.cli.help import Wrong
from circledata.cli.words import Words

if TYPE_CHECKING:
    _ParamType = click.ParamType[Any, Any]
else:
    # Generic only since click 8.4.
    _ParamType = click.ParamType

_SIZE = re.compile(r"([0-9]{1,15})\s*([KMGT]?)I?B?", re.IGNORECASE)
_UNITS = {"": 0, "K": 10, "M": 20, "G": 30, "T": 40}


class _Worded(_ParamType):
    """A type that words its own mistakes."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def refuse(
        self, key: str, value: object, param: click.Parameter | None, ctx: click.Context | None, **more: object
    ) -> Wrong:
        """Return the error that says what is wrong with `value`."""
        option = param.opts[0] if param else self.name
        return Wrong(self.words(key, option=option, value=value, **more), ctx)


class Choice(_Worded):
    """One of some words."""

    name = "choice"

    def __init__(self, words: Words, choices: Sequence[str]) -> None:
        super().__init__(words)
        self.choices = tuple(choices)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the choice, whatever its case was."""
        for choice in self.choices:
            if str(value).lower() == choice.lower():
                return choice
        raise self.refuse("not-a-choice", value, param, ctx, choices=", ".join(self.choices))


class Day(_Worded):
    """A date."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date that `value` writes as YYYY-MM-DD."""
        if isinstance(value, date):
            return value
        try:
            if len(value) != 10:
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise self.refuse("not-a-date", value, param, ctx) from None


class Count(_Worded):
    """A whole number of at least `least`; with `unlimited`, also the word `all`."""

    name = "count"

    def __init__(self, words: Words, *, least: int = 1, unlimited: bool = False) -> None:
        super().__init__(words)
        self.least = least
        self.unlimited = unlimited

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | str:
        """Return the number, or `all`."""
        text = str(value)
        if self.unlimited and text.lower() == "all":
            return "all"
        if re.fullmatch(r"[0-9]{1,12}", text) and int(text) >= self.least:
            return int(text)
        key = "not-a-count-or-all" if self.unlimited else "not-a-count"
        raise self.refuse(key, value, param, ctx, least=self.least)


class Size(_Worded):
    """A number of bytes, such as 500M or 8G."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number of bytes."""
        found = _SIZE.fullmatch(str(value).strip())
        if not found or not int(found[1]):
            raise self.refuse("not-a-size", value, param, ctx)
        return int(found[1]) << _UNITS[found[2].upper()]
