"""The http(s) client for aggregators: whole files that were checked, or one plain sentence why there is none."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import TracebackType

from circledata.feeds.fetch import download
from circledata.feeds.fetch.address import Resolve, Target, addresses_of, joined, lookup, target_of
from circledata.feeds.fetch.connect import Answer, Deadline, ask
from circledata.feeds.fetch.download import Wanted
from circledata.feeds.fetch.errors import PASSING, FetchError
from circledata.feeds.fetch.options import Got, Options
from circledata.feeds.fetch.store import About, Entry, Store

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PAUSE_S = 0.5
"""Before the second attempt; twice as long before each further one."""


class Client:
    """Fetches files over http(s) with the limits of its options; one client may be used by several threads.

    Every address is checked before it is asked, after every redirect anew: https, no password in it, no machine of
    one's own network; the connection goes to the very address that was checked. A file is taken when it is whole and
    has the size and hash that were said; until then nothing stands under its name. `close` throws the cache away when
    it was a temporary one.
    """

    def __init__(
        self, options: Options | None = None, *, resolve: Resolve = lookup, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.options = options or Options()
        self._resolve = resolve
        self._sleep = sleep
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        root = self.options.cache
        if root is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="circledata-fetch-", ignore_cleanup_errors=True)
            root = Path(self._temporary.name)
        self.store = Store(root)

    def __enter__(self) -> Client:
        """Return the client itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Throw a temporary cache away."""
        if self._temporary is not None:
            self._temporary.cleanup()

    def get(
        self, url: str, expect_sha256: str | None = None, expect_bytes: int | None = None, *, at_most: int | None = None
    ) -> Got:
        """Return the file at `url`, from the cache where it is still the same there.

        `expect_sha256` (64 hexadecimal digits) and `expect_bytes` are what somebody said of it: a file in the cache
        that has that hash is given back without asking anybody, any other is refused. `at_most`: bytes, where less is
        allowed than the options say. Raises FetchError with its kind, and OSError when this machine's disk fails.
        """
        target = target_of(url, self.options)
        limit = min(self.options.max_bytes, at_most or self.options.max_bytes)
        wanted = Wanted(expect_sha256.lower() if expect_sha256 else None, expect_bytes, limit)
        if expect_bytes is not None and expect_bytes > limit:
            raise FetchError("too-large", target.url, bytes=expect_bytes, limit=limit)
        deadline = Deadline(self.options.total_s)
        with self.store.entry(target.url, deadline.left) as entry:
            known = entry.about()
            if known is not None and wanted.fits(known):
                return _got(entry, known, changed=False)
            about = self._try(target, entry, wanted, known, deadline)
            return _got(entry, about, changed=known is None or known.sha256 != about.sha256)

    def _try(self, target: Target, entry: Entry, wanted: Wanted, known: About | None, deadline: Deadline) -> About:
        """Ask, and ask again after a pause when the fault may pass."""
        attempt, anew = 0, False
        while True:
            resumed = entry.part.exists() and not anew
            try:
                return self._once(target, entry, wanted, known, deadline)
            except FetchError as error:
                if error.kind == "hash-differs" and resumed:
                    # The beginning came from an earlier time, perhaps of another file: once more, from the start.
                    anew = True
                    continue
                pause = self._pause(error, attempt, deadline)
                if pause is None:
                    raise
            attempt += 1
            self._sleep(pause)

    def _pause(self, error: FetchError, attempt: int, deadline: Deadline) -> float | None:
        """Return how long to wait before the next attempt; None when there is no use in one."""
        if error.kind not in PASSING or attempt >= self.options.retries:
            return None
        pause = _PAUSE_S * 2.0**attempt
        if error.retry_after is not None:
            if error.retry_after > self.options.max_wait_s:
                seconds, limit = f"{error.retry_after:.0f}", f"{self.options.max_wait_s:g}"
                raise FetchError("wait-too-long", error.url, seconds=seconds, limit=limit) from None
            pause = max(pause, error.retry_after)
        return pause if pause < deadline.left else None

    def _once(self, target: Target, entry: Entry, wanted: Wanted, known: About | None, deadline: Deadline) -> About:
        """Follow the redirects to a file and take it."""
        headers = download.resume_headers(entry, wanted)
        if headers and wanted.bytes is not None and entry.part.stat().st_size == wanted.bytes:
            return download.finish(entry, wanted, target.url, target.url, None)
        if not headers:
            entry.drop_part()
            # With a hash that the file in the cache has not, there is no use in hearing that it is still the same.
            if known is not None and wanted.sha256 is None:
                headers |= {"If-None-Match": known.etag} if known.etag else {}
                headers |= {"If-Modified-Since": known.last_modified} if known.last_modified else {}
        seen, at = {target.url}, target
        while True:
            addresses = addresses_of(at, self.options, self._resolve, min(self.options.timeout_s, deadline.left))
            with ask(at, addresses, headers, self.options, deadline) as answer:
                if answer.status not in _REDIRECTS:
                    return _take(answer, target, entry, wanted, known, headers)
                at = _next(answer, at, self.options, seen)

    def entry(self, url: str) -> AbstractContextManager[Entry]:
        """Give the folder of an address in the cache, alone for as long as it is held."""
        return self.store.entry(target_of(url, self.options).url, self.options.total_s)

    def forget(self, url: str) -> None:
        """Throw away what the cache holds of an address."""
        self.store.forget(target_of(url, self.options).url)


def _got(entry: Entry, about: About, *, changed: bool) -> Got:
    return Got(entry.path(about), about.sha256, changed, about.final, about.bytes)


def _next(answer: Answer, at: Target, options: Options, seen: set[str]) -> Target:
    """Return where a redirect leads. FetchError when it leads nowhere, in a circle, too far or out of encryption."""
    location = answer.header("Location")
    if not location:
        raise FetchError("redirect-nowhere", at.url)
    with suppress(UnicodeError):
        # Some servers write Chinese into the header as it is, in UTF-8.
        location = location.encode("latin-1").decode()
    url = joined(at.url, location)
    if at.scheme == "https" and url.lower().startswith("http:"):
        raise FetchError("redirect-insecure", at.url, target=url)
    following = target_of(url, options)
    if following.url in seen:
        raise FetchError("redirect-loop", at.url)
    if len(seen) > options.max_redirects:
        raise FetchError("redirects-too-many", at.url, limit=options.max_redirects)
    seen.add(following.url)
    return following


def _take(
    answer: Answer, target: Target, entry: Entry, wanted: Wanted, known: About | None, headers: dict[str, str]
) -> About:
    """Make a file of the last answer, or say why there is none."""
    status, final = answer.status, answer.target.url
    if status == 304 and known is not None and headers.keys() & {"If-None-Match", "If-Modified-Since"}:
        about = replace(
            known,
            final=final,
            etag=answer.header("ETag") or known.etag,
            last_modified=answer.header("Last-Modified") or known.last_modified,
        )
        entry.note(about)
        return about
    if status == 416 and "Range" in headers:
        # What is there is all there is, or the file has become shorter: then from the start.
        if download.range_size(answer) == entry.part.stat().st_size:
            return download.finish(entry, wanted, target.url, final, None)
        size = entry.part.stat().st_size
        entry.drop_part()
        raise FetchError("cut-off", final, bytes=size)
    if status == 200 or (status == 206 and "Range" in headers):
        download.receive(answer, entry, wanted)
        return download.finish(entry, wanted, target.url, final, answer)
    raise _refusal(answer)


def _refusal(answer: Answer) -> FetchError:
    """Make the fault of a status that brings no file."""
    status, url = answer.status, answer.target.url
    if status in {404, 410}:
        return FetchError("not-found", url, status=status)
    if status in {401, 403, 407, 451}:
        return FetchError("forbidden", url, status=status)
    if status in {408, 425, 429} or status >= 500:
        error = FetchError("server-error", url, status=status)
        error.retry_after = _retry_after(answer.header("Retry-After"))
        return error
    return FetchError("status", url, status=status)


def _retry_after(text: str) -> float | None:
    """Return the seconds that a server asks to wait; None when it does not say so properly."""
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
