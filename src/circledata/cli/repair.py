"""`circledata repair`: mend what cannot change meaning, into a new file, and say what is left."""

from __future__ import annotations

import shlex
import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from circledata.cli.help import Command
from circledata.cli.progress import Progress, stage_title
from circledata.cli.words import Words

if TYPE_CHECKING:
    from circledata.findings.report import Report
    from circledata.workbooks.repair import Repair


def command(words: Words) -> Command:
    """Make the command."""
    params = [
        click.Argument(["path"], required=True, metavar=words("repair-file")),
        click.Option(["--out", "-o"], required=True, metavar="FILE2", help=words("repair-out")),
        click.Option(["--table"], metavar="TABLE", help=words("validate-table")),
        click.Option(["--division"], metavar="CODE", help=words("validate-division")),
        click.Option(["--crs"], metavar="CRS", help=words("validate-crs")),
        click.Option(["--encoding"], metavar="NAME", help=words("validate-encoding")),
        click.Option(["--overwrite"], is_flag=True, help=words("repair-overwrite")),
        click.Option(["--quiet", "-q"], is_flag=True, help=words("repair-quiet")),
    ]
    return Command("repair", words, MakeRepair(words), params)


class MakeRepair:
    """The command's action, with the words it speaks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(
        self,
        path: str,
        out: str,
        table: str | None,
        division: str | None,
        crs: str | None,
        encoding: str | None,
        overwrite: bool,
        quiet: bool,
    ) -> int:
        """Repair, check what came out, and return the exit code of the check."""
        from circledata.workbooks.repair import repair

        done = repair(path, out, table=table, encoding=encoding, language=self.words.language, overwrite=overwrite)
        report = self.check(done, table, division, crs, quiet)
        if not quiet:
            for line in [*self.said(done), self.remaining(done, report, table, division, crs)]:
                click.echo(line)
        return 1 if report.fails("error") else 0

    def check(self, done: Repair, table: str | None, division: str | None, crs: str | None, quiet: bool) -> Report:
        """Check the repaired file; of CSV files the encoding is known by now."""
        from circledata import api

        progress = None if quiet else Progress(sys.stderr, self.words, partial(stage_title, self.words))
        try:
            return api.validate(
                done.out,
                table=table or done.table,
                division=division,
                crs=crs,
                max_examples=1,
                progress=progress,
            )
        finally:
            if progress:
                progress.clear()

    def said(self, done: Repair) -> list[str]:
        """Say what was changed, where it is listed, and what was left."""
        from circledata.sources.mending import changes
        from circledata.standard import load_standard

        words = self.words
        lines = [words("repair-done" if done.changes else "repair-nothing", count=f"{done.changes:,}", path=done.out)]
        if done.changes:
            counts = [
                words("repair-count", change=text.in_language(words.language), count=f"{done.counts[key]:,}")
                for key, text in changes(load_standard()).items()
                if key in done.counts
            ]
            lines.append("  " + words("repair-join").join(counts))
            if done.sheet is not None:
                lines.append(words("repair-sheet", sheet=done.sheet))
            elif done.list is not None:
                lines.append(words("repair-list", path=done.list))
        return [*lines, *(sentence.in_language(words.language) for sentence in done.left)]

    def remaining(self, done: Repair, report: Report, table: str | None, division: str | None, crs: str | None) -> str:
        """Say what the check still finds, and the command that shows it."""
        options = {"--table": table or done.table, "--division": division, "--crs": crs}
        given = [part for name, value in options.items() if value for part in (name, value)]
        command = " ".join(["circledata validate", *(_quoted(part) for part in (str(done.out), *given))])
        counts = {level: f"{number:,}" for level, number in report.counts.items()}
        total = sum(report.counts.values())
        if not total:
            return self.words("repair-clean" if report.complete else "repair-unknown", command=command)
        return self.words("repair-remain", count=f"{total:,}", command=command, **counts)


def _quoted(text: str) -> str:
    """Return an argument as a shell takes it; names in Chinese need no quotes."""
    plain = all(character.isalnum() or character in "-_./\\:" for character in text)
    return text if plain else f'"{text}"' if sys.platform == "win32" else shlex.quote(text)
