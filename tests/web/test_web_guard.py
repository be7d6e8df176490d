"""Hosts, cross-site posts, headers, the log, and what a client sees when something fails."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from web_sample import outlets

from circledata.web import checks, pages
from circledata.web.guard import HEADERS

PATH = "/api/v1/validate"
MakeClient = Callable[..., httpx.Client]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:9", "localhost."])
def test_the_names_of_this_machine_are_known(client: httpx.Client, host: str) -> None:
    assert client.get("/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.7", "", "a]b", "localhost:8000x"]
)
def test_other_names_are_refused(client: httpx.Client, host: str) -> None:
    answer = client.get("/health", headers={"Host": host})
    assert (answer.status_code, answer.json()["code"]) == (421, "host-unknown")


def test_a_name_can_be_allowed(make_client: MakeClient) -> None:
    client = make_client(allow_hosts=("Check.Example.gov.cn",))
    assert client.get("/health", headers={"Host": "check.example.gov.cn:8443"}).status_code == 200


def test_a_page_for_the_whole_network_is_reached_by_any_address_but_by_no_name(make_client: MakeClient) -> None:
    client = make_client(host="0.0.0.0")
    assert client.get("/health", headers={"Host": "10.1.2.3:8000"}).status_code == 200
    assert client.get("/health", headers={"Host": "rebound.example"}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1"},
    ],
)
@pytest.mark.parametrize("path", [PATH, "/check", "/r/x/delete"])
def test_posts_of_other_websites_are_refused(client: httpx.Client, headers: dict[str, str], path: str) -> None:
    answer = client.post(path, files={"file": ("a.csv", b"a")}, headers=headers)
    assert answer.status_code == 403
    assert "别的网站" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "https://localhost", "Host": "localhost:443"},
        {"Origin": "http://localhost:8000", "Host": "localhost:8000"},
    ],
)
def test_programs_and_the_page_itself_are_let_in(client: httpx.Client, headers: dict[str, str]) -> None:
    answer = client.post(PATH, files={"file": ("a.pdf", b"%PDF-1.7")}, headers=headers)
    assert answer.json()["code"] == "format-unsupported"


@pytest.mark.parametrize("path", ["/", "/api", "/api/v1/openapi.json", "/health", "/nowhere", "/r/none/", "/static/x"])
def test_every_answer_has_the_headers(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "set-cookie" not in answer.headers and "server" not in answer.headers
    assert "'unsafe" not in answer.headers["content-security-policy"]


def test_the_pages_hold_no_script_or_style_of_their_own(client: httpx.Client) -> None:
    for path in ("/", "/api", "/nowhere"):
        text = client.get(path).text
        assert " style=" not in text and "<style" not in text and " onclick" not in text
        assert text.count("<script") == text.count('<script src="./static/page.js?')


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nowhere", 404), ("PUT", "/", 405), ("GET", PATH, 405)]
)
def test_a_wrong_address_has_a_plain_answer(client: httpx.Client, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert "没有这个页面" in answer.text or "不接受这种请求" in answer.text


def logged(caplog: pytest.LogCaptureFixture, count: int) -> list[str]:
    """The lines of our log, once there are `count`: a line is written when its answer has been sent."""
    end = time.monotonic() + 10
    while True:
        lines = [record.getMessage() for record in caplog.records if record.name == "circledata.web"]
        if len(lines) >= count or time.monotonic() > end:
            return lines
        time.sleep(0.02)


def test_a_failure_nobody_foresaw_says_nothing_of_the_machine(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(pages, "page", fail)
    with caplog.at_level(logging.INFO):
        answer = client.get("/")
        logged(caplog, 1)
    assert answer.status_code == 500
    assert "服务器自己出了问题" in answer.text and "secret" not in answer.text
    assert "(RuntimeError)" in caplog.text and "secret" not in caplog.text


def test_the_log_holds_no_names(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post(PATH, files={"file": ("张三的网点.csv", outlets(1, mark="李四"))}, data={"table": "outlets"})
        page = client.post("/check", files={"file": ("张三.pdf", b"%PDF-1.7")})
        client.get("/r/secrettoken/")
        client.get("/张三?x=李四")
        ours = logged(caplog, 4)
    assert page.status_code == 422
    assert [line.rpartition(" s")[0].rpartition(" ")[0] for line in ours] == [
        f"POST {PATH} 200",
        "POST /check 422",
        "GET /r/… 404",
        "GET ? 404",
    ]
    server = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert not any(word in line for line in server for word in ("张三", "李四", "secrettoken"))


def test_the_process_that_checks_sees_nothing_relative(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("PYTHONPATH", ":src:")
    found = checks.environment(tmp_path)
    assert found["PYTHONPATH"].startswith("/") and found["PYTHONPATH"].endswith("/src")
    assert found["TMPDIR"] == str(tmp_path)
