"""The example app in a real browser: it needs nothing but the address of a circledata.json."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_socket

from circledata.feeds import publish

if TYPE_CHECKING:
    from playwright.sync_api import Page

from feed_site import RELEASE, circle, outlet, served, write_site

api = pytest.importorskip("playwright.sync_api")

EXAMPLES = Path(__file__).parents[2] / "examples"
APP = EXAMPLES / "app"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A web server's folder with the app in one place and a published district in another."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copytree(APP, folder / "app")
    publish(EXAMPLES / "demo-district", folder / "data" / "district")
    return folder


@pytest.fixture
def address(socket_enabled: None) -> Iterator[Callable[[Path], tuple[str, list[str]]]]:
    pytest_socket.socket_allow_hosts(["127.0.0.1"])
    running = []

    def start(folder: Path) -> tuple[str, list[str]]:
        serving = served(folder)
        running.append(serving)
        return serving.__enter__()

    yield start
    for serving in running:
        serving.__exit__(None, None, None)
    pytest_socket.disable_socket(allow_unix_socket=True)


def test_all_of_it_is_less_than_150_lines() -> None:
    lines = [
        line for path in (APP / "index.html", APP / "app.js") for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert len(lines) < 150
    assert max(map(len, lines)) <= 160
    assert sorted(path.name for path in APP.iterdir()) == ["README.en.md", "README.md", "app.js", "index.html"]


def test_it_shows_the_repairers_of_a_district(demo: Path, address: Any, browser_page: Page, axe: Any) -> None:
    url, asked = address(demo)
    page = browser_page
    page.goto(url + "app/index.html?feed=../data/district/circledata.json")
    found = json.loads((demo / "data/district/circledata.json").read_text(encoding="utf-8"))
    feed = next(feed for feed in found["feeds"] if feed["name"] == "category-repair")
    features = json.loads((demo / "data/district" / feed["url"]).read_text(encoding="utf-8"))["features"]
    open_ = [feature for feature in features if feature["properties"]["status"] == "open"]
    api.expect(page.locator("#about")).to_have_text(
        f"circledata 贡献者 · 凉州区 · 2024-12-31 · CC-BY-4.0（虚构数据）：{len(open_)} 个"
    )
    assert page.locator("#list li").count() == len(open_) > 10
    assert page.locator("#map .outlet").count() == len(open_)
    assert page.locator("#map .circle").count() == 12
    assert page.locator("#map .outlet title").first.text_content() == open_[0]["properties"]["name"]
    release = f"/data/district/releases/{found['release']}/"
    paths = [path for path in asked if path.startswith("/data")]
    assert paths == [
        "/data/district/circledata.json",
        release + "circles.geojson",
        release + "categories/repair.geojson",
    ]
    page.hover("#list li")
    assert page.locator("#map .outlet.chosen").count() == 1
    page.select_option("#category", "category-pharmacy")
    api.expect(page.locator("#list li").first).to_contain_text("药")
    assert axe(page) == []


def test_absolute_addresses_are_followed(tmp_path: Path, address: Any, browser_page: Page) -> None:
    url, _ = address(tmp_path)
    publish(EXAMPLES / "demo-district", tmp_path / "site", base_url=url + "site/")
    shutil.copytree(APP, tmp_path / "app")
    browser_page.goto(url + f"app/index.html?feed={url}site/releases/../circledata.json")
    api.expect(browser_page.locator("#list li").first).to_be_visible()


def test_names_are_text(tmp_path: Path, address: Any, browser_page: Page) -> None:
    name = "<img src=x onerror=window.hurt=1>"
    site = write_site(
        tmp_path,
        [outlet(1, name=name, phone="javascript:1")],
        [circle(1, name=name)],
        publisher={"name": name, "url": None},
    )
    found = json.loads((site / "circledata.json").read_text(encoding="utf-8"))
    found["feeds"][1] |= {"name": "category-repair", "category": "repair"}
    (site / "circledata.json").write_text(json.dumps(found), encoding="utf-8")
    shutil.copytree(APP, site / "app")
    url, _ = address(site)
    browser_page.goto(url + "app/index.html?feed=../circledata.json")
    api.expect(browser_page.locator("#list li")).to_contain_text(name)
    assert browser_page.evaluate("window.hurt") is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"type": "manifest"}, "没有读到：not a circledata.json 1.x"),
        ({"feeds": []}, "没有按业态分的网点"),
    ],
)
def test_what_cannot_be_read_is_said(
    tmp_path: Path, address: Any, browser_page: Page, change: dict[str, Any], words: str
) -> None:
    site = write_site(tmp_path, [outlet(1)], [circle(1)], **change)
    shutil.copytree(APP, site / "app")
    url, _ = address(site)
    browser_page.goto(url + "app/index.html?feed=../circledata.json")
    api.expect(browser_page.locator("#about")).to_contain_text(words)


def test_a_changed_file_is_refused(tmp_path: Path, address: Any, browser_page: Page, page_log: Any) -> None:
    site = write_site(tmp_path, [outlet(1)], [circle(1)])
    (site / "releases" / RELEASE / "circles.geojson").write_text('{"features":[]}', encoding="utf-8")
    shutil.copytree(APP, site / "app")
    url, _ = address(site)
    browser_page.goto(url + "app/index.html?feed=../circledata.json")
    api.expect(browser_page.locator("#about")).to_contain_text("没有读到")
    assert any("integrity" in error for error in page_log.errors)
    page_log.errors.clear()
