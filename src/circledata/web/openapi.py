"""The description of the interface (OpenAPI 3.1), made from the same tables that the interface itself reads."""

from __future__ import annotations

import json
import re
from typing import Any

from circledata.reports import NAMES
from circledata.standard import load_standard
from circledata.standard.model import LANGUAGES, Language, Standard
from circledata.version import __version__
from circledata.web.openapi_words import WORDS
from circledata.web.order import EXAMPLES, MEDIA, MOST_EXAMPLES
from circledata.web.problems import STATUS
from circledata.web.settings import Settings
from circledata.web.upload import size_text

ANSWERS = (400, 403, 408, 413, 415, 421, 422, 500, 503, 504, 507)
"""Statuses of the problems that an upload can meet."""


def document(settings: Settings, lang: Language) -> dict[str, Any]:
    """Return the whole description, its texts in `lang`."""
    standard = load_standard()
    return {
        "openapi": "3.1.1",
        "info": {
            "title": _say(lang, "title"),
            "version": __version__,
            "summary": _say(lang, "summary"),
            "description": _say(lang, "about", limit=size_text(settings.max_upload_bytes).in_language(lang)),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "../../", "description": _say(lang, "server")}],
        "paths": {
            "/api/v1/validate": {"post": _validate(standard, settings, lang)},
            "/api/v1/openapi.json": {"get": _described(lang)},
            "/health": {"get": _health(lang)},
        },
        "components": {
            "schemas": {**_report(standard, lang), "Problem": _problem(lang), "Health": _health_schema(lang)},
            "responses": {f"problem-{status}": _problem_answer(status, lang) for status in ANSWERS},
        },
    }


def _say(lang: Language, key: str, **values: object) -> str:
    return WORDS[key].in_language(lang).format(**values)


def _validate(standard: Standard, settings: Settings, lang: Language) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for name in NAMES:
        media = MEDIA[name][0].partition(";")[0]
        schema = {"$ref": "#/components/schemas/Report"} if name == "json" else {"type": "string"}
        content.setdefault(media, {} if name == "workbook" else {"schema": schema})
    return {
        "operationId": "validate",
        "summary": _say(lang, "validate"),
        "description": _say(lang, "validate-about", seconds=f"{settings.timeout:g}"),
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": _form(standard, settings, lang),
                    "encoding": {"file": {"contentType": "application/octet-stream"}},
                }
            },
        },
        "responses": {
            "200": {
                "description": _say(lang, "answer-200"),
                "headers": {"Content-Language": {"schema": {"type": "string", "enum": list(LANGUAGES)}}},
                "content": content,
            },
            **{str(status): {"$ref": f"#/components/responses/problem-{status}"} for status in ANSWERS},
        },
    }


def _form(standard: Standard, settings: Settings, lang: Language) -> dict[str, Any]:
    fields: dict[str, dict[str, Any]] = {
        "file": {"type": "array", "items": {}, "minItems": 1, "maxItems": settings.max_files},
        "table": {"type": "string", "enum": list(standard.tables)},
        "division": {"type": "string", "pattern": "^[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?$", "examples": ["620602"]},
        "crs": {"type": "string", "enum": list(standard.codelists["coordinate-systems"].codes)},
        "as_of": {"type": "string", "format": "date", "examples": ["2024-12-31"]},
        "lang": {"type": "string", "enum": list(LANGUAGES)},
        "format": {"type": "string", "enum": list(NAMES), "default": "json"},
        "max_examples": {"type": "integer", "minimum": 0, "maximum": MOST_EXAMPLES, "default": EXAMPLES},
    }
    described = {
        name: {"description": _say(lang, f"field-{name}", most=settings.max_files), **schema}
        for name, schema in fields.items()
    }
    return {"type": "object", "required": ["file"], "additionalProperties": False, "properties": described}


def _described(lang: Language) -> dict[str, Any]:
    return {
        "operationId": "openapi",
        "summary": _say(lang, "described"),
        "parameters": [
            {
                "name": "lang",
                "in": "query",
                "description": _say(lang, "field-lang"),
                "schema": {"type": "string", "enum": list(LANGUAGES)},
            }
        ],
        "responses": {
            "200": {
                "description": _say(lang, "described-200"),
                "content": {"application/json": {"schema": {"type": "object"}}},
            }
        },
    }


def _health(lang: Language) -> dict[str, Any]:
    return {
        "operationId": "health",
        "summary": _say(lang, "health"),
        "responses": {
            "200": {
                "description": _say(lang, "health-200"),
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Health"}}},
            }
        },
    }


def _health_schema(lang: Language) -> dict[str, Any]:
    count: dict[str, Any] = {"type": "integer", "minimum": 0}
    fields: dict[str, dict[str, Any]] = {
        "status": {"type": "string", "const": "ok"},
        "circledata": {"type": "string"},
        "spec": {"type": "string"},
        "inside": count,
        "room": count,
    }
    described = {name: {"description": _say(lang, f"health-{name}"), **schema} for name, schema in fields.items()}
    return {"type": "object", "required": list(fields), "additionalProperties": False, "properties": described}


def _problem(lang: Language) -> dict[str, Any]:
    fields: dict[str, dict[str, Any]] = {
        "type": {"type": "string", "const": "about:blank"},
        "status": {"type": "integer", "enum": sorted(set(STATUS.values()))},
        "code": {"type": "string", "enum": sorted(STATUS)},
        "detail": {"type": "string", "minLength": 1},
        "retry_after": {"type": "integer", "minimum": 1},
    }
    described = {name: {"description": _say(lang, f"problem-{name}"), **schema} for name, schema in fields.items()}
    return {
        "type": "object",
        "description": _say(lang, "problem"),
        "required": ["type", "status", "code", "detail"],
        "additionalProperties": False,
        "properties": described,
    }


def _problem_answer(status: int, lang: Language) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": _say(lang, f"answer-{status}"),
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status == 503:
        retry = {"description": _say(lang, "problem-retry_after"), "schema": {"type": "integer"}, "required": True}
        answer["headers"] = {"Retry-After": retry}
    return answer


def _report(standard: Standard, lang: Language) -> dict[str, Any]:
    """Return the schema of the JSON report and its parts, as components."""
    text = (standard.root / "report.schema.json").read_text(encoding="utf-8")
    schema = json.loads(re.sub(r'"#/\$defs/([a-z]+)"', r'"#/components/schemas/\1"', text))
    parts: dict[str, Any] = schema.pop("$defs")
    for key in ("$schema", "$id"):
        del schema[key]
    found: dict[str, Any] = {"Report": schema, **parts}
    return {name: _in_language(part, lang) for name, part in found.items()}


def _in_language(schema: Any, lang: Language) -> Any:
    """Return a schema with its English description, which stands in `$comment`, where that is wanted."""
    if isinstance(schema, list):
        return [_in_language(item, lang) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _in_language(value, lang) for key, value in schema.items() if key not in {"$comment", "examples"}}
    comment = schema.get("$comment")
    if lang == "en" and isinstance(comment, str):
        kept.pop("title", None)
        kept["description"] = comment.removeprefix("en: ")
    return kept
