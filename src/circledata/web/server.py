"""Runs the application on uvicorn until it is told to stop."""

from __future__ import annotations

import contextlib
import logging
import socket
import sys
from typing import TYPE_CHECKING

from circledata.web.settings import Settings

if TYPE_CHECKING:
    import uvicorn

CONNECTIONS = 500
"""Connections at once; far more than uploads, so that the page answers while all places are taken."""
GRACE = 5
"""Seconds that requests are given to end when the server stops; then their checks are ended."""


def listen(settings: Settings) -> socket.socket:
    """Open the port, before anything else is started. OSError when it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((settings.host, settings.port))
    except OSError:
        opened.close()
        raise
    return opened


def serve(settings: Settings, opened: socket.socket) -> None:
    """Answer requests on `opened` until Ctrl+C or SIGTERM; then end the checks and remove the private folder."""
    with contextlib.suppress(KeyboardInterrupt):
        prepared(settings).run(sockets=[opened])


def prepared(settings: Settings) -> uvicorn.Server:
    """Return the server with the application in it, not yet running."""
    import uvicorn

    from circledata.web.app import create_app

    # Its own log would hold the tokens of results; ours holds neither names nor tokens.
    logging.getLogger("uvicorn.access").disabled = True
    config = uvicorn.Config(
        create_app(settings),
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=GRACE,
    )
    return uvicorn.Server(config)


def log_to_terminal(quiet: bool) -> None:
    """Write one line a request to the standard error stream, unless `quiet`."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    log = logging.getLogger("circledata.web")
    log.addHandler(handler)
    log.setLevel(logging.WARNING if quiet else logging.INFO)
    log.propagate = False
