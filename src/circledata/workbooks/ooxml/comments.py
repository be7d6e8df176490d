"""The notes of one sheet (`comments1.xml`): adds ours, also below somebody else's, and takes ours away again."""

from __future__ import annotations

import re

from circledata.workbooks.ooxml.tags import (
    Element,
    child,
    content,
    descendants,
    inside,
    root_of,
    text_element,
    unescape,
)

AUTHOR = "circledata"
BEGIN = "【circledata】"
"""What our notes begin with, so that they are known again, also inside a note that somebody else began."""
END = "\u200b"
"""An invisible end: what people write behind it stays theirs."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LONGEST = 8_000
"""Characters of one note; nobody reads more, and Excel ends at 32,767."""
_FONT = '<sz val="9"/><color indexed="81"/><rFont val="Microsoft YaHei"/><family val="2"/><charset val="134"/>'
_EMPTY_RUN = re.compile(
    r"<(?P<p>(?:\w+:)?)r>(?:<(?P=p)rPr>(?:(?!</(?P=p)rPr>).)*</(?P=p)rPr>)?<(?P=p)t(?:\s[^>]*)?></(?P=p)t></(?P=p)r>",
    re.DOTALL,
)
_OURS = re.compile(rf"\n*{re.escape(BEGIN)}[^{END}]*(?:{END}|$)")


class Comments:
    """The notes of one sheet. ValueError when the part is damaged."""

    def __init__(self, text: str | None, main: str = MAIN) -> None:
        self._given = text
        if text is None:
            text = (
                '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
                f'<comments xmlns="{main}"><authors></authors><commentList></commentList></comments>'
            )
        root = root_of(text)
        authors, notes = child(text, root, "authors"), child(text, root, "commentList")
        if authors is None or notes is None:
            raise ValueError("a list of notes without authors")
        self._prefix = root.prefix
        self._authors = [text[item.inner : item.inner_end] for item in inside(text, authors)]
        self._head, self._middle, self._foot = text[: authors.start], text[authors.end : notes.start], text[notes.end :]
        self._notes = {self._place(text, item): text[item.start : item.end] for item in inside(text, notes)}
        self._changed = False

    def _place(self, text: str, item: Element) -> str:
        return item.get("ref").replace("$", "").upper() or f"?{item.start}"

    def __len__(self) -> int:
        return len(self._notes)

    def __contains__(self, cell: str) -> bool:
        return cell in self._notes

    @property
    def changed(self) -> bool:
        """Whether the part must be written."""
        return self._changed

    def remove_ours(self) -> list[str]:
        """Take our notes away; return the cells that have no note any more."""
        gone = []
        for cell, raw in list(self._notes.items()):
            if BEGIN not in unescape(_written(raw)):
                continue
            self._changed = True
            kept = _without_ours(raw)
            if kept is None:
                del self._notes[cell]
                gone.append(cell)
            else:
                self._notes[cell] = kept
        return gone

    def add(self, cell: str, text: str) -> bool:
        """Add a note to a cell, below one that is there; tell whether the cell had none before."""
        self._changed = True
        given = self._notes.get(cell)
        runs = self._runs(BEGIN + text[:_LONGEST] + END, below=given is not None)
        if given is None:
            opening = f'<{self._prefix}comment ref="{cell}" authorId="{self._author()}">'
            start, end = f"{opening}<{self._prefix}text>", f"</{self._prefix}text></{self._prefix}comment>"
            self._notes[cell] = f"{start}{runs}{end}"
            return True
        self._notes[cell] = _appended(given, runs)
        return False

    def _author(self) -> int:
        if AUTHOR not in self._authors:
            self._authors.append(AUTHOR)
        return self._authors.index(AUTHOR)

    def _runs(self, text: str, *, below: bool) -> str:
        """Write a text as runs: its first line in bold."""
        first, line, rest = text.partition("\n")
        head = ("\n\n" if below else "") + first
        runs = f"<r><rPr><b/>{_FONT}</rPr>{text_element('t', head)}</r>"
        if line:
            runs += f"<r><rPr>{_FONT}</rPr>{text_element('t', line + rest)}</r>"
        return _prefixed(runs, self._prefix)

    def text(self) -> str:
        """Return the part as it is now."""
        p = self._prefix
        authors = "".join(f"<{p}author>{item}</{p}author>" for item in self._authors)
        notes = "".join(self._notes.values())
        parts = f"<{p}authors>{authors}</{p}authors>{self._middle}<{p}commentList>{notes}</{p}commentList>"
        return f"{self._head}{parts}{self._foot}"


def _prefixed(xml: str, prefix: str) -> str:
    return re.sub(r"<(/?)", rf"<\1{prefix}", xml) if prefix else xml


def _texts(raw: str) -> list[tuple[int, int, str]]:
    """Return where the texts of a note stand in its XML, and what they are."""
    found = []
    for tag in descendants(raw, "t"):
        end = tag.end() if tag["empty"] else raw.index(f"</{tag['name']}", tag.end())
        found.append((tag.end(), end, unescape(raw[tag.end() : end])))
    return found


def _written(raw: str) -> str:
    return "".join(text for _, _, text in _texts(raw))


def _without_ours(raw: str) -> str | None:
    """Return a note without what we wrote into it; None when nothing is left. Other programs cut runs anew."""
    texts = _texts(raw)
    whole = "".join(text for _, _, text in texts).replace("\r\n", "\n").replace("_x000D_", "")
    if not _OURS.sub("", whole).strip():
        return None
    cuts = [match.span() for match in _OURS.finditer("".join(text for _, _, text in texts))]
    pieces, place, offset = [], 0, 0
    for start, end, text in texts:
        kept = "".join(
            character
            for number, character in enumerate(text, offset)
            if not any(first <= number < last for first, last in cuts)
        )
        offset += len(text)
        if kept != text:
            pieces += [raw[place:start], content(kept)]
            place = end
    return _EMPTY_RUN.sub("", "".join([*pieces, raw[place:]]))


def _appended(raw: str, runs: str) -> str:
    """Put runs at the end of a note's text; a text without runs becomes the first one."""
    note = root_of(raw)
    body = child(raw, note, "text")
    if body is None:
        tag = raw[: note.end - 2].rstrip() + ">" if note.empty else raw[: note.inner]
        return f"{tag}<{note.prefix}text>{runs}</{note.prefix}text></{note.name}>"
    name = note.prefix
    inner, last = "", body.inner
    for item in inside(raw, body):
        if item.local in {"rPh", "phoneticPr"}:
            break
        piece = raw[item.start : item.end]
        inner += f"<{name}r>{piece}</{name}r>" if item.local == "t" else piece
        last = item.end
    tail = "" if body.empty else raw[last : body.inner_end]
    return f"{raw[: body.start]}<{name}text>{inner}{runs}{tail}</{name}text>{raw[body.end :]}"
