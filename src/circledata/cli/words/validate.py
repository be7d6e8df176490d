"""The words of `circledata validate`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "validate": (
        "检查数据包、工作簿、CSV 文件或者已发布的数据是否符合标准。",
        "Check a package, a workbook, CSV files or published feeds against the standard.",
    ),
    "validate-about": (
        "检查数据是否符合标准，指出每个问题在哪一格、为什么、怎么改。您的文件不会被改动，检查时不联网。",
        "Check data against the standard: name the cell of every fault, the reason, and how to mend it. Your "
        "files are not "
        "changed, and nothing is asked of the network.",
    ),
    "path": ("路径…", "PATH…"),
    "validate-paths": (
        "数据包的文件夹、其中的 datapackage.json、ZIP 压缩包、一个 XLSX 工作簿，一个或几个 CSV 文件，"
        "或者已发布的 circledata.json、manifest.json、GeoJSON 文件。",
        "A package's folder, its datapackage.json, a ZIP of it, one XLSX workbook, one or more CSV files, "
        "or what is published: a circledata.json, a manifest.json or a GeoJSON feed.",
    ),
    "validate-table": (
        "CSV 文件是哪张表，例如 outlets；不写就按文件名和表头猜。",
        "The table that a CSV file is, such as outlets; guessed if left out.",
    ),
    "validate-division": (
        "区划代码，例如 620602（单个 CSV 文件自己不会写明）。",
        "Division code such as 620602, which a single CSV file does not tell.",
    ),
    "validate-crs": (
        "坐标系：WGS84、CGCS2000、GCJ-02 或 BD-09。",
        "Coordinate system: WGS84, CGCS2000, GCJ-02 or BD-09.",
    ),
    "validate-as-of": ("数据截止日期，例如 2024-12-31。", "The day that the data describes, such as 2024-12-31."),
    "validate-previous": (
        "同一个数据包的上一期，用来检查编号有没有消失或换人。",
        "The package's last release, to check what became of its ids.",
    ),
    "validate-encoding": (
        "CSV 文件的编码，例如 gb18030；不写就自动判断。",
        "Encoding of CSV files, such as gb18030; found out if left out.",
    ),
    "validate-format": (
        "报告格式：text 给人看；html 是可以打开、打印的网页；workbook 是标好问题的工作簿；csv 用 WPS/Excel 打开；"
        "json、jsonl、sarif、junit、github 给程序用。默认 text。",
        "Format of the report: text for people, html a page to open or print, workbook the workbook with its faults "
        "marked, csv for Excel or WPS, json, jsonl, sarif, junit and github for programs. Default: text.",
    ),
    "validate-output": (
        "把报告写进这个文件，不写就显示在屏幕上。",
        "Write the report to this file instead of the screen.",
    ),
    "validate-max-examples": (
        "每条规则在每个文件里最多列出几处；all 是全部。默认 text 20，workbook 10000，其他格式 1000。总数始终准确。",
        "Places listed of each rule and file; all for every one. Default: 20 for text, 10000 for workbook, 1000 for "
        "the others. Counts are always exact.",
    ),
    "validate-fail-on": (
        "从哪一级起算不通过（退出码 1）：error、warning 或 advice。默认 error。",
        "The level from which the check fails (exit code 1): error, warning or advice. Default: error.",
    ),
    "validate-policy": (
        "策略文件（YAML）：改变或关闭某些规则，每项写明理由和截止日期。",
        "A policy file (YAML) that changes or switches off rules, each with a reason and an end date.",
    ),
    "validate-quiet": (
        "不显示进度；报告不写文件时，什么也不显示，只看退出码。",
        "Show no progress, and no report unless it goes to a file.",
    ),
    "validate-max-file-size": ("单个文件的上限，例如 8G。", "Largest file, such as 8G."),
    "validate-max-archive-size": ("压缩包解开后的上限，例如 8G。", "Largest unpacked size of an archive, such as 8G."),
    "validate-max-archive-entries": ("压缩包里文件数的上限。", "Most files in an archive."),
    "validate-max-archive-ratio": ("压缩包最大压缩比。", "Largest ratio of unpacked to packed size."),
    "validate-max-cell-length": ("一格最多几个字符。", "Most characters in a cell."),
    "validate-max-columns": ("一张表最多几列。", "Most columns of a table."),
    "validate-max-descriptor-size": ("datapackage.json 的上限，例如 16M。", "Largest datapackage.json, such as 16M."),
    "validate-after": (
        "例子：\n"
        "  circledata validate 凉州区\n"
        "  circledata validate 网点.xlsx --format workbook --output 网点-标记.xlsx\n"
        "  circledata validate outlets.csv --division 620602 --crs GCJ-02 --as-of 2024-12-31\n"
        "  circledata validate 发布/circledata.json\n"
        "\n"
        "退出码：\n"
        "  0  符合标准\n"
        "  1  有 --fail-on 那一级或更严重的问题，或者有内容没能读出来\n"
        "  2  命令用错了\n"
        "  3  工具或机器出了问题，没有结论",
        "Examples:\n"
        "  circledata validate liangzhou\n"
        "  circledata validate outlets.xlsx --format workbook --output outlets-marked.xlsx\n"
        "  circledata validate outlets.csv --division 620602 --crs GCJ-02 --as-of 2024-12-31\n"
        "  circledata validate site/circledata.json\n"
        "\n"
        "Exit codes:\n"
        "  0  the data conforms\n"
        "  1  findings at the level of --fail-on or graver, or something could not be read\n"
        "  2  the command was used wrongly\n"
        "  3  the tool or the machine failed; there is no verdict",
    ),
    "workbook-needs-output": (
        "--format workbook 要用 --output 写明文件，例如 --output 标记.xlsx。",
        "--format workbook needs a file: name it with --output, such as --output marked.xlsx.",
    ),
    "workbook-ending": (
        "标记好的工作簿要以 {ending} 结尾，不能写进 {path}。",
        "The marked workbook must end with {ending}; it cannot be written to {path}.",
    ),
    "written": ("报告已写入 {path}。", "The report is in {path}."),
}
