"""What the readers noticed about a table and a person should know, in both languages."""

from __future__ import annotations

from circledata.standard.model import Text

Note = tuple[str, dict[str, str]]
"""Code (key of NOTES) and parameters."""

NOTES: dict[str, Text] = {
    "encoding": Text("文件是 {encoding} 编码，已按此读取。", "The file is encoded in {encoding} and was read as that."),
    "delimiter": Text("列之间用“{delimiter}”分隔。", 'Columns are separated by "{delimiter}".'),
    "header-row": Text("表头在第 {rows} 行。", "The header stands in row {rows}."),
    "no-header": Text(
        "文件没有表头，列名记为 {columns}。", "The file has no header; its columns are called {columns}."
    ),
    "header-quotes": Text(
        "有 {count} 个列名带引号或多余的空白，已去掉。",
        "{count} column names had quotes or odd blanks, now taken away.",
    ),
    "header-twice": Text(
        "有两列都叫“{column}”，后一列记为“{name}”。", 'Two columns are called "{column}"; one is now "{name}".'
    ),
    "header-empty": Text(
        "第 {number} 列有内容但没有列名，记为“{name}”。",
        'Column {number} has content but no name; it is called "{name}".',
    ),
    "blank-rows": Text("跳过 {count} 个空行。", "{count} blank rows were passed over."),
    "rows-broken": Text(
        "有 {count} 行的列数与表头不同，无法对应（第一处在第 {row} 行）。",
        "{count} rows have more or fewer cells than the header (the first one is row {row}).",
    ),
    "nul-characters": Text(
        "文件里有 {count} 个空字符（NUL），已去掉。", "{count} NUL characters were taken out of the text."
    ),
    "excel-text-marks": Text(
        '有 {count} 个格子写成 ="…"（Excel 的文本写法），已取出里面的文字。',
        '{count} cells were written ="…", as Excel marks text; the text inside was taken.',
    ),
    "filled-down": Text(
        "“{column}”列有 {count} 个空格按上方的单元格补上。",
        '{count} blank cells of the column "{column}" were filled with the cell above.',
    ),
    "fill-down-unknown": Text("要向下填充的列“{column}”不在表里。", 'There is no column "{column}" to be filled down.'),
    "merged-filled": Text(
        "合并单元格的内容补到了它盖住的 {count} 个格子。",
        "The contents of merged cells were filled into the {count} cells that they cover.",
    ),
    "sheet-hidden": Text(
        "工作表“{sheet}”是隐藏的，没有读取；要用它请指明名称。",
        'The sheet "{sheet}" is hidden and was not read; name it to use it.',
    ),
    "sheet-hidden-read": Text("读取了隐藏的工作表“{sheet}”。", 'The hidden sheet "{sheet}" was read.'),
    "sheet-ignored": Text(
        "工作表“{sheet}”是说明或代码表，没有读取。", 'The sheet "{sheet}" is notes or a code list and was not read.'
    ),
    "sheet-not-read": Text(
        "工作表“{sheet}”的表头与所选的不同，没有读取（{rows} 行）。",
        'The sheet "{sheet}" has another header than the one chosen and was not read ({rows} rows).',
    ),
    "sheet-mojibake": Text(
        "工作表“{sheet}”是另一张表的乱码副本，没有读取。",
        'The sheet "{sheet}" is a garbled copy of another one and was not read.',
    ),
    "cell-errors": Text(
        "有 {count} 个单元格是公式错误（第一处 {cell}：{value}）。",
        "{count} cells hold an error (the first one is {cell}: {value}).",
    ),
    "formula-without-value": Text(
        "有 {count} 个公式没有算出的结果，当作空（第一处 {cell}）。请用 WPS 表格或 Excel 打开，保存一次再转换。",
        "{count} formulas have no stored result and count as empty (the first one is {cell}). Open the file "
        "in a spreadsheet "
        "program, save it and convert it again.",
    ),
    "numbers-cut": Text(
        "有 {count} 个超过 15 位的数字存成了数值，后面的几位可能已丢失（第一处 {cell}）。",
        "{count} numbers of more than 15 digits are stored as numbers; their last digits may be lost (the "
        "first one is {cell}).",
    ),
    "web-page": Text(
        "文件其实是网页，读取了其中最大的表格。", "The file is a web page; the largest table in it was read."
    ),
    "wrong-ending": Text(
        "文件的扩展名是 {ending}，内容其实是 {format}，已按内容读取。",
        "The file's ending is {ending} but its content is {format}; it was read as that.",
    ),
    "in-archive": Text("读取了压缩包里的 {file}。", "{file} inside the archive was read."),
    "list-found": Text("记录取自“{list}”。", 'The records are those of "{list}".'),
    "pages-joined": Text("{count} 页结果接在一起。", "{count} pages of results were joined."),
    "geojson-crs": Text("文件写明坐标参照是 {crs}。", "The file says that its coordinate reference system is {crs}."),
    "mojibake": Text(
        "“{column}”列有 {count} 个格子是乱码，例如“{value}”，多半应为“{repaired}”。加 --repair-mojibake 可以修复。",
        '{count} cells of the column "{column}" are garbled, such as "{value}", which is probably "{repaired}". '
        "--repair-mojibake repairs them.",
    ),
    "mojibake-repaired": Text(
        "“{column}”列有 {count} 个乱码格子已修复，例如“{value}”→“{repaired}”。",
        '{count} garbled cells of the column "{column}" were repaired, such as "{value}" to "{repaired}".',
    ),
    "mojibake-lost": Text(
        "“{column}”列有 {count} 个格子的文字在转换编码时已经丢失，无法还原，例如“{value}”。请向提供者要原始文件。",
        '{count} cells of the column "{column}" lost characters in a change of encoding and cannot be '
        "restored, such as "
        '"{value}". Ask the publisher for the original file.',
    ),
    "mojibake-header": Text(
        "列名“{value}”是乱码，多半应为“{repaired}”。",
        'The column name "{value}" is garbled; it is probably "{repaired}".',
    ),
    "mojibake-header-repaired": Text(
        "乱码的列名“{value}”已修复为“{repaired}”。", 'The garbled column name "{value}" was repaired to "{repaired}".'
    ),
}
"""What a person should know of a table that was read, by code; the parameters stand in SourceTable.notes."""

CHANGE_RULES: dict[str, Text] = {
    "excel-text-mark": Text('取出 ="…" 里的文字', 'text taken out of ="…"'),
    "mojibake-repaired": Text(
        "乱码修复（文字曾按错误的编码读过）", "garbled text repaired (it had been read in a wrong encoding)"
    ),
}
"""Rules of SourceTable.changes."""
