"""Tells what a file really is by its first bytes, whatever it is called, and refuses what is no table."""

from __future__ import annotations

import re
import zipfile

from circledata.convert.read.text import Place
from circledata.convert.read.words import refuse, refused
from circledata.sources.archive import open_zip
from circledata.sources.container import OLE, Refused
from circledata.sources.encoding import bom_of
from circledata.sources.model import Limits
from circledata.sources.workbook import holds

HEAD = 4096
ENDINGS = frozenset(
    ".csv .tsv .txt .tab .json .jsonl .ndjson .geojson .xlsx .xlsm .xls .xlsb .et .ett .ods .htm .html".split()  # noqa: SIM905
)
"""Endings of files in an archive that can be tables."""
_PLAIN = {"csv", "tsv", "txt", "tab"}
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "pdf", "PDF"),
    (b"\x89PNG", "image", "PNG"),
    (b"\xff\xd8\xff", "image", "JPEG"),
    (b"GIF8", "image", "GIF"),
    (b"II*\x00", "image", "TIFF"),
    (b"MM\x00*", "image", "TIFF"),
    (b"RIFF", "image", "WebP"),
    (b"Rar!", "packed", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "packed", "7z"),
    (b"\x1f\x8b", "packed", "gzip"),
    (b"BZh", "packed", "bzip2"),
    (b"\xfd7zXZ", "packed", "xz"),
    (b"SQLite format 3\x00", "database", "SQLite"),
    (b"PAR1", "database", "Parquet"),
    (b"ARROW1", "database", "Arrow"),
    (b"\x00\x00\x27\x0a", "database", "Shapefile"),
    (b"\x00\x01\x00\x00Standard", "database", "Access"),
    (b"{\\rtf", "document", "RTF"),
)
_DOCUMENTS = ("WordDocument", "PowerPoint Document")
_MARKUP = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|meta|table|div|style|script)\b", re.IGNORECASE)
_EARLY_BOOK = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
"""How workbooks began before they were put into OLE containers."""


def kind_of(place: Place, limits: Limits) -> str:
    """Return xlsx, xls, xlsb, ods, zip, html, json or csv. ConversionError for what is no table."""
    path = place.path
    if path.is_dir():
        raise refuse("folder", name=place.name)
    if not path.is_file():
        raise refuse("missing", name=place.name)
    size = path.stat().st_size
    if size > limits.max_file_bytes:
        raise refuse("too-large", name=place.name, actual=size >> 20, limit=limits.max_file_bytes >> 20)
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    for magic, code, form in _REFUSED:
        if head.startswith(magic):
            raise refuse(code, name=place.name, format=form)
    if head.startswith(OLE):
        if any(holds(path, name.encode("utf-16-le")) for name in _DOCUMENTS) and not _has_book(place):
            raise refuse("document", name=place.name)
        return "xls"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_kind(place, limits)
    if head.startswith(_EARLY_BOOK):
        raise refuse("workbook-damaged", name=place.name)
    return _text_kind(place, head)


def _has_book(place: Place) -> bool:
    return any(holds(place.path, name.encode("utf-16-le")) for name in ("Workbook", "EncryptedPackage"))


def _zip_kind(place: Place, limits: Limits) -> str:
    try:
        with open_zip(place.path, limits, file=place.name) as archive:
            names = archive.NameToInfo
            mime = _mime(archive)
    except Refused as error:
        raise refused(error, place.name) from None
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "spreadsheet" in mime:
        return "ods"
    if "opendocument" in mime or any(name.startswith(("word/", "ppt/")) for name in names):
        raise refuse("document", name=place.name)
    return "zip"


def _mime(archive: zipfile.ZipFile) -> str:
    info = archive.NameToInfo.get("mimetype")
    if info is None or info.flag_bits & 1 or info.file_size > 200:
        return ""
    with archive.open(info) as stream:
        return stream.read(200).decode("ascii", "replace")


def _text_kind(place: Place, head: bytes) -> str:
    """Tell text apart by how it begins."""
    codec, mark = bom_of(head)
    plain = head[mark:]
    if codec and codec.startswith("utf-16"):
        plain = plain.decode(codec, "ignore").encode("utf-8", "ignore")
    if not plain.strip():
        raise refuse("empty", name=place.name)
    if _MARKUP.match(plain):
        return "html"
    if plain.startswith(b"<?xml") or plain.lstrip().startswith(b"<?xml"):
        return "html" if b"<html" in plain.lower() else "xml"
    if plain.startswith((b"MIME-Version:", b"From: <Saved by")):
        raise refuse("web-page", name=place.name)
    first = plain.lstrip()[:1]
    if first == b"{" or (first == b"[" and place.path.suffix.lower().lstrip(".") not in _PLAIN):
        return "json"
    control = sum(1 for byte in plain if byte < 32 and byte not in b"\t\r\n\x0b\x0c\x1a\x1b")
    if control > len(plain) * 0.05:
        raise refuse("no-table", name=place.name)
    return "csv"
