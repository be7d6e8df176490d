"""The words of `circledata assess`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "assess": (
        "按评估方案看每个生活圈：填报的类型数据支不支持，还缺什么业态。",
        "Hold circles against a profile: whether the data support their grade, and what is missing.",
    ),
    "assess-about": (
        "逐个生活圈列出填报的类型、目标类型、现有网点支持的类型，以及离目标还缺哪些业态（缺什么、补什么）。"
        "没有列网点、业态没填、方案名单不全的，一律写“判断不了”，不当作没有。国家的门槛没有公开：默认方案是本标准自己定的，"
        "各地可以用 --profile 换成自己的。",
        "List for every circle the declared grade, the target, the grade that its outlets support, and the categories "
        "that are missing for the target. Where no outlets are listed, categories are empty or the profile's list is "
        "not complete, it says that nobody can tell and never takes it for missing. The national numbers are not "
        "public: the usual profile is this standard's own, and any place may use one of its own with --profile.",
    ),
    "assess-paths": (
        "数据包的文件夹、ZIP 压缩包或工作簿；也可以是 circles、outlets 等 CSV 文件。",
        "A package's folder, ZIP or workbook; or CSV files such as circles and outlets.",
    ),
    "assess-profile": (
        "评估方案：标准带有的编号（见 --list），或者自己写的 YAML 文件。默认 circledata-reference-2021。",
        "The profile: an id of the standard's (see --list), or a YAML file of your own. Usually "
        "circledata-reference-2021.",
    ),
    "assess-format": (
        "text 屏幕文字（默认），html 给领导看的网页，xlsx 工作簿，csv 需求清单的起点，json 给程序用。",
        "text (default), html for people, xlsx, csv (the beginning of a list of needs), json for programs.",
    ),
    "assess-output": ("写到这个文件，不写就输出到屏幕。", "Write to this file instead of the screen."),
    "assess-as-of": (
        "数据截止日期，例如 2024-12-31；默认用数据包写的。",
        "The reference date, for example 2024-12-31; by default that of the package.",
    ),
    "assess-circle": ("只看这个编号的生活圈；可以写几次。", "Only the circle of this id; may be given several times."),
    "assess-list": ("列出标准带有的评估方案。", "List the profiles that the standard has."),
    "assess-fail-under-declared": (
        "有生活圈填报的类型数据不支持时，退出码为 1。判断不了的不算。",
        "Exit with 1 where the data do not support a declared grade. Those that nobody can tell do not count.",
    ),
    "assess-quiet": ("不显示进度和写到哪里。", "Say nothing of progress and of what was written."),
    "assess-after": (
        "例子：\n"
        "  circledata assess 数据包\n"
        "  circledata assess 数据包 --format html --output 业态评估.html\n"
        "  circledata assess 数据包 --format csv --output 需求清单.csv\n"
        "  circledata assess 数据包 --profile 我省方案.yaml --circle 620602-C001\n"
        "\n"
        "退出码：0 做完了；1 用了 --fail-under-declared，有填报的类型数据不支持；\n"
        "2 命令或方案写错了；3 机器或本程序出了问题。",
        "Examples:\n"
        "  circledata assess package\n"
        "  circledata assess package --format html --output assessment.html\n"
        "  circledata assess package --format csv --output needs.csv\n"
        "  circledata assess package --profile ours.yaml --circle 620602-C001\n"
        "\n"
        "Exit codes: 0 done; 1 with --fail-under-declared, a declared grade is not\n"
        "supported; 2 the command or the profile is wrong; 3 the machine or this\n"
        "program failed.",
    ),
    "assess-xlsx-needs-output": (
        "工作簿要写到文件里，请用 --output 写明，例如 --output 业态评估.xlsx。",
        "A workbook is written to a file; name it, for example --output assessment.xlsx",
    ),
    "assess-list-own": ("门槛自定，不是国家规定", "numbers of its own, no national rule"),
    "assess-list-area": ("适用地区 {area}", "for the area {area}"),
}
