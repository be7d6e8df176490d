"""What a person can say of a survey, and the word lists it is read with; the defaults stand in `mappings/wjx.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from circledata.convert.model import ConversionError
from circledata.standard import spec_root
from circledata.standard.model import Text


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale of words: its question type (likert5, likert4) and the wordings of each step, the lowest first."""

    type: str
    steps: tuple[frozenset[str], ...]

    def step(self, word: str) -> str | None:
        """Return the step of a word, "1" for the lowest, or None when the scale has no such word."""
        return next((str(number) for number, words in enumerate(self.steps, start=1) if word in words), None)


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of a survey export, as the section `survey` of the mapping gives them."""

    serial: tuple[str, ...]
    submitted: tuple[str, ...]
    dropped: tuple[str, ...]
    skipped: tuple[str, ...]
    empty: tuple[str, ...]
    joiners: tuple[str, ...]
    ranking_joiners: tuple[str, ...]
    multiple_words: tuple[str, ...]
    written_in: tuple[tuple[str, str], ...]
    other_words: tuple[str, ...]
    personal_words: tuple[str, ...]
    text_words: tuple[str, ...]
    scales: tuple[Scale, ...]
    no_opinion: tuple[str, ...]
    scale_words: tuple[str, ...]
    number_units: tuple[str, ...]
    score_words: tuple[str, ...]
    overall_words: tuple[str, ...]
    overall_scale_words: tuple[str, ...]
    needs_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SurveyOptions:
    """What is said of a survey beside its answers; every part is optional.

    Questions are named by number ("3"), by id ("q17_2", a line of a matrix) or by their wording. `circles` gives the
    circle_id of an answer to `circle_question`. `group_questions`: results are counted once more for each of their
    options. `types` and `topics`: of single questions. `numbers`: which end of a scale of digits is best (`high-best`,
    `low-best`). `together`: tables with the same questions are one survey.
    """

    words: Words
    kind: str | None = None
    title: str | None = None
    mode: str | None = None
    organizer: str | None = None
    population: str | None = None
    invited: str | None = None
    started_on: str | None = None
    ended_on: str | None = None
    circle_id: str | None = None
    overall_question: str | None = None
    circle_question: str | None = None
    circles: Mapping[str, str] | None = None
    group_questions: tuple[str, ...] = ()
    types: Mapping[str, str] | None = None
    topics: Mapping[str, str] | None = None
    numbers: str | None = None
    together: bool = False


_MAPS = frozenset({"circles", "types", "topics"})
_PLAIN = frozenset(field.name for field in fields(SurveyOptions)) - _MAPS - {"words", "group_questions", "together"}
_LISTS = frozenset(field.name for field in fields(Words)) - {"serial", "submitted", "dropped", "scales", "written_in"}
_KEYS = _MAPS | _PLAIN | _LISTS | {"columns", "scales", "written_in", "group_questions", "together"}
_TYPES = ("likert5", "likert4", "single", "multiple", "number", "text")
_CHOICES = {"kind": ("satisfaction", "needs"), "numbers": ("high-best", "low-best")}


@cache
def _defaults(version: str) -> Mapping[str, Any]:
    import yaml

    path = spec_root() / version / "mappings" / "wjx.yaml"
    section: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["survey"]
    return section


def survey_options(given: Mapping[str, Any] | None = None, *, version: str = "1.0") -> SurveyOptions:
    """Return the options of the section `survey` of a mapping file, filled up with the defaults of the standard.

    A key that is given replaces the default whole; of `columns` each of its keys alone. ConversionError names a key
    that is not known, or a value that is not of its form.
    """
    given = given or {}
    for key in given:
        if key not in _KEYS:
            raise _unknown(key)
    defaults = _defaults(version)
    raw = {**defaults, **given, "columns": {**defaults["columns"], **_map(given, "columns")}}
    for key, choices in _CHOICES.items():
        _one_of(key, raw.get(key), choices)
    for kind in _map(raw, "types").values():
        _one_of("types", kind, _TYPES)
    plain: dict[str, Any] = {key: _text(raw, key) for key in _PLAIN}
    maps: dict[str, Any] = {key: {str(k): str(v) for k, v in _map(raw, key).items()} or None for key in _MAPS}
    return SurveyOptions(
        words=_words(raw),
        group_questions=_list(raw, "group_questions"),
        together=raw.get("together") is True,
        **plain,
        **maps,
    )


def _words(raw: Mapping[str, Any]) -> Words:
    columns = raw["columns"]
    return Words(
        **{key: _list(columns, key) for key in ("serial", "submitted", "dropped")},
        **{key: _list(raw, key) for key in _LISTS},
        written_in=tuple((str(pair[0]), str(pair[1])) for pair in _sequence(raw, "written_in")),
        scales=tuple(_scale(item) for item in _sequence(raw, "scales")),
    )


def _scale(item: Any) -> Scale:
    counts = {"likert5": 5, "likert4": 4}
    if not isinstance(item, dict) or len(item.get("steps") or ()) != counts.get(item.get("type", "")):
        raise _malformed("scales")
    return Scale(item["type"], tuple(frozenset(str(word) for word in step) for step in item["steps"]))


def _text(raw: Mapping[str, Any], key: str) -> str | None:
    value = raw.get(key)
    if isinstance(value, dict | list):
        raise _malformed(key)
    return None if value is None else str(value)


def _sequence(raw: Mapping[str, Any], key: str) -> Sequence[Any]:
    value = raw.get(key) or ()
    if not isinstance(value, list | tuple):
        raise _malformed(key)
    return value


def _list(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(str(item) for item in _sequence(raw, key))


def _map(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = raw.get(key) or {}
    if not isinstance(value, dict):
        raise _malformed(key)
    return value


def _one_of(key: str, value: object, choices: Sequence[str]) -> None:
    if value is not None and value not in choices:
        raise ConversionError(
            Text(
                f"映射文件 survey 里的 {key} 写的是 {value}，只能是：{'、'.join(choices)}。",
                f"{key} in the section survey of the mapping is {value}; it can be: {', '.join(choices)}.",
            )
        )


def _malformed(key: str) -> ConversionError:
    return ConversionError(
        Text(
            f"映射文件 survey 里的 {key} 写法不对，请对照标准自带的 wjx.yaml。",
            f"{key} in the section survey of the mapping is not of its form; compare it with wjx.yaml of the standard.",
        )
    )


def _unknown(key: object) -> ConversionError:
    from difflib import get_close_matches

    near = get_close_matches(str(key), sorted(_KEYS), n=1)
    zh, en = (f"，是不是 {near[0]}", f"; do you mean {near[0]}") if near else ("", "")
    return ConversionError(
        Text(
            f"映射文件 survey 里不能有 {key}{zh}？" if near else f"映射文件 survey 里不能有 {key}。",
            f"The section survey of the mapping has no key {key}{en}{'?' if near else '.'}",
        )
    )
