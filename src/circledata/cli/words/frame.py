"""The words of every command: help, mistakes on the command line, failures, progress."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # the frame of every help text
    "usage": ("用法：{line}", "Usage: {line}"),
    "options": ("[选项]", "[OPTIONS]"),
    "command": ("命令", "COMMAND"),
    "heading-arguments": ("参数：", "Arguments:"),
    "heading-options": ("选项：", "Options:"),
    "heading-commands": ("命令：", "Commands:"),
    "lang": (
        "界面语言：zh 中文，en 英文。默认看环境变量 CIRCLEDATA_LANG 和系统语言，看不出来就用中文。",
        "Language: zh or en. By default that of CIRCLEDATA_LANG or of the system, Chinese where neither tells.",
    ),
    "help": ("显示这份说明。", "Show this help."),
    "version-option": ("显示版本号。", "Show the version."),
    "about": (
        "一刻钟便民生活圈开放数据标准的工具：检查数据、查阅标准、新建数据包。",
        "The tool of the open data standard of China's 15-minute living circles: check data, look things up, "
        "begin a package.",
    ),
    "about-more": (
        "每个命令的说明：circledata 命令 --help",
        "More about a command: circledata COMMAND --help",
    ),
    # mistakes on the command line
    "error": ("出错：{text}", "Error: {text}"),
    "see-help": ("用法请看：{command}", "See: {command}"),
    "no-command": ("没有命令 {name}。", "There is no command {name}."),
    "no-option": ("没有选项 {name}。", "There is no option {name}."),
    "did-you-mean": ("您要的是不是 {names}？", " Did you mean {names}?"),
    "missing": ("缺少 {name}。", "{name} is missing."),
    "bad-option": (
        "选项 {name} 的写法不对：后面要有一个值，开关类选项则不能有。",
        "Option {name} needs a value, or takes none.",
    ),
    "too-many": ("多出了参数：{arguments}。", "Too many arguments: {arguments}."),
    "not-a-choice": (
        "{option} 不能是 {value}，可以是：{choices}。",
        "{option} cannot be {value}; it is one of {choices}.",
    ),
    "not-a-date": (
        "{option} 要写成 2026-12-31 这样的日期，不能是 {value}。",
        "{option} is a date such as 2026-12-31, not {value}.",
    ),
    "not-a-count": (
        "{option} 要写成不小于 {least} 的整数，不能是 {value}。",
        "{option} is a whole number of at least {least}, not {value}.",
    ),
    "not-a-count-or-all": (
        "{option} 要写成不小于 {least} 的整数或 all，不能是 {value}。",
        "{option} is a whole number of at least {least}, or all; not {value}.",
    ),
    "not-a-size": (
        "{option} 要写成 500M、8G 这样的大小，不能是 {value}。",
        "{option} is a size such as 500M or 8G, not {value}.",
    ),
    # failures of tool and machine
    "interrupted": ("已中断。", "Interrupted."),
    "out-of-memory": (
        "内存不够，检查没有做完。请关掉别的程序再试，或者把数据拆开检查。",
        "Out of memory; the work is not finished. Close other programs and try again, or check the data in parts.",
    ),
    "disk-full": (
        "磁盘满了，没有做完。请腾出空间再试。",
        "The disk is full; the work is not finished. Make room and try again.",
    ),
    "system-error": ("系统不让继续：{reason}。", "The system refused: {reason}."),
    "system-error-file": ("系统不让读写 {path}：{reason}。", "The system refused to read or write {path}: {reason}."),
    "unexpected": (
        "circledata 自己出了问题（{kind}），这不是您数据的错。请把这句话报告给维护者；设置环境变量 "
        "{variable}=1 再运行一次，可以看到细节。",
        "circledata itself failed ({kind}); this is no fault of your data. Please report it; run again with "
        "{variable}=1 set "
        "to see the details.",
    ),
    "output-is-folder": ("--output 指向的 {path} 是文件夹。", "--output names a folder: {path}."),
    "output-no-folder": (
        "不能写 {path}：没有文件夹 {folder}。",
        "{path} cannot be written: there is no folder {folder}.",
    ),
    "output-is-input": (
        "--output 指向的 {path} 是被检查的文件，不能覆盖。请换一个文件名。",
        "--output names {path}, which is being checked and is not overwritten. Choose another name.",
    ),
    # progress
    "progress": ("正在检查：{stage} {percent}%", "Checking: {stage} {percent}%"),
    "stage-read": ("读文件", "reading"),
    "stage-unpack": ("解压", "unpacking"),
}
