"""Takes the name of an outlet apart: what it is called, which branch it is, on which floor; own choice throughout.

No standard says how the name of an outlet is built. The forms are those of real lists: 肯德基(凉州店), 超市【24小时】,
中国邮政（东大街支局）, 老百姓大药房第二分店, 星巴克 3F. What a word list cannot decide stays in the stem.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from circledata.values.text import clean, half_width

NUMERALS = "0-9一二三四五六七八九十百两"
"""Characters of numbers as names write them, for use inside a character class of a regular expression."""

BRANCH_ENDINGS = (
    *("分店", "支店", "门店", "总店", "直营店", "加盟店", "旗舰店", "专卖店", "体验店", "社区店", "店"),
    *("支行", "分行", "营业部", "营业厅", "营业所", "支局", "邮政所", "分公司", "网点", "服务站", "分部", "分馆"),
    *("分院", "校区", "院区", "站", "门市部", "门市", "专柜"),
)
"""Words that end the name of a branch: 凉州店, 东大街支局. Own choice, from forms met in map and registry lists."""

_OPEN, _CLOSE = "（【[〔〈「『｛{", "）】]〕〉」』｝}"
_SIGNS = str.maketrans(_OPEN + _CLOSE + "＆．－", "(" * len(_OPEN) + ")" * len(_CLOSE) + "&.-")
_BLANKS = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])| (?=[()])|(?<=[()]) ")
_GROUP = re.compile(r"\(([^()]*)\)")
_OPEN_END = re.compile(r"\([^()]*$")
_NUMBERED = re.compile(f"(?:第[{NUMERALS}]+(?:分店|支店|门店|店|号店|分部|门市部?)|[{NUMERALS}]+(?:号店|分店|店))$")
_NUMBERED_ENDS = frozenset("店部市")
"""Characters in which `_NUMBERED` ends: to look at the last one first is cheaper."""
_FLOOR = re.compile(
    f"(?P<down>地下|负|B)?(?P<number>[{NUMERALS}]+)(?:楼|层|F(?![A-Z]))|(?<![A-Z])(?P<b>B[1-9])(?![0-9A-Z])",
    re.IGNORECASE,
)
_HAN_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_NOTE = re.compile(
    "^(?:24小时.*|.*营业中?|.*装修.*|.*停业.*|.*关闭.*|.*搬迁.*|原.*|可.*|.*外卖.*|.*自提.*|.*入口|.*出口|筹建.*|含.*|内设.*|附设.*|兼.*)$"
)


_REMEMBERED = 1 << 17
"""Names that are kept taken apart: brands and categories of a large file ask for each of them several times."""


class OutletName(NamedTuple):
    """A name in its parts, all tidied: `stem` without brackets, `branch` of the last words, `notes` of other brackets.

    `full` is the whole name, tidied. `branch` and `notes` are empty where there is none.
    """

    full: str
    stem: str
    branch: str
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=_REMEMBERED)
def tidy(name: str) -> str:
    """Return a name in one spelling: half-width, brackets `()`, no blank beside a Chinese character or a bracket.

    A bracket that is opened and never closed is closed at the end. Capitals stay.
    """
    text = half_width(clean(name)).translate(_SIGNS)
    if " " in text:
        text = _BLANKS.sub("", text)
    return text + ")" if "(" in text and _OPEN_END.search(text) else text


@lru_cache(maxsize=_REMEMBERED)
def split_name(name: str) -> OutletName:
    """Take a name apart. Brackets count as a branch unless they only note something: 24小时, 含药店, 装修中.

    Without brackets only a numbered branch is taken off (第二分店, 3号店): where 肯德基凉州万达店 is to be cut, only a
    list of brands can tell (`circledata.values.brands`).
    """
    full = tidy(name)
    bare, branch = full, ""
    notes: tuple[str, ...] = ()
    if "(" in full:
        groups = [group for group in _GROUP.findall(full) if group]
        notes = tuple(group for group in groups if is_note(group))
        branch = "/".join(group for group in groups if group not in notes)
        bare = _GROUP.sub("", full)
    stem = bare.strip(" -—·,") or full
    numbered = _NUMBERED.search(stem) if stem[-1:] in _NUMBERED_ENDS else None
    if numbered and numbered.start() >= 2:
        stem, branch = stem[: numbered.start()], "/".join(filter(None, (numbered.group(), branch)))
    return OutletName(full, stem, branch, notes)


def is_note(text: str) -> bool:
    """Tell whether the text of a bracket only notes something (24小时, 含药店, 装修中) and names no branch."""
    return _NOTE.match(text) is not None


def floors(text: str) -> frozenset[int]:
    """Return the floors that a name or an address names: 3楼, 二层, 2F, B1, 负一楼 (below ground: negative).

    A building number (3号楼, 5栋) is no floor.
    """
    found = set()
    for match in _FLOOR.finditer(tidy(text)):
        if match.group("b"):
            found.add(-int(match.group("b")[1:]))
            continue
        number = han_number(match.group("number"))
        if number is not None:
            found.add(-number if match.group("down") else number)
    return frozenset(found)


def han_number(text: str) -> int | None:
    """Return the value of a number up to 99 written in digits or in Chinese characters (12, 十二, 二十); else None."""
    if text.isascii():
        return int(text) if text.isdigit() else None
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _HAN_DIGITS.get(text)
    if any(part and part not in _HAN_DIGITS for part in (tens, ones)):
        return None
    return (_HAN_DIGITS[tens] if tens else 1) * 10 + (_HAN_DIGITS[ones] if ones else 0)


def is_branch(text: str) -> bool:
    """Tell whether `text` ends like the name of a branch: 凉州店, 东大街支局, 西湖校区."""
    return text.endswith(BRANCH_ENDINGS)
