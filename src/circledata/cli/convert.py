"""`circledata convert`: make a package of what people have."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from circledata.cli.help import Command
from circledata.cli.params import Choice, Day
from circledata.cli.words import Words

if TYPE_CHECKING:
    from circledata.values.coordinates import System

SOURCES = ("osm",)
SYSTEMS = ("WGS84", "CGCS2000", "GCJ-02", "BD-09")
# Both stand in circledata.convert and circledata.values too; the help must not load them. A test holds them in step.


def command(words: Words) -> Command:
    """Make the command."""
    params = [
        click.Argument(["file"], metavar="FILE"),
        click.Option(
            ["--from", "source"], required=True, type=Choice(words, SOURCES), metavar="|".join(SOURCES),
            help=words("convert-from"),
        ),
        click.Option(["--division"], required=True, metavar="CODE", help=words("convert-division")),
        click.Option(["--to"], required=True, metavar="DIR", help=words("convert-to")),
        click.Option(["--as-of"], type=Day(words), metavar="DATE", help=words("convert-as-of")),
        click.Option(["--crs"], type=Choice(words, SYSTEMS), metavar="CRS", help=words("convert-crs")),
        click.Option(["--publisher"], metavar="NAME", help=words("convert-publisher")),
        click.Option(["--title"], metavar="TEXT", help=words("convert-title")),
        click.Option(["--overwrite"], is_flag=True, help=words("convert-overwrite")),
    ]  # fmt: skip
    return Command("convert", words, Convert(words), params)


class Convert:
    """The command's action, with the words it speaks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(
        self,
        file: str,
        source: str,
        division: str,
        to: str,
        as_of: date | None,
        crs: System | None,
        publisher: str | None,
        title: str | None,
        overwrite: bool,
    ) -> None:
        """Convert, and say what came out, what did not, and what a person has to decide."""
        from circledata.convert import convert_file, summary_lines
        from circledata.standard import load_standard

        conversion = convert_file(
            Path(file),
            source=source,
            division_code=division,
            to=Path(to),
            as_of=as_of,
            coordinate_system=crs,
            publisher=publisher,
            title=title,
            overwrite=overwrite,
        )
        click.echo("\n".join(summary_lines(conversion, load_standard(), self.words.language)))
