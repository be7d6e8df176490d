"""Figures as plain text: one line a figure for a whole package, one table an indicator for many places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TextIO

from circledata.indicators.model import Figure, Figures, reason_text
from circledata.reports.figures_numbers import group_title, item_title, share_of, shown, unit_of
from circledata.reports.figures_words import say
from circledata.reports.layout import display_width, pad, shorten, visible, wrap
from circledata.standard.model import Indicator, Language

WIDEST_TITLE = 44
"""Columns of the left side; a longer name is shortened."""
INDENT = "  "


def write_text(figures: Sequence[Figures], language: Language, stream: TextIO, width: int = 80) -> None:
    """Write the figures of one package after another for a reader at a terminal of `width` columns."""
    for number, one in enumerate(figures):
        if number:
            stream.write("\n")
        stream.writelines(line.rstrip() + "\n" for line in _Text(one, language, width).lines())


class _Text:
    """The figures of one package being laid out."""

    def __init__(self, figures: Figures, language: Language, width: int) -> None:
        self.figures = figures
        self.language: Language = language
        self.width = width
        self.names = {place.code: self.place_name(place.code, place.name) for place in figures.places}

    def lines(self) -> Iterator[str]:
        """Yield everything."""
        yield from self.head()
        for group, indicators in groupby(self.figures.indicators, key=lambda item: item.group):
            yield ""
            yield group_title(group, self.figures.standard).in_language(self.language)
            if self.figures.places:
                for indicator in indicators:
                    yield from self.by_place(indicator)
            else:
                yield from self.whole(list(indicators))
        if self.figures.missing:
            yield ""
            yield from self.missing()
        if any(figure.known < figure.records for figure in self.figures.figures):
            yield ""
            yield from wrap(say(self.language, "foot-known"), self.width)

    def head(self) -> Iterator[str]:
        """Yield the package's name, what was counted, and what is to be borne in mind."""
        figures, language = self.figures, self.language
        title = figures.package.get("title")
        label = visible(f"{title} ({figures.label})" if title else figures.label)
        if title and language == "zh":
            label = visible(f"{title}（{figures.label}）")
        day = say(language, "as-of", day=figures.as_of) if figures.as_of else say(language, "as-of-unknown")
        said = [
            day,
            say(language, f"by-{figures.scope}"),
            say(language, "standard", version=figures.standard.version),
        ]
        yield from wrap(say(language, "head", label=label), self.width)
        yield from wrap(say(language, "note-join").join(said), self.width)
        if figures.package.get("synthetic"):
            yield from wrap(say(language, "synthetic"), self.width)
        errors = figures.counts["error"]
        if errors:
            yield from wrap(say(language, "errors-1" if errors == 1 else "errors", n=f"{errors:,}"), self.width)
        elif not figures.valid:
            yield from wrap(say(language, "incomplete"), self.width)

    def whole(self, indicators: Sequence[Indicator]) -> Iterator[str]:
        """Yield the figures of the package as a whole, lined up."""
        rows: list[tuple[str, str, str, str]] = []
        for indicator in indicators:
            figures = self.figures.of(indicator.name)
            title = indicator.title.in_language(self.language)
            if figures[0].item is None:
                rows.append((INDENT + title, *self.cells(indicator, figures[0])))
                continue
            rows.append((INDENT + title, "", "", self.known(figures[0])))
            rows += [
                (2 * INDENT + self.item(indicator, figure), self.cells(indicator, figure)[0], "", "")
                for figure in figures
            ]
        yield from self.lined_up(rows)

    def by_place(self, indicator: Indicator) -> Iterator[str]:
        """Yield one indicator for every place."""
        title = INDENT + indicator.title.in_language(self.language)
        places = [(place.code, self.figures.of(indicator.name, place.code)) for place in self.figures.places]
        # What belongs to no place is worth a line only where there is any.
        places = [(code, figures) for code, figures in places if code or figures[0].records or len(places) == 1]
        reasons = {figures[0].reason for _, figures in places}
        if len(reasons) == 1 and None not in reasons and all(not figures[0].records for _, figures in places):
            yield f"{title}  {say(self.language, 'not-computed-all', reason=self.reason(reasons.pop()))}"
            return
        yield title
        if indicator.by is None:
            yield from self.lined_up(
                [(2 * INDENT + self.names[code], *self.cells(indicator, figures[0])) for code, figures in places]
            )
            return
        for code, figures in places:
            yield from self.parted(indicator, self.names[code], figures)

    def parted(self, indicator: Indicator, name: str, figures: Sequence[Figure]) -> Iterator[str]:
        """Yield the items of one place that are not zero, on one line if they fit."""
        first = figures[0]
        if first.item is None:
            text = say(self.language, "not-computed", reason=self.reason(first.reason))
        else:
            shown_items = [
                f"{self.item(indicator, figure)} {shown(figure.value, indicator)}" for figure in figures if figure.value
            ]
            text = say(self.language, "item-join").join(shown_items) or "0"
            known = self.known(first)
            if known:
                text += say(self.language, "note-join") + known
        start = 2 * INDENT + pad(shorten(name, WIDEST_TITLE), self.title_width()) + INDENT
        yield from wrap(text, max(self.width, 60), first=start, rest=" " * display_width(start))

    def title_width(self) -> int:
        """Return the columns that the names of the places take."""
        return min(WIDEST_TITLE, max((display_width(name) for name in self.names.values()), default=0))

    def cells(self, indicator: Indicator, figure: Figure) -> tuple[str, str, str]:
        """Return value, unit and note of one figure; for one that was not computed the reason stands in the note."""
        if figure.value is None:
            return "–", "", say(self.language, "not-computed", reason=self.reason(figure.reason))
        unit = unit_of(indicator, self.figures.standard)
        notes = [self.quotient(figure), self.known(figure)]
        return (
            shown(figure.value, indicator),
            unit.in_language(self.language) if unit else "",
            say(self.language, "note-join").join(note for note in notes if note),
        )

    def quotient(self, figure: Figure) -> str:
        """Return numerator and denominator of a figure that has both."""
        if figure.numerator is None or figure.denominator is None:
            return ""
        return say(
            self.language, "quotient", numerator=_plain(figure.numerator), denominator=_plain(figure.denominator)
        )

    def known(self, figure: Figure) -> str:
        """Say how many records were known; nothing where all were."""
        if figure.known >= figure.records:
            return ""
        share = share_of(figure.known, figure.records)
        return say(self.language, "known", known=f"{figure.known:,}", records=f"{figure.records:,}", share=share)

    def reason(self, code: str | None) -> str:
        """Say why a figure was not computed."""
        return reason_text(self.figures.standard, code or "no-record").in_language(self.language)

    def item(self, indicator: Indicator, figure: Figure) -> str:
        """Return the title of a figure's item."""
        return item_title(indicator, figure.item or "", self.figures.standard).in_language(self.language)

    def place_name(self, code: str, name: str | None) -> str:
        """Return how a place is called: its code and its name."""
        if not code:
            return say(self.language, "place-none" if self.figures.scope == "circle" else "place-unknown")
        return visible(f"{code} {name}" if name else code)

    def lined_up(self, rows: Sequence[tuple[str, str, str, str]]) -> Iterator[str]:
        """Yield rows of title, value, unit and note with values at the right edge of their column."""
        left = min(WIDEST_TITLE, max(display_width(row[0]) for row in rows))
        middle = max(display_width(row[1]) for row in rows)
        units = max(display_width(row[2]) for row in rows)
        for title, value, unit, note in rows:
            start = f"{pad(_cut(title, left), left)}  {pad(value, middle, right=True)} {pad(unit, units)}  "
            if display_width(start + note) <= self.width or not note:
                yield start + note
            else:
                yield start
                yield from wrap(note, self.width, first=3 * INDENT, rest=3 * INDENT)

    def missing(self) -> Iterator[str]:
        """Yield the categories that each circle lacks."""
        codes = self.figures.standard.codelists["categories"].codes
        yield say(self.language, "missing-head")
        for circle, lacking in self.figures.missing.items():
            titles = [codes[code].title.in_language(self.language) for code in lacking]
            text = say(self.language, "item-join").join(titles) or say(self.language, "missing-none")
            name = self.names.get(circle, visible(circle))
            yield from wrap(f"{text}", self.width, first=f"{INDENT}{name}  ", rest=3 * INDENT)


def _cut(title: str, columns: int) -> str:
    if display_width(title) <= columns:
        return title
    text = title.lstrip(" ")
    margin = len(title) - len(text)
    return " " * margin + shorten(text, columns - margin)


def _plain(number: float) -> str:
    """Write a numerator or denominator with thousands apart and no needless decimals."""
    return f"{number:,}" if isinstance(number, int) else f"{number:,.3f}".rstrip("0").rstrip(".")
