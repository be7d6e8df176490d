"""The page of figures: self-contained, in both languages, with nothing computed that was not."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "indicators"))

from compare_sample import amount, none, package, share

from circledata.indicators.compute import figures_of
from circledata.indicators.model import Figures
from circledata.reports.figures_html import write_html
from circledata.standard.model import LANGUAGES, Language

EXAMPLES = Path(__file__).parents[2] / "examples"


def page_of(figures: list[Figures], language: Language = "zh") -> str:
    stream = io.StringIO()
    write_html(figures, language, stream)
    return stream.getvalue()


def card(page: str, name: str) -> str:
    found = re.search(f'<article class="card[^"]*" id="{name}">(.*?)</article>', page, re.DOTALL)
    assert found, name
    return found[1]


@pytest.fixture(scope="module")
def demo() -> list[Figures]:
    return [figures_of(EXAMPLES / "demo-district"), figures_of(EXAMPLES / "demo-district", by="circle")]


def test_no_id_stands_twice(demo: list[Figures]) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page_of(demo))
    assert len(ids) == len(set(ids)) > 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_for_nothing(demo: list[Figures], language: Language) -> None:
    for figures in (demo[:1], demo[1:], demo):
        page = page_of(figures, language)
        assert not re.search(r"(?:src|href)=\"(?!#)", page) and not re.search("https?:(?!//[^<]*</d)", page)
        assert "url(" not in page and page.count("<script") == 2
        assert page == page_of(figures, language)


def test_one_figure_is_a_number_and_a_breakdown_a_chart(demo: list[Figures]) -> None:
    page = page_of(demo[:1])
    assert '<p class="figure">19.50%</p>' in card(page, "chain-rate")
    assert "填了 564/572（99%），补齐后可能是 19.23%～20.63%" in card(page, "chain-rate")
    grades = card(page, "circles-by-grade")
    assert grades.count('<rect class="tone-0"') == 3 and "填了 6/12（50%）" in grades
    assert "示例区便民生活圈（虚构数据）" in page and "虚构数据，不说明任何真实的地方。" in page


def test_circles_stand_below_each_other_and_what_they_lack_is_named(demo: list[Figures]) -> None:
    page = page_of(demo)
    rates = card(page, "chain-rate")
    assert "示例青禾" in rates and rates.count("<svg") == 14  # the whole, twelve circles, and outside of them
    lacks = page[page.index('id="lacks"') :]
    assert "示例柳堤 620602-C911" in lacks and "旅游服务点" in lacks and "Travel service" in lacks


def test_what_was_not_computed_says_why_and_is_no_bar() -> None:
    page = page_of([package("p", none("chain-rate", "table-missing"), amount("outlets", 0))])
    assert "未计算：没有这张表" in card(page, "chain-rate") and "not computed: table missing" in page
    assert "<rect" not in card(page, "chain-rate") and '<p class="figure">0 ' in card(page, "outlets")


def test_errors_and_dates_are_said() -> None:
    page = page_of([package("p", amount("outlets", 3), as_of=None, errors=12)])
    assert "检查有 12 处错误" in page and "截止日期不明" in page
    assert "检查没有错误" not in page


def test_two_packages_stand_side_by_side() -> None:
    page = page_of(
        [package("a", share("chain-rate", 1, 4, 4), title="东区"), package("b", share("chain-rate", 3, 4, 4))]
    )
    assert [float(width) for width in re.findall(r'class="tone-0" width="([0-9.]+)"', card(page, "chain-rate"))] == [
        25,
        75,
    ]
    assert "东区" in card(page, "chain-rate")


def test_no_more_places_are_drawn_than_can_be_read() -> None:
    places = [(f"620602-C{number}", None) for number in range(1, 101)]
    figures = [amount("outlets", number, place=code) for number, (code, _) in enumerate(places)]
    page = page_of([package("p", *figures, scope="circle", places=places)])
    assert card(page, "outlets").count("<svg") == 60 and "另有 40 个没有画出来" in page


def test_names_are_escaped() -> None:
    evil = "<script>alert(1)</script>"
    figures = [amount("outlets", 1, place="C1"), amount("outlets", 2, place="C2")]
    page = page_of([package(evil, *figures, scope="circle", places=[("C1", evil), ("C2", "二\u202e")], title=evil)])
    assert evil not in page and "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "\u202e" not in page


def test_english_parts_of_the_page_have_no_chinese(demo: list[Figures]) -> None:
    page = page_of(demo[:1], "en")
    body = page[page.index("<body>") : page.index('<script type="application/json"')]
    own = re.sub(r'<span class="l-zh".*?</span>', "", body)
    for name in ("示例区便民生活圈（虚构数据）", *demo[0].circle_names.values()):
        own = own.replace(name, "")
    left = re.findall("[\u4e00-\u9fff]+", re.sub(r"<button.*?</button>", "", own))
    assert left == []
