"""The sentences under a row of a comparison: why a difference may come from the data, and why there is no figure."""

from __future__ import annotations

from collections.abc import Iterator

from circledata.indicators.compare_model import Cause, Comparison, Pair, Row
from circledata.indicators.model import reason_text
from circledata.reports.compare_words import CAUSES, VERDICTS, Name, join, say
from circledata.reports.figures_numbers import between, difference, share_of
from circledata.standard.model import Language

NAMED = 6
"""Pairs that a sentence names; of more it gives the number."""


def notes(comparison: Comparison, row: Row, language: Language, name: Name) -> list[str]:
    """Return the sentences: first on differences that may come from the data, then on what was not computed."""
    found = []
    doubtful = [pair for pair in row.pairs if pair.verdict == "may-be-data"]
    if doubtful:
        head = _which(comparison, row, doubtful, language, name) + VERDICTS["may-be-data"].in_language(language)
        if len(row.pairs) == 1:
            head += _gap(row, doubtful[0], language)
        found.append(head + say(language, "colon") + _clauses(comparison, row, doubtful, language, name))
    missing = [pair for pair in row.pairs if pair.verdict == "not-comparable"]
    if missing:
        text = _clauses(comparison, row, missing, language, name)
        # Begins with a word of ours, never with a name.
        found.append(text[:1].upper() + text[1:] if language == "en" else text)
    return found


def pair_note(comparison: Comparison, row: Row, pair: Pair, language: Language, name: Name) -> str:
    """Return the causes of one pair as a sentence; empty where there are none."""
    return _clauses(comparison, row, [pair], language, name) if pair.causes else ""


def _which(comparison: Comparison, row: Row, pairs: list[Pair], language: Language, name: Name) -> str:
    """Name the pairs where there are others too."""
    if len(comparison.sides) == 2:
        return ""
    if len(pairs) > NAMED:
        text = say(language, "pairs", n=len(pairs))
    else:
        named = [say(language, "pair", first=name(pair.first), second=name(pair.second)) for pair in pairs]
        text = say(language, "comma").join(named)
    return text + ("" if language == "zh" else ": ")


def _gap(row: Row, pair: Pair, language: Language) -> str:
    assert pair.difference is not None
    return say(language, "gap", value=difference(pair.difference, row.indicator).in_language(language))


def _clauses(comparison: Comparison, row: Row, pairs: list[Pair], language: Language, name: Name) -> str:
    clauses = [cause_text(comparison, row, cause, language, name) for cause in _merged(pairs)]
    return say(language, "semicolon").join(clauses) + say(language, "stop")


def _merged(pairs: list[Pair]) -> Iterator[Cause]:
    """Yield every cause once; sides that were not computed for the same reason share one."""
    causes: dict[tuple[object, ...], Cause] = {}
    for cause in (cause for pair in pairs for cause in pair.causes):
        params = tuple(sorted(cause.params.items()))
        shared = cause.code in {"not-computed", "not-in-standard"}
        key = (cause.code, params) if shared else (cause.code, params, cause.sides)
        known = causes.get(key)
        sides = tuple(sorted({*(known.sides if known else ()), *cause.sides})) if shared else cause.sides
        causes[key] = Cause(cause.code, sides, cause.params)
    yield from causes.values()


def cause_text(comparison: Comparison, row: Row, cause: Cause, language: Language, name: Name) -> str:
    """Word one cause, without a full stop."""
    values: dict[str, object] = dict(cause.params)
    values["side"] = name(cause.sides[0])
    if cause.code in {"listing", "category", "definition"}:
        values["other"] = name(cause.sides[1])
    elif cause.code == "unknown-values":
        values["share"] = share_of(int(cause.params["known"]), int(cause.params["records"]))
        limits = row.cells[cause.sides[0]].bounds
        assert limits
        values["range"] = between(limits.low, limits.high, row.indicator).in_language(language)
    elif cause.code == "sample":
        low, high = float(cause.params["low"]), float(cause.params["high"])
        values["range"] = between(low, high, row.indicator).in_language(language)
    else:
        everyone = len(cause.sides) == len(comparison.sides) > 2
        names = [name(number) for number in cause.sides]
        values["side"] = say(language, "all") if everyone else join(language, names)
        if cause.code == "not-computed":
            values["reason"] = reason_text(comparison.standard, str(cause.params["reason"])).in_language(language)
    for key in ("known", "records", "n", "value", "expected"):
        number = values.get(key)
        if isinstance(number, int):
            values[key] = f"{number:,}"
    return CAUSES[cause.code].in_language(language).format(**values)
