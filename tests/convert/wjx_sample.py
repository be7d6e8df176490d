"""Invented exports of 问卷星, built by hand, and what the tests do with them. Nobody answered any of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from circledata import Report, validate
from circledata.convert.model import Draft, SourceFile, SourceRow, SourceTable
from circledata.convert.options import ConvertOptions
from circledata.convert.output.package import TableContent, package_files
from circledata.convert.records.ids import Ids
from circledata.convert.survey import convert_survey, survey_options
from circledata.standard import load_standard

DIVISION = "620602"
AS_OF = date(2024, 12, 31)
META = ("序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP")


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[str | None]],
    *,
    name: str = "answers.csv",
    sheet: str = "",
    above: Sequence[Sequence[str]] = (),
) -> SourceTable:
    """A table as the reader hands it over: blank cells are absent."""
    cells = [
        SourceRow(number, {key: cell for key, cell in zip(header, row, strict=True) if cell})
        for number, row in enumerate(rows, start=2 + len(above))
    ]
    file = SourceFile(name, 0, "0" * 64, "utf-8", "csv")
    return SourceTable(file, sheet, tuple(header), 1 + len(above), cells, above)


def export(questions: Mapping[str, Sequence[str | None]], *, meta: bool = True, **options: Any) -> SourceTable:
    """An export with the columns of 问卷星 before the questions; `questions`: the answers by heading."""
    count = len(next(iter(questions.values())))
    before = [
        [str(n + 1), f"2024/9/{n % 28 + 1} 10:{n % 60:02d}:05", f"{60 + n}秒", "微信", "N/A", "10.20.30.40(甘肃-武威)"]
        for n in range(count)
    ]
    answers = [list(row) for row in zip(*questions.values(), strict=True)]
    if not meta:
        return table(list(questions), answers, **options)
    return table([*META, *questions], [[*b, *a] for b, a in zip(before, answers, strict=True)], **options)


def convert(
    *tables: SourceTable, profile: str = "open", ids: Ids | None = None, as_of: date | None = AS_OF, **survey: Any
) -> Draft:
    standard = load_standard()
    options = ConvertOptions(ids or Ids(standard, DIVISION), profile=profile)  # type: ignore[arg-type]
    return convert_survey(
        tables,
        standard=standard,
        division_code=DIVISION,
        as_of=as_of,
        options=options,
        survey=survey_options(survey) if survey else None,
    )


def question(draft: Draft, question_id: str) -> dict[str, str]:
    (found,) = [row for row in draft.tables["survey_questions"] if row["question_id"] == question_id]
    return found


def results(draft: Draft, question_id: str, *, circle: str = "", group: str = "") -> dict[str, str]:
    """Counts by option of one set; a withheld one reads as a star."""
    return {
        row["option"]: "*" if row["suppressed"] == "true" else row["count"]
        for row in draft.tables["survey_results"]
        if (row["question_id"], row.get("circle_id", ""), row.get("group", "")) == (question_id, circle, group)
    }


def base(draft: Draft, question_id: str) -> int:
    found = {
        row["base"]
        for row in draft.tables["survey_results"]
        if row["question_id"] == question_id and not row.get("circle_id") and not row.get("group")
    }
    (only,) = found
    return int(only)


def checked(draft: Draft, folder: Path, *, coordinate_system: str = "CGCS2000") -> Report:
    """Write the draft as a package and check it."""
    standard = load_standard()
    descriptor = {
        "name": "sample", "title": "示例", "licenses": [{"name": "CC-BY-4.0"}],
        "contributors": [{"title": "示例区商务局", "roles": ["publisher"]}], "created": "2025-01-10T09:00:00+08:00",
        "circledata": {
            "version": "1.0", "division_code": DIVISION, "as_of": draft.settings.get("as_of", AS_OF.isoformat()),
            "coordinate_system": draft.settings.get("coordinate_system", coordinate_system),
            "profile": draft.settings.get("profile", "open"), "synthetic": True,
        },
    }  # fmt: skip
    contents = [
        TableContent(standard.tables[name], records, draft.extra_columns.get(name, ()))
        for name, records in draft.tables.items()
        if records
    ]
    for name, content in package_files(descriptor, contents, standard, draft.files).items():
        with (folder / name).open("wb") as stream:
            if isinstance(content, bytes):
                stream.write(content)
            else:
                content(stream)
    return validate(folder)


def faults(report: Report) -> list[tuple[str, str | None, int | None]]:
    """Errors and warnings of a report."""
    return [(item.rule, item.table, item.row) for item in report.findings if item.level != "advice"]
