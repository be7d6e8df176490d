"""Everything that keeps an upload from being checked: a code, an HTTP status, and a plain sentence in zh and en."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from circledata.standard.model import Language, Text
from circledata.web.words import FOR_PROGRAMS, PROBLEMS

STATUS: Mapping[str, int] = {
    "not-multipart": 415,
    "form-broken": 400,
    "no-file": 422,
    "too-many-files": 422,
    "field-unknown": 422,
    "field-value": 422,
    "too-large": 413,
    "upload-slow": 408,
    "full": 503,
    "timeout": 504,
    "path-mixed": 422,
    "table-unknown": 422,
    "table-needs-one-file": 422,
    "table-unclear": 422,
    "format-unsupported": 422,
    "setting-unusable": 422,
    "format-impossible": 422,
    "check-failed": 500,
    "disk-full": 507,
    "internal": 500,
    "cross-site": 403,
    "host-unknown": 421,
    "not-found": 404,
    "gone": 404,
    "method": 405,
}
"""The status of every problem; what the data itself does wrong is no problem but a report with status 200."""


class Problem(Exception):
    """An upload that cannot be checked; `code` is one of STATUS, `params` fill its sentence."""

    def __init__(self, code: str, retry_after: int | None = None, /, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.status = STATUS[code]
        self.params = params
        self.retry_after = retry_after

    def in_language(self, language: Language, *, program: bool = False) -> str:
        """Say the problem in `language`, to somebody who sees the page or to one whose `program` got it."""
        values = {key: _said(value, language) for key, value in self.params.items()}
        text = FOR_PROGRAMS.get(self.code) if program else None
        return (text or PROBLEMS[self.code]).in_language(language).format(**values)

    def headers(self) -> dict[str, str]:
        """Return the headers that its answer carries beside the usual ones."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}

    def record(self, language: Language, *, program: bool = False) -> dict[str, Any]:
        """Return it as a problem document (RFC 9457)."""
        detail = self.in_language(language, program=program)
        found = {"type": "about:blank", "status": self.status, "code": self.code, "detail": detail}
        if self.retry_after is not None:
            found["retry_after"] = self.retry_after
        return found


def _said(value: object, language: Language) -> object:
    return value.in_language(language) if isinstance(value, Text) else value
