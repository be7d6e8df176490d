"""The page of a published site in a real browser: filtered, searched, followed, switched, without script, naughty."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_socket

from circledata.feeds import publish
from circledata.feeds.page import render

sys.path.append(str(Path(__file__).parents[1] / "reports"))
from feed_site import RELEASE, circle, outlet, served, write_site
from naughty import NAUGHTY

if TYPE_CHECKING:
    from playwright.sync_api import Page

api = pytest.importorskip("playwright.sync_api")

EXAMPLES = Path(__file__).parents[2] / "examples"
HAN = re.compile("[\u4e00-\u9fff]")
NAMES = [text for text in NAUGHTY if "\udc80" not in text]
# 17 December 2024 is a Tuesday; 08:00 in Beijing.
TUESDAY_8 = 1_734_393_600_000
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    publish(EXAMPLES / "demo-district", folder / "site")
    return folder / "site"


@pytest.fixture
def opened(socket_enabled: None, new_page: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Return a function that serves a site and opens its page, ready to be used."""
    pytest_socket.socket_allow_hosts(["127.0.0.1"])
    running = []

    def start(site: Path, path: str = "", *, now: int = TUESDAY_8, wait: bool = True, **options: Any) -> Page:
        serving = served(site)
        address, asked = serving.__enter__()
        running.append(serving)
        page = new_page(**{"viewport": {"width": 1280, "height": 900}, "locale": "zh-CN", **options})
        page.add_init_script(f"Date.now = () => {now}")
        page.goto(address + path)
        if wait:
            page.locator("html.ready").wait_for()
        page.asked = asked  # type: ignore[attr-defined]
        return page

    yield start
    for serving in running:
        serving.__exit__(None, None, None)
    pytest_socket.disable_socket(allow_unix_socket=True)


def status(page: Page, words: str) -> None:
    api.expect(page.locator("#status")).to_have_text(words)


def test_what_this_is_comes_first(opened: Callable[..., Page], demo: Path, axe: Callable[[Page], list[str]]) -> None:
    page = opened(demo)
    assert page.inner_text("h1") == "示例区便民生活圈（虚构数据）"
    assert page.title() == "示例区便民生活圈（虚构数据）"
    assert page.inner_text(".mark.synthetic") == "虚构数据，不是真实情况。"
    told = page.inner_text(".basis")
    for words in ("circledata 贡献者", "凉州区", "2024-12-31", "CC-BY-4.0", "602"):
        assert words in told
    assert page.locator(".mark.draft:visible").count() == 0
    status(page, "找到 572 个网点")
    assert page.locator("#circle-rows tr").count() == 12
    assert "连锁化率" in page.inner_text("#indicator-rows")
    assert "网点资料完整率" in page.inner_text("#quality-rows")
    assert axe(page) == []


def test_nothing_but_files_of_the_site_is_asked_for(opened: Callable[..., Page], demo: Path) -> None:
    page = opened(demo)
    paths = [path for path in page.asked if path != "/favicon.ico"]  # type: ignore[attr-defined]
    release = json.loads((demo / "circledata.json").read_text(encoding="utf-8"))["release"]
    wanted = ["circles.geojson", "outlets.geojson", "indicators.json", "package/categories.csv"]
    assert sorted(paths) == sorted(["/", "/circledata.json", *(f"/releases/{release}/{name}" for name in wanted)])


def test_filter_by_class_and_kind(opened: Callable[..., Page], demo: Path) -> None:
    page = opened(demo)
    page.locator(".kinds label", has_text="公共服务").click()
    status(page, "找到 17 个网点")
    page.locator(".kinds label", has_text="全部").click()
    page.click("summary:has(#chosen)")
    chip = page.locator("#categories label", has_text="药店")
    assert re.fullmatch(r"药店 [0-9]+", chip.inner_text())
    chip.click()
    page.locator("#categories label", has_text="早餐车").click()
    total = sum(
        int(page.locator("#categories label", has_text=name).inner_text().split()[-1]) for name in ("药店", "早餐车")
    )
    status(page, f"找到 {total} 个网点")
    assert page.inner_text("#chosen") == "(2)"
    page.click("button[type=reset]")
    status(page, "找到 572 个网点")


def test_a_local_kind_stands_in_its_class(opened: Callable[..., Page], demo: Path) -> None:
    page = opened(demo)
    page.click("summary:has(#chosen)")
    basic = page.locator("#categories fieldset", has=page.locator("legend", has_text="基本保障类"))
    assert "示例牛肉面馆" in basic.inner_text()
    # Its own row has no class, that of its standard parent holds.
    assert "示例节庆摊点" in basic.inner_text()


def test_filter_by_circle_service_and_state(opened: Callable[..., Page], tmp_path: Path) -> None:
    outlets = [
        outlet(1, circle_id="620602-C001", services="parcel;printing", opening_hours="Mo-Su 07:00-22:00"),
        outlet(
            2, circle_id="620602-C002", other_circles="620602-C001", accessible=True, opening_hours="Tu 09:00-10:00"
        ),
        outlet(3, circle_id="620602-C002", accessible=False, opening_hours="whenever"),
        outlet(4, circle_id="620602-C002", status="closed"),
    ]
    page = opened(write_site(tmp_path, outlets, [circle(1), circle(2, lon=103.2)]))
    status(page, "找到 3 个网点")
    page.click("summary:has(#chosen)")
    page.select_option("#circle", "620602-C001")
    status(page, "找到 2 个网点")
    page.select_option("#circle", "")
    assert page.locator("#service option").all_inner_texts() == ["不限", "快递代收代发", "打印复印", "无障碍"]
    page.select_option("#service", "accessible")
    status(page, "找到 1 个网点")
    assert page.inner_text("#list b") == "示例店2"
    page.select_option("#service", "printing")
    api.expect(page.locator("#list b")).to_have_text("示例店1")
    page.select_option("#service", "")
    page.check("[name=all]")
    status(page, "找到 4 个网点")
    page.check("[name=open]")
    status(page, "找到 1 个网点")
    assert page.inner_text("#list .now") == "营业中，到 22:00"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("优家", "甲"),
        ("东大街 12", "乙"),
        ("ＡＢＣ", "丙"),
        ("abc", "丙"),
        ("药", "丁"),
        ("pharm", "丁"),
        ("O000004", "丁"),
    ],
)
def test_search_by_name_address_brand_and_kind(
    opened: Callable[..., Page], tmp_path: Path, text: str, found: str
) -> None:
    outlets = [
        outlet(1, name="甲", brand="示例优家"),
        outlet(2, name="乙", address="东大街一段 12 号"),
        outlet(3, name="丙 Abc"),
        outlet(4, name="丁", category="pharmacy"),
    ]
    page = opened(write_site(tmp_path, outlets, [circle(1)]))
    page.fill("input[type=search]", text)
    status(page, "找到 1 个网点")
    assert page.inner_text("#list b").startswith(found)
    page.fill("input[type=search]", "没有这样的店")
    status(page, "没有符合条件的网点")


def test_an_outlet_tells_all_about_itself(
    opened: Callable[..., Page], tmp_path: Path, axe: Callable[[Page], list[str]]
) -> None:
    told = outlet(
        *(1,),
        **{
            "name": "示例店",
            "address": "东大街 1 号",
            "phone": "0935-1234567;+86 935 7654321",
            "circle_id": "620602-C001",
        },
        **{"opening_hours": "Mo-Fr 08:30-12:00,14:00-18:00; Sa 22:00-02:00; PH closed", "services": "parcel;x-own"},
        **{"age_friendly": True, "accessible": True, "mother_baby": False, "chain": "franchise", "brand": "优家"},
        **{"verified_on": "2024-10-14", "source": "街道普查", "mobility": "kiosk", "lon": 103.106234, "lat": 38.056149},
    )
    page = opened(write_site(tmp_path, [told], [circle(1)]))
    page.click("#list button")
    panel = page.locator("#outlet")
    assert page.evaluate("document.activeElement.id") == "outlet"
    words = panel.inner_text()
    for part in ("东大街 1 号", "快递代收代发", "x-own", "加盟", "优家", "2024-10-14", "街道普查"):
        assert part in words
    assert panel.locator(".hours li").all_inner_texts() == [
        *("周一至周五 08:30–12:00、14:00–18:00", "周六 22:00–次日 02:00", "法定节假日 休息"),
    ]
    assert panel.locator(".tags").last.inner_text().split() == ["适老服务", "无障碍"]
    assert panel.locator("a[href^=tel]").evaluate_all("all => all.map(a => a.getAttribute('href'))") == [
        *("tel:09351234567", "tel:+869357654321"),
    ]
    assert page.url.endswith("#620602-O000001")
    assert axe(page) == []
    page.keyboard.press("Escape")
    api.expect(panel).to_be_hidden()
    assert page.evaluate("document.activeElement.className") == "outlet"
    assert "#" not in page.url


def test_an_address_leads_to_an_outlet(opened: Callable[..., Page], demo: Path) -> None:
    page = opened(demo, "#620602-O900003", viewport=PHONE, has_touch=True)
    assert page.inner_text("#outlet-title") == "示例优家便利店（青禾003店）"
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_links_lead_to_map_apps_and_nothing_is_asked_of_them(opened: Callable[..., Page], tmp_path: Path) -> None:
    from circledata.values.coordinates import wgs84_to_gcj02

    page = opened(write_site(tmp_path, [outlet(1, name="甲;乙,(丙)&丁", lon=103.1, lat=38.05)], [circle(1)]))
    page.click("#list button")
    links = page.locator(".routes a")
    hrefs = links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
    lon, lat = (f"{degrees:.6f}" for degrees in wgs84_to_gcj02(103.1, 38.05))
    name = "%E7%94%B2%20%E4%B9%99%20%20%E4%B8%99%20%26%E4%B8%81"
    assert hrefs == [
        f"geo:38.050000,103.100000?q=38.050000,103.100000({name})",
        f"https://uri.amap.com/marker?position={lon},{lat}&name={name}&coordinate=gaode&callnative=1",
        f"https://api.map.baidu.com/marker?location={lat},{lon}&title={name}&content={name}&output=html&coord_type=gcj02",
        f"https://apis.map.qq.com/uri/v1/marker?marker=coord:{lat},{lon};title:{name};addr:{name}&referer=circledata",
    ]
    assert links.evaluate_all("all => all.slice(1).every(a => a.rel === 'noopener noreferrer')")


def test_places_are_shifted_as_the_tool_shifts_them(browser_page: Page) -> None:
    from circledata.values.coordinates import UNSHIFTED_BOXES, wgs84_to_gcj02

    script = (Path(render.__code__.co_filename).parent / "static" / "places.js").read_text(encoding="utf-8")
    places = [(lon / 7, lat / 7) for lon in range(500, 960, 9) for lat in range(100, 385, 9)]
    places += [(114.17, 22.3), (113.55, 22.2), (121.5, 25.03), (2.35, 48.85)]
    got = browser_page.evaluate(
        f"([places, boxes]) => {{ const data = () => boxes; {script}; return places.map(([x, y]) => toGcj02(x, y)); }}",
        [places, UNSHIFTED_BOXES],
    )
    for place, (lon, lat) in zip(places, got, strict=True):
        assert (lon, lat) == pytest.approx(wgs84_to_gcj02(*place), abs=1e-9)


def test_near_me_is_asked_only_on_a_click(opened: Callable[..., Page], tmp_path: Path) -> None:
    outlets = [outlet(1, lon=103.1, lat=38.05), outlet(2, lon=103.101, lat=38.05), outlet(3, lon=None)]
    here = {"latitude": 38.05, "longitude": 103.1012}
    page = opened(write_site(tmp_path, outlets, [circle(1)]), geolocation=here, permissions=["geolocation"])
    page.evaluate(
        """() => { window.asked = 0;
        const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
        navigator.geolocation.getCurrentPosition = (...all) => { window.asked++; ask(...all); }; }"""
    )
    status(page, "找到 3 个网点；1 个没有坐标，不在图上")
    assert page.evaluate("asked") == 0
    page.click("#near")
    status(page, "找到 3 个网点；按到您的位置的距离排列；1 个没有坐标，不在图上")
    assert page.evaluate("asked") == 1
    assert page.locator("#list b").all_inner_texts() == ["示例店2", "示例店1", "示例店3"]
    assert "20 米" in page.locator("#list .known").first.inner_text()
    page.click("button[type=reset]")
    status(page, "找到 3 个网点；1 个没有坐标，不在图上")
    assert page.locator("#list b").first.inner_text() == "示例店1"


def test_a_refusal_is_taken_gracefully_and_the_map_serves_instead(opened: Callable[..., Page], tmp_path: Path) -> None:
    outlets = [outlet(1, lon=103.096, lat=38.047), outlet(2, lon=103.104, lat=38.053)]
    page = opened(write_site(tmp_path, outlets, [circle(1)]))
    page.click("#near")
    api.expect(page.locator("#near-status")).to_have_text("没有得到定位许可。可以在地图上点一下您所在的地方。")
    box = page.locator("#map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.2)
    status(page, "找到 2 个网点；按到所点的地方的距离排列")
    assert page.locator("#list b").first.inner_text() == "示例店2"
    page.click("#centre")
    status(page, "找到 2 个网点；按到地图中心的距离排列")


def test_a_click_on_the_map_opens_an_outlet_or_what_lies_close_together(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    outlets = [outlet(number, lon=103.1, lat=38.05) for number in (1, 2)]
    page = opened(write_site(tmp_path, outlets, [circle(1)]))
    box = page.locator("#map").bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(*middle)
    assert page.inner_text("#outlet-title") == "示例店1"
    page.mouse.click(*middle)
    assert page.inner_text("#outlet-title") == "示例店2"


def test_the_language_is_switched_and_remembered(opened: Callable[..., Page], tmp_path: Path) -> None:
    outlets = [outlet(1, name="Shop", opening_hours="Mo-Su 07:00-22:00", address="East Street")]
    page = opened(write_site(tmp_path, outlets, [circle(1, name="Circle")], publisher={"name": "Bureau", "url": None}))
    page.click("#list button")
    page.click("#switch")
    assert page.get_attribute("html", "lang") == "en"
    assert page.title() == page.inner_text("h1") == "Living circles of Sample District"
    status(page, "1 outlet found")
    assert "Open until 22:00" in page.inner_text("#outlet")
    left = page.locator("body").inner_text().replace(page.inner_text("#switch"), "")
    assert not HAN.search(left), HAN.findall(left)
    page.reload()
    page.locator("html.ready").wait_for()
    assert page.get_attribute("html", "lang") == "en"
    page.click("#switch")
    assert page.inner_text("h1") == "示例区便民生活圈"


def test_by_keyboard_alone(opened: Callable[..., Page], demo: Path) -> None:
    page = opened(demo)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到查找Skip to the search"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "search"
    page.keyboard.type("修鞋")
    api.expect(page.locator("#status")).to_contain_text("找到 10 个网点")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "outlet":
            break
    page.keyboard.press("Enter")
    assert "修鞋" in page.inner_text("#outlet")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "outlet"


def test_without_script_facts_and_downloads_are_there(opened: Callable[..., Page], demo: Path) -> None:
    page = opened(demo, wait=False, java_script_enabled=False)
    words = page.inner_text("body")
    for part in ("示例区便民生活圈", "虚构数据，不是真实情况。", "2024-12-31", "浏览器没有运行脚本", "整个数据包"):
        assert part in words
    assert page.locator("#find-section").is_hidden()
    found = json.loads((demo / "circledata.json").read_text(encoding="utf-8"))
    links = page.locator("#downloads a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert {feed["url"] for feed in found["feeds"]} <= set(links)
    for feed in found["feeds"]:
        assert (demo / feed["url"]).stat().st_size == feed["bytes"]
        assert feed["sha256"] in page.content()


def test_a_copy_of_a_site_reads_its_own_files(opened: Callable[..., Page], tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", [outlet(1)], [circle(1)])
    text = (site / "circledata.json").read_text(encoding="utf-8")
    found = json.loads(
        text.replace(f'"releases/{RELEASE}/', f'"https://data.example.gov.cn/circles/releases/{RELEASE}/')
    )
    (site / "circledata.json").write_text(json.dumps(found), encoding="utf-8")
    (site / "index.html").write_text(render(found, "zh"), encoding="utf-8")
    page = opened(site)
    status(page, "找到 1 个网点")
    assert page.locator("#downloads a").first.get_attribute("href") == f"releases/{RELEASE}/circles.geojson"


def test_draft_and_errors_are_said_plainly(opened: Callable[..., Page], tmp_path: Path) -> None:
    quality = {"valid": False, "error": 3, "warning": 0, "advice": 0}
    page = opened(write_site(tmp_path, [outlet(1)], [circle(1)], draft=True, synthetic=False, quality=quality))
    assert page.locator(".mark:visible").all_inner_texts() == ["草稿：还没有通过检查，仅供试用。", "数据里有错误。"]
    assert page.locator(".tile.error").inner_text().split() == ["3", "错误"]


def test_a_file_that_was_changed_is_not_read(opened: Callable[..., Page], tmp_path: Path, page_log: Any) -> None:
    site = write_site(tmp_path, [outlet(1)], [circle(1)])
    path = site / "releases" / RELEASE / "outlets.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace("示例店1", "别的店1"), encoding="utf-8")
    page = opened(site, wait=False)
    api.expect(page.locator("#wait.failed")).to_contain_text("数据没有读到")
    assert page.locator("#wait button").is_visible()
    assert any("integrity" in error for error in page_log.errors)
    page_log.errors.clear()


def test_a_newer_release_is_said(opened: Callable[..., Page], tmp_path: Path) -> None:
    site = write_site(tmp_path, [outlet(1)], [circle(1)])
    html = (site / "index.html").read_text(encoding="utf-8")
    (site / "index.html").write_text(
        html.replace(f'data-release="{RELEASE}"', 'data-release="before"'), encoding="utf-8"
    )
    page = opened(site)
    assert page.inner_text("#newer") == "数据刚刚更新，请重新打开这个页面。"


@pytest.mark.parametrize("form", ["lines", "one line", "indented"])
def test_features_are_read_however_they_are_written(opened: Callable[..., Page], tmp_path: Path, form: str) -> None:
    site = write_site(tmp_path, [outlet(number) for number in range(1, 41)], [circle(1)])
    path = site / "releases" / RELEASE / "outlets.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    if form != "lines":
        path.write_text(
            json.dumps(collection, ensure_ascii=False, indent=1 if form == "indented" else None), encoding="utf-8"
        )
    found = json.loads((site / "circledata.json").read_text(encoding="utf-8"))
    for feed in found["feeds"]:
        feed["sha256"] = ""
    (site / "circledata.json").write_text(json.dumps(found), encoding="utf-8")
    page = opened(site)
    status(page, "找到 40 个网点")
    assert page.locator("#list b").first.inner_text() == "示例店1"


def test_naughty_texts_are_shown_and_do_nothing(opened: Callable[..., Page], tmp_path: Path) -> None:
    keys = ("name", "address", "brand", "opening_hours", "phone", "services", "source", "chain", "category", "mobility")
    outlets = [outlet(n, **dict.fromkeys(keys, text), circle_id="620602-C001") for n, text in enumerate(NAMES)]
    for feature, text in zip(outlets, NAMES, strict=True):
        feature["properties"] |= {"category_title_zh": text, "category_title_en": text}
    figure = {"scope": "package", "place": None, "item": None, "value": 1, "known": 1, "records": 2, "reason": None}
    indicators = {
        "indicators": [
            {"name": f"i{n}", "group": text, "title": {"zh": text, "en": text}, "unit": text, "decimals": 2, "by": None}
            for n, text in enumerate(NAMES)
        ],
        "figures": [{"indicator": f"i{n}", **figure} for n in range(len(NAMES))],
        "missing_categories": {"620602-C001": NAMES},
    }
    for place, text in enumerate(NAMES[1:5:3]):
        title = {"zh": text, "en": text}
        changed = {"title": title, "publisher": {"name": text, "url": "javascript:window.hurt=1"}, "license": text}
        area = {"division_code": text, "name": title}
        site = write_site(
            *(tmp_path / str(place), outlets, [circle(1, name=text, status=text, grade=text)]),
            **{
                "indicators": indicators,
                "categories": "category,name,parent,class\n__proto__,x,constructor,\n",
                "area": area,
            },
            **changed,
        )
        page = opened(site, wait=False)
        page.locator("html.ready").wait_for()
        assert page.inner_text("h1") == text
        for number in range(0, len(NAMES), 7):
            page.evaluate(f"openOutlet({number})")
            shown = page.locator("#outlet-title").text_content()
            assert shown == NAMES[number] or NAMES[number] == ""
        page.fill("input[type=search]", "<script>")
        api.expect(page.locator("#list b").first).to_contain_text("<script>")
        page.click("#switch")
        assert page.evaluate("window.hurt") is None
        assert page.locator("script").count() == 6
        assert page.locator("a[href^='javascript']").count() == 0
        described = json.loads(page.locator("script[type='application/ld+json']").text_content() or "")
        assert described["name"] == text


def test_a_hundred_thousand_outlets_stay_quick(opened: Callable[..., Page], tmp_path: Path) -> None:
    outlets = [
        outlet(n, name=f"示例店{n}", address=f"第 {n % 977} 弄", lon=103 + n % 331 / 1000, lat=38 + n % 307 / 1000)
        for n in range(100_000)
    ]
    site = write_site(tmp_path, outlets, [circle(n, lon=103 + n / 50) for n in range(12)])
    before = time.monotonic()
    page = opened(site, viewport=PHONE)
    assert time.monotonic() - before < 60
    api.expect(page.locator("#status")).to_have_text("找到 100,000 个网点")
    took = page.evaluate(
        """() => {
        const time = (work) => { const start = performance.now(); work(); return performance.now() - start; };
        const form = document.getElementById("find");
        form.elements.search.value = "示例店77777";
        const search = time(apply);
        form.elements.search.value = "";
        const near = time(() => setOrigin(103.1, 38.1, "from-map"));
        return {search, filter: time(apply), draw: time(() => dots.draw()), near}; }"""
    )
    assert all(milliseconds < 3_000 for milliseconds in took.values()), took


def test_data_without_outlets_and_boundaries_have_no_map(
    opened: Callable[..., Page], tmp_path: Path, axe: Callable[[Page], list[str]]
) -> None:
    publish(EXAMPLES / "liangzhou", tmp_path / "site")
    page = opened(tmp_path / "site")
    assert page.locator("#find-section").is_hidden()
    assert page.inner_text("#no-map") == "这份数据里没有网点，也没有边界，所以没有地图。"
    row = page.locator("#circle-rows tr").first
    assert row.locator("button").count() == 0
    assert row.inner_text().split() == ["东大街", "规划", "目标：品质型", "—", "—"]
    assert "没有算" in page.inner_text("#indicator-rows")
    assert axe(page) == []


def test_circles_alone_have_a_map_and_no_search(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(write_site(tmp_path, [], [circle(1)]))
    assert page.locator("#map").is_visible()
    assert page.locator("#find").is_hidden()


def test_outlets_without_places_have_a_list_and_no_map(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(write_site(tmp_path, [outlet(1, lon=None)]))
    assert page.locator("#map").is_hidden()
    status(page, "找到 1 个网点；1 个没有坐标，不在图上")
    page.click("#list button")
    assert "没有坐标，图上没有。" in page.inner_text("#outlet")
