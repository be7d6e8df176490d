"""Finds the package of a published release: circledata.json, or the folder it stands in, leads to it."""

from __future__ import annotations

import json
from pathlib import Path

from circledata.sources.container import path_fault
from circledata.sources.descriptor import NAME
from circledata.sources.errors import UsageError

DISCOVERY = "circledata.json"
_LARGEST = 16 << 20
_LEAD = ("descriptor", "package")
"""Kinds of feeds that are the package, the one that need not be unpacked first."""


def released_package(path: Path) -> Path:
    """Return the package that a published circledata.json, or the folder it stands in, leads to; else `path` itself.

    Nothing is fetched: what it lists must lie beside it. UsageError when it does not, or the file is none of ours.
    """
    file = path / DISCOVERY if path.is_dir() and not (path / NAME).exists() else path
    if file.name != DISCOVERY or not file.is_file():
        return path
    try:
        if file.stat().st_size > _LARGEST:
            raise ValueError
        feeds = json.loads(file.read_bytes())["feeds"]
        urls = {str(feed["kind"]): str(feed["url"]) for feed in feeds}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError("release-unreadable", path=file) from error
    for kind in _LEAD:
        for name, base in _places(urls.get(kind, ""), file.parent):
            if (base / name).is_file():
                return base / name
    raise UsageError("release-elsewhere", path=file)


def _places(url: str, folder: Path) -> list[tuple[str, Path]]:
    """Return where the file of a feed may lie: as its address says, seen from a site or from a release of it."""
    site, release = url.partition("releases/")[2], url.rpartition("/releases/")[2]
    found = [(url, folder)]
    if site:
        # The copy that stands in a release for ever has the addresses of the site's own.
        found += [(f"releases/{site}", folder), (site.partition("/")[2], folder), (release, folder.parent)]
    return [(name, base) for name, base in found if name and path_fault(name) is None]
