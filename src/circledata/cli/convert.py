"""`circledata convert`: make a package of what people have, or write a package in another form."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from circledata.cli.help import Command, Wrong
from circledata.cli.params import Choice, Day
from circledata.cli.words import Words

SOURCES = ("amap", "baidu", "osm", "registry", "wjx", "table", "geojson", "shapefile")
SYSTEMS = ("WGS84", "CGCS2000", "GCJ-02", "BD-09", "unknown")
PROFILES = ("open", "exchange")
EXPORTS = (".xlsx", ".geojson", ".parquet", ".geoparquet", ".jsonl", ".ndjson", ".json", ".sqlite", ".sqlite3", ".db",
           ".duckdb", ".zip")  # fmt: skip
# All stand in circledata.convert and circledata.values too; the help must not load them. A test holds them in step.
FILES = (*EXPORTS, ".csv", ".tsv", ".txt", ".xls", ".ods", ".shp", ".yaml")
"""Endings of names that nobody means for a folder."""


def command(words: Words) -> Command:
    """Make the command."""
    params = [
        click.Argument(["sources"], metavar="SOURCE...", nargs=-1, required=True),
        click.Option(["--to"], metavar="DIR|FILE", help=words("convert-to")),
        click.Option(
            ["--from", "source"], type=Choice(words, SOURCES), metavar="NAME",
            help=words("convert-from", choices="|".join(SOURCES)),
        ),
        click.Option(["--mapping"], metavar="FILE.yaml", help=words("convert-mapping")),
        click.Option(["--division"], metavar="CODE", help=words("convert-division")),
        click.Option(["--as-of"], type=Day(words), metavar="DATE", help=words("convert-as-of")),
        click.Option(["--crs"], type=Choice(words, SYSTEMS), metavar="CRS", help=words("convert-crs")),
        click.Option(
            ["--profile"], type=Choice(words, PROFILES), metavar="|".join(PROFILES), help=words("convert-profile")
        ),
        click.Option(["--repair-mojibake"], is_flag=True, help=words("convert-repair")),
        click.Option(["--merge-duplicates"], is_flag=True, help=words("convert-merge")),
        click.Option(["--brands"], metavar="FILE", help=words("convert-brands")),
        click.Option(["--synthetic"], is_flag=True, help=words("convert-synthetic")),
        click.Option(["--publisher"], metavar="NAME", help=words("convert-publisher")),
        click.Option(["--title"], metavar="TEXT", help=words("convert-title")),
        click.Option(["--overwrite"], is_flag=True, help=words("convert-overwrite")),
        click.Option(["--suggest"], is_flag=True, help=words("convert-suggest")),
    ]  # fmt: skip
    return Command("convert", words, Convert(words), params)


class Convert:
    """The command's action, with the words it speaks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(
        self,
        sources: tuple[str, ...],
        to: str | None,
        source: str | None,
        mapping: str | None,
        division: str | None,
        suggest: bool,
        overwrite: bool,
        **options: Any,
    ) -> None:
        """Convert, and say what came out, what did not, and what a person has to decide."""
        paths = [Path(item) for item in sources]
        if suggest:
            self.suggest(paths, to, overwrite=overwrite)
            return
        if to is None:
            raise Wrong(self.words("missing", name="--to"))
        target = Path(to)
        self.check(paths, target)
        if source is None and mapping is None and len(paths) == 1 and self.is_package(paths[0]):
            self.rewrite(paths[0], target, overwrite=overwrite)
            return
        if target.suffix.lower() in FILES:
            raise Wrong(self.words("convert-not-a-package", source=sources[0], to=to))
        if division is None:
            raise Wrong(self.words("missing", name="--division"))
        self.convert(paths, target, source, mapping, division, overwrite=overwrite, **options)

    def check(self, paths: list[Path], to: Path) -> None:
        """Refuse sources and targets that are in each other's way, before anything is read or written."""
        target = Path(os.path.realpath(to))
        for path in paths:
            place = Path(os.path.realpath(path))
            if place == target:
                raise Wrong(self.words("convert-same", source=path))
            if place.is_dir() and target.is_relative_to(place):
                raise Wrong(self.words("convert-inside", source=path, to=to))
            if place.is_relative_to(target) and place.exists():
                raise Wrong(self.words("convert-around", source=path, to=to))
            if place.is_dir() and not self.is_package(path):
                raise Wrong(self.words("convert-folder", source=path))
        if len(paths) > 1 and to.suffix.lower() in FILES:
            raise Wrong(self.words("convert-several-to-file", to=to))

    def convert(
        self,
        paths: list[Path],
        to: Path,
        source: str | None,
        mapping: str | None,
        division: str,
        *,
        overwrite: bool,
        as_of: date | None = None,
        crs: str | None = None,
        profile: str | None = None,
        publisher: str | None = None,
        title: str | None = None,
        repair_mojibake: bool = False,
        merge_duplicates: bool = False,
        synthetic: bool = False,
        brands: str | None = None,
    ) -> None:
        """Make a package of files."""
        from circledata.convert import convert_files, summary_lines
        from circledata.standard import load_standard

        conversion = convert_files(
            paths,
            source=source,
            mapping=Path(mapping) if mapping else None,
            division_code=division,
            to=to,
            as_of=as_of,
            coordinate_system=crs,
            profile="exchange" if profile == "exchange" else "open",
            publisher=publisher,
            title=title,
            overwrite=overwrite,
            repair_mojibake=repair_mojibake,
            merge_duplicates=merge_duplicates,
            synthetic=synthetic,
            brands=Path(brands) if brands else None,
        )
        click.echo("\n".join(summary_lines(conversion, load_standard(), self.words.language)))

    def is_package(self, path: Path) -> bool:
        """Tell whether a source is a package already, in whatever form."""
        from circledata.convert.output.packaged import is_package

        return is_package(path)

    def rewrite(self, package: Path, to: Path, *, overwrite: bool) -> None:
        """Write a package in another form, or read it back from one into a directory."""
        from circledata.convert.export import export_package, import_package

        if package.is_file() and package.name != "datapackage.json" and not to.suffix:
            result = import_package(package, to, overwrite=overwrite, lang=self.words.language)
        else:
            result = export_package(package, to, overwrite=overwrite, lang=self.words.language)
        key = "convert-written" if result.rows else "convert-empty-package"
        click.echo(self.words(key, to=to, counts=self.counts(result.rows)))
        for line in result.lines:
            click.echo(f"  {line}")

    def counts(self, rows: Mapping[str, int]) -> str:
        """Say how many records of each table there are."""
        from circledata.standard import load_standard

        tables = load_standard().tables
        if self.words.language == "en":
            return ", ".join(f"{name} {count:,}" for name, count in rows.items())
        return "、".join(f"{tables[name].title.zh} {name} {count:,} 条" for name, count in rows.items())

    def suggest(self, paths: list[Path], to: str | None, *, overwrite: bool) -> None:
        """Write a mapping to start from for one unknown file, to the terminal or to a file."""
        if len(paths) != 1:
            raise Wrong(self.words("convert-suggest-one"))
        if to not in {None, "-"} and os.path.realpath(paths[0]) == os.path.realpath(str(to)):
            raise Wrong(self.words("convert-same", source=paths[0]))
        from circledata.convert.suggest import suggest_mapping

        text = suggest_mapping(paths[0], language=self.words.language)
        if to is None or to == "-":
            click.echo(text.rstrip("\n"))
            return
        from circledata.convert.output.atomic import write_file

        write_file(Path(to), text.encode(), overwrite=overwrite)
        click.echo(self.words("convert-suggested", to=to), err=True)
