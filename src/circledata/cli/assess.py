"""`circledata assess`: hold circles against an assessment profile and write what is there and what is missing."""

from __future__ import annotations

import sys
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
from circledata.reports.assess_formats import BINARY, NAMES, writer

if TYPE_CHECKING:
    from circledata.indicators.assess_model import Assessed


def command(words: Words) -> Command:
    """Make the command."""
    params: list[click.Parameter] = [
        click.Argument(["paths"], nargs=-1, required=False, metavar=words("path")),
        click.Option(["--profile"], metavar="ID|FILE", help=words("assess-profile")),
        click.Option(["--format"], type=Choice(words, NAMES), metavar="FORMAT", help=words("assess-format")),
        click.Option(["--output", "-o"], metavar="FILE", help=words("assess-output")),
        click.Option(["--as-of"], type=Day(words), metavar="DATE", help=words("assess-as-of")),
        click.Option(["--circle", "circles"], multiple=True, metavar="ID", help=words("assess-circle")),
        click.Option(["--list", "listing"], is_flag=True, help=words("assess-list")),
        click.Option(["--fail-under-declared"], is_flag=True, help=words("assess-fail-under-declared")),
        click.Option(["--quiet", "-q"], is_flag=True, help=words("assess-quiet")),
    ]
    return Command("assess", words, Assess(words), params)


class Assess:
    """The command's action, with the words it speaks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(
        self,
        paths: tuple[str, ...],
        profile: str | None,
        format: str | None,
        output: str | None,
        as_of: date | None,
        circles: tuple[str, ...],
        listing: bool,
        fail_under_declared: bool,
        quiet: bool,
    ) -> int:
        """Assess, write the result, and return the exit code."""
        if listing:
            return self.show_profiles()
        if not paths:
            raise Wrong(self.words("missing", name=self.words("path")), click.get_current_context())
        format = format or "text"
        inputs = [Path(path) for path in (*paths, *([profile] if profile else []))]
        check_target(output, inputs, self.words)
        if format in BINARY and (output is None or (output == STDOUT and sys.stdout.isatty())):
            raise Wrong(self.words("assess-xlsx-needs-output"))
        assessed = self.assess(paths, profile, as_of, circles, quiet)
        self.write(assessed, format, output)
        if output and output != STDOUT and not quiet:
            click.echo(self.words("written", path=output), err=True)
        return 1 if fail_under_declared and assessed.tally()["unmet"] else 0

    def show_profiles(self) -> int:
        """List the profiles of the standard."""
        from circledata.standard import load_standard

        words = self.words
        for profile in load_standard().assessments.values():
            facts = [profile.title.in_language(words.language)]
            if profile.area:
                facts.append(words("assess-list-area", area=profile.area))
            if profile.own_choice:
                facts.append(words("assess-list-own"))
            click.echo(f"{profile.id}  {' · '.join(facts)}")
        return 0

    def assess(
        self, paths: tuple[str, ...], profile: str | None, as_of: date | None, circles: tuple[str, ...], quiet: bool
    ) -> Assessed:
        """Run the assessment, showing how far it is."""
        from circledata.indicators.assess import assess
        from circledata.indicators.assess_profile import REFERENCE

        progress = None if quiet else Progress(sys.stderr, self.words, partial(stage_title, self.words))
        try:
            return assess(*paths, profile=profile or REFERENCE, circles=circles, as_of=as_of, progress=progress)
        finally:
            if progress:
                progress.clear()

    def write(self, assessed: Assessed, format: str, output: str | None) -> None:
        """Write the result where it was wanted."""
        language = self.words.language
        if format in BINARY:
            with opened_binary(output) as file:
                writer(format)(assessed, language, file)
            return
        screen = output is None or output == STDOUT
        with opened(output, plain=format == "text") as stream:
            writer(format)(assessed, language, stream, terminal_width() if screen else 80)
