"""`circledata compare`: put packages or their places side by side, and say which differences may come from the data."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from circledata.cli.help import Command, Wrong, terminal_width
from circledata.cli.output import STDOUT, check_target, opened, opened_binary
from circledata.cli.params import Choice, Day
from circledata.cli.progress import Progress, stage_title
from circledata.cli.words import Words

if TYPE_CHECKING:
    from circledata.indicators.compare_model import Comparison
    from circledata.indicators.model import Figures, Scope

SCOPES = ("package", "division", "township", "circle")
NAMES = ("text", "json", "csv", "html", "xlsx")


def command(words: Words) -> Command:
    """Make the command."""
    params: list[click.Parameter] = [
        click.Argument(["paths"], nargs=-1, required=True, metavar=words("compare-metavar")),
        click.Option(["--by"], type=Choice(words, SCOPES), metavar="SCOPE", help=words("compare-by")),
        click.Option(["--indicator", "indicators"], multiple=True, metavar="NAME", help=words("compare-indicator")),
        click.Option(["--format"], type=Choice(words, NAMES), metavar="FORMAT", help=words("compare-format")),
        click.Option(["--output", "-o"], metavar="FILE", help=words("compare-output")),
        click.Option(["--as-of"], type=Day(words), metavar="DATE", help=words("compare-as-of")),
        click.Option(["--quiet", "-q"], is_flag=True, help=words("compare-quiet")),
    ]
    return Command("compare", words, Compare(words), params)


class Compare:
    """The command's action, with the words it speaks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(
        self,
        paths: tuple[str, ...],
        by: Scope | None,
        indicators: tuple[str, ...],
        format: str | None,
        output: str | None,
        as_of: date | None,
        quiet: bool,
    ) -> int:
        """Compare and write the comparison; the exit code is 0 whatever differs."""
        from circledata.indicators.compare import compare

        format, by = format or "text", by or "package"
        if by == "package" and len(paths) < 2:
            raise Wrong(self.words("compare-two"), click.get_current_context())
        check_target(output, [Path(path) for path in paths], self.words)
        if format == "xlsx" and (output is None or (output == STDOUT and sys.stdout.isatty())):
            raise Wrong(self.words("compare-xlsx-needs-output"))
        names = [name for part in indicators for name in part.replace("，", ",").split(",") if name]
        comparison = compare(self.figures(paths, by, names, as_of, quiet), names or None)
        self.write(comparison, format, output)
        if output and output != STDOUT and not quiet:
            click.echo(self.words("written", path=output), err=True)
        return 0

    def figures(
        self, paths: Sequence[str], by: Scope, names: Sequence[str], as_of: date | None, quiet: bool
    ) -> list[Figures]:
        """Check every package and compute its figures, showing how far it is; one package is open at a time."""
        from circledata.api import examine
        from circledata.indicators.compare import LISTED
        from circledata.indicators.compute import compute
        from circledata.sources import Options
        from circledata.standard import load_standard

        known = load_standard().indicators
        wanted = [*names, *(name for name in LISTED if name in known)] if names else []
        found: list[Figures] = []
        progress = None if quiet else Progress(sys.stderr, self.words, partial(stage_title, self.words))
        try:
            for path in paths:
                examined = examine([path], Options(as_of=as_of), max_examples=1, progress=progress)
                found.append(compute(examined, by, wanted or None))
                del examined
        finally:
            if progress:
                progress.clear()
        return found

    def write(self, comparison: Comparison, format: str, output: str | None) -> None:
        """Write the comparison where it was wanted."""
        from circledata.reports import compare_formats

        language = self.words.language
        if format in compare_formats.BINARY:
            with opened_binary(output) as file:
                compare_formats.BINARY[format](comparison, language, file)
            return
        with opened(output, plain=format == "text") as stream:
            width = terminal_width() if output is None or output == STDOUT else 100
            compare_formats.write(format, comparison, language, stream, width)
