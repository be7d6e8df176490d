"""The pages of figures and of comparisons in a real browser: both languages, dark and light, phone and paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from circledata.indicators.compare import compare
from circledata.indicators.compute import figures_of
from circledata.reports.compare_html import write
from circledata.reports.figures_html import write_html
from circledata.standard.model import Language

if TYPE_CHECKING:
    from playwright.sync_api import Page

EXAMPLES = Path(__file__).parents[2] / "examples"
HAN = re.compile("[\u4e00-\u9fff]")
PAGES = ("figures", "circles", "comparison")


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, Language], str]:
    """Write each page in both languages and return where it is."""
    folder = tmp_path_factory.mktemp("pages")
    demo = figures_of(EXAMPLES / "demo-district")
    circles = figures_of(EXAMPLES / "demo-district", by="circle")
    compared = compare([demo, figures_of(EXAMPLES / "broken-district"), figures_of(EXAMPLES / "liangzhou")])
    found: dict[tuple[str, Language], str] = {}
    languages: tuple[Language, Language] = ("zh", "en")
    for language in languages:
        for name in PAGES:
            path = folder / f"{name}.{language}.html"
            with path.open("w", encoding="utf-8", newline="") as stream:
                if name == "comparison":
                    write(compared, language, stream)
                else:
                    write_html([demo if name == "figures" else circles], language, stream)
            found[name, language] = path.as_uri()
    return found


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("language", "scheme"), [("zh", "light"), ("en", "dark")])
def test_nothing_serious_for_axe(
    new_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    addresses: dict[tuple[str, Language], str],
    name: str,
    language: Language,
    scheme: str,
) -> None:
    page = new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page.goto(addresses[name, language])
    for details in page.locator("details").all()[:3]:
        details.locator("summary").click()
    assert axe(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_needs_no_sideways_scrolling(
    new_page: Callable[..., Page], addresses: dict[tuple[str, Language], str], name: str
) -> None:
    page = new_page(viewport={"width": 360, "height": 780})
    for language in ("zh", "en"):
        page.goto(addresses[name, language])
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_language_is_switched_and_back(browser_page: Page, addresses: dict[tuple[str, Language], str]) -> None:
    page = browser_page
    page.goto(addresses["comparison", "zh"])
    assert page.title().startswith("指标比较 · demo-district")
    card = page.locator("#chain-rate")
    assert "可能来自数据" in card.inner_text() and not card.locator(".l-en:visible").count()
    page.click("#switch")
    assert page.get_attribute("html", "lang") == "en" and page.title().startswith("Comparison of indicators · ")
    assert "may be data" in card.inner_text()
    for text in page.locator("h2, h3, h4, .badge, .causes li, .tile, .why, dt").all_inner_texts():
        assert not HAN.search(text), text
    page.click("#switch")
    assert "可能来自数据" in card.inner_text()


def test_bars_are_as_long_as_their_values(browser_page: Page, addresses: dict[tuple[str, Language], str]) -> None:
    browser_page.goto(addresses["comparison", "zh"])
    bars = browser_page.locator("article#outlets svg rect:not(.track)")
    widths = [bar.evaluate("node => node.getBoundingClientRect().width") for bar in bars.all()]
    assert widths[1] / widths[0] == pytest.approx(10 / 572, abs=0.003)
    assert "未计算：没有这张表" in browser_page.locator("article#outlets").inner_text()


def test_without_script_everything_is_there(
    new_page: Callable[..., Page], addresses: dict[tuple[str, Language], str]
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(addresses["figures", "en"])
    assert page.locator("#switch").is_hidden() and page.locator(".l-zh:visible").count() == 0
    assert "19.50%" in page.locator("#chain-rate").inner_text()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_prints(new_page: Callable[..., Page], addresses: dict[tuple[str, Language], str], name: str) -> None:
    page: Any = new_page()
    page.goto(addresses[name, "zh"])
    content = page.pdf(format="A4", prefer_css_page_size=True)
    assert content.startswith(b"%PDF") and 1 < content.count(b"/Type /Page\n") < 40
