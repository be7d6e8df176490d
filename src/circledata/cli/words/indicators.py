"""The words of `circledata indicators`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "indicators": (
        "按标准计算数据包的指标：生活圈、网点、居民、资金、数据状况。",
        "Compute the standard's indicators of a package: circles, outlets, residents, money, state of the data.",
    ),
    "indicators-about": (
        "先检查数据，再按标准的定义计算指标。没有算出来的写明原因，不写成 0；有多少记录不知道，一起列出。"
        "您的文件不会被改动，计算时不联网。",
        "Check the data, then compute the indicators as the standard defines them. What was not computed says why and "
        "is never 0; how many records are not known stands beside each. Your files are not changed, and nothing is "
        "asked of the network.",
    ),
    "indicators-metavar": ("路径…", "PATH…"),
    "indicators-paths": (
        "数据包的文件夹、ZIP 压缩包或工作簿，可以写几个，各算各的；或者一个或几个 CSV 文件，合起来算一个。",
        "Folders, ZIPs or workbooks of packages, each computed by itself; or one or more CSV files, taken together.",
    ),
    "indicators-by": (
        "按什么计算：package 整个数据包（默认），division 区县，township 街道，circle 生活圈。",
        "What each figure is of: package (default), division, township or circle.",
    ),
    "indicators-indicator": (
        "只算这个指标，写英文名；可以写几次，或者用逗号隔开。默认全部。",
        "Only the indicator of this name; several times, or with commas. All by default.",
    ),
    "indicators-format": (
        "text 屏幕文字（默认），json 给程序用，csv 用 WPS/Excel 打开，html 网页，xlsx 工作簿。",
        "text (default), json for programs, csv for Excel or WPS, html, xlsx.",
    ),
    "indicators-output": ("写到这个文件，不写就输出到屏幕。", "Write to this file instead of the screen."),
    "indicators-quiet": ("不显示进度。", "Show no progress."),
    "indicators-written": ("指标已写入 {path}。", "The figures are in {path}."),
    "indicators-xlsx-needs-output": (
        "--format xlsx 要用 --output 写明文件，例如 --output 指标.xlsx。",
        "--format xlsx needs a file: name it with --output, such as --output indicators.xlsx.",
    ),
    "indicators-no-such": (
        "标准里没有名为 {name} 的指标。{hint}全部指标：{names}。",
        "The standard has no indicator {name}. {hint}Its indicators are: {names}.",
    ),
    "indicators-after": (
        "例子：\n"
        "  circledata indicators 凉州区\n"
        "  circledata indicators 凉州区 --by circle --indicator basic-kinds,chain-rate\n"
        "  circledata indicators 凉州区.zip --format xlsx --output 年度汇总.xlsx\n"
        "\n"
        "退出码：0 算出来了（数据有错误也算，会写明）；2 命令写错了；\n"
        "3 机器或本程序出了问题。",
        "Examples:\n"
        "  circledata indicators liangzhou\n"
        "  circledata indicators liangzhou --by circle --indicator basic-kinds,chain-rate\n"
        "  circledata indicators liangzhou.zip --format xlsx --output yearly.xlsx\n"
        "\n"
        "Exit codes: 0 computed (also of data with errors, which is said); 2 wrong use;\n"
        "3 the machine or this program failed.",
    ),
}
