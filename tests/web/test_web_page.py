"""The page without a browser: the check with its progress, the result, its files, and their end."""

from __future__ import annotations

import io
import json
import re
import sys
import time
import zipfile
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import httpx
import openpyxl
import pytest
from web_sample import example, lines, outlets, workbook, zipped

from circledata.web import checks, results
from circledata.web.settings import Settings

STREAM = {"Accept": "application/x-ndjson"}
MakeClient = Callable[..., httpx.Client]


def check(client: httpx.Client, name: str, content: bytes, **fields: str) -> list[dict[str, Any]]:
    answer = client.post("/check", files={"file": (name, content)}, data=fields, headers=STREAM)
    assert answer.headers["content-type"] == "application/x-ndjson"
    return lines(answer.text)


def place(client: httpx.Client, name: str, content: bytes, **fields: str) -> str:
    """Check, and return where the result is."""
    done: str = check(client, name, content, **fields)[-1]["done"]
    return "/" + done.partition("?")[0]


def test_a_script_is_told_each_step_and_where_the_result_is(client: httpx.Client) -> None:
    said = check(client, "坏.zip", zipped(example("broken-district")), lang="en")
    steps = [item["step"] for item in said[:-1]]
    assert list(dict.fromkeys(steps)) == ["read", "rules", "write"]
    assert all(0 <= item["percent"] <= 100 for item in said[:-1])
    assert re.fullmatch(r"r/[A-Za-z0-9_-]{32}/\?lang=en", said[-1]["done"])


def test_a_problem_during_the_check_is_the_last_line(client: httpx.Client) -> None:
    (*_, last) = check(client, "x.docx", zipped({"word/document.xml": b""}), lang="en")
    assert last["problem"]["code"] == "format-unsupported"
    assert "DOCX" in last["problem"]["detail"]


def test_a_browser_without_script_is_sent_to_the_result(client: httpx.Client) -> None:
    answer = client.post("/check", files={"file": ("坏.zip", zipped(example("broken-district")))}, data={"lang": "zh"})
    assert answer.status_code == 303
    shown = client.get("/" + answer.headers["location"])
    assert "不通过：坏.zip 不符合标准 1.0，有 11 处错误。" in shown.text
    refused = client.post("/check", files={"file": ("a.pdf", b"%PDF-1.7")})
    assert refused.status_code == 422 and "<h1>没有检查</h1>" in refused.text


def test_the_result_is_in_the_language_that_is_asked_for(client: httpx.Client) -> None:
    where = place(client, "坏.zip", zipped(example("broken-district")), lang="zh")
    zh, en = (client.get(f"{where}?lang={lang}").text for lang in ("zh", "en"))
    assert "11</b> <span>处错误" in zh and "11</b> <span>errors" in en
    assert 'lang="zh-CN"' in zh and 'html lang="en"' in en
    assert "(in Chinese)" in en and "（内容是英文）" not in zh
    # Sentences of rules may show how people write a value.
    own = re.sub('(?s)<ul class="places">.*?</ul>', "", en)
    assert not re.search("[\u4e00-\u9fff]", re.sub("“[^”]*”|坏|中文", "", own))


def test_every_file_of_a_result_can_be_fetched(client: httpx.Client) -> None:
    where = place(client, "坏 1.zip", zipped(example("broken-district")), lang="zh")
    page = client.get(where).text
    offered = set(re.findall(r'href="get/([a-z]+)"', page))
    assert {"html", "csv", "json", "workbook"} <= offered
    for format in offered:
        answer = client.get(f"{where}get/{format}")
        assert answer.status_code == 200 and answer.content
        named = answer.headers["content-disposition"]
        assert named.startswith("attachment") and quote("坏 1-") in named
    assert client.get(f"{where}get/json").json()["counts"]["error"] == 11
    marked = openpyxl.load_workbook(io.BytesIO(client.get(f"{where}get/workbook").content))
    assert marked.sheetnames[0] == "问题清单"
    assert client.get(f"{where}get/nothing").status_code == 404


def test_what_can_be_mended_comes_back_mended(client: httpx.Client) -> None:
    content = outlets(3).replace(b",open\n", "，open \n".encode().replace("，".encode(), b","))
    where = place(client, "outlets.csv", content, lang="zh")
    assert "（共 3 处）" in client.get(where).text
    mended = client.get(f"{where}get/repaired")
    assert mended.text.removeprefix("\ufeff") == outlets(3).decode()
    assert quote("outlets-改好.csv") in mended.headers["content-disposition"]
    changes = client.get(f"{where}get/changes").text.splitlines()
    assert len(changes) == 4


@pytest.mark.parametrize("ending", ["time.sleep(60)", "sys.exit(9)"])
def test_the_report_stays_when_the_marked_workbook_takes_too_long(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    slow = (
        "import sys, time; from circledata.web import output, worker; real = output._write\n"
        f"def write(report, format, *rest):\n    if format == 'workbook': {ending}\n"
        "    return real(report, format, *rest)\n"
        "output._write = write; worker.main()"
    )
    monkeypatch.setattr(checks, "WORKER", [sys.executable, "-c", slow])
    client = make_client(extras=1)
    where = place(client, "坏.zip", zipped(example("broken-district")), lang="zh")
    page = client.get(where).text
    assert "没有标好的工作簿" in page
    assert {"html", "csv", "json"} <= set(re.findall(r'href="get/([a-z]+)"', page))
    assert client.get(f"{where}get/json").json()["counts"]["error"] == 11


def test_a_clean_file_has_nothing_to_mark_and_nothing_to_list(client: httpx.Client) -> None:
    where = place(client, "区.zip", zipped(example("liangzhou")), lang="zh")
    page = client.get(where).text
    assert "没有发现问题，可以提交了。" in page
    assert set(re.findall(r'href="get/([a-z]+)"', page)) == {"html", "json", "yearly"}


@pytest.mark.parametrize(("lang", "card", "sheet"), [("zh", "年度汇总表", "资金"), ("en", "Yearly summary", "Money")])
def test_the_yearly_summary_is_one_click_away(client: httpx.Client, lang: str, card: str, sheet: str) -> None:
    where = place(client, "区.zip", zipped(example("demo-district")), lang=lang)
    page = client.get(f"{where}?lang={lang}").text
    assert f"<h3>{card}</h3>" in page and 'href="get/yearly"' in page
    answer = client.get(f"{where}get/yearly")
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    named = {"zh": quote("区-年度汇总表.xlsx"), "en": quote("区-yearly-summary.xlsx")}[lang]
    assert named in answer.headers["content-disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) == 7 and sheet in book.sheetnames
    money = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    assert any("示例青禾" in row and 1_418_000 in row for row in money)


def test_nothing_to_sum_up_has_no_summary(client: httpx.Client) -> None:
    where = place(client, "outlets.csv", b"outlet_id,name,category,address,status\n", lang="zh")
    assert 'href="get/yearly"' not in client.get(where).text
    assert client.get(f"{where}get/yearly").status_code == 404


def test_the_report_stays_when_the_summary_fails(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = (
        "import sys, circledata.indicators.compute; from circledata.web import worker\n"
        "def compute(*_): raise ArithmeticError\n"
        "sys.modules['circledata.indicators.compute'].compute = compute; worker.main()"
    )
    monkeypatch.setattr(checks, "WORKER", [sys.executable, "-c", broken])
    client = make_client()
    where = place(client, "区.zip", zipped(example("demo-district")), lang="zh")
    assert set(re.findall(r'href="get/([a-z]+)"', client.get(where).text)) == {"html", "json"}
    assert client.get(f"{where}get/json").json()["valid"] is True


def test_the_report_is_shown_in_a_world_of_its_own(client: httpx.Client) -> None:
    where = place(client, "坏.zip", zipped(example("broken-district")))
    answer = client.get(f"{where}view")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts") and "allow-same-origin" not in policy
    assert answer.text.startswith("<!") and answer.headers["referrer-policy"] == "no-referrer"


def test_names_and_cells_are_escaped(client: httpx.Client) -> None:
    evil = "<script>alert(1)</script>"
    content = outlets(2, wrong=1).replace(b"nonsense", evil.encode())
    page = client.get(place(client, "a<b>&'.csv", content, table="outlets")).text
    assert evil not in page and "&lt;script&gt;" in page
    assert "a_b_&amp;&#39;.csv" in page


def test_a_result_can_be_deleted_at_once(client: httpx.Client, settings: Settings) -> None:
    where = place(client, "网点.xlsx", workbook())
    answer = client.post(f"{where}delete?lang=en")
    assert answer.status_code == 303
    home = client.get(f"{where}{answer.headers['location']}")
    assert home.url.path == "/" and "The results have been deleted." in home.text
    assert client.get(where).status_code == 404
    assert settings.folder is not None
    (folder,) = settings.folder.iterdir()
    end = time.monotonic() + 10
    while [path.name for path in folder.iterdir()] != ["lock"]:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_result_ends_by_itself(make_client: MakeClient, settings: Settings) -> None:
    client = make_client(keep=2)
    where = place(client, "网点.xlsx", workbook())
    assert "1 分钟内" in client.get(where).text
    time.sleep(2.1)
    assert client.get(where).status_code == 404
    assert "已经删除，或者保存时间已过" in client.get(f"{where}get/json").text
    end = time.monotonic() + 10
    assert settings.folder is not None
    (folder,) = settings.folder.iterdir()
    while [path.name for path in folder.iterdir()] != ["lock"]:
        assert time.monotonic() < end
        time.sleep(0.1)


def test_the_oldest_goes_when_there_are_too_many(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MOST", 1)
    first, second = (place(client, name, outlets(1)) for name in ("a.csv", "b.csv"))
    assert [client.get(where).status_code for where in (first, second)] == [404, 200]


def test_one_of_several_files_is_no_package_and_both_are_read(client: httpx.Client) -> None:
    sent = [("file", ("outlets.csv", outlets(2))), ("file", ("circles.csv", b"circle_id,name,division_code,status\n"))]
    answer = client.post("/check", files=sent, data={"lang": "zh"})
    page = client.get("/" + answer.headers["location"]).text
    assert "outlets.csv …" in page and "circles.csv" in page


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "zh-CN"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-TW;q=0.5,en;q=0.9", "en"),
        ("en;q=0.5, zh;q=0.9", "zh-CN"),
        ("fr", "zh-CN"),
        ("x" * 9000, "zh-CN"),
    ],
)
def test_the_page_speaks_the_language_of_the_browser(client: httpx.Client, header: str, lang: str) -> None:
    assert f'<html lang="{lang}">' in client.get("/", headers={"Accept-Language": header}).text


def test_the_files_of_the_page_may_be_kept_by_the_browser(client: httpx.Client) -> None:
    page = client.get("/").text
    for path in re.findall(r'(?:href|src)="(\./static/[^"]+)"', page):
        answer = client.get(path[1:])
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]


def test_a_page_below_a_path_of_a_proxy_has_relative_links_only(client: httpx.Client) -> None:
    where = place(client, "网点.xlsx", workbook())
    for path in ("/", where, "/api", "/nowhere"):
        targets = re.findall(r'(?:href|src|action)="([^"]*)"', client.get(path).text)
        assert targets and not any(target.startswith(("/", "http")) for target in targets)


def test_the_words_for_the_script_fit_the_language(client: httpx.Client) -> None:
    import html

    page = client.get("/?lang=en").text
    found = re.search(r'data-words="([^"]*)"', page)
    assert found
    spoken = json.loads(html.unescape(found[1]))
    assert spoken["say-read"] == "Reading the file …"


def test_the_archive_of_a_package_comes_back_repaired_as_one(client: httpx.Client) -> None:
    files = example("broken-district")
    files["outlets.csv"] = files["outlets.csv"].replace(b",open,", b",open ,")
    where = place(client, "区.zip", zipped(files))
    answer = client.get(f"{where}get/repaired")
    assert answer.headers["content-type"] == "application/octet-stream"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert b",open ," not in archive.read("outlets.csv")
