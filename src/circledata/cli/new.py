"""`circledata new`: an empty package that conforms, to start from."""

from __future__ import annotations

import re
import secrets
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from circledata.cli.help import Command, Wrong, terminal_width
from circledata.cli.params import Day
from circledata.cli.words import Words
from circledata.reports.layout import wrap

if TYPE_CHECKING:
    from circledata.standard.model import Standard

TABLES = ("circles", "communities", "outlets")
"""What a beginner fills first; the others follow with --table."""
COORDINATE_SYSTEM = "CGCS2000"
UNDECIDED = "LicenseRef-undecided"
_DIVISION = re.compile(r"[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?")


def command(words: Words) -> Command:
    """Make the command."""
    params = [
        click.Argument(["folder"], metavar=words("folder")),
        click.Option(["--division"], required=True, metavar="CODE", help=words("new-division")),
        click.Option(["--name"], required=True, metavar="NAME", help=words("new-name")),
        click.Option(["--crs"], default=COORDINATE_SYSTEM, metavar="CRS", help=words("new-crs")),
        click.Option(["--as-of"], type=Day(words), metavar="DATE", help=words("new-as-of")),
        click.Option(["--publisher"], metavar="NAME", help=words("new-publisher")),
        click.Option(["--license", "licence"], metavar="CODE", help=words("new-license")),
        click.Option(
            ["--table", "tables"], multiple=True, metavar="TABLE", help=words("new-table", tables=" ".join(TABLES))
        ),
    ]
    return Command("new", words, New(words), params)


class New:
    """The command's action, with the words it speaks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(
        self,
        folder: str,
        division: str,
        name: str,
        crs: str,
        as_of: date | None,
        publisher: str | None,
        licence: str | None,
        tables: tuple[str, ...],
    ) -> None:
        """Make the package and say what to do next."""
        from circledata.standard import load_standard, versions

        standard = load_standard(versions()[-1])
        path = Path(folder)
        self.refuse_existing(path)
        self.check_division(division, standard)
        system = self.coordinate_system(crs, standard)
        chosen = [self.table(table, standard) for table in tables or TABLES]
        now = datetime.now(UTC).replace(microsecond=0)
        descriptor = {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": f"circles-{division}",
            "title": name,
            "created": now.isoformat().replace("+00:00", "Z"),
            "licenses": [self.licence(licence)],
            "contributors": [{"title": publisher or self.words("publisher-open"), "roles": ["publisher"]}],
            "circledata": {
                "version": standard.version,
                "division_code": division,
                "as_of": (as_of or now.astimezone().date()).isoformat(),
                "coordinate_system": system,
                "profile": "open",
                "synthetic": False,
            },
            "resources": _resources(chosen, standard, self.words),
        }
        files = write_package(path, descriptor, {name: _header(name, standard) for name in chosen})
        self.say_done(folder, files, system)

    def say_done(self, folder: str, files: list[str], system: str) -> None:
        """Say what was made and what to do next."""
        listed = "\n".join(f"  {file}" for file in files)
        for line in self.words("new-done", path=folder, files=listed, crs=system).splitlines():
            margin = " " * (len(line) - len(line.lstrip()))
            for part in wrap(line.lstrip(), terminal_width(), first=margin, rest=margin + "   "):
                click.echo(part)

    def refuse_existing(self, path: Path) -> None:
        """Raise Wrong when `path` cannot become a new folder."""
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise Wrong(self.words("new-exists", path=path))
        if not path.absolute().parent.is_dir():
            raise Wrong(self.words("new-no-parent", folder=path.absolute().parent))

    def check_division(self, code: str, standard: Standard) -> None:
        """Raise Wrong when the standard knows no such division."""
        if not _DIVISION.fullmatch(code):
            raise Wrong(self.words("new-division-form", code=code))
        divisions = standard.codelists.get("divisions")
        if len(code) == 6 and divisions is not None and code not in divisions.codes:
            raise Wrong(self.words("new-division-unknown", code=code))

    def coordinate_system(self, value: str, standard: Standard) -> str:
        """Return the coordinate system as the standard writes it."""
        codes = standard.codelists["coordinate-systems"].codes
        for code in codes:
            if code.lower() == value.lower():
                return code
        raise Wrong(self.words("new-crs-unknown", value=value, choices=", ".join(codes)))

    def table(self, name: str, standard: Standard) -> str:
        """Return the machine name of a table."""
        known = standard.table_of(name)
        if known is None:
            raise Wrong(self.words("table-unknown", name=name))
        return known.name

    def licence(self, code: str | None) -> dict[str, str]:
        """Return the licence; nobody but the publisher can choose one, so an open one is said to be open."""
        return {"name": code} if code else {"name": UNDECIDED, "title": self.words("license-open")}


def _resources(tables: list[str], standard: Standard, words: Words) -> list[dict[str, Any]]:
    from circledata.standard.schemas import table_schema

    return [
        {
            "name": name,
            "path": f"{name}.csv",
            "type": "table",
            "title": standard.tables[name].title.in_language(words.language),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": table_schema(standard.tables[name], standard, set(tables)),
        }
        for name in dict.fromkeys(tables)
    ]


def _header(table: str, standard: Standard) -> str:
    return ",".join(field.name for field in standard.tables[table].fields) + "\n"


def write_package(path: Path, descriptor: dict[str, Any], tables: dict[str, str]) -> list[str]:
    """Write a package as a whole: it is made beside `path` and then takes its name. Returns the names of its files."""
    import json

    unfinished = path.absolute().with_name(f".{path.absolute().name}.{secrets.token_hex(4)}.tmp")
    try:
        unfinished.mkdir()
        text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
        (unfinished / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")
        for name, header in tables.items():
            # The mark makes WPS and Excel read, and save, the file as UTF-8.
            (unfinished / f"{name}.csv").write_text(header, encoding="utf-8-sig", newline="\n")
        if path.exists():
            path.rmdir()
        unfinished.replace(path)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return ["datapackage.json", *(f"{name}.csv" for name in tables)]
