"""What the commands that look the standard up have in common: the whole standard, and two ways of showing a thing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from circledata.cli.help import terminal_width
from circledata.cli.output import opened
from circledata.cli.params import Choice
from circledata.cli.words import Words
from circledata.reports.layout import display_width, pad, wrap

if TYPE_CHECKING:
    from circledata.standard.model import Standard


def whole_standard() -> Standard:
    """Return the newest version of the standard with every extension that this installation carries."""
    from circledata.standard import extension_versions, load_standard, versions

    return load_standard(versions()[-1], {name: found[-1] for name, found in extension_versions().items() if found})


def format_option(words: Words) -> click.Option:
    """Return the option that asks for JSON."""
    return click.Option(
        ["--format"], type=Choice(words, ("text", "json")), metavar="text|json", help=words("format-text-json")
    )


def show_json(content: Any) -> None:
    """Print `content` as JSON in UTF-8."""
    with opened(None, plain=False) as stream:
        stream.write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def show_text(text: str, indent: int = 0) -> None:
    """Print a paragraph, wrapped to the terminal."""
    margin = " " * indent
    for line in wrap(text, terminal_width(), first=margin, rest=margin):
        click.echo(line)


def show_facts(facts: list[tuple[str, str]]) -> None:
    """Print names and values in two columns; facts without a value are left out."""
    kept = [(name, value) for name, value in facts if value]
    left = max((display_width(name) for name, _ in kept), default=0) + 4
    for name, value in kept:
        first = pad(f"  {name}", left)
        for line in wrap(value, terminal_width(), first=first, rest=" " * left):
            click.echo(line)
