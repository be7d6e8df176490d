"""A published folder: whether the files that circledata.json or manifest.json name are there, and are what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from circledata.findings.model import Finding, Note
from circledata.sources.faults import fault
from circledata.sources.feed import (
    FeedFile,
    OpenArchive,
    digest_of,
    head_problems,
    invalid,
    read_feed,
    twice,
)
from circledata.sources.feed_features import Collection
from circledata.sources.feed_schema import FeedKind, problems_of
from circledata.sources.model import Meta, Package, RawTable
from circledata.sources.options import Options
from circledata.sources.settings import settle, standard_for
from circledata.standard.model import Standard, Text

RELEASES = "releases"
_DIFFERENT = Text("和 {file} 里写的 {value} 不一样", "it is not {value}, which {file} says")


@dataclass
class Site:
    """The folder in which a circledata.json or manifest.json lies; its files are named as seen from there."""

    path: Path
    options: Options
    open_archive: OpenArchive
    findings: list[Finding] = field(default_factory=list)
    elsewhere: int = 0
    """Files that lie somewhere on the web and were not looked at."""

    @property
    def name(self) -> str:
        """The name of the file that lists the others."""
        return self.path.name

    def open(self, read: FeedFile, label: str) -> Package:
        """Check the file and everything beside it that it names; the package of a release is opened."""
        kind: FeedKind = "manifest" if read.shape == "manifest" else "discovery"
        record = read.outline.members
        said = record.get("circledata")
        meta = Meta(version=said if isinstance(said, str) else None)
        standard, unknown = standard_for(meta, self.name)
        self.findings += [*twice(read.outline, self.name), *unknown]
        # The whole value: of a GeoJSON file under the wrong name the features are left out, which is no matter here.
        self.findings += [invalid(self.name, pointer, text) for pointer, text in problems_of(read.outline.value, kind)]
        package = None
        if kind == "manifest":
            self._members(record)
        else:
            package = self._release(record, standard)
        settled, notes = settle(meta, self.options, standard)
        if self.elsewhere:
            notes.append(Note("feeds-elsewhere", {"count": self.elsewhere, "file": self.name}))
        if package is None:
            # There is no package whose settings could be unknown.
            notes = [note for note in notes if note.code != "setting-unknown"]
            return Package(
                label, "feed", standard, None, settled, {}, None, None, tuple(self.findings), tuple(notes), True
            )
        notes = [note for note in notes if note.code not in {"setting-unknown", "setting-overridden"}]
        return replace(
            package,
            label=label,
            kind="feed",
            findings=(*self.findings, *package.findings),
            notes=(*notes, *package.notes),
        )

    def _release(self, record: Mapping[str, Any], standard: Standard) -> Package | None:
        """Check the files of a release and return its package; None when it has none here."""
        feeds = [item for item in _list(record, "feeds") if isinstance(item, dict)]
        self._unique(feeds, "/feeds", "name")
        found: list[tuple[str, Mapping[str, Any], Path]] = []
        for place, feed in enumerate(_list(record, "feeds")):
            if not isinstance(feed, dict):
                continue
            local = self._local(feed.get("url"), f"/feeds/{place}/url")
            if local is not None:
                self._measure(local, feed)
                found.append((f"/feeds/{place}", feed, local))
        previous = record.get("previous")
        if isinstance(previous, dict):
            self._local(previous.get("url"), "/previous/url")
        packed = next(((pointer, local) for pointer, feed, local in found if feed.get("kind") == "package"), None)
        package = self._package(*packed, record) if packed else None
        # The package says which extensions its tables have.
        standard = package.standard if package else standard
        for pointer, feed, local in found:
            if feed.get("kind") == "geojson":
                self._geojson(pointer, feed, local, record, standard)
        return package

    def _members(self, record: Mapping[str, Any]) -> None:
        """Check the discovery files of a manifest that lie beside it."""
        members = _list(record, "members")
        self._unique([item for item in members if isinstance(item, dict)], "/members", "url")
        for place, member in enumerate(members):
            if not isinstance(member, dict):
                continue
            pointer = f"/members/{place}"
            local = self._local(member.get("url"), f"{pointer}/url")
            if local is None:
                continue
            file = self._relative(local)
            read = read_feed(local, file, self.options.limits)
            if isinstance(read, Finding):
                self.findings.append(read)
                continue
            self.findings += [*twice(read.outline, file)]
            self.findings += [
                invalid(file, where, text) for where, text in problems_of(read.outline.value, "discovery")
            ]
            area = read.outline.members.get("area")
            self._same(
                f"{pointer}/division_code", member, area if isinstance(area, dict) else {}, ["division_code"], file
            )

    def _unique(self, items: Sequence[Mapping[str, Any]], pointer: str, key: str) -> None:
        seen: set[str] = set()
        for item in items:
            value = item.get(key)
            if isinstance(value, str) and value in seen:
                text = Text(f"{key} 是 {value} 的有两项", f"two entries have the {key} {value}")
                self.findings.append(invalid(self.name, pointer, text))
            elif isinstance(value, str):
                seen.add(value)

    def _local(self, url: object, pointer: str) -> Path | None:
        """Return the file that an address means; None, told or counted, when it is missing or lies elsewhere."""
        if not isinstance(url, str) or not url:
            return None  # the schema has said so
        root = self.path.parent.resolve()
        if "://" in url or url.startswith("//"):
            path = self._published(url, self._top(root))
        else:
            path = (root / unquote(url.partition("?")[0].partition("#")[0])).resolve()
        if path is None or not path.is_relative_to(self._top(root)):
            self.elsewhere += 1
            return None
        if path.is_file():
            return path
        self.findings.append(fault("feed-file-missing", file=self.name, value=url, path=url, pointer=pointer))
        return None

    def _published(self, url: str, top: Path) -> Path | None:
        """Return the file of this site that a full address means; None when it seems to mean another site.

        Where the site is served nobody says; but every release lies in its own folder below `releases`, and the folder
        of a district is told by its name.
        """
        parts = [unquote(part) for part in url.partition("//")[2].partition("?")[0].partition("#")[0].split("/")[1:]]
        if any(part in {"", ".", ".."} for part in parts):
            return None
        if RELEASES in parts and (top / RELEASES).is_dir():
            return top.joinpath(*parts[parts.index(RELEASES) :]).resolve()
        ends = (top.joinpath(*parts[start:]) for start in range(len(parts) - 1))
        return next((path.resolve() for path in ends if path.is_file()), None)

    def _top(self, root: Path) -> Path:
        """Return the folder of the whole site: a release's own circledata.json lies two folders below it."""
        return root.parents[1] if root.parent.name == RELEASES and len(root.parents) > 1 else root

    def _relative(self, path: Path) -> str:
        """Name a file as seen from the folder of this one."""
        from os.path import relpath

        return Path(relpath(path, self.path.parent.resolve())).as_posix()

    def _measure(self, local: Path, feed: Mapping[str, Any]) -> None:
        """Compare a file with the size and hash that are said of it; of a wrong size the hash is no news."""
        file, size, said = self._relative(local), local.stat().st_size, feed.get("bytes")
        if isinstance(said, int) and not isinstance(said, bool) and said != size:
            self.findings.append(fault("feed-size-differs", file=file, path=file, declared=said, actual=size))
            return
        wanted = feed.get("sha256")
        if isinstance(wanted, str) and len(wanted) == 64 and (actual := digest_of(local)) != wanted.lower():
            self.findings.append(fault("feed-hash-differs", file=file, path=file, declared=wanted, actual=actual))

    def _geojson(
        self, pointer: str, feed: Mapping[str, Any], local: Path, record: Mapping[str, Any], standard: Standard
    ) -> None:
        """Check a GeoJSON feed as such; its records are those of the package, which the rules see there."""
        file = self._relative(local)
        read = read_feed(local, file, self.options.limits)
        if isinstance(read, Finding):
            self.findings.append(read)
            return
        self.findings += [*twice(read.outline, file), *head_problems(read.outline, standard, file)]
        head = read.outline.members.get("circledata")
        if isinstance(head, dict):
            area = record.get("area")
            said = {**record, **(area if isinstance(area, dict) else {}), "table": feed.get("table")}
            self._same("/circledata", head, said, ["table", "release", "as_of", "division_code"], self.name, file)
        table = standard.tables.get(str(feed.get("table")))
        if table is None or not isinstance(read.outline.members.get("features"), list):
            return
        self.findings += Collection(read.outline, read.survey, table, file).examine()
        self._same(pointer, feed, {"records": read.survey.count}, ["records"], file)

    def _same(
        self,
        pointer: str,
        here: Mapping[str, Any],
        there: Mapping[str, Any],
        names: Sequence[str],
        other: str,
        file: str | None = None,
    ) -> None:
        """Report what two files say differently of the same; what one of them leaves out is no matter here."""
        for name in names:
            mine, theirs = here.get(name), there.get(name)
            if mine is None or theirs is None or mine == theirs:
                continue
            text = Text(_DIFFERENT.zh.format(file=other, value=theirs), _DIFFERENT.en.format(file=other, value=theirs))
            where = pointer if pointer.endswith(f"/{name}") else f"{pointer}/{name}"
            self.findings.append(invalid(file or self.name, where, text))

    def _package(self, pointer: str, local: Path, record: Mapping[str, Any]) -> Package:
        """Open the package of a release; its files are named as if the archive were a folder."""
        inner = self.open_archive(local)
        file = self._relative(local)
        meta, area = inner.meta, record.get("area")
        mine = {**record, **(area if isinstance(area, dict) else {})}
        theirs = {
            "division_code": meta.division_code,
            "as_of": meta.as_of.isoformat() if meta.as_of else None,
            "synthetic": bool(meta.synthetic),
        }
        self._same("", mine, theirs, list(theirs), file)
        if meta.profile == "exchange":
            text = Text(
                "是部门之间交换的数据包，不能公开", "it is a package between authorities and must not be published"
            )
            self.findings.append(invalid(self.name, pointer, text))
        return inside(inner, local.name, file)


def _list(record: Mapping[str, Any], key: str) -> list[Any]:
    found = record.get(key)
    return found if isinstance(found, list) else []


def inside(package: Package, archive: str, file: str) -> Package:
    """Return a package with the names of its files as seen from outside of its archive."""

    def placed(name: str | None) -> str | None:
        return file if name in {None, archive} else f"{file}/{name}"

    def moved(findings: Sequence[Finding]) -> tuple[Finding, ...]:
        return tuple(replace(item, file=placed(item.file)) for item in findings)

    def table(raw: RawTable) -> RawTable:
        return replace(raw, file=f"{file}/{raw.file}")

    later: Callable[[], Sequence[Finding]] = package.later
    return replace(
        package,
        tables={name: table(raw) for name, raw in package.tables.items()},
        findings=moved(package.findings),
        later=lambda: moved(later()),
        boundaries_file=placed(package.boundaries_file) if package.boundaries_file else None,
        descriptor_file=placed(package.descriptor_file or "datapackage.json"),
    )
