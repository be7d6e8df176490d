"""Turns exports of 问卷星 into surveys, their questions, counted results, and single answers for exchange packages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from circledata.convert.model import ConversionError, Draft, LeftOut, SourceRow, SourceTable
from circledata.convert.options import ConvertOptions
from circledata.convert.survey.headers import Headings
from circledata.convert.survey.options import SurveyOptions, survey_options
from circledata.convert.survey.rows import choose_rows, looks_like_survey, repeated_serials
from circledata.convert.survey.units import cut, headings_of
from circledata.convert.survey.wave import Wave
from circledata.standard import Standard
from circledata.standard.model import Text
from circledata.values.text import clean

EXTRA_COLUMNS = ("x_skipped", "x_empty", "x_blank")
"""Columns of survey_questions: how many were not asked, left the question empty, or have a blank cell."""


@dataclass
class _Part:
    """Tables that are one survey: each with its headings and its questionnaires."""

    tables: list[SourceTable]
    headings: Headings
    rows: list[SourceRow] = field(default_factory=list)
    serials: int = 0


def convert_survey(
    sources: Sequence[SourceTable] | Sequence[Path],
    *,
    standard: Standard,
    division_code: str,
    as_of: date | None,
    options: ConvertOptions,
    survey: SurveyOptions | None = None,
) -> Draft:
    """Convert exports of 问卷星, one row a questionnaire, and return the draft of a package.

    `sources`: tables already read, or files (CSV, workbook). Each table is a survey of its own, unless `survey` says
    `together`. `survey`: the section `survey` of a mapping, see `survey_options`; the standard's own when None.
    The base of a question is who answered it: cells that say 跳过 or 空, and blank ones, are not in it, and are counted
    apart in the columns x_skipped, x_empty and x_blank of survey_questions. In the open profile counts of one to four
    are withheld with as many others as that needs; free text, names, times and network addresses are never carried,
    nor written to the log.

    `draft.rows_in` is rows used plus rows left out; a survey's `responses` is the rows used. ConversionError when no
    table is an export of answers, or when an option names a question that is not there.
    """
    chosen = survey or survey_options(version=standard.version)
    draft = Draft()
    parts = _parts(draft, list(_tables(sources, options)), chosen)
    for part in parts:
        wave = Wave(draft, part.tables[0], part.headings, part.rows, standard, options, chosen)
        wave.write(cut(part.headings, part.rows, chosen.words), single=len(parts) == 1)
        if part.serials:
            draft.decisions["serial-repeated"] += part.serials
    draft.rows_used = draft.rows_in - len(draft.left_out)
    draft.extra_columns["survey_questions"] = EXTRA_COLUMNS
    _settings(draft, options, as_of)
    if len(parts) > 1:
        draft.decisions["several-surveys"] = len(parts)
    return draft


def _tables(sources: Sequence[SourceTable] | Sequence[Path], options: ConvertOptions) -> Iterator[SourceTable]:
    for source in sources:
        if isinstance(source, SourceTable):
            yield source
        else:
            from circledata.convert.read import read_tables

            yield from read_tables(source, repair_mojibake=options.repair_mojibake)


def _parts(draft: Draft, tables: Sequence[SourceTable], survey: SurveyOptions) -> list[_Part]:
    """Sort tables into surveys and their rows into questionnaires; what is neither is left out with its reason."""
    by_questions: dict[tuple[object, ...], _Part] = {}
    for place, table in enumerate(tables):
        draft.rows_in += len(table.rows)
        headings = headings_of(table.header, [row for row in table.rows if not row.broken], survey.words)
        if not looks_like_survey(headings, survey.words):
            draft.left_out += [
                LeftOut(row.number, "", "not-a-survey", "", "", table.file.name, table.sheet) for row in table.rows
            ]
            continue
        found = choose_rows(table, table.rows, headings, survey.words)
        draft.left_out += found.left_out
        if not found.rows:
            continue
        names = tuple(column.name for group in headings.asked for column in group)
        part = by_questions.setdefault(names if survey.together else (place,), _Part([], headings))
        part.tables.append(table)
        if len(part.tables) > 1:
            found.rows = _renamed(found.rows, headings, part.headings)
        part.rows += found.rows
        draft.changes += table.changes
        for name, count in _dropped(found.rows, headings).items():
            draft.unmapped[name] += count
    if not by_questions:
        raise _no_survey(tables)
    for part in by_questions.values():
        part.serials = repeated_serials(part.rows, part.headings)
    return list(by_questions.values())


def _renamed(rows: Sequence[SourceRow], theirs: Headings, ours: Headings) -> list[SourceRow]:
    """Give the columns of number and time the names that the first table of the survey has for them."""
    names = {
        old: new
        for old, new in ((theirs.serial, ours.serial), (theirs.submitted, ours.submitted))
        if old and new and old != new
    }
    if not names:
        return list(rows)
    return [SourceRow(row.number, {names.get(key, key): cell for key, cell in row.cells.items()}) for row in rows]


def _dropped(rows: Sequence[SourceRow], headings: Headings) -> Counter[str]:
    return Counter(name for row in rows for name in headings.dropped if clean(row.cells.get(name, "")))


def _settings(draft: Draft, options: ConvertOptions, as_of: date | None) -> None:
    if options.profile == "exchange":
        draft.settings["profile"] = "exchange"
    days = [record["ended_on"] for record in draft.tables["surveys"] if record.get("ended_on")]
    if as_of is None and days:
        draft.settings["as_of"] = max(days)
    if as_of is not None:
        late = sum(day > as_of.isoformat() for day in days)
        if late:
            draft.decisions["survey-after-as-of"] = late


def _no_survey(tables: Sequence[SourceTable]) -> ConversionError:
    names: Mapping[str, None] = dict.fromkeys(table.file.name for table in tables)
    shown = "、".join(names)
    return ConversionError(
        Text(
            f"{shown} 不像问卷星导出的答卷：没有“1、……”这样的题目列，也没有提交答卷时间，或者一份答卷也没有。"
            "请在问卷星里用“下载答卷数据”“按选项文本下载”重新导出。",
            f"{', '.join(names)} does not look like answers exported by 问卷星: there is no column of a question such "
            "as “1、…” and no time of submission, or not one answer. Export it again, with options as text.",
        )
    )
