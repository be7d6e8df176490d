"""The words of `circledata compare`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "compare": (
        "把几个数据包的指标并排比较，说明哪些差别可能只是数据没填全。",
        "Put the indicators of packages side by side, and say which differences may come from the data.",
    ),
    "compare-about": (
        "逐个指标并排列出，并判断差别是地方不同，还是可能来自数据：有多少记录没有填、补齐后可能是多少、"
        "登记全不全、调查了多少人、截止日期和标准版本是不是一样、数据有没有错误、是不是虚构的。"
        "没有算出来的写明原因，从不当作 0。",
        "List each indicator side by side and judge whether a difference is one of the place or may come from the "
        "data: how many records were not filled in and what the figure may be once they are, how much was listed, how "
        "many people were asked, dates and versions of the standard, errors, invented data. What was not computed says "
        "why and never counts as 0.",
    ),
    "compare-metavar": ("数据包…", "PACKAGE…"),
    "compare-paths": (
        "数据包的文件夹、ZIP 压缩包或工作簿，至少两个；用 --by circle 或 --by division 时一个也可以。",
        "Folders, ZIPs or workbooks of packages, at least two; with --by circle or --by division one will do.",
    ),
    "compare-by": (
        "比较什么：package 整个数据包（默认），division 区县，township 街道，circle 生活圈。",
        "What is compared: package (default), division, township or circle.",
    ),
    "compare-indicator": (
        "只比较这个指标，写英文名；可以写几次，或者用逗号隔开。默认全部。",
        "Only the indicator of this name; several times, or with commas. All by default.",
    ),
    "compare-format": (
        "text 屏幕文字（默认），html 带小图的网页，xlsx 工作簿，csv，json 给程序用。",
        "text (default), html with small charts, xlsx, csv, json for programs.",
    ),
    "compare-output": ("写到这个文件，不写就输出到屏幕。", "Write to this file instead of the screen."),
    "compare-as-of": (
        "数据截止日期，例如 2024-12-31；默认各用各的。",
        "The reference date, for example 2024-12-31; by default each package's own.",
    ),
    "compare-quiet": ("不显示进度和写到哪里。", "Say nothing of progress and of what was written."),
    "compare-after": (
        "例子：\n"
        "  circledata compare 甲区 乙区\n"
        "  circledata compare 甲区.zip 乙区.zip --format html --output 比较.html\n"
        "  circledata compare 甲区 --by circle --indicator chain-rate,satisfaction\n"
        "\n"
        "退出码：0 做完了，有没有差别都一样；2 命令写错了；3 机器或本程序出了问题。",
        "Examples:\n"
        "  circledata compare a b\n"
        "  circledata compare a.zip b.zip --format html --output comparison.html\n"
        "  circledata compare a --by circle --indicator chain-rate,satisfaction\n"
        "\n"
        "Exit codes: 0 done, whatever differs; 2 the command is wrong;\n"
        "3 the machine or this program failed.",
    ),
    "compare-two": (
        "请给出至少两个数据包；只有一个的话，用 --by circle 比较它的生活圈。",
        "Give at least two packages; with one alone, compare its circles with --by circle",
    ),
    "compare-xlsx-needs-output": (
        "工作簿要写到文件里，请用 --output 写明，例如 --output 比较.xlsx。",
        "A workbook is written to a file; name it, for example --output comparison.xlsx",
    ),
}
