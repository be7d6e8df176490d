"""`circledata apply`: make the new package of the old one and a changes file."""

from __future__ import annotations

from pathlib import Path

import click

from circledata.cli.help import Command, Wrong
from circledata.cli.words import Words


def command(words: Words) -> Command:
    """Make the command."""
    params = [
        click.Argument(["files"], nargs=-1, required=True, metavar=words("apply-files-name")),
        click.Option(["--out", "-o"], required=True, metavar="NEW", help=words("apply-out")),
        click.Option(["--overwrite"], is_flag=True, help=words("apply-overwrite")),
        click.Option(["--quiet", "-q"], is_flag=True, help=words("repair-quiet")),
    ]
    return Command("apply", words, Apply(words), params)


class Apply:
    """The command's action, with the words it speaks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(self, files: tuple[str, ...], out: str, overwrite: bool, quiet: bool) -> None:
        """Apply the changes and say what came out."""
        if len(files) > 2:
            raise Wrong(self.words("too-many", arguments=" ".join(files[2:])))
        from circledata.feeds.changes import apply

        old = Path(files[0]) if len(files) == 2 else None
        done = apply(old, Path(files[-1]), Path(out), overwrite=overwrite)
        if quiet:
            return
        total = f"{sum(done.rows.values()):,}"
        click.echo(self.words("apply-done", path=done.to, tables=len(done.rows), records=total))
        click.echo(self.words("apply-exact" if done.exact else "apply-records"))
