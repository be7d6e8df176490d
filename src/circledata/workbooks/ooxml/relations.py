"""Relationships between parts, and the list of content types: who points to whom, and what kind each part is."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from circledata.workbooks.ooxml.parts import Parts, key_of
from circledata.workbooks.ooxml.tags import Element, inside, root_of, start_tag

TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CONTENT_TYPES = "[Content_Types].xml"


def rels_name(part: str) -> str:
    """Return the name of the part that holds another part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: its id, the last word of its type, and the part that it points to."""

    identity: str
    kind: str
    target: str
    external: bool


class Relations:
    """The relationships of one part; an empty name stands for the package."""

    def __init__(self, parts: Parts, part: str) -> None:
        self._parts = parts
        self._part = part
        self._name = rels_name(part)

    def all(self) -> list[Relation]:
        """Return all relationships in their order."""
        if self._name not in self._parts:
            return []
        text = self._parts.text(self._name)
        return [self._relation(item) for item in inside(text, root_of(text)) if item.local == "Relationship"]

    def _relation(self, item: Element) -> Relation:
        external = item.get("TargetMode").lower() == "external"
        target = item.get("Target").replace("\\", "/")
        if not external:
            folder = posixpath.dirname(self._part)
            target = unquote(target) if target not in self._parts else target
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        return Relation(item.get("Id"), item.get("Type").rstrip("/").rpartition("/")[2], target, external)

    def target(self, identity: str) -> str | None:
        """Return the part that a relationship points to."""
        return next((item.target for item in self.all() if item.identity == identity and not item.external), None)

    def of_kind(self, kind: str) -> Relation | None:
        """Return the first relationship of a kind to a part that is there."""
        found = (item for item in self.all() if item.kind == kind and not item.external)
        return next((item for item in found if item.target in self._parts), None)

    def add(self, kind: str, target: str, base: str = TRANSITIONAL) -> str:
        """Add a relationship to a part and return its id."""
        used = {item.identity.lower() for item in self.all()}
        number = len(used) + 1
        while f"rid{number}" in used:
            number += 1
        identity = f"rId{number}"
        path = posixpath.relpath("/" + target, "/" + posixpath.dirname(self._part))
        if self._name in self._parts:
            text = self._parts.text(self._name)
        else:
            text = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"></Relationships>'
        values = {"Id": identity, "Type": f"{base}/{kind}", "Target": path}
        self._parts.put(self._name, _added(text, "Relationship", values))
        return identity

    def remove(self, identity: str) -> None:
        """Take a relationship away."""
        text = self._parts.text(self._name)
        for item in inside(text, root_of(text)):
            if item.local == "Relationship" and item.get("Id") == identity:
                self._parts.put(self._name, text[: item.start] + text[item.end :])
                return


def _added(text: str, local: str, values: dict[str, str]) -> str:
    """Append an empty element to the outermost one."""
    root = root_of(text)
    new = start_tag(root.prefix + local, values, empty=True)
    if not root.empty:
        return text[: root.inner_end] + new + text[root.inner_end :]
    tag = text[root.start : root.end - 2].rstrip()
    return f"{text[: root.start]}{tag}>{new}</{root.name}>{text[root.end :]}"


class ContentTypes:
    """The list of content types."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def of(self, part: str) -> str:
        """Return the content type of a part; nothing when none is known."""
        text, ending = self._parts.text(CONTENT_TYPES), part.rpartition(".")[2].lower()
        default = ""
        for item in inside(text, root_of(text)):
            if item.local == "Override" and key_of(item.get("PartName")) == key_of(part):
                return item.get("ContentType")
            if item.local == "Default" and item.get("Extension").lower() == ending:
                default = item.get("ContentType")
        return default

    def add(self, part: str, content_type: str) -> None:
        """Name the content type of a part."""
        if self.of(part) == content_type:
            return
        self.remove(part)
        values = {"PartName": f"/{part}", "ContentType": content_type}
        self._parts.put(CONTENT_TYPES, _added(self._parts.text(CONTENT_TYPES), "Override", values))

    def remove(self, part: str) -> None:
        """Forget the content type of a part."""
        text = self._parts.text(CONTENT_TYPES)
        for item in inside(text, root_of(text)):
            if item.local == "Override" and key_of(item.get("PartName")) == key_of(part):
                self._parts.put(CONTENT_TYPES, text[: item.start] + text[item.end :])
                return
