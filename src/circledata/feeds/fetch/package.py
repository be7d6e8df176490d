"""What an aggregator takes from a published site: its discovery file and package, or the members of a manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from circledata.feeds.fetch.address import joined
from circledata.feeds.fetch.client import Client
from circledata.feeds.fetch.errors import FetchError
from circledata.feeds.fetch.options import Got
from circledata.feeds.fetch.store import TakenPackage
from circledata.sources import strict_json
from circledata.sources.feed_schema import FeedKind, first_problem

MAX_JSON_BYTES = 32 << 20
"""Of circledata.json or manifest.json. A manifest of three thousand districts has some 1 MB."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A package that was fetched by way of its discovery file, checked against the size and hash that stand there."""

    folder_or_zip: Path
    discovery: Mapping[str, Any]
    changed: bool
    """Whether the package is other than the one that was taken last from this site; True the first time."""
    url: str
    """Where circledata.json came from in the end."""


@dataclass(frozen=True, slots=True)
class Member:
    """One district of a manifest."""

    division_code: str
    url: str
    """Of its circledata.json, resolved against the manifest's own address."""
    name: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A province's list of districts."""

    record: Mapping[str, Any]
    url: str
    members: tuple[Member, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class FetchedMember:
    """What came of one district: its package, or the fault."""

    member: Member
    fetched: Fetched | None
    error: FetchError | None


def read_discovery(client: Client, url: str) -> tuple[Mapping[str, Any], Got]:
    """Fetch a circledata.json and check it against its schema. FetchError when it cannot be had or does not conform."""
    return _json(client, url, "discovery")


def fetch_package(client: Client, discovery_url: str) -> Fetched:
    """Take the package that a circledata.json lists, as a ZIP in the client's cache.

    A package that was taken before and has the same hash is not asked for again. If its site is being published anew at
    this moment, so that hash and file do not fit, the discovery file is read once more. FetchError when anything cannot
    be had or is not what was said.
    """
    record, got = read_discovery(client, discovery_url)
    try:
        return _package(client, discovery_url, record, got)
    except FetchError as error:
        if error.kind not in {"hash-differs", "size-differs", "not-found"}:
            raise
        again, later = read_discovery(client, discovery_url)
        if later.sha256 == got.sha256:
            raise
        return _package(client, discovery_url, again, later)


def _package(client: Client, asked: str, record: Mapping[str, Any], got: Got) -> Fetched:
    feed = next((item for item in record["feeds"] if item["kind"] == "package"), None)
    if feed is None:
        raise FetchError("no-package", got.url)
    url, digest = joined(got.url, feed["url"]), str(feed["sha256"]).lower()
    with client.entry(asked) as entry:
        before = entry.package
    same = before is not None and before.sha256 == digest
    source = before.url if before is not None and same else url
    try:
        taken = client.get(source, digest, feed["bytes"])
    except FetchError:
        if source == url:
            raise
        # The cache has lost it, and the old address is gone.
        taken = client.get(url, digest, feed["bytes"])
        source = url
    with client.entry(asked) as entry:
        entry.note_package(TakenPackage(source, digest))
    if before is not None and before.url != source:
        client.forget(before.url)
    return Fetched(taken.path, record, not same, got.url)


def read_manifest(client: Client, url: str) -> Manifest:
    """Fetch a manifest.json and check it against its schema. FetchError when it cannot be had or does not conform."""
    record, got = _json(client, url, "manifest")
    return Manifest(record, got.url, members_of(record, got.url), got.changed)


def members_of(manifest: Mapping[str, Any], base: str) -> tuple[Member, ...]:
    """Return the districts of a manifest that conforms; `base` is the address from which its own references start."""
    return tuple(
        Member(str(item["division_code"]), joined(base, str(item["url"])), item.get("name") or {})
        for item in manifest["members"]
    )


def fetch_members(client: Client, manifest_url: str) -> Iterator[FetchedMember]:
    """Fetch the package of every district of a manifest, one after the other.

    A district that cannot be had is given with its fault, and the others follow. FetchError only when the manifest
    itself cannot be had.
    """
    for member in read_manifest(client, manifest_url).members:
        try:
            yield FetchedMember(member, fetch_package(client, member.url), None)
        except FetchError as error:
            yield FetchedMember(member, None, error)


def _json(client: Client, url: str, kind: FeedKind) -> tuple[Mapping[str, Any], Got]:
    got = client.get(url, at_most=MAX_JSON_BYTES)
    data = got.path.read_bytes()
    try:
        value, _ = strict_json.read(data)
    except strict_json.NotJson as error:
        if data.lstrip()[:1] == b"<":
            raise FetchError("web-page", got.url) from None
        why = error.fault
        raise FetchError(
            "not-json",
            got.url,
            line=why.line,
            column=why.column,
            reason_zh=why.reason_zh,
            reason_en=why.reason_en,
        ) from None
    problem = first_problem(value, kind)
    if problem is not None:
        pointer, said = problem
        raise FetchError("not-as-schema", got.url, pointer=pointer, problem_zh=said.zh, problem_en=said.en)
    return value, got
