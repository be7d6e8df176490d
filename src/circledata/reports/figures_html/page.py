"""The page of the figures of one or more packages: one card an indicator, group by group, then what circles lack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from circledata.findings.privacy import redact
from circledata.indicators.compare_bounds import bounds
from circledata.indicators.compare_sides import short_label
from circledata.indicators.model import Figure, Figures
from circledata.reports.figures_html import kit
from circledata.reports.figures_html.charts import Card, Point, card
from circledata.reports.figures_html.words import FIGURES
from circledata.reports.figures_numbers import group_title
from circledata.reports.layout import visible
from circledata.standard.model import Indicator, Language, Standard, Text

MOST = 60
"""Places that a chart draws."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A package or a place whose figures are shown."""

    name: Text
    figures: Figures
    place: str | None


def pieces(figures: Sequence[Figures], language: Language) -> Iterator[str]:
    """Yield the page in order."""
    packages = list({one.label: one for one in figures}.values())
    context = {
        "label": "、".join(visible(short_label(one.label)) for one in packages),
        "packages": [_package(one) for one in packages],
        "groups": _groups(figures),
        "lacks": [line for one in packages for line in _lacks(one)],
        "spec": packages[0].standard.version,
        "tool": packages[0].circledata,
    }
    yield from kit.page("figures.html.j2", language, FIGURES, context)


def _package(figures: Figures) -> dict[str, object]:
    facts = figures.package
    basis = []
    if facts.get("division_code"):
        basis.append(kit.word(FIGURES, "division", value=visible(str(facts["division_code"]))))
    as_of = figures.as_of
    basis.append(kit.word(FIGURES, "as-of", value=as_of.isoformat()) if as_of else FIGURES["no-date"])
    if figures.valid:
        basis.append(FIGURES["valid"])
    return {
        "title": _title(figures),
        "basis": basis,
        "errors": None if figures.valid else figures.counts["error"],
        "synthetic": bool(facts.get("synthetic")),
    }


def _title(figures: Figures) -> str:
    """Return what a package is called, without personal data and with nothing invisible."""
    return visible(redact(str(figures.package.get("title") or short_label(figures.label))))


def _groups(figures: Sequence[Figures]) -> list[tuple[str, Text, list[Card]]]:
    """Return the cards by group of indicators; an indicator without meaning at any scope that is shown is left out."""
    standard = figures[0].standard
    entries = _entries(figures)
    indicators = {item.name: item for one in figures for item in one.indicators}
    order = [item for item in standard.indicators.values() if item.name in indicators]
    order += [item for name, item in indicators.items() if name not in standard.indicators]
    found = []
    for group, members in groupby(order, key=lambda item: item.group):
        cards = [made for item in members if (made := _card(item, entries, standard))]
        if cards:
            found.append((group, group_title(group, standard), cards))
    return found


def _entries(figures: Sequence[Figures]) -> list[Entry]:
    several = len({one.label for one in figures}) > 1
    found = []
    for one in figures:
        label = short_label(one.label)
        if one.scope == "package":
            found.append(Entry(Text(_title(one), _title(one)), one, None))
        for place in one.places if one.scope != "package" else ():
            name = place.name or place.code
            named = Text(name, name) if name else Text("不属于任何一个", "in none of them")
            found.append(
                Entry(Text(f"{label} · {named.zh}", f"{label} · {named.en}") if several else named, one, place.code)
            )
    return found


def _card(indicator: Indicator, entries: Sequence[Entry], standard: Standard) -> Card | None:
    """Lay one indicator out; None where it has no meaning for any of the places."""
    points: list[tuple[Entry, list[Figure]]] = []
    for entry in entries:
        found = entry.figures.of(indicator.name, entry.place)
        nowhere = entry.place == "" and all(figure.value is None for figure in found)
        if found and found[0].reason != "not-at-this-scope" and not nowhere:
            points.append((entry, found))
    if not points:
        return None
    items = {figure.item: None for _, found in points for figure in found}
    if len(items) > 1:
        items.pop(None, None)
    codes = list(standard.codelists[indicator.by].codes) if indicator.by else []
    order = sorted(items, key=lambda item: codes.index(item) if item in codes else len(codes))
    rows = [(item, [_point(indicator, entry, found, item) for entry, found in points]) for item in order]
    return card(indicator, standard, rows, MOST)


def _point(indicator: Indicator, entry: Entry, found: Sequence[Figure], item: str | None) -> Point:
    by_item = {figure.item: figure for figure in found}
    figure = by_item.get(item) or by_item.get(None)
    if figure is None:
        other = found[0]
        figure = Figure(indicator.name, other.place, item, 0, 0, None, other.known, other.records, None)
    return Point(entry.name, figure, bounds(indicator, figure))


def _lacks(package: Figures) -> Iterator[tuple[str, Text, Text]]:
    """Yield a circle's name and the categories that it lacks, basic ones and quality ones."""
    codes = package.standard.codelists["categories"].codes
    for circle, missing in package.missing.items():
        parts: dict[str, list[Text]] = {"basic": [], "quality": []}
        for code in missing:
            parts["basic" if codes[code].extra["class"] == "basic" else "quality"].append(codes[code].title)
        name = " ".join(visible(part) for part in (package.circle_names.get(circle), circle) if part)
        yield name, _list(parts["basic"]), _list(parts["quality"])


def _list(titles: Sequence[Text]) -> Text:
    if not titles:
        return FIGURES["lacks-none"]
    return Text("、".join(title.zh for title in titles), ", ".join(title.en for title in titles))
