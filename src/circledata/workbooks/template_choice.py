"""Which tables a template has: those that were named, by machine name or title, else those that `spec/` names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from circledata.convert.model import ConversionError
from circledata.standard import extension_versions, load_standard, spec_root, versions
from circledata.standard.code_titles import SEPARATOR
from circledata.standard.model import Field, Language, Standard, Table, Text

FILE = "template.yaml"


@dataclass(frozen=True)
class Choice:
    """The standard with the extensions that are needed, and the tables in its order.

    `added`: tables that others cannot do without, since a required key points to them. `pointing`: columns that may
    stay empty and point to a table that the template does not have.
    """

    standard: Standard
    tables: tuple[Table, ...]
    added: tuple[Table, ...]
    pointing: tuple[tuple[Table, Field, Table], ...]


def choose(wanted: Sequence[str] | None) -> Choice:
    """Choose the tables. ConversionError, with near names, when there is no table of a name."""
    plain, full = load_standard(versions()[-1]), _everything()
    named = [*(wanted if wanted is not None else guide(plain)["tables"])]
    if not named:
        raise ConversionError(Text("没有写出表名。", "No table was named."))
    found = {table.name: table for table in (_table(name, full) for name in named)}
    extensions = {
        str(table.extension): full.extensions[str(table.extension)] for table in found.values() if table.extension
    }
    standard = load_standard(plain.version, extensions)
    chosen = {name: standard.tables[name] for name in found}
    added: dict[str, Table] = {}
    while more := [name for name in _required_parents(chosen.values()) if name not in chosen]:
        chosen |= {name: standard.tables[name] for name in more}
        added |= {name: standard.tables[name] for name in more}
    tables = tuple(table for name, table in standard.tables.items() if name in chosen)
    return Choice(standard, tables, tuple(added.values()), tuple(_pointing(tables, standard)))


def guide(standard: Standard) -> dict[str, Any]:
    """Read `template.yaml` of a standard and its extensions: `tables`, `example` with `package` and `rows`."""
    import yaml

    folders = [standard.root]
    folders += [spec_root() / "extensions" / name / version for name, version in standard.extensions.items()]
    found: dict[str, Any] = {"tables": [], "example": {"package": {}, "rows": {}}}
    for folder in folders:
        if not (folder / FILE).is_file():
            continue
        raw = yaml.safe_load((folder / FILE).read_text(encoding="utf-8"))
        found["tables"] += raw.get("tables", [])
        for part in ("package", "rows"):
            found["example"][part] |= raw["example"].get(part, {})
    return found


def _everything() -> Standard:
    newest = {name: numbers[-1] for name, numbers in extension_versions().items() if numbers}
    return load_standard(versions()[-1], newest)


def _table(name: str, standard: Standard) -> Table:
    table = standard.table_of(name)
    if table is not None:
        return table
    names = {text.lower(): item for item in standard.tables.values() for text in _names(item)}
    wanted = name.strip().lower()
    close = [names[text] for text in get_close_matches(wanted, names, n=3, cutoff=0.5)]
    close += [item for text, item in names.items() if wanted and wanted in text]
    near = [*dict.fromkeys(item.name for item in close)][:3]
    listed = [standard.tables[item] for item in near] or [*standard.tables.values()]
    said_zh = "、".join(f"{item.title.zh} {item.name}" for item in listed)
    said_en = ", ".join(item.name for item in listed)
    zh = f"您要的是不是：{said_zh}。" if near else f"可以写的表：{said_zh}。"
    en = f"Did you mean {said_en}?" if near else f"The tables are {said_en}."
    raise ConversionError(Text(f"没有表“{name}”。{zh}", f"There is no table {name}. {en}"))


def _names(table: Table) -> tuple[str, str, str]:
    return table.name, table.title.zh, table.title.en


def _required_parents(tables: Any) -> Iterator[str]:
    for table in tables:
        for key in table.foreign_keys:
            if all(table.by_name[name].required for name in key.fields):
                yield key.table


def _pointing(tables: Sequence[Table], standard: Standard) -> Iterator[tuple[Table, Field, Table]]:
    here = {table.name for table in tables}
    for table in tables:
        for key in table.foreign_keys:
            if key.table not in here:
                yield table, table.by_name[key.fields[0]], standard.tables[key.table]


def parents(tables: Sequence[Table]) -> list[Table]:
    """Return the tables that others point to, those first that point to nothing themselves."""
    here = {table.name for table in tables}
    pointed = {key.table for table in tables for key in table.foreign_keys} & here

    def depth(table: Table) -> int:
        return sum(1 for key in table.foreign_keys if key.table in here)

    return sorted((table for table in tables if table.name in pointed), key=depth)


def example_rows(
    table: Table, standard: Standard, guide: Mapping[str, Any], here: set[str], lang: Language
) -> list[dict[str, str]]:
    """Return the invented rows of a table that need no table which the template does not have."""
    left_out = {name for key in table.foreign_keys if key.table not in here for name in key.fields}
    found = []
    for row in guide["example"]["rows"].get(table.name, []):
        cells = {name: in_language(value, lang) for name, value in row.items() if name not in left_out}
        if all(_known(table.by_name[name], value, standard, here) for name, value in cells.items()):
            found.append(cells)
    return found


def _known(item: Field, value: str, standard: Standard, here: set[str]) -> bool:
    """Tell whether a code is on its list, or may be one of the package's own."""
    owner = item.codelist_extended_by
    if owner is None or owner in here:
        return True
    codes = standard.codelists[str(item.codelist)].codes
    return all(code in codes for code in (value.split(SEPARATOR) if item.list else [value]))


def in_language(value: Any, lang: Language) -> str:
    """Return a cell of `template.yaml`: a text, or one in each language."""
    return str(value[lang]) if isinstance(value, Mapping) else str(value)
