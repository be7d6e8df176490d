"""Publishes a package as a static site: refuse or write, all of it or nothing, the same input to the same bytes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

from circledata import api
from circledata.api import Examined
from circledata.convert.export.result import Notes
from circledata.convert.output.package import json_bytes
from circledata.feeds.discovery import Setting, at_top
from circledata.feeds.licences import UNDECIDED
from circledata.feeds.refusals import PublishError, check
from circledata.feeds.release_feeds import Job, WriteReport, write_feeds
from circledata.feeds.release_site import DISCOVERY, PAGE, Site
from circledata.feeds.writers_package import source_of, write_package
from circledata.sources import Options
from circledata.sources.scan import hashes
from circledata.standard.model import Language, Text
from circledata.version import __version__

TTL = 86_400
_BASE = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Published:
    """What was published: `discovery` as it stands at the top of the site; `changed`: False when it was there."""

    site: Path
    release: str
    changed: bool
    discovery: Mapping[str, Any]
    notes: tuple[Text, ...]

    @property
    def folder(self) -> Path:
        """The folder of the release."""
        return Site(self.site).release(self.release)


def publish(
    package: str | PathLike[str],
    out: str | PathLike[str],
    *,
    base_url: str | None = None,
    draft: bool = False,
    ttl: int = TTL,
    lang: Language = "zh",
    as_of: date | None = None,
    division: str | None = None,
    crs: str | None = None,
    write_report: WriteReport | None = None,
    progress: Progress | None = None,
) -> Published:
    """Write a package as a release into the folder `out`, which any web server can serve.

    `package`: a package's folder, ZIP or workbook. `base_url`: where `out` will be served; without it all addresses
    are relative. `draft`: publish in spite of errors, and say so. `ttl`: seconds for which readers need not ask again.
    `lang`: of the page and the report. `as_of`, `division`, `crs`: as for `validate`; they are written into the
    published descriptor. `write_report`: writes the report of the check; without it there is no such feed.

    Publishing what is published already changes nothing. Raises Refused when the package may not be published,
    PublishError or SourceError when the arguments make no sense; nothing is written then. Whatever happens, the site's
    circledata.json names a complete release.
    """
    package, out = Path(package), Path(out)
    setting = Setting(_checked(base_url), draft, ttl, None)
    _apart(package, out)
    site = Site(out)
    site.check()
    options = Options(division=division, crs=crs, as_of=as_of)
    examined = api.examine([package], options, progress=progress)
    check(examined.report, examined.package, draft=draft)
    before = site.current()
    _same_area(before, examined, out)
    with site.locked():
        return _Publishing(site, setting, lang, write_report).run(examined, package)


def _checked(base_url: str | None) -> str | None:
    if base_url is None:
        return None
    if not _BASE.fullmatch(base_url) or not base_url.isascii():
        raise PublishError(
            f"--base-url 要写成 http:// 或 https:// 开头的网址，不带 ? 和 #，例如 https://data.example/circles/。"
            f"写的是 {base_url}。",
            f"--base-url must be an http:// or https:// address without ? and #, such as "
            f"https://data.example/circles/, not {base_url}.",
        )
    return base_url if base_url.endswith("/") else base_url + "/"


def _apart(package: Path, out: Path) -> None:
    """Raise PublishError when the site would be written into the package."""
    root = package.parent if package.name == "datapackage.json" else package
    if root.is_dir() and out.resolve().is_relative_to(root.resolve()):
        raise PublishError(
            f"{out} 在数据包 {package} 里面，没有写入。请换一个文件夹。",
            f"{out} lies inside the package {package}; nothing was written. Name another directory.",
        )


def _same_area(before: Mapping[str, Any] | None, examined: Examined, out: Path) -> None:
    """Raise PublishError when the site holds the data of another place."""
    code = examined.package.meta.division_code
    if before and before["area"]["division_code"] != code:
        there = before["area"]["division_code"]
        raise PublishError(
            f"{out} 里是 {there} 的数据，这个数据包是 {code} 的，没有写入。一个地方用一个文件夹。",
            f"{out} holds the data of {there}, this package is of {code}; nothing was written. Each place has a "
            "directory of its own.",
        )


@dataclass
class _Publishing:
    """One call of `publish`, once it is clear that there is something to publish."""

    site: Site
    setting: Setting
    lang: Language
    write_report: WriteReport | None

    def run(self, examined: Examined, package: Path) -> Published:
        """Write the release unless it is there, and name it."""
        current, notes = self.site.current(), Notes()
        with self.site.new() as folder:
            (folder / "package").mkdir()
            with source_of(examined, package) as source:
                write_package(source, examined.package.meta, folder / "package", notes)
            name, previous = self._named(folder / "package", examined, current)
            if not self.site.release(name).exists():
                setting = replace(self.setting, previous=previous)
                self._write(name, folder, setting, _label(examined))
                self.site.keep(folder, name)
        content = at_top(json.loads((self.site.release(name) / DISCOVERY).read_bytes()))
        self._note(content, notes)
        changed = self._show(content)
        return Published(self.site.root, name, changed, content, tuple(notes.found))

    def _named(self, package: Path, examined: Examined, current: Mapping[str, Any] | None) -> tuple[str, str | None]:
        """Return the name of the release, and of the one before: none other than now when nothing has changed."""
        parts: dict[str, Any] = {path.name: hashes(path, {"sha256"})["sha256"] for path in sorted(package.iterdir())}
        parts |= {" base_url": self.setting.base_url, " draft": self.setting.draft, " ttl": self.setting.ttl}
        parts |= {" lang": self.lang, " report": self.write_report is not None, " circledata": __version__}
        as_of = examined.package.meta.as_of
        assert as_of is not None

        def named(previous: str | None) -> str:
            content = json.dumps({**parts, " previous": previous}, sort_keys=True)
            return f"{as_of.isoformat()}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"

        if current is None:
            return named(None), None
        now, before = current["release"], current["previous"] and current["previous"]["release"]
        there = self.site.release(now).is_dir()
        if there and named(before) == now:
            return now, before
        # Somebody may have deleted the old releases: then there is nothing to tell the changes from.
        previous = now if there else None
        return named(previous), previous

    def _write(self, name: str, folder: Path, setting: Setting, label: str) -> None:
        """Write everything of a release; what is checked is what readers will get."""
        examined = api.examine([folder / "package"])
        check(examined.report, examined.package, draft=setting.draft)
        examined = replace(examined, report=replace(examined.report, label=label))
        previous = self.site.release(setting.previous) / "package" if setting.previous else None
        job = Job(name, folder, examined, setting, self.lang, previous, self.write_report)
        (folder / DISCOVERY).write_bytes(json_bytes(write_feeds(job)))

    def _show(self, content: Mapping[str, Any]) -> bool:
        """Name the release at the top of the site; returns whether it was another one before."""
        from circledata.feeds.page import render

        self.site.put(PAGE, render(dict(content), self.lang).encode())
        return self.site.put(DISCOVERY, json_bytes(content))

    def _note(self, content: Mapping[str, Any], notes: Notes) -> None:
        if UNDECIDED in content["license"]:
            notes.add(
                "还没有定许可，别人不能放心使用。请在 datapackage.json 的 licenses 里写明，例如 CC-BY-4.0。",
                "No licence was chosen, so nobody can safely use the data. State one in licenses of datapackage.json, "
                "such as CC-BY-4.0.",
            )


def _label(examined: Examined) -> str:
    """Return what the report calls the package: its name, never a path of this machine."""
    name = (examined.package.descriptor or {}).get("name")
    return name if isinstance(name, str) and name else str(examined.package.meta.division_code)
