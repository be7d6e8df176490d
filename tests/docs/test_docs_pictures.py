"""The pictures of the pages are small, used and described, and the workbook that they show is what the pages say."""

from __future__ import annotations

import re
import struct
import sys
import zlib
from pathlib import Path

import pytest

from circledata import validate
from circledata.standard.model import Language

ROOT = Path(__file__).parent.parent.parent
ASSETS = ROOT / "docs" / "assets"
sys.path.insert(0, str(ROOT / "tools" / "docs"))

import small_png  # noqa: E402
import typed_book  # noqa: E402

PICTURES = sorted(ASSETS.glob("*.png"))
TEXTS = [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "README.en.md"]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_small_and_a_page_shows_it_with_words_for_those_who_cannot_see_it(picture: Path) -> None:
    assert picture.stat().st_size <= 150_000
    shown = [
        (page.name, alt)
        for page in TEXTS
        for alt in re.findall(rf"!\[([^\]]*)\]\([^)]*/{re.escape(picture.name)}\)", page.read_text(encoding="utf-8"))
    ]
    assert shown
    for page, alt in shown:
        assert alt.strip(), page
        assert picture.name.endswith(".en.png") == page.endswith(".en.md"), page


def test_the_colours_of_a_picture_survive() -> None:
    red, white = (200, 30, 20, 255), (255, 255, 255, 255)
    content = small_png.small_png(2, 2, bytes((*red, *white, *white, *white)))
    assert struct.unpack(">II", content[16:24]) == (2, 2)
    palette = content[content.index(b"PLTE") + 4 :][:6]
    assert palette == bytes((*white[:3], *red[:3]))
    start = content.index(b"IDAT")
    length = struct.unpack(">I", content[start - 4 : start])[0]
    assert zlib.decompress(content[start + 4 :][:length]) == b"\0\1\0" + b"\0\0\0"


def test_a_picture_with_too_many_colours_takes_the_nearest() -> None:
    assert small_png.nearest((250, 250, 250), [(0, 0, 0), (255, 255, 255)]) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_typed_is_understood_or_found_as_the_pages_say(language: Language, tmp_path: Path) -> None:
    typed, mended = tmp_path / "typed.xlsx", tmp_path / "mended.xlsx"
    typed_book.write(typed, language)
    typed_book.write(mended, language, mended=True)
    found = {(item.table, item.row, item.column): item.rule for item in validate(typed).findings}
    understood = [place for place, rule in found.items() if rule == "CD157"]
    assert len(understood) == len(typed_book.HARMLESS)
    assert len(found) == len(typed_book.HARMLESS) + len(typed_book.WRONG)
    assert list(validate(mended).findings) == []


def test_a_place_is_read_as_row_and_column() -> None:
    assert typed_book.position("C3") == (3, 3)
    assert typed_book.position("AB12") == (12, 28)
