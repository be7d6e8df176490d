"""Runs a conversion from end to end: read, convert, write the package, its change log and its summary."""

from __future__ import annotations

import gc
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal

from circledata.convert.converters import SOURCES, Job, Settings, jobs_of
from circledata.convert.crs import Located, settle
from circledata.convert.mapping.model import read_mapping
from circledata.convert.merge import count_missing, merge
from circledata.convert.merging import find_twins
from circledata.convert.model import Conversion, ConversionError, Draft
from circledata.convert.options import UNKNOWN_SYSTEM, ConvertOptions
from circledata.convert.output.descriptor import descriptor
from circledata.convert.output.package import TableContent, package_files
from circledata.convert.output.papers import NAMES, paper_files
from circledata.convert.output.write import DESCRIPTOR, check_target, write_directories
from circledata.convert.plural import singular
from circledata.convert.read import NOTES
from circledata.convert.read.words import filled
from circledata.convert.records.ids import Ids
from circledata.convert.records.pieces import standby
from circledata.sources import encoding
from circledata.sources.model import Limits
from circledata.standard import Standard, load_standard
from circledata.standard.model import Text
from circledata.values.coordinates import SYSTEMS

_DIVISION = re.compile(r"[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?")
_NOT_FOR_A_PERSON = frozenset({"not-an-outlet", "duplicate", "gone", "total", "note-row", "header-again", "merged"})
"""Reasons for leaving a row out that need nobody's decision."""
_WAYS = {"columns": ("列名", "columns"), "shapes": ("图形", "shapes")}
"""By what a source was recognised."""


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python from looking for cycles among millions of new rows and records, none of which has any."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_no_collection()
def convert_files(
    paths: Sequence[Path],
    *,
    division_code: str,
    to: Path,
    source: str | None = None,
    mapping: Path | None = None,
    as_of: date | None = None,
    coordinate_system: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    overwrite: bool = False,
    repair_mojibake: bool = False,
    merge_duplicates: bool = False,
    profile: Literal["open", "exchange"] = "open",
    synthetic: bool = False,
    brands: Path | None = None,
    limits: Limits | None = None,
    processes: int | None = None,
) -> Conversion:
    """Convert files into one package in the directory `to`, and return what was done.

    `source`: one of SOURCES; without it, and without `mapping` (a file), each file is recognised by its columns.
    `division_code`: 6, 9 or 12 digits, the package's division. `as_of`: the day the data was taken; without it the
    latest day that the data itself names, where the mapping knows one. `coordinate_system`: of the files, where the
    format does not define it; `unknown` keeps the coordinates aside and claims nothing. Several files make one package:
    what one names the others may hold. `synthetic`: the data is invented, and the package says so. `brands`: a file
    with the user's list of brands, one a line with its spellings (`肯德基;KFC`). `processes`: how many work on the rows
    at the same time (1: this one alone); without it as many as suit rows and machine. The same input and options give
    the same bytes, however many processes there are.

    ConversionError for input or options that allow no conversion; nothing is written then. OSError from the machine.
    """
    standard = load_standard()
    _check_options(paths, source, mapping, division_code, coordinate_system, standard)
    package, papers = _places(to)
    check_target(package, (DESCRIPTOR,), overwrite=overwrite)
    check_target(papers, NAMES, overwrite=overwrite)
    with standby(paths, processes) as waiting:
        options = ConvertOptions(
            Ids(standard, division_code),
            profile,
            coordinate_system,
            repair_mojibake,
            merge_duplicates,
            _brands(brands) if brands else {},
            processes=processes,
            standby=waiting,
        )
        settings = Settings(standard, division_code, options, limits=limits)
        own = read_mapping(mapping, standard) if mapping is not None else None
        jobs = jobs_of(paths, source, own, settings)
        drafts, day = _convert(jobs, settings, as_of)
    system = settle(_located(jobs, drafts, coordinate_system))
    draft = merge(drafts, standard)
    twins = find_twins(draft, standard, merge=merge_duplicates)
    _tidy(draft, jobs, standard)
    conversion = _conversion(draft, jobs, division_code, day, system, package, papers)
    conversion.twins = twins
    conversion.decisions += _open_options(conversion, jobs, drafts, as_of=as_of, publisher=publisher)
    if not draft.tables:
        raise _nothing_left(conversion)
    stated = draft.settings.get("profile", profile)
    own_keys = descriptor(
        conversion, jobs, standard, publisher=publisher, title=title, profile=stated, synthetic=synthetic
    )
    _write(conversion, own_keys, draft, standard, overwrite=overwrite)
    return conversion


def _brands(path: Path) -> dict[str, tuple[str, ...]]:
    """Read the user's list of brands; ConversionError when it is no text or says two things of one spelling."""
    from circledata.values.brand_names import BrandTwice, read_brands

    verdict = encoding.decide(path, None)
    if verdict.codec is None:
        raise ConversionError(
            Text(
                f"{path.name} 不是 UTF-8 或 GB18030 文本，读不出品牌。",
                f"{path.name} is neither UTF-8 nor GB18030 text; no brands can be read.",
            )
        )
    try:
        return read_brands(encoding.decode(path.read_bytes()[verdict.bom :], verdict.codec)[0])
    except BrandTwice as twice:
        raise ConversionError(
            Text(
                f"{path.name} 第 {twice.line} 行：“{twice.spelling}”前面已经是“{twice.brand}”的写法，请只留一处。",
                f"{path.name}, line {twice.line}: {twice.spelling} already stands for {twice.brand}. Keep one of them.",
            )
        ) from twice


def _open_options(
    conversion: Conversion, jobs: Sequence[Job], drafts: Sequence[Draft], *, as_of: date | None, publisher: str | None
) -> Counter[str]:
    """Return what a person has to decide since no option said it."""
    stated = any(job.mapping and "licence" in job.mapping.source for job in jobs)
    located = any(part.has_coordinates for part in _located(jobs, drafts, None))
    return Counter(
        {
            "as-of-from-data": int(as_of is None),
            "no-publisher": int(publisher is None),
            "no-licence": int(not stated),
            "no-coordinates": int(bool(conversion.coordinate_system) and not located),
        }
    )


def _write(
    conversion: Conversion, own_keys: Mapping[str, Any], draft: Draft, standard: Standard, *, overwrite: bool
) -> None:
    """Write the package and its papers, both or neither."""
    tables = [
        TableContent(standard.tables[name], records, _extra(draft, name)) for name, records in draft.tables.items()
    ]
    directories = {
        conversion.to: package_files(own_keys, tables, standard, draft.files),
        conversion.papers: paper_files(conversion, standard),
    }
    write_directories(directories, overwrite=overwrite, replaced=(DESCRIPTOR, *NAMES))


def convert_file(path: Path, *, source: str, **options: object) -> Conversion:
    """Convert one file of a known source; see convert_files."""
    return convert_files([path], source=source, **options)  # type: ignore[arg-type]


def _check_options(
    paths: Sequence[Path],
    source: str | None,
    mapping: Path | None,
    division_code: str,
    coordinate_system: str | None,
    standard: Standard,
) -> None:
    if not paths:
        raise ConversionError(Text("没有给出要转换的文件。", "No file to convert was named."))
    if source is not None and mapping is not None:
        raise ConversionError(Text("--from 和 --mapping 只能用一个。", "Give either --from or --mapping, not both."))
    if source is not None and source not in SOURCES:
        raise ConversionError(Text(f"不认识来源 {source}。", f"There is no source {source}."))
    if not _DIVISION.fullmatch(division_code):
        raise ConversionError(
            Text(
                f"区划代码 {division_code} 不对，应为 6、9 或 12 位数字。",
                f"{division_code} is no division code: 6, 9 or 12 digits are needed.",
            )
        )
    if len(division_code) == 6 and division_code not in standard.codelists["divisions"].codes:
        raise ConversionError(
            Text(
                f"没有区划代码 {division_code}。查代码：circledata codes divisions --find 名称",
                f"There is no division code {division_code}. Look it up: circledata codes divisions --find NAME",
            )
        )
    if coordinate_system is not None and coordinate_system not in (*SYSTEMS, UNKNOWN_SYSTEM):
        raise ConversionError(
            Text(f"不认识坐标系 {coordinate_system}。", f"There is no coordinate system {coordinate_system}.")
        )


def _places(to: Path) -> tuple[Path, Path]:
    """Return the directory of the package and that of the papers, beside it under the same name with `-conversion`."""
    package = Path(os.path.abspath(to))  # noqa: PTH100  (resolve would follow a link, which check_target refuses)
    return package, package.with_name(f"{package.name}-conversion")


def _convert(jobs: Sequence[Job], settings: Settings, as_of: date | None) -> tuple[list[Draft], date]:
    """Run all jobs, resolve what they say of each other, and return their drafts with the day of the data."""
    for job in jobs:
        job.reserve()
    day = as_of or max((found for job in jobs if (found := job.day()) is not None), default=None)
    if day is None and any(job.tables for job in jobs):
        raise _no_day()
    drafts = [job.convert(day) for job in jobs]
    settings.references.resolve(settings.options.ids)
    if day is None:
        days = [date.fromisoformat(draft.settings["as_of"]) for draft in drafts if "as_of" in draft.settings]
        if not days:
            raise _no_day()
        day = max(days)
    return drafts, day


def _located(jobs: Sequence[Job], drafts: Sequence[Draft], given: str | None) -> list[Located]:
    return [
        Located(
            "、".join(file.name for file in job.files),
            draft,
            given
            or (job.mapping.source.get("coordinate_system") if job.mapping else None)
            or draft.settings.get("coordinate_system"),
        )
        for job, draft in zip(jobs, drafts, strict=True)
    ]


def _tidy(draft: Draft, jobs: Sequence[Job], standard: Standard) -> None:
    """Add what concerns the package as a whole."""
    for job in jobs:
        for table in job.tables:
            draft.changes += table.changes
    count_missing(draft, standard)


def _extra(draft: Draft, table: str) -> tuple[str, ...]:
    """Return the `x_` columns of a table that any record fills, in their order."""
    used = set().union(*draft.tables[table])
    return tuple(column for column in draft.extra_columns.get(table, ()) if column in used)


def _conversion(
    draft: Draft, jobs: Sequence[Job], division_code: str, day: date, system: str, package: Path, papers: Path
) -> Conversion:
    """Return the conversion. Rows left out for want of something are for a person to decide on, too."""
    reasons = Counter(row.reason for row in draft.left_out if row.reason not in _NOT_FOR_A_PERSON)
    outlets = draft.tables.get("outlets", [])
    return Conversion(
        sources=[file for job in jobs for file in job.files],
        mappings=[job.label for job in jobs],
        division_code=division_code,
        as_of=day,
        coordinate_system=system,
        to=package,
        papers=papers,
        rows_in=draft.rows_in,
        rows_used=draft.rows_used,
        records=Counter({name: len(records) for name, records in draft.tables.items()}),
        left_out=draft.left_out,
        changes=draft.changes,
        by_category=Counter(record["category"] for record in outlets if record.get("category")),
        decisions=draft.decisions + reasons,
        unread=draft.unread,
        unmapped=draft.unmapped,
        notes=_notes(jobs),
    )


def _notes(jobs: Sequence[Job]) -> list[tuple[str, Text]]:
    notes = []
    for job in jobs:
        if job.recognised:
            names = "、".join(file.name for file in job.files)
            zh, en = _WAYS[job.recognised]
            notes.append((names, Text(f"按{zh}认出是 {job.name}。", f"recognised as {job.name} by its {en}.")))
        for table in job.tables:
            place = f"{table.file.name}/{table.sheet}" if table.sheet else table.file.name
            for code, params in table.notes:
                text = filled(NOTES[code], params)
                notes.append((place, Text(text.zh, singular(text.en))))
    return notes


def _no_day() -> ConversionError:
    return ConversionError(
        Text(
            "文件里看不出数据是哪一天的。请加上 --as-of，例如 --as-of 2024-12-31（导出数据的日期）。",
            "The file does not tell which day its data is of. Add --as-of with the day of the export, "
            "for example --as-of 2024-12-31.",
        )
    )


def _nothing_left(conversion: Conversion) -> ConversionError:
    counts = Counter(row.reason for row in conversion.left_out)
    reasons = ", ".join(f"{reason} {count}" for reason, count in counts.most_common())
    return ConversionError(
        Text(
            f"读入 {conversion.rows_in} 行，没有一行能转成记录（{reasons}），没有写入任何内容。",
            f"None of the {conversion.rows_in:,} rows is a record ({reasons}); nothing was written."
            if conversion.rows_in != 1
            else f"The only row is no record ({reasons}); nothing was written.",
        )
    )


__all__ = ["SOURCES", "convert_file", "convert_files"]
