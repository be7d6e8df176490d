"""Finds the members: packages, folders of packages, published sites, manifests; and those of the network if wanted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from circledata.feeds.aggregate.model import AggregateError, Source
from circledata.findings.privacy import redact
from circledata.sources.errors import SourceError
from circledata.standard.model import Text

if TYPE_CHECKING:
    from circledata.feeds.fetch import Client

DESCRIPTOR, DISCOVERY, MANIFEST = "datapackage.json", "circledata.json", "manifest.json"
_FILES = {".zip", ".xlsx", ".xlsm", ".xls", ".ods", ".et"}
_DEEPEST = 4
"""Levels of folders below a given one in which packages are looked for: country, province, city, district."""


class Gather:
    """Finds members; `client` fetches those of the network, None where that was not allowed."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client

    def sources(self, given: Sequence[str]) -> list[Source]:
        """Return every member that `given` names, each path once. AggregateError when what was given is nothing."""
        found: dict[object, Source] = {}
        for name in given:
            before = len(found)
            for source in self._given(name):
                found.setdefault(source.path.resolve() if source.path else source.name, source)
            if len(found) == before and not found:
                raise AggregateError(
                    f"{name} 里没有数据包：没有 datapackage.json，也没有 ZIP 或工作簿。",
                    f"{name} holds no package: no datapackage.json, no ZIP and no workbook.",
                )
        return list(found.values())

    def _given(self, name: str) -> Iterator[Source]:
        if is_address(name):
            yield from self._address(name, name, None)
            return
        path = Path(name)
        if not path.exists():
            raise AggregateError(f"找不到 {name}。", f"There is no {name}.")
        yield from self._path(path, name, 0)

    def _path(self, path: Path, name: str, depth: int) -> Iterator[Source]:
        if path.is_dir():
            yield from self._folder(path, name, depth)
        elif path.suffix.lower() == ".json" and path.name != DESCRIPTOR:
            yield from self._list(path, name)
        else:
            yield Source(name, path)

    def _folder(self, path: Path, name: str, depth: int) -> Iterator[Source]:
        if (path / DESCRIPTOR).is_file():
            yield Source(name, path)
        elif (path / DISCOVERY).is_file():
            yield from self._list(path / DISCOVERY, f"{name}/{DISCOVERY}")
        elif (path / MANIFEST).is_file():
            yield from self._list(path / MANIFEST, f"{name}/{MANIFEST}")
        elif depth < _DEEPEST:
            for item in sorted(path.iterdir()):
                if item.name.startswith((".", "~$")) or item.name.endswith(".state"):
                    continue
                if item.is_dir() or item.suffix.lower() in _FILES:
                    yield from self._path(item, f"{name.rstrip('/')}/{item.name}", depth + 1)

    def _list(self, path: Path, name: str) -> Iterator[Source]:
        """Yield what a circledata.json or manifest.json on this machine leads to."""
        record = _read(path)
        if record.get("type") == "manifest":
            for item in record.get("members") or []:
                code, url = str(item.get("division_code")), str(item.get("url"))
                yield from self._reference(path, url, code)
        elif record.get("type") == "discovery":
            yield from self._site(path, name, record)
        else:
            raise AggregateError(
                f"{name} 不是数据包，也不是 circledata.json 或者 manifest.json。",
                f"{name} is no package, and neither a circledata.json nor a manifest.json.",
            )

    def _site(self, path: Path, name: str, record: Mapping[str, Any]) -> Iterator[Source]:
        """Yield the package of a published site on this machine."""
        code = str((record.get("area") or {}).get("division_code") or "") or None
        url = next((item.get("url") for item in record.get("feeds") or [] if item.get("kind") == "package"), None)
        if url is None:
            yield Source(name, None, code, _no_package(name))
        elif is_address(str(url)) and not self.client:
            # A site lies as it is on the disk, whatever address it will have: its own package is beside it.
            beside = _beside(path, str(url), str(record.get("release")))
            yield Source(name, beside, code) if beside else Source(name, None, code, _not_here(str(url)))
        else:
            yield from self._reference(path, str(url), code, name)

    def _reference(self, base: Path, url: str, code: str | None, name: str | None = None) -> Iterator[Source]:
        if is_address(url):
            yield from self._address(url, url, code)
            return
        path = base.parent / unquote(urlsplit(url).path)
        known = name or f"{path}"
        if not path.exists():
            yield Source(known, None, code, Text(f"找不到 {path}。", f"There is no {path}."))
            return
        try:
            for source in self._path(path, known, 1):
                yield Source(source.name, source.path, source.division_code or code, source.problem)
        except AggregateError as error:
            yield Source(known, None, code, error.text)

    def _address(self, url: str, name: str, code: str | None) -> Iterator[Source]:
        """Yield what an address leads to: the package of a site, or every member of a manifest."""
        if self.client is None:
            raise AggregateError(
                f"{url} 是网址。要从网上取数据，请加 --fetch。",
                f"{url} is an address on the network. Add --fetch to fetch from there.",
            )
        from circledata.feeds.fetch import FetchError, fetch_package, read_manifest

        if urlsplit(url).path.endswith(MANIFEST):
            try:
                members = read_manifest(self.client, url).members
            except FetchError as error:
                yield Source(name, None, code, _text(error))
                return
            for member in members:
                yield from self._address(member.url, member.url, member.division_code)
            return
        try:
            fetched = fetch_package(self.client, url)
        except FetchError as error:
            yield Source(name, None, code, _text(error))
            return
        said = str((fetched.discovery.get("area") or {}).get("division_code") or "") or code
        yield Source(name, fetched.folder_or_zip, said)


def is_address(name: str) -> bool:
    """Tell whether a name is an address on the network."""
    return name.lower().startswith(("http://", "https://"))


def _read(path: Path) -> Mapping[str, Any]:
    try:
        record = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise AggregateError(f"{path} 不是 JSON 对象，读不了。", f"{path} is no JSON object; it cannot be read.")
    return record


def _beside(path: Path, url: str, release: str) -> Path | None:
    """Return the package's ZIP of a site on this machine: below it as the address is below the site's."""
    for base in (path.parent, path.parent / "releases" / release):
        candidate = base / Path(unquote(urlsplit(url).path)).name
        if candidate.is_file():
            return candidate
    return None


def _no_package(name: str) -> Text:
    return Text(f"{name} 没有列出数据包。", f"{name} lists no package.")


def _not_here(url: str) -> Text:
    return Text(
        f"数据包在 {url}，不在这台机器上。要从网上取，请加 --fetch。",
        f"The package is at {url}, not on this machine. Add --fetch to fetch it.",
    )


def _text(error: Any) -> Text:
    if isinstance(error, SourceError) or hasattr(error, "in_language"):
        return Text(redact(error.in_language("zh")), redact(error.in_language("en")))
    return Text(str(error), str(error))
