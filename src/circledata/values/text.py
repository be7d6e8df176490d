"""Cleans single texts without changing what they say: blanks, control characters, full-width letters and digits."""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_HAS_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xA0: " ",
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣ｰ"), "-"),
    **dict.fromkeys(map(ord, "﹙〔﹝"), "("),
    **dict.fromkeys(map(ord, "﹚〕﹞"), ")"),
    **dict.fromkeys(map(ord, "、﹐"), ","),
    **dict.fromkeys(map(ord, "。﹒"), "."),
    ord("〜"): "~",
    ord("￥"): "¥",
}
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_PLACEHOLDERS = frozenset(
    "- -- — / \\ . * ? ？ 无 暂无 没有 不详 未知 空 n/a na nan null none nil unknown [] {}".split()  # noqa: SIM905
) | frozenset("#n/a n.a. 暂缺 缺失 未填 未填写 未提供 不清楚 无数据 暂无数据 无信息 暂无信息 nat undefined".split())  # noqa: SIM905
# Dashes and slashes of any kind and number: people draw a line through the cell.
_LINE_SIGNS = "-‐‑‒–—―－−_/／\\＼"
_LINE = re.compile(f"[{re.escape(_LINE_SIGNS)}]{{1,8}}")
_FIRST = frozenset(word[0] for word in _PLACEHOLDERS) | frozenset(_LINE_SIGNS)


def clean(text: str) -> str:
    """Return `text` without invisible characters, runs of blanks and line breaks as one space, none at the ends."""
    if text.isprintable() and "  " not in text:
        return text.strip()  # nearly every cell: nothing in it has to be looked for
    return " ".join(_INVISIBLE.sub("", text).split())


def half_width(text: str) -> str:
    """Return `text` with full-width Latin letters and digits in their ordinary form; Chinese punctuation stays."""
    return text.translate(_FULL_WIDTH) if _HAS_FULL_WIDTH.search(text) else text


def ascii_signs(text: str) -> str:
    """Return `text` as its values are read: full-width signs, dashes, brackets and commas too in their ASCII form.

    For numbers, dates and telephone numbers only; in a name or an address Chinese punctuation is right and stays.
    The yen sign in both widths becomes `¥`.
    """
    return text if text.isascii() else text.translate(_SIGNS)


def has_han(text: str) -> bool:
    """Tell whether there is any Chinese character in `text`."""
    return _HAN.search(text) is not None


def is_placeholder(text: str) -> bool:
    """Tell whether `text` only says that nothing is known: `-`, `——`, `/`, 无, 暂无, n/a, null, [] …

    The words are the standard's own list of what is met in real files. An empty text is none: nothing stands there.
    """
    first = text[:1].lower()
    if first not in _FIRST and not first.isspace():
        return False  # nearly every text
    plain = text.strip().lower()
    return plain in _PLACEHOLDERS or _LINE.fullmatch(plain) is not None
