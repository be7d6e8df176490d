"""The categories of a package: those of the standard and its own, with their titles and what stands above them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from circledata.convert.export.opened import Source
from circledata.engine import sql
from circledata.standard.model import Text


@dataclass(frozen=True)
class Categories:
    """Titles and parents by code, in the order of the code list, the package's own behind."""

    titles: Mapping[str, Text]
    parents: Mapping[str, str]

    def with_parents(self, codes: Iterable[str]) -> list[str]:
        """Return the codes that are known and all that stand above them, each once."""
        found: dict[str, None] = {}
        for code in codes:
            while code in self.titles and code not in found:
                found[code] = None
                code = self.parents.get(code, "")
        return list(found)


def categories_of(source: Source) -> Categories:
    """Return the categories that outlets of the package may have.

    The English title of one of the package's own is its translation, else that of the category above it.
    """
    codelist = source.package.standard.codelists["categories"]
    titles = {code: item.title for code, item in codelist.codes.items()}
    parents = {code: item.extra["parent"] for code, item in codelist.codes.items() if item.extra.get("parent")}
    where = "\"table\" = 'categories' AND language = 'en'"
    translated = {row[0]: row[1] for row in _rows(source, "translations", ["id", "text"], where)}
    for code, name, parent in _rows(source, "categories", ["category", "name", "parent"], "true"):
        if code in titles:
            continue
        above = titles[parent].en if parent in titles else code
        titles[code] = Text(name or code, translated.get(code) or above)
        if parent:
            parents[code] = parent
    return Categories(titles, parents)


def _rows(source: Source, name: str, columns: list[str], where: str) -> list[tuple[str, ...]]:
    table = source.tables.get(name)
    needed = {*columns, *(["table", "language"] if name == "translations" else [])}
    if table is None or not needed <= table.loaded.by_name.keys():
        return []
    items = [f"coalesce({sql.name(column)}, '')" for column in columns]
    return list(table.select(items, extra=f"WHERE {where} ORDER BY _row"))
