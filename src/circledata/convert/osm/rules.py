"""What the converter of OpenStreetMap needs of its mapping, taken out of the file's sections."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from circledata.convert.mapping.model import Columns, FieldRule, Mapping, TableRule, columns
from circledata.values.tags import Expression, parse

_ELSEWHERE = ("name", "address")
"""Fields that have ways of their own."""


@dataclass(frozen=True)
class OsmRules:
    """The rules for features with tags, all for the table outlets."""

    mapping: Mapping

    @property
    def table(self) -> TableRule:
        """The rules of the table outlets."""
        return self.mapping.tables["outlets"]

    @property
    def keys(self) -> Columns:
        """The tags that make a feature an outlet, the one that counts first in front."""
        return tuple(self.table.raw["category"]["keys"])

    @property
    def name(self) -> MappingType[str, Any]:
        """Columns of the name (`from`) and of the branch, and what stands in for a name."""
        return self.table.fields["name"].raw

    @property
    def brand(self) -> MappingType[str, Any]:
        """Columns of the brand, the column of its id, and the codes of chain."""
        section: MappingType[str, Any] = self.table.raw["brand"]
        return section

    @cached_property
    def address(self) -> MappingType[str, Any]:
        """Columns of a full address, and of its parts."""
        rule = self.table.fields["address"]
        return {"full": rule.columns, **rule.raw["parts"]}

    @cached_property
    def fields(self) -> tuple[FieldRule, ...]:
        """Fields that are read from a column."""
        return tuple(rule for rule in self.table.fields.values() if rule.columns and rule.field not in _ELSEWHERE)

    @cached_property
    def constants(self) -> MappingType[str, str]:
        """Fields that are the same in every record."""
        return {rule.field: rule.constant for rule in self.table.fields.values() if rule.constant}

    @cached_property
    def by_tag(self) -> MappingType[str, tuple[tuple[Expression, str], ...]]:
        """Fields whose code follows from a tag."""
        return {
            rule.field: tuple((parse(text), code) for code, texts in rule.raw["by_tag"].items() for text in texts)
            for rule in self.table.fields.values()
            if "by_tag" in rule.raw
        }

    @cached_property
    def status_of(self) -> MappingType[str, str]:
        """The status by prefix of a tag."""
        lifecycle: MappingType[str, list[str]] = self.mapping.raw["lifecycle"]
        return {prefix: status for status, prefixes in lifecycle.items() for prefix in prefixes}

    @cached_property
    def translated_names(self) -> MappingType[str, Columns]:
        """Columns of the name in other languages."""
        names: MappingType[str, Any] = self.table.raw.get("translations", {}).get("name", {})
        return {language: columns(given) for language, given in names.items()}

    @property
    def element(self) -> Columns:
        """Columns of the kind of element."""
        return columns(self.table.raw["id"].get("element", ()))

    @property
    def longitude(self) -> Columns:
        """Columns of the longitude."""
        return self.table.columns_of("place", "longitude")

    @property
    def latitude(self) -> Columns:
        """Columns of the latitude."""
        return self.table.columns_of("place", "latitude")
