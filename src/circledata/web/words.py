"""Every word of the page and of the interface in Chinese and English; what rules say stands in `spec/`."""

from __future__ import annotations

from circledata.standard.model import Language, Text

PROBLEMS: dict[str, Text] = {
    "not-multipart": Text(
        "请求要用 multipart/form-data 格式，文件放在 file 字段里。",
        "Send a multipart/form-data request with the file in the field “file”.",
    ),
    "form-broken": Text(
        "上传的内容不完整或者格式不对，请重新上传。", "The upload is incomplete or malformed; send it again."
    ),
    "no-file": Text("没有收到文件。请选一个文件再上传。", "No file arrived. Choose a file and send it again."),
    "too-many-files": Text(
        "一次最多上传 {limit} 个文件。文件多的话，请压缩成一个 ZIP。",
        "At most {limit} files can be sent at once. Pack them into one ZIP.",
    ),
    "field-unknown": Text(
        "没有名为“{field}”的字段，请看 /api 的说明。", "There is no field “{field}”; see the page /api."
    ),
    "field-value": Text(
        "字段“{field}”的值不能用，可以是：{expected}。",
        "The value of the field “{field}” cannot be used; it is one of {expected}.",
    ),
    "too-large": Text(
        "文件太大，上限是 {limit}。请拆成几个文件，或者请管理员放宽上限。",
        "The file is too large; the limit is {limit}. Split it, or ask whoever runs this page to raise the limit.",
    ),
    "upload-slow": Text(
        "上传中断太久，已经停止。请检查网络后再试。",
        "The upload paused for too long and was stopped. Check the network and try again.",
    ),
    "full": Text("现在检查的人多，请过一会儿再试。", "Too many files are being checked right now; try again shortly."),
    "timeout": Text(
        "检查超过了 {seconds} 秒，已经停止。请把文件拆小再试，或者请管理员放宽时间。",
        "The check took longer than {seconds} seconds and was stopped. Split the file, or ask whoever runs this page "
        "to allow more time.",
    ),
    "path-mixed": Text(
        "{path} 要单独检查，不能和其他文件一起上传；几个 CSV 文件可以一起上传。",
        "{path} has to be checked by itself; only CSV files can be sent together.",
    ),
    "table-unknown": Text(
        "标准里没有名为 {table} 的表。可用的表：{tables}。",
        "The standard has no table {table}. Its tables are: {tables}.",
    ),
    "table-needs-one-file": Text(
        "只有单独上传一个 CSV 文件时才能指明是哪张表；请不选表再试。",
        "A table can be named for exactly one CSV file; leave it open and try again.",
    ),
    "table-unclear": Text(
        "看不出 {file} 是哪张表。请在下面“只有一个 CSV 文件时”里选好再试；如果它不是表格，请另存为 XLSX 或 CSV。",
        "It is not clear which table {file} is. Choose one below, under “For a single CSV file”; if it is no table, "
        "save it as XLSX or CSV.",
    ),
    "format-unsupported": Text(
        "{path} 是 {format} 格式，不能读取。请另存为 XLSX 或 CSV 再上传。",
        "{path} is in the format {format}, which cannot be read. Save it as XLSX or CSV and send that.",
    ),
    "setting-unusable": Text(
        "补充说明里的“{value}”不能用，可以是：{expected}。",
        "“{value}” cannot be used here; it is something like {expected}.",
    ),
    "format-impossible": Text("{text}", "{text}"),
    "check-failed": Text(
        "检查程序自己出了问题，没有结论；这不是您数据的错。请再试一次，还不行就告诉管理员。",
        "The check itself failed, so there is no verdict; this is no fault of your data. Try again, and tell whoever "
        "runs this page if it happens again.",
    ),
    "disk-full": Text(
        "服务器的磁盘满了，没有检查。请告诉管理员。",
        "The server's disk is full; nothing was checked. Tell whoever runs this page.",
    ),
    "internal": Text(
        "服务器自己出了问题。请再试一次，还不行就告诉管理员。",
        "The server failed. Try again, and tell whoever runs this page if it happens again.",
    ),
    "cross-site": Text(
        "请求来自别的网站，没有处理。请直接打开本页面上传。",
        "The request came from another website and was refused. Open this page itself to send a file.",
    ),
    "host-unknown": Text(
        "不认识这个网址。管理员可以用 --allow-host 允许它。",
        "This address is not known here. Whoever runs the page can allow it with --allow-host.",
    ),
    "not-found": Text("没有这个页面。", "There is no such page."),
    "gone": Text(
        "这份结果已经删除，或者保存时间已过。请重新上传检查。",
        "This result has been deleted or its time is over. Send the file again to check it.",
    ),
    "method": Text("这个地址不接受这种请求。", "This address does not take this kind of request."),
}

FOR_PROGRAMS: dict[str, Text] = {
    "table-unclear": Text(
        "看不出 {file} 是哪张表。请用字段 table 指明，可以是：{tables}。",
        "It is not clear which table {file} is. Name it with the field “table”, one of {tables}.",
    ),
    "table-needs-one-file": Text(
        "字段 table 只能用于一个 CSV 文件。", "The field “table” goes with exactly one CSV file."
    ),
    "setting-unusable": Text(
        "字段的值“{value}”不能用，可以是：{expected}。",
        "The value “{value}” of a field cannot be used; it is something like {expected}.",
    ),
}
"""The same problems for who sees no page."""

SETTINGS: dict[str, Text] = {
    "division_code": Text("区划代码", "division code"),
    "coordinate_system": Text("坐标系", "coordinate system"),
    "as_of": Text("数据截止日期", "as-of date"),
}

NOTES: dict[str, Text] = {
    "table-guessed": Text(
        "{file} 看起来是“{table}”，按这张表检查。不对的话，请选好表再上传一次。",
        "{file} looks like the table “{table}” and was checked as that. If it is not, choose the table and send it "
        "again.",
    ),
    "setting-unknown": Text(
        "没有说明“{setting}”，需要它的检查没有做。工作簿请写在“基本信息”工作表里；单个 CSV 文件请在上传时补充。",
        "The {setting} is not stated, so checks that need it were not run. State it on the sheet “package” of a "
        "workbook, or beside the file when sending a single CSV.",
    ),
    "setting-overridden": Text(
        "“{setting}”按上传时填的 {value}，不用文件里写的。",
        "The {setting} is {value} as given with the upload, not what the file says.",
    ),
}
"""Notes of a report that elsewhere name an option of the command line."""

PAGE: dict[str, Text] = {
    "title": Text("一刻钟便民生活圈数据检查", "Living-circle data check"),
    "brand": Text("生活圈数据检查", "Living-circle data check"),
    "skip": Text("跳到正文", "Skip to the content"),
    "other-language": Text("English", "中文"),
    "lead": Text("填好的表，先在这里查一遍。", "Check your tables before you hand them in."),
    "about": Text(
        "放入文件，就能看到能不能交、哪一格不对、为什么、怎么改。",
        "Drop a file to see whether it can be handed in, and which cell is wrong, why, and how to mend it.",
    ),
    "drop": Text("把文件拖到这里", "Drop the file here"),
    "or": Text("或者", "or"),
    "choose": Text("选择文件", "Choose a file"),
    "kinds": Text(
        "工作簿（XLSX、XLS、ODS、ET）、CSV，或者整个数据包的 ZIP。最大 {limit}。",
        "A workbook (XLSX, XLS, ODS, ET), CSV, or a ZIP of a whole package. Up to {limit}.",
    ),
    "send": Text("开始检查", "Check"),
    "options": Text("只有一个 CSV 文件时，请补充", "For a single CSV file, please add"),
    "options-why": Text(
        "CSV 文件自己说不出这些。工作簿和数据包里写明了的，不用填。",
        "A CSV file cannot tell these. Leave them open for a workbook or a package that says them itself.",
    ),
    "option-table": Text("是哪张表", "Table"),
    "option-guess": Text("按文件名和表头判断", "Guess from name and header"),
    "option-division": Text("区划代码", "Division code"),
    "option-crs": Text("坐标系", "Coordinate system"),
    "option-unstated": Text("不说明", "Not stated"),
    "option-as-of": Text("数据截止日期", "As-of date"),
    "privacy": Text(
        "文件只在运行本页面的这台服务器上检查，不发往别处；查完立即删除，结果保存 {minutes} 分钟。原文件不会被改动。",
        "The file is checked on the server that runs this page and goes nowhere else; it is deleted once checked, "
        "results after {minutes} minutes. Your own file is not changed.",
    ),
    "progress": Text("进度", "Progress"),
    "step-send": Text("上传", "Uploading"),
    "step-queue": Text("排队", "Waiting"),
    "step-read": Text("读文件", "Reading"),
    "step-rules": Text("对照规则", "Checking the rules"),
    "step-write": Text("写结果", "Writing the results"),
    "say-send": Text("正在上传 {name}……", "Uploading {name} …"),
    "say-queue": Text("前面还有 {n} 份，马上就到。", "{n} in front of yours."),
    "say-read": Text("正在读文件……", "Reading the file …"),
    "say-rules": Text("正在对照规则检查……", "Checking against the rules …"),
    "say-write": Text("正在写结果……", "Writing the results …"),
    "say-done": Text("查完了，正在打开结果……", "Done, opening the result …"),
    "say-full": Text(
        "现在检查的人多，{n} 秒后自动再试。", "Many files are being checked; trying again in {n} seconds."
    ),
    "say-large": Text("{name} 太大：上限是 {limit}。", "{name} is too large: the limit is {limit}."),
    "say-folder": Text("文件夹请先压缩成 ZIP，再拖到这里。", "Please pack the folder into a ZIP first."),
    "say-empty": Text("没有收到文件，请再选一次。", "No file arrived; please choose again."),
    "say-network": Text(
        "连接断了，没有检查完。请检查网络后再试。", "The connection broke before the check was done. Please try again."
    ),
    "cancel": Text("取消", "Cancel"),
    "again": Text("再查一个文件", "Check another file"),
    "nothing-here": Text("没有找到", "Not found"),
    "refused": Text("没有检查", "Not checked"),
    "passed": Text("通过", "Passed"),
    "failed": Text("不通过", "Failed"),
    "incomplete": Text("没有读完", "Not fully read"),
    "count-error": Text("处错误", "errors"),
    "count-error-1": Text("处错误", "error"),
    "count-warning": Text("处警告", "warnings"),
    "count-warning-1": Text("处警告", "warning"),
    "count-advice": Text("条建议", "pieces of advice"),
    "count-advice-1": Text("条建议", "piece of advice"),
    "meaning-error": Text("必须改正", "must be mended"),
    "meaning-warning": Text("很可能有问题，请核对", "probably wrong, please check"),
    "meaning-advice": Text("可以做得更好，不改也能交", "could be better, may stay"),
    "downloads": Text("取走结果", "Take the results"),
    "get-workbook": Text("标好的工作簿", "Marked workbook"),
    "about-workbook": Text(
        "您自己的表，每个有问题的格都上了颜色、写了批注；第一张工作表是问题清单。",
        "Your own tables with every faulty cell coloured and explained; the first sheet lists the findings.",
    ),
    "unmarked": Text(
        "没有标好的工作簿：文件太大，或者这种文件不能标。每一处都在检查报告和问题清单里。",
        "There is no marked workbook: the file is too large, or of a kind that cannot be marked. Every place "
        "stands in the report and the list.",
    ),
    "get-repaired": Text("改好的文件", "Repaired file"),
    "about-repaired": Text(
        "只改了不会改变意思的写法（共 {n} 处），每一处都列在修改清单里。",
        "Only what cannot change the meaning was mended ({n} places), each listed.",
    ),
    "about-repaired-1": Text(
        "只改了一处不会改变意思的写法，列在修改清单里。",
        "One place was mended in a way that cannot change its meaning; it is listed.",
    ),
    "get-changes": Text("修改清单", "List of changes"),
    "get-html": Text("检查报告（网页）", "Report (web page)"),
    "about-html": Text(
        "一个文件，可以打印、转发，断网也能打开。", "One file to print or pass on; opens without a network."
    ),
    "get-csv": Text("问题清单（CSV）", "List of findings (CSV)"),
    "about-csv": Text("一行一处，用 WPS 或 Excel 打开。", "One line a place, for WPS or Excel."),
    "get-yearly": Text("年度汇总表", "Yearly summary"),
    "about-yearly": Text(
        "生活圈按类型、网点按业态、缺什么业态、调查、资金，一份工作簿，可以打印。",
        "Circles by grade, outlets by category, what is missing, surveys and money: one workbook, ready to print.",
    ),
    "get-json": Text("JSON 报告", "JSON report"),
    "about-json": Text("给程序用的：", "For programs:"),
    "view": Text("直接看", "View"),
    "fetch": Text("下载", "Download"),
    "in-other-language": Text("（内容是英文）", "(in Chinese)"),
    "kept": Text("这些文件 {minutes} 分钟后自动删除。", "These files are deleted in {minutes} minutes."),
    "kept-1": Text("这些文件 1 分钟内自动删除。", "These files are deleted within a minute."),
    "delete": Text("现在就删除", "Delete them now"),
    "deleted": Text("结果已经删除。", "The results have been deleted."),
    "todo": Text("要改的地方", "What to mend"),
    "todo-first": Text(
        "先改错误，改完再查一遍：有的错误改好之后，才能查出后面的问题。",
        "Mend the errors first and check again: some faults only show once others are mended.",
    ),
    "todo-none": Text("没有发现问题，可以提交了。", "Nothing was found; it can be handed in."),
    "todo-valid": Text(
        "没有错误，可以提交。下面的请逐条核对，确实无误的可以不改。",
        "No errors, so it can be handed in. Look through the points below; what is right may stay as it is.",
    ),
    "level-error": Text("错误", "error"),
    "level-warning": Text("警告", "warning"),
    "level-advice": Text("建议", "advice"),
    "places": Text("{n} 处", "{n} places"),
    "places-1": Text("1 处", "1 place"),
    "why": Text("为什么要紧", "Why it matters"),
    "value": Text("现在写的是", "Now reads"),
    "fix": Text("怎么改", "To mend"),
    "more": Text("还有 {n} 处，见上面的文件。", "{n} more; see the files above."),
    "tables": Text("读到的表", "Tables that were read"),
    "tables-none": Text("没有读到任何表。", "No table could be read."),
    "column-table": Text("表", "Table"),
    "column-place": Text("文件或工作表", "File or sheet"),
    "column-rows": Text("记录数", "Records"),
    "notes": Text("说明", "Notes"),
    "basis-tool": Text("circledata {tool} · 标准 {spec}", "circledata {tool} · standard {spec}"),
    "basis-division": Text("区划 {value}", "division {value}"),
    "basis-crs": Text("坐标系 {value}", "coordinates in {value}"),
    "basis-as-of": Text("数据截止 {value}", "as of {value}"),
    "basis-synthetic": Text("虚构数据", "invented data"),
    "for-programs": Text("给程序用的接口", "Interface for programs"),
    "version": Text("circledata {tool} · 标准 {spec}", "circledata {tool} · standard {spec}"),
}


def say(language: Language, key: str, **values: object) -> str:
    """Return one of the page's texts with its placeholders filled."""
    return PAGE[key].in_language(language).format(**values)
