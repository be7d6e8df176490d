"""The discovery file `circledata.json`: what a release is, and where each of its files is found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from circledata.feeds.areas import area_of
from circledata.feeds.licences import expression
from circledata.feeds.release_site import DISCOVERY, RELEASES
from circledata.findings.model import LEVELS
from circledata.findings.report import Report
from circledata.sources.model import Package
from circledata.sources.scan import hashes
from circledata.standard.model import Standard, Text
from circledata.version import __version__

TYPE = "discovery"
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)


@dataclass(frozen=True)
class Feed:
    """One file of a release; `path` is relative to the release's folder, as in an address."""

    name: str
    kind: str
    path: str
    title: Text
    media_type: str
    coordinate_system: str | None = None
    schema: str | None = None
    table: str | None = None
    category: str | None = None
    records: int | None = None


@dataclass(frozen=True)
class Setting:
    """What the publisher chose, beside the data. `base_url` ends in a slash; None: addresses are relative."""

    base_url: str | None
    draft: bool
    ttl: int
    previous: str | None
    """Name of the release before."""


def discovery(name: str, report: Report, package: Package, setting: Setting) -> dict[str, Any]:
    """Return the discovery file of a release, without feeds so far, as it stands in the release's own folder."""
    said, standard = package.meta, package.standard
    descriptor = package.descriptor or {}
    assert said.as_of is not None and said.division_code is not None
    content: dict[str, Any] = {
        "circledata": standard.version,
        "type": TYPE,
        "release": name,
        "draft": setting.draft,
        "synthetic": bool(said.synthetic),
        "title": title_of(descriptor, said.division_code, standard),
        "publisher": publisher_of(descriptor),
        "license": expression(descriptor),
        "area": area_of(said.division_code, standard),
        "as_of": said.as_of.isoformat(),
        "updated": _updated(descriptor) or f"{said.as_of.isoformat()}T00:00:00+08:00",
        "ttl": setting.ttl,
        "previous": setting.previous and {"release": setting.previous, "url": f"../{setting.previous}/{DISCOVERY}"},
        "quality": {"valid": report.valid} | {level: report.counts[level] for level in LEVELS},
        "records": {table.name: table.rows for table in report.tables},
        "generator": {"name": "circledata", "version": __version__},
        "feeds": [],
    }
    if content["previous"] and setting.base_url:
        content["previous"]["url"] = f"{setting.base_url}{RELEASES}/{setting.previous}/{DISCOVERY}"
    return content


def _updated(descriptor: Mapping[str, Any]) -> str | None:
    """Return when the package was made, if it says so as it must."""
    created = descriptor.get("created")
    return created if isinstance(created, str) and _MOMENT.fullmatch(created) else None


def at_top(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the discovery file of a release as it stands at the top of the site: the same, addresses seen from there.

    Addresses with a host are the same everywhere.
    """
    folder = f"{RELEASES}/{content['release']}/"
    feeds = [{**feed, "url": _seen(feed["url"], folder)} for feed in content["feeds"]]
    previous = content["previous"]
    if previous:
        previous = {**previous, "url": _seen(previous["url"], folder)}
    return {**content, "previous": previous, "feeds": feeds}


def _seen(url: str, folder: str) -> str:
    if "://" in url:
        return url
    return f"{RELEASES}/{url.removeprefix('../')}" if url.startswith("../") else folder + url


def base_of(name: str, setting: Setting) -> str:
    """Return the address of a release's folder, to put in front of the path of a file; empty without a base."""
    return f"{setting.base_url}{RELEASES}/{name}/" if setting.base_url else ""


def entry(feed: Feed, folder: Path, base: str) -> dict[str, Any]:
    """Return what the discovery file says of a file of the release in `folder`."""
    path = folder / feed.path
    return {
        "name": feed.name,
        "kind": feed.kind,
        "title": {"zh": feed.title.zh, "en": feed.title.en},
        "url": base + feed.path,
        "media_type": feed.media_type,
        "bytes": path.stat().st_size,
        "sha256": hashes(path, {"sha256"})["sha256"],
        "coordinate_system": feed.coordinate_system,
        "schema": feed.schema,
        "table": feed.table,
        "category": feed.category,
        "records": feed.records,
    }


def title_of(descriptor: Mapping[str, Any], division: str, standard: Standard) -> dict[str, str]:
    """Return the title of a package; the English one is `title_en` of the descriptor, else made from the area."""
    area = area_of(division, standard)["name"]
    zh, en = descriptor.get("title"), descriptor.get("title_en")
    return {
        "zh": zh if isinstance(zh, str) and zh else f"{area['zh']}便民生活圈数据",
        "en": en if isinstance(en, str) and en else f"Living circles of {area['en']}",
    }


def publisher_of(descriptor: Mapping[str, Any]) -> dict[str, str | None]:
    """Return who publishes a package: the contributor of that role, else the first one."""
    given = descriptor.get("contributors")
    people = [item for item in (given if isinstance(given, list) else ()) if isinstance(item, dict)]
    named = [item for item in people if isinstance(item.get("title"), str) and item["title"]]
    chosen = next((item for item in named if "publisher" in (item.get("roles") or ())), named[0] if named else {})
    url = chosen.get("path")
    web = isinstance(url, str) and url.startswith(("http://", "https://"))
    return {"name": chosen.get("title") or "（未写明）", "url": url if web else None}
