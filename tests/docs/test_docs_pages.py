"""The reference has a page for everything in the standard, and the hand-written pages keep in step."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from circledata.standard import Standard

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT / "tools" / "docs"))

import capture  # noqa: E402
import generate  # noqa: E402
import mapping_pages  # noqa: E402
import md  # noqa: E402
import offline  # noqa: E402
import tool_pages  # noqa: E402
import words  # noqa: E402

PAGES = sorted(path for path in DOCS.rglob("*.md") if "reference" not in path.relative_to(DOCS).parts)
WRITTEN = [path for path in PAGES if not path.name.endswith(".en.md")]
READ_MES = [ROOT / name for name in ("README.md", "README.en.md", "CONTRIBUTING.md", "CONTRIBUTING.en.md")]


@pytest.fixture(scope="module")
def standard() -> Standard:
    return generate.everything()


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("docs") / "reference"
    generate.write(target)
    return target


def test_everything_has_a_page_in_both_languages(reference: Path, standard: Standard) -> None:
    wanted = [f"tables/{name}" for name in standard.tables]
    wanted += [f"codelists/{name}" for name in standard.codelists]
    wanted += [f"rules/{rule.name}" for rule in standard.rules.values()]
    wanted += [f"rules/{family}" for family in standard.codelists["families"].codes]
    wanted += [f"extensions/{name}" for name in standard.extensions]
    wanted += [f"mappings/{name}" for name in mapping_pages.names(standard)]
    missing = [path for path in wanted for end in (".md", ".en.md") if not (reference / f"{path}{end}").is_file()]
    assert missing == []


def test_every_field_has_its_lasting_anchor(reference: Path, standard: Standard) -> None:
    for name, table in standard.tables.items():
        for ending in (".md", ".en.md"):
            text = (reference / "tables" / f"{name}{ending}").read_text(encoding="utf-8")
            for field in table.fields:
                assert f"{{#{name}.{field.name}}}" in text


def test_links_of_the_reference_lead_somewhere(reference: Path) -> None:
    broken = []
    for page in reference.rglob("*.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+\.md)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            path = (page.parent / target).resolve()
            inside = path.is_relative_to(reference)
            if not (path if inside else DOCS / path.relative_to(reference.parent)).is_file():
                broken.append((page.name, target))
    assert broken == []


def test_a_rule_page_shows_reason_remedy_sql_and_both_kinds_of_cases(reference: Path) -> None:
    text = (reference / "rules" / "subsidy-over-cap.md").read_text(encoding="utf-8")
    for heading in ("哪里不对", "为什么要紧", "怎么改", "错的例子", "对的例子", "怎样检查"):
        assert f"## {heading}\n" in text
    assert "CD412" in text and "least(" in text and "<mark>" in text


@pytest.mark.parametrize("ending", [".md", ".en.md"])
def test_every_key_of_a_mapping_file_is_explained(reference: Path, standard: Standard, ending: str) -> None:
    text = (reference / f"mapping{ending}").read_text(encoding="utf-8")
    schema = json.loads((standard.root / "mapping.schema.json").read_text(encoding="utf-8"))
    for name, key in keys_of(schema):
        shown = key["description"] if ending == ".md" else key["$comment"].partition(". ")[2]
        assert f"| {md.code(name)} | " in text
        assert md.escape(shown) in text, name


def keys_of(part: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every key that an object of the schema may have; the two languages of a text are no keys to explain."""
    for name, key in part.get("properties", {}).items():
        if name not in {"zh", "en"}:
            yield name, key
            yield from keys_of(key)
    for inner in part.get("$defs", {}).values():
        yield from keys_of(inner)


def test_no_placeholder_of_the_page_words_is_left(reference: Path) -> None:
    keys = {key for pair in words.WORDS.values() for text in pair for key in re.findall(r"\{([a-z]+)\}", text)}
    index = "".join(path.read_text(encoding="utf-8") for path in reference.glob("*.md"))
    assert not [key for key in keys - {"column", "value", "table", "file"} if f"{{{key}}}" in index]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_a_written_page_has_its_other_language_with_the_same_shape(path: Path) -> None:
    other = path.with_name(f"{path.stem}.en.md")
    shape = [re.match(r"^(#+|```\w*|\||-|!)", line) for line in path.read_text(encoding="utf-8").splitlines()]
    there = [re.match(r"^(#+|```\w*|\||-|!)", line) for line in other.read_text(encoding="utf-8").splitlines()]
    assert [mark.group() for mark in shape if mark] == [mark.group() for mark in there if mark]


def test_commands_that_the_pages_name_exist() -> None:
    known = set(tool_pages.commands(tool_pages.help_text("zh")))
    pages = [*PAGES, *READ_MES]
    named = {
        name
        for page in pages
        for name in re.findall(r"(?<!from )\bcircledata ([a-z]+)\b", code_of(page.read_text(encoding="utf-8")))
    }
    assert named - known == set()
    assert {"validate", "rules", "fields", "codes"} <= named


def code_of(text: str) -> str:
    """Return only what a page shows as code."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, flags=re.DOTALL))


def test_rules_that_the_pages_name_exist(standard: Standard) -> None:
    for page in [*PAGES, *READ_MES]:
        text = page.read_text(encoding="utf-8")
        for name in [*re.findall(r"\bCD[0-9]{3}\b", text), *re.findall(r"- rule: ([\w-]+)", text)]:
            assert standard.rule(name)


def navigation(entry: object) -> Iterator[tuple[str, str]]:
    """Yield (title, page) of every line of the navigation; the title of a section has no page."""
    if isinstance(entry, str):
        yield "", entry
    elif isinstance(entry, list):
        for item in entry:
            yield from navigation(item)
    elif isinstance(entry, dict):
        for title, item in entry.items():
            yield title, item if isinstance(item, str) else ""
            if not isinstance(item, str):
                yield from navigation(item)


class Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without calling the functions that it names."""


Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)


def test_the_navigation_lists_every_table_and_family_in_both_languages(standard: Standard) -> None:
    config = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=Loader)
    lines = list(navigation(config["nav"]))
    pages = {page for _, page in lines}
    assert {f"reference/tables/{name}.md" for name in standard.tables} <= pages
    assert {f"reference/rules/{name}.md" for name in standard.codelists["families"].codes} <= pages
    assert {f"reference/extensions/{name}.md" for name in standard.extensions} <= pages
    plugin = next(item["i18n"] for item in config["plugins"] if "i18n" in item)
    translated = next(item["nav_translations"] for item in plugin["languages"] if item["locale"] == "en")
    assert {title for title, _ in lines if title} == set(translated)
    titles = {f"reference/tables/{name}.md": table.title for name, table in standard.tables.items()}
    titles |= {f"reference/rules/{code.code}.md": code.title for code in standard.codelists["families"].codes.values()}
    for title, page in lines:
        if page in titles:
            assert (title, translated[title]) == (titles[page].zh, titles[page].en)


@pytest.mark.parametrize(("name", "language"), [("README.md", "zh"), ("README.en.md", "en")])
def test_the_read_me_lists_the_tables_of_the_standard(name: str, language: str, standard: Standard) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z_]+)`(?: ([^|]+))? \|", text, flags=re.MULTILINE)
    core = [table for table in standard.tables.values() if table.extension is None]
    if language == "zh":
        assert listed == [(table.name, table.title.zh) for table in core]
    else:
        assert [table for table, _ in listed] == [table.name for table in core]


def test_the_pictures_show_what_the_command_prints_now() -> None:
    assert capture.main(["--check"]) == 0, "run: python tools/docs/capture.py"


def test_a_picture_places_wide_and_narrow_characters_in_their_columns() -> None:
    assert capture.runs("第 12 行 a") == [(0, "第"), (3, "12"), (6, "行"), (9, "a")]


def test_markdown_never_turns_data_into_markup() -> None:
    assert md.escape("a|b *c* <d>") == "a\\|b \\*c\\* &lt;d&gt;"
    assert md.code("a|b\nc`") == "<code>a&#124;b↵c&#96;</code>"


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<script src="https://x.example/a.js"></script>', ["https://x.example/a.js"]),
        ('<link rel="stylesheet" href="//x.example/a.css">', ["//x.example/a.css"]),
        ("<style>@import 'https://x.example/f.css';</style>", ["https://x.example/f.css"]),
        ('<a href="https://x.example/">only a link</a>', []),
        ('<link rel="canonical" href="https://x.example/">', []),
        ('<script src="../a.js"></script><img src="b.svg">', []),
    ],
)
def test_what_a_page_loads_from_outside_is_seen(html: str, found: list[str]) -> None:
    assert offline.fetched_by(html) == found
