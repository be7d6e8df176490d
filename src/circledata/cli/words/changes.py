"""The words of `circledata diff` and `circledata apply`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "diff": (
        "比较前后两期数据：开了哪些、关了哪些、搬了多远、改了什么。",
        "Compare two releases: what opened, closed, moved how far, changed.",
    ),
    "diff-about": (
        "比较两个数据包，逐条说明变化：新开业、关闭、迁移（多少米）、改名、换业态、新增、删除、其他修改。"
        "同一个编号先后给了两家店是错误；同一个地方换了新编号是警告。"
        "--format jsonl 写出变化文件，circledata apply 能用它把旧数据包一字不差地变成新数据包。",
        "Compare two packages record by record: opened, closed, moved (how many metres), renamed, recategorised, "
        "added, removed, otherwise changed. An id that was given to another thing is an error; a new id for the same "
        "place is a warning. --format jsonl writes a changes file, with which circledata apply makes the new package "
        "of the old one, to the byte.",
    ),
    "diff-old-name": ("旧数据包", "OLD"),
    "diff-new-name": ("新数据包", "NEW"),
    "diff-old": (
        "上一期：文件夹、datapackage.json、ZIP、工作簿，或者已发布的 circledata.json。",
        "The last release: a folder, datapackage.json, ZIP, workbook, or a published circledata.json.",
    ),
    "diff-new": ("这一期，写法相同。", "This release, in any of the same forms."),
    "diff-format": (
        "text（默认，给人看）、html（给人看，可以筛选）、json（汇总）、jsonl（变化文件，完整）。",
        "text (default, for people), html (for people, to filter), json (summary), jsonl (the changes file, complete).",
    ),
    "diff-output": ("写到文件，不写到屏幕。", "Write to a file instead of the screen."),
    "diff-table": (
        "只看这张表，可以写多次；不能用于 jsonl。",
        "Show this table only; may be given several times, not with jsonl.",
    ),
    "diff-max-examples": (
        "每张表每种变化最多列出几条（text 10、html 500、json 1000），all 为全部。数目总是准确的。",
        "Changes to list of each kind and table (text 10, html 500, json 1000), or all. Counts are always exact.",
    ),
    "diff-whole": (
        "变化文件（jsonl）必须完整，不能用 --table 只写几张表。",
        "A changes file (jsonl) must be whole; --table cannot leave tables out of it.",
    ),
    "diff-after": (
        "例子：\n"
        "  circledata diff 2023年数据 2024年数据\n"
        "  circledata diff 旧.zip 新.zip --format html --output 变化.html\n"
        "  circledata diff 旧 新 --format jsonl --output changes.jsonl\n"
        "\n"
        "退出码：0 没有编号被换给别的；1 有；2 命令写错了；3 机器或本程序出了问题。",
        "Examples:\n"
        "  circledata diff data-2023 data-2024\n"
        "  circledata diff old.zip new.zip --format html --output changes.html\n"
        "  circledata diff old new --format jsonl --output changes.jsonl\n"
        "\n"
        "Exit codes: 0 no id stands for another thing; 1 some do; 2 wrong use;\n"
        "3 the machine or this program failed.",
    ),
    "apply": (
        "用变化文件把旧数据包变成新数据包，一字不差。",
        "Make the new package of the old one and a changes file, exactly.",
    ),
    "apply-about": (
        "读 changes.jsonl（circledata diff --format jsonl 写的，或者发布时附带的），"
        "把旧数据包变成新数据包，写到新文件夹。"
        "每张表、每个文件都按变化文件里的校验值核对；起点不对、文件残缺、被人改过，都会说明，什么也不写。",
        "Read the changes.jsonl that circledata diff --format jsonl wrote (or a release carries), and write the new "
        "package to a new folder. Every table and file is checked by its hash; a wrong start, a damaged or an edited "
        "file is said, and nothing is written.",
    ),
    "apply-files-name": ("[旧数据包] 变化文件", "[OLD] CHANGES"),
    "apply-files": (
        "旧数据包（文件夹、ZIP、工作簿……）和 changes.jsonl；变化从零开始的，只写 changes.jsonl。",
        "The old package (folder, ZIP, workbook, …) and changes.jsonl; where the changes begin from nothing, "
        "changes.jsonl alone.",
    ),
    "apply-out": ("新数据包写到哪个文件夹，必填。", "The folder to write the new package to. Required."),
    "apply-overwrite": ("文件夹已经有数据包时覆盖它。", "Replace a package that is in the folder."),
    "apply-done": (
        "写好了 {path}：{tables} 张表，{records} 条记录。",
        "Wrote {path}: {tables} tables, {records} records.",
    ),
    "apply-exact": ("与新数据包一字不差（校验值一致）。", "It is the new package to the byte (all hashes agree)."),
    "apply-records": (
        "每条记录与新数据包一致；有的 CSV 文件写法不同，因为原来的写法不能照样写出。",
        "Every record is the new package's; some CSV files are written differently, since their own form cannot be "
        "made again.",
    ),
    "apply-after": (
        "例子：\n"
        "  circledata apply 2023年数据 changes.jsonl --out 2024年数据\n"
        "\n"
        "退出码：0 写好了；2 命令写错了，或者变化文件用不上；3 机器或本程序出了问题。",
        "Example:\n"
        "  circledata apply data-2023 changes.jsonl --out data-2024\n"
        "\n"
        "Exit codes: 0 done; 2 wrong use, or the changes do not fit;\n"
        "3 the machine or this program failed.",
    ),
}
