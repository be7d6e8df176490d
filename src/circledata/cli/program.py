"""The group of all commands: knows their names, loads one when it is called, words every failure."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from circledata.cli.failure import guarded
from circledata.cli.help import Command, Wrong, common_options, group_help
from circledata.cli.language import choose
from circledata.cli.words import Words

COMMANDS = (
    "validate",
    "convert",
    "repair",
    "new",
    "template",
    "indicators",
    "compare",
    "assess",
    "publish",
    "diff",
    "apply",
    "aggregate",
    "manifest",
    "rules",
    "fields",
    "codes",
    "crosscheck",
    "serve",
    "version",
)
"""Every command in the order of the help; each is a module of this package with a function `command(words)`."""


class Program(click.Group):
    """The command line as a whole, in the language that its arguments and surroundings ask for."""

    def __init__(self) -> None:
        super().__init__("circledata", callback=_alone, invoke_without_command=True, add_help_option=False)
        self.words = Words("zh")

    def run(self, arguments: Sequence[str] | None = None) -> int:
        """Run a command line and return its exit code."""
        given = list(sys.argv[1:] if arguments is None else arguments)
        self.words = Words(choose(given, os.environ))
        self.params = common_options(self.words, version=True)
        return guarded(lambda: self._invoke(given), self.words)

    def _invoke(self, arguments: list[str]) -> object:
        with self.make_context("circledata", arguments) as context:
            return self.invoke(context)

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> Any:
        """Run and leave, as click's own commands do; for click's test runner."""
        sys.exit(self.run(args))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        command: Command = import_module(f"circledata.cli.{cmd_name}").command(self.words)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was named, or say which one may have been meant."""
        if args[0] not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            hint = self.words("did-you-mean", names=near[0]) if near else ""
            raise Wrong(self.words("no-command", name=args[0]) + hint, ctx)
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        """Return the help of the whole program."""
        return group_help(self, ctx, self.words, COMMANDS)


def _alone() -> None:
    """Show the help where no command was named."""
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
