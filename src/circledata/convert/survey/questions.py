"""Tells the type of each question from its answers and its wording, and turns its cells into options."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from circledata.convert.survey.answers import (
    MARK,
    Cell,
    NoAnswer,
    is_joined,
    looks_personal,
    split_options,
    without_written_in,
)
from circledata.convert.survey.options import SurveyOptions, Words
from circledata.convert.survey.scales import (
    Coding,
    DigitEvidence,
    digit_coding,
    find_codings,
    ranges,
    read_number,
)
from circledata.convert.survey.units import Unit

_LONGEST_OPTION = 200
_FIRST_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LETTERED = re.compile(r"[A-Za-z][.、．)）:： ]")


@dataclass
class Question:
    """One question with its type and, for every row used, the options that were chosen (None: no answer).

    `options`: every option in the order it shall stand. `values`: what survey_responses holds, parallel to `answers`.
    `recoded`: what the words of the answers became. `doubts`: codes of what a person should look at.
    """

    unit: Unit
    type: str
    options: tuple[str, ...] = ()
    answers: list[tuple[str, ...] | None] = field(default_factory=list)
    values: list[str | None] = field(default_factory=list)
    recoded: dict[str, str] = field(default_factory=dict)
    plain: frozenset[str] = frozenset()
    """Answers that are options as they stand, so that the log may name them: nobody wrote them."""
    doubts: Counter[str] = field(default_factory=Counter)
    missing: Counter[NoAnswer] = field(default_factory=Counter)
    topic: str = ""

    @property
    def id(self) -> str:
        """The question's id."""
        return self.unit.id


def understand(units: Sequence[Unit], options: SurveyOptions, forced: Mapping[str, str]) -> list[Question]:
    """Return the questions in order. `forced`: types that a person gave, by question id."""
    words = options.words
    kinds = {unit.id: _kind(unit, words, forced.get(unit.id)) for unit in units}
    in_words = any(kinds[unit.id] in {"words", "multiple"} and not unit.flags for unit in units)
    codings = find_codings({unit.id: unit.seen for unit in units if kinds[unit.id] == "words"}, words, forced)
    on_digits = [unit for unit in units if kinds[unit.id] == "digits" and _may_be_scale(unit, words, forced)]
    highest = max((_highest(unit, words) for unit in on_digits), default=0)
    evidence = DigitEvidence(options.numbers, in_words)
    for unit in on_digits:
        coding = digit_coding(unit.text, unit.seen, words, evidence, highest, forced.get(unit.id))
        if coding:
            codings[unit.id] = coding
    unsure = {unit.id for unit in on_digits if unit.id not in codings}
    return [_question(unit, kinds[unit.id], codings, unsure, in_words, forced, words) for unit in units]


def _question(
    unit: Unit,
    kind: str,
    codings: Mapping[str, Coding],
    unsure: set[str],
    in_words: bool,
    forced: Mapping[str, str],
    words: Words,
) -> Question:
    if unit.id in codings:
        return _scaled(unit, codings[unit.id], words)
    if kind == "text":
        return Question(unit, "text", missing=unit.missing)
    if kind == "multiple":
        return _multiple(unit, words)
    if kind == "digits" and unit.id in unsure:
        return _single(unit, words, "scale-direction")
    if kind == "digits" and (in_words or forced.get(unit.id) == "number" or not _may_be_code(unit, words)):
        return _number(unit, words)
    doubt = "coded-answers" if kind == "digits" else _like_a_scale(unit, words)
    return _single(unit, words, None if unit.id in forced else doubt)


def _kind(unit: Unit, words: Words, forced: str | None) -> str:
    """Return text, multiple, digits or words: what the answers are, before anybody asks for a scale."""
    if any(looks_personal(text) or len(text) > _LONGEST_OPTION * 5 for text in unit.seen):
        return "text"
    if forced in {"text", "multiple"}:
        return forced
    if forced is None and _is_text(unit, words):
        return "text"
    joined = any(is_joined(text, (*words.joiners, *words.ranking_joiners)) for text in unit.seen)
    if forced is None and (unit.flags or joined or any(word in unit.heading for word in words.multiple_words)):
        return "multiple"
    numbers = sum(count for text, count in unit.seen.items() if read_number(text, words.number_units) is not None)
    if forced != "single" and unit.answered and numbers >= 0.8 * unit.answered:
        return "digits"
    return "words"


def _is_text(unit: Unit, words: Words) -> bool:
    """Whether people wrote the answers themselves. In doubt they did: a name must not become an option."""
    answered, kinds = unit.answered, len(unit.seen)
    if not answered or unit.flags:
        return False
    joined = any(is_joined(text, words.joiners) for text in unit.seen)
    repeated = min(unit.seen.values()) >= 2
    if any(word in unit.text for word in words.personal_words) and not (repeated and (joined or kinds * 5 <= answered)):
        return True
    if joined or all(read_number(text, words.number_units) is not None for text in unit.seen):
        return False
    if any(text not in words.no_opinion and any(scale.step(text) for scale in words.scales) for text in unit.seen):
        return False
    lengths = sum(len(text) * count for text, count in unit.seen.items()) / answered
    if any(word in unit.heading for word in words.text_words):
        return not repeated or lengths > 10
    wordings = {without_written_in(text, words) for text in unit.seen}
    if any(len(text) > _LONGEST_OPTION for text in wordings):
        return True
    return len(wordings) > max(3, 0.5 * answered) or (len(wordings) > 12 and len(wordings) > 0.3 * answered)


def _may_be_scale(unit: Unit, words: Words, forced: Mapping[str, str]) -> bool:
    if forced.get(unit.id, "likert").startswith("likert") is False:
        return False
    numbers = [read_number(text, words.number_units) for text in unit.seen]
    fits = all(number is not None and number == int(number) and 1 <= number <= 5 for number in numbers)
    return fits and (unit.id in forced or any(word in unit.text for word in words.scale_words))


def _highest(unit: Unit, words: Words) -> int:
    return max(int(number) for text in unit.seen if (number := read_number(text, words.number_units)) is not None)


def _may_be_code(unit: Unit, words: Words) -> bool:
    """Whether digits may be the places of options: few and small, in a file without a single choice in words."""
    numbers = [read_number(text) for text in unit.seen]
    return len(numbers) <= 12 and all(n is not None and n == int(n) and n <= 20 for n in numbers)


def _like_a_scale(unit: Unit, words: Words) -> str | None:
    """Say so when words of a scale stand among the answers of a question that got none: a person can give its type."""
    known = [text for text in unit.seen if any(scale.step(text) for scale in words.scales)]
    return "scale-unsure" if len(known) >= 2 and len(known) >= len(unit.seen) - 1 else None


def _fill(question: Question, chosen: Sequence[tuple[str, ...] | NoAnswer]) -> Question:
    question.answers = [item if isinstance(item, tuple) else None for item in chosen]
    question.missing = Counter(item for item in chosen if isinstance(item, NoAnswer))
    question.values = [None if item is None else ";".join(item) for item in question.answers]
    return question


def _scaled(unit: Unit, coding: Coding, words: Words) -> Question:
    """Steps 1 to 5 or 4. What is no step (“cannot say”) is in neither the scale nor the base, as the rules ask."""
    top = int(coding.type[-1])
    question = Question(unit, coding.type, tuple(str(step) for step in range(1, top + 1)))
    question.recoded = {word: step for word, step in coding.steps.items() if word != step}
    off = sum(count for word, count in unit.seen.items() if word not in coding.steps)
    question.doubts.update({code: 1 for code in (coding.doubt,) if code} | ({"no-opinion": off} if off else {}))

    def step(cell: Cell) -> tuple[str, ...] | NoAnswer:
        if isinstance(cell, NoAnswer):
            return cell
        return (coding.steps[cell],) if cell in coding.steps else NoAnswer.EMPTY

    return _fill(question, [step(cell) for cell in unit.cells])


def _single(unit: Unit, words: Words, doubt: str | None) -> Question:
    question = Question(unit, "single")
    wording = {text: without_written_in(text, words).replace(";", MARK) for text in unit.seen}
    question.options = _in_order(list(dict.fromkeys(wording[text] for text in unit.seen)), words)
    question.plain = frozenset(text for text, option in wording.items() if text.replace(";", MARK) == option)
    question.doubts["written-in"] += sum(unit.seen[text] for text, option in wording.items() if len(option) < len(text))
    if doubt:
        question.doubts[doubt] += 1
    question.doubts += Counter()
    return _fill(question, [cell if isinstance(cell, NoAnswer) else (wording[cell],) for cell in unit.cells])


def _multiple(unit: Unit, words: Words) -> Question:
    question = Question(unit, "multiple")
    if unit.flags:
        parts = {text: tuple(option.replace(";", MARK) for option in text.split("\n")) for text in unit.seen}
        question.options = tuple(dict.fromkeys(column.option.replace(";", MARK) for column in unit.columns))
    else:
        parts = {text: split_options(text, words) for text in unit.seen}
        seen = list(dict.fromkeys(option for options in parts.values() for option in options))
        question.options = _in_order(seen, words)
        if any(is_joined(text, words.ranking_joiners) for text in unit.seen):
            question.doubts["ranking"] += 1
    joiners = (*words.joiners, *words.ranking_joiners)
    question.plain = frozenset(
        text
        for text, options in parts.items()
        if any(text.replace(";", MARK) == joiner.join(options) for joiner in joiners)
    )
    marks = [opening for opening, _ in words.written_in]
    question.doubts["written-in"] += sum(count for text, count in unit.seen.items() if is_joined(text, marks))
    question.doubts += Counter()
    chosen = [cell if isinstance(cell, NoAnswer) else (parts[cell] or NoAnswer.EMPTY) for cell in unit.cells]
    return _fill(question, chosen)


def _number(unit: Unit, words: Words) -> Question:
    question = Question(unit, "number")
    numbers: dict[str, Decimal] = {
        text: number for text in unit.seen if (number := read_number(text, words.number_units)) is not None
    }
    found = ranges([numbers[text] for text, count in unit.seen.items() if text in numbers for _ in range(count)])
    question.options = tuple(wording for _, _, wording in found)
    unread = sum(count for text, count in unit.seen.items() if text not in numbers)
    if unread:
        question.doubts["number-unread"] += unread

    def bounded(cell: Cell) -> tuple[str, ...] | NoAnswer:
        if isinstance(cell, NoAnswer):
            return cell
        number = numbers.get(cell)
        if number is None:
            return NoAnswer.EMPTY
        return (next(wording for _, end, wording in found if end is None or number < end),)

    _fill(question, [bounded(cell) for cell in unit.cells])
    question.values = [
        format(numbers[cell].normalize(), "f") if isinstance(cell, str) and cell in numbers else None
        for cell in unit.cells
    ]
    return question


def _in_order(options: list[str], words: Words) -> tuple[str, ...]:
    """Options as a reader expects them: by letter or number where all have one, else by first occurrence; 其他 last."""
    others = [option for option in options if option in words.other_words]
    rest = [option for option in options if option not in words.other_words]
    if all(_LETTERED.match(option) for option in rest):
        rest.sort(key=lambda option: option[0].upper())
    elif all(_FIRST_NUMBER.search(option) for option in rest):
        rest.sort(key=_number_key)
    return (*rest, *others)


def _number_key(option: str) -> tuple[float, bool, str]:
    found = _FIRST_NUMBER.search(option)
    upwards = option.endswith(("以上", "及以上"))
    return (float(found[0]) if found else 0.0, upwards, option)
