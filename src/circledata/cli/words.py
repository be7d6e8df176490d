"""Every word of the command line in Chinese and English; what tables, fields and rules say stands in `spec/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from circledata.standard.model import Language

# Plain pairs instead of the standard's Text: `circledata --help` must not load the standard.
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
    # validate
    "validate": (
        "检查数据包、工作簿或 CSV 文件是否符合标准。",
        "Check a package, a workbook or CSV files against the standard.",
    ),
    "validate-about": (
        "检查数据是否符合标准，指出每个问题在哪一格、为什么、怎么改。您的文件不会被改动，检查时不联网。",
        "Check data against the standard: name the cell of every fault, the reason, and how to mend it. Your "
        "files are not "
        "changed, and nothing is asked of the network.",
    ),
    "path": ("路径…", "PATH…"),
    "validate-paths": (
        "数据包的文件夹、其中的 datapackage.json、ZIP 压缩包、一个 XLSX 工作簿，或者一个或几个 CSV 文件。",
        "A package's folder, its datapackage.json, a ZIP of it, one XLSX workbook, or one or more CSV files.",
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
        "报告格式：text 给人看，csv 用 WPS/Excel 打开，json、jsonl、sarif、junit、github 给程序用。默认 text。",
        "Format of the report: text for people, csv for Excel or WPS, json, jsonl, sarif, junit and github "
        "for programs. "
        "Default: text.",
    ),
    "validate-output": (
        "把报告写进这个文件，不写就显示在屏幕上。",
        "Write the report to this file instead of the screen.",
    ),
    "validate-max-examples": (
        "每条规则在每个文件里最多列出几处；all 是全部。默认 text 20，其他格式 1000。总数始终准确。",
        "Places listed of each rule and file; all for every one. Default: 20 for text, 1000 for the others. "
        "Counts are always exact.",
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
        "  circledata validate 网点.xlsx --format csv --output 问题清单.csv\n"
        "  circledata validate outlets.csv --division 620602 --crs GCJ-02 --as-of 2024-12-31\n"
        "\n"
        "退出码：\n"
        "  0  符合标准\n"
        "  1  有 --fail-on 那一级或更严重的问题，或者有内容没能读出来\n"
        "  2  命令用错了\n"
        "  3  工具或机器出了问题，没有结论",
        "Examples:\n"
        "  circledata validate liangzhou\n"
        "  circledata validate outlets.xlsx --format csv --output findings.csv\n"
        "  circledata validate outlets.csv --division 620602 --crs GCJ-02 --as-of 2024-12-31\n"
        "\n"
        "Exit codes:\n"
        "  0  the data conforms\n"
        "  1  findings at the level of --fail-on or graver, or something could not be read\n"
        "  2  the command was used wrongly\n"
        "  3  the tool or the machine failed; there is no verdict",
    ),
    "written": ("报告已写入 {path}。", "The report is in {path}."),
    # looking the standard up
    "format-text-json": ("输出格式：text 或 json。默认 text。", "Format: text or json. Default: text."),
    "rules": ("查阅检查规则。", "Look up the rules."),
    "rules-about": (
        "列出检查规则；给出代码或英文名，就显示那一条：查什么，为什么，怎么改，检查用的 SQL，对的和错的例子。",
        "List the rules; with a code or name, show that one: what it finds, why, how to mend it, its SQL, and cases.",
    ),
    "rules-rule": (
        "规则代码（CD412）或英文名（subsidy-over-cap）。",
        "Code (CD412) or name (subsidy-over-cap) of a rule.",
    ),
    "rules-family": ("只列这一类，例如 keys、privacy。", "Only this family, such as keys or privacy."),
    "rules-level": ("只列这一级：error、warning 或 advice。", "Only this level: error, warning or advice."),
    "rules-table": ("只列查这张表的规则。", "Only rules that check this table."),
    "rule": ("[规则]", "[RULE]"),
    "rule-unknown": (
        "没有规则 {name}。全部规则：circledata rules",
        "There is no rule {name}. See them all: circledata rules",
    ),
    "rules-none": ("没有符合条件的规则。", "No rule fits."),
    "rules-total": (
        "共 {n} 条。某一条的详细说明：circledata rules {code}",
        "{n} rules. More about one: circledata rules {code}",
    ),
    "rule-level": ("级别", "Level"),
    "rule-family": ("类别", "Family"),
    "rule-table": ("表", "Table"),
    "rule-columns": ("列", "Columns"),
    "rule-since": ("起始版本", "Since"),
    "rule-aliases": ("旧名", "Former names"),
    "rule-extension": ("扩展", "Extension"),
    "rule-message": ("查出时说", "What it says"),
    "rule-why": ("为什么", "Why"),
    "rule-fix": ("怎么改", "How to mend it"),
    "rule-sql": ("怎么查（SQL）", "How it is checked (SQL)"),
    "rule-check": (
        "由程序检查（{check}），不用 SQL。",
        "Checked by the program ({check}), without SQL.",
    ),
    "rule-pass": ("对的例子", "Right"),
    "rule-fail": ("错的例子", "Wrong"),
    "every-table": ("每张表", "every table"),
    "whole-package": ("数据包", "the package"),
    "fields": ("查阅表和字段。", "Look up tables and fields."),
    "fields-about": (
        "列出标准里的表；给出表名，列出它的字段；给出 表.字段，显示那个字段的全部说明。中文名也可以。",
        "List the tables; with a table, its fields; with TABLE.FIELD, everything about that field.",
    ),
    "fields-name": ("例如 outlets，或 outlets.opening_hours。", "Such as outlets, or outlets.opening_hours."),
    "field": ("[表[.字段]]", "[TABLE[.FIELD]]"),
    "table-unknown": (
        "标准里没有表 {name}。全部的表：circledata fields",
        "There is no table {name}. See them all: circledata fields",
    ),
    "field-unknown": (
        "表 {table} 没有字段 {name}。全部字段：circledata fields {table}",
        "The table {table} has no field {name}. See them all: circledata fields {table}",
    ),
    "fields-count": ("{n} 个字段", "{n} fields"),
    "fields-required": ("* 必填", "* required"),
    "field-type": ("类型", "Type"),
    "field-required": ("必填", "Required"),
    "field-example": ("例子", "Example"),
    "field-unit": ("单位", "Unit"),
    "field-codelist": ("代码表", "Code list"),
    "field-pattern": ("格式", "Pattern"),
    "field-minimum": ("最小", "Minimum"),
    "field-maximum": ("最大", "Maximum"),
    "field-max-length": ("最长（字符）", "Longest (characters)"),
    "field-decimals": ("小数位数", "Decimals"),
    "field-list": ("可填多个", "A list"),
    "field-list-how": ("是，用英文分号 ; 隔开", "yes, joined by ;"),
    "field-personal": ("个人信息", "Personal data"),
    "field-since": ("起始版本", "Since"),
    "field-mapping": ("对应 {name}", "Same as, in {name}"),
    "yes": ("是", "yes"),
    "primary-key": ("主键", "Primary key"),
    "foreign-key": ("外键", "Foreign key"),
    "type-string": ("文字", "text"),
    "type-integer": ("整数", "whole number"),
    "type-number": ("数", "number"),
    "type-date": ("日期", "date"),
    "type-boolean": ("是否", "true or false"),
    "codes": ("查阅代码表。", "Look up code lists."),
    "codes-about": (
        "列出标准的代码表；给出名字，列出它的代码。用 --find 按代码、名称或别名查找。",
        "List the code lists; with a name, its codes. --find looks for a code, a title or an alias.",
    ),
    "codes-name": ("代码表的名字，例如 categories。", "Name of a code list, such as categories."),
    "list": ("[代码表]", "[LIST]"),
    "codes-find": (
        "只列代码、名称或别名里有这些字的；不给代码表就在全部代码表里找。",
        "Only codes with this text in code, title or alias; in every list if none is named.",
    ),
    "codes-all": ("全部列出；不写则最多列 {n} 条。", "List them all, not only {n}."),
    "list-unknown": (
        "没有代码表 {name}。全部代码表：circledata codes",
        "There is no code list {name}. See them all: circledata codes",
    ),
    "codes-more": (
        "还有 {n} 条没有列出；用 --all 全部列出，或用 --find 查找。",
        "{n} more; list them with --all, or look with --find.",
    ),
    "codes-none": ("没有找到。", "Nothing found."),
    "codes-aliases": ("别名：{aliases}", "Also called: {aliases}"),
    "codes-own-choice": (
        "这张代码表由本标准自定，没有找到官方依据。",
        "This list is the standard's own choice; no official text was found.",
    ),
    "codes-source": ("来源：{source}", "Source: {source}"),
    # new
    "new": ("新建一个空的数据包。", "Begin an empty package."),
    "new-about": (
        "新建一个空的、符合标准的数据包：datapackage.json 和几张只有表头的 CSV。已有内容的文件夹不会被动到。",
        "Begin an empty package that conforms: datapackage.json and CSV files that hold only their header. A "
        "folder that "
        "holds anything is left alone.",
    ),
    "folder": ("文件夹", "DIR"),
    "new-folder": ("要新建的文件夹。", "The folder to make."),
    "new-division": ("区划代码，例如 620602。必填。", "Division code such as 620602. Required."),
    "new-name": ("数据包的名称，例如 凉州区便民生活圈。必填。", "The package's title. Required."),
    "new-crs": (
        "坐标系：WGS84、CGCS2000、GCJ-02 或 BD-09。默认 CGCS2000。",
        "Coordinate system: WGS84, CGCS2000, GCJ-02 or BD-09. Default: CGCS2000.",
    ),
    "new-as-of": ("数据截止日期，默认今天。", "The day that the data describes. Default: today."),
    "new-publisher": ("发布单位的全称。", "Full name of the publisher."),
    "new-license": ("许可代码（SPDX），例如 CC-BY-4.0。", "Licence (SPDX), such as CC-BY-4.0."),
    "new-table": (
        "要建的表，可以写多次。默认 {tables}。",
        "A table to make; may be given several times. Default: {tables}.",
    ),
    "publisher-open": ("（请填写发布单位）", "(publisher to be filled in)"),
    "license-open": ("许可待定", "Licence to be decided"),
    "new-exists": (
        "{path} 已经存在，而且不是空文件夹，没有改动它。",
        "{path} exists and is no empty folder; it was left alone.",
    ),
    "new-no-parent": ("没有文件夹 {folder}。", "There is no folder {folder}."),
    "new-division-unknown": (
        "没有区划代码 {code}。查代码：circledata codes divisions --find 名称",
        "There is no division code {code}. Look it up: circledata codes divisions --find NAME",
    ),
    "new-division-form": (
        "区划代码是 6、9 或 12 位数字，不能是 {code}。",
        "A division code has 6, 9 or 12 digits, not {code}.",
    ),
    "new-crs-unknown": (
        "坐标系不能是 {value}，可以是：{choices}。",
        "The coordinate system cannot be {value}; it is one of {choices}.",
    ),
    "new-done": (
        "已新建 {path}：\n"
        "{files}\n"
        "\n"
        "接下来：\n"
        "  1. 打开 datapackage.json，填写发布单位和许可，核对坐标系（现在是 {crs}；高德、腾讯的坐标是 GCJ-02，"
        "百度的是 BD-09）。\n"
        "  2. 用 WPS 或 Excel 打开 CSV，从第二行起填写，保存为“CSV UTF-8”。每一列填什么：circledata fields 表名\n"
        "  3. 检查：circledata validate {path}",
        "Made {path}:\n"
        "{files}\n"
        "\n"
        "What to do next:\n"
        "  1. Open datapackage.json, fill in publisher and licence, and check the coordinate system (now "
        "{crs}; AMap and Tencent "
        "use GCJ-02, Baidu BD-09).\n"
        "  2. Open the CSV files in WPS or Excel, fill them from the second row on, save as “CSV UTF-8”. What "
        "goes into a "
        "column: circledata fields TABLE\n"
        "  3. Check: circledata validate {path}",
    ),
    # crosscheck
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
    # convert
    "convert": ("把现有数据转换成符合标准的数据包。", "Make a package of data in another form."),
    "convert-about": (
        "把现有的数据转换成数据包。转出多少、没转多少和原因、改了哪些单元格、哪些要人决定，都会说清楚；拿不准的不猜，留空并列出。",
        "Make a package of data in another form. It says what came out, what did not and why, which cells "
        "were changed, and what "
        "a person has to decide; what is not sure is left empty and listed, never guessed.",
    ),
    "convert-sources": (
        "要转换的文件，可以有几个，合成一个数据包；不会被改动。写数据包时，把它转成别的格式。",
        "Files to convert, together into one package; they are not changed. A package is written in another form.",
    ),
    "convert-from": (
        "文件的来源：{choices}。不写时按列名认。table 是各地自己的表格，列名是字段名、字段的名称或常见叫法。",
        "What the files are: {choices}. Recognised by their columns when left out. table: lists of your own, headed by "
        "field names, titles, or usual names.",
    ),
    "convert-mapping": (
        "自己写的映射文件（YAML），代替 --from。",
        "A mapping of your own (YAML), in place of --from.",
    ),
    "convert-division": (
        "数据包的区划代码，例如 330100。转换成数据包时必填。",
        "Division code of the package, such as 330100. Required for making a package.",
    ),
    "convert-to": (
        "数据包写到哪个文件夹；工作底稿写到旁边同名加 -conversion 的文件夹。"
        "把数据包转成别的格式时是文件名，后缀决定格式：.xlsx .geojson .parquet .jsonl .json .sqlite .duckdb .zip。",
        "The folder of the package; the papers go beside it, under the same name with -conversion. For a package in "
        "another form: a file, its ending tells the form: .xlsx .geojson .parquet .jsonl .json .sqlite .duckdb .zip.",
    ),
    "convert-as-of": (
        "数据是哪一天的，例如导出的日期。默认取数据里最晚的日期，数据里没有的必须写。",
        "The day that the data describes, such as that of its export. Default: the latest day in the data; required "
        "where the data names none.",
    ),
    "convert-crs": (
        "文件里坐标的坐标系：WGS84、CGCS2000、GCJ-02、BD-09，或 unknown（不知道：坐标放进 x_ 列，不作声明）。"
        "从提供者看不出坐标系，所以要写；只有格式本身规定了的（osm 是 WGS84）可以不写。坐标本身不换算。",
        "Coordinate system of the files: WGS84, CGCS2000, GCJ-02, BD-09, or unknown (coordinates go to x_ columns and "
        "nothing is claimed). The provider does not tell it, so it must be said, unless the format itself defines it "
        "(osm: WGS84). The coordinates themselves are not changed.",
    ),
    "convert-profile": (
        "发布档：open 可以公开（默认），exchange 只在机关之间交换，可以有个人答卷。",
        "Profile: open may be published (default); exchange stays between authorities and may hold single answers.",
    ),
    "convert-repair": (
        "修复乱码（GBK 被当作西文读过的文字），每一处都记下来。不加时只指出，不修。",
        "Repair garbled text (GBK that was read as Latin), each cell logged. Without it garbled text is only reported.",
    ),
    "convert-merge": (
        "把很像是同一个的网点合并成一条，并入了哪些都记下来。不加时只报告，不合并。",
        "Merge outlets that look like one and the same, and log which. Without it they are only reported.",
    ),
    "convert-suggest": (
        "看一看这个文件，写一份映射的草稿（带理由和疑问），不转换。写到屏幕，或 --to 指定的文件。",
        "Look at a file and write the draft of a mapping with reasons and doubts, to the terminal or to --to. Converts "
        "nothing.",
    ),
    "convert-suggest-one": ("--suggest 一次看一个文件。", "--suggest looks at one file at a time."),
    "convert-suggested": (
        "映射草稿写到 {to}。核对之后：circledata convert 文件 --mapping {to} --to 文件夹 --division 代码",
        "The draft is in {to}. Check it, then: circledata convert FILE --mapping {to} --to DIR --division CODE",
    ),
    "convert-not-a-package": (
        "{source} 不是数据包，不能直接写成 {to}。请先转换成文件夹，再把数据包转成这种格式。",
        "{source} is no package and cannot be written as {to}. Convert it into a folder first, then write that.",
    ),
    "convert-written": ("已写到 {to}：{counts}。", "Written to {to}: {counts}."),
    "convert-brands": (
        "自己的品牌清单（文本文件，一行一个品牌，后面写它的别的写法，用分号隔开：KFC;肯德基）。清单里的品牌，名称里有就算。",
        "Your own list of brands: a text file, one brand a line, then its other spellings, with semicolons. A listed "
        "brand counts wherever a name holds it.",
    ),
    "convert-synthetic": (
        "数据是编造的（示例、试验用），数据包里写明 synthetic: true。",
        "The data is made up, for examples or trials; the package says so (synthetic: true).",
    ),
    "convert-same": (
        "{source} 和 --to 是同一处，会把原来的盖掉，没有写入。请换一个名称。",
        "{source} and --to are the same place, and the source would be lost; nothing was written. Name another one.",
    ),
    "convert-inside": (
        "--to {to} 在 {source} 里面，没有写入。请写到外面的文件夹。",
        "--to {to} lies inside {source}; nothing was written. Name a place outside of it.",
    ),
    "convert-around": (
        "{source} 在 --to 的文件夹 {to} 里面，没有写入。请写到另一个文件夹。",
        "{source} lies inside {to}, the folder to be written; nothing was written. Name another folder.",
    ),
    "convert-folder": (
        "{source} 是文件夹，里面没有 datapackage.json，不是数据包。请给出里面的文件。",
        "{source} is a folder without datapackage.json, so it is no package. Name the files in it.",
    ),
    "convert-several-to-file": (
        "几个文件合成一个数据包，--to 要写文件夹的名称，不是 {to} 这样的文件。转换之后，再把数据包写成这种格式。",
        "Several files become one package, so --to names a folder, not a file such as {to}. Convert first, then write "
        "the package in that form.",
    ),
    "convert-empty-package": ("已写到 {to}，里面没有能读的表。", "Written to {to}; no table in it can be read."),
    "convert-publisher": ("发布单位的全称。", "Full name of the publisher."),
    "convert-title": ("数据包的名称。", "The package's title."),
    "convert-overwrite": (
        "覆盖上一次转换写出的文件夹。里面有别的文件，或者表格被人改过时，不覆盖。",
        "Replace the folder of an earlier conversion. One that holds other files, or tables that somebody "
        "edited, is left alone.",
    ),
    # version
    "version": ("显示工具和标准的版本。", "Show the versions of tool and standard."),
    "version-about": (
        "显示工具的版本，以及它带有的标准和扩展的版本。",
        "Show the version of the tool, and the versions of the standard and its extensions that it carries.",
    ),
    "version-tool": ("circledata {version}", "circledata {version}"),
    "version-spec": ("标准 {versions}", "standard {versions}"),
    "version-extension": ("扩展 {name} {versions}", "extension {name} {versions}"),
    "version-runtime": ("Python {python}，DuckDB {duckdb}", "Python {python}, DuckDB {duckdb}"),
}


class Words:
    """The words in one language: `words("usage", line=…)`."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def has(self, key: str) -> bool:
        """Tell whether there is a text of that key."""
        return key in WORDS

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its placeholders filled."""
        return WORDS[key][0 if self.language == "zh" else 1].format(**values)
