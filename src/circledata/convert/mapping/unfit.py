"""What is said when a file fits no source, or not the one that was named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from circledata.convert.model import ConversionError, SourceTable
from circledata.standard.model import Text

_SHOWN = 3


def garbled(tables: Sequence[SourceTable]) -> ConversionError | None:
    """Say that the header of a table is garbled, and what it probably is; None when no header is."""
    for table in tables:
        pairs = [(more["value"], more["repaired"]) for code, more in table.notes if code == "mojibake-header"]
        if not pairs:
            continue
        name, shown = table.file.name, pairs[:_SHOWN]
        zh = "、".join(f"“{value}”应是“{better}”" for value, better in shown)
        en = ", ".join(f'"{value}" is "{better}"' for value, better in shown)
        if len(pairs) > _SHOWN:
            zh, en = f"{zh} 等 {len(pairs)} 列", f"{en} and {len(pairs) - _SHOWN} more"
        return ConversionError(
            Text(
                f"{name} 的表头是乱码，认不出列：{zh}。加 --repair-mojibake 可以改回来再转换；"
                "有原始文件的话，最好改用原始文件。",
                f"The header of {name} is garbled, so its columns are not known: probably {en}. Add --repair-mojibake "
                "to put it right and convert; better use the original file if there is one.",
            )
        )
    return None


def nothing_fits(tables: Sequence[SourceTable], mapping: str) -> ConversionError:
    """Say that files are not of the source that the user named."""
    headers = "、".join(column for table in tables for column in table.header[:8] if column)
    files = "、".join(dict.fromkeys(table.file.name for table in tables))
    return garbled(tables) or ConversionError(
        Text(
            f"{files} 不像 {mapping} 这种来源：没有记录名称的列。文件里有：{headers}。"
            "可以先用 circledata convert --suggest 文件 写出一份映射，改好后用 --mapping 转换。",
            f"{files} does not look like {mapping}: it has no column for the name of a record. It has {headers}. "
            "Let circledata convert --suggest FILE write a mapping to start from, and convert with --mapping.",
        )
    )


def unknown(path: Path, tables: Sequence[SourceTable]) -> ConversionError:
    """Say that a file is of no source that is known."""
    columns = "、".join(column for column in tables[0].header[:8] if column)
    return garbled(tables) or ConversionError(
        Text(
            f"认不出 {path.name} 是哪种来源（列：{columns} …）。知道的话请用 --from 说明；都不是的话，"
            f"用 circledata convert --suggest {path.name} 写出一份映射，改好后加 --mapping 转换。",
            f"It is not clear what {path.name} is (columns: {columns} …). If you know, say so with --from; if it is "
            f"none of these, let circledata convert --suggest {path.name} write a mapping, and convert with --mapping.",
        )
    )


def unsure(path: Path, names: Sequence[str]) -> ConversionError:
    """Say which sources a file may be of: its columns fit them, but other lists have such columns too."""
    first = names[0]
    return ConversionError(
        Text(
            f"{path.name} 可能是 {'、'.join(names)}，但只看列名定不下来。确实是的话，请加 --from {first} 一类说明；"
            f"不是的话，用 circledata convert --suggest {path.name} 写出一份映射，改好后加 --mapping 转换。",
            f"{path.name} may be {' or '.join(names)}, but its columns alone do not tell. If it is, say so, for "
            f"example --from {first}; if not, let circledata convert --suggest {path.name} write a mapping, and "
            "convert with --mapping.",
        )
    )
