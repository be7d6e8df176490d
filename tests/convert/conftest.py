"""Makes converting a few hand-written features a matter of one line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from circledata.convert import Conversion, convert_file, convert_files
from circledata.convert.output.safe_csv import read_rows

DIVISION = "620602"


@dataclass
class Result:
    """A conversion with the package that it wrote."""

    conversion: Conversion
    folder: Path

    def rows(self, name: str) -> list[dict[str, str]]:
        return self._read(self.folder / name)

    def papers(self, name: str) -> list[dict[str, str]]:
        return self._read(self.conversion.papers / name)

    def _read(self, path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header, *rows = read_rows(stream)
            return [dict(zip(header, row, strict=True)) for row in rows]

    @property
    def outlets(self) -> list[dict[str, str]]:
        return self.rows("outlets.csv")

    @property
    def outlet(self) -> dict[str, str]:
        (only,) = self.outlets
        return only

    @property
    def changes(self) -> list[tuple[str, str, str, str]]:
        """(field, old, new, rule) of every change but the category's."""
        rows = self.papers("conversion.csv")
        return [(row["field"], row["old"], row["new"], row["rule"]) for row in rows if row["rule"] != "crosswalk"]

    @property
    def reasons(self) -> list[tuple[str, str]]:
        return [(row["reason"], row["tag"]) for row in self.papers("left_out.csv")]

    @property
    def summary(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.conversion.papers / "summary.json").read_text(encoding="utf-8"))
        return content

    @property
    def descriptor(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))
        return content


Convert = Callable[..., Result]


@pytest.fixture
def convert_text(tmp_path: Path) -> Convert:
    """Convert a text, CSV or GeoJSON, and read the package back."""

    def run(text: str | bytes, **options: Any) -> Result:
        source, target = tmp_path / "features.csv", tmp_path / "package"
        source.write_bytes(text if isinstance(text, bytes) else text.encode())
        settings: dict[str, Any] = {
            "source": "osm", "division_code": DIVISION, "to": target, "as_of": date(2024, 12, 31), "overwrite": True
        }  # fmt: skip
        return Result(convert_file(source, **{**settings, **options}), target)

    return run


def table(features: Sequence[Mapping[str, str]]) -> str:
    """Write features as a CSV table with one column a tag; POINT (102.64 37.92) unless `geometry` says otherwise."""
    filled = [
        {"osmid": str(number), "element_type": "node", "geometry": "POINT (102.64 37.92)", **feature}
        for number, feature in enumerate(features, start=1)
    ]
    columns = list(dict.fromkeys(column for feature in filled for column in feature))
    lines = [columns, *([feature.get(column, "") for column in columns] for feature in filled)]
    return "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines) + "\n"


@pytest.fixture
def convert(convert_text: Convert) -> Convert:
    """Convert features given as dictionaries of tags."""

    def run(*features: Mapping[str, str], **options: Any) -> Result:
        return convert_text(table(features), **options)

    return run


CAFE = {"amenity": "cafe", "name": "示例茶馆"}


@pytest.fixture
def cafe() -> dict[str, str]:
    """The tags of an outlet that needs nothing else."""
    return dict(CAFE)


HEAD = 'mapping: mine\nversion: "1.0"\ntitle: {zh: 我的, en: Mine}\n'


@pytest.fixture
def convert_own(tmp_path: Path) -> Convert:
    """Convert texts (or one) with a mapping of one's own, given without its head."""

    def run(text: str | Mapping[str, str], body: str, **options: Any) -> Result:
        mapping, target = tmp_path / "mine.yaml", tmp_path / "package"
        mapping.write_text(HEAD + body, encoding="utf-8")
        sources = []
        for name, content in ({"list.csv": text} if isinstance(text, str) else text).items():
            (tmp_path / name).write_text(content, encoding="utf-8")
            sources.append(tmp_path / name)
        settings: dict[str, Any] = {
            "mapping": mapping, "division_code": DIVISION, "to": target, "as_of": date(2024, 12, 31), "overwrite": True
        }  # fmt: skip
        return Result(convert_files(sources, **{**settings, **options}), target)

    return run


@pytest.fixture
def convert_tables(tmp_path: Path) -> Convert:
    """Convert texts by name as any tables (`--from table`), or as `source` says."""

    def run(texts: str | Mapping[str, str], **options: Any) -> Result:
        target, sources = tmp_path / "package", []
        for name, content in ({"list.csv": texts} if isinstance(texts, str) else texts).items():
            (tmp_path / name).write_text(content, encoding="utf-8")
            sources.append(tmp_path / name)
        settings: dict[str, Any] = {
            "source": "table", "division_code": DIVISION, "to": target, "as_of": date(2024, 12, 31), "overwrite": True
        }  # fmt: skip
        return Result(convert_files(sources, **{**settings, **options}), target)

    return run
