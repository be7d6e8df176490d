"""The first sheet of the yearly workbook: what the data is, how the check ended, how each indicator is worked out."""

from __future__ import annotations

from collections.abc import Iterator

from circledata.reports.figures_book_packages import Package, Pages
from circledata.reports.figures_book_sheet import Sheet
from circledata.reports.layout import visible

_WIDTHS = (20, 44, 28, 26, 34, 44)
_SHEETS = ("grades", "outlets", "coverage", "surveys", "money", "all")
_COLUMNS = ("indicator", "definition", "numerator", "denominator", "missing", "source")


def write(pages: Pages) -> None:
    """Write the sheet."""
    sheet = Sheet(pages.book, pages.formats, pages.language, pages.say("sheet-about"), _WIDTHS)
    sheet.title(pages.say("title"), pages.say("intro", spec=pages.standard.version), warnings=pages.warnings())
    for package in pages.packages:
        sheet.part(package.title if len(pages.packages) > 1 else pages.say("part-package"))
        for name, text in _facts(pages, package):
            sheet.line([(name, pages.formats.style.label), (text, pages.formats.text)])
    sheet.part(pages.say("part-sheets"))
    for key in _SHEETS:
        name = pages.say(f"sheet-{key}")
        sheet.sheet.write_url(sheet.row, 0, f"internal:'{name}'!A1", pages.formats.style.link, name)
        sheet.sheet.merge_range(
            sheet.row, 1, sheet.row, len(_WIDTHS) - 1, pages.say(f"about-sheet-{key}"), pages.formats.style.text
        )
        sheet.row += 1
    sheet.part(pages.say("part-definitions"))
    sheet.head([pages.say(column) for column in _COLUMNS], texts=len(_COLUMNS))
    sheet.sheet.repeat_rows(sheet.row - 1)
    lang = pages.language
    for indicator in pages.packages[0].about.indicators:
        texts = [indicator.title, indicator.definition, indicator.numerator, indicator.denominator]
        texts += [indicator.missing, indicator.source]
        sheet.wrapped([text.in_language(lang).strip() if text else "" for text in texts])


def _facts(pages: Pages, package: Package) -> Iterator[tuple[str, str]]:
    figures = package.about
    facts, unknown = figures.package, pages.say("unknown")
    yield pages.say("fact-title"), package.title
    yield pages.say("fact-division"), visible(str(facts.get("division_code") or unknown))
    yield pages.say("fact-as-of"), figures.as_of.isoformat() if figures.as_of else unknown
    yield pages.say("fact-crs"), visible(str(facts.get("coordinate_system") or unknown))
    verdict = pages.say("valid" if figures.valid else "invalid")
    counts = {level: f"{number:,}" for level, number in figures.counts.items()}
    yield pages.say("fact-quality"), pages.say("quality", verdict=verdict, **counts)
    yield pages.say("fact-spec"), figures.standard.version
    yield pages.say("fact-tool"), f"circledata {figures.circledata}"
