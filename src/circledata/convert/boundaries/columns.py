"""Tells which column of a boundary file is which field of circles, and reads its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from circledata.convert.boundaries.layers import Layer
from circledata.convert.boundaries.options import BoundaryOptions
from circledata.convert.mapping.model import FieldRule
from circledata.convert.records.divisions import Divisions
from circledata.convert.records.field_readers import field_reader
from circledata.convert.records.readers import Reader
from circledata.standard import Standard

_LEFT_TO_THE_SHAPE = frozenset({"area_m2", "longitude", "latitude"})
"""Fields that are computed from the polygon; what the file says of them is not carried, its system may be another."""
_OWN = ("name", "division_code", "status")
_DBF_NAME = 10
"""Bytes of a column's name in a .dbf; longer ones are cut."""
_COMMUNITY_CODE = re.compile(r"[0-9]{12}")


@dataclass
class Columns:
    """The columns of one layer by field, each with its reader; `circle_id`, `source_id`: columns of ids."""

    circle_id: str | None = None
    source_id: str | None = None
    fields: dict[str, tuple[str, Reader]] = field(default_factory=dict)
    rest: tuple[str, ...] = ()
    community_code: str | None = None


def find_columns(layer: Layer, options: BoundaryOptions, standard: Standard, divisions: Divisions) -> Columns:
    """Sort the columns of a layer: by the mapping's names, and for other fields by name or title of the standard."""
    table = standard.tables["circles"]
    found = Columns(
        circle_id=_first(layer, options.columns.get("circle_id", ()), cut=False),
        source_id=_first(layer, options.columns.get("source_id", ()), cut=False),
    )
    taken = {found.circle_id, found.source_id}
    for item in table.fields:
        if item.name == "circle_id" or item.name in _LEFT_TO_THE_SHAPE:
            continue
        names = options.columns.get(item.name) or (item.name, item.title.zh, item.title.en)
        column = _first(layer, names, cut=item.name == "name")
        if column is not None and column not in taken:
            taken.add(column)
            reader = field_reader(item, FieldRule(item.name), standard, divisions=divisions)
            found.fields[item.name] = (column, reader)
    found.rest = tuple(column for column in layer.columns if column not in taken)
    found.community_code = _community_code(layer, options, found)
    return found


def _first(layer: Layer, names: Sequence[str], *, cut: bool) -> str | None:
    """Return the first of `names` that is a column, in any case; `cut`: a name may have been cut as in a .dbf."""
    by_name = {column.strip().lower(): column for column in reversed(layer.columns)}
    for name in names:
        for form in (name, *(_cut_forms(name) if cut and layer.short_names else ())):
            if form.lower() in by_name:
                return by_name[form.lower()]
    return None


def _cut_forms(name: str) -> list[str]:
    return [name.encode(encoding)[:_DBF_NAME].decode(encoding, "ignore") for encoding in ("utf-8", "gb18030")]


def _community_code(layer: Layer, options: BoundaryOptions, found: Columns) -> str | None:
    """Return a column of 12-digit codes of communities: by its name, or as division_code that always has 12 digits."""
    named = _first(layer, options.community_codes, cut=True)
    if named is not None:
        return named
    division = found.fields.get("division_code")
    candidates = [column for column in (division[0] if division else None, found.source_id) if column]
    for column in candidates:
        values = [text for feature in layer.features if (text := feature.properties.get(column))]
        if values and all(_COMMUNITY_CODE.fullmatch(text) for text in values):
            return column
    return None


def looks_like_community(name: str, properties: Mapping[str, str], columns: Columns, options: BoundaryOptions) -> bool:
    """Whether a polygon may be a community and no circle: it has a community's code or is called one."""
    has_code = columns.community_code is not None and bool(properties.get(columns.community_code))
    return has_code or name.endswith(options.community_endings)


def looks_like_division(name: str, options: BoundaryOptions) -> bool:
    """Whether a polygon may be a township, county or city and no circle: it is called one."""
    return name.endswith(options.division_endings) and not name.endswith(options.other_endings)
