"""Takes away what an earlier run has marked, also after another program has saved the workbook and changed styles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from circledata.sources.sheet_xml import column_letters
from circledata.workbooks.ooxml.book import BookPart
from circledata.workbooks.ooxml.listing import PALETTE
from circledata.workbooks.ooxml.parts import Parts
from circledata.workbooks.ooxml.relations import ContentTypes, Relations, rels_name
from circledata.workbooks.ooxml.scan import area_of
from circledata.workbooks.ooxml.styles import Styles
from circledata.workbooks.ooxml.tags import child, inside, root_of, unescape


class Clearing:
    """What is to be taken away. `restored`: styles with our colours, and the style that goes back in the place of each.

    The fills that painted cells had are read from the palette on the old list, so make this before that is dropped.
    """

    def __init__(self, parts: Parts, book: BookPart, links: Relations, styles: Styles) -> None:
        self._parts = parts
        self._book = book
        self._links = links
        marked = styles.marked()
        palette = self._palette(styles) if marked else {}
        self.restored = {style: styles.with_fill(style, palette.get(held, 0)) for style, held in marked.items()}

    def _names(self) -> list[tuple[str, int, str]]:
        """Return the defined names that belong to a sheet: name, place of the sheet, meaning."""
        root = root_of(self._book.text)
        group = child(self._book.text, root, "definedNames")
        found = []
        for item in inside(self._book.text, group) if group else ():
            local = item.get("localSheetId")
            if local.isdigit():
                found.append((item.get("name"), int(local), unescape(self._book.text[item.inner : item.inner_end])))
        return found

    def _palette(self, styles: Styles) -> dict[int, int]:
        """Return the fills of the palette's cells by their numbers."""
        entries = self._book.sheets()
        for name, place, meaning in self._names():
            area = area_of(meaning.rpartition("!")[2])
            part = self._links.target(entries[place].relation) if place < len(entries) else None
            if name != PALETTE or area is None or part is None:
                continue
            text, found = self._parts.text(part), {}
            for number, column in enumerate(range(area[1], area[3] + 1), 1):
                cell = re.search(rf"<(?:\w+:)?c\s[^>]*?\br=\"{column_letters(column)}{area[0]}\"[^>]*", text)
                style = re.search(r"\ss=\"([0-9]+)\"", cell[0]) if cell else None
                if style:
                    found[number] = styles.fill_of(int(style[1]))
            return found
        return {}

    def drop_lists(self, purposes: Sequence[str]) -> list[str]:
        """Take the lists away that were made for these purposes; return the names of their sheets."""
        gone: list[str] = []
        while True:
            entries = self._book.sheets()
            place = next((at for name, at, _ in self._names() if name in purposes and at < len(entries)), None)
            if place is None or len(entries) < 2:
                return gone
            entry = entries[place]
            part = self._links.target(entry.relation)
            self._book.remove(place)
            self._links.remove(entry.relation)
            if part is not None:
                self._parts.drop(part)
                self._parts.drop(rels_name(part))
                ContentTypes(self._parts).remove(part)
            gone.append(entry.name)
