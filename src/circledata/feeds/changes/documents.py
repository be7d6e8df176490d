"""Changes of what is no table: the boundaries feature by feature, the descriptor key by key, other files whole."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from circledata.convert.export.extra import packed
from circledata.feeds.changes.lines import compact
from circledata.feeds.changes.model import ChangesError

Line = dict[str, Any]
ONE_A_LINE = "one-a-line"
"""The form that this tool writes: one feature a line."""
_LAYOUTS: Sequence[str | int | None] = (ONE_A_LINE, None, 1, 2, 4)
_FIRST, _LAST = '{"type":"FeatureCollection","features":[\n', "\n]}\n"


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Boundaries:
    """A GeoJSON file: `head`, its members but the features; the features by the circle that each is of.

    `layout`: how it is laid out, when writing it anew gives the same bytes; "whole" when not.
    """

    head: Mapping[str, Any]
    features: Mapping[str, Any]
    layout: str | int | None


def read_boundaries(content: bytes) -> Boundaries | None:
    """Return what a GeoJSON file holds; None when its features cannot be told apart by circle."""
    try:
        document = json.loads(content.decode("utf-8"))
        features = {str(feature["properties"]["circle_id"]): feature for feature in document["features"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if len(features) != len(document["features"]):
        return None
    head = {key: value for key, value in document.items() if key != "features"}
    layout = next((item for item in _LAYOUTS if _laid_out(document, item) == content), "whole")
    return Boundaries(head, features, layout)


def boundaries_bytes(head: Mapping[str, Any], features: Sequence[Any], layout: str | int | None) -> bytes:
    """Write a GeoJSON file in one of the layouts."""
    return _laid_out({**head, "features": list(features)}, layout)


def _laid_out(document: Mapping[str, Any], layout: str | int | None) -> bytes:
    if layout == ONE_A_LINE:
        return (_FIRST + ",\n".join(compact(feature) for feature in document["features"]) + _LAST).encode()
    indent = layout if isinstance(layout, int) else None
    return (json.dumps(document, ensure_ascii=False, indent=indent) + "\n").encode("utf-8", "surrogatepass")


def boundary_lines(path: str, old: bytes | None, new: bytes | None, told: Line) -> Iterator[Line]:
    """Yield a line for each feature that changed, and the file itself where its features do not give it back.

    `told`: what the head says of the file; its layout and the order of its features are added.
    """
    before = read_boundaries(old) if old is not None else None
    after = read_boundaries(new) if new is not None else None
    was, now = (before.features if before else {}), (after.features if after else {})
    rebuilt = bool(
        new is not None
        and before
        and after
        and after.layout != "whole"
        and list(before.head.items()) == list(after.head.items())
    )
    for circle in [
        *(key for key in was if key not in now),
        *(key for key in now if key not in was or compact(was[key]) != compact(now[key])),
    ]:
        kind = "removed" if circle not in now else "changed" if circle in was else "added"
        line: Line = {"type": "boundary", "kinds": [kind], "key": {"circle_id": circle}}
        if rebuilt and circle in now:
            line["feature"] = now[circle]
        yield line
    if rebuilt:
        assert after is not None
        told["layout"] = after.layout
        kept = [key for key in was if key in now]
        if list(now) != kept + [key for key in now if key not in was]:
            told["order"] = list(now)
    elif new is not None:
        yield file_line(path, "changed" if old is not None else "added", new)
    else:
        yield {"type": "file", "path": path, "kinds": ["removed"]}


def file_line(path: str, kind: str, content: bytes) -> Line:
    """Return the line that carries a file whole."""
    return {"type": "file", "path": path, "kinds": [kind], **packed(content)}


def file_content(line: Mapping[str, Any]) -> bytes:
    """Return the bytes that a line carries. ChangesError when they cannot be read."""
    if isinstance(line.get("text"), str):
        return str(line["text"]).encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(str(line["base64"]), validate=True)
    except (KeyError, ValueError) as error:
        raise ChangesError(
            f"变化文件里 {line.get('path')} 的内容读不出来，没有写入。",
            f"The content of {line.get('path')} in the changes file cannot be read; nothing was written.",
        ) from error


def descriptor_line(old: bytes | None, new: bytes) -> Line | None:
    """Return the line of what changed in datapackage.json; it carries the text where the changes do not give it."""
    if old == new:
        return None
    before, after = _object(old), _object(new)
    changes = list(_differences(before, after, "")) if before is not None and after is not None else []
    line: Line = {"type": "descriptor", "changes": changes}
    for indent in (2, 1, 4, None):
        if before is not None and old is not None and _json(patched(before, changes), indent) == new:
            line["indent"] = indent
            return line
    return {**line, **packed(new)}


def descriptor_bytes(old: bytes | None, line: Mapping[str, Any]) -> bytes:
    """Return datapackage.json as a line tells it. ChangesError when it does not fit the old one."""
    if "text" in line or "base64" in line:
        return file_content({**line, "path": "datapackage.json"})
    before = _object(old)
    try:
        if before is None:
            raise ValueError
        return _json(patched(before, line["changes"]), line.get("indent"))
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise ChangesError(
            "变化文件里 datapackage.json 的变化对不上旧数据包，没有写入。",
            "What the changes file says of datapackage.json does not fit the old package; nothing was written.",
        ) from error


def _json(content: Mapping[str, Any], indent: int | None) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=indent) + "\n").encode("utf-8", "surrogatepass")


def _object(content: bytes | None) -> dict[str, Any] | None:
    if content is None:
        return None
    try:
        found = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _differences(old: Any, new: Any, pointer: str) -> Iterator[Line]:
    """Yield the places where two JSON values differ: `pointer` (RFC 6901), `old` and `new`, one missing where it is."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            inner = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            if key not in new:
                yield {"pointer": inner, "old": old[key]}
            elif key not in old:
                yield {"pointer": inner, "new": new[key]}
            else:
                yield from _differences(old[key], new[key], inner)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _differences(before, after, f"{pointer}/{place}")
    elif type(old) is not type(new) or old != new:
        yield {"pointer": pointer, "old": old, "new": new}


def patched(document: Mapping[str, Any], changes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a JSON object with changes made to it. KeyError, IndexError or ValueError when they do not fit it."""
    result: dict[str, Any] = json.loads(json.dumps(document))
    for change in changes:
        *path, last = [part.replace("~1", "/").replace("~0", "~") for part in change["pointer"].split("/")[1:]]
        place: Any = result
        for part in path:
            place = place[int(part)] if isinstance(place, list) else place[part]
        key: Any = int(last) if isinstance(place, list) else last
        if "old" in change and place[key] != change["old"]:
            raise ValueError(change["pointer"])
        if "new" in change:
            place[key] = change["new"]
        else:
            del place[key]
    return result


def read(path: Path | None) -> bytes | None:
    """Return the bytes of a file, None where there is none."""
    return path.read_bytes() if path is not None and path.is_file() else None
