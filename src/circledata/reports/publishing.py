"""Publishes a package with the JSON report of its check among the feeds: `circledata.publish`."""

from __future__ import annotations

from datetime import date
from os import PathLike

from circledata.feeds import Published
from circledata.feeds import publish as publish_feeds
from circledata.feeds.release import TTL, Progress
from circledata.reports import json
from circledata.standard.model import Language


def publish(
    package: str | PathLike[str],
    out: str | PathLike[str],
    *,
    base_url: str | None = None,
    draft: bool = False,
    ttl: int = TTL,
    lang: Language = "zh",
    as_of: date | None = None,
    division: str | None = None,
    crs: str | None = None,
    progress: Progress | None = None,
) -> Published:
    """Publish a package into the folder `out`, which any web server can serve; see `circledata.feeds.release.publish`.

    Raises circledata.feeds.Refused when the package may not be published, PublishError or SourceError when the
    arguments make no sense; nothing is written then.
    """
    return publish_feeds(
        package,
        out,
        base_url=base_url,
        draft=draft,
        ttl=ttl,
        lang=lang,
        as_of=as_of,
        division=division,
        crs=crs,
        write_report=json.write,
        progress=progress,
    )
