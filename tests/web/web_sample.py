"""Small uploads for the tests of the page."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parent.parent.parent / "examples"

SLOW = [sys.executable, "-c", "import sys, time; sys.stdin.readline(); time.sleep(60)"]
"""A process in the place of the one that checks, which never answers."""
DYING = [sys.executable, "-c", "import sys, os, signal; sys.stdin.readline(); os.kill(os.getpid(), signal.SIGKILL)"]
"""One that is killed by the machine."""

HEADER = "outlet_id,name,category,address,status"


def zipped(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def example(name: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((EXAMPLES / name).iterdir())}


def outlets(rows: int, *, mark: str = "店", wrong: int = 0) -> bytes:
    """A CSV of outlets; the first `wrong` of them have a status that is no code."""
    lines = [HEADER]
    for number in range(1, rows + 1):
        status = "nonsense" if number <= wrong else "open"
        lines.append(f"620602-O{number:06},{mark}{number},convenience-store,东大街{number}号,{status}")
    return ("\n".join(lines) + "\n").encode()


def workbook(status: str = "open") -> bytes:
    """A workbook with one table and its sheet on the package."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "商业网点"
    for line in outlets(3).decode().splitlines():
        sheet.append(line.split(","))
    sheet.cell(3, 5).value = status
    about = book.create_sheet("基本信息")
    for row in (("标准版本", "1.0"), ("区划代码", "620602"), ("数据截止日期", "2024-12-31"), ("坐标系", "CGCS2000")):
        about.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def multipart(parts: list[tuple[str, str | None, bytes]], boundary: str = "frontier") -> tuple[bytes, dict[str, str]]:
    """The body and headers of a form: name, file name, content."""
    body = b""
    for name, filename, content in parts:
        named = "" if filename is None else f'; filename="{filename}"'
        body += (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + content + b"\r\n"
        )
    return body + f"--{boundary}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={boundary}"}


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line]
