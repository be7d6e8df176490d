"""What the sheets of the yearly workbook share: the packages with their figures, and how a sheet begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from circledata.findings.privacy import redact
from circledata.indicators.compare_sides import short_label
from circledata.indicators.model import Figure, Figures, Place
from circledata.reports.figures_book_sheet import Formats, Sheet
from circledata.reports.figures_book_words import say
from circledata.reports.layout import visible
from circledata.standard.model import Indicator, Language, Standard


@dataclass(frozen=True)
class Package:
    """The figures of one package."""

    about: Figures
    """Any of its figures: all say the same of the package itself."""
    whole: Figures | None
    """Those of the package as a whole."""
    circles: Figures | None
    """Those of its circles."""

    @property
    def title(self) -> str:
        """What the package is called."""
        return visible(redact(str(self.about.package.get("title") or short_label(self.about.label))))

    def figure(self, name: str) -> Figure | None:
        """Return the figure of an indicator without breakdown, of the package as a whole."""
        return next(iter(self.items(name)), None)

    def items(self, name: str) -> list[Figure]:
        """Return the figures of an indicator of the package as a whole, an item each."""
        return self.whole.of(name) if self.whole else []

    def places(self) -> Iterator[Place]:
        """Yield its circles; last the place without a code, which holds what belongs to no circle."""
        yield from self.circles.places if self.circles else ()

    def of_circle(self, name: str, code: str) -> Figure | None:
        """Return the figure of an indicator without breakdown, of one circle."""
        return next(iter(self.circles.of(name, code)), None) if self.circles else None


def packages_of(figures: Sequence[Figures]) -> list[Package]:
    """Put the figures of each package together, in the order in which the packages first occur."""
    found = []
    for label in dict.fromkeys(one.label for one in figures):
        own = [one for one in figures if one.label == label]
        scopes = {one.scope: one for one in reversed(own)}
        found.append(Package(own[0], scopes.get("package"), scopes.get("circle")))
    return found


@dataclass
class Pages:
    """The workbook being written."""

    book: Any
    language: Language
    standard: Standard
    packages: Sequence[Package]

    def __post_init__(self) -> None:
        self.formats = Formats(self.book)

    def say(self, key: str, **values: object) -> str:
        """Return a text in the workbook's language."""
        return say(self.language, key, **values)

    def sheet(self, key: str, widths: Sequence[float], *, tall: bool = False) -> Sheet:
        """Begin a sheet and say what it is; a reader must see at once where data is invented or full of errors."""
        made = Sheet(self.book, self.formats, self.language, self.say(f"sheet-{key}"), widths, tall=tall)
        leads = [" · ".join(self.basis(package)) for package in self.packages] if len(self.packages) == 1 else []
        made.title(self.say(f"sheet-{key}"), *leads, warnings=self.warnings())
        return made

    def basis(self, package: Package) -> Iterator[str]:
        """Yield the name of a package and its reference date."""
        yield package.title
        as_of = package.about.as_of
        yield f"{self.say('fact-as-of')} {as_of.isoformat() if as_of else self.say('unknown')}"

    def warnings(self) -> list[str]:
        """Say which packages are invented or have errors."""
        found = []
        for package in self.packages:
            name = f"{package.title}: " if len(self.packages) > 1 else ""
            if package.about.package.get("synthetic"):
                found.append(name + self.say("synthetic-warning"))
            if not package.about.valid:
                found.append(name + self.say("errors-warning", n=f"{package.about.counts['error']:,}"))
        return found

    def begin(self, sheet: Sheet, package: Package) -> None:
        """Name the package above its part of a sheet, where there are several."""
        if len(self.packages) > 1:
            sheet.part(package.title)

    def indicator(self, name: str) -> Indicator | None:
        """Return an indicator that was asked for."""
        return next((item for package in self.packages for item in package.about.indicators if item.name == name), None)

    def titled(self, codelist: str, code: str) -> str:
        """Return the title of a code; the code itself where its list does not know it."""
        found = self.standard.codelists[codelist].codes.get(code)
        return visible(found.title.in_language(self.language) if found else code)

    def place_name(self, place: Place) -> str:
        """Name a circle as people know it."""
        return visible(place.name or place.code) if place.code else self.say("nowhere")
