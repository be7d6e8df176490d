"""What all steps of the mapping engine share during one conversion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from circledata.convert.mapping.model import Mapping
from circledata.convert.options import ConvertOptions
from circledata.convert.records.divisions import Divisions
from circledata.convert.records.log import Log
from circledata.convert.records.references import References
from circledata.standard import Standard

if TYPE_CHECKING:
    from circledata.values.categories import CategoryFinder
    from circledata.values.category_matches import CategoryEntry

Record = dict[str, str]


@dataclass
class Context:
    """One conversion by one mapping. `references` is shared by all mappings of the conversion."""

    standard: Standard
    mapping: Mapping
    division_code: str
    options: ConvertOptions
    references: References
    as_of: date | None = None
    log: Log = field(default_factory=Log)

    @cached_property
    def divisions(self) -> Divisions:
        """The divisions as the package sees them."""
        return Divisions(self.standard, self.division_code)

    @cached_property
    def missing(self) -> frozenset[str]:
        """The mapping's own texts that mean nothing is known."""
        return frozenset(self.mapping.read.get("missing", ()))

    @cached_property
    def entries(self) -> Sequence[CategoryEntry]:
        """The standard's categories as the finders of values take them."""
        from circledata.values.category_matches import CategoryEntry

        codes = self.standard.codelists["categories"].codes.values()
        return [CategoryEntry.of(code.code, code.title.zh, code.title.en, code.aliases, code.extra) for code in codes]

    @cached_property
    def categories(self) -> CategoryFinder:
        """The finder of categories, made of the standard's code list."""
        from circledata.values.categories import CategoryFinder

        return CategoryFinder(self.entries)

    @property
    def is_open(self) -> bool:
        """Tell whether the package may be published, so that nothing personal may pass into it."""
        return self.options.profile == "open"
