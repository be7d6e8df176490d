"""The licences of a package: SPDX ids as its descriptor gives them, and the addresses of their texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

SPDX = "https://spdx.org/licenses/"
UNDECIDED = "LicenseRef-undecided"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,99}")
OWN = "LicenseRef-"
"""Begins the id of a licence that SPDX does not know."""


def licences_of(descriptor: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    """Return id and address of each licence; one that is nobody's has the address that the package gives, if any."""
    given = descriptor.get("licenses")
    found: dict[str, str | None] = {}
    for item in given if isinstance(given, list) else ():
        name = item.get("name") if isinstance(item, dict) else None
        if not isinstance(name, str) or not _ID.fullmatch(name):
            continue
        path = item.get("path")
        web = path if isinstance(path, str) and path.startswith(("https://", "http://")) else None
        found.setdefault(name, web if name.startswith(OWN) else f"{SPDX}{name}")
    return list(found.items()) or [(UNDECIDED, None)]


def expression(descriptor: Mapping[str, Any]) -> str:
    """Return the licences as an SPDX expression."""
    return " AND ".join(name for name, _ in licences_of(descriptor))
