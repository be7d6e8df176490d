"""`circledata validate`: check data and write the report."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from circledata.cli.help import Command, terminal_width
from circledata.cli.output import check_book, check_target, opened, opened_binary
from circledata.cli.params import Choice, Count, Day, Size
from circledata.cli.progress import Progress, stage_title
from circledata.cli.words import Words
from circledata.findings.model import LEVELS
from circledata.reports import NAMES

if TYPE_CHECKING:
    from circledata.findings.policy import Policy
    from circledata.findings.report import Report
    from circledata.reports.style import Style
    from circledata.sources.model import Limits

EXAMPLES = {"text": 20, "workbook": 10_000}
"""Places of each rule that a format shows unless asked for more."""
MANY = 1_000
LIMITS = {
    "max_file_size": "max_file_bytes",
    "max_archive_size": "max_archive_bytes",
    "max_archive_entries": "max_archive_entries",
    "max_archive_ratio": "max_archive_ratio",
    "max_cell_length": "max_cell_characters",
    "max_columns": "max_columns",
    "max_descriptor_size": "max_descriptor_bytes",
}
"""Options that override a limit of the reader, and the limit that each means."""


def command(words: Words) -> Command:
    """Make the command."""
    return Command("validate", words, Validate(words), _params(words))


def _params(words: Words) -> list[click.Parameter]:
    level = Choice(words, LEVELS)
    size, count = Size(words), Count(words)
    examples = Count(words, least=0, unlimited=True)

    def option(names: list[str], metavar: str, kind: Any = None) -> click.Option:
        key = "validate-" + names[0].removeprefix("--")
        return click.Option(names, type=kind, metavar=metavar, help=words(key))

    return [
        click.Argument(["paths"], nargs=-1, required=True, metavar=words("path")),
        option(["--format"], "FORMAT", Choice(words, NAMES)),
        option(["--output", "-o"], "FILE"),
        option(["--max-examples"], "N|all", examples),
        option(["--fail-on"], "LEVEL", level),
        option(["--policy"], "FILE"),
        option(["--previous"], "PATH"),
        option(["--table"], "TABLE"),
        option(["--division"], "CODE"),
        option(["--crs"], "CRS"),
        option(["--as-of"], "DATE", Day(words)),
        option(["--encoding"], "NAME"),
        click.Option(["--quiet", "-q"], is_flag=True, help=words("validate-quiet")),
        *(
            option(
                ["--" + name.replace("_", "-")],
                "SIZE" if limit.endswith("bytes") else "N",
                size if limit.endswith("bytes") else count,
            )
            for name, limit in LIMITS.items()
        ),
    ]


class Validate:
    """The command's action, with the words it speaks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(
        self,
        paths: tuple[str, ...],
        format: str | None,
        output: str | None,
        max_examples: int | str | None,
        fail_on: str | None,
        policy: str | None,
        previous: str | None,
        quiet: bool,
        table: str | None,
        division: str | None,
        crs: str | None,
        as_of: date | None,
        encoding: str | None,
        **limits: int | None,
    ) -> int:
        """Check, write the report, and return the exit code."""
        format, level = format or "text", fail_on or "error"
        inputs = [Path(path) for path in (*paths, *(item for item in (previous, policy) if item))]
        check_target(output, inputs, self.words)
        check_book(format, output, paths, self.words)
        wanted = EXAMPLES.get(format, MANY) if max_examples is None else max_examples
        most = None if wanted == "all" else int(wanted)
        settings = {
            "table": table,
            "division": division,
            "crs": crs,
            "as_of": as_of,
            "encoding": encoding,
            "previous": previous,
        }
        report = self.check(paths, settings, most, policy, limits, quiet)
        if output or not quiet:
            self.write(report, format, output, _style(paths, output, most, level))
            if output and output != "-" and not quiet:
                click.echo(self.words("written", path=output), err=True)
        return 1 if report.fails(level) else 0  # type: ignore[arg-type]

    def check(
        self,
        paths: tuple[str, ...],
        settings: Mapping[str, object],
        most: int | None,
        policy: str | None,
        limits: Mapping[str, int | None],
        quiet: bool,
    ) -> Report:
        """Run the validation, showing how far it is."""
        from circledata import api

        progress = None if quiet else Progress(sys.stderr, self.words, partial(stage_title, self.words))
        try:
            return api.validate(
                *paths,
                max_examples=most,
                policy=_policy(policy),
                limits=_limits(limits),
                progress=progress,
                **settings,  # type: ignore[arg-type]
            )
        finally:
            if progress:
                progress.clear()

    def write(self, report: Report, format: str, output: str | None, style: Style) -> None:
        """Write the report where it was wanted."""
        from circledata.reports import BINARY, FORMATS

        if format in BINARY:
            with opened_binary(output) as file:
                BINARY[format](report, self.words.language, file, style)
            return
        with opened(output, plain=format == "text") as stream:
            FORMATS[format](report, self.words.language, stream, style)


def _policy(path: str | None) -> Policy | None:
    if path is None:
        return None
    from circledata.findings.policy import load_policy

    return load_policy(Path(path))


def _limits(given: Mapping[str, int | None]) -> Limits | None:
    changed = {LIMITS[name]: value for name, value in given.items() if value is not None}
    if not changed:
        return None
    from circledata.sources.model import Limits

    return Limits(**changed)


def _style(paths: tuple[str, ...], output: str | None, most: int | None, level: str) -> Style:
    from circledata.reports.style import Style

    base, container = "", None
    if len(paths) == 1:
        path = Path(paths[0])
        if path.is_dir():
            base = _relative(path)
        elif path.name in {"datapackage.json", "circledata.json", "manifest.json"}:
            base = _relative(path.parent)
        elif path.suffix.lower() == ".zip":
            container = _relative(path)
    screen = output is None or output == "-"
    return Style(
        width=terminal_width() if screen else 80,
        color=screen and _colors(),
        places=most,
        fail_on=level,  # type: ignore[arg-type]
        base=base,
        container=container,
    )


def _relative(path: Path) -> str:
    """Return `path` as seen from the working folder, with `/`; absolute when it lies elsewhere."""
    try:
        relative = path.resolve().relative_to(Path.cwd())
    except ValueError:
        return path.resolve().as_posix()
    return "" if str(relative) == "." else relative.as_posix()


def _colors() -> bool:
    """Tell whether the terminal shows colours: a real one, not forbidden by NO_COLOR, and on Windows a modern one."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty():
        return False
    return sys.platform != "win32" or bool(os.environ.get("WT_SESSION") or os.environ.get("TERM"))
