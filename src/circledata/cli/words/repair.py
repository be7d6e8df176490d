"""The words of `circledata repair`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "repair": (
        "改好不影响意思的写法，另存为新文件，逐处列出。",
        "Mend how cells are written where their meaning is certain, into a new file, and list each change.",
    ),
    "repair-about": (
        "只改不会改变意思的写法：多余的空格、全角数字、日期写法、列名里写明的单位、代码的名称、换行、编码、分隔符、"
        "CSV 的列名。"
        "每一处都列进修改清单：在哪里、原来是什么、改成什么。看不准的一律不动，留给人改。原来的文件从不改动。",
        "Change only what cannot alter the meaning: blanks at the ends, full-width digits, forms of dates, units that "
        "a column's head names, titles of codes, line ends, encoding, separator, heads of CSV columns. Each change is "
        "listed with its place, before and after. Whatever is not certain is left to a person. Your file is never "
        "changed.",
    ),
    "repair-file": ("文件", "FILE"),
    "repair-path": (
        "要改的 CSV 文件、工作簿，或者数据包的文件夹、ZIP 压缩包。",
        "The CSV file, the workbook, or the package's folder or ZIP.",
    ),
    "repair-out": (
        "改好的写到哪里，必填，不能是原来的文件。修改清单写在旁边，同名加 -修改清单.csv；工作簿的清单是它的第一页。"
        "xls、ods、et 工作簿写成 .xlsx。",
        "Where to write the result. Required, and never the file itself. The list of changes goes beside it, under its "
        "name with -changes.csv; in a workbook it is the first sheet. XLS, ODS and ET workbooks become .xlsx.",
    ),
    "repair-overwrite": ("文件已经存在时覆盖它。", "Replace the file when it exists."),
    "repair-quiet": ("不显示进度和结果，只给退出码。", "Say nothing; give the exit code alone."),
    "repair-after": (
        "例子：\n"
        "  circledata repair 网点.csv --out 网点-改好.csv\n"
        "  circledata repair 填报表.xlsx --out 填报表-改好.xlsx\n"
        "  circledata repair 数据包.zip --out 数据包-改好.zip\n"
        "\n"
        "退出码：0 剩下的没有错误；1 还有错误要人来改；\n"
        "2 命令写错了，或者这个文件不能改；3 机器或本程序出了问题。",
        "Examples:\n"
        "  circledata repair outlets.csv --out outlets-mended.csv\n"
        "  circledata repair filled.xlsx --out filled-mended.xlsx\n"
        "  circledata repair package.zip --out package-mended.zip\n"
        "\n"
        "Exit codes: 0 no errors are left; 1 errors are left to a person;\n"
        "2 the command is wrong, or the file cannot be repaired;\n"
        "3 the machine or this program failed.",
    ),
    "repair-done": ("已改好 {count} 处，写到 {path}。", "{count} changes made, written to {path}."),
    "repair-nothing": ("没有要改的，照原样写到 {path}。", "Nothing to change; written as it is to {path}."),
    "repair-count": ("{change} {count}", "{change} {count}"),
    "repair-join": ("，", ", "),
    "repair-list": ("修改清单：{path}", "List of changes: {path}"),
    "repair-sheet": ("修改清单：工作簿的第一页“{sheet}”", "List of changes: the first sheet, “{sheet}”"),
    "repair-clean": ("再检查一遍，没有发现问题。", "Checked again: nothing was found."),
    "repair-unknown": (
        "再检查一遍，有的内容没能读，不能说没有问题。下一步：{command}",
        "Checked again: some of it could not be read, so nobody can say that all is well. Next: {command}",
    ),
    "repair-remain": (
        "再检查一遍，还有 {count} 处要看（错误 {error}，警告 {warning}，建议 {advice}）。"
        "下一步，看每一处怎么改：{command}",
        "Checked again: {count} findings are left (errors {error}, warnings {warning}, advice {advice}). Next, see how "
        "to mend each: {command}",
    ),
}
