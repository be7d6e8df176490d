"""`circledata template`: a workbook to fill in WPS or Excel."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from circledata.cli.help import Command, Wrong
from circledata.cli.words import Words

if TYPE_CHECKING:
    from circledata.workbooks.template import Template

_BETWEEN = re.compile(r"[,，、;；]")


def command(words: Words) -> Command:
    """Make the command."""
    params = [
        click.Option(["--out"], required=True, metavar="FILE.xlsx", help=words("template-out")),
        click.Option(["--tables"], multiple=True, metavar="TABLE,...", help=words("template-tables")),
        click.Option(["--division"], metavar="CODE", help=words("template-division")),
        click.Option(["--example"], is_flag=True, help=words("template-example")),
        click.Option(["--overwrite"], is_flag=True, help=words("template-overwrite")),
    ]
    return Command("template", words, MakeTemplate(words), params)


class MakeTemplate:
    """The command's action, with the words it speaks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(self, out: str, tables: tuple[str, ...], division: str | None, example: bool, overwrite: bool) -> None:
        """Write the template and say what is in it and what to do next."""
        from circledata.workbooks.template import write_template

        named = [name.strip() for part in tables for name in _BETWEEN.split(part) if name.strip()]
        if tables and not named:
            raise Wrong(self.words("template-no-tables"))
        made = write_template(
            Path(out),
            tables=named or None,
            lang=self.words.language,
            division=division,
            example=example,
            overwrite=overwrite,
        )
        for line in self.lines(made, out):
            click.echo(line)

    def lines(self, made: Template, out: str) -> list[str]:
        """Say what was made, which tables were added or are missing, and what to do next."""
        lang, words = self.words.language, self.words
        lines = [words("template-done", path=out), "  " + words("template-separator").join(made.sheets)]
        notes = [words("template-added", table=table.title.in_language(lang), name=table.name) for table in made.added]
        for name in dict.fromkeys(parent.name for _, _, parent in made.pointing):
            columns = [
                words("template-column", table=table.title.in_language(lang), field=field.title.in_language(lang))
                for table, field, parent in made.pointing
                if parent.name == name
            ]
            title = next(parent.title for _, _, parent in made.pointing if parent.name == name).in_language(lang)
            joined = words("template-separator").join(columns)
            notes.append(words("template-pointing", parent=title, name=name, columns=joined))
        if notes:
            lines += ["", *(f"  {note}" for note in notes)]
        return [*lines, "", words("template-next", path=out)]
