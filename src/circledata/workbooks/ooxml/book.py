"""The part that lists the sheets of a workbook: adds and removes sheets, keeping what counts sheets by their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from circledata.workbooks.ooxml.relations import STRICT, TRANSITIONAL
from circledata.workbooks.ooxml.tags import (
    Element,
    attributes,
    child,
    content,
    inside,
    namespaces,
    root_of,
    start_tag,
    with_attributes,
)

_BEFORE_NAMES = {"sheets", "functionGroups", "externalReferences"}
"""What stands in front of the defined names; the last of these that is there."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet as the workbook lists it."""

    name: str
    relation: str
    identity: int
    hidden: bool


class BookPart:
    """The text of `xl/workbook.xml`. ValueError when it is damaged."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._root()

    def _root(self) -> Element:
        root = root_of(self.text)
        if root.local != "workbook":
            raise ValueError("no workbook")
        return root

    def _child(self, local: str) -> Element | None:
        return child(self.text, self._root(), local)

    @property
    def strict(self) -> bool:
        """Whether the workbook is written in the strict form of the format."""
        return any("purl.oclc.org" in value for value in namespaces(self._root().raw).values())

    @property
    def main(self) -> str:
        """The name space of the workbook's own tags."""
        return namespaces(self._root().raw).get(self._root().prefix.rstrip(":"), "")

    @property
    def base(self) -> str:
        """What the types of relationships begin with."""
        return STRICT if self.strict else TRANSITIONAL

    def sheets(self) -> list[SheetEntry]:
        """Return the sheets in their order."""
        group = self._child("sheets")
        if group is None:
            return []
        return [self._entry(item) for item in inside(self.text, group) if item.local == "sheet"]

    def _entry(self, item: Element) -> SheetEntry:
        values = attributes(item.raw)
        relation = next((value for key, value in values.items() if key.endswith(":id")), "")
        identity = values.get("sheetId", "0")
        hidden = values.get("state", "visible") != "visible"
        return SheetEntry(values.get("name", ""), relation, int(identity) if identity.isdigit() else 0, hidden)

    def insert_first(self, name: str, relation: str) -> None:
        """List a new sheet in front of all others, and show it when the workbook is opened."""
        entries, group = self.sheets(), self._child("sheets")
        if group is None or group.empty:
            raise ValueError("a workbook without sheets")
        values = {
            "name": name,
            "sheetId": str(max((entry.identity for entry in entries), default=0) + 1),
            "xmlns:r": self.base,
            "r:id": relation,
        }
        self._replace(group.inner, group.inner, start_tag(f"{group.prefix}sheet", values, empty=True))
        self._shift(0, 1)
        self._views(lambda place: 0, first=0)

    def remove(self, place: int) -> None:
        """List the sheet at a place (from 0) no more; names that belong to it go with it."""
        group = self._child("sheets")
        items = [item for item in inside(self.text, group) if item.local == "sheet"] if group else []
        self._replace(items[place].start, items[place].end, "")
        self._shift(place, -1)
        last = len(items) - 2
        self._views(lambda tab: min(max(0, tab - 1 if tab > place else tab), max(0, last)), first=None)

    def _replace(self, start: int, end: int, new: str) -> None:
        self.text = self.text[:start] + new + self.text[end:]

    def _shift(self, place: int, by: int) -> None:
        """Count the sheets anew in the names that belong to one; those of a removed sheet are dropped."""
        group = self._child("definedNames")
        for item in reversed(list(inside(self.text, group)) if group else []):
            local = item.get("localSheetId")
            if not local.isdigit() or int(local) < place:
                continue
            if by < 0 and int(local) == place:
                self._replace(item.start, item.end, "")
            else:
                tag = with_attributes(self.text, item, {"localSheetId": str(int(local) + by)})
                self._replace(item.start, item.inner, tag)
        group = self._child("definedNames")
        if group is not None and not any(inside(self.text, group)):
            self._replace(group.start, group.end, "")

    def _views(self, moved: object, first: int | None) -> None:
        group = self._child("bookViews")
        for item in reversed(list(inside(self.text, group)) if group else []):
            if item.local != "workbookView":
                continue
            active = item.get("activeTab", "0")
            changed = {"activeTab": str(moved(int(active) if active.isdigit() else 0))}  # type: ignore[operator]
            shown = item.get("firstSheet")
            if first is not None and shown:
                changed["firstSheet"] = str(first)
            elif shown.isdigit():
                changed["firstSheet"] = str(moved(int(shown)))  # type: ignore[operator]
            self._replace(item.start, item.inner, with_attributes(self.text, item, dict(changed)))

    def add_names(self, names: Sequence[tuple[str, int, str, bool]]) -> None:
        """Add defined names: the name, the place of the sheet it belongs to, what it means, whether it is hidden."""
        group, root = self._child("definedNames"), self._root()
        tag = f"{root.prefix}definedName"
        written = "".join(
            start_tag(tag, {"name": name, "localSheetId": str(place)} | ({"hidden": "1"} if hidden else {}))
            + f"{content(meaning)}</{tag}>"
            for name, place, meaning, hidden in names
        )
        if group is not None and not group.empty:
            self._replace(group.inner, group.inner, written)
            return
        whole = f"<{tag}s>{written}</{tag}s>"
        if group is not None:
            self._replace(group.start, group.end, whole)
            return
        before = [item for item in inside(self.text, root) if item.local in _BEFORE_NAMES]
        self._replace(before[-1].end, before[-1].end, whole)


def sheet_name(name: str, taken: Sequence[str]) -> str:
    """Return a name that a sheet can have and none has yet: 31 characters at most, none that Excel forbids."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", name).strip("'").strip()[:31] or "Sheet"
    used = {item.casefold() for item in taken}
    found, number = plain, 2
    while found.casefold() in used or found.casefold() == "history":
        ending = f" ({number})"
        found, number = plain[: 31 - len(ending)] + ending, number + 1
    return found


def reference(sheet: str, place: str) -> str:
    """Return a place of a sheet as formulas and links write it: `'网点'!F12`."""
    return "'" + sheet.replace("'", "''") + f"'!{place}"
