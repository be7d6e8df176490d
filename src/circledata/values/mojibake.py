"""Recognises text that was read in a wrong encoding and gives it back: ÎÄÈýÂ· is 文三路, 鍟嗗満 is 商场."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["gbk-as-latin", "utf8-as-latin", "utf8-as-gbk", "lost"]


@dataclass(frozen=True, slots=True)
class MojibakeReading:
    """What happened to a text: `kind`, the text `repaired` (None when bytes are lost), `certain`: it can be no other.

    Kinds: `gbk-as-latin` (GBK bytes read as Windows-1252 or Latin-1), `utf8-as-latin`, `utf8-as-gbk`, and `lost`
    (锟斤拷, �, rows of question marks: the characters are gone and nothing brings them back).
    """

    kind: Kind
    repaired: str | None
    certain: bool


KINDS: Final[dict[str, tuple[str, str]]] = {
    "gbk-as-latin": ("GBK 编码的文字被当作西欧文字读取", "text in GBK was read as Western European"),
    "utf8-as-latin": ("UTF-8 编码的文字被当作西欧文字读取", "text in UTF-8 was read as Western European"),
    "utf8-as-gbk": ("UTF-8 编码的文字被当作 GBK 读取", "text in UTF-8 was read as GBK"),
    "lost": ("文字在转换编码时已经丢失，无法还原", "characters were lost in a change of encoding"),
}
"""What the kinds mean, zh and en."""

# What Windows-1252 shows for the bytes 80-9F; its five holes are shown as Latin-1 control characters.
_TO_BYTE = {
    bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_TO_BYTE |= {chr(byte): byte for byte in range(256)}
_LATIN_TABLE = str.maketrans({character: chr(byte) for character, byte in _TO_BYTE.items()})
_WESTERN = re.compile("[\u0080-\u00ff" + "".join(character for character in _TO_BYTE if ord(character) > 0xFF) + "]+")
_ACCENTED = re.compile("[À-ÖØ-öø-ÿ]+")
_LOST = re.compile("锟斤拷|\ufffd|(?:^|[\\s0-9(])\\?{3,}|\\?{3,}(?=\\w)|^\\?+$|^\\?{2,}[ 0-9()-]*$")
_GBK_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff]")
_IN_WORD = re.compile("[A-Za-z][À-ÖØ-öø-ÿ]|[À-ÖØ-öø-ÿ][a-z]")
_HAN = re.compile("[\u4e00-\u9fff]")
_UTF8_CUT = re.compile(rb"[\xe3-\xe9][\x80-\xbf][\x80-\xbf?]|\xef[\xbc-\xbd][\x80-\xbf?]|\xe2\x80[\x80-\xbf?]")
_UTF8_HAN = re.compile(rb"[\xe3-\xe9][\x80-\xbf][\x80-\xbf]|\xef[\xbc-\xbd][\x80-\xbf]|\xe2\x80[\x80-\xbf]")


def recognise(text: str) -> MojibakeReading | None:
    """Tell whether `text` was read in the wrong encoding; None for every text that is likely right as it is.

    Words with real accents (Café, naïve, Größe, São João) are right: only whole runs of accented characters that make
    pairs of common Chinese characters, or strict UTF-8, count. A single Chinese character is never `certain`.
    Blanks at the ends must not have been stripped: a no-break space may be half a character. Never raises.
    """
    if text.isascii():
        return MojibakeReading("lost", None, False) if "??" in text and _LOST.search(text) else None
    if _WESTERN.search(text):
        read = _western(text)
        if read is not None:
            return read
    if not _LOST.search(text):
        return _utf8_as_gbk(text)
    # Where single bytes fell out, the rest still tells what it was; nothing brings the whole back.
    rest = None if "锟斤拷" in text else _utf8_as_gbk(text.replace("\ufffd", "?"))
    return rest or MojibakeReading("lost", None, "锟斤拷" in text or "\ufffd" in text)


def repair(text: str, kind: Kind) -> str | None:
    """Return `text` as it was before it was read wrongly in the way `kind` says; None when that is not possible.

    For the cells of a column that was judged as a whole: a text too short to be recognised alone is repaired too. ASCII
    text is returned as it is.
    """
    if text.isascii():
        return text
    raw = _latin_bytes(text) if kind != "utf8-as-gbk" else _gbk_bytes(text)
    if raw is None or kind == "lost":
        return None
    try:
        return raw.decode("gb18030" if kind == "gbk-as-latin" else "utf-8")
    except UnicodeDecodeError:
        return None


def judge(texts: Iterable[str]) -> float:
    """Return the share (0 to 1) of the texts with other than ASCII characters that were read in a wrong encoding."""
    return judge_column(texts).share


@dataclass(frozen=True, slots=True)
class ColumnJudgement:
    """Of `looked_at` texts that are not plain ASCII the `share` (0-1) that is mojibake; `kind`: the most frequent."""

    share: float
    kind: Kind | None
    looked_at: int


def judge_column(texts: Iterable[str]) -> ColumnJudgement:
    """Judge a column: how many of its texts were read wrongly, and in which way. A text counts each time it stands."""
    looked_at = 0
    kinds: Counter[Kind] = Counter()
    for text in texts:
        read = recognise(text)
        looked_at += bool(read) or not text.isascii()
        if read:
            kinds[read.kind] += 1
    most = min(kinds, key=lambda kind: (-kinds[kind], kind), default=None)
    return ColumnJudgement(kinds.total() / looked_at if looked_at else 0.0, most, looked_at)


def _latin_bytes(text: str) -> bytes | None:
    """Return the bytes that Windows-1252 (Latin-1 for its holes) shows as `text`."""
    try:
        return text.translate(_LATIN_TABLE).encode("latin-1")
    except UnicodeEncodeError:
        return None


def _gbk_bytes(text: str) -> bytes | None:
    """Return the bytes that code page 936 shows as `text`: GBK, with € for the single byte 80."""
    try:
        return b"\x80".join(part.encode("gb18030") for part in text.split("€"))
    except UnicodeEncodeError:
        return None


def _western(text: str) -> MojibakeReading | None:
    raw = _latin_bytes(text)
    if raw is None:
        return None
    read = _utf8_as_latin(raw)
    return read if read is not None else _gbk_as_latin(text, raw)


def _utf8_as_latin(raw: bytes) -> MojibakeReading | None:
    try:
        repaired = raw.decode("utf-8")
    except UnicodeDecodeError:
        whole = _UTF8_HAN.findall(raw)
        high = sum(byte >= 0x80 for byte in raw)
        # A byte or two fell out on the way (a no-break space stripped, a hole of the code page dropped).
        if len(whole) >= 2 and len(whole) * 3 >= 0.75 * high and not _mostly_gbk(raw):
            return MojibakeReading("utf8-as-latin", None, False)
        return None
    found = [character for character in repaired if character >= "\x80"]
    if any(character >= "\u0800" for character in found):
        return MojibakeReading("utf8-as-latin", repaired, True)
    # Two-byte sequences only: Ã© for é, Â° for °. Pairs of GBK (Â· is 路) look the same.
    if not all("\u00a0" <= character <= "\u017f" for character in found):
        return None
    if _IN_WORD.search(repaired) or not _mostly_gbk(raw):
        return MojibakeReading("utf8-as-latin", repaired, len(found) > 1 or repaired[:-1] != "")
    return None


def _gbk_as_latin(text: str, raw: bytes) -> MojibakeReading | None:
    if not _mostly_gbk(raw):
        return None
    try:
        repaired = raw.decode("gb18030")
    except UnicodeDecodeError:
        # Half a character is missing somewhere; the rest tells what it was.
        return MojibakeReading("gbk-as-latin", None, False) if len(_common_pairs(raw)) >= 4 else None
    common = len(_common_pairs(raw))
    if common == 1 and _could_be_a_word(text):
        return None
    return MojibakeReading("gbk-as-latin", repaired, common >= 2 or len(_HAN.findall(repaired)) >= 3)


def _could_be_a_word(text: str) -> bool:
    """Tell whether one pair of high characters may be two real ones: accented letters, or signs beside letters."""
    run = _WESTERN.search(text)
    if run is None:
        return True
    beside = text[: run.start()][-1:] + text[run.end() :][:1]
    return _ACCENTED.fullmatch(run.group()) is not None or any(
        character.isascii() and not character.isspace() for character in beside
    )


def _common_pairs(raw: bytes) -> list[bytes]:
    """Return the pairs that are first-level characters of GB 2312, the 3,755 that fill nearly every Chinese text."""
    return [pair for pair in _GBK_PAIR.findall(raw) if len(pair) == 2 and 0xB0 <= pair[0] <= 0xD7 and pair[1] >= 0xA1]


def _mostly_gbk(raw: bytes) -> bool:
    pairs = _GBK_PAIR.findall(raw)
    alone = sum(len(pair) == 1 for pair in pairs)
    # Full-width signs and digits (rows A1, A3) are as common as characters; a high byte beside an ASCII letter is not.
    signs = sum(len(pair) == 2 and pair[0] in {0xA1, 0xA3} and pair[1] >= 0xA1 for pair in pairs)
    odd = sum(len(pair) == 2 and pair[1] < 0x80 for pair in pairs)
    rare = sum(len(pair) == 2 and 0xD8 <= pair[0] <= 0xF7 and pair[1] >= 0xA1 for pair in pairs)
    common = len(_common_pairs(raw)) + (rare // 2 if len(pairs) >= 3 else 0)
    return common > 0 and alone <= len(pairs) // 8 and common + signs >= 0.6 * len(pairs) and odd <= common // 3


def _utf8_as_gbk(text: str) -> MojibakeReading | None:
    raw = _gbk_bytes(text)
    if raw is None:
        return None
    try:
        repaired = raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return MojibakeReading("utf8-as-gbk", repaired, True) if _HAN.search(repaired) else None
    # A byte that found no partner became a question mark: 杭州 shows as 鏉?宸?.
    whole = _UTF8_CUT.findall(raw)
    looked_at = sum(byte >= 0x80 or byte == 0x3F for byte in raw)
    if len(whole) >= 2 and sum(map(len, whole)) >= 0.7 * looked_at and not _HAN_ROWS.search(raw):
        return MojibakeReading("utf8-as-gbk", None, False)
    return None


# Nothing but characters of GB 2312: real Chinese text, whatever else the bytes may look like.
_HAN_ROWS = re.compile(rb"^(?:[\x00-\x7f]|[\xb0-\xd7][\xa1-\xfe]|[\xd8-\xf7][\xa1-\xfe]|[\xa1-\xa9][\xa1-\xfe])*$")
