"""The description of the interface is what the interface does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from web_sample import outlets

from circledata.reports import NAMES
from circledata.standard import load_standard
from circledata.web.openapi import document
from circledata.web.openapi_words import WORDS
from circledata.web.order import FIELDS, MEDIA
from circledata.web.settings import Settings

PATH = "/api/v1/validate"


def described(lang: Any = "zh") -> dict[str, Any]:
    return document(Settings(), lang)


def fits(content: Any, schema: dict[str, Any], whole: dict[str, Any]) -> None:
    resource = Resource.from_contents(whole, default_specification=DRAFT202012)
    registry = Registry().with_resource("urn:whole", resource)
    moved = json.loads(json.dumps(schema).replace('"#/', '"urn:whole#/'))
    jsonschema.Draft202012Validator(moved, registry=registry).validate(content)


def nodes(content: Any) -> Iterator[dict[str, Any]]:
    if isinstance(content, dict):
        yield content
        for value in content.values():
            yield from nodes(value)
    elif isinstance(content, list):
        for item in content:
            yield from nodes(item)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_document_is_openapi(lang: str) -> None:
    whole = described(lang)
    assert whole["openapi"].startswith("3.1.")
    assert set(whole) <= {"openapi", "info", "servers", "paths", "components"}
    for operations in whole["paths"].values():
        for operation in operations.values():
            assert operation["operationId"] and operation["summary"] and operation["responses"]
            assert all(re.fullmatch("[1-5][0-9][0-9]", status) for status in operation["responses"])
    for name in whole["components"]["responses"]:
        assert re.fullmatch(r"[A-Za-z0-9._-]+", name)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_validator_of_openapi_agrees(lang: str) -> None:
    validator = pytest.importorskip("openapi_spec_validator", reason="openapi-spec-validator is not installed")
    validator.validate(described(lang))


def test_every_reference_leads_somewhere() -> None:
    whole = described()
    targets = {node["$ref"] for node in nodes(whole) if "$ref" in node}
    assert targets
    for target in targets:
        found: Any = whole
        for step in target.removeprefix("#/").split("/"):
            found = found[step]
        assert found


def test_every_schema_is_one() -> None:
    for schema in described()["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_the_english_document_holds_no_chinese() -> None:
    assert not re.search("[\u4e00-\u9fff]", json.dumps(described("en"), ensure_ascii=False))


def test_the_fields_are_those_that_the_interface_reads() -> None:
    form = described()["paths"][PATH]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert set(form["properties"]) == {"file", *FIELDS}
    assert form["properties"]["format"]["enum"] == list(NAMES)
    assert form["properties"]["table"]["enum"] == list(load_standard().tables)
    assert set(NAMES) == set(MEDIA)


def test_every_word_of_it_is_used() -> None:
    import inspect

    from circledata.web import interface, openapi, pages

    sources = "".join(inspect.getsource(module) for module in (openapi, interface, pages))
    families = ("field-", "answer-", "health-", "problem-", "page-")
    assert [key for key in WORDS if not key.startswith(families) and f'"{key}"' not in sources] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_real_answers_fit_the_document(
    make_client: Callable[..., httpx.Client], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = make_client()
    whole = client.get(f"/api/v1/openapi.json?lang={lang}").json()
    post = whole["paths"][PATH]["post"]
    report = client.post(PATH, files={"file": ("outlets.csv", outlets(2, wrong=1))}, data={"lang": lang})
    fits(report.json(), post["responses"]["200"]["content"]["application/json"]["schema"], whole)
    problems = [
        client.post(PATH, files={"file": ("a.pdf", b"%PDF-1.7")}),
        client.post(PATH, files={"file": ("a.csv", b"a")}, data={"x": "1"}),
        client.post(PATH, data={"x": "1"}),
        client.post(PATH, content=b"x", headers={"Content-Type": "multipart/form-data; boundary=b"}),
        client.post(PATH, files={"file": ("a.csv", b"a" * (2 << 20))}),
        client.post(PATH, headers={"Host": "evil.example"}),
        client.post(PATH, headers={"Sec-Fetch-Site": "cross-site"}),
    ]
    assert [answer.status_code for answer in problems] == [422, 422, 415, 400, 413, 421, 403]
    for answer in problems:
        assert str(answer.status_code) in post["responses"]
        assert answer.json()["status"] == answer.status_code
        fits(answer.json(), {"$ref": "#/components/schemas/Problem"}, whole)
    fits(client.get("/health").json(), {"$ref": "#/components/schemas/Health"}, whole)


def test_the_document_refuses_what_no_answer_is(client: httpx.Client) -> None:
    whole = described()
    for wrong in ({"valid": True}, {}, {"status": 200}):
        with pytest.raises(jsonschema.ValidationError):
            fits(wrong, {"$ref": "#/components/schemas/Report"}, whole)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_to_read_says_what_the_document_says(client: httpx.Client, lang: str) -> None:
    import html

    page = html.unescape(client.get(f"/api?lang={lang}").text)
    whole = described(lang)
    for node in nodes(whole["paths"][PATH]):
        if "description" in node and isinstance(node["description"], str) and "enum" not in node.get("schema", {}):
            assert node["description"] in page.replace("1 MB", "100 MB").replace("120 秒", "300 秒").replace(
                "120 seconds", "300 seconds"
            )
    assert "<script" not in page.replace('<script src="./static/page.js?', "")
