"""Reads a multipart form from the client straight to disk; every limit holds while it streams, not afterwards."""

from __future__ import annotations

import asyncio
import errno
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from circledata.standard.model import Text
from circledata.web.names import safe_name, unused
from circledata.web.problems import Problem
from circledata.web.settings import Settings

LONGEST_FIELD = 1_000
MOST_FIELDS = 40
FRAME = 64 << 10
"""What the form itself may take beside its files: boundaries, headers, fields."""


@dataclass
class Upload:
    """What came in: the names of the files stored in `folder`, in order, and the other fields as text."""

    folder: Path
    files: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


async def receive_upload(request: Request, folder: Path, settings: Settings) -> Upload:
    """Store the files of a form in `folder`. Problem when it is no form, too large, too slow; ClientDisconnect."""
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise Problem("not-multipart")
    limit = settings.max_upload_bytes
    if int(request.headers.get("content-length") or 0) > limit + FRAME:
        raise too_large(limit)
    form = _Form(folder, settings)
    try:
        parser = MultipartParser(options[b"boundary"], form.callbacks())  # type: ignore[arg-type]
        received = 0
        async for chunk in _chunks(request, settings):
            received += len(chunk)
            if received > limit + FRAME:
                raise too_large(limit)
            parser.write(chunk)
            await form.flush()
        parser.finalize()
    except FormParserError:
        raise Problem("form-broken") from None
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Problem("disk-full") from None
        raise
    finally:
        form.close()
    if not form.ended:
        raise Problem("form-broken")
    if not form.upload.files:
        raise Problem("no-file")
    return form.upload


def too_large(limit: int) -> Problem:
    """Return the problem that an upload is larger than `limit` bytes."""
    return Problem("too-large", limit=size_text(limit))


def size_text(size: int) -> Text:
    """Write a number of bytes for people."""
    for unit, shift in (("GB", 30), ("MB", 20), ("KB", 10)):
        if size >= 1 << shift:
            shown = f"{size / (1 << shift):.1f}".removesuffix(".0")
            return Text(f"{shown} {unit}", f"{shown} {unit}")
    return Text(f"{size} 字节", f"{size} bytes" if size != 1 else "1 byte")


async def _chunks(request: Request, settings: Settings) -> AsyncIterator[bytes]:
    stream = aiter(request.stream())
    end = time.monotonic() + settings.upload_time
    while True:
        patience = min(settings.idle, end - time.monotonic())
        try:
            yield await asyncio.wait_for(anext(stream), max(0.0, patience))
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise Problem("upload-slow") from None


class _Form:
    """Takes what the parser tells; bytes of files are written after each chunk, outside the event loop."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.upload = Upload(folder)
        self.ended = False
        self._settings = settings
        self._taken: set[str] = set()
        self._header = [b"", b""]
        self._disposition = b""
        self._name: str | None = None
        self._value = bytearray()
        self._file: BinaryIO | None = None
        self._pending: list[tuple[BinaryIO, bytes]] = []
        self._done: list[BinaryIO] = []
        self._bytes = 0

    def callbacks(self) -> dict[str, object]:
        """Return what the parser calls."""
        return {
            "on_part_begin": self._part_begin,
            "on_header_field": lambda data, start, end: self._header_part(0, data[start:end]),
            "on_header_value": lambda data, start, end: self._header_part(1, data[start:end]),
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": lambda data, start, end: self._data(data[start:end]),
            "on_part_end": self._part_end,
            "on_end": self._end,
        }

    async def flush(self) -> None:
        """Write what came in, and close what is complete."""
        if self._pending:
            pending, self._pending = self._pending, []
            await asyncio.to_thread(_write, pending)
        done, self._done = self._done, []
        for stream in done:
            stream.close()

    def close(self) -> None:
        """Close every file."""
        for stream in [*self._done, *([self._file] if self._file else [])]:
            stream.close()

    def _part_begin(self) -> None:
        self._header, self._disposition = [b"", b""], b""
        self._name, self._file, self._value = None, None, bytearray()

    def _header_part(self, which: int, data: bytes) -> None:
        self._header[which] += data

    def _header_end(self) -> None:
        if self._header[0].lower() == b"content-disposition":
            self._disposition = self._header[1]
        self._header = [b"", b""]

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        if b"name" not in options:
            raise Problem("form-broken")
        self._name = _decoded(options[b"name"])
        if b"filename" not in options:
            return
        if self._name != "file":
            raise Problem("field-unknown", field=self._name[:50])
        given = _decoded(options[b"filename"])
        if len(self.upload.files) >= self._settings.max_files:
            raise Problem("too-many-files", limit=self._settings.max_files)
        name = unused(safe_name(given), self._taken)
        self._file = (self.upload.folder / name).open("xb")
        # A form that was sent without a choice has one part with an empty name and nothing in it.
        if given:
            self.upload.files.append(name)

    def _data(self, data: bytes) -> None:
        if self._file is not None:
            self._bytes += len(data)
            if self._bytes > self._settings.max_upload_bytes:
                raise too_large(self._settings.max_upload_bytes)
            self._pending.append((self._file, data))
            return
        self._value += data
        if len(self._value) > LONGEST_FIELD or len(self.upload.fields) >= MOST_FIELDS:
            raise Problem("form-broken")

    def _part_end(self) -> None:
        if self._file is not None:
            self._done.append(self._file)
            self._file = None
        elif self._name is not None:
            self.upload.fields[self._name] = _decoded(bytes(self._value)).strip()

    def _end(self) -> None:
        self.ended = True


def _decoded(data: bytes) -> str:
    """Decode a name or value; programs on a Chinese Windows may send it in GBK."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _write(pending: list[tuple[BinaryIO, bytes]]) -> None:
    for stream, data in pending:
        stream.write(data)


__all__ = ["ClientDisconnect", "Upload", "receive_upload", "size_text", "too_large"]
