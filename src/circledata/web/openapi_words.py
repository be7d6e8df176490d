"""The words of the description of the interface, in Chinese and English."""

from __future__ import annotations

from circledata.standard.model import Text

WORDS: dict[str, Text] = {
    "title": Text("一刻钟便民生活圈数据检查接口", "Living-circle data check"),
    "summary": Text("上传数据，得到检查报告。", "Send data, get its report."),
    "about": Text(
        "检查数据包、工作簿或 CSV 文件是否符合一刻钟便民生活圈开放数据标准。一次上传最大 {limit}。"
        "上传的文件答复之后立即删除，不记入日志。没有登录：要不要登录，由前面的代理决定。",
        "Checks packages, workbooks and CSV files against the open data standard of China's 15-minute living circles. "
        "One upload may have up to {limit}. It is deleted once answered and never logged. There is no login; that is "
        "the business of a proxy in front.",
    ),
    "server": Text("本服务器", "This server"),
    "validate": Text("检查一次上传", "Check one upload"),
    "validate-about": Text(
        "数据有错也答复 200，结论看报告的 valid。只有没能检查时才用别的状态。检查最长 {seconds} 秒。"
        "从别的网站发来的请求（Origin 或 Sec-Fetch-Site 表明的）会被拒绝；程序不发这两个头，不受影响。",
        "Faults of the data are answered with 200 as well: the verdict is the report's key “valid”. Other statuses "
        "mean that nothing could be checked. A check takes at most {seconds} seconds. Requests on behalf of another "
        "website (told by Origin or Sec-Fetch-Site) are refused; programs send neither and are let in.",
    ),
    "field-file": Text(
        "要检查的文件：一个工作簿、一个数据包的 ZIP、一个或几个 CSV，或者一个数据包的各个文件"
        "（连同 datapackage.json）。字段可以重复，最多 {most} 个。",
        "What is to be checked: one workbook, one ZIP of a package, one or more CSV files, or the files of a package "
        "with its datapackage.json. The field may be repeated up to {most} times.",
    ),
    "field-table": Text(
        "单个 CSV 文件是哪张表；不写就按文件名和表头判断。",
        "The table that a single CSV file is; guessed from its name and header if left out.",
    ),
    "field-division": Text("区划代码；写了就不用文件里的。", "Division code; it wins over what the file says."),
    "field-crs": Text("坐标系；写了就不用文件里的。", "Coordinate system; it wins over what the file says."),
    "field-as_of": Text(
        "数据截止日期；写了就不用文件里的。", "The day that the data describes; it wins over what the file says."
    ),
    "field-lang": Text(
        "文字的语言；不写就看 Accept-Language，看不出来用中文。",
        "Language of the texts; that of Accept-Language if left out, Chinese where that does not tell.",
    ),
    "field-format": Text("报告的格式。", "Format of the report."),
    "field-max_examples": Text(
        "每条规则在每张表里最多列出几处；总数始终准确。",
        "Places listed of each rule and table; counts are always exact.",
    ),
    "answer-200": Text(
        "检查报告。格式 json 与命令行 circledata validate --format json 写出的相同。",
        "The report. The format json is what circledata validate --format json writes.",
    ),
    "answer-400": Text("上传的内容不完整或者格式不对。", "The upload is incomplete or malformed."),
    "answer-403": Text("请求来自别的网站。", "The request came from another website."),
    "answer-408": Text("上传中断太久。", "The upload paused for too long."),
    "answer-413": Text("超过大小上限。", "Larger than the limit."),
    "answer-415": Text("不是 multipart/form-data。", "Not multipart/form-data."),
    "answer-421": Text("不认识请求里的主机名。", "The host name of the request is not known here."),
    "answer-422": Text(
        "没有文件、字段的值不能用，或者文件的格式不能读。",
        "No file, a field whose value cannot be used, or a file that cannot be read.",
    ),
    "answer-500": Text("工具自己出了问题，没有结论。", "The tool itself failed; there is no verdict."),
    "answer-503": Text(
        "检查的人太多，过 Retry-After 秒再试。", "All places are taken; try again after Retry-After seconds."
    ),
    "answer-504": Text("检查超过了时间上限。", "The check took longer than allowed."),
    "answer-507": Text("服务器的磁盘满了。", "The server's disk is full."),
    "described": Text("本说明（OpenAPI）", "This description (OpenAPI)"),
    "described-200": Text("OpenAPI 3.1 文件。", "An OpenAPI 3.1 document."),
    "health": Text("服务器是否正常", "Whether the server works"),
    "health-200": Text("正常。", "It does."),
    "health-status": Text("总是 ok。", "Always “ok”."),
    "health-circledata": Text("工具的版本。", "Version of the tool."),
    "health-spec": Text("标准的版本。", "Version of the standard."),
    "health-inside": Text("正在处理的上传。", "Uploads under way."),
    "health-room": Text(
        "最多能同时处理的上传，再多就答复 503。", "Most uploads at once; one more is answered with 503."
    ),
    "problem": Text("为什么没有检查（RFC 9457）。", "Why nothing was checked (RFC 9457)."),
    "problem-type": Text("总是 about:blank，种类看 code。", "Always “about:blank”; the kind is in “code”."),
    "problem-status": Text("HTTP 状态。", "The HTTP status."),
    "problem-code": Text("种类，给程序判断。", "The kind, for programs."),
    "problem-detail": Text("一句话的说明和办法，给人看。", "What is wrong and what to do, for people."),
    "problem-retry_after": Text("过多少秒再试。", "Seconds after which to try again."),
    "page-try": Text("用 curl 试一试", "Try it with curl"),
    "page-form": Text("字段", "Fields"),
    "page-answers": Text("答复", "Answers"),
    "page-schema": Text("报告的键", "Keys of the report"),
    "page-required": Text("必填", "required"),
    "page-document": Text("完整的说明（OpenAPI 3.1，JSON）", "The whole description (OpenAPI 3.1, JSON)"),
    "page-column-name": Text("名称", "Name"),
    "page-column-type": Text("取值", "Values"),
    "page-column-about": Text("说明", "What it is"),
    "page-column-status": Text("状态", "Status"),
    "page-default": Text("默认 {value}", "default {value}"),
}
