"""Finds and changes tags in the text of small XML parts, leaving every other character as it was.

A parser that writes what it has read would lose name-space declarations that nothing but `mc:Ignorable` mentions, and
Excel then calls the file damaged. So the text is cut and joined instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape as _escape
from xml.sax.saxutils import unescape as _unescape

_TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|"
    r"<(?P<close>/?)(?P<name>(?:[^\s<>/:=\"']+:)?(?P<local>[^\s<>/:=\"']+))"
    r"(?P<attributes>(?:[^\"'<>/]|/(?!>)|\"[^\"]*\"|'[^']*')*+)(?P<empty>/?)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.DOTALL)
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ENTITIES = {"&quot;": '"', "&apos;": "'"}


@dataclass(frozen=True, slots=True)
class Element:
    """One element: where it begins and ends in the text, where its content does, and its tag."""

    start: int
    end: int
    inner: int
    inner_end: int
    name: str
    local: str
    raw: str
    """The attributes as written."""
    empty: bool
    """Whether the tag closes itself."""

    @property
    def prefix(self) -> str:
        """The name-space prefix with its colon, or nothing."""
        return self.name[: -len(self.local)]

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute, looked up by its name without prefix."""
        for key, value in attributes(self.raw).items():
            if key.rpartition(":")[2] == name:
                return value
        return default


def children(text: str, start: int = 0, end: int | None = None) -> Iterator[Element]:
    """Yield the elements that lie directly between two places of the text; ValueError when the tags do not match."""
    depth, opened = 0, None
    for tag in _TAG.finditer(text, start, len(text) if end is None else end):
        if tag["local"] is None:
            continue
        if tag["close"]:
            depth -= 1
            if depth == 0 and opened is not None:
                yield _element(opened, tag)
            if depth < 0:
                raise ValueError("a closing tag without its opening one")
        elif tag["empty"]:
            if depth == 0:
                yield _element(tag, tag)
        else:
            if depth == 0:
                opened = tag
            depth += 1
    if depth:
        raise ValueError("an element without its closing tag")


def _element(opened: re.Match[str], closed: re.Match[str]) -> Element:
    alone = opened is closed
    return Element(
        start=opened.start(),
        end=closed.end(),
        inner=opened.end(),
        inner_end=opened.end() if alone else closed.start(),
        name=opened["name"],
        local=opened["local"],
        raw=opened["attributes"],
        empty=alone,
    )


def root_of(text: str) -> Element:
    """Return the outermost element. ValueError when there is none."""
    for element in children(text):
        return element
    raise ValueError("no element")


def inside(text: str, element: Element) -> Iterator[Element]:
    """Yield the elements directly inside another."""
    return children(text, element.inner, element.inner_end)


def child(text: str, element: Element, local: str) -> Element | None:
    """Return the first element of that name directly inside another."""
    return next((item for item in inside(text, element) if item.local == local), None)


def descendants(text: str, local: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Yield the opening tags of that name at any depth."""
    for tag in _TAG.finditer(text, start, len(text) if end is None else end):
        if tag["local"] == local and not tag["close"]:
            yield tag


def attributes(raw: str) -> dict[str, str]:
    """Return attributes by their names as written, in their order, without references."""
    return {
        name: unescape(double if double or not single else single) for name, double, single in _ATTRIBUTE.findall(raw)
    }


def start_tag(name: str, values: Mapping[str, str], *, empty: bool = False) -> str:
    """Write an opening tag."""
    written = "".join(f' {key}="{quoted(value)}"' for key, value in values.items())
    return f"<{name}{written}{'/' if empty else ''}>"


def with_attributes(text: str, element: Element, changed: Mapping[str, str | None]) -> str:
    """Return the element's opening tag with attributes changed, or taken away where the value is None."""
    values: dict[str, str | None] = {**attributes(element.raw), **changed}
    kept = {key: value for key, value in values.items() if value is not None}
    return start_tag(element.name, kept, empty=element.empty)


def namespaces(raw: str) -> dict[str, str]:
    """Return the name spaces that a tag declares, by prefix; the default one has an empty prefix."""
    return {
        name.partition(":")[2]: value
        for name, value in attributes(raw).items()
        if name == "xmlns" or name.startswith("xmlns:")
    }


def unescape(text: str) -> str:
    """Return a text without references such as `&amp;` and `&#10;`."""
    if "&" not in text:
        return text
    text = _REFERENCE.sub(lambda match: _character(int(match[1], 16) if match[1] else int(match[2])), text)
    return _unescape(text, _ENTITIES)


def _character(number: int) -> str:
    # An ampersand stays escaped, so that the next step does not read it as the beginning of another reference.
    return "&amp;" if number == 38 else chr(number) if number < 0x110000 else ""


def clean(text: str) -> str:
    """Return a text without the characters that XML has no place for; line ends become line feeds."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def quoted(text: str) -> str:
    """Return a text fit to stand in an attribute with double quotes."""
    return _escape(clean(text), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def content(text: str) -> str:
    """Return a text fit to stand in an element, as it is: `_x0041_` would be read as an escape of Excel's own."""
    return _escape(_ESCAPED.sub("_x005F_", clean(text)))


def text_element(name: str, text: str) -> str:
    """Write an element that holds a text, white space kept."""
    return f'<{name} xml:space="preserve">{content(text)}</{name}>'
