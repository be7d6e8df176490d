"""`circledata publish`: write a package as a site that any web server can serve."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from circledata.cli.help import Command
from circledata.cli.params import Choice, Count, Day
from circledata.cli.progress import Progress, stage_title
from circledata.cli.words import Words

if TYPE_CHECKING:
    from circledata.feeds import Published

SYSTEMS = ("WGS84", "CGCS2000", "GCJ-02", "BD-09")


def command(words: Words) -> Command:
    """Make the command."""
    params = [
        click.Argument(["package"], required=True, metavar=words("publish-source")),
        click.Option(["--out", "-o"], required=True, metavar="SITE", help=words("publish-out")),
        click.Option(["--base-url"], metavar="URL", help=words("publish-base-url")),
        click.Option(["--draft"], is_flag=True, help=words("publish-draft")),
        click.Option(["--ttl"], type=Count(words, least=0), metavar="SECONDS", help=words("publish-ttl")),
        click.Option(["--as-of"], type=Day(words), metavar="DATE", help=words("validate-as-of")),
        click.Option(["--division"], metavar="CODE", help=words("validate-division")),
        click.Option(["--crs"], type=Choice(words, SYSTEMS), metavar="CRS", help=words("validate-crs")),
        click.Option(["--quiet", "-q"], is_flag=True, help=words("publish-quiet")),
    ]
    return Command("publish", words, Publish(words), params)


class Publish:
    """The command's action, with the words it speaks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(
        self,
        package: str,
        out: str,
        base_url: str | None,
        draft: bool,
        ttl: int | None,
        as_of: date | None,
        division: str | None,
        crs: str | None,
        quiet: bool,
    ) -> None:
        """Publish, and say what can be read now; why not, is said by the error that stops the command."""
        from circledata.feeds.release import TTL
        from circledata.reports.publishing import publish

        progress = None if quiet else Progress(sys.stderr, self.words, partial(stage_title, self.words))
        try:
            done = publish(
                package,
                out,
                base_url=base_url,
                draft=draft,
                ttl=TTL if ttl is None else ttl,
                lang=self.words.language,
                as_of=as_of,
                division=division,
                crs=crs,
                progress=progress,
            )
        finally:
            if progress:
                progress.clear()
        if not quiet:
            click.echo("\n".join(self.said(done)))

    def said(self, done: Published) -> list[str]:
        """Say what was published, how good it is, and what was left out."""
        words, content = self.words, done.discovery
        size = sum(feed["bytes"] for feed in content["feeds"])
        key = "publish-done" if done.changed else "publish-same"
        lines = [words(key, release=done.release, path=done.site)]
        if done.changed:
            count = len(content["feeds"])
            lines.append("  " + words("publish-feeds", count=count, size=_size(size)))
            counts = {level: f"{content['quality'][level]:,}" for level in ("error", "warning", "advice")}
            lines.append("  " + words("publish-quality", **counts))
        if content["draft"]:
            lines.append("  " + words("publish-is-draft"))
        return [*lines, *(f"  {note.in_language(words.language)}" for note in done.notes)]


def _size(count: int) -> str:
    for unit in ("B", "KB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count = count / 1000  # type: ignore[assignment]
    return f"{count:.1f} GB"
