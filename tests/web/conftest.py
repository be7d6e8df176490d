"""A real server on 127.0.0.1, in a thread of the test, and a client that reaches nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_socket

from circledata.web import server
from circledata.web.settings import Settings

MakeClient = Callable[..., httpx.Client]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return Settings(folder=folder, max_upload_bytes=1 << 20, timeout=120, port=0)


@pytest.fixture
def only_here(socket_enabled: None) -> Iterator[None]:
    """Let a test reach 127.0.0.1 and nothing else."""
    pytest_socket.socket_allow_hosts(["127.0.0.1"])
    yield
    pytest_socket.disable_socket(allow_unix_socket=True)


@pytest.fixture
def serve(only_here: None, settings: Settings) -> Iterator[Callable[..., int]]:
    """Start a server with changed settings and give its port; its folder must be gone when it has ended."""
    started: list[tuple[Any, threading.Thread]] = []

    def start(**changed: Any) -> int:
        given = replace(settings, **changed)
        opened = server.listen(given)
        running = server.prepared(given)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [opened]}, daemon=True)
        thread.start()
        started.append((running, thread))
        while not running.started:
            assert thread.is_alive()
            time.sleep(0.02)
        port: int = opened.getsockname()[1]
        return port

    yield start
    for running, thread in started:
        running.should_exit = True
        thread.join(20)
        assert not thread.is_alive()
    assert settings.folder is not None
    assert list(settings.folder.iterdir()) == []


@pytest.fixture
def make_client(serve: Callable[..., int]) -> Iterator[MakeClient]:
    """Start a server with changed settings, and give a client of it."""
    with ExitStack() as stack:

        def make(**changed: Any) -> httpx.Client:
            base = f"http://127.0.0.1:{serve(**changed)}"
            return stack.enter_context(httpx.Client(base_url=base, timeout=120, trust_env=False))

        yield make


@pytest.fixture
def client(make_client: MakeClient) -> httpx.Client:
    return make_client()
