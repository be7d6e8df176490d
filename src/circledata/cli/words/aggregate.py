"""The words of `circledata aggregate`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "aggregate": (
        "把各区的数据包汇总成一个，列出谁要做什么。",
        "Add the packages of districts up into one, and list who must act on what.",
    ),
    "aggregate-about": (
        "逐个检查，合成一个数据包和一张记分表：哪些没有汇总、为什么，哪些网点和社区两个区都报了，各区的质量和指标。"
        "一个区有问题不影响别的区。中断了再运行一次就接着做；下一次只处理变了的。",
        "Check each and write one package and one scoreboard: who is left out and why, which outlets and communities "
        "two districts claim, the quality and figures of each. One bad district stops nothing. After an interruption "
        "run it again and it goes on; the next time only what changed is taken in.",
    ),
    "aggregate-what": ("数据包…", "PACKAGE…"),
    "aggregate-members": (
        "数据包（文件夹、ZIP、工作簿），放着许多数据包的文件夹，或者 circledata.json、manifest.json；"
        "加 --fetch 时也可以是它们的网址。",
        "Packages (folder, ZIP, workbook), folders with many of them, a circledata.json or manifest.json; with --fetch "
        "also the addresses of these two.",
    ),
    "aggregate-out": (
        "结果写到哪个文件夹，必填，整个一次换新。为下一次留着的东西放在它旁边，同名加 .state，可以删。",
        "The folder for the result, required; it is replaced as a whole. What is kept for the next run goes beside it, "
        "under its name with .state, and may be deleted.",
    ),
    "aggregate-division": (
        "汇总的地区的区划代码；不给时按各个数据包判断。",
        "Division code of the whole area; found from the packages unless given.",
    ),
    "aggregate-as-of": (
        "按哪一天检查每个数据包；不给时按它自己写的。",
        "The day to check every package at; its own unless given.",
    ),
    "aggregate-include-errors": ("有错误的数据包也汇总。", "Add up packages with errors too."),
    "aggregate-exchange": (
        "交换档（exchange）的数据包也汇总，结果也是交换档。",
        "Take packages of the profile exchange too; the result is of that profile.",
    ),
    "aggregate-publisher": ("汇总单位的名称。", "Who publishes the whole."),
    "aggregate-title": ("汇总数据包的名称。", "Title of the whole."),
    "aggregate-fetch": ("允许从网上取（https）。", "Allow fetching from the network (https)."),
    "aggregate-allow-http": ("和 --fetch 一起用：也允许 http。", "With --fetch: http is allowed too."),
    "aggregate-allow-private": (
        "和 --fetch 一起用：也允许内网地址。",
        "With --fetch: addresses of one's own network are allowed.",
    ),
    "aggregate-jobs": (
        "用几个进程，默认和处理器一样多。",
        "Number of processes; as many as there are processors by default.",
    ),
    "aggregate-format": ("显示成什么：text、json 或 html，默认 text。", "What to show: text (default), json or html."),
    "aggregate-output": ("把显示的内容写到文件。", "Write what is shown to a file."),
    "aggregate-quiet": ("不显示进度和结果，只给退出码。", "Say nothing; give the exit code alone."),
    "aggregate-needs-fetch": (
        "--allow-http 和 --allow-private 只能和 --fetch 一起用。",
        "--allow-http and --allow-private go with --fetch only.",
    ),
    "aggregate-written": (
        "已写到 {path}：新检查 {fresh} 个，沿用 {kept} 个。先看 scoreboard.html。",
        "Written to {path}: {fresh} checked now, {kept} kept from before. Open scoreboard.html first.",
    ),
    "aggregate-same": (
        "与上次一样，{path} 没有变：新检查 {fresh} 个，沿用 {kept} 个。",
        "The same as last time; {path} is unchanged: {fresh} checked now, {kept} kept from before.",
    ),
    "aggregate-after": (
        "例子：\n"
        "  circledata aggregate 各区/ --out 全省\n"
        "  circledata aggregate 甲区.zip 乙区.zip --out 全市 --division 620600\n"
        "  circledata aggregate https://data.example/manifest.json --fetch --out 全省\n"
        "\n"
        "退出码：0 都汇总了，没有争议；1 有人要处理；2 命令写错了；3 机器或本程序出了问题。",
        "Examples:\n"
        "  circledata aggregate districts/ --out province\n"
        "  circledata aggregate one.zip other.zip --out city --division 620600\n"
        "  circledata aggregate https://data.example/manifest.json --fetch --out province\n"
        "\n"
        "Exit codes: 0 all are in the sum and nothing is in dispute; 1 somebody must act;\n"
        "2 the command is wrong; 3 the machine or this program failed.",
    ),
    "stage-aggregate-reading": ("正在找数据包", "Finding the packages"),
    "stage-aggregate-checking": ("正在检查", "Checking"),
    "stage-aggregate-comparing": ("正在比对各区", "Comparing the districts"),
    "stage-aggregate-writing": ("正在写汇总的数据包", "Writing the package"),
    "stage-aggregate-figures": ("正在计算指标", "Computing the indicators"),
}
