"""Which encoding a text file is in, and its text with the place of every byte that does not belong there."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

BLOCK = 1 << 20
ENOUGH = 2_000_000
"""Characters beyond ASCII after which no further ones change the choice of the encoding."""
BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LABELS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
    "gb18030": "GB18030",
    "big5": "Big5",
    "cp1252": "Windows-1252",
    "latin-1": "ISO-8859-1",
}
"""The codecs that are read, and how they are named to people."""

_DECLARED = {
    "utf-8": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8", "utf8mb4": "utf-8",
    "ascii": "utf-8", "us-ascii": "utf-8",
    "utf-16": "utf-16-le", "utf16": "utf-16-le", "unicode": "utf-16-le",
    "utf-16le": "utf-16-le", "utf-16-le": "utf-16-le", "utf-16be": "utf-16-be", "utf-16-be": "utf-16-be",
    "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "windows-936": "gb18030",
    "big5": "big5", "cp950": "big5", "big5-hkscs": "big5",
    "latin-1": "latin-1", "latin1": "latin-1", "iso-8859-1": "latin-1", "cp1252": "cp1252", "windows-1252": "cp1252",
}  # fmt: skip
# Python's table is GB 18030-2000. These are the places where GB 18030-2022 names a real character instead
# of a private-use one (checked against glibc).
_GB18030_2022 = {
    0xE7C7: 0x1E3F, 0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15,
    0xE793: 0xFE16, 0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19, 0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC,
    0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F,
    0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE855: 0x241FE, 0xE864: 0x9FBB,
}  # fmt: skip
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_WIDE = re.compile("[\u0800-\U0010ffff]")
_USUAL = re.compile("[\t\r\n -\u007e\u00a0-\u00ff\u2000-\u206f\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class BadByte:
    """A byte that is not text in the file's encoding."""

    offset: int
    """From the start of the file, counted from 0."""
    byte: str
    """Two hexadecimal digits."""
    place: int
    """Index in the block's text, where U+FFFD stands for it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided about a file's encoding."""

    codec: str | None
    """Key of LABELS; None when the file is no text that can be read."""
    bom: int
    """Bytes to skip at the start."""
    declared_wrong: bool = False
    first_bad: int | None = None
    """Offset of the first byte that the declared encoding (or, with no codec, UTF-8) refuses."""
    big5: bool = False

    @property
    def label(self) -> str:
        """The encoding as it is named to people."""
        return LABELS[self.codec] if self.codec else "?"


def codec_of(declared: str | None) -> str | None:
    """Return the codec that a declared encoding names; None when it names none that is read."""
    return _DECLARED.get((declared or "").strip().lower().replace("_", "-"))


def bom_of(head: bytes) -> tuple[str | None, int]:
    """Return the codec that a byte-order mark announces, and the mark's length."""
    for mark, codec in BOMS:
        if head.startswith(mark):
            return codec, len(mark)
    return (_utf16_without_mark(head), 0) if b"\0" in head else (None, 0)


def _utf16_without_mark(head: bytes) -> str | None:
    """Return the UTF-16 codec that `head` makes sense in; None when its zero bytes are mere rubbish.

    ASCII has a zero beside each character. Chinese has none, but the line ends and commas between it have, so the text
    is judged: it must have a line end, and nearly all of it must be in usual blocks.
    """
    even = head[: len(head) & ~1]
    if head.count(0) < len(head) * 0.2 and _is_utf8(head):
        return None
    for codec in ("utf-16-le", "utf-16-be"):
        text = even.decode(codec, "replace")
        if "\0" not in text and ("\n" in text or "\r" in text) and len(_USUAL.findall(text)) >= len(text) * 0.95:
            return codec
    if len(head) >= 8 and head[:200].count(0) >= len(head[:200]) * 0.3:
        return "utf-16-be" if head[0] == 0 else "utf-16-le"
    return None


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def decode(block: bytes, codec: str, start: int = 0) -> tuple[str, list[BadByte]]:
    """Decode `block`, which stands at byte `start` of its file; each bad byte becomes U+FFFD and is listed."""
    try:
        return _mend(block.decode(codec), codec), []
    except UnicodeDecodeError:
        pass
    view, parts, bad, position, length = memoryview(block), [], [], 0, 0
    while position < len(block):
        try:
            parts.append(str(view[position:], codec))
            break
        except UnicodeDecodeError as error:
            good = str(view[position : position + error.start], codec)
            length += len(good)
            at = position + error.start
            bad.append(BadByte(start + at, f"{block[at]:02X}", length))
            parts += (good, "\ufffd")
            length += 1
            position = at + max(1, error.end - error.start)
    return _mend("".join(parts), codec), bad


def _mend(text: str, codec: str) -> str:
    if codec != "gb18030" or not _PRIVATE.search(text):
        return text
    return text.translate(_GB18030_2022)


class Trial:
    """Counts, over a whole file, what one codec makes of it."""

    def __init__(self, codec: str) -> None:
        self.codec = codec
        self.good = 0
        """Characters beyond ASCII that decode."""
        self.bad = 0
        self.wide = 0
        """Of them, those that take three bytes or more as UTF-8, as all Chinese ones do: chance hardly makes them."""
        self.private = 0
        self.done = False
        """Whether enough was seen to judge."""
        self.first_bad: int | None = None

    def take(self, block: bytes, start: int) -> None:
        """Try one block, cut at a line end."""
        if self.done or (block.isascii() and not self.codec.startswith("utf-16")):
            return
        try:
            text = block.decode(self.codec)
        except UnicodeDecodeError as error:
            if self.first_bad is None:
                self.first_bad = start + error.start
            text = block.decode(self.codec, "replace")
            bad = text.count("\ufffd")
            self.bad += bad
            self.good -= bad
            self.wide += len(_WIDE.findall(text)) - bad
            beyond = len(text) - len(text.encode("ascii", "ignore"))
        else:
            beyond = len(text) - len(text.encode("ascii", "ignore"))
            self.wide += beyond
        self.good += beyond
        self.done = self.good + self.bad > ENOUGH or (self.codec == "big5" and self.bad > 0)
        if self.codec == "gb18030" and _PRIVATE.search(text):
            self.private += len(_PRIVATE.findall(_mend(text, self.codec)))


def cut(block: bytes, codec: str | None) -> int:
    """Return where to cut `block` so that no line and no character is split; 0 when it holds no whole line."""
    if codec and codec.startswith("utf-16"):
        return _cut_utf16(block, codec)
    at = block.rfind(b"\n")
    if at < 0:
        # The last byte may be the first half of CR LF.
        at = block.rfind(b"\r", 0, max(0, len(block) - 1))
    return at + 1


def _cut_utf16(block: bytes, codec: str) -> int:
    even = len(block) & ~1
    for end, stop in (("\n", even), ("\r", even - 2)):
        mark, limit = end.encode(codec), max(0, stop)
        while (at := block.rfind(mark, 0, limit)) >= 0:
            if at % 2 == 0:
                return at + 2
            limit = at + 1
    return 0


def decide(path: Path, declared: str | None) -> Verdict:
    """Decide how `path` is encoded: declared, then byte-order mark, then UTF-8, then GB18030.

    Reads until enough beyond ASCII is seen to tell, a second time if it is not UTF-8. A declared or announced encoding
    is taken only if nothing speaks against it. A file that is UTF-8 or GB18030 but for a few bytes is still taken as
    that; the caller finds the bytes. OSError when the file cannot be read.
    """
    with path.open("rb") as stream:
        announced, bom = bom_of(stream.read(4096))
    wanted = codec_of(declared)
    first = Trial(announced or "utf-8")
    _try_all(path, bom, [first])
    trials = {first.codec: first}
    found, big5 = announced, False
    if found is None and not first.bad and (first.good > 1 or wanted in {None, "utf-8", "gb18030"}):
        found = "utf-8"
    if found is None:
        names = dict.fromkeys((wanted or "gb18030", "gb18030", "big5"))
        trials |= {name: Trial(name) for name in names if name != "utf-8"}
        _try_all(path, bom, [trial for trial in trials.values() if trial is not first])
        found, big5 = _best(trials, wanted)
    wrong = declared is not None and found is not None and (wanted is None or _differ(found, wanted))
    refused = trials.get(wanted or "utf-8")
    return Verdict(found, bom, wrong, refused.first_bad if refused else None, big5)


def _differ(one: str, other: str) -> bool:
    return one != other and not (one.startswith("utf-16") and other.startswith("utf-16"))


def _best(trials: dict[str, Trial], wanted: str | None) -> tuple[str | None, bool]:
    """Choose by what the bytes say; the second value tells that Big5 is suspected."""
    utf8, gb, big5 = trials["utf-8"], trials["gb18030"], trials["big5"]
    suspect = bool(gb.private) and not big5.bad
    if wanted and not trials[wanted].bad and not (wanted == "gb18030" and suspect):
        return wanted, False
    if utf8.good > utf8.bad and (utf8.wide > utf8.bad or gb.bad or suspect):
        return "utf-8", False
    if suspect:
        return None, True
    if gb.good > 20 * gb.bad:
        return "gb18030", False
    return None, not big5.bad and big5.good > 1


def _try_all(path: Path, bom: int, trials: list[Trial]) -> None:
    with path.open("rb") as stream:
        stream.seek(bom)
        start, rest, codec = bom, b"", trials[0].codec
        while not all(trial.done for trial in trials) and (block := stream.read(BLOCK)):
            block = rest + block
            end = cut(block, codec) or (len(block) & ~1 if len(block) > 16 * BLOCK else 0)
            for trial in trials:
                trial.take(block[:end], start)
            start, rest = start + end, block[end:]
        for trial in trials:
            trial.take(rest, start)
