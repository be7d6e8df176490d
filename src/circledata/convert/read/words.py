"""Why a file is refused, and what to do about it, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from circledata.convert.model import ConversionError
from circledata.sources.container import Refused
from circledata.standard.model import Text

REFUSALS: dict[str, Text] = {
    "missing": Text("找不到文件 {name}。", "There is no file {name}."),
    "folder": Text("{name} 是文件夹，请给出其中的一个文件。", "{name} is a folder. Name one file in it."),
    "empty": Text("{name} 是空的，没有表头。", "{name} is empty: it has no header."),
    "too-large": Text(
        "{name} 有 {actual} MB，超过一次能转换的 {limit} MB，请拆开再转。",
        "{name} has {actual} MB, more than the {limit} MB of one conversion. Split it.",
    ),
    "pdf": Text(
        "{name} 是 PDF，不是表格。请向提供者要原始的 Excel 或 CSV 文件。",
        "{name} is a PDF, not a table. Ask its publisher for the Excel or CSV file that it was made from.",
    ),
    "image": Text(
        "{name} 是图片，不是表格。请向提供者要原始的 Excel 或 CSV 文件。",
        "{name} is a picture, not a table. Ask its publisher for the Excel or CSV file behind it.",
    ),
    "document": Text(
        "{name} 是文字文档或演示文稿。请把里面的表格复制到 WPS 表格或 Excel，另存为 XLSX 再转换。",
        "{name} is a text document or a presentation. Copy its table into a spreadsheet, save that as XLSX "
        "and convert it.",
    ),
    "packed": Text(
        "{name} 是 {format} 压缩文件。请先解压，再转换里面的表格。",
        "{name} is a {format} archive. Unpack it and convert the table inside.",
    ),
    "database": Text(
        "{name} 是 {format} 文件，这里读不了。请导出为 CSV 或 XLSX 再转换。",
        "{name} is a {format} file, which is not read here. Export it as CSV or XLSX and convert that.",
    ),
    "web-page": Text(
        "{name} 其实是网页，里面没有能读的表格。请用 WPS 表格或 Excel 打开，另存为 XLSX 再转换。",
        "{name} is a web page without a table that can be read. Open it in a spreadsheet program, save it as XLSX and "
        "convert that.",
    ),
    "xml": Text(
        "{name} 是 XML（例如 Excel 2003 的 XML 表格）。请用 WPS 表格或 Excel 打开，另存为 XLSX 再转换。",
        "{name} is XML (such as Excel 2003 writes). Open it in a spreadsheet program, save it as XLSX and "
        "convert that.",
    ),
    "no-table": Text(
        "{name} 不是能读的表格。能读的有：CSV、XLSX、XLS、ODS、JSON、GeoJSON，以及装有一个这种文件的 ZIP。",
        "{name} is no table that can be read. What can be read: CSV, XLSX, XLS, ODS, JSON, GeoJSON, or a ZIP with one "
        "such file.",
    ),
    "big5": Text(
        "{name} 像是 Big5（繁体中文）编码，容易读错，没有转换。"
        "请用记事本或 WPS 表格打开，确认文字正确后另存为 UTF-8 的 CSV。",
        "{name} seems to be encoded in Big5 (traditional Chinese), which is easily misread; it was not converted. "
        "Open it, see that its text is right, and save it as UTF-8 CSV.",
    ),
    "bytes": Text(
        "{name} 不是完好的 {encoding} 文本：第 {line} 行、第 {offset} 字节（从 0 数起）读不出来。"
        "请另存为 UTF-8 的 CSV。",
        "{name} is not sound {encoding} text: byte {offset} (counted from 0) in line {line} cannot be read. "
        "Save it as UTF-8 CSV.",
    ),
    "encoding-unknown": Text(
        "不认识编码 {encoding}。可用：UTF-8、UTF-16、GB18030（GBK）、Big5、Windows-1252、ISO-8859-1。",
        "There is no encoding {encoding}. These can be used: UTF-8, UTF-16, GB18030 (GBK), Big5, "
        "Windows-1252, ISO-8859-1.",
    ),
    "encoding-wrong": Text(
        "{name} 不是所说的 {declared} 编码，看起来是 {encoding}。请改正或去掉编码的说明。",
        "{name} is not encoded in {declared} as was said, but seemingly in {encoding}. Correct what was "
        "said, or leave it.",
    ),
    "line-too-long": Text(
        "{name} 第 {line} 行太长，不像表格。请检查文件。",
        "Line {line} of {name} is too long for a table. Look at the file.",
    ),
    "quote-unclosed": Text(
        "{name} 从第 {line} 行起读不出来：引号没有成对。请在原文件里修好这一行。",
        "{name} cannot be read from line {line} on: quotes are not in pairs. Mend that line.",
    ),
    "columns-too-many": Text(
        "{name} 有 {actual} 列，超过能读的 {limit} 列。请删去用不着的列。",
        "{name} has {actual} columns, more than the {limit} that are read. Delete those that are not needed.",
    ),
    "header-not-there": Text(
        "{name} 没有第 {row} 行，表头不在那里。",
        "{name} has no row {row}: the header is not there.",
    ),
    "delimiter-wrong": Text(
        "分隔符应当是一个字符，不是“{delimiter}”。", 'A delimiter is one character, not "{delimiter}".'
    ),
    "columns-not-enough": Text(
        "{name} 有 {actual} 列，而给出的列名只有 {given} 个。",
        "{name} has {actual} columns, but names were given for {given} only.",
    ),
    "no-sheet": Text(
        "{name} 里没有叫“{sheet}”的工作表。有：{sheets}。", '{name} has no sheet "{sheet}". It has: {sheets}.'
    ),
    "sheets-empty": Text("{name} 的工作表都是空的。", "All sheets of {name} are empty."),
    "sheets-hidden": Text(
        "{name} 里有内容的工作表都是隐藏的：{sheets}。要转换其中一张，请指明它的名称。",
        "All sheets of {name} that hold anything are hidden: {sheets}. To convert one of them, name it.",
    ),
    "workbook-protected": Text(
        "{name} 有打开密码。请在 WPS 表格或 Excel 里去掉密码、保存后再转换。",
        "{name} is protected by a password. Take the password away in a spreadsheet program, save it and convert it.",
    ),
    "workbook-damaged": Text(
        "{name} 打不开，文件可能已损坏，或不是表格文件。请用 WPS 表格或 Excel 打开后另存为 XLSX 再转换。",
        "{name} cannot be opened: it is damaged or no workbook. Open it in a spreadsheet program, save it as XLSX and "
        "convert that.",
    ),
    "archive-encrypted": Text(
        "{name} 是加密的压缩文件。请解压后转换里面的文件。",
        "{name} is an encrypted archive. Unpack it and convert the file inside.",
    ),
    "archive-damaged": Text(
        "{name} 已损坏，打不开。请重新下载或重新压缩。", "{name} is damaged. Download it or pack it again."
    ),
    "archive-over-limit": Text(
        "{name} 解开后太大（{what_zh} {actual}，上限 {limit}），没有读取。",
        "{name} unpacks to too much ({what_en} {actual}, at most {limit}); it was not read.",
    ),
    "archive-without-table": Text(
        "{name} 里没有能读的表格（CSV、XLSX、XLS、ODS、JSON、GeoJSON）。",
        "{name} holds no table that can be read (CSV, XLSX, XLS, ODS, JSON, GeoJSON).",
    ),
    "archive-several": Text(
        "{name} 里有 {count} 个表格文件（{files}）。请解压后逐个转换。",
        "{name} holds {count} table files ({files}). Unpack it and convert them one by one.",
    ),
    "not-json": Text(
        "{name} 不是完好的 JSON {line}:{column}（行:列）：{reason_zh}。",
        "{name} is not sound JSON {line}:{column} (line:column): {reason_en}.",
    ),
    "not-features": Text("{name} 不是 GeoJSON 的 FeatureCollection。", "{name} is no GeoJSON FeatureCollection."),
    "json-without-list": Text(
        "{name} 里没有由对象组成的列表，看不出哪些是记录。",
        "{name} holds no list of objects; it is not clear what its records are.",
    ),
    "json-several-lists": Text(
        "{name} 里有几个由对象组成的列表（{lists}），看不出哪个是记录。请只留一个。",
        "{name} holds several lists of objects ({lists}); it is not clear which one is the records. Leave only one.",
    ),
    "header-twice": Text(
        "{name} 的表头里有两列都叫 {column}，分不清用哪一列。",
        "Two columns of {name} are called {column}; it is not clear which one counts.",
    ),
}
"""Why a file is refused, by code, with what to do about it."""


_LISTS = frozenset({"rows", "columns", "sheets", "lists", "files"})
"""Params that name several things, joined in the Chinese way."""


def filled(text: Text, params: Mapping[str, object]) -> Text:
    """Fill params into both languages; English joins by commas what Chinese joins by 、."""
    english = {name: str(value).replace("、", ", ") if name in _LISTS else value for name, value in params.items()}
    return Text(text.zh.format(**params), text.en.format(**english))


def refuse(code: str, **params: object) -> ConversionError:
    """Make the error that a file is refused for, with its params filled in."""
    return ConversionError(filled(REFUSALS[code], params))


def refused(error: Refused, name: str) -> ConversionError:
    """Turn the finding of the reader of packages into the error of a conversion."""
    finding = error.finding
    code = {"CD155": "too-large"}.get(finding.rule) or _BY_RULE.get(finding.rule, "no-table")
    params = {**finding.params, "name": name}
    if code == "too-large":
        params["actual"], params["limit"] = (int(str(params[key])) >> 20 for key in ("actual", "limit"))
    return refuse(code, **params)


_BY_RULE = {
    "CD111": "archive-encrypted",
    "CD112": "archive-over-limit",
    "CD113": "archive-damaged",
    "CD114": "workbook-damaged",
    "CD115": "workbook-protected",
}
