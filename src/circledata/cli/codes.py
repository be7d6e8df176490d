"""`circledata codes`: the code lists of the standard, the codes of one, or a search."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from circledata.cli.help import Command, Wrong
from circledata.cli.lookup import format_option, show_json, show_text, whole_standard
from circledata.cli.words import Words
from circledata.reports.layout import table

if TYPE_CHECKING:
    from circledata.standard.model import Code, CodeList, Standard

MOST = 200
"""Codes printed unless all are asked for; the lists of divisions have thousands."""


def command(words: Words) -> Command:
    """Make the command."""

    def show(name: str | None, find: str | None, everything: bool, format: str | None) -> None:
        standard = whole_standard()
        if name is None and find is None:
            _show_lists(standard, words, format)
            return
        if name is not None and name not in standard.codelists:
            raise Wrong(words("list-unknown", name=name))
        lists = [standard.codelists[name]] if name is not None else list(standard.codelists.values())
        found = list(_search(lists, find))
        if format == "json":
            show_json([{"list": codelist.name, **_record(code)} for codelist, code in found])
            return
        if name is not None and find is None:
            _introduce(lists[0], words)
        _show_codes(found, words, None if everything else MOST, several=name is None)

    params = [
        click.Argument(["name"], required=False, metavar=words("list")),
        click.Option(["--find"], metavar="TEXT", help=words("codes-find")),
        click.Option(["--all", "everything"], is_flag=True, help=words("codes-all", n=MOST)),
        format_option(words),
    ]
    return Command("codes", words, show, params)


def _search(lists: list[CodeList], find: str | None) -> Iterator[tuple[CodeList, Code]]:
    wanted = (find or "").strip().lower()
    for codelist in lists:
        for code in codelist.codes.values():
            texts = (code.code, code.title.zh, code.title.en, *code.aliases)
            if any(wanted in text.lower() for text in texts):
                yield codelist, code


def _show_lists(standard: Standard, words: Words, format: str | None) -> None:
    lists = standard.codelists.values()
    if format == "json":
        show_json(
            [
                {
                    "name": item.name,
                    "title": {"zh": item.title.zh, "en": item.title.en},
                    "description": {"zh": item.description.zh, "en": item.description.en},
                    "source": {"zh": item.source.zh, "en": item.source.en},
                    "own_choice": item.own_choice,
                    "open": item.open,
                }
                for item in lists
            ]
        )
        return
    for line in table([[item.name, item.title.in_language(words.language)] for item in lists]):
        click.echo(line)


def _introduce(codelist: CodeList, words: Words) -> None:
    language = words.language
    click.echo(f"{codelist.title.in_language(language)} {codelist.name}\n")
    show_text(codelist.description.in_language(language))
    show_text(words("codes-source", source=codelist.source.in_language(language)))
    if codelist.own_choice:
        show_text(words("codes-own-choice"))
    click.echo("")


def _show_codes(found: list[tuple[CodeList, Code]], words: Words, most: int | None, *, several: bool) -> None:
    if not found:
        click.echo(words("codes-none"))
        return
    language = words.language
    for codelist, code in islice(found, most):
        lead = f"{codelist.name}  " if several else ""
        show_text(f"{lead}{code.code}  {code.title.in_language(language)}")
        for text in (
            code.definition.in_language(language),
            words("codes-aliases", aliases="、".join(code.aliases)) if code.aliases else "",
        ):
            if text:
                show_text(text, 4)
    if most is not None and len(found) > most:
        click.echo("\n" + words("codes-more", n=len(found) - most))


def _record(code: Code) -> dict[str, Any]:
    return {
        "code": code.code,
        "title": {"zh": code.title.zh, "en": code.title.en},
        "definition": {"zh": code.definition.zh, "en": code.definition.en},
        "aliases": list(code.aliases),
        "since": code.since,
        **code.extra,
    }
