"""The HTML report in a real browser: read, followed, switched, filtered, searched, printed, listened to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from circledata import validate
from circledata.findings.model import Finding
from circledata.findings.report import Report, RuleCount, TableCount
from circledata.reports import FORMATS, Style
from circledata.standard.model import Language

if TYPE_CHECKING:
    from playwright.sync_api import Page

api = pytest.importorskip("playwright.sync_api")

EXAMPLES = Path(__file__).parents[2] / "examples"
HAN = re.compile("[\u4e00-\u9fff]")
SHOWN = "article.rule:not([hidden])"


def write(report: Report, folder: Path, language: Language = "zh") -> str:
    """Write the report and return its address on disk."""
    path = folder / f"report.{language}.html"
    with path.open("w", encoding="utf-8", newline="") as stream:
        FORMATS["html"](report, language, stream, Style(places=None))
    return path.as_uri()


def ready(page: Page) -> None:
    """Wait until the list can be filtered and the map is drawn. The page's policy forbids `wait_for_function`."""
    api.expect(page.locator("#status")).not_to_be_empty()
    api.expect(page.locator("html.scripted")).to_have_count(1)


@pytest.fixture(scope="module")
def broken() -> Report:
    return replace(validate(EXAMPLES / "broken-district", max_examples=None), label="broken-district")


@pytest.fixture(scope="module")
def address(broken: Report, tmp_path_factory: pytest.TempPathFactory) -> str:
    return write(broken, tmp_path_factory.mktemp("report"))


@pytest.fixture
def page(browser_page: Page, address: str) -> Page:
    browser_page.goto(address)
    ready(browser_page)
    return browser_page


def test_the_verdict_comes_first(page: Page) -> None:
    assert page.inner_text("h1") == "不通过：broken-district 不符合标准 1.0，有 11 处错误。"
    assert page.title() == "检查报告 · broken-district"
    assert page.get_attribute("html", "lang") == "zh-CN"
    first = page.locator("h1, h2, h3").first
    assert first.evaluate("node => node.tagName") == "H1"


def test_from_what_to_do_to_the_cell(page: Page) -> None:
    link = page.locator("#todo a", has_text="不是日期")
    link.click()
    assert page.evaluate("location.hash") == "#CD204"
    article = page.locator("#CD204")
    assert article.evaluate("node => node.getBoundingClientRect().top < innerHeight")
    row = article.locator("tbody tr")
    assert row.count() == 1
    assert "2024年3月1日" in row.inner_text()
    assert row.locator("kbd").inner_text() == "2024-03-01"
    row.locator("a").click()
    assert page.evaluate("document.activeElement.closest('tr').classList.contains('here')")


def test_the_language_is_switched_and_back(page: Page) -> None:
    page.click("#switch")
    assert page.inner_text("h1") == "Failed: broken-district does not conform to the standard 1.0: 11 errors."
    assert page.get_attribute("html", "lang") == "en"
    assert page.title() == "Check report · broken-district"
    for words in page.locator("h2, h3, thead th, legend, summary, label.field, .about, .tile, dt").all_inner_texts():
        assert not HAN.search(words), words
    assert page.locator("#CD203 tbody td").nth(2).inner_text().startswith("“Floor area")
    assert page.get_attribute("input[type=search]", "placeholder") == "id, name, value, line …"
    page.click("#switch")
    assert page.inner_text("h1").startswith("不通过")
    assert "营业面积" in page.locator("#CD203 tbody td").nth(2).inner_text()


def test_filter_by_level_table_and_rule(page: Page) -> None:
    visible = page.locator("article.rule:visible")
    assert visible.count() == 11
    page.select_option("select[name=table]", "subsidies")
    api.expect(page.locator(SHOWN)).to_have_count(1)
    assert visible.get_attribute("id") == "CD412"
    assert page.inner_text("#status") == "符合条件的有 1 处（在列出的 11 处里）。"
    page.click("button[type=reset]")
    assert visible.count() == 11
    page.select_option("select[name=rule]", "CD206")
    api.expect(page.locator(SHOWN)).to_have_count(1)
    page.click("button[type=reset]")
    page.uncheck("input[value=error]")
    api.expect(page.locator(SHOWN)).to_have_count(0)
    assert page.inner_text("#status") == "没有符合条件的。"


def test_search_finds_values_places_and_words(page: Page) -> None:
    for text, rule in (("85平方米", "CD203"), ("第 8 行", "CD302"), ("超过上限", "CD412"), ("CD310", "CD310")):
        page.fill("input[type=search]", text)
        api.expect(page.locator(SHOWN)).to_have_count(1)
        api.expect(page.locator(SHOWN)).to_have_id(rule)


def test_a_link_to_a_filtered_place_opens_it(page: Page) -> None:
    page.fill("input[type=search]", "85平方米")
    api.expect(page.locator(SHOWN)).to_have_count(1)
    page.click("#todo a[href='#CD204']")
    assert page.locator("#CD204").is_visible()
    assert page.input_value("input[type=search]") == ""


def test_the_map_and_the_list_know_each_other(page: Page) -> None:
    assert page.locator("#map canvas").count() == 1
    assert page.locator(".still").is_hidden()
    row = page.locator("#CD203 tbody tr")
    row.locator("button.onmap").click()
    popup = page.locator(".leaflet-popup-content")
    popup.wait_for()
    assert "第 12 行" in popup.inner_text()
    popup.locator("a", has_text="不是数字").click()
    assert page.evaluate("document.activeElement.closest('article').id") == "CD203"


def test_without_script_the_report_is_whole(new_page: Callable[..., Page], address: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(address)
    assert page.inner_text("h1").startswith("不通过")
    assert page.locator("article.rule tbody tr:visible").count() == 11
    assert page.locator(".still svg").is_visible()
    assert page.locator("#filter").is_hidden()
    assert page.locator("noscript p").is_visible()
    assert page.locator(".l-en:visible").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_serious_for_axe(
    new_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    address: str,
    scheme: str,
    width: int,
    language: str,
) -> None:
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(address)
    ready(page)
    if language == "en":
        page.click("#switch")
    for details in page.locator("summary").all():
        details.click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "findings"
    page.locator("#switch").focus()
    page.keyboard.press("Enter")
    assert page.get_attribute("html", "lang") == "en"


def test_nothing_is_wider_than_the_paper(page: Page) -> None:
    page.set_viewport_size({"width": 687, "height": 1000})  # A4 less its margins, at 96 dots per inch
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    wide = page.evaluate(
        "[...document.querySelectorAll('main *, footer *, header *')].filter(node => node.getClientRects().length && "
        "!node.closest('svg') && !node.closest('.visually-hidden') && node.getBoundingClientRect().right > 688)"
        ".map(node => node.outerHTML.slice(0, 120))"
    )
    assert wide == []
    assert page.locator("#CD420 tbody tr").is_visible()
    assert page.locator(".still").is_visible()
    assert page.locator("#filter").is_hidden()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


class Many:
    """Findings made as they are read, with a hundred thousand different values."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __iter__(self) -> Iterator[Finding]:
        for n in range(self.count):
            yield Finding(
                *("CD203", "error", "outlets", "outlets.csv", None, n + 2, "floor_area_m2", 21, f"{n}平方米"),
                params={"suggestion": str(n)},
            )


def test_many_findings_do_not_fill_the_page(browser_page: Page, broken: Report, tmp_path: Path) -> None:
    total, listed = 60_000, 55_000
    report = replace(
        broken,
        counts={"error": total, "warning": 0, "advice": 0},
        rules=[RuleCount("CD203", "not-a-number", "error", total)],
        table_counts=[TableCount("outlets", "CD203", total)],
        findings=Many(listed),
    )
    browser_page.goto(write(report, tmp_path))
    ready(browser_page)
    assert browser_page.inner_text("#status") == "共 60,000 处，本报告列出 55,000 处。"
    rows = browser_page.locator("#CD203 tbody tr")
    assert rows.count() == 10
    browser_page.click("#CD203 .more")
    assert rows.count() == 60
    assert browser_page.inner_text("#CD203 .shown") == "共 60,000 处，本报告收入 55,000 处，这里显示 60 处。"
    assert browser_page.evaluate("document.activeElement.closest('tr').id") == "f10"
    browser_page.fill("input[type=search]", "54321平方米")
    api.expect(rows).to_have_count(1)
    assert rows.locator("kbd").inner_text() == "54321"
    # An address that names the last of them opens it.
    browser_page.evaluate("location.hash = '#f54999'")
    browser_page.wait_for_selector("tr.here")
    assert "54999平方米" in browser_page.inner_text("tr.here")
    assert browser_page.locator("tr").count() < 200
