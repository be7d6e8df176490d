"""What the tests of feeds share: a web server that can do wrong, and a client that reaches nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_socket
from fetch_site import Site

from circledata.feeds.fetch import Client, Options

MakeClient = Callable[..., Client]


@pytest.fixture
def only_here(socket_enabled: None) -> Iterator[None]:
    """Let a test reach 127.0.0.1 and nothing else."""
    pytest_socket.socket_allow_hosts(["127.0.0.1"])
    yield
    pytest_socket.disable_socket(allow_unix_socket=True)


@pytest.fixture
def site(only_here: None) -> Iterator[Site]:
    opened = Site()
    yield opened
    opened.close()


@pytest.fixture
def make_client(only_here: None, tmp_path: Path) -> Iterator[MakeClient]:
    """Give clients that may reach this machine over http, never wait between attempts, and share a cache."""
    with ExitStack() as stack:

        def make(sleep: Callable[[float], None] = lambda seconds: None, resolve: Any = None, **changed: Any) -> Client:
            settings = {"https_only": False, "allow_private": True, "cache": tmp_path / "cache", "timeout_s": 5.0}
            more = {"resolve": resolve} if resolve else {}
            return stack.enter_context(Client(Options(**{**settings, **changed}), sleep=sleep, **more))

        yield make


@pytest.fixture
def client(make_client: MakeClient) -> Client:
    return make_client()
