"""Reads YAML so that every value can be pointed to: path in the document and line in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from circledata.convert.model import ConversionError
from circledata.standard.model import Text

Path_ = tuple[str | int, ...]
_MAX_BYTES = 4 << 20
"""A mapping is written by people; ours have some hundred lines."""
MAPPING = Text("映射文件", "mapping")
"""What the document is called in messages."""


@dataclass(frozen=True)
class Document:
    """A YAML document: its name, its content as plain Python values, and the line of every value by its path."""

    name: str
    content: Any
    lines: Mapping[Path_, int]

    def line_of(self, path: Sequence[str | int]) -> int:
        """Return the line of the value at `path`, or that of the nearest one above it; 1 at the root."""
        for length in range(len(path), -1, -1):
            if tuple(path[:length]) in self.lines:
                return self.lines[tuple(path[:length])]
        return 1


def read_document(path: Path, noun: Text = MAPPING) -> Document:
    """Read the YAML file `path`; ConversionError with line and reason when it is no sound YAML."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = _text(path, noun)
    try:
        root = yaml.compose(text, Loader=loader)
        content = yaml.load(text, Loader=loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise ConversionError(
            Text(
                f"{noun.zh} {path.name} 第 {line} 行不是正确的 YAML。请核对这一行的缩进、冒号后的空格和引号。",
                f"{path.name}, line {line}: not sound YAML. Check indents, blanks after colons, and quotes.",
            )
        ) from error
    lines: dict[Path_, int] = {}
    if root is not None:
        _walk(root, (), lines, f"{noun.zh} {path.name}", path.name)
    return Document(path.name, content, lines)


def _text(path: Path, noun: Text) -> str:
    if not path.is_file():
        raise ConversionError(Text(f"找不到{noun.zh} {path}。", f"There is no {noun.en} file {path}."))
    if path.stat().st_size > _MAX_BYTES:
        raise ConversionError(Text(f"{path.name} 太大，不像{noun.zh}。", f"{path.name} is too large for a {noun.en}."))
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConversionError(
            Text(
                f"{noun.zh} {path.name} 不是 UTF-8 文本，请另存为 UTF-8。", f"{path.name} is no UTF-8 text; save it so."
            )
        ) from error


def _walk(node: Any, path: Path_, lines: dict[Path_, int], zh: str, en: str) -> None:
    """Note the line of `node` and of everything in it; a key that stands twice is refused, since one would be lost."""
    lines.setdefault(path, node.start_mark.line + 1)
    if node.id == "mapping":
        seen: dict[str, int] = {}
        for key, value in node.value:
            word, line = str(key.value), key.start_mark.line + 1
            if word in seen:
                raise ConversionError(
                    Text(
                        f"{zh} 第 {line} 行：{word} 在第 {seen[word]} 行已经写过，请合并成一处。",
                        f"{en}, line {line}: {word} stands in line {seen[word]} already; make them one.",
                    )
                )
            seen[word] = line
            lines[(*path, word)] = line
            _walk(value, (*path, word), lines, zh, en)
    elif node.id == "sequence":
        for number, value in enumerate(node.value):
            _walk(value, (*path, number), lines, zh, en)
