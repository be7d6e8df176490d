"""Writes a picture as a PNG with a palette, a third of the size of full colour: enough for text on plain ground."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Sequence

COLOURS = 200
Colour = tuple[int, int, int]


def small_png(width: int, height: int, pixels: bytes) -> bytes:
    """Return `pixels` (RGBA, row by row) as a PNG of at most COLOURS colours: the most frequent ones."""
    seen = [(pixels[at], pixels[at + 1], pixels[at + 2]) for at in range(0, len(pixels), 4)]
    counts = Counter(seen)
    palette = [colour for colour, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:COLOURS]]
    index = {colour: nearest(colour, palette) for colour in counts}
    rows = b"".join(
        b"\0" + bytes(index[colour] for colour in seen[start : start + width])
        for start in range(0, width * height, width)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = b"".join(bytes(colour) for colour in palette)
    parts = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, content) for kind, content in parts)


def nearest(colour: Colour, palette: Sequence[Colour]) -> int:
    """Return the number of the colour of the palette that is closest."""
    return min(range(len(palette)), key=lambda at: sum((a - b) ** 2 for a, b in zip(colour, palette[at], strict=True)))


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a part of a PNG with its length and checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
