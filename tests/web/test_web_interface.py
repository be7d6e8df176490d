"""POST /api/v1/validate: the report of an upload, or one plain reason why there is none."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from web_sample import DYING, SLOW, example, outlets, workbook, zipped

from circledata import validate
from circledata.reports import FORMATS
from circledata.web import checks
from circledata.web.settings import Settings

PATH = "/api/v1/validate"
DETAILS = {"division": "620602", "crs": "CGCS2000", "as_of": "2024-12-31"}


def post(client: httpx.Client, *files: tuple[str, bytes], headers: dict[str, str] | None = None, **fields: str) -> Any:
    return client.post(PATH, files=[("file", item) for item in files], data=fields, headers=headers)


def refused(answer: Any, status: int, code: str) -> str:
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    said: str = answer.json()["detail"]
    return said


def empty(settings: Settings) -> bool:
    """Whether the private folder holds nothing but its lock, once the last answer has been sent to its end."""
    assert settings.folder is not None
    (folder,) = settings.folder.iterdir()
    end = time.monotonic() + 10
    while [path.name for path in folder.iterdir()] != ["lock"] and time.monotonic() < end:
        time.sleep(0.05)
    return [path.name for path in folder.iterdir()] == ["lock"]


def test_the_report_is_the_one_of_the_command_line(
    client: httpx.Client, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = zipped(example("broken-district"))
    answer = post(client, ("坏.zip", packed), lang="zh")
    (tmp_path / "坏.zip").write_bytes(packed)
    monkeypatch.chdir(tmp_path)
    stream = io.StringIO()
    FORMATS["json"](validate("坏.zip"), "zh", stream)
    assert answer.text == stream.getvalue()
    assert answer.json()["counts"]["error"] == 11
    assert answer.headers["content-language"] == "zh"
    assert empty(settings)


def test_a_csv_with_its_details_in_english(client: httpx.Client) -> None:
    report = post(client, ("outlets.csv", outlets(3, wrong=1)), lang="en", **DETAILS).json()
    assert report["label"] == "outlets.csv"
    assert report["as_of"] == "2024-12-31"
    assert [(item["name"], item["row"], item["file"]) for item in report["findings"]][:1] == [
        ("code-unknown", 2, "outlets.csv")
    ]
    assert not re.search("[\u4e00-\u9fff]", report["findings"][0]["message"])


def test_a_workbook_names_its_cells(client: httpx.Client) -> None:
    report = post(client, ("网点.xlsx", workbook("xyz"))).json()
    places = [(item["sheet"], item["row"], item["column"]) for item in report["findings"] if item["level"] == "error"]
    assert ("商业网点", 3, "status") in places


def test_the_files_of_a_package_one_by_one(client: httpx.Client) -> None:
    sent = [(name, content) for name, content in example("demo-district").items() if not name.startswith("README")]
    report = post(client, *sent).json()
    assert report["valid"] and len(report["tables"]) > 10
    assert report["package"]["division_code"]


def test_the_language_of_the_browser_decides_when_nothing_is_said(client: httpx.Client) -> None:
    answer = post(client, ("x.pdf", b"%PDF-1.7"), headers={"Accept-Language": "en-US,en;q=0.9"})
    said = refused(answer, 422, "format-unsupported")
    assert said == "x.pdf is in the format PDF, which cannot be read. Save it as XLSX or CSV and send that."
    answer = client.post(f"{PATH}?lang=zh", headers={"Accept-Language": "en"}, data={"x": "1"})
    assert refused(answer, 415, "not-multipart").startswith("请求要用")


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("空.csv", b"", "CD130"),
        ("空.xlsx", b"", "CD114"),
        ("坏.xlsx", workbook()[:900], "CD114"),
        ("加密.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"EncryptedPackage".ljust(4096, b"\0"), "CD114"),
        ("空.zip", zipped({}), "CD101"),
    ],
)
def test_a_file_without_readable_data_gets_a_verdict(
    client: httpx.Client, name: str, content: bytes, rule: str
) -> None:
    answer = post(client, (name, content))
    report = answer.json()
    assert answer.status_code == 200
    assert (report["valid"], report["complete"], report["label"]) == (False, False, name)
    assert [item["code"] for item in report["findings"]] == [rule]


def test_a_bomb_is_reported_and_not_unpacked(make_client: Any, settings: Settings) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", '{"resources": [{"name": "outlets", "path": "outlets.csv"}]}')
        archive.writestr("outlets.csv", b"outlet_id\n" + b"0" * (64 << 20))
    client = make_client()
    report = post(client, ("bomb.zip", stream.getvalue())).json()
    assert len(stream.getvalue()) < settings.max_upload_bytes
    assert not report["complete"]
    assert "archive-over-limit" in {item["name"] for item in report["findings"]}
    assert empty(settings)


def test_a_name_with_a_path_is_reduced_to_its_last_part(client: httpx.Client) -> None:
    answer = post(client, ("../../../etc/cron.d/outlets.csv", outlets(1)), **DETAILS)
    assert answer.json()["label"] == "outlets.csv"
    assert "cron.d" not in answer.text


def test_no_module_is_loaded_from_an_upload(client: httpx.Client, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    evil = f"open({str(proof)!r}, 'w').close()\n".encode()
    sent = [("outlets.csv", outlets(1)), ("numpy.py", evil), ("duckdb.py", evil), ("json.py", evil)]
    post(client, *sent)
    assert not proof.exists()


def test_nothing_of_the_machine_is_in_an_answer(client: httpx.Client, settings: Settings) -> None:
    for files in ([("outlets.csv", outlets(2, wrong=1))], [("a.zip", b"PK\x03\x04")], [("a.bin", b"\x00\xff")]):
        text = post(client, *files).text
        assert str(settings.folder) not in text and "/tmp" not in text and "Traceback" not in text


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"format": "doc"}, "field-value"),
        ({"lang": "fr"}, "field-value"),
        ({"as_of": "2024/12/31"}, "field-value"),
        ({"max_examples": "-1"}, "field-value"),
        ({"tabel": "outlets"}, "field-unknown"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(client: httpx.Client, fields: dict[str, str], code: str) -> None:
    answer = post(client, ("outlets.csv", outlets(1)), **fields)
    assert next(iter(fields)) in refused(answer, 422, code)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"table": "shops"}, "table-unknown"),
        ({"crs": "Mars"}, "setting-unusable"),
        ({"division": "62"}, "setting-unusable"),
    ],
)
def test_a_detail_that_the_standard_does_not_know_is_refused(
    client: httpx.Client, fields: dict[str, str], code: str
) -> None:
    answer = post(client, ("outlets.csv", outlets(1)), **fields)
    assert "--" not in refused(answer, 422, code)


def test_a_form_without_a_file(client: httpx.Client) -> None:
    answer = client.post(PATH, files={"file": ("", b"")})
    refused(answer, 422, "no-file")


@pytest.mark.parametrize("format", ["csv", "jsonl", "text", "sarif", "junit", "github"])
def test_other_formats_have_their_own_type(client: httpx.Client, format: str) -> None:
    answer = post(client, ("outlets.csv", outlets(2, wrong=1)), format=format)
    assert answer.status_code == 200 and "nonsense" in answer.text
    assert answer.headers["content-type"].split("/")[0] in {"text", "application"}


def test_findings_can_be_limited(client: httpx.Client) -> None:
    report = post(client, ("outlets.csv", outlets(9, wrong=9)), max_examples="2").json()
    counts = {item["name"]: item["count"] for item in report["rules"]}
    shown = [item["name"] for item in report["findings"]].count("code-unknown")
    assert (counts["code-unknown"], shown) == (9, 2)


def test_a_check_that_takes_too_long_is_stopped(
    make_client: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "WORKER", SLOW)
    client = make_client(timeout=0.5)
    said = refused(post(client, ("outlets.csv", outlets(1))), 504, "timeout")
    assert "0.5 秒" in said
    assert empty(settings)


def test_a_check_that_is_killed_is_no_verdict(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "WORKER", DYING)
    said = refused(post(client, ("outlets.csv", outlets(1))), 500, "check-failed")
    assert "不是您数据的错" in said


def test_every_report_fits_its_schema(client: httpx.Client) -> None:
    root = Path(__file__).parent.parent.parent / "spec" / "1.0"
    schema = json.loads((root / "report.schema.json").read_text(encoding="utf-8"))
    report = post(client, ("outlets.csv", outlets(2, wrong=1))).json()
    jsonschema.Draft202012Validator(schema).validate(report)
