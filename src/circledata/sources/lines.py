"""A text file as blocks of whole lines, each with the number of its first line and the bytes that are no text."""

from __future__ import annotations

import hashlib
import io
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from circledata.sources.encoding import BLOCK, BadByte, cut, decode

LONGEST_LINE = 64 << 20
"""Bytes of one line that are held at once; the rest of a longer line is passed over."""


@dataclass
class Block:
    """Some consecutive lines of a file."""

    text: str
    first: int
    """Number of the first line, from 1."""
    bad: dict[int, BadByte] = field(default_factory=dict)
    """First bad byte of each line that has one, by index of the line in the block."""
    dropped: dict[int, int] = field(default_factory=dict)
    """Bytes left out of an over-long line, by index of the line in the block."""

    def lines(self) -> list[str]:
        """Return the lines with their ends as the file has them; LF, CR and CR LF end a line."""
        return list(io.StringIO(self.text, newline=""))


def count_lines(text: str) -> int:
    """Count the line ends of `text`: LF, CR and CR LF."""
    if "\r" not in text:
        return text.count("\n")
    return text.count("\n") + text.count("\r") - text.count("\r\n")


class LineReader:
    """Reads a file once, block by block; afterwards `sha256` and `bytes` tell what was read."""

    def __init__(self, path: Path, codec: str, bom: int) -> None:
        self._path = path
        self._codec = codec
        self._bom = bom
        self._digest = hashlib.sha256()
        self.bytes = 0

    @property
    def sha256(self) -> str:
        """Hash of the whole file, once every block has been read."""
        return self._digest.hexdigest()

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in order; the byte-order mark belongs to none of them. OSError when reading fails."""
        first, start, rest = 1, self._bom, b""
        dropped = 0
        with self._path.open("rb", buffering=0) as stream:
            self._take(stream.read(self._bom))
            while chunk := stream.read(BLOCK):
                self._take(chunk)
                data = rest + chunk if rest else chunk
                end = cut(data, self._codec)
                if not end:
                    if len(data) > LONGEST_LINE:
                        dropped += len(data) - LONGEST_LINE
                        data = data[:LONGEST_LINE]
                    rest = data
                    continue
                block = self._block(data[:end], first, start, dropped)
                first += count_lines(block.text)
                start, rest, dropped = start + end + dropped, data[end:], 0
                yield block
        if rest:
            yield self._block(rest, first, start, dropped)

    def _take(self, chunk: bytes) -> None:
        self._digest.update(chunk)
        self.bytes += len(chunk)

    def _block(self, data: bytes, first: int, start: int, dropped: int) -> Block:
        text, bad = decode(data, self._codec, start)
        block = Block(text, first, dropped={0: dropped} if dropped else {})
        if bad:
            starts = [0, *accumulate(len(line) for line in block.lines())]
            for item in bad:
                block.bad.setdefault(bisect_right(starts, item.place) - 1, item)
        return block
