"""`circledata version`: the versions of the tool and of the standard that it carries."""

from __future__ import annotations

import platform

import click

from circledata.cli.help import Command
from circledata.cli.words import Words


def command(words: Words) -> Command:
    """Make the command."""

    def show() -> None:
        import duckdb

        from circledata.standard import extension_versions, versions
        from circledata.version import __version__

        click.echo(words("version-tool", version=__version__))
        click.echo(words("version-spec", versions=", ".join(versions())))
        for name, found in extension_versions().items():
            click.echo(words("version-extension", name=name, versions=", ".join(found)))
        click.echo(words("version-runtime", python=platform.python_version(), duckdb=duckdb.__version__))

    return Command("version", words, show, [])
