"""`circledata indicators`: compute the standard's figures of packages and write them."""

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
    from circledata.indicators.model import Figures, Scope
    from circledata.sources import Options

SCOPES = ("package", "division", "township", "circle")
NAMES = ("text", "json", "csv", "html", "xlsx")
BINARY = frozenset({"xlsx"})


def command(words: Words) -> Command:
    """Make the command."""
    params: list[click.Parameter] = [
        click.Argument(["paths"], nargs=-1, required=True, metavar=words("indicators-metavar")),
        click.Option(["--by"], type=Choice(words, SCOPES), metavar="SCOPE", help=words("indicators-by")),
        click.Option(["--indicator", "indicators"], multiple=True, metavar="NAME", help=words("indicators-indicator")),
        click.Option(["--format"], type=Choice(words, NAMES), metavar="FORMAT", help=words("indicators-format")),
        click.Option(["--output", "-o"], metavar="FILE", help=words("indicators-output")),
        click.Option(["--table"], metavar="TABLE", help=words("validate-table")),
        click.Option(["--division"], metavar="CODE", help=words("validate-division")),
        click.Option(["--crs"], metavar="CRS", help=words("validate-crs")),
        click.Option(["--as-of"], type=Day(words), metavar="DATE", help=words("validate-as-of")),
        click.Option(["--encoding"], metavar="NAME", help=words("validate-encoding")),
        click.Option(["--quiet", "-q"], is_flag=True, help=words("indicators-quiet")),
    ]
    return Command("indicators", words, Indicators(words), params)


class Indicators:
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
        table: str | None,
        division: str | None,
        crs: str | None,
        as_of: date | None,
        encoding: str | None,
        quiet: bool,
    ) -> int:
        """Compute and write; the exit code is 0 also where the data has errors, which the figures say."""
        from circledata.sources import Options

        format = format or "text"
        check_target(output, [Path(path) for path in paths], self.words)
        if format in BINARY and (output is None or (output == STDOUT and sys.stdout.isatty())):
            raise Wrong(self.words("indicators-xlsx-needs-output"))
        names = self.named(indicators)
        options = Options(table=table, division=division, crs=crs, as_of=as_of, encoding=encoding)
        # The yearly workbook has a line for every circle beside the sums, whatever else was asked for.
        scopes: tuple[Scope, ...] = ("package", "circle") if format == "xlsx" else ()
        scopes = tuple(dict.fromkeys((*scopes, by or "package")))
        self.write(self.figures(_packages(paths), scopes, names, options, quiet), format, output)
        if output and output != STDOUT and not quiet:
            click.echo(self.words("indicators-written", path=output), err=True)
        return 0

    def named(self, given: Sequence[str]) -> list[str] | None:
        """Return the indicators that were asked for; Wrong when one is none, None when all are wanted."""
        names = [name.strip() for part in given for name in part.replace("，", ",").split(",") if name.strip()]
        if not names:
            return None
        from circledata.standard import load_standard

        known = load_standard().indicators
        for name in names:
            if name not in known:
                from difflib import get_close_matches

                near = get_close_matches(name, known, 1)
                hint = self.words("did-you-mean", names=near[0]).strip() if near else ""
                if hint and self.words.language == "en":
                    hint += " "
                raise Wrong(self.words("indicators-no-such", name=name, hint=hint, names=", ".join(known)))
        return names

    def figures(
        self,
        packages: Sequence[Sequence[str]],
        scopes: Sequence[Scope],
        names: Sequence[str] | None,
        options: Options,
        quiet: bool,
    ) -> list[Figures]:
        """Check every package and compute its figures, showing how far it is; one package is open at a time."""
        from circledata.api import examine
        from circledata.indicators.compute import compute

        progress = None if quiet else Progress(sys.stderr, self.words, partial(stage_title, self.words))
        try:
            found: list[Figures] = []
            for paths in packages:
                examined = examine(paths, options, max_examples=1, progress=progress)
                found += [compute(examined, scope, names) for scope in scopes]
            return found
        finally:
            if progress:
                progress.clear()

    def write(self, figures: Sequence[Figures], format: str, output: str | None) -> None:
        """Write the figures where they were wanted."""
        from circledata.reports import figures_formats
        from circledata.reports.figures_text import write_text

        language = self.words.language
        if format in figures_formats.BINARY:
            with opened_binary(output) as file:
                figures_formats.BINARY[format](figures, language, file)
            return
        with opened(output, plain=format == "text") as stream:
            if format == "text":
                width = terminal_width() if output is None or output == STDOUT else 100
                write_text(figures, language, stream, width)
            else:
                figures_formats.FORMATS[format](figures, language, stream)


def _packages(paths: Sequence[str]) -> list[list[str]]:
    """Return the paths of each package: CSV files alone are the tables of one, everything else stands for itself."""
    if all(Path(path).suffix.lower() == ".csv" for path in paths):
        return [list(paths)]
    return [[path] for path in paths]
