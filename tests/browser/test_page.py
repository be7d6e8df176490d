"""The page in a real browser: drop a file, see how far it is, read the verdict, take the results, switch language."""

from __future__ import annotations

import base64
import io
import json
import re
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_socket

from circledata.web import checks, server
from circledata.web.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

EXAMPLES = Path(__file__).parents[2] / "examples"
Serve = Callable[..., str]


@pytest.fixture
def serve(socket_enabled: None, tmp_path: Path) -> Iterator[Serve]:
    """Start a server with these settings, and give its address."""
    pytest_socket.socket_allow_hosts(["127.0.0.1"])
    started: list[tuple[Any, threading.Thread]] = []

    def start(**changed: Any) -> str:
        settings = Settings(port=0, folder=tmp_path, **changed)
        opened = server.listen(settings)
        running = server.prepared(settings)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [opened]}, daemon=True)
        thread.start()
        started.append((running, thread))
        while not running.started:
            assert thread.is_alive()
            time.sleep(0.02)
        return f"http://127.0.0.1:{opened.getsockname()[1]}/"

    yield start
    for running, thread in started:
        running.should_exit = True
        thread.join(20)
        assert not thread.is_alive()
    pytest_socket.disable_socket(allow_unix_socket=True)


def packed(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in sorted((EXAMPLES / name).iterdir()):
            archive.write(path, path.name)
    return stream.getvalue()


def drop(page: Page, name: str, content: bytes) -> None:
    """Drop a file on the page as a person does from the desktop."""
    script = """([name, content]) => {
        const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
        const carried = new DataTransfer();
        carried.items.add(new File([bytes], name));
        for (const kind of ["dragenter", "dragover", "drop"])
            document.getElementById("drop").dispatchEvent(
                new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true}));
    }"""
    page.evaluate(script, [name, base64.b64encode(content).decode()])


def chosen(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_from_the_file_to_the_results(serve: Serve, new_page: Callable[..., Page], axe: Any) -> None:
    page = new_page(locale="zh-CN", viewport={"width": 1280, "height": 900})
    page.goto(serve())
    assert page.get_by_role("heading", level=1).inner_text() == "填好的表，先在这里查一遍。"
    assert axe(page) == []
    drop(page, "坏.zip", packed("broken-district"))
    page.get_by_role("heading", name="不通过：坏.zip 不符合标准 1.0，有 11 处错误。").wait_for()
    assert axe(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 标好的工作簿").click()
    assert download.value.suggested_filename == "坏-标注.xlsx"
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON 报告").click()
    assert json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["counts"]["error"] == 11
    page.get_by_role("link", name="English").click()
    page.get_by_role("heading", name=re.compile("^Failed: 坏.zip does not conform")).wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Delete them now").click()
    page.get_by_text("The results have been deleted.").wait_for()


def test_the_report_opens_beside_and_works(serve: Serve, new_page: Callable[..., Page], page_log: Any) -> None:
    page = new_page(locale="zh-CN")
    page.goto(serve())
    page.get_by_label("选择文件").set_input_files(chosen("坏.zip", packed("broken-district")))
    page.wait_for_url("**/r/**")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="直接看").click()
    report = opened.value
    page_log.watch(report)
    report.reload()
    report.get_by_role("heading", level=1).wait_for()
    report.get_by_role("button", name="English").click()
    assert "Failed" in report.get_by_role("heading", level=1).inner_text()
    # Nothing in the report can reach the page: it has no origin to share.
    assert report.evaluate("self.origin") == "null"


def test_a_csv_waits_for_what_it_cannot_tell(serve: Serve, browser_page: Page) -> None:
    page = browser_page
    page.goto(serve() + "?lang=en")
    page.get_by_label("Choose a file").set_input_files(chosen("list.csv", b"outlet_id,name\n1,x\n"))
    page.get_by_label("Table").select_option("outlets")
    page.get_by_label("Division code").fill("620602")
    page.get_by_label("As-of date").fill("2024-12-31")
    page.get_by_role("button", name="Check").click()
    page.get_by_role("heading", name=re.compile("^Failed: list.csv")).wait_for()
    assert "division 620602" in page.locator(".basis").inner_text()
    assert "as of 2024-12-31" in page.locator(".basis").inner_text()


def test_by_keyboard_alone(serve: Serve, browser_page: Page) -> None:
    page = browser_page
    page.goto(serve() + "?lang=zh")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "file"
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(chosen("区.zip", packed("liangzhou")))
    page.get_by_role("heading", name=re.compile("^通过：区.zip")).wait_for()


def test_a_refusal_is_said_beside_the_file(serve: Serve, new_page: Callable[..., Page], page_log: Any) -> None:
    page = new_page(locale="zh-CN", viewport={"width": 390, "height": 844})
    page.goto(serve(max_upload_bytes=1 << 20))
    drop(page, "大.xlsx", b"x" * (2 << 20))
    assert page.get_by_role("alert").inner_text() == "大.xlsx 太大：上限是 1 MB。"
    drop(page, "说明.pdf", b"%PDF-1.7")
    page.get_by_text("说明.pdf 是 PDF 格式，不能读取。").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_label("选择文件").set_input_files(chosen("区.zip", packed("liangzhou")))
    page.get_by_role("heading", name=re.compile("^通过")).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_progress_can_be_cancelled(
    serve: Serve, browser_page: Page, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = json.dumps({"step": "rules", "percent": 50})
    slow = f"import sys, time; sys.stdin.readline(); print({said!r}, flush=True); time.sleep(60)"
    monkeypatch.setattr(checks, "WORKER", [checks.WORKER[0], "-c", slow])
    page = browser_page
    page.goto(serve() + "?lang=zh")
    drop(page, "网点.xlsx", b"PK")
    page.get_by_role("status").get_by_text("正在对照规则检查……").wait_for()
    assert page.locator("[aria-current=step]").inner_text() == "对照规则"
    assert 60 < float(page.get_by_role("progressbar").get_attribute("value") or 0) < 85
    page.get_by_role("button", name="取消").click()
    assert page.get_by_text("把文件拖到这里").is_visible()
    (folder,) = tmp_path.iterdir()
    end = time.monotonic() + 20
    while len(list(folder.iterdir())) > 1:
        assert time.monotonic() < end
        time.sleep(0.1)


def test_who_comes_when_it_is_crowded_is_tried_again(
    serve: Serve, new_page: Callable[..., Page], page_log: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = serve(at_once=1, waiting=0)
    slow = "import sys, time; sys.stdin.readline(); time.sleep(60)"
    real = checks.WORKER
    monkeypatch.setattr(checks, "WORKER", [real[0], "-c", slow])
    first, second = new_page(locale="zh-CN"), new_page(locale="zh-CN")
    first.goto(address)
    drop(first, "一.zip", packed("liangzhou"))
    first.get_by_text("正在读文件……").wait_for()
    monkeypatch.setattr(checks, "WORKER", real)
    second.goto(address)
    drop(second, "二.zip", packed("liangzhou"))
    second.get_by_text("现在检查的人多").wait_for()
    first.get_by_role("button", name="取消").click()
    second.get_by_role("heading", name=re.compile("^通过：二.zip")).wait_for()
    # The refusal is what this test is about; Chromium writes it to the console.
    assert all("503" in error for error in page_log.errors)
    page_log.errors.clear()


def test_without_script_the_form_works(serve: Serve, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False, locale="zh-CN")
    page.goto(serve())
    page.locator("#file").set_input_files(chosen("区.zip", packed("liangzhou")))
    page.get_by_role("button", name="开始检查").click()
    page.get_by_role("heading", name=re.compile("^通过：区.zip")).wait_for()


def test_the_description_of_the_interface_can_be_read(serve: Serve, new_page: Callable[..., Page], axe: Any) -> None:
    page = new_page(locale="en-US", viewport={"width": 390, "height": 844})
    page.goto(serve() + "api")
    page.get_by_role("heading", name="POST /api/v1/validate").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert axe(page) == []
