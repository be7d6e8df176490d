"""The words of `circledata crosscheck`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "crosscheck": ("把本工具和 frictionless 的结论并排比较。", "Put our verdict beside frictionless's."),
    "crosscheck-about": (
        "用本工具和 frictionless 各检查一遍，并排列出结论，以及各自单独看到的位置。不显示单元格的内容，不联网。",
        "Check with this tool and with frictionless, and show both verdicts and the places that only one of "
        "them sees. Cells are "
        "never shown, and nothing is asked of the network.",
    ),
    "crosscheck-path": (
        "数据包的文件夹、其中的 datapackage.json，或者它的 ZIP。",
        "A package's folder, its datapackage.json, or a ZIP of it.",
    ),
    "one-path": ("路径", "PATH"),
    "crosscheck-examples": ("每种差别最多列出几处，默认 5。", "Places listed of each difference. Default: 5."),
    "crosscheck-after": (
        "退出码：\n  0  两者结论相同\n  1  不同\n  2  命令用错了\n  3  工具或机器出了问题",
        "Exit codes:\n  0  both verdicts agree\n  1  they differ\n  2  wrong use\n  3  the tool or the machine failed",
    ),
    "crosscheck-kind": (
        "crosscheck 只比较数据包的文件夹、datapackage.json 或 ZIP。",
        "crosscheck compares a package's folder, its datapackage.json, or a ZIP of it.",
    ),
    "crosscheck-no-descriptor": (
        "{path} 里没有能读的 datapackage.json，frictionless 无从检查。先运行：circledata validate {path}",
        "{path} has no datapackage.json that can be read, so frictionless has nothing to check. First run: "
        "circledata validate {path}",
    ),
    "crosscheck-missing": ("没有安装 frictionless。", "frictionless is not installed."),
    "verdict-valid": ("通过", "passed"),
    "verdict-invalid": ("不通过", "failed"),
    "verdicts": ("circledata {ours}，frictionless {theirs}。", "circledata: {ours}; frictionless: {theirs}."),
    "verdicts-alike": ("两者结论相同。", "Both verdicts agree."),
    "verdicts-differ": ("两者结论不同。", "The verdicts differ."),
    "column-table": ("表", "table"),
    "column-ours": ("circledata 错误", "circledata errors"),
    "column-theirs": ("frictionless 错误", "frictionless errors"),
    "column-both": ("同一格", "same cell"),
    "package-itself": ("数据包本身", "the package itself"),
    "only-ours": ("只有 circledata 看到：", "Only circledata sees:"),
    "only-theirs": ("只有 frictionless 看到：", "Only frictionless sees:"),
    "kind-count": ("{kind} · {n} 处", "{kind}: {n}"),
    "cell": ("{file} 第 {row} 行 {column}", "{file} line {row} {column}"),
    "cell-more": ("还有 {n} 处", "{n} more"),
    "skipped": (
        "没有交给 frictionless：{paths}（不在包内的路径）",
        "Not given to frictionless: {paths} (paths outside the package)",
    ),
}
