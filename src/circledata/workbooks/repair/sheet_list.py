"""The list of changes as the first sheet of a workbook: a sentence, how often each change was made, then every one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from circledata.sources.mending import changes as phrases
from circledata.standard.model import Language, Standard, Text
from circledata.workbooks.ooxml import Item, Line, Listing
from circledata.workbooks.ooxml.book import reference
from circledata.workbooks.repair.listing import NAME, shown
from circledata.workbooks.repair.model import Change

MOST = 1_000_000
"""Lines of the list; a sheet of Excel has 1,048,576 rows."""
_HEAD = (
    Text("位置", "Place"),
    Text("行", "Row"),
    Text("列", "Column"),
    Text("原来", "Before"),
    Text("改成", "After"),
    Text("改了什么", "What was changed"),
)
_WIDTHS = (18, 8, 24, 32, 32, 28)
_SENTENCE = Text(
    "下面每一处都只改了写法，没有改意思；其余的问题没有动。点“位置”可以跳到那一格。",
    "Each line changed how a cell is written, not what it says; nothing else was touched. Click a place to see it.",
)
_COUNTED = Text("共改 {total} 处：{counts}。", "{total} changes: {counts}.")
_CUT = Text("只列出前 {most} 处。", "Only the first {most} are listed.")

__all__ = ["NAME", "listing"]


def listing(changes: Sequence[Change], standard: Standard, language: Language) -> Listing:
    """Return the sheet that lists `changes`, each with a link to its cell."""
    named = {key: text.in_language(language) for key, text in phrases(standard).items()}
    counted = Counter(change.key for change in changes)
    join = "，" if language == "zh" else ", "
    counts = join.join(f"{named[key]} {counted[key]}" for key in named if key in counted)
    sentence = _COUNTED.in_language(language).format(total=len(changes), counts=counts)
    if len(changes) > MOST:
        sentence += _CUT.in_language(language).format(most=MOST)
    lines = [
        Line([Item(NAME.in_language(language), "title")], height=26, spans=[(1, 6)]),
        Line([Item(sentence, "grey")], height=32, spans=[(1, 6)]),
        Line([Item(_SENTENCE.in_language(language), "grey")], height=18, spans=[(1, 6)]),
        Line([Item(text.in_language(language), "head") for text in _HEAD], height=20),
    ]
    lines += [_line(change, named) for change in changes[:MOST]]
    return Listing(_WIDTHS, lines, head=4)


def _line(change: Change, named: dict[str, str]) -> Line:
    old, new = (shown(text, phone=change.phone) for text in (change.old, change.new))
    cell = change.cell or "A1"
    return Line(
        [
            Item(f"{change.sheet}!{cell}", "link", reference(change.sheet or "", cell)),
            Item(change.row or 0),
            Item(change.column),
            Item(old),
            Item(new),
            Item(named[change.key]),
        ]
    )
