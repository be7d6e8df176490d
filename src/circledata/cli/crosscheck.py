"""`circledata crosscheck`: our verdict beside frictionless's, and the places that only one of the two sees."""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from circledata.cli.help import Command, Wrong
from circledata.cli.lookup import show_text
from circledata.cli.params import Count
from circledata.cli.verdicts import Alone, Cell, Comparison, compare
from circledata.cli.words import Words
from circledata.reports.layout import table as aligned
from circledata.reports.layout import visible

if TYPE_CHECKING:
    from circledata.standard.model import Standard

EXAMPLES = 5


def command(words: Words) -> Command:
    """Make the command."""
    params = [
        click.Argument(["path"], metavar=words("one-path")),
        click.Option(["--max-examples"], type=Count(words, least=0), metavar="N", help=words("crosscheck-examples")),
    ]
    return Command("crosscheck", words, Crosscheck(words), params)


class Crosscheck:
    """The command's action, with the words it speaks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(self, path: str, max_examples: int | None) -> int:
        """Run both, show the comparison, and return 0 where the verdicts agree."""
        from circledata import api

        words, given = self.words, Path(path)
        package = given.is_dir() or given.name == "datapackage.json" or given.suffix.lower() == ".zip"
        if given.exists() and not package:
            raise Wrong(words("crosscheck-kind"))
        if find_spec("frictionless") is None:
            raise Wrong(words("crosscheck-missing"))
        report = api.validate(given, max_examples=None)
        from circledata.cli.theirs import run

        with tempfile.TemporaryDirectory(prefix="circledata-", ignore_cleanup_errors=True) as workdir:
            verdict = run(given, Path(workdir))
        if verdict is None:
            raise Wrong(words("crosscheck-no-descriptor", path=path))
        result = compare(report, verdict, EXAMPLES if max_examples is None else max_examples)
        said = {True: words("verdict-valid"), False: words("verdict-invalid")}
        show_text(words("verdicts", ours=said[report.valid], theirs=said[verdict.valid]))
        alike = report.valid == verdict.valid
        show_text(words("verdicts-alike" if alike else "verdicts-differ"))
        if verdict.skipped:
            show_text(words("skipped", paths=visible(", ".join(verdict.skipped))))
        self.tables(result, report.standard)
        self.alone("only-ours", result.only_ours, report.standard)
        self.alone("only-theirs", result.only_theirs, report.standard)
        return 0 if alike else 1

    def tables(self, result: Comparison, standard: Standard) -> None:
        """Show the errors by table."""
        words = self.words
        rows = [[words(f"column-{name}") for name in ("table", "ours", "theirs", "both")]]
        for name in dict.fromkeys([*result.ours, *result.theirs]):
            known = standard.tables.get(name)
            title = f"{known.title.in_language(words.language)} {name}" if known else visible(name)
            counts = (result.ours[name], result.theirs[name], result.both[name])
            rows.append([title or words("package-itself"), *(f"{count:,}" for count in counts)])
        if len(rows) > 1:
            click.echo("")
        for line in aligned(rows, right=frozenset({1, 2, 3})) if len(rows) > 1 else ():
            click.echo(line)

    def alone(self, heading: str, side: Alone, standard: Standard) -> None:
        """Show what one side sees alone."""
        if not side.counts:
            return
        words = self.words
        click.echo("\n" + words(heading))
        for kind, count in side.counts.most_common():
            rule = standard.rules.get(kind)
            name = f"{kind} {rule.title.in_language(words.language)}" if rule else kind
            show_text(words("kind-count", kind=name, n=f"{count:,}"), 2)
            for cell in side.cells[kind]:
                show_text(self.cell(cell), 4)
            if count > len(side.cells[kind]):
                show_text(words("cell-more", n=f"{count - len(side.cells[kind]):,}"), 4)

    def cell(self, cell: Cell) -> str:
        """Name a place."""
        file, row, column = cell
        if row is None:
            return visible(" ".join(part for part in (file, column) if part))
        return visible(self.words("cell", file=file, row=row, column=column or "").rstrip())
