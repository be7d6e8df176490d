"""The text of a file in whatever encoding it is: by lines for large tables, as a whole for JSON and web pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from circledata.convert.model import SourceFile
from circledata.convert.read.garbled import may_be_garbled
from circledata.convert.read.notes import Note
from circledata.convert.read.words import refuse
from circledata.sources.encoding import LABELS, Verdict, codec_of, decide, decode
from circledata.sources.encoding_faults import line_and_byte
from circledata.sources.lines import LineReader

MOST_AT_ONCE = 1 << 30
"""Bytes of a file that is held in memory as a whole (JSON, web pages)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file that is read: where it lies, what the user calls it, and the bytes that its SourceFile tells of.

    `origin` is the archive that the user gave, where the file was unpacked from one.
    """

    path: Path
    name: str
    origin: Path | None = None

    def source(self, encoding: str, form: str, *, sha256: str = "", size: int = -1) -> SourceFile:
        """Describe the file that the user gave; its hash is computed unless it is known already."""
        path = self.origin or self.path
        if self.origin or not sha256:
            size, sha256 = path.stat().st_size, _sha256(path)
        return SourceFile(self.name, size, sha256, encoding, form)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def short(codec: str) -> str:
    """Return a codec as SourceFile.encoding names it: the order of bytes of UTF-16 matters to nobody."""
    return codec.removesuffix("-le").removesuffix("-be")


def verdict_of(place: Place, declared: str | None) -> Verdict:
    """Decide the encoding; ConversionError when there is none in which the file can be read, or another was said."""
    if declared is not None and codec_of(declared) is None:
        raise refuse("encoding-unknown", encoding=declared)
    verdict = decide(place.path, declared)
    if verdict.codec is None and verdict.big5:
        raise refuse("big5", name=place.name)
    if verdict.codec is None:
        raise _bad_byte(place, verdict.first_bad or 0, "UTF-8 / GB18030")
    if verdict.declared_wrong:
        raise refuse("encoding-wrong", name=place.name, declared=declared, encoding=verdict.label)
    return verdict


def encoding_note(verdict: Verdict) -> list[Note]:
    """Say which encoding was found where it is not UTF-8."""
    return [] if verdict.codec in {None, "utf-8"} else [("encoding", {"encoding": verdict.label})]


def _bad_byte(place: Place, offset: int, encoding: str) -> Exception:
    line, _ = line_and_byte(place.path, offset)
    return refuse("bytes", name=place.name, encoding=encoding, line=line, offset=offset)


class Lines:
    """The lines of a file, once through, with their ends.

    `nul` counts the NUL characters that were dropped; `latin` tells whether there was any letter that garbled Chinese
    is made of, `marked` whether any cell may have Excel's mark of text.
    """

    def __init__(self, place: Place, verdict: Verdict) -> None:
        assert verdict.codec is not None
        self._place = place
        self._codec = verdict.codec
        self._reader = LineReader(place.path, verdict.codec, verdict.bom)
        self.nul = 0
        self.latin = False
        self.marked = False

    def __iter__(self) -> Iterator[str]:
        """Yield each line. ConversionError at the first byte that is no text, and at a line of absurd length."""
        for block in self._reader.blocks():
            if block.bad:
                line, bad = min(block.bad.items())
                raise refuse(
                    "bytes",
                    name=self._place.name,
                    encoding=LABELS[self._codec],
                    line=block.first + line,
                    offset=bad.offset,
                )
            if block.dropped:
                raise refuse("line-too-long", name=self._place.name, line=block.first + min(block.dropped))
            if "\0" in block.text:
                self.nul += block.text.count("\0")
                block.text = block.text.replace("\0", "")
            self.latin = self.latin or may_be_garbled(block.text)
            self.marked = self.marked or '="' in block.text
            yield from block.lines()

    def source(self, form: str) -> SourceFile:
        """Describe the file, once every line has been read."""
        reader = self._reader
        return self._place.source(short(self._codec), form, sha256=reader.sha256, size=reader.bytes)


def whole_text(place: Place, declared: str | None) -> tuple[str, Verdict]:
    """Return the text of a file at once. ConversionError when it is too large or has a byte that is no text."""
    size = place.path.stat().st_size
    if size > MOST_AT_ONCE:
        raise refuse("too-large", name=place.name, actual=size >> 20, limit=MOST_AT_ONCE >> 20)
    verdict = verdict_of(place, declared)
    assert verdict.codec is not None
    text, bad = decode(place.path.read_bytes()[verdict.bom :], verdict.codec, verdict.bom)
    if bad:
        raise _bad_byte(place, bad[0].offset, verdict.label)
    return text, verdict
