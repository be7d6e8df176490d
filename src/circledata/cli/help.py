"""Commands whose help stands in one language throughout and lines up with Chinese characters."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from circledata.cli.language import LANGUAGES, OPTION
from circledata.cli.words import Words
from circledata.reports.layout import display_width, pad, wrap

WIDEST = 100
NAMES_WIDTH = 30
"""Columns of the left side of a list; longer names stand on a line of their own."""


class Wrong(click.UsageError):
    """Wrong use that is worded already."""


def terminal_width() -> int:
    """Return the columns to write to: those of the terminal, 80 where there is none."""
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError, AttributeError):
        columns = 80
    return max(40, min(columns, WIDEST))


def common_options(words: Words, *, version: bool = False) -> list[click.Parameter]:
    """Return the options that every command has."""
    options: list[click.Parameter] = [
        click.Option(
            [OPTION], metavar="|".join(LANGUAGES), help=words("lang"), expose_value=False, callback=_language(words)
        ),
        click.Option(
            ["--help", "-h"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            help=words("help"),
            callback=_show(lambda ctx: ctx.get_help()),
        ),
    ]
    if version:
        option = click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            help=words("version-option"),
            callback=_show(lambda ctx: _version()),
        )
        options.append(option)
    return options


def _version() -> str:
    from circledata.version import __version__

    return f"circledata {__version__}"


def _language(words: Words) -> Callable[[click.Context, click.Parameter, Any], None]:
    def check(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
        if value is not None and value not in LANGUAGES:
            raise Wrong(words("not-a-choice", option=OPTION, value=value, choices=", ".join(LANGUAGES)), ctx)

    return check


def _show(text: Callable[[click.Context], str]) -> Callable[[click.Context, click.Parameter, Any], None]:
    def show(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(text(ctx))
            ctx.exit()

    return show


class Command(click.Command):
    """One command; its texts stand in the words under its name, `name`, `name-about`, `name-after`."""

    def __init__(
        self, name: str, words: Words, action: Callable[..., int | None], params: Sequence[click.Parameter]
    ) -> None:
        super().__init__(name, callback=action, params=[*params, *common_options(words)], add_help_option=False)
        self.words = words
        self.allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and refuse arguments that are too many, in the chosen language."""
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise Wrong(self.words("too-many", arguments=" ".join(rest)), ctx)
        return rest

    def get_help(self, ctx: click.Context) -> str:
        """Return the help of this command."""
        words, width = self.words, terminal_width()
        assert self.name
        lines = [_usage(self, ctx, words), "", *wrap(words(f"{self.name}-about"), width)]
        options = [(_names(item), item.help or "") for item in self.params if isinstance(item, click.Option)]
        arguments = [
            (item.make_metavar(ctx), words(f"{self.name}-{item.name}"))
            for item in self.params
            if isinstance(item, click.Argument)
        ]
        if arguments:
            lines += ["", words("heading-arguments"), *_entries(arguments, width)]
        lines += ["", words("heading-options"), *_entries(options, width)]
        if words.has(f"{self.name}-after"):
            # Written in lines already: examples are copied as they stand.
            lines += ["", words(f"{self.name}-after")]
        return "\n".join(lines)


def _usage(command: click.Command, ctx: click.Context, words: Words) -> str:
    parts = [ctx.command_path, words("options")]
    parts += [item.make_metavar(ctx) for item in command.params if isinstance(item, click.Argument)]
    return words("usage", line=" ".join(parts))


def _names(option: click.Option) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {option.metavar or ''}".rstrip()


def _entries(entries: Sequence[tuple[str, str]], width: int) -> list[str]:
    left = min(NAMES_WIDTH, max(display_width(names) for names, _ in entries) + 4)
    lines = []
    for names, text in entries:
        first = pad(f"  {names}", left)
        if display_width(first) > left or not first.endswith(" "):
            lines.append(first.rstrip())
            first = " " * left
        lines += wrap(text, width, first=first, rest=" " * left)
    return lines


def group_help(group: click.Command, ctx: click.Context, words: Words, commands: Sequence[str]) -> str:
    """Return the help of the program: what it is for, and a line a command."""
    width = terminal_width()
    options = [(_names(item), item.help or "") for item in group.params if isinstance(item, click.Option)]
    return "\n".join(
        [
            words("usage", line=f"{ctx.command_path} {words('options')} {words('command')}"),
            "",
            *wrap(words("about"), width),
            "",
            words("heading-commands"),
            *_entries([(name, words(name)) for name in commands], width),
            "",
            words("heading-options"),
            *_entries(options, width),
            "",
            *wrap(words("about-more"), width),
        ]
    )
