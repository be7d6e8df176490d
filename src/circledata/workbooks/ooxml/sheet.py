"""Changes one sheet while its XML flows by: only the rows that are concerned are looked into.

A sheet of 100,000 rows has 150 MB of XML, so nothing but a piece of a few megabytes is ever held.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping

from circledata.findings.model import Level
from circledata.workbooks.ooxml.cells import CellEdit, RowPatcher
from circledata.workbooks.ooxml.parts import utf8

_ROOT = re.compile(rb"<(?!\?|!)([A-Za-z_][\w.\-]*:)?[\w.\-]+")
_ROW_NUMBER = re.compile(rb"(?<![^\s\"'])r\s*=\s*[\"']([0-9]+)[\"']")
_ODD = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_HEAD_LIMIT = 64 << 20


def without_comments(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield XML without comments and with CDATA written as plain text, so that every `<` begins a tag."""
    rest = b""
    for piece in pieces:
        piece = rest + piece
        rest = b""
        if b"<!" in piece or piece.endswith(b"<"):
            if b"<!DOCTYPE" in piece:
                raise ValueError("a document type")
            piece = _ODD.sub(_as_text, piece)
            begun = piece.rfind(b"<!")
            if begun < 0 and piece.endswith(b"<"):
                begun = len(piece) - 1
            if begun >= 0:
                piece, rest = piece[:begun], piece[begun:]
        yield piece
    if rest:
        yield rest


def _as_text(match: re.Match[bytes]) -> bytes:
    inner = match[1] or b""
    return inner.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


class SheetPatch:
    """The changes of one sheet. `restored`: styles that are to be replaced wherever they stand, by their numbers.

    `head` and `tail` change the text before and after the rows; they are given the prefix of the sheet's own tags.
    """

    def __init__(
        self,
        edits: Mapping[int, Mapping[int, CellEdit]],
        painted: Callable[[int, Level], int | None],
        restored: Mapping[int, int],
        head: Callable[[str, str], str],
        tail: Callable[[str, str], str],
    ) -> None:
        self._edits = edits
        self._painted = painted
        self._restored = {str(old).encode(): str(new).encode() for old, new in restored.items()}
        self._head = head
        self._tail = tail
        self._left = sorted(edits)
        self._next = 0
        self._number = 0
        self.resolved: dict[int, int] = {}
        """By row, the column of its first filled cell, where one was asked for."""
        self.columns: list[tuple[int, int, float]] = []
        """First and last column and width in characters, as the sheet has them."""
        self.height = 15.0
        """Points of a row that says nothing of its own."""

    def run(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the changed sheet piece by piece."""
        pieces = without_comments(utf8(chunks))
        buffer = next(pieces, b"")
        root = _ROOT.search(buffer)
        self._prefix = (root[1] if root else None) or b""
        start = re.compile(rb"<" + re.escape(self._prefix) + rb"sheetData(?=[\s/>])[^>]*>")
        while (found := start.search(buffer)) is None:
            piece = next(pieces, None)
            if piece is None or len(buffer) > _HEAD_LIMIT:
                yield self._text(buffer, self._whole)
                return
            buffer += piece
        head = self._text(buffer[: found.start()], self._begin)
        self._prepare()
        if found[0].endswith(b"/>"):
            yield head + found[0][:-2] + b">" + self._missing(None) + b"</%ssheetData>" % self._prefix
            tail = buffer[found.end() :] + b"".join(pieces)
        else:
            yield head + found[0]
            rest = yield from self._rows(buffer[found.end() :], pieces)
            tail = rest + b"".join(pieces)
        yield self._text(tail, self._tail)

    def _text(self, raw: bytes, change: Callable[[str, str], str]) -> bytes:
        return change(raw.decode("utf-8"), self._prefix.decode()).encode("utf-8")

    def _whole(self, text: str, prefix: str) -> str:
        return self._tail(self._head(text, prefix), prefix)

    def _begin(self, text: str, prefix: str) -> str:
        self._column_tags = re.findall(rf"<{prefix}col\s[^>]*>", text)
        height = re.search(rf"<{prefix}sheetFormatPr\s[^>]*?defaultRowHeight=\"([0-9.]+)\"", text)
        self.height = float(height[1]) if height else self.height
        return self._head(text, prefix)

    def _prepare(self) -> None:
        name = re.escape(self._prefix)
        self._patcher = RowPatcher(self._prefix, self._painted)
        self.resolved = self._patcher.resolved
        self._row = b"<" + self._prefix + b"row"
        self._end = b"</" + self._prefix + b"sheetData"
        self._tag = re.compile(rb"<" + name + rb"row(?=[\s/>])((?:[^\"'>/]|\"[^\"]*\"|'[^']*')*+)(/?)>")
        self._close = b"</" + self._prefix + b"row"
        self._styled = None
        if self._restored:
            styles = b"|".join(sorted(self._restored, key=int))
            self._styled = re.compile(rb"s=([\"'])(" + styles + rb")\1")
        for tag in self._column_tags:
            values = dict(re.findall(r"(\w+)\s*=\s*[\"']([^\"']*)[\"']", tag))
            if not {"min", "max"} <= values.keys():
                continue
            first, last = int(values["min"]), int(values["max"])
            if values.get("style", "").isdigit():
                self._patcher.column_styles.append((first, last, int(values["style"])))
            width = 0.0 if values.get("hidden") in {"1", "true"} else float(values.get("width") or 8.43)
            self.columns.append((first, last, width))

    def _rows(self, buffer: bytes, pieces: Iterator[bytes]) -> Generator[bytes, None, bytes]:
        """Yield all rows; return what follows them, beginning with the end of the sheet's data."""
        while True:
            end = buffer.find(self._end)
            if end >= 0:
                yield self._piece(buffer[:end]) + self._missing(None)
                return buffer[end:]
            last = buffer.rfind(self._row)
            if last > 0:
                yield self._piece(buffer[:last])
                buffer = buffer[last:]
            piece = next(pieces, None)
            if piece is None:
                yield buffer
                return b""
            buffer += piece

    def _piece(self, piece: bytes) -> bytes:
        """Return whole rows, changed."""
        if self._styled is not None:
            piece = self._styled.sub(self._restore, piece)
        last = self._tag.match(piece, max(0, piece.rfind(self._row)))
        if last is None:
            return piece
        number = _ROW_NUMBER.search(last[1])
        if number and (self._next >= len(self._left) or self._left[self._next] > int(number[1])):
            self._number = int(number[1])
            return piece
        if number is None and self._next >= len(self._left):
            return piece
        return b"".join(self._one_by_one(piece))

    def _restore(self, match: re.Match[bytes]) -> bytes:
        """Return a style's attribute with the style that goes back in its place; texts that look alike stay."""
        piece, start = match.string, match.start()
        tag = piece.rfind(b"<", 0, start)
        inside = piece[start - 1 : start].isspace() and piece.find(b">", tag, start) < 0
        name = piece[tag + 1 + len(self._prefix) : tag + 5 + len(self._prefix)]
        if not inside or not (name.startswith(b"row") or (name[:1] == b"c" and name[1:2].isspace())):
            return match[0]
        return b's="' + self._restored[match[2]] + b'"'

    def _one_by_one(self, piece: bytes) -> Iterator[bytes]:
        """Yield the rows of a piece in which some row is concerned."""
        copied = 0
        for match in self._tag.finditer(piece):
            given = _ROW_NUMBER.search(match[1])
            self._number = int(given[1]) if given else self._number + 1
            if self._next >= len(self._left) or self._left[self._next] > self._number:
                continue
            yield piece[copied : match.start()]
            copied = match.start()
            yield self._missing(self._number)
            if self._next < len(self._left) and self._left[self._next] == self._number:
                self._next += 1
                inner_end = match.end() if match[2] else piece.index(self._close, match.end())
                copied = match.end() if match[2] else piece.index(b">", inner_end) + 1
                inner = piece[match.end() : inner_end]
                yield self._patcher.row(match[1].rstrip(), inner, self._number, self._edits[self._number])
        yield piece[copied:]

    def _missing(self, before: int | None) -> bytes:
        """Return the rows that are to be changed and are not there, up to a row's number or all."""
        made = []
        while self._next < len(self._left) and (before is None or self._left[self._next] < before):
            number = self._left[self._next]
            made.append(self._patcher.row(b' r="%d"' % number, b"", number, self._edits[number]))
            self._next += 1
        return b"".join(made)
