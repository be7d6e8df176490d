"""Uploads that are cut off, too large, malformed or many: what is answered, and that nothing stays behind."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from web_sample import SLOW, lines, multipart, outlets

from circledata.web import checks
from circledata.web.settings import Settings

PATH = "/api/v1/validate"
Serve = Callable[..., int]


def stored(settings: Settings) -> list[Path]:
    """Everything in the private folder but its lock."""
    assert settings.folder is not None
    (folder,) = settings.folder.iterdir()
    return [path for path in folder.iterdir() if path.name != "lock"]


def until_empty(settings: Settings) -> None:
    end = time.monotonic() + 20
    while stored(settings):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_declared_size_over_the_limit_is_refused_before_it_is_sent(serve: Serve) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", serve(), timeout=20)
    connection.putrequest("POST", PATH)
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.putheader("Content-Length", str(1 << 30))
    connection.putheader("Expect", "100-continue")
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    assert "1 MB" in answer.read().decode()


def test_a_chunked_upload_over_the_limit_is_stopped_while_it_comes(make_client: Callable[..., httpx.Client]) -> None:
    body, headers = multipart([("file", "outlets.csv", b"a" * (3 << 20))])

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 1 << 16):
            yield body[start : start + (1 << 16)]

    answer = make_client().post(PATH, content=pieces(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    assert answer.headers["connection"] == "close"


def test_a_client_that_breaks_off_while_sending_leaves_nothing(serve: Serve, settings: Settings) -> None:
    body, _ = multipart([("file", "outlets.csv", outlets(2_000))])
    with socket.create_connection(("127.0.0.1", serve()), timeout=20) as connection:
        head = f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
        connection.sendall(head.encode() + b"Content-Type: multipart/form-data; boundary=frontier\r\n\r\n")
        connection.sendall(body[: len(body) // 2])
        end = time.monotonic() + 20
        while not stored(settings):
            assert time.monotonic() < end
            time.sleep(0.02)
    until_empty(settings)


def test_a_client_that_breaks_off_during_the_check_ends_it(
    serve: Serve, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "WORKER", SLOW)
    body, headers = multipart([("file", "outlets.csv", outlets(2))])
    port = serve()
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"http://127.0.0.1:{port}{PATH}", content=body, headers=headers, timeout=1)
    until_empty(settings)
    assert httpx.get(f"http://127.0.0.1:{port}/health").json()["inside"] == 0


def test_a_client_that_falls_silent_is_not_waited_for(serve: Serve, settings: Settings) -> None:
    with socket.create_connection(("127.0.0.1", serve(idle=0.3)), timeout=20) as connection:
        connection.sendall(
            f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\n\r\n".encode()
        )
        assert b" 408 " in connection.recv(4096)
    until_empty(settings)


def test_the_server_ends_the_checks_when_it_stops(
    serve: Serve, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The fixture stops the server, and looks at the folder.
    monkeypatch.setattr(checks, "WORKER", SLOW)
    port = serve()
    body, headers = multipart([("file", "outlets.csv", outlets(2))])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", PATH, body, headers)
    end = time.monotonic() + 20
    while not stored(settings):
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no boundary at all",
        b'--frontier\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\ncut off',
        b"--frontier\r\nContent-Disposition: form-data\r\n\r\nnameless\r\n--frontier--\r\n",
        b'--frontier\r\nContent-Disposition: form-data; name="lang"\r\n\r\n' + b"x" * 2000 + b"\r\n--frontier--\r\n",
    ],
)
def test_a_malformed_form_is_refused(client: httpx.Client, settings: Settings, body: bytes) -> None:
    answer = client.post(PATH, content=body, headers={"Content-Type": "multipart/form-data; boundary=frontier"})
    assert (answer.status_code, answer.json()["code"]) == (400, "form-broken")
    until_empty(settings)


def test_a_file_in_another_field_is_refused(client: httpx.Client) -> None:
    answer = client.post(PATH, files={"datei": ("a.csv", b"a")})
    assert (answer.status_code, answer.json()["code"]) == (422, "field-unknown")


def test_more_files_than_a_package_has_are_refused(make_client: Callable[..., httpx.Client]) -> None:
    answer = make_client(max_files=2).post(PATH, files=[("file", (f"{n}.csv", b"a")) for n in range(3)])
    assert (answer.status_code, answer.json()["code"]) == (422, "too-many-files")


def test_a_name_in_gbk_is_read(client: httpx.Client) -> None:
    body, headers = multipart([("table", None, b"outlets"), ("file", "NAME", outlets(1))])
    body = body.replace(b"NAME", "网点.csv".encode("gbk"))
    assert client.post(PATH, content=body, headers=headers).json()["label"] == "网点.csv"


def test_two_of_the_same_name_at_once_do_not_meet(client: httpx.Client) -> None:
    def rows(count: int) -> int:
        answer = client.post(PATH, files={"file": ("outlets.csv", outlets(count))})
        (table,) = answer.json()["tables"]
        read: int = table["rows"]
        return read

    counts = [3, 5, 7, 11]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(rows, counts)) == counts


def test_files_of_the_same_name_in_one_upload_are_kept_apart(client: httpx.Client) -> None:
    sent = [("file", ("outlets.csv", outlets(2))), ("file", ("OUTLETS.csv", outlets(3)))]
    report = client.post(PATH, files=sent).json()
    assert report["label"] == "outlets.csv, OUTLETS (2).csv"


def test_one_more_than_fits_is_told_to_come_back(
    make_client: Callable[..., httpx.Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "WORKER", SLOW)
    client = make_client(at_once=1, waiting=1, timeout=3)
    sent = {"file": ("outlets.csv", outlets(1))}
    with ThreadPoolExecutor(2) as pool:
        inside = [pool.submit(client.post, PATH, files=sent) for _ in range(2)]
        while client.get("/health").json()["inside"] < 2:
            time.sleep(0.02)
        answer = client.post(PATH, files=sent)
        assert (answer.status_code, answer.json()["code"]) == (503, "full")
        assert answer.headers["retry-after"] == str(answer.json()["retry_after"])
        assert [item.result().status_code for item in inside] == [504, 504]


def test_who_waits_is_told_how_many_are_in_front(
    make_client: Callable[..., httpx.Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "WORKER", SLOW)
    client = make_client(at_once=1, waiting=2, timeout=2)
    headers = {"Accept": "application/x-ndjson"}

    def check(_: int) -> list[object]:
        answer = client.post("/check", files={"file": ("outlets.csv", outlets(1))}, headers=headers)
        return [said.get("ahead", said.get("problem", {}).get("code")) for said in lines(answer.text)]

    with ThreadPoolExecutor(3) as pool:
        told = sorted(pool.map(check, range(3)), key=len)
    assert told == [["timeout"], [1, "timeout"], [2, 1, "timeout"]]
