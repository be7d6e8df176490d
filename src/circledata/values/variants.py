"""Characters that look alike: compatibility ideographs, radicals, brackets, dashes; a key for comparing names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# CJK radicals (U+2E80-2EF3): texts copied from PDF files hold them in place of the characters that they look like.
# Source: Unicode data file EquivalentUnifiedIdeograph.txt (version 14), those with a target in the basic plane.
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅"
    "⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀聿肉艹艹艹虎衤覀西见"
    "角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
USUAL_FORMS: Final[dict[str, str]] = dict(
    zip("臺檯峯羣牀邨菓喫舘裏裡凉啓麪麵鷄髙戶説强綫産", "台台峰群床村果吃馆里里凉启面面鸡高户说强线产", strict=True)
)
"""Variant and traditional characters of names of shops and places, with the form usual on the mainland (own choice)."""

_BRACKETS = str.maketrans("[{<【〔〖「『〈《﹙﹛﹝❨]}>】〕〗」』〉》﹚﹜﹞❩○◯", "(" * 14 + ")" * 14 + "〇〇")
_MARKS = re.compile("[™®©]")
_NO_WEIGHT = re.compile(
    r"[\s\-‐‑‒–—―−_·・•‧∙⋅･.'’‘`\"“”,，、。:：;；!！?？*~～&/\\|™®©\u200b-\u200f\ufe00-\ufe0f\ufeff]+"
)


@dataclass(frozen=True, slots=True)
class Variant:
    """A character of a text that has a more usual form: its `place` from 0, the character and the usual one."""

    place: int
    found: str
    usual: str


def unify(text: str) -> str:
    """Return `text` with characters that only repeat another one replaced by it; the look and the meaning stay.

    Compatibility ideographs (U+F900-FAFF, U+2F800-2FA1F) by their canonical equivalents, Kangxi and CJK radicals
    (U+2F00-2FDF, U+2E80-2EFF) by the characters they stand for. Traditional and variant characters are left alone.
    Source: the Unicode character database (canonical and compatibility decompositions, equivalent ideographs).
    """
    return text if text.isascii() else text.translate(_doubles())


def fold(text: str) -> str:
    """Return a key for comparing names: equal when two names differ only in width, case, blanks, dots or brackets.

    Compatibility forms (NFKC), radicals, every kind of bracket and the zeros 〇○◯ are made one; blanks, dashes and
    punctuation are left out; of a name that is nothing else they stay. Traditional characters are not simplified. The
    key is for comparing only, never shown.
    """
    if text.isascii():
        plain = text.casefold().translate(_BRACKETS)
    else:
        plain = unicodedata.normalize("NFKC", unify(_MARKS.sub("", text))).casefold().translate(_BRACKETS)
    return _NO_WEIGHT.sub("", plain) or plain.strip()


def variant_forms(text: str) -> Sequence[Variant]:
    """List the characters of `text` that have a more usual form: 臺 for 台. The text itself is not changed."""
    return [
        Variant(place, character, usual)
        for place, character in enumerate(text)
        if (usual := USUAL_FORMS.get(character) or _doubles().get(ord(character))) and usual != character
    ]


@lru_cache(maxsize=1)
def _doubles() -> dict[int, str]:
    codes = (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20), *range(0x2F00, 0x2FE0))
    decomposed = {code: unicodedata.normalize("NFKC", chr(code)) for code in codes}
    radicals = {ord(radical): usual for radical, usual in zip(*_RADICALS, strict=True)}
    return {code: usual for code, usual in decomposed.items() if usual != chr(code)} | radicals
