"""Pages of the mappings: the keys of a mapping file from its JSON Schema, and one page a mapping that is shipped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from md import code, escape, fence, link, page, table
from words import word

from circledata.standard.model import Language, Standard, Text

Raw = Mapping[str, Any]
_PLACES = {
    "source": "source",
    "licence": "source.licence",
    "as_of": "as_of",
    "read": "read",
    "no_record": "no_record[]",
    "ask": "ask[]",
    "table": "tables.‹table›",
    "id": "tables.‹table›.id",
    "field": "tables.‹table›.fields.‹field›",
    "parts": "tables.‹table›.fields.‹field›.parts",
    "place": "tables.‹table›.place",
    "category": "tables.‹table›.category",
    "brand": "tables.‹table›.brand",
    "chain": "tables.‹table›.brand.chain",
}
"""Where the objects of a mapping file stand, by the name that the schema has for them; in the order of the page."""


def names(standard: Standard) -> list[str]:
    """Return the names of the mappings that come with the standard."""
    return sorted(path.stem for path in (standard.root / "mappings").glob("*.yaml"))


def read(name: str, standard: Standard) -> tuple[Raw, str]:
    """Return a shipped mapping as data and as the text that people wrote."""
    text = (standard.root / "mappings" / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text), text


def keys_page(standard: Standard, language: Language) -> str:
    """Return every key that a mapping file may have, object by object."""
    schema = _flat(json.loads((standard.root / "mapping.schema.json").read_text(encoding="utf-8")))
    parts = [f"# {word('mapping-keys', language)}", word("mapping-keys-about", language)]
    parts += [f"## {word('mapping-top', language)}", _keys(schema, language)]
    objects = dict(_objects(schema))
    for name, place in _PLACES.items():
        title = escape(_titled(objects[name], language))
        parts += [f"## {title} {code(place)} {{#{name}}}", escape(_said(objects[name], language))]
        parts.append(_keys(objects[name], language))
    return page(*parts)


def _flat(part: Any) -> Any:
    """Return a schema with the branches of each `anyOf`, one a type, laid together: a page shows them at once."""
    if isinstance(part, list):
        return [_flat(item) for item in part]
    if not isinstance(part, dict):
        return part
    flat = {name: _flat(value) for name, value in part.items() if name != "anyOf"}
    branches = [_flat(branch) for branch in part.get("anyOf", ())]
    for branch in branches:
        flat = {**branch, **flat}
    if branches and all("type" in branch for branch in branches):
        flat["type"] = [branch["type"] for branch in branches]
    elif "enum" in flat or "const" in flat:
        flat.setdefault("type", "string")
    return flat


def _objects(schema: Raw) -> Iterator[tuple[str, Raw]]:
    """Yield every object of the schema that has keys of its own, with its name."""
    defined = dict(schema.get("$defs", {}))
    for name, part in (*schema.get("properties", {}).items(), *defined.items()):
        if part.get("properties") and set(part["properties"]) != {"zh", "en"}:
            yield name, part
        if part.get("properties"):
            yield from _objects({"properties": part["properties"]})


def _keys(part: Raw, language: Language) -> str:
    required = set(part.get("required", ()))
    rows = []
    for name, key in part["properties"].items():
        shown = _said(key, language)
        if "enum" in key and len(key["enum"]) > 1:
            shown += " " + " ".join(f"`{value}`" for value in key["enum"])
            cells = [code(name), escape(_titled(key, language)), _form(name, key, language), _escaped_but_code(shown)]
        else:
            cells = [code(name), escape(_titled(key, language)), _form(name, key, language), escape(shown)]
        cells.insert(3, word("yes", language) if name in required else "")
        rows.append(cells)
    head = [word(key, language) for key in ("key", "name", "type", "required", "description")]
    return table(head, rows)


def _escaped_but_code(text: str) -> str:
    before, mark, after = text.partition(" `")
    return escape(before) + mark + after


def _form(name: str, key: Raw, language: Language) -> str:
    """Say what a value is, in words: a text, a list, or either; with a link to the keys that it has."""
    parts = (key, _part(key, "items"), _part(key, "additionalProperties"))
    inner = next((part["$ref"] for part in parts if "$ref" in part), "")
    target = inner.rsplit("/", 1)[-1] or (name if name in _PLACES and "properties" in key else "")
    kinds = key.get("type", "object")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    said = word("mapping-or", language).join(word(f"mapping-form-{kind}", language) for kind in kinds)
    return link(said, f"#{target}") if target else said


def _part(key: Raw, name: str) -> Raw:
    part = key.get(name)
    return part if isinstance(part, Mapping) else {}


def _titled(key: Raw, language: Language) -> str:
    if language == "zh":
        return str(key.get("title", ""))
    return str(key.get("$comment", "")).removeprefix("en: ").partition(". ")[0]


def _said(key: Raw, language: Language) -> str:
    if language == "zh":
        return str(key.get("description", ""))
    return str(key.get("$comment", "")).removeprefix("en: ").partition(". ")[2]


def index(standard: Standard, language: Language) -> str:
    """Return the list of the shipped mappings."""
    rows = []
    for name in names(standard):
        raw, _ = read(name, standard)
        about = raw.get("description")
        tables = word("comma", language).join(_linked(item, standard, language) for item in raw.get("tables", ()))
        rows.append(
            (
                link(f"`{name}`", f"{name}.md"),
                escape(_text(raw["title"], language)),
                escape(_text(about, language)) if about else "",
                tables,
            )
        )
    head = [word(key, language) for key in ("name", "title", "description", "tables")]
    return page(f"# {word('mappings', language)}", word("mappings-about", language), table(head, rows))


def mapping_page(name: str, standard: Standard, language: Language) -> str:
    """Return the page of one shipped mapping: how it is recognised, its fields, and the file itself."""
    raw, text = read(name, standard)
    parts = [f"# {_text(raw['title'], language)} `{name}`"]
    if "description" in raw:
        parts.append(escape(_text(raw["description"], language)))
    parts.append(word("mapping-file", language, path=f"`spec/{standard.version}/mappings/{name}.yaml`"))
    if "recognise" in raw:
        groups = "\n".join(f"- {_columns(group, language)}" for group in raw["recognise"])
        parts += [f"## {word('mapping-recognise', language)}", word("mapping-recognise-about", language), groups]
    for owner, rule in raw.get("tables", {}).items():
        parts += [f"## {word('table', language)} {_linked(owner, standard, language, owner=True)}"]
        parts.append(_fields(owner, rule, standard, language))
    parts += [f"## {word('mapping-text', language)}", fence(text, "yaml")]
    return page(*parts)


def _fields(owner: str, rule: Raw, standard: Standard, language: Language) -> str:
    rows = []
    fields = standard.tables[owner].by_name
    for name, raw in rule.get("fields", {}).items():
        title = fields[name].title.in_language(language)
        rows.append((link(f"`{name}`", f"../tables/{owner}.md#{owner}.{name}"), title, _rule(raw, language)))
    for key, fields_of in (("place", "longitude, latitude"), ("category", "category"), ("brand", "brand, chain")):
        if key in rule:
            rows.append((f"`{fields_of}`", word(f"mapping-{key}", language), _rule(rule[key], language)))
    if isinstance(rule.get("keep"), Mapping):
        rows += [
            (code(name), word("mapping-kept", language), _rule(raw, language)) for name, raw in rule["keep"].items()
        ]
    head = [word(key, language) for key in ("field", "name", "mapping-from")]
    return table(head, rows)


def _rule(raw: Any, language: Language) -> str:
    """Say one rule of a field: its columns, and its other keys as they stand in the file."""
    if isinstance(raw, str):
        return code(raw)
    if isinstance(raw, list):
        return _columns(raw, language)
    said = []
    for key, value in raw.items():
        label = "" if key == "from" else f"`{key}` "
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            said.append(label + _columns(value, language))
        elif isinstance(value, Mapping) and any(isinstance(item, list) for item in value.values()) and len(value) < 5:
            said += [f"{label}`{inner}` {_rule(item, language)}" for inner, item in value.items()]
        elif isinstance(value, Mapping) and len(value) > 4:
            said.append(label + word("mapping-long", language, count=len(value)))
        else:
            said.append(label + code(_flow(value)))
    return "<br>".join(said)


def _flow(value: object) -> str:
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000)
    return text.removesuffix("\n...\n").strip()


def _columns(names_of: list[str], language: Language) -> str:
    return word("comma", language).join(code(str(name)) for name in names_of)


def _linked(name: str, standard: Standard, language: Language, *, owner: bool = False) -> str:
    title = standard.tables[name].title.in_language(language)
    return link(f"{title} `{name}`" if owner else title, f"../tables/{name}.md")


def _text(raw: Mapping[str, str], language: Language) -> str:
    return Text(raw["zh"], raw["en"]).in_language(language)
