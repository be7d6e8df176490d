"""The words of `circledata template`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "template": ("生成填报用的工作簿（WPS、Excel）。", "Make a workbook to fill in WPS or Excel."),
    "template-about": (
        "生成填报用的工作簿：每张表一个工作表，带下拉列表、填写提示和格式检查，第一页是填写说明。"
        "填好直接用 circledata validate 检查。",
        "Make a workbook to fill: one sheet a table, with drop-down lists, hints and checks while typing; the first "
        "sheet says what to do. Once filled, circledata validate reads it as it is.",
    ),
    "template-out": ("写到哪个 .xlsx 文件。必填。", "The .xlsx file to write. Required."),
    "template-tables": (
        "要哪些表，用逗号隔开，表名或名称都可以，例如 circles,商业网点。查表名：circledata fields。"
        "不写就是区级台账常用的六张。",
        "The tables, joined by commas, by name or title, such as circles,outlets; circledata fields lists them. "
        "Default: the six of a district's ledger.",
    ),
    "template-division": (
        "区划代码，例如 620602：填进“基本信息”，也用在编号的例子里。",
        "Division code such as 620602: filled in, and used in the ids of the hints.",
    ),
    "template-example": ("填入编造的示例，看看填好的样子。", "Fill it with invented rows, to see what it looks like."),
    "template-overwrite": ("文件已经存在时覆盖它。", "Replace the file when it exists."),
    "template-after": (
        "例子：\n"
        "  circledata template --out 填报表.xlsx --division 620602\n"
        "  circledata template --out 补助.xlsx --tables programmes,subsidies,projects,circles\n"
        "  circledata template --out 示例.xlsx --example",
        "Examples:\n"
        "  circledata template --out ledger.xlsx --division 620602 --lang en\n"
        "  circledata template --out grants.xlsx --tables programmes,subsidies\n"
        "  circledata template --out example.xlsx --example --lang en",
    ),
    "template-no-tables": ("--tables 后面没有表名。", "--tables names no table."),
    "template-done": ("已写好 {path}，里面的工作表：", "Wrote {path} with the sheets"),
    "template-separator": ("、", ", "),
    "template-added": (
        "另外加上了“{table}”（{name}）：别的表必须填它的编号。",
        "{table} ({name}) was added: other tables cannot do without its ids.",
    ),
    "template-pointing": (
        "没有“{parent}”（{name}）：{columns}先空着；要填的，请把 {name} 加进 --tables。",
        "Without {parent} ({name}), leave empty: {columns}; to fill them, add {name} to --tables.",
    ),
    "template-column": ("{table}的“{field}”", "{table}: {field}"),
    "template-next": (
        "接下来：\n  1. 用 WPS 或 Excel 打开，先看第一页“填写说明”。\n  2. 填好保存，检查：circledata validate {path}",
        "What to do next:\n  1. Open it in WPS or Excel and read the first sheet, Instructions.\n"
        "  2. Fill it, save it, and check it: circledata validate {path}",
    ),
}
