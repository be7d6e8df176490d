"""`circledata aggregate`: add districts up, and say who must act on what."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from circledata.cli.help import Command, Wrong
from circledata.cli.output import check_target, opened
from circledata.cli.params import Choice, Count, Day
from circledata.cli.progress import Progress
from circledata.cli.words import Words

if TYPE_CHECKING:
    from circledata.feeds.aggregate.run import Aggregation
    from circledata.feeds.fetch import Client

FORMATS = ("text", "json", "html")


def command(words: Words) -> Command:
    """Make the command."""
    params = [
        click.Argument(["members"], nargs=-1, required=True, metavar=words("aggregate-what")),
        click.Option(["--out", "-d"], required=True, metavar="DIR", help=words("aggregate-out")),
        click.Option(["--division"], metavar="CODE", help=words("aggregate-division")),
        click.Option(["--as-of"], type=Day(words), metavar="DATE", help=words("aggregate-as-of")),
        click.Option(["--include-errors"], is_flag=True, help=words("aggregate-include-errors")),
        click.Option(["--exchange"], is_flag=True, help=words("aggregate-exchange")),
        click.Option(["--publisher"], metavar="NAME", help=words("aggregate-publisher")),
        click.Option(["--title"], metavar="TITLE", help=words("aggregate-title")),
        click.Option(["--fetch"], is_flag=True, help=words("aggregate-fetch")),
        click.Option(["--allow-http"], is_flag=True, help=words("aggregate-allow-http")),
        click.Option(["--allow-private"], is_flag=True, help=words("aggregate-allow-private")),
        click.Option(["--jobs"], type=Count(words), metavar="N", help=words("aggregate-jobs")),
        click.Option(["--format"], type=Choice(words, FORMATS), metavar="FORMAT", help=words("aggregate-format")),
        click.Option(["--output", "-o"], metavar="FILE", help=words("aggregate-output")),
        click.Option(["--quiet", "-q"], is_flag=True, help=words("aggregate-quiet")),
    ]
    return Command("aggregate", words, Aggregate(words), params)


class Aggregate:
    """The command's action, with the words it speaks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(
        self,
        members: tuple[str, ...],
        out: str,
        division: str | None,
        as_of: date | None,
        include_errors: bool,
        exchange: bool,
        publisher: str | None,
        title: str | None,
        fetch: bool,
        allow_http: bool,
        allow_private: bool,
        jobs: int | None,
        format: str | None,
        output: str | None,
        quiet: bool,
    ) -> int:
        """Add up, show the scoreboard, and return the exit code: 1 when somebody must act."""
        from circledata.reports.scoreboard import FORMATS as WRITERS
        from circledata.reports.scoreboard import aggregate

        if (allow_http or allow_private) and not fetch:
            raise Wrong(self.words("aggregate-needs-fetch"))
        check_target(output, [], self.words)
        progress = None if quiet else Progress(sys.stderr, self.words)
        with ExitStack() as stack:
            client = self.client(stack, Path(out), allow_http, allow_private) if fetch else None
            try:
                done = aggregate(
                    *members,
                    out=out,
                    division=division,
                    as_of=as_of,
                    include_errors=include_errors,
                    exchange=exchange,
                    publisher=publisher,
                    title=title,
                    client=client,
                    jobs=jobs,
                    language=self.words.language,
                    progress=progress,
                )
            finally:
                if progress:
                    progress.clear()
        if output or not quiet:
            with opened(output, plain=(format or "text") == "text") as stream:
                WRITERS[format or "text"](done.board, self.words.language, stream)
        if not quiet:
            click.echo(self.said(done, out), err=bool(format and format != "text"))
        return 1 if _acted(done) else 0

    def client(self, stack: ExitStack, out: Path, allow_http: bool, allow_private: bool) -> Client:
        """Return what fetches from the network; what was fetched is kept beside the state for the next run."""
        from circledata.feeds.fetch import Client, Options

        cache = out.absolute().with_name(f"{out.absolute().name}.state") / "fetched"
        cache.mkdir(parents=True, exist_ok=True)
        client = Client(Options(https_only=not allow_http, allow_private=allow_private, cache=cache))
        close = getattr(client, "close", None)
        if close:
            stack.callback(close)
        return client

    def said(self, done: Aggregation, out: str) -> str:
        """Say where the result is, and how much of it was checked now."""
        key = "aggregate-written" if done.changed else "aggregate-same"
        return self.words(key, path=out, fresh=f"{done.fresh:,}", kept=f"{done.kept:,}")


def _acted(done: Aggregation) -> bool:
    """Tell whether somebody must act before the sum is whole and right."""
    totals = done.board["totals"]
    return bool(totals["left_out"] or totals["findings"]["error"] or sum(totals["conflicts"].values()))
