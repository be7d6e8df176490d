"""`circledata serve`: its options, its warnings, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result

from circledata.cli import serve
from circledata.cli.program import Program
from circledata.web import server
from circledata.web.settings import Settings


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    for variable in ("CIRCLEDATA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    return lambda *arguments: CliRunner().invoke(Program(), ["serve", *arguments])


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, only_here: None) -> list[Settings]:
    """What the server was told, without running it."""
    given: list[Settings] = []

    def note(settings: Settings, opened: socket.socket) -> None:
        opened.close()
        given.append(settings)

    monkeypatch.setattr(server, "serve", note)
    monkeypatch.setattr(server, "log_to_terminal", lambda quiet: None)
    return given


def test_the_options_reach_the_server(run: Callable[..., Result], told: list[Settings], tmp_path: Path) -> None:
    result = run(
        *("--port", "0", "--max-upload-size", "5M", "--timeout", "9", "--at-once", "3", "--waiting", "0"),
        *("--keep", "2", "--allow-host", "a.example", "--allow-host", "b.example", "--temp-folder", str(tmp_path)),
    )
    assert result.exit_code == 0, result.output
    (settings,) = told
    assert (settings.max_upload_bytes, settings.timeout, settings.at_once, settings.waiting) == (5 << 20, 9, 3, 0)
    assert (settings.keep, settings.allow_hosts, settings.folder) == (120, ("a.example", "b.example"), tmp_path)
    assert result.output == f"网页已经打开：http://127.0.0.1:{settings.port}/（按 Ctrl+C 停止）\n"


def test_others_on_the_network_are_warned_of(run: Callable[..., Result], told: list[Settings]) -> None:
    assert "没有登录" in run("--host", "0.0.0.0", "--port", "0").output
    assert "no login" in run("--host", "0.0.0.0", "--port", "0", "--lang", "en").output
    assert "没有登录" not in run("--port", "0").output


def test_a_port_in_use_is_named(run: Callable[..., Result], only_here: None) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run("--port", str(port))
    assert result.exit_code == 2
    assert f"端口 {port} 已经有程序在用" in result.output


@pytest.mark.parametrize(
    "arguments",
    [["--port", "70000"], ["--temp-folder", "/nowhere"], ["--host", "192.0.2.1", "--port", "0"], ["--timeout", "0"]],
)
def test_what_cannot_be_is_said_in_one_sentence(
    run: Callable[..., Result], only_here: None, arguments: list[str]
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.output.startswith("出错：") and "Traceback" not in result.output


def test_a_missing_library_is_named_with_its_remedy(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "find_spec", lambda name: None)
    result = run()
    assert result.exit_code == 2
    assert 'python -m pip install "circledata[web]"' in result.output


def test_help_loads_no_server() -> None:
    code = (
        "import sys; from circledata.cli.program import Program; Program().run(['serve', '--help']); "
        "print([name for name in ('starlette', 'uvicorn', 'jinja2', 'duckdb') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_stopped_and_leaves_nothing(only_here: None, tmp_path: Path, ending: int) -> None:
    command = [sys.executable, "-m", "circledata.cli", "serve", "--port", "0", "--temp-folder", str(tmp_path)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "CIRCLEDATA_LANG": "en"})
    assert process.stderr is not None
    address = process.stderr.readline().split()[4]
    answer: Any = None
    end = time.monotonic() + 30
    while answer is None:
        assert time.monotonic() < end
        try:
            answer = httpx.get(f"{address}health", trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
    assert json.loads(answer.text)["status"] == "ok"
    assert len(list(tmp_path.iterdir())) == 1
    process.send_signal(ending)
    _, said = process.communicate(timeout=20)
    assert "Traceback" not in said and "GET /health 200" in said
    assert list(tmp_path.iterdir()) == []
