"""The end of the text report: a summary by table, what the policy changed, what to know, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from circledata.findings.model import LEVELS
from circledata.findings.report import Report
from circledata.reports.layout import table, visible, wrap
from circledata.reports.mendable import mendable
from circledata.reports.notes import note_texts, policy_text
from circledata.reports.style import Style
from circledata.reports.tally import Tally, levels_in_force
from circledata.reports.words import LEVEL_MARKS, counts, number, say, table_title
from circledata.standard.model import Language

NOTES = 20
"""Most notes shown; the JSON report has them all."""


def closing(report: Report, language: Language, style: Style, found: Tally) -> Iterator[str]:
    """Yield the last lines of the text report."""
    yield ""
    yield say(language, "summary")
    yield from (f"  {line}" for line in _summary(report, language, found))
    policy = [policy_text(entry, report, language) for entry in report.policy]
    notes = note_texts(report, language)
    if len(notes) > NOTES:
        notes = [*notes[:NOTES], "…"]
    for title, texts in (("policy", policy), ("notes", notes), ("next", _next(report, language, style, found))):
        if texts:
            yield ""
            yield say(language, title)
        for text in texts:
            sentence, *commands = text.split("\n")
            yield from wrap(sentence, style.width, first="  - ", rest="    ")
            # Commands are copied, so they are never broken.
            yield from (f"    {command}" for command in commands)


def _summary(report: Report, language: Language, found: Tally) -> Iterator[str]:
    levels = levels_in_force(report)
    sums: dict[str | None, dict[str, int]] = {}
    for (name, code), count in found.items():
        if code in levels:
            cell = sums.setdefault(name, dict.fromkeys(LEVELS, 0))
            cell[levels[code]] += count
    head = [say(language, f"column-{word}") for word in ("table", "file", "rows")]
    rows = [[*head, *(LEVEL_MARKS[level].in_language(language) for level in LEVELS)]]
    known = {info.name for info in report.tables}
    missing = [name for name in sums if name is not None and name not in known]
    for info in report.tables:
        file = info.file if info.sheet is None else f"{info.file} {info.sheet}"
        rows.append(
            _line(table_title(info.name, report, language), visible(file), number(info.rows), sums.get(info.name))
        )
    rows += [_line(visible(table_title(name, report, language)), "", "", sums[name]) for name in missing]
    if None in sums:
        rows.append(_line(say(language, "package-itself"), "", "", sums[None]))
    total = number(sum(info.rows for info in report.tables))
    rows.append(_line(say(language, "total"), "", total, {level: report.counts[level] for level in LEVELS}))
    yield from table(rows, right=frozenset({2, 3, 4, 5}))


def _line(title: str, file: str, rows: str, sums: dict[str, int] | None) -> list[str]:
    return [title, file, rows, *(number(sums[level]) if sums else "0" for level in LEVELS)]


def _next(report: Report, language: Language, style: Style, found: Tally) -> list[str]:
    steps = [] if report.complete else [say(language, "next-incomplete")]
    if report.counts["error"]:
        steps.append(say(language, "next-errors", counts=counts(report, language, ("error",))))
    elif report.counts["warning"]:
        steps.append(say(language, "next-warnings", counts=counts(report, language, ("warning",))))
    elif report.complete:
        return [say(language, "next-nothing")]
    if mendable(report):
        steps.append(say(language, "next-repair", command=_repair(report, language)))
    if style.places is not None and any(count > style.places for count in found.values()):
        name = "问题清单.csv" if language == "zh" else "findings.csv"
        command = f"circledata validate {quoted(report.label)} --format csv --max-examples all --output {name}"
        steps.append(say(language, "next-full", command=command))
    first = next((rule.code for level in LEVELS for rule in report.rules if rule.level == level), None)
    if first:
        steps.append(say(language, "next-rule", code=first))
    return steps


def _repair(report: Report, language: Language) -> str:
    """Return the command that mends what is harmless into a file or folder beside the one that was checked."""
    path = PurePath(report.label)
    folder = report.kind == "directory"
    name = path.parent if path.name == "datapackage.json" else path
    ending = "" if folder else ".xlsx" if report.kind == "workbook" and path.suffix != ".xlsm" else path.suffix
    stem, mark = name.name if folder else path.stem, "-改好" if language == "zh" else "-mended"
    table = f" --table {report.tables[0].name}" if report.kind == "files" and report.tables else ""
    better = name.with_name(f"{stem}{mark}{ending}")
    return f"circledata repair {quoted(str(report.label))}{table} --out {quoted(str(better))}"


def quoted(path: str) -> str:
    """Return a path as one word of a command line, of Windows or of Unix."""
    return f'"{path}"' if set(path) & set(" &()'") else path
