"""One file over http: whole and checked or not there, from the cache where it is the same, resumed where it broke."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fetch_site import Site, dripping, fault_of, file, head, redirect, reply, sha, silent

from circledata.feeds.fetch import Client

MakeClient = Callable[..., Client]
BODY = bytes(range(256)) * 300


def kept(tmp_path: Path) -> list[Path]:
    """Return the files of the cache that somebody could take for a whole file."""
    return [path for path in (tmp_path / "cache").rglob("*") if path.is_file() and path.stem == sha(path.read_bytes())]


def left(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "cache").rglob("part*"))


def test_a_file_is_fetched_whole(site: Site, client: Client) -> None:
    site["/a.zip"] = file(BODY)
    got = client.get(site.url("/a.zip"), sha(BODY), len(BODY))
    assert (got.path.read_bytes(), got.sha256, got.changed, got.url) == (BODY, sha(BODY), True, site.url("/a.zip"))
    assert got.path.suffix == ".zip"
    asked = site.asked("/a.zip")[0]
    assert asked["accept-encoding"] == "identity"
    assert asked["host"] == f"127.0.0.1:{site.port}"
    assert asked["user-agent"].startswith("circledata/")


def test_nobody_is_asked_for_a_file_whose_hash_is_in_the_cache(site: Site, make_client: MakeClient) -> None:
    site["/a.zip"] = file(BODY)
    make_client().get(site.url("/a.zip"), sha(BODY))
    got = make_client().get(site.url("/a.zip"), sha(BODY))
    assert (got.changed, got.path.read_bytes(), len(site.requests)) == (False, BODY, 1)


@pytest.mark.parametrize("known", [{"etag": '"v1"'}, {"etag": 'W/"v1"'}, {"modified": "Wed, 01 Jan 2025 00:00:00 GMT"}])
def test_what_is_still_the_same_is_not_sent_again(site: Site, make_client: MakeClient, known: dict[str, str]) -> None:
    site["/circledata.json"] = file(b"{}", **known)
    first = make_client().get(site.url("/circledata.json"))
    again = make_client().get(site.url("/circledata.json"))
    assert (first.changed, again.changed, again.path) == (True, False, first.path)
    name = "if-none-match" if "etag" in known else "if-modified-since"
    assert [request.get(name) for request in site.asked("/circledata.json")] == [None, next(iter(known.values()))]


def test_what_has_changed_replaces_the_old_file(site: Site, client: Client, tmp_path: Path) -> None:
    site["/a.json"] = [file(b"one", etag='"1"'), file(b"two", etag='"2"')]
    assert client.get(site.url("/a.json")).path.read_bytes() == b"one"
    got = client.get(site.url("/a.json"))
    assert (got.changed, got.path.read_bytes(), kept(tmp_path)) == (True, b"two", [got.path])


def test_a_new_answer_with_the_same_content_is_no_change(site: Site, client: Client) -> None:
    site["/a.json"] = reply(b"same")
    client.get(site.url("/a.json"))
    assert client.get(site.url("/a.json")).changed is False


def test_a_damaged_cache_is_not_believed(site: Site, client: Client) -> None:
    site["/a.json"] = file(b"right", etag='"1"')
    client.get(site.url("/a.json")).path.write_bytes(b"wrong")
    got = client.get(site.url("/a.json"))
    assert (got.path.read_bytes(), got.changed) == (b"right", True)
    assert "if-none-match" not in site.asked("/a.json")[1]


def test_a_file_that_was_cut_off_goes_on_where_it_broke(site: Site, client: Client) -> None:
    site["/a.zip"] = [file(BODY, etag='"1"', stop=1_000), file(BODY, etag='"1"')]
    assert client.get(site.url("/a.zip")).path.read_bytes() == BODY
    first, second = site.asked("/a.zip")
    assert ("range" in first, second["range"], second["if-range"]) == (False, "bytes=1000-", '"1"')


def test_another_run_goes_on_where_the_last_one_broke(site: Site, make_client: MakeClient, tmp_path: Path) -> None:
    site["/a.zip"] = file(BODY, stop=2_000)
    error = fault_of(make_client(retries=0), site.url("/a.zip"), sha(BODY))
    assert (error.kind, error.params["bytes"], kept(tmp_path)) == ("cut-off", 2_000, [])
    site["/a.zip"] = file(BODY)
    assert make_client().get(site.url("/a.zip"), sha(BODY)).path.read_bytes() == BODY
    assert site.asked("/a.zip")[1]["range"] == "bytes=2000-"
    assert left(tmp_path) == []


def test_a_file_that_changed_meanwhile_begins_anew(site: Site, client: Client) -> None:
    other = BODY[::-1]
    site["/a.zip"] = [file(BODY, etag='"1"', stop=1_000), file(other, etag='"2"')]
    assert client.get(site.url("/a.zip")).path.read_bytes() == other


def test_without_hash_or_etag_nothing_is_resumed(site: Site, client: Client) -> None:
    site["/a.zip"] = [file(BODY, stop=1_000), file(BODY)]
    assert client.get(site.url("/a.zip")).path.read_bytes() == BODY
    assert "range" not in site.asked("/a.zip")[1]


def test_a_beginning_of_another_file_is_found_out_by_the_whole_hash(site: Site, make_client: MakeClient) -> None:
    site["/a.zip"] = file(BODY[::-1], stop=1_000)
    fault_of(make_client(retries=0), site.url("/a.zip"), sha(BODY))
    site["/a.zip"] = file(BODY)
    assert make_client(retries=0).get(site.url("/a.zip"), sha(BODY)).path.read_bytes() == BODY
    assert ["range" in request for request in site.asked("/a.zip")] == [False, True, False]


def test_a_range_that_begins_elsewhere_is_not_taken(site: Site, client: Client) -> None:
    wrong = reply(BODY[500:], 206, Content_Range=f"bytes 500-{len(BODY) - 1}/{len(BODY)}")
    site["/a.zip"] = [file(BODY, etag='"1"', stop=1_000), wrong, file(BODY, etag='"1"')]
    assert client.get(site.url("/a.zip")).path.read_bytes() == BODY
    assert ["range" in request for request in site.asked("/a.zip")] == [False, True, False]


def test_416_means_all_is_there_or_begin_anew(site: Site, make_client: MakeClient) -> None:
    def gone(total: object) -> Any:
        return reply(b"", 416, Content_Range=f"bytes */{total}")

    site["/a.zip"] = [file(BODY, etag='"1"', stop=1_000), gone(7), file(BODY, etag='"1"')]
    assert make_client().get(site.url("/a.zip")).path.read_bytes() == BODY
    site["/b.zip"] = [reply(BODY, length=len(BODY) + 1, ETag='"1"'), gone(len(BODY))]
    assert make_client().get(site.url("/b.zip")).path.read_bytes() == BODY


def test_a_wrong_hash_leaves_nothing(site: Site, client: Client, tmp_path: Path) -> None:
    site["/a.zip"] = file(BODY)
    error = fault_of(client, site.url("/a.zip"), sha(b"other"))
    assert (error.kind, kept(tmp_path), left(tmp_path)) == ("hash-differs", [], [])
    assert len(site.requests) == 1


def test_a_wrong_hash_leaves_the_last_good_file(site: Site, client: Client, tmp_path: Path) -> None:
    site["/a.zip"] = [file(BODY), file(b"changed")]
    good = client.get(site.url("/a.zip"), sha(BODY))
    assert fault_of(client, site.url("/a.zip"), sha(b"other")).kind == "hash-differs"
    assert kept(tmp_path) == [good.path]


@pytest.mark.parametrize("said", [10, len(BODY) + 10])
def test_a_wrong_size_is_told(site: Site, client: Client, said: int, tmp_path: Path) -> None:
    site["/a.zip"] = file(BODY)
    error = fault_of(client, site.url("/a.zip"), None, said)
    assert (error.kind, error.params["bytes"], kept(tmp_path)) == ("size-differs", len(BODY), [])


def test_a_length_that_lies_is_found_out(site: Site, make_client: MakeClient, tmp_path: Path) -> None:
    site["/long"] = reply(b"short", length=50)
    assert fault_of(make_client(retries=1), site.url("/long")).kind == "cut-off"
    site["/bad"] = reply(b"short", length="five")
    assert fault_of(make_client(), site.url("/bad")).kind == "answer-invalid"
    site["/short"] = reply(b"longer than it says", length=6)
    assert fault_of(make_client(), site.url("/short"), sha(b"longer than it says")).kind == "hash-differs"
    assert kept(tmp_path) == []


def test_a_file_of_unknown_length_ends_with_its_size(site: Site, client: Client) -> None:
    site["/a.zip"] = reply(BODY, length="")
    assert client.get(site.url("/a.zip"), sha(BODY), len(BODY)).path.read_bytes() == BODY
    assert fault_of(client, site.url("/a.zip"), None, len(BODY) + 1).kind == "size-differs"


def test_chunks_are_put_together_and_a_missing_end_is_told(site: Site, make_client: MakeClient) -> None:
    start = head(Transfer_Encoding="chunked")
    site["/whole"] = lambda request, out: out.write(start + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    assert make_client().get(site.url("/whole")).path.read_bytes() == b"abcde"
    site["/broken"] = lambda request, out: out.write(start + b"3\r\nabc\r\n")
    assert fault_of(make_client(retries=0), site.url("/broken")).kind == "cut-off"


def test_a_huge_file_is_refused_by_its_length_and_by_what_comes(site: Site, make_client: MakeClient) -> None:
    client = make_client(max_bytes=10_000)
    site["/said"] = reply(b"", length=1 << 40)
    assert fault_of(client, site.url("/said")).kind == "too-large"
    site["/endless"] = dripping(head(), b"x" * 4_096, 0)
    assert fault_of(client, site.url("/endless")).kind == "too-large"
    assert fault_of(client, site.url("/unasked"), None, 20_000).kind == "too-large"
    assert site.asked("/unasked") == []


def test_a_compressed_bomb_is_not_unpacked(site: Site, client: Client) -> None:
    site["/a.json"] = reply(gzip.compress(b"0" * 10_000_000), Content_Encoding="gzip")
    error = fault_of(client, site.url("/a.json"))
    assert (error.kind, error.params["encoding"]) == ("encoded", "gzip")
    site["/b.json"] = lambda request, out: out.write(head(Transfer_Encoding="gzip, chunked") + b"0\r\n\r\n")
    assert fault_of(client, site.url("/b.json")).kind == "encoded"


def test_a_server_that_says_nothing_is_left_after_a_while(site: Site, make_client: MakeClient) -> None:
    site["/a"] = silent(3)
    assert fault_of(make_client(timeout_s=0.2, retries=0), site.url("/a")).kind == "timeout"


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (head(Content_Length=10_000), b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (head(Transfer_Encoding="chunked") + b"0\r\n", b"X-More: x\r\n"),
        (head(Transfer_Encoding="chunked") + b"1", b"0"),
    ],
    ids=["body", "headers", "endless continue", "endless trailer", "endless chunk size"],
)
def test_an_endless_slow_answer_ends_with_the_time_of_the_whole(
    site: Site, make_client: MakeClient, start: bytes, piece: bytes, tmp_path: Path
) -> None:
    site["/a"] = dripping(start, piece)
    error = fault_of(make_client(total_s=0.5), site.url("/a"))
    assert error.kind in {"too-slow", "cut-off"}
    assert kept(tmp_path) == []


def test_a_fault_of_the_server_that_passes_is_waited_for(site: Site, make_client: MakeClient) -> None:
    waited: list[float] = []
    site["/a"] = [reply(b"", 500), reply(b"", 503), reply(b"", 429, Retry_After=7), reply(b"good")]
    assert make_client(sleep=waited.append).get(site.url("/a")).path.read_bytes() == b"good"
    assert waited == [0.5, 1.0, 7.0]


def test_a_fault_that_stays_ends_after_the_attempts(site: Site, make_client: MakeClient) -> None:
    site["/a"] = reply(b"", 502)
    error = fault_of(make_client(retries=2), site.url("/a"))
    assert (error.kind, error.params["status"], len(site.requests)) == ("server-error", 502, 3)


@pytest.mark.parametrize("said", ["3600", "Fri, 31 Dec 2999 23:59:59 GMT"])
def test_nobody_waits_as_long_as_a_server_likes(site: Site, client: Client, said: str) -> None:
    site["/a"] = reply(b"", 503, Retry_After=said)
    assert fault_of(client, site.url("/a")).kind == "wait-too-long"
    assert len(site.requests) == 1


@pytest.mark.parametrize(
    ("status", "kind"), [(404, "not-found"), (410, "not-found"), (403, "forbidden"), (401, "forbidden")]
)
def test_what_is_not_there_is_asked_for_once(site: Site, client: Client, status: int, kind: str) -> None:
    site["/a"] = reply(b"", status)
    assert fault_of(client, site.url("/a")).kind == kind
    assert len(site.requests) == 1


@pytest.mark.parametrize("status", [204, 206, 300, 304, 418])
def test_answers_that_bring_no_file_are_refused(site: Site, client: Client, status: int) -> None:
    site["/a"] = reply(b"", status)
    assert fault_of(client, site.url("/a")).kind == "status"


def test_what_is_no_http_is_told(site: Site, make_client: MakeClient) -> None:
    site["/a"] = lambda request, out: out.write(b"SSH-2.0-OpenSSH\r\n")
    assert fault_of(make_client(retries=0), site.url("/a")).kind == "cut-off"


def test_nobody_there(site: Site, make_client: MakeClient) -> None:
    site.close()
    error = fault_of(make_client(retries=0), site.url("/a"))
    assert (error.kind, error.exit_code) == ("connect-failed", 3)


def test_a_temporary_cache_goes_with_the_client(site: Site, make_client: MakeClient) -> None:
    site["/a"] = reply(b"good")
    client = make_client(cache=None)
    path = client.get(site.url("/a")).path
    assert path.exists()
    client.close()
    assert not path.exists()


def test_redirects_are_followed_and_the_last_address_is_told(site: Site, client: Client) -> None:
    site["/a"] = redirect("b/circledata.json", 301)
    site["/b/circledata.json"] = redirect(site.url("/c/circledata.json#here"), 307)
    site["/c/circledata.json"] = file(b"{}", etag='"1"')
    assert client.get(site.url("/a")).url == site.url("/c/circledata.json")
    again = client.get(site.url("/a"))
    assert (again.changed, again.url) == (False, site.url("/c/circledata.json"))


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        (redirect("/a"), "redirect-loop"),
        (redirect("/b"), "redirect-loop"),
        (redirect("/1"), "redirects-too-many"),
        (reply(b"", 302), "redirect-nowhere"),
        (redirect("ftp://example.org/a"), "url-scheme"),
        (redirect("file:///etc/passwd"), "url-scheme"),
        (redirect("http://user:secret@127.0.0.1/"), "credentials"),
        (redirect("//[::1/"), "url-invalid"),
    ],
)
def test_redirects_that_lead_nowhere_good(site: Site, client: Client, first: Any, kind: str) -> None:
    site["/a"] = first
    site["/b"] = redirect("/a")
    for number in range(1, 9):
        site[f"/{number}"] = redirect(f"/{number + 1}")
    error = fault_of(client, site.url("/a"))
    assert error.kind == kind
    assert "secret" not in str(error)
