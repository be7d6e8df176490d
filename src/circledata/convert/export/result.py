"""What an export or import gives back, and which form a name stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from circledata.convert.model import ConversionError
from circledata.convert.plural import singular
from circledata.standard.model import Language, Text

SUFFIXES = {
    ".xlsx": "xlsx",
    ".geojson": "geojson",
    ".parquet": "geoparquet",
    ".geoparquet": "geoparquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".duckdb": "duckdb",
    ".zip": "zip",
    "": "parquet",
}
"""Forms by the ending of the name; no ending means a directory of Parquet files."""
FORMS = tuple(dict.fromkeys(SUFFIXES.values()))
UNSTABLE_FORMS = frozenset({"duckdb"})
"""Forms in which the same package does not give the same bytes: a DuckDB file has a number of its own inside."""


@dataclass(frozen=True)
class ExportResult:
    """What was written: where, in which form, how many records of which table, and what the user should know.

    `deterministic`: the same package gives the same bytes with the same versions of this tool and its libraries.
    """

    to: Path
    form: str
    rows: Mapping[str, int]
    notes: tuple[Text, ...] = ()
    deterministic: bool = True
    lang: Language = "zh"

    @property
    def lines(self) -> list[str]:
        """The notes in the language that was asked for."""
        return [note.in_language(self.lang) for note in self.notes]


@dataclass
class Notes:
    """Gathers what the user should know, each thing once."""

    found: list[Text] = field(default_factory=list)

    def add(self, zh: str, en: str) -> None:
        """Keep one note."""
        note = Text(zh, singular(en))
        if note not in self.found:
            self.found.append(note)


def form_of(to: Path, form: str | None) -> str:
    """Return the form to write, by its name or by the ending of `to`. ConversionError when there is none such."""
    if form is not None:
        chosen = form.lower().lstrip(".")
        chosen = SUFFIXES.get(f".{chosen}", chosen) if chosen not in FORMS else chosen
        if chosen in FORMS:
            return chosen
        raise _unknown(form)
    suffix = to.suffix.lower()
    if suffix not in SUFFIXES:
        raise _unknown(to.name)
    return SUFFIXES[suffix]


def _unknown(name: str) -> ConversionError:
    known = "、".join(suffix for suffix in SUFFIXES if suffix)
    return ConversionError(
        Text(
            f"看不出 {name} 要写成哪种文件。请用这些后缀之一：{known}。",
            f"It is not clear what form {name} is. Use one of these endings: {known.replace('、', ', ')}.",
        )
    )
