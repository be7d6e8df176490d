"""Plain problems of usage or machine, which are no fault of the data: what they are and how they are said."""

from __future__ import annotations

from circledata.standard.model import Language, Text

MESSAGES: dict[str, Text] = {
    "path-missing": Text("找不到 {path}。", "There is no {path}."),
    "path-special": Text(
        "{path} 不是普通文件，也不是文件夹，不能读取。", "{path} is neither a file nor a folder; it cannot be read."
    ),
    "path-mixed": Text(
        "数据包要单独检查：{path} 不能和其他文件一起给出。",
        "A package is checked by itself: {path} cannot be given together with other files.",
    ),
    "path-none": Text("没有给出要检查的文件。", "No file to check was given."),
    "table-unknown": Text(
        "标准里没有名为 {table} 的表。可用的表：{tables}。",
        "The standard has no table {table}. Its tables are: {tables}.",
    ),
    "table-needs-one-file": Text("--table 只能用于一个 CSV 文件。", "--table goes with exactly one CSV file."),
    "table-unclear": Text(
        "看不出 {file} 是哪张表，请用 --table 指明。可用的表：{tables}。",
        "It is not clear which table {file} is; name it with --table. The tables are: {tables}.",
    ),
    "format-unsupported": Text(
        "{path} 是 {format} 格式，不能读取。请另存为 CSV 或 XLSX。",
        "{path} is in the format {format}, which cannot be read. Save it as CSV or XLSX.",
    ),
    "release-unreadable": Text(
        "{path} 不是 circledata 发布的目录文件。", "{path} is no circledata.json that circledata published."
    ),
    "release-elsewhere": Text(
        "{path} 所列的数据包不在它旁边；请先把 package.zip 下载下来，再给出它。",
        "The package that {path} lists does not lie beside it; fetch its package.zip and give that.",
    ),
    "setting-unusable": Text(
        "选项 {setting} 的值 {value} 不能用：{expected}。", "The value {value} of {setting} cannot be used: {expected}."
    ),
    "permission-denied": Text("没有权限读取 {path}。", "Permission to read {path} was denied."),
    "disk-full": Text("磁盘空间不足，无法继续。", "The disk is full; cannot go on."),
    "read-failed": Text("读取 {path} 时出错：{reason}。", "Reading {path} failed: {reason}."),
}
"""Every message with its text in both languages."""


class SourceError(Exception):
    """A problem that stops the reader before the data itself can be judged; `exit_code` is the command's."""

    exit_code = 3

    def __init__(self, message_code: str, **params: object) -> None:
        self.code = message_code
        self.params = params
        super().__init__(self.in_language("en"))

    def in_language(self, language: Language) -> str:
        """Say the problem in `language`."""
        return MESSAGES[self.code].in_language(language).format(**self.params)


class UsageError(SourceError):
    """The command was given something that it cannot work with."""

    exit_code = 2


class ToolError(SourceError):
    """The machine did not let the reader work: permission, disk, device."""

    exit_code = 3


def tool_error(error: OSError, path: object) -> ToolError:
    """Turn an error of the operating system into one that can be said plainly."""
    if isinstance(error, PermissionError):
        return ToolError("permission-denied", path=path)
    if error.errno == 28:
        return ToolError("disk-full")
    return ToolError("read-failed", path=path, reason=error.strerror or str(error))
