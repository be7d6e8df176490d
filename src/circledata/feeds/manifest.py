"""The list of many districts: `manifest.json` says where the discovery file of each is."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from circledata.convert.output.atomic import write_file
from circledata.convert.output.package import json_bytes
from circledata.feeds.areas import area_of, common_division
from circledata.feeds.refusals import PublishError
from circledata.feeds.release_site import DISCOVERY, RELEASES, Site
from circledata.standard import load_standard
from circledata.standard.model import Standard

if TYPE_CHECKING:
    from circledata.feeds.fetch import Client

TYPE = "manifest"


def write_manifest(
    members: Sequence[str],
    out: Path,
    *,
    title: str | None = None,
    title_en: str | None = None,
    publisher: str | None = None,
    ttl: int = 86_400,
    client: Client | None = None,
) -> dict[str, Any]:
    """Write a manifest of published packages to `out`; returns it.

    `members`: folders that `publish` wrote, their circledata.json, or http(s) addresses of one, which are fetched with
    `client`. A folder is named by the address that it was published for, else relative to `out`. The same members give
    the same bytes in whatever order. PublishError when a member is none, or `out` is a file of something else;
    FetchError when an address cannot be had. Nothing is written then.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100  (resolve would follow a link)
    _check_out(out)
    standard = load_standard()
    found: dict[str, Mapping[str, Any]] = {}
    for member in members:
        url, content = _member(member, out, client)
        found.setdefault(url, content)
    content = manifest(found, standard, title=title, title_en=title_en, publisher=publisher, ttl=ttl)
    write_file(out, json_bytes(content), overwrite=True)
    return content


def manifest(
    members: Mapping[str, Mapping[str, Any]],
    standard: Standard,
    *,
    title: str | None = None,
    title_en: str | None = None,
    publisher: str | None = None,
    ttl: int = 86_400,
) -> dict[str, Any]:
    """Return a manifest of discovery files by their addresses."""
    code = common_division((content["area"]["division_code"] for content in members.values()), standard)
    area = area_of(code, standard) if code else None
    place = area["name"] if area else {"zh": "各地", "en": "many places"}
    entries = [
        {"division_code": content["area"]["division_code"], "name": content["area"]["name"], "url": url}
        for url, content in members.items()
    ]
    return {
        "circledata": standard.version,
        "type": TYPE,
        "title": {
            "zh": title or f"{place['zh']}便民生活圈数据清单",
            "en": title_en or f"Living circles of {place['en']}",
        },
        "publisher": {"name": publisher, "url": None} if publisher else None,
        "area": area,
        "updated": max((content["updated"] for content in members.values()), key=datetime.fromisoformat),
        "ttl": ttl,
        "members": sorted(entries, key=lambda entry: (entry["division_code"], entry["url"])),
    }


def _check_out(out: Path) -> None:
    """Raise PublishError when `out` is there and is no manifest."""
    if not out.exists():
        return
    try:
        if out.is_file() and json.loads(out.read_bytes())["type"] == TYPE:
            return
    except (ValueError, KeyError, TypeError):
        pass
    raise PublishError(
        f"{out} 已经存在，而且不是清单，没有写入。请换一个名字。",
        f"{out} exists and is no manifest; nothing was written. Choose another name.",
    )


def _member(member: str, out: Path, client: Client | None) -> tuple[str, Mapping[str, Any]]:
    """Return the address of a member's discovery file, and what stands there."""
    if member.startswith(("http://", "https://")):
        from circledata.feeds.fetch import Client, Options, read_discovery

        url = member if member.endswith(".json") else f"{member.rstrip('/')}/{DISCOVERY}"
        return url, read_discovery(client or Client(Options()), url)[0]
    path = Path(member)
    root = path.parent if path.name == DISCOVERY else path
    content = Site(root).current() if root.is_dir() else None
    if content is None:
        raise PublishError(
            f"{member} 里没有 {DISCOVERY}，不是发布出来的文件夹。先用 circledata publish 发布。",
            f"{member} has no {DISCOVERY}; it is no published directory. Publish first, with circledata publish.",
        )
    return _address(root, content, out), content


def _address(root: Path, content: Mapping[str, Any], out: Path) -> str:
    """Return where a site is served when it knows, else where it is as seen from the manifest."""
    url = str(content["feeds"][0]["url"])
    if "://" in url:
        return url.partition(f"{RELEASES}/{content['release']}/")[0] + DISCOVERY
    try:
        relative = os.path.relpath(root.resolve(), out.parent.resolve())
    except ValueError:  # another drive of Windows
        raise PublishError(
            f"{root} 和清单不在同一个盘上，写不出相对地址。发布时加 --base-url。",
            f"{root} is on another drive than the manifest, so it has no relative address. Publish it with --base-url.",
        ) from None
    folder = "" if relative == "." else quote(Path(relative).as_posix(), safe="/~") + "/"
    return folder + DISCOVERY
