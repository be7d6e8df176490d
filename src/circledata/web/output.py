"""Writes what a check gives, inside the process that checks: one format for a program, everything for the page."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from circledata.api import Examined
from circledata.convert.model import ConversionError
from circledata.findings.report import Report
from circledata.reports import BINARY, FORMATS
from circledata.reports.style import Style
from circledata.sources.errors import SourceError
from circledata.standard.model import Language, Text
from circledata.web.order import MEDIA
from circledata.web.summary import summary

if TYPE_CHECKING:
    from circledata.web.worker import Teller

REPAIRED = {".xls": ".xlsx", ".ods": ".xlsx", ".et": ".xlsx"}
"""Endings of workbooks that come back as another kind."""


class Impossible(Exception):
    """A format cannot be made of this upload; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def one_format(report: Report, format: str, lang: Language, out: Path) -> dict[str, Any]:
    """Write the report in one format. Impossible when this upload cannot be written so."""
    return {"files": [_write(report, format, lang, out)]}


def everything(examined: Examined, order: dict[str, Any], out: Path, tell: Teller) -> dict[str, Any]:
    """Write what the page shows and every file that it offers; tell of each file when it is there.

    What a person needs comes first: should the marked workbook of a large table take too long, the rest stays.
    """
    report = examined.report
    # Where nothing was found there is nothing to mark and nothing to list.
    first = ("html", "csv", "json") if report.rules else ("html", "json")
    last = ("yearly", "repaired", "workbook") if report.rules else ("yearly",)
    shown = summary(report, order["files"])
    (out / "summary.json").write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")
    files: list[dict[str, Any]] = []
    for number, format in enumerate((*first, *last)):
        tell.step("write", number / len((*first, *last)))
        # An old .xls cannot come back marked, for example: the page then shows no button for it.
        with suppress(Impossible):
            files += _made(examined, format, order, out)
        if number >= len(first) - 1:
            tell.message({"have": files})
    return {"files": files}


def _made(examined: Examined, format: str, order: dict[str, Any], out: Path) -> list[dict[str, Any]]:
    """Write one of the files, or what belongs together with it. Impossible when this upload cannot be written so."""
    if format == "repaired":
        return _repaired(order, out)
    if format == "yearly":
        return _yearly(examined, order["lang"], out)
    return [_write(examined.report, format, order["lang"], out)]


def _yearly(examined: Examined, lang: Language, out: Path) -> list[dict[str, Any]]:
    """Write the yearly summary; nothing when not a single figure could be computed."""
    from circledata.indicators.compute import compute
    from circledata.reports.figures_book import write_book

    path = out / "yearly.xlsx"
    try:
        figures = [compute(examined, "package"), compute(examined, "circle")]
        if all(figure.value is None for one in figures for figure in one.figures):
            return []
        with path.open("wb") as stream:
            write_book(figures, lang, stream)
    except OSError:
        raise
    except Exception:
        # The summary comes on top: what goes wrong with it must not take the report away.
        path.unlink(missing_ok=True)
        if os.environ.get("CIRCLEDATA_DEBUG"):
            raise
        return []
    return [{"format": "yearly", "file": path.name, "bytes": path.stat().st_size}]


def _repaired(order: dict[str, Any], out: Path) -> list[dict[str, Any]]:
    """Write the upload with its harmless faults mended; nothing when there are none, or when it has several files."""
    from circledata.sources.model import Limits
    from circledata.workbooks.repair import repair

    if len(order["files"]) != 1:
        return []
    source = Path(order["files"][0])
    ending = source.suffix.lower()
    target = out / f"repaired{REPAIRED.get(ending, ending)}"
    limits = Limits(max_file_bytes=order["most_unpacked"], max_archive_bytes=order["most_unpacked"])
    try:
        done = repair(source, target, table=order["table"], language=order["lang"], limits=limits)
    except (ConversionError, SourceError):
        # What cannot be repaired as a whole has been reported already.
        return []
    if not done.changes:
        return []
    files = [{"format": "repaired", "file": target.name, "bytes": target.stat().st_size, "changes": done.changes}]
    if done.list is not None:
        files.append({"format": "changes", "file": done.list.name, "bytes": done.list.stat().st_size})
    return files


def _write(report: Report, format: str, lang: Language, out: Path) -> dict[str, Any]:
    path = out / f"report.{MEDIA[format][1]}"
    style = Style(places=None, container=report.label if report.kind == "archive" else None)
    try:
        if format in BINARY:
            with path.open("wb") as binary:
                BINARY[format](report, lang, binary, style)
        else:
            with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
                FORMATS[format](report, lang, stream, style)
    except OSError:
        raise
    except Exception as error:
        path.unlink(missing_ok=True)
        worded = getattr(error, "in_language", None)
        if callable(worded):
            raise Impossible(Text(worded("zh"), worded("en"))) from error
        raise
    return {"format": format, "file": path.name, "bytes": path.stat().st_size}
