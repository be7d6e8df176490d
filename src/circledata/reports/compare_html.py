"""A comparison as an HTML page: one small chart an indicator, the sides as bars, and what may set them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from circledata.indicators.compare import TOGETHER
from circledata.indicators.compare_model import VERDICTS, Comparison, Row, Verdict
from circledata.reports.compare_notes import notes
from circledata.reports.compare_text import legend
from circledata.reports.compare_words import MEANINGS, WORDS, caution_text, method
from circledata.reports.compare_words import VERDICTS as TITLES
from circledata.reports.figures_html import kit
from circledata.reports.figures_html.charts import TONES, Card, Point, card
from circledata.reports.figures_html.words import FRAME
from circledata.reports.figures_numbers import group_title, item_title
from circledata.reports.layout import visible
from circledata.standard.model import Indicator, Language, Text

if TYPE_CHECKING:
    from circledata.reports.compare_words import Name

PAGE: dict[str, Text] = {**FRAME, **WORDS, "report": WORDS["title"]}
MOST = 60
"""Sides that a chart draws."""
Shown = tuple[Card, list[tuple[Verdict, Text]], list[Text]]
"""An indicator as the page has it: its chart, its verdicts, and what is said below it."""


def write(comparison: Comparison, language: Language, stream: TextIO) -> None:
    """Write a comparison as one HTML page, in both languages, `language` first. Same comparison, same bytes."""
    stream.writelines(_pieces(comparison, language))


def _pieces(comparison: Comparison, language: Language) -> Iterator[str]:
    found, many = comparison.counts(), len(comparison.sides) > TOGETHER
    context = {
        "label": visible("、".join(side.name for side in comparison.sides[:4]) + ("…" if many else "")),
        "sides": [
            {"name": visible(side.name), "about": _about(comparison, number), "tone": _tone(comparison, number)}
            for number, side in enumerate(comparison.sides)
        ],
        "verdicts": [(verdict, TITLES[verdict], MEANINGS[verdict], found[verdict]) for verdict in VERDICTS],
        "cautions": [
            Text(*(caution_text(item, lang, _name(comparison), len(comparison.sides)) for lang in ("zh", "en")))
            for item in comparison.cautions
        ],
        "groups": _groups(comparison),
        "method": Text(method("zh"), method("en")),
        "shortened": kit.word(WORDS, "vs-first", n=TOGETHER) if many else None,
        "spec": comparison.standard.version,
        "tool": comparison.circledata,
    }
    yield from kit.page("compare.html.j2", language, PAGE, context)


def _name(comparison: Comparison) -> Name:
    return lambda number: f"“{visible(comparison.sides[number].name)}”"


def _about(comparison: Comparison, number: int) -> Text:
    """Say what a side is, without its name."""
    side = comparison.sides[number]
    texts = [legend(side, language).removeprefix(visible(side.name)).lstrip(" ·") for language in ("zh", "en")]
    return Text(*texts)


def _tone(comparison: Comparison, number: int) -> int:
    return number if len(comparison.sides) <= TONES else 0


def _groups(comparison: Comparison) -> list[tuple[str, Text, list[Shown]]]:
    found = []
    for group, members in groupby(comparison.rows, key=lambda row: row.indicator.group):
        shown = [
            _shown(comparison, indicator, list(rows))
            for indicator, rows in groupby(members, key=lambda row: row.indicator)
        ]
        found.append((group, group_title(group, comparison.standard), shown))
    return found


def _shown(comparison: Comparison, indicator: Indicator, rows: Sequence[Row]) -> Shown:
    drawn = []
    for row in rows:
        points = [
            Point(_text(visible(side.name)), cell.figure, cell.bounds, _tone(comparison, number))
            for number, (side, cell) in enumerate(zip(comparison.sides, row.cells, strict=True))
        ]
        drawn.append((row.item, points))
    return card(indicator, comparison.standard, drawn, MOST), _badges(rows), _notes(comparison, rows)


def _text(name: str) -> Text:
    return Text(name, name)


def _badges(rows: Sequence[Row]) -> list[tuple[Verdict, Text]]:
    """Return the verdicts of an indicator, with their number where there are several pairs."""
    counted = Counter(pair.verdict for row in rows for pair in row.pairs)
    alone = sum(counted.values()) == 1
    return [
        (verdict, TITLES[verdict] if alone else Text(f"{TITLES[verdict].zh} {n}", f"{TITLES[verdict].en} {n}"))
        for verdict in VERDICTS
        if (n := counted[verdict])
    ]


def _notes(comparison: Comparison, rows: Sequence[Row]) -> list[Text]:
    """Return the sentences on an indicator, each once; in a breakdown with the item that they are about."""
    told: dict[tuple[str, str], list[Text]] = {}
    for row in rows:
        name = _name(comparison)
        for pair in zip(*(notes(comparison, row, language, name) for language in ("zh", "en")), strict=True):
            title = None if row.item is None else item_title(row.indicator, row.item, comparison.standard)
            told.setdefault(pair, []).extend([title] if title else [])
    found = []
    for (zh, en), items in told.items():
        if items and len(items) < len(rows):
            zh = f"{'、'.join(item.zh for item in items)}：{zh}"
            en = f"{', '.join(item.en for item in items)}: {en}"
        found.append(Text(zh, en))
    return found
