"""The styles of a workbook: gives a cell's style another fill, adds styles of our own, and takes our fills away."""

from __future__ import annotations

from dataclasses import dataclass, field

from circledata.findings.model import Level
from circledata.workbooks.ooxml.colours import MOST, is_light, number_of, shade
from circledata.workbooks.ooxml.tags import Element, attributes, child, inside, root_of, start_tag, with_attributes

_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles")
_NEEDED = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
}
EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{main}"><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass
class _Group:
    """One group of the part, such as `fills`: its tag and its items as written."""

    raw: str
    items: list[str]
    changed: bool = False
    places: dict[str, int] = field(default_factory=dict)

    def add(self, item: str) -> int:
        """Return the number of an item, which is added when there is none like it."""
        if not self.places:
            self.places = {text: number for number, text in reversed(list(enumerate(self.items)))}
        if item not in self.places:
            self.places[item] = len(self.items)
            self.items.append(item)
            self.changed = True
        return self.places[item]


class Styles:
    """The styles of one workbook. ValueError when the part is damaged."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root = root_of(text)
        self._found = {item.local: item for item in inside(text, self._root)}
        self._groups: dict[str, _Group] = {}
        self._painted: dict[tuple[int, Level], int | None] = {}
        self.palette: list[int] = []
        """Fills of cells that were painted over; the first has number 1."""
        for name in _NEEDED:
            self._groups[name] = self._group(name)

    def _group(self, name: str) -> _Group:
        element = self._found.get(name)
        items = []
        if element is not None:
            items = [self._text[item.start : item.end] for item in inside(self._text, element)]
        if items or element is None:
            group = _Group(element.raw if element else "", items)
        else:
            group = _Group(element.raw, [])
        if not items:
            for part in inside(f"<a>{_NEEDED[name]}</a>", root_of(f"<a>{_NEEDED[name]}</a>")):
                group.add(self._own(f"<a>{_NEEDED[name]}</a>"[part.start : part.end]))
        return group

    def _own(self, xml: str) -> str:
        """Give the tags of our own XML the prefix that this part uses."""
        prefix = self._root.prefix
        return xml.replace("</", "\0").replace("<", f"<{prefix}").replace("\0", f"</{prefix}") if prefix else xml

    def add_font(self, xml: str) -> int:
        """Add a font and return its number."""
        return self._groups["fonts"].add(self._own(xml))

    def add_fill(self, colour: str) -> int:
        """Add a fill of one colour, RRGGBB, and return its number."""
        return self._groups["fills"].add(
            self._own(
                f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/><bgColor indexed="64"/>'
                "</patternFill></fill>"
            )
        )

    def add_border(self, xml: str) -> int:
        """Add a border and return its number."""
        return self._groups["borders"].add(self._own(xml))

    def add_style(self, xml: str) -> int:
        """Add a cell style (`xf`) and return its number."""
        return self._groups["cellXfs"].add(self._own(xml))

    @property
    def font(self) -> str:
        """The parts of the workbook's first font that say which type it is, as XML without prefix."""
        text = self._groups["fonts"].items[0]
        names = {}
        for item in inside(text, root_of(text)):
            if item.local in {"name", "family", "charset"}:
                names[item.local] = start_tag(item.local, attributes(item.raw), empty=True)
        return "".join(names.get(name, "") for name in ("name", "family", "charset"))

    def _xf(self, style: int) -> tuple[str, Element]:
        items = self._groups["cellXfs"].items
        text = items[style] if 0 <= style < len(items) else items[0]
        return text, root_of(text)

    def fill_of(self, style: int) -> int:
        """Return the number of the fill of a cell style."""
        number = self._xf(style)[1].get("fillId", "0")
        return int(number) if number.isdigit() else 0

    def with_fill(self, style: int, fill: int) -> int:
        """Return the style that differs from another in nothing but its fill."""
        text, tag = self._xf(style)
        changed = {"fillId": str(fill), "applyFill": "1" if fill else None}
        return self._groups["cellXfs"].add(with_attributes(text, tag, changed) + text[tag.inner :])

    def painted(self, style: int, level: Level) -> int | None:
        """Return the style with the fill of a level in place of its own; None when no number is left for its own."""
        key = (style, level)
        if key not in self._painted:
            number = self._number(self.fill_of(style))
            fill = None if number is None else self.add_fill(shade(level, number, dark=self._light_letters(style)))
            self._painted[key] = None if fill is None else self.with_fill(style, fill)
        return self._painted[key]

    def _number(self, fill: int) -> int | None:
        if self._plain(fill):
            return 0
        if fill not in self.palette:
            if len(self.palette) == MOST:
                return None
            self.palette.append(fill)
        return self.palette.index(fill) + 1

    def _plain(self, fill: int) -> bool:
        items = self._groups["fills"].items
        if not 0 < fill < len(items):
            return True
        text = items[fill]
        pattern = child(text, root_of(text), "patternFill")
        return pattern is not None and pattern.get("patternType", "none") == "none"

    def _light_letters(self, style: int) -> bool:
        number = self._xf(style)[1].get("fontId", "0")
        fonts = self._groups["fonts"].items
        text = fonts[int(number)] if number.isdigit() and int(number) < len(fonts) else fonts[0]
        colour = child(text, root_of(text), "color")
        return colour is not None and is_light(attributes(colour.raw))

    def marked(self) -> dict[int, int]:
        """Return the styles that have one of our fills, each with the number that its colour holds."""
        fills = {}
        for number, text in enumerate(self._groups["fills"].items):
            pattern = child(text, root_of(text), "patternFill")
            colour = child(text, pattern, "fgColor") if pattern and pattern.get("patternType") == "solid" else None
            held = number_of(colour.get("rgb")) if colour else None
            if held is not None:
                fills[number] = held
        if not fills:
            return {}
        count = len(self._groups["cellXfs"].items)
        return {style: fills[fill] for style in range(count) if (fill := self.fill_of(style)) in fills}

    def text(self) -> str:
        """Return the part as it is now; the text that was given when nothing has changed."""
        if not any(group.changed for group in self._groups.values()):
            return self._text
        pieces, place = [], self._root.inner
        waiting = [name for name, group in self._groups.items() if group.changed and name not in self._found]
        for item in inside(self._text, self._root):
            # Groups stand in a fixed order; one that was missing goes in front of the first that comes after it.
            while waiting and _rank(waiting[0]) < _rank(item.local):
                pieces += [self._text[place : item.start], self._written(waiting.pop(0))]
                place = item.start
            if item.local in self._groups and self._groups[item.local].changed:
                pieces += [self._text[place : item.start], self._written(item.local)]
                place = item.end
        pieces += [self._text[place : self._root.inner_end], *map(self._written, waiting)]
        root, inner = self._root, "".join(pieces)
        head = self._text[root.start : root.inner] if not root.empty else self._text[root.start : root.end - 2] + ">"
        return f"{self._text[: root.start]}{head}{inner}</{root.name}>{self._text[root.end :]}"

    def _written(self, name: str) -> str:
        group, tag = self._groups[name], self._root.prefix + name
        values = {**attributes(group.raw), "count": str(len(group.items))}
        return start_tag(tag, values) + "".join(group.items) + f"</{tag}>"


def _rank(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)
