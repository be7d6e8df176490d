"""`circledata serve`: the page on which clerks check their files, and the interface for programs."""

from __future__ import annotations

import errno
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from circledata.cli.help import Command, Wrong
from circledata.cli.params import Count, Size
from circledata.cli.words import Words

if TYPE_CHECKING:
    from circledata.web.settings import Settings

NEEDED = ("starlette", "uvicorn", "python_multipart", "jinja2")
HIGHEST_PORT = 65_535


def command(words: Words) -> Command:
    """Make the command."""
    return Command("serve", words, Serve(words), _params(words))


def _params(words: Words) -> list[click.Parameter]:
    count = Count(words)

    def option(name: str, metavar: str, kind: Any = None, *, many: bool = False) -> click.Option:
        return click.Option([name], type=kind, metavar=metavar, multiple=many, help=words(f"serve-{name[2:]}"))

    return [
        option("--host", "ADDRESS"),
        option("--port", "PORT", Count(words, least=0)),
        option("--allow-host", "NAME", many=True),
        option("--max-upload-size", "SIZE", Size(words)),
        option("--timeout", "SECONDS", count),
        option("--at-once", "N", count),
        option("--waiting", "N", Count(words, least=0)),
        option("--keep", "MINUTES", count),
        option("--temp-folder", "FOLDER"),
        click.Option(["--quiet", "-q"], is_flag=True, help=words("serve-quiet")),
    ]


class Serve:
    """The command's action, with the words it speaks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(
        self,
        host: str | None,
        port: int | None,
        allow_host: tuple[str, ...],
        max_upload_size: int | None,
        timeout: int | None,
        at_once: int | None,
        waiting: int | None,
        keep: int | None,
        temp_folder: str | None,
        quiet: bool,
    ) -> int:
        """Serve until it is told to stop."""
        words = self.words
        if any(find_spec(name) is None for name in NEEDED):
            raise Wrong(words("serve-missing"))
        from circledata.web.settings import Settings, default_at_once

        if port is not None and port > HIGHEST_PORT:
            raise Wrong(words("serve-port-range", port=port, highest=HIGHEST_PORT))
        if temp_folder is not None and not Path(temp_folder).is_dir():
            raise Wrong(words("serve-no-folder", path=temp_folder))
        given: dict[str, object] = {
            "host": host,
            "port": port,
            "max_upload_bytes": max_upload_size,
            "timeout": timeout,
            "at_once": at_once or default_at_once(),
            "waiting": waiting,
            "keep": None if keep is None else keep * 60,
            "allow_hosts": allow_host,
            "folder": None if temp_folder is None else Path(temp_folder),
        }
        self.serve(Settings(**{key: value for key, value in given.items() if value is not None}), quiet)  # type: ignore[arg-type]
        return 0

    def serve(self, settings: Settings, quiet: bool) -> None:
        """Open the port, say where the page is, and answer."""
        from dataclasses import replace

        from circledata.web import server

        words = self.words
        try:
            opened = server.listen(settings)
        except OSError as error:
            key = "serve-port-taken" if error.errno == errno.EADDRINUSE else "serve-no-address"
            raise Wrong(words(key, host=settings.host, port=settings.port)) from None
        settings = replace(settings, port=opened.getsockname()[1])
        click.echo(words("serve-ready", url=_address(settings)), err=True)
        if not settings.local:
            click.echo(words("serve-open"), err=True)
        server.log_to_terminal(quiet)
        server.serve(settings, opened)


def _address(settings: Settings) -> str:
    from circledata.web.settings import EVERYWHERE

    host = "127.0.0.1" if settings.host in EVERYWHERE else settings.host
    return f"http://[{host}]:{settings.port}/" if ":" in host else f"http://{host}:{settings.port}/"
