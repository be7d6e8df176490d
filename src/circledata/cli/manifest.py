"""`circledata manifest`: list many published packages in one file."""

from __future__ import annotations

from pathlib import Path

import click

from circledata.cli.help import Command
from circledata.cli.output import check_target
from circledata.cli.params import Count
from circledata.cli.words import Words


def command(words: Words) -> Command:
    """Make the command."""
    params = [
        click.Argument(["sites"], nargs=-1, required=True, metavar="SITE|URL..."),
        click.Option(["--out", "-o"], required=True, metavar="FILE", help=words("manifest-out")),
        click.Option(["--title"], metavar="TEXT", help=words("manifest-title")),
        click.Option(["--title-en"], metavar="TEXT", help=words("manifest-title-en")),
        click.Option(["--publisher"], metavar="NAME", help=words("manifest-publisher")),
        click.Option(["--ttl"], type=Count(words, least=0), metavar="SECONDS", help=words("publish-ttl")),
    ]
    return Command("manifest", words, MakeManifest(words), params)


class MakeManifest:
    """The command's action, with the words it speaks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(
        self,
        sites: tuple[str, ...],
        out: str,
        title: str | None,
        title_en: str | None,
        publisher: str | None,
        ttl: int | None,
    ) -> None:
        """Write the list, and say what is on it."""
        from circledata.feeds.manifest import write_manifest
        from circledata.feeds.release import TTL

        check_target(out, [], self.words)
        content = write_manifest(
            sites,
            Path(out),
            title=title,
            title_en=title_en,
            publisher=publisher,
            ttl=TTL if ttl is None else ttl,
        )
        click.echo(self.words("manifest-done", path=out, count=len(content["members"])))
