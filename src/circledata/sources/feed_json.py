"""A published JSON file read strictly, its features one by one with the line that each begins on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from circledata.sources import strict_json

FEATURES = "features"
_SPACE = re.compile(r"[ \t\n\r]*")
Visit = Callable[[int, Any], None]
"""Called with the line on which a feature begins, from 1, and the feature."""


@dataclass
class Outline:
    """A JSON file: everything at its top but the features, which are read again when they are wanted."""

    text: str
    value: Any
    """The whole value; of an object with an array `features` that array is left empty."""
    features_at: int | None = None
    """Where the first thing behind the bracket of `features` stands; None when there is no such array."""
    twice: list[str] = field(default_factory=list)
    """Keys that stand twice in one object, each once."""

    @property
    def members(self) -> dict[str, Any]:
        """The members at the top; none when the file is no object."""
        return self.value if isinstance(self.value, dict) else {}

    def features(self) -> Iterator[tuple[int, Any]]:
        """Yield each feature with the line that it begins on; only one of them is in memory at a time."""
        if self.features_at is not None:
            yield from _elements(self.text, self.features_at, json.JSONDecoder())[0]


def read_outline(data: bytes, visit: Visit) -> Outline:
    """Read a whole file once, showing every feature to `visit`. NotJson when it is not UTF-8 or not JSON."""
    try:
        text = data.decode("utf-8-sig")
        return _outline(text, visit)
    except (ValueError, RecursionError):
        # Slower, but it knows where the fault is and how to say it.
        value, twice = strict_json.read(data)
        return Outline("", value, None, [item.key for item in twice])


def _outline(text: str, visit: Visit) -> Outline:
    twice: dict[str, None] = {}

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            names = [name for name, _ in items]
            twice.update((name, None) for name in found if names.count(name) > 1)
        return found

    def constant(name: str) -> Any:
        raise ValueError(name)

    decoder = json.JSONDecoder(object_pairs_hook=pairs, parse_constant=constant)
    at = _skip(text, 0)
    if not text.startswith("{", at):
        value, end = decoder.raw_decode(text, at)
        _end(text, end)
        return Outline(text, value, None, list(twice))
    members: list[tuple[str, Any]] = []
    features_at, at = None, _skip(text, at + 1)
    while not text.startswith("}", at):
        if members:
            at = _skip(text, _expect(text, at, ","))
        if not text.startswith('"', at):
            raise ValueError("a key is expected")
        name, at = decoder.raw_decode(text, at)
        at = _skip(text, _expect(text, _skip(text, at), ":"))
        if name == FEATURES and text.startswith("[", at):
            features_at, value = at + 1, []
            found, ended = _elements(text, features_at, decoder)
            for line, feature in found:
                visit(line, feature)
            at = ended()
        else:
            value, at = decoder.raw_decode(text, at)
        members.append((name, value))
        at = _skip(text, at)
    _end(text, at + 1)
    return Outline(text, pairs(members), features_at, list(twice))


def _elements(text: str, start: int, decoder: json.JSONDecoder) -> tuple[Iterator[tuple[int, Any]], Callable[[], int]]:
    """Return the elements of the array that begins before `start`, and what tells where it ended when all were seen."""
    place = [start]

    def elements() -> Iterator[tuple[int, Any]]:
        line, counted = 1, 0
        at = _skip(text, start)
        first = True
        while not text.startswith("]", at):
            if not first:
                at = _skip(text, _expect(text, at, ","))
            first = False
            line += text.count("\n", counted, at)
            counted = at
            value, end = decoder.raw_decode(text, at)
            yield line, value
            at = _skip(text, end)
        place[0] = at + 1

    return elements(), lambda: place[0]


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _expect(text: str, at: int, mark: str) -> int:
    if not text.startswith(mark, at):
        raise ValueError(mark)
    return at + 1


def _end(text: str, at: int) -> None:
    if _skip(text, at) != len(text):
        raise ValueError("there is text after the end")
