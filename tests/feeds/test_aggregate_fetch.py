"""A manifest on a web server is fetched and added up, from the address to the scoreboard."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import circledata
from circledata.feeds.fetch import Client, Options
from circledata.standard import spec_root

LIANGZHOU = spec_root().parent / "examples" / "liangzhou"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path, only_here: None) -> Iterator[str]:
    circledata.publish(LIANGZHOU, tmp_path / "web" / "site")
    circledata.write_manifest([str(tmp_path / "web" / "site")], tmp_path / "web" / "manifest.json")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "web"))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/manifest.json"
        server.shutdown()
        thread.join()


def test_a_manifest_is_fetched_and_added_up(served: str, tmp_path: Path) -> None:
    options = Options(https_only=False, allow_private=True, cache=tmp_path / "cache")
    with Client(options) as client:
        circledata.aggregate(served, out=tmp_path / "out", client=client, jobs=1)
    board = json.loads((tmp_path / "out" / "scoreboard.json").read_text(encoding="utf-8"))
    assert (board["totals"]["members"], board["totals"]["taken"]) == (1, 1)
    assert board["totals"]["records"]["circles"] == 8
    assert [member["division_code"] for member in board["members"]] == ["620602"]
