"""The yearly workbook: circles by grade, outlets by category, coverage, surveys, money, and every figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from circledata.convert.export.book_style import describe, new_book
from circledata.indicators.model import Figures
from circledata.reports import figures_book_about, figures_book_all, figures_book_circles, figures_book_outlets
from circledata.reports.figures_book_packages import Pages, packages_of
from circledata.reports.figures_book_words import say
from circledata.standard.model import Language


def write_book(figures: Sequence[Figures], language: Language, stream: BinaryIO) -> None:
    """Write the yearly workbook of one or more packages as XLSX. Same figures, same bytes.

    `figures`: of each package those of the scope `package`, and those of the scope `circle` where a line for every
    circle is wanted; figures of one package have one label. Other scopes go to the sheet of all figures.
    """
    book = new_book(stream, language, in_memory=True)
    describe(book, figures[0].standard, say(language, "title"))
    pages = Pages(book, language, figures[0].standard, packages_of(figures))
    figures_book_about.write(pages)
    figures_book_circles.grades(pages)
    figures_book_outlets.categories(pages)
    figures_book_outlets.coverage(pages)
    figures_book_circles.surveys(pages)
    figures_book_circles.money(pages)
    figures_book_all.write(pages, figures)
    book.close()
