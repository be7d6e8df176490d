"""Which addresses are asked at all: how they are written, where they lead, and that no other is connected to."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import pytest_socket
import trustme
from fetch_site import Site, fault_of, file, redirect, reply

from circledata.feeds.fetch import Client, FetchError, Options
from circledata.feeds.fetch.address import allowed

MakeClient = Callable[..., Client]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::1",
        "2002:a00:1::",
        "no address",
        "",
    ],
)
def test_addresses_of_ones_own_network_are_refused(address: str) -> None:
    assert not allowed(address, allow_private=False)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_public_addresses_are_taken(address: str) -> None:
    assert allowed(address, allow_private=False)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "100.64.0.1", "::1", "fc00::1", "::ffff:10.0.0.1"])
def test_the_own_network_can_be_allowed(address: str) -> None:
    assert allowed(address, allow_private=True)


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "224.0.0.1", "0.0.0.0", "::"]
)
def test_some_addresses_are_never_taken(address: str) -> None:
    assert not allowed(address, allow_private=True)


def resolving(*answers: list[str]) -> Callable[[str, int], list[str]]:
    """Give one answer after the other, the last one for ever."""
    waiting = list(answers)

    def resolve(host: str, port: int) -> list[str]:
        found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if not found:
            raise socket.gaierror(-2, "Name or service not known")
        return found

    return resolve


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("", "url-invalid"),
        ("circledata.json", "url-invalid"),
        ("https://", "url-invalid"),
        ("https:///circledata.json", "url-invalid"),
        ("https://example.org:99999/", "url-invalid"),
        ("https://example.org:0/", "url-invalid"),
        ("https://exa mple.org/", "url-invalid"),
        ("https://example.org/\r\nHost: inside", "url-invalid"),
        ("https://example.org\\@inside/", "url-invalid"),
        ("https://[::1/", "url-invalid"),
        (f"https://example.org/{'a' * 2_000}", "url-invalid"),
        ("http://example.org/", "not-https"),
        ("ftp://example.org/", "url-scheme"),
        ("file:///etc/passwd", "url-scheme"),
        ("data:application/json,1", "url-scheme"),
        ("https://user:geheim@example.org/", "credentials"),
        ("https://user@example.org/", "credentials"),
    ],
)
def test_addresses_that_nobody_is_asked_for(url: str, kind: str) -> None:
    with Client(resolve=resolving(["8.8.8.8"])) as client:
        error = fault_of(client, url)
    assert (error.kind, error.exit_code) == (kind, 2)
    assert "geheim" not in error.in_language("zh") + str(error)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.1.2.3]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://169.254.169.254/latest/meta-data/",
    ],
)
def test_no_way_of_writing_an_address_leads_inside(only_here: None, url: str) -> None:
    with Client() as client:
        assert fault_of(client, url).kind == "address-refused"


def test_every_address_of_a_name_must_be_allowed() -> None:
    with Client(resolve=resolving(["8.8.8.8", "10.0.0.1"])) as client:
        error = fault_of(client, "https://example.org/circledata.json")
    assert (error.kind, error.params["address"], error.exit_code) == ("address-refused", "10.0.0.1", 2)


def test_a_name_that_nobody_knows(make_client: MakeClient) -> None:
    error = fault_of(make_client(resolve=resolving([]), retries=0), "http://nowhere.example/")
    assert (error.kind, error.params["host"]) == ("name-unknown", "nowhere.example")


def test_a_name_service_that_does_not_answer_is_left(make_client: MakeClient) -> None:
    import time

    client = make_client(resolve=lambda host, port: time.sleep(2) or ["127.0.0.1"], timeout_s=0.1, retries=0)
    assert fault_of(client, "http://slow.example/").kind == "timeout"


def test_the_connection_goes_to_the_address_that_was_checked(site: Site, make_client: MakeClient) -> None:
    """A name whose address changes after the check (DNS rebinding) gains nothing: it is asked for once only."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    site["/a"] = reply(b"good")
    url = f"http://district.example:{site.port}/a"
    assert make_client(resolve=resolve).get(url).path.read_bytes() == b"good"
    assert asked == ["district.example"]
    assert site.asked("/a")[0]["host"] == f"district.example:{site.port}"


def test_the_next_address_is_tried_when_one_takes_no_connection(site: Site, make_client: MakeClient) -> None:
    pytest_socket.socket_allow_hosts(["127.0.0.1", "127.0.0.2"])
    site["/a"] = reply(b"good")
    client = make_client(resolve=resolving(["127.0.0.2", "127.0.0.1"]), retries=0)
    assert client.get(f"http://district.example:{site.port}/a").path.read_bytes() == b"good"


def test_a_redirect_is_checked_anew(site: Site, make_client: MakeClient) -> None:
    site["/a"] = redirect("http://inside.example/secret")
    answers = {"127.0.0.1": ["127.0.0.1"], "inside.example": ["169.254.169.254"]}
    client = make_client(resolve=lambda host, port: answers[host])
    error = fault_of(client, site.url("/a"))
    assert (error.kind, error.url) == ("address-refused", "http://inside.example/secret")


def test_names_in_chinese_are_asked_for_in_their_ascii_form(site: Site, make_client: MakeClient) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    site["/%E5%87%89%E5%B7%9E/a.json"] = file(b"{}")
    assert make_client(resolve=resolve).get(f"http://便民.中国:{site.port}/凉州/a.json").path.read_bytes() == b"{}"
    assert asked == ["xn--wtq530e.xn--fiqs8s"]


def test_no_proxy_of_the_environment_unless_asked(
    site: Site, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    proxy = Site()
    proxy["http://district.example/a"] = reply(b"by proxy")
    monkeypatch.setenv("http_proxy", proxy.base)
    site["/a"] = reply(b"direct")
    resolve = resolving(["127.0.0.1"])
    url = f"http://district.example:{site.port}/a"
    assert make_client(resolve=resolve).get(url).path.read_bytes() == b"direct"
    assert proxy.requests == []
    client = make_client(resolve=resolve, environment_proxies=True)
    assert client.get("http://district.example/a").path.read_bytes() == b"by proxy"
    inside = make_client(resolve=resolving(["10.0.0.1"]), environment_proxies=True, allow_private=False)
    assert fault_of(inside, "http://district.example/a").kind == "address-refused"
    proxy.close()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secure(only_here: None, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[Site]:
    """A server for https://district.example, whose certificate this machine trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("district.example", "127.0.0.1").configure_cert(context)
    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    opened = Site(context)
    yield opened
    opened.close()


def test_the_certificate_is_that_of_the_name(secure: Site, make_client: MakeClient) -> None:
    secure["/a"] = reply(b"good")
    client = make_client(resolve=resolving(["127.0.0.1"]), https_only=True, retries=0)
    assert client.get(f"https://district.example:{secure.port}/a").path.read_bytes() == b"good"
    assert client.get(secure.url("/a")).path.read_bytes() == b"good"
    error = fault_of(client, f"https://other.example:{secure.port}/a")
    assert (error.kind, error.exit_code) == ("certificate", 3)
    assert "别的主机" in error.text.zh


def test_a_certificate_of_nobody_known_is_refused(
    secure: Site, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    client = make_client(resolve=resolving(["127.0.0.1"]), https_only=True, retries=0)
    assert fault_of(client, f"https://district.example:{secure.port}/a").kind == "certificate"


def test_nobody_is_led_out_of_encryption(secure: Site, site: Site, make_client: MakeClient) -> None:
    site["/a"] = reply(b"plain")
    secure["/a"] = redirect(site.url("/a"))
    error = fault_of(make_client(https_only=False), secure.url("/a"))
    assert (error.kind, site.requests) == ("redirect-insecure", [])


def test_a_plain_server_behind_https_is_told(site: Site, make_client: MakeClient) -> None:
    client = make_client(https_only=True, retries=0)
    assert fault_of(client, f"https://127.0.0.1:{site.port}/a").kind == "connect-failed"


def test_the_defaults_are_strict() -> None:
    options = Options()
    assert (options.https_only, options.allow_private, options.environment_proxies) == (True, False, False)
    assert options.max_redirects == 5


def test_what_is_shown_of_an_address_holds_no_secret() -> None:
    error = FetchError("not-found", "https://user:geheim@example.org/a?token=abc", status=404)
    assert error.in_language("zh") == "https://example.org/a?… 不存在（状态码 404）。"
    assert error.text.en == "There is no https://example.org/a?… (status 404)."
