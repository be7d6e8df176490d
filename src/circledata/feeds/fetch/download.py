"""Writes the body of an answer to the part file, from where it was cut off, and takes it only when it is whole."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from circledata.feeds.fetch.connect import Answer
from circledata.feeds.fetch.errors import FetchError
from circledata.feeds.fetch.store import About, Entry, PartAbout, name_for

_RANGE = re.compile(r"bytes (?:([0-9]+)-([0-9]+)|\*)/([0-9]+|\*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller knows of the file beforehand, and how large it may be."""

    sha256: str | None
    bytes: int | None
    limit: int

    def fits(self, about: About) -> bool:
        """Tell whether a file in the cache is the one that is wanted, so that nobody need be asked."""
        return self.sha256 == about.sha256 and self.bytes in {None, about.bytes}


def resume_headers(entry: Entry, wanted: Wanted) -> dict[str, str]:
    """Return the headers that ask for the rest of a file that was cut off; none when it must be had from the start.

    The beginning is of use when the same whole hash is wanted, or when the other side can be asked by a strong ETag
    whether it still has that very file.
    """
    known = entry.part_about()
    size = entry.part.stat().st_size if known else 0
    if known is None or not size or size > (wanted.bytes if wanted.bytes is not None else wanted.limit):
        return {}
    strong = known.etag if known.etag and not known.etag.startswith("W/") else ""
    if known.sha256 != wanted.sha256 or (wanted.sha256 is None and not strong):
        return {}
    headers = {"Range": f"bytes={size}-"}
    if strong or known.last_modified:
        headers["If-Range"] = strong or known.last_modified
    return headers


def check_head(answer: Answer, wanted: Wanted, have: int) -> None:
    """Judge what an answer with a body says before the body is read. FetchError when it cannot be what is wanted.

    `have`: bytes of the file that are there already.
    """
    url = answer.target.url
    encoding = answer.header("Content-Encoding").lower()
    transfer = answer.header("Transfer-Encoding").lower()
    if encoding not in {"", "identity"} or transfer not in {"", "chunked", "identity"}:
        raise FetchError("encoded", url, encoding=_short(encoding or transfer))
    length = answer.header("Content-Length")
    if not length or transfer == "chunked":
        return
    if not re.fullmatch("[0-9]{1,18}", length):
        raise FetchError("answer-invalid", url, reason=f"Content-Length: {_short(length)}")
    _check_size(url, have + int(length), wanted, whole=True)


def _check_size(url: str, size: int, wanted: Wanted, *, whole: bool) -> None:
    """Refuse a file that is too large, or not as large as was said."""
    if size > wanted.limit:
        raise FetchError("too-large", url, bytes=size, limit=wanted.limit)
    if wanted.bytes is not None and (size > wanted.bytes or (whole and size != wanted.bytes)):
        raise FetchError("size-differs", url, bytes=size, expected=wanted.bytes)


def range_start(answer: Answer) -> int | None:
    """Return the byte with which a partial answer begins; None when it does not say so properly."""
    found = _RANGE.fullmatch(answer.header("Content-Range"))
    return int(found[1]) if found and found[1] is not None else None


def range_size(answer: Answer) -> int | None:
    """Return the size of the whole file that the header Content-Range gives; None when it gives none."""
    found = _RANGE.fullmatch(answer.header("Content-Range"))
    return int(found[3]) if found and found[3] != "*" else None


def receive(answer: Answer, entry: Entry, wanted: Wanted) -> None:
    """Add the body to the part file. FetchError when it does not come to its end; the part stays for another attempt.

    A full answer begins the part anew; a partial one must go on where the part ends.
    """
    url, have = answer.target.url, 0
    if answer.status == 206:
        have = entry.part.stat().st_size
        if range_start(answer) != have:
            entry.drop_part()
            raise FetchError("cut-off", url, bytes=have)
    check_head(answer, wanted, have)
    if not have:
        entry.begin_part(PartAbout(wanted.sha256, answer.header("ETag"), answer.header("Last-Modified")))
    length = answer.header("Content-Length")
    chunked = answer.header("Transfer-Encoding").lower() == "chunked"
    whole = have + int(length) if length and not chunked else None
    try:
        with entry.part.open("ab") as stream:
            for piece in answer.pieces():
                have += len(piece)
                _check_size(url, have, wanted, whole=False)
                stream.write(piece)
    except FetchError as error:
        if error.kind == "cut-off":
            raise FetchError("cut-off", url, bytes=have) from None
        if error.kind in {"too-large", "size-differs"}:
            entry.drop_part()
        raise
    if whole is not None and have < whole:
        raise FetchError("cut-off", url, bytes=have)
    if wanted.bytes is not None and have < wanted.bytes:
        # The other side calls it whole: the next attempt must not go on from here.
        entry.drop_part()
        raise FetchError("size-differs", url, bytes=have, expected=wanted.bytes)


def finish(entry: Entry, wanted: Wanted, url: str, final: str, answer: Answer | None) -> About:
    """Check the hash of the whole part and give it its name. FetchError, and the part thrown away, when it is wrong."""
    with entry.part.open("rb") as stream:
        actual = hashlib.file_digest(stream, "sha256").hexdigest()
    size = entry.part.stat().st_size
    if wanted.sha256 is not None and actual != wanted.sha256:
        entry.drop_part()
        raise FetchError("hash-differs", final, actual=actual, expected=wanted.sha256)
    known = entry.part_about()
    etag = answer.header("ETag") if answer else known.etag if known else ""
    modified = answer.header("Last-Modified") if answer else known.last_modified if known else ""
    about = About(url, final, name_for(url, actual), actual, size, etag, modified)
    entry.keep(about)
    return about


def _short(text: str) -> str:
    return "".join(character for character in text[:40] if character.isprintable())
