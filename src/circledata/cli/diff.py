"""`circledata diff`: say what changed between two packages, or write it as a changes file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from circledata.cli.help import Command, Wrong, terminal_width
from circledata.cli.output import check_target, opened
from circledata.cli.params import Choice, Count
from circledata.cli.words import Words

if TYPE_CHECKING:
    from circledata.feeds.changes import Changes

FORMATS = ("text", "json", "jsonl", "html")
EXAMPLES = {"text": 10, "json": 1_000, "html": 500}
"""Changed records of each kind and table that a format lists unless asked for more."""


def command(words: Words) -> Command:
    """Make the command."""
    params = [
        click.Argument(["old"], required=True, metavar=words("diff-old-name")),
        click.Argument(["new"], required=True, metavar=words("diff-new-name")),
        click.Option(["--format"], type=Choice(words, FORMATS), metavar="FORMAT", help=words("diff-format")),
        click.Option(["--output", "-o"], metavar="FILE", help=words("diff-output")),
        click.Option(["--table"], multiple=True, metavar="TABLE", help=words("diff-table")),
        click.Option(
            ["--max-examples"],
            type=Count(words, least=0, unlimited=True),
            metavar="N|all",
            help=words("diff-max-examples"),
        ),
    ]
    return Command("diff", words, Diff(words), params)


class Diff:
    """The command's action, with the words it speaks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(
        self,
        old: str,
        new: str,
        format: str | None,
        output: str | None,
        table: tuple[str, ...],
        max_examples: int | str | None,
    ) -> int:
        """Compare, write what changed, and return the exit code: 1 when an id now stands for another thing."""
        format = format or "text"
        if format == "jsonl" and table:
            raise Wrong(self.words("diff-whole"))
        check_target(output, [Path(old), Path(new)], self.words)
        self.check_tables(table)
        from circledata.feeds.changes import diff

        wanted = EXAMPLES.get(format) if max_examples is None else max_examples
        most = None if wanted in ("all", None) else int(wanted)
        with diff(old, new) as changes:
            with opened(output, plain=format == "text") as stream:
                self.write(changes, format, stream, most, table, to_screen=output in (None, "-"))
            if output not in (None, "-"):
                click.echo(self.words("written", path=output), err=True)
            return 1 if changes.counts.errors else 0

    def check_tables(self, tables: Sequence[str]) -> None:
        """Raise UsageError when one of the tables is none of the standard's or its extensions'."""
        if not tables:
            return
        from circledata.sources.errors import UsageError
        from circledata.standard import extension_versions, load_standard, versions

        newest = {name: carried[-1] for name, carried in extension_versions().items()}
        known = load_standard(versions()[-1], newest).tables
        for name in tables:
            if name not in known:
                raise UsageError("table-unknown", table=name, tables=", ".join(known))

    def write(
        self, changes: Changes, format: str, stream: object, most: int | None, tables: Sequence[str], *, to_screen: bool
    ) -> None:
        """Write the changes in one of the formats."""
        from circledata.reports.changes import write_report

        width = terminal_width() if to_screen else 80
        write_report(changes, format, self.words.language, stream, most=most, tables=tables, width=width)  # type: ignore[arg-type]
