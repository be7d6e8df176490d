"""Whatever happens while a package is written, nothing half-written stands under its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from circledata.convert import ConversionError
from circledata.convert.output import package as writer
from circledata.convert.output.atomic import write_file
from circledata.convert.output.write import write_directories

OLD, NEW = "网点名称,业态,地址\n甲,药店,东街1号\n", "网点名称,业态,地址\n乙,药店,东街1号\n"


def stop_after(cells: int, error: BaseException) -> Callable[..., Any]:
    """A csv writer that gives up after some rows, as a full disk or Ctrl-C makes it."""

    def content(columns: Any, rows: Any, *, safe: bool = False) -> Callable[[BinaryIO], None]:
        def write(stream: BinaryIO) -> None:
            stream.write(b"half of a line")
            if cells:
                raise error

        return write

    return content


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_in_the_middle_of_a_table(
    convert_tables: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    convert_tables(OLD)

    def content() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.name != "list.csv"}

    before = content()
    monkeypatch.setattr(writer, "csv_content", stop_after(1, error))
    with pytest.raises(type(error)):
        convert_tables(NEW)
    assert content() == before


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_first_conversion_that_fails_leaves_nothing(
    convert_tables: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    monkeypatch.setattr(writer, "csv_content", stop_after(1, error))
    with pytest.raises(type(error)):
        convert_tables(OLD)
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


def test_a_stream_that_fails_leaves_the_old_folder(tmp_path: Path) -> None:
    def fails(stream: BinaryIO) -> None:
        stream.write(b"new")
        raise KeyboardInterrupt

    write_directories({tmp_path / "a": {"x.txt": b"old"}})
    with pytest.raises(KeyboardInterrupt):
        write_directories({tmp_path / "a": {"x.txt": fails}, tmp_path / "b": {}}, overwrite=True)
    assert (tmp_path / "a" / "x.txt").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_one_file(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    write_file(path, b"one")
    with pytest.raises(ConversionError, match="--overwrite"):
        write_file(path, b"two")
    assert path.read_bytes() == b"one"
    write_file(path, lambda stream: None, overwrite=True)
    assert [item.name for item in tmp_path.iterdir()] == ["mapping.yaml"]
    with pytest.raises(ConversionError, match="directory"):
        write_file(tmp_path, b"x", overwrite=True)


def test_cells_that_begin_like_a_formula_are_marked_and_come_back(convert_tables: Any) -> None:
    text = "网点名称,业态,地址\n=1+1,药店,@东街1号\n+甲,=药店,-\n"
    result = convert_tables(text)
    assert [row["name"] for row in result.outlets] == ["=1+1", "+甲"]
    for path in (result.folder / "outlets.csv", *result.conversion.papers.glob("*.csv")):
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            assert not any(cell.strip('"')[:1] in set("=+@") for cell in line.split(","))


def test_numbers_below_zero_stay_numbers(convert_own: Any) -> None:
    body = "tables:\n  outlets:\n    fields: {name: [店名]}\n    place: {longitude: [x], latitude: [y]}\n"
    result = convert_own("店名,x,y\n甲,-70.5,-33.4\n", body, coordinate_system="WGS84")
    assert "-70.5,-33.4" in (result.folder / "outlets.csv").read_text(encoding="utf-8-sig")
