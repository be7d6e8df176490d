"""What a person can say of a boundary file; the defaults stand in `mappings/boundaries.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from circledata.convert.model import ConversionError
from circledata.standard import spec_root
from circledata.standard.model import Text

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundaryOptions:
    """Columns by what they hold, words that tell communities from circles, and limits; see the mapping for each."""

    columns: Mapping[str, Names]
    community_codes: Names
    community_endings: Names
    division_endings: Names
    other_endings: Names
    walkable_m2: float
    mend_share: float
    decimals: int
    status: str | None = None
    encoding: str | None = None


_KEYS = frozenset(field.name for field in fields(BoundaryOptions))


@cache
def _defaults(version: str) -> Mapping[str, Any]:
    import yaml

    path = spec_root() / version / "mappings" / "boundaries.yaml"
    section: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["boundaries"]
    return section


def boundary_options(given: Mapping[str, Any] | None = None, *, version: str = "1.0") -> BoundaryOptions:
    """Return the options of the section `boundaries` of a mapping file, filled up with the defaults of the standard.

    ConversionError names a key that is not known or a value that is not of its form.
    """
    given = given or {}
    for key in given:
        if key not in _KEYS:
            raise _wrong(key)
    defaults = _defaults(version)
    raw = {**defaults, **given}
    try:
        columns = {**defaults["columns"], **raw["columns"]}
        status, encoding = raw.get("status"), raw.get("encoding")
        return BoundaryOptions(
            columns={key: _names(names) for key, names in columns.items()},
            community_codes=_names(raw["community_codes"]),
            community_endings=_names(raw["community_endings"]),
            division_endings=_names(raw["division_endings"]),
            other_endings=_names(raw["other_endings"]),
            walkable_m2=float(raw["walkable_m2"]),
            mend_share=float(raw["mend_share"]),
            decimals=int(raw["decimals"]),
            status=None if status is None else str(status),
            encoding=None if encoding is None else str(encoding),
        )
    except (TypeError, ValueError) as error:
        wrong = next((key for key in given if key != "columns"), "columns")
        raise _wrong(wrong) from error


def _names(value: Any) -> Names:
    if not isinstance(value, list | tuple):
        raise TypeError
    return tuple(str(item) for item in value)


def _wrong(key: object) -> ConversionError:
    known = ", ".join(sorted(_KEYS))
    return ConversionError(
        Text(
            f"映射文件 boundaries 里的 {key} 不对。可以写的键：{known}；写法见标准自带的 boundaries.yaml。",
            f"{key} in the section boundaries of the mapping is not right. Keys: {known}; see boundaries.yaml.",
        )
    )
