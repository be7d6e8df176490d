"""Opens what is published: circledata.json with the files beside it, manifest.json, or one GeoJSON feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from circledata.findings.model import Finding, Note
from circledata.sources import strict_json
from circledata.sources.descriptor import is_date, not_json
from circledata.sources.errors import UsageError
from circledata.sources.faults import fault, too_large
from circledata.sources.feed_features import Collection, Survey
from circledata.sources.feed_json import Outline, read_outline
from circledata.sources.model import Limits, Meta, Package, RawTable
from circledata.sources.options import Options
from circledata.sources.settings import settle, standard_for
from circledata.sources.staging import Stage, staged_file
from circledata.standard import extension_versions
from circledata.standard.model import Standard, Table, Text

DISCOVERY, MANIFEST = "circledata.json", "manifest.json"
ENDINGS = frozenset({".json", ".geojson"})
LARGEST = 1 << 30
"""Bytes of a feed that are read into memory."""
_LOCAL_CATEGORIES = ("category-unknown", "list-category-unknown")
"""Rules that need the table of local categories."""
OpenArchive = Callable[[Path], Package]
Shape = Literal["discovery", "manifest", "geojson"]


@dataclass(frozen=True)
class FeedFile:
    """A published JSON file that was read."""

    outline: Outline
    survey: Survey
    shape: Shape | None
    """What it is; None when it is JSON of some other kind."""


def published_in(folder: Path) -> Path | None:
    """Return what a folder that is no package publishes: its circledata.json, or its manifest.json."""
    if (folder / "datapackage.json").exists():
        return None
    return next((folder / name for name in (DISCOVERY, MANIFEST) if (folder / name).is_file()), None)


def open_feed(path: Path, label: str, workdir: Path, options: Options, open_archive: OpenArchive) -> Package:
    """Open a published file; the files that it names are looked for beside it, nothing is fetched.

    `open_archive` opens the package of a release. UsageError when the file is JSON of another kind, or a GeoJSON file
    of which nobody can tell the table.
    """
    from circledata.sources.feed_site import Site

    name = str(path) if label == str(path) and _by_name(path) == "geojson" else path.name
    read = read_feed(path, name, options.limits)
    if isinstance(read, Finding):
        if _by_name(path) is None and read.rule != too_large("", 0, 0).rule:
            raise UsageError("format-unsupported", path=path, format="JSON")
        return _nothing(label, options, read)
    if read.shape is None:
        raise UsageError("format-unsupported", path=path, format="JSON")
    if read.shape == "geojson":
        return _open_geojson(path, read, label, workdir, options)
    if options.table is not None:
        raise UsageError("table-needs-one-file")
    site = Site(path, options, open_archive)
    return site.open(read, label)


def _by_name(path: Path) -> Shape | None:
    """Tell what a file should be by its name; None when the name says nothing."""
    if path.suffix.lower() == ".geojson":
        return "geojson"
    return {DISCOVERY: "discovery", MANIFEST: "manifest"}.get(path.name)  # type: ignore[return-value]


def read_feed(path: Path, file: str, limits: Limits) -> FeedFile | Finding:
    """Read a published file, or return the finding that it cannot be read. OSError when the machine does not let it."""
    size, limit = path.stat().st_size, min(limits.max_file_bytes, LARGEST)
    if size > limit:
        return too_large(file, limit, size)
    survey = Survey()
    try:
        outline = read_outline(path.read_bytes(), survey.visit)
    except strict_json.NotJson as error:
        return not_json("feed-not-json", file, error)
    return FeedFile(outline, survey, _shape(outline, path))


def _shape(outline: Outline, path: Path) -> Shape | None:
    said = outline.members.get("type")
    shapes: dict[object, Shape] = {"discovery": "discovery", "manifest": "manifest", "FeatureCollection": "geojson"}
    return _by_name(path) or (shapes.get(said) if isinstance(said, str) else None)


def invalid(file: str, pointer: str, text: Text) -> Finding:
    """Make the finding that a place of a published file is not as required."""
    return fault("feed-invalid", file=file, pointer=pointer, problem_zh=text.zh, problem_en=text.en)


def twice(outline: Outline, file: str) -> Iterator[Finding]:
    """Report the keys that stand twice in one object."""
    for key in outline.twice:
        text = Text(f"同一个对象里有两个“{key}”", f"an object has the key “{key}” twice")
        yield invalid(file, "/", text)


def _nothing(label: str, options: Options, finding: Finding) -> Package:
    standard, _ = standard_for(Meta(), None)
    meta, _ = settle(Meta(), options, standard)
    return Package(label, "feed", standard, None, meta, {}, None, None, (finding,), (), complete=False)


def _open_geojson(path: Path, read: FeedFile, label: str, workdir: Path, options: Options) -> Package:
    """Open one GeoJSON feed by itself, as the table that it says it is."""
    file = str(path)
    head = read.outline.members.get("circledata")
    head = head if isinstance(head, dict) else {}
    standard = _standard(head, read)
    meta, notes = settle(meta_of(head), options, standard)
    findings = [*twice(read.outline, file), *head_problems(read.outline, standard, file)]
    if not isinstance(read.outline.members.get("features"), list):
        return Package(label, "feed", standard, None, meta, {}, None, None, tuple(findings), tuple(notes), False)
    table = _table(head, read, standard, options, path)
    # A feed by itself has not the table in which its package names local categories; its features name them.
    standard_codes = standard.codelists["categories"].codes.keys()
    local = read.survey.titled - standard_codes if table.name == "outlets" else set()
    collection = Collection(read.outline, read.survey, table, file, {*standard_codes, *local} if local else ())
    raw, found = stage(collection, path, workdir, options.limits)
    if not read.survey.own_lines:
        notes.append(Note("features-numbered", {"file": file}))
    unchecked = [standard.rule(name).code for name in _LOCAL_CATEGORIES] if local else []
    notes += [Note("not-checked", {"rule": code, "table": "categories"}) for code in unchecked]
    return Package(
        label=label,
        kind="feed",
        standard=standard,
        descriptor=None,
        meta=meta,
        tables={table.name: raw},
        boundaries=path if table.name == "circles" else None,
        boundaries_file=file if table.name == "circles" else None,
        findings=(*findings, *found),
        notes=tuple(notes),
        complete=True,
        unchecked=frozenset(unchecked),
    )


def _standard(head: Mapping[str, Any], read: FeedFile) -> Standard:
    """Return the standard, with the extensions when the feed is of a table or has properties that only they know.

    A feed by itself does not say which extensions its package has.
    """
    plain, _ = standard_for(Meta(), None)
    wide, _ = standard_for(Meta(extensions={name: known[-1] for name, known in extension_versions().items()}), None)
    table = str(head.get("table"))
    if table not in wide.tables:
        return plain
    known = plain.tables[table].by_name if table in plain.tables else {}
    needed = table not in plain.tables or any(
        key in wide.tables[table].by_name for key in read.survey.keys if key not in known
    )
    return wide if needed else plain


def meta_of(head: Mapping[str, Any]) -> Meta:
    """Pick what a feed says of itself; its places are in WGS84 always, and what is published is open."""
    from datetime import date

    division, as_of, synthetic = head.get("division_code"), head.get("as_of"), head.get("synthetic")
    return Meta(
        division_code=division if isinstance(division, str) and division else None,
        as_of=date.fromisoformat(as_of) if isinstance(as_of, str) and is_date(as_of) else None,
        coordinate_system="WGS84",
        profile="open",
        synthetic=synthetic if isinstance(synthetic, bool) else None,
    )


def head_problems(outline: Outline, standard: Standard, file: str) -> Iterator[Finding]:
    """Report what is wrong at the top of a FeatureCollection: its kind, its features, and what it says of itself."""
    members = outline.members
    if members.get("type") != "FeatureCollection":
        yield invalid(file, "/type", Text("应当是 FeatureCollection", "it must be FeatureCollection"))
    if not isinstance(members.get("features"), list):
        yield invalid(file, "/features", Text("缺少 features 数组", "the array features is missing"))
    head = members.get("circledata")
    if not isinstance(head, dict):
        text = Text(
            "缺少这一项：表、区划代码、截止日期、许可和期号",
            "it is missing: table, division code, day, licence and release",
        )
        yield invalid(file, "/circledata", text)
        return
    for name, fits, text in (
        (
            "table",
            lambda value: value in standard.tables,
            Text("应当是标准里的一张表", "it must be a table of the standard"),
        ),
        ("division_code", _is_division, Text("应当是 6、9 或 12 位数字", "it must have 6, 9 or 12 digits")),
        ("as_of", is_date, Text("应当是 YYYY-MM-DD 格式的日期", "it must be a date like YYYY-MM-DD")),
        ("license", bool, Text("不能是空的", "it must not be empty")),
        ("release", bool, Text("不能是空的", "it must not be empty")),
    ):
        value = head.get(name)
        if value is None:
            yield invalid(file, f"/circledata/{name}", Text("缺少这一项", "it is missing"))
        elif not isinstance(value, str) or not fits(value):
            yield invalid(file, f"/circledata/{name}", text)


def _is_division(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) in {6, 9, 12}


def _table(head: Mapping[str, Any], read: FeedFile, standard: Standard, options: Options, path: Path) -> Table:
    """Tell which table a feed carries: by what the user says, by what it says, by its properties. UsageError."""
    from circledata.sources.single import table_named

    if options.table is not None:
        return table_named(options.table, standard)
    said = standard.tables.get(str(head.get("table")))
    if said is not None:
        return said
    keys = read.survey.keys.keys()
    fitting = [
        table for table in standard.tables.values() if LON_NAME in table.by_name and table.primary_key[0] in keys
    ]
    # An outlet has the id of its circle too: the table of which more is there is meant.
    fitting.sort(key=lambda table: -len(keys & table.by_name.keys()))
    if not fitting:
        raise UsageError("table-unclear", file=path, tables=", ".join(standard.tables))
    return fitting[0]


LON_NAME = "longitude"


def stage(collection: Collection, path: Path, workdir: Path, limits: Limits) -> tuple[RawTable, list[Finding]]:
    """Write the records of a feed as the engine loads them; returns them with what is wrong with the features."""
    table, columns = collection.table, collection.columns
    target, stream = staged_file(workdir, table.name)
    with stream:
        staged = Stage(stream, len(columns))
        findings = collection.examine(
            lambda row, cells, broken: staged.add(row, cells, broken=broken), limits.max_cell_characters
        )
    raw = RawTable(
        table=table.name,
        file=collection.file,
        sheet=None,
        path=target,
        columns=columns,
        header_row=1,
        encoding="utf-8",
        bytes=path.stat().st_size,
        sha256=digest_of(path),
        staged=True,
        rows=staged.rows,
    )
    return raw, findings


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    from circledata.sources.scan import hashes

    return hashes(path, {"sha256"})["sha256"]
