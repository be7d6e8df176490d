"""Finds the scale that a question was answered on, in words or in digits; what may be two scales is none."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from circledata.convert.survey.options import Scale, Words

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Coding:
    """How the answers of one question become steps of a scale: its type, and the step of each word.

    `doubt` is the code of what a person should look at, None when there is nothing.
    """

    type: str
    steps: Mapping[str, str]
    doubt: str | None = None


def fitting(words_seen: Collection[str], scales: Sequence[Scale]) -> list[tuple[Scale, dict[str, str]]]:
    """Return the scales that hold every word, no two of them on one step, each with the step of every word."""
    found = []
    for scale in scales:
        steps = {word: step for word in words_seen if (step := scale.step(word)) is not None}
        if len(steps) == len(words_seen) == len(set(steps.values())) > 0:
            found.append((scale, steps))
    return found


def find_codings(
    questions: Mapping[str, Collection[str]], words: Words, forced: Mapping[str, str]
) -> dict[str, Coding]:
    """Return the coding of each question (id → the different words of its answers) that has a scale of words.

    A scale is sure when no other fits and one of its ends was chosen; the other questions of the survey decide where
    several fit, when one of the scales is sure elsewhere. All four steps of a four-step scale are taken as that scale,
    with a doubt. Everything else stays without a coding. `forced`: types that a person has given.
    """
    open_words = {question: set(seen) - set(words.no_opinion) for question, seen in questions.items()}
    fits = {
        question: [
            (scale, steps)
            for scale, steps in fitting(seen, words.scales)
            if scale.type == forced.get(question, scale.type)
        ]
        for question, seen in open_words.items()
    }
    codings: dict[str, Coding] = {}
    sure: set[Scale] = set()
    for question, found in fits.items():
        if len(found) == 1 and (_has_an_end(found[0]) or question in forced):
            sure.add(found[0][0])
            codings[question] = Coding(found[0][0].type, found[0][1])
    for question, found in fits.items():
        if question not in codings and found:
            coding = _decided(found, sure, question in forced)
            if coding is not None:
                codings[question] = coding
    return codings


def _decided(found: Sequence[tuple[Scale, dict[str, str]]], sure: Collection[Scale], is_forced: bool) -> Coding | None:
    elsewhere = [(scale, steps) for scale, steps in found if scale in sure]
    if len(elsewhere) == 1:
        scale, steps = elsewhere[0]
        return Coding(scale.type, steps, "scale-as-elsewhere")
    if is_forced and all(steps == found[0][1] for _, steps in found):
        return Coding(found[0][0].type, found[0][1])
    whole = [(scale, steps) for scale, steps in found if scale.type == "likert4" and len(steps) == 4]
    if len(whole) == 1:
        return Coding("likert4", whole[0][1], "scale-four")
    return None


def _has_an_end(found: tuple[Scale, Mapping[str, str]]) -> bool:
    scale, steps = found
    return "1" in steps.values() or str(len(scale.steps)) in steps.values()


def read_number(text: str, units: Sequence[str] = ()) -> Decimal | None:
    """Return the number that a cell holds, with one of the units or none after it; None for anything else."""
    plain = text.replace(",", "").strip()
    for unit in sorted(units, key=len, reverse=True):
        plain = plain.removesuffix(unit).strip()
    try:
        return Decimal(plain) if _NUMBER.fullmatch(plain) else None
    except InvalidOperation:  # pragma: no cover  (the pattern takes nothing that Decimal refuses)
        return None


@dataclass(frozen=True, slots=True)
class DigitEvidence:
    """What tells which end of a scale of digits is best: the words of the heading, the option, the rest of the file."""

    said: str | None
    in_words: bool
    """Other choices of the file are in words, so digits are scores and not the places of options."""


def digit_coding(
    text: str, seen: Collection[str], words: Words, evidence: DigitEvidence, highest: int, kind: str | None
) -> Coding | None:
    """Return the coding of a question that was answered by 1 to 5, or None when the direction cannot be told.

    `text`: the question. `highest`: the highest digit of all such questions of the survey; where it is not 5 a person
    must say the type (`kind`). A heading such as `1＝非常满意` decides before everything else.
    """
    numbers = {word: read_number(word, words.number_units) for word in seen}
    type_ = kind if kind in {"likert4", "likert5"} else ("likert5" if highest == 5 else None)
    if type_ is None:
        return None
    top = int(type_[-1])
    has_points = any(word.endswith("分") for word in seen) or any(word in text for word in words.score_words)
    said = _anchored(text, words, top) or evidence.said
    if said is None and (has_points or evidence.in_words):
        said = "high-best"
    if said is None:
        return None
    steps = {}
    for word, number in numbers.items():
        if number is None or number != int(number) or not 1 <= number <= top:
            return None
        steps[word] = str(int(number) if said == "high-best" else top + 1 - int(number))
    return Coding(type_, steps, None if has_points else "scale-digits")


def _anchored(text: str, words: Words, top: int) -> str | None:
    """Return the direction that a heading gives, such as `（1＝非常不满意，5＝非常满意）`."""
    for scale in words.scales:
        for step, best in ((scale.steps[-1], True), (scale.steps[0], False)):
            for word in step:
                found = re.search(rf"([1-5])\s*分?\s*(?:[=＝:：]|为|表示|代表|是)?\s*[“\"]?{re.escape(word)}", text)
                if found and int(found[1]) in {1, top}:
                    return "high-best" if (int(found[1]) == top) is best else "low-best"
    return None


def ranges(numbers: Sequence[Decimal]) -> list[tuple[int, int | None, str]]:
    """Return the ranges that numbers are counted in: from, below (None: no end) and wording, such as `10-19`.

    Own choice: at most ten ranges of one width (1, 2, 5, 10, 20, 50 …) up to the number that 95 of 100 do not exceed;
    the last is open, as `50及以上`. A fraction belongs to the range of its whole part.
    """
    whole = sorted(int(number) for number in numbers)
    high = whole[max(0, -(-len(whole) * 95 // 100) - 1)]
    width = next(factor * 10**power for power in range(30) for factor in (1, 2, 5) if high < factor * 10 ** (power + 1))
    low = whole[0] // width * width
    starts = list(range(low, high + 1, width))
    found: list[tuple[int, int | None, str]] = [
        (start, end, str(start) if width == 1 else f"{start}-{end - 1}") for start, end in pairwise(starts)
    ]
    last = starts[-1]
    if whole[-1] >= last + width:
        found.append((last, None, f"{last}及以上"))
    else:
        found.append((last, last + width, str(last) if width == 1 else f"{last}-{last + width - 1}"))
    return found
