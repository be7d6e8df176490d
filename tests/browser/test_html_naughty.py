"""Naughty strings in a real browser: nothing of them runs, everything of them is shown."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from circledata import validate
from circledata.reports import FORMATS, Style
from circledata.reports.layout import shorten
from circledata.standard import load_standard
from circledata.standard.cases import Case, write_case

sys.path.append(str(Path(__file__).parents[1] / "reports"))
from naughty import NAUGHTY

if TYPE_CHECKING:
    from playwright.sync_api import Page

api = pytest.importorskip("playwright.sync_api")
NAMES = [text for text in NAUGHTY if "\udc80" not in text and "\x00" not in text]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A package whose outlets have all the names, each with a faulty status that is the same text again."""
    folder = tmp_path_factory.mktemp("naughty")
    rows = [
        {
            **{"name": text, "status": text, "address": f"东大街{number}号", "circle_id": "620602-C001"},
            **{"longitude": f"102.64{number:02d}", "latitude": f"37.92{number:02d}"},
        }
        for number, text in enumerate(NAMES, start=10)
    ]
    circles = [{"circle_id": "620602-C001", "name": NAMES[0], "longitude": "102.6425", "latitude": "37.9225"}]
    case = Case("", "", True, tables={"circles": circles, "outlets": rows}, files={}, geojson=None, package={})
    report = replace(validate(write_case(case, load_standard(), folder / "package"), max_examples=None), label=NAMES[1])
    path = folder / "report.html"
    with path.open("w", encoding="utf-8", newline="") as stream:
        FORMATS["html"](report, "zh", stream, Style())
    return path.as_uri()


def test_nothing_runs_and_everything_is_shown(browser_page: Page, address: str) -> None:
    page = browser_page
    page.goto(address)
    api.expect(page.locator("html.scripted")).to_have_count(1)
    assert NAMES[1] in page.inner_text("h1")
    while page.locator("#CD206 .more:visible").count():
        page.click("#CD206 .more")
    shown = page.locator("#CD206 td.value").all_inner_texts()
    wanted = [shorten(text, 200) for text in NAMES if text.strip()]
    assert {" ".join(text.split()) for text in wanted} <= {" ".join(text.split()) for text in shown}
    page.click("#switch")
    page.click("#switch")
    for term in ("<script>", '"><img', "{{ 7", "\\", "__proto__"):
        page.fill("input[type=search]", term)
        api.expect(page.locator("#CD206")).to_be_visible()
        api.expect(page.locator("#CD206 tbody tr").first).to_contain_text(term)
    assert page.evaluate("window.hurt") is None
    assert page.locator("script").count() == 8


def test_popups_of_the_map_show_names_as_text(browser_page: Page, address: str) -> None:
    page = browser_page
    page.goto(address)
    api.expect(page.locator("html.scripted")).to_have_count(1)
    page.locator("#CD206 button.onmap").first.click()
    name = page.locator(".leaflet-popup-content b")
    api.expect(name).to_contain_text("<script>window.hurt = 1</script>")
    assert page.locator(".circle-name").inner_text() == shorten(NAMES[0], 24)
    assert page.evaluate("window.hurt") is None
