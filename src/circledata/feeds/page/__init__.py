"""The page for people at the root of a published site: one file, with its style and script inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from circledata.standard.model import Language

__all__ = ["render"]


def render(discovery: dict[str, Any], lang: Language = "zh") -> str:
    """Return index.html for the site whose circledata.json holds `discovery`; it is read first in `lang`.

    The page loads circledata.json from beside itself and the feeds that it lists, and asks nothing of anybody else.
    Basic facts, downloads and the schema.org description stand in the HTML and need no script. Same discovery, same
    text.
    """
    from circledata.feeds.page.page import page

    return page(discovery, lang)
