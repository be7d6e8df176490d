"""The words of an assessment in both languages."""

from __future__ import annotations

from circledata.standard.model import Language, Text

WORDS: dict[str, Text] = {
    "title": Text("便民生活圈业态评估", "Living circles: what they have and what they lack"),
    "profile": Text("评估方案：{title} · {id} {version}", "Profile: {title} · {id} {version}"),
    "own-choice": Text(
        "种数门槛是写方案的人自己定的，不是国家规定。结果用来核对数据、找出缺什么，不能代替当地的评定。",
        "The numbers are the profile author's own and no national rule. The result serves to check the data and to see "
        "what is missing; it takes the place of no local decision.",
    ),
    "source": Text("依据：{text}", "Source: {text}"),
    "evidence": Text("依据等级：{text}", "evidence: {text}"),
    "evidence-A": Text("A，发文机关原文", "A, text of the issuing body"),
    "evidence-B": Text("B，媒体或其他机关转载", "B, press or another authority"),
    "evidence-C": Text("C，第三方转引", "C, third-party copy"),
    "evidence-own": Text("门槛自定", "numbers of its own"),
    "valid-between": Text("{begin} 至 {end} 有效", "valid from {begin} to {end}"),
    "valid-from": Text("{begin} 起有效", "valid from {begin}"),
    "valid-to": Text("有效到 {end}", "valid until {end}"),
    "area": Text("适用地区：{area}", "for the area {area}"),
    "any-area": Text("不限地区", "for any area"),
    "not-known": Text("这个方案里不知道的：", "What is not known of this profile:"),
    "package": Text("数据：{label}", "Data: {label}"),
    "as-of": Text("截至 {day}", "as of {day}"),
    "synthetic": Text("虚构数据", "invented data"),
    "summary": Text(
        "评估 {n} 个生活圈。填报的类型：数据支持 {met} 个，不支持 {unmet} 个，判断不了 {unknown} 个；没填类型 "
        "{undeclared} 个。",
        "Circles assessed: {n}. Declared grades supported by the data: {met}, not supported: {unmet}, not to be "
        "judged: {unknown}; circles that declare none: {undeclared}.",
    ),
    "summary-supported": Text("数据支持的类型：{counts}。", "Grades that the data support: {counts}."),
    "summary-count": Text("{grade} {n} 个", "{grade}: {n}"),
    "summary-closed": Text("已关闭、不评的 {n} 个：{names}。", "Closed and left out: {n} ({names})."),
    "summary-needs": Text("可以写进需求清单的有 {n} 条。", "Lines for a list of needs: {n}."),
    "export-needs": Text(
        "用 --format csv 或 --format xlsx 导出需求清单。", "To write the list of needs: --format csv or --format xlsx."
    ),
    "check-first": Text(
        "“数据里没有”的，也可能是有店没有录：先核对网点，再列需求。",
        "What is not in the data may be there and not listed: check the outlets before listing needs.",
    ),
    "about": Text("关于这个评估方案", "About this profile"),
    "notes": Text("要注意：", "Please note:"),
    # a circle
    "declared": Text("填报", "declared"),
    "supported": Text("数据支持", "supported by the data"),
    "target": Text("目标", "target"),
    "none-declared": Text("没填", "none"),
    "none-target": Text("没填", "none"),
    "supported-none": Text("不到{lowest}", "less than {lowest}"),
    "supported-unknown": Text("判断不了", "not to be judged"),
    "supported-or-more": Text("{grade}，更高的判断不了", "{grade}; higher ones cannot be judged"),
    "verdict-met": Text("数据支持填报的类型", "the data support the declared grade"),
    "verdict-unmet": Text("数据不支持填报的类型", "the data do not support the declared grade"),
    "verdict-unknown": Text("填报的类型判断不了", "the declared grade cannot be judged"),
    "aim-met": Text("{grade}：已达到", "{grade}: reached"),
    "aim-unmet": Text("{grade}：还没达到", "{grade}: not reached"),
    "aim-unknown": Text("{grade}：判断不了", "{grade}: not to be judged"),
    "aim-none": Text("最高的类型数据已经支持。", "The data support the highest grade."),
    "asked": Text("需求清单里已经有：{names}。", "Already on the list of needs: {names}."),
    # conditions
    "at-least-met": Text("{list}有 {found} 种，要 {wanted} 种。", "{list}: {found} there, {wanted} asked for."),
    "at-least-unmet": Text(
        "{list}有 {found} 种，要 {wanted} 种，还差 {short} 种，从数据里没有的这些里补：{names}。",
        "{list}: {found} there, {wanted} asked for, {short} more needed of those not in the data: {names}.",
    ),
    "at-least-unclear": Text(
        "{list}看得出 {found} 种，要 {wanted} 种。{reasons}",
        "{list}: {found} can be seen, {wanted} asked for. {reasons}",
    ),
    "at-least-incomplete": Text(
        "{list}要 {wanted} 种，已知名称的 {known} 种里有 {found} 种。{reasons}{missing}",
        "{list}: {wanted} asked for; {known} are known by name, of which the data show {found}. {reasons}{missing}",
    ),
    "at-least-nothing": Text("{list}要 {wanted} 种。", "{list}: {wanted} asked for."),
    "known-missing": Text("数据里没有：{names}。", " Not in the data: {names}."),
    "codes-met": Text("{what}：{wanted} 项都有。", "{what}: all {wanted} are there."),
    "codes-unmet": Text("{what}：数据里没有{names}。", "{what}: not in the data: {names}."),
    "codes-unknown": Text(
        "{what}：要 {wanted} 项，看得出 {found} 项。{reasons}", "{what}: {found} of {wanted} can be seen. {reasons}"
    ),
    "codes-nothing": Text("{what}：要 {wanted} 项。", "{what}: {wanted} asked for."),
    "all-of": Text("必须有的业态", "Required kinds"),
    "any-of": Text("各组至少一种", "At least one of each group"),
    "satisfaction-met": Text("满意度 {found}，要 {wanted}。", "Satisfaction {found}, {wanted} asked for."),
    "satisfaction-unmet": Text("满意度 {found}，要 {wanted}，不够。", "Satisfaction {found}, short of {wanted}."),
    "satisfaction-unknown": Text("满意度要 {wanted}。{reasons}", "Satisfaction of {wanted} asked for. {reasons}"),
    # why something is not known
    "no-outlets-table": Text(
        "数据包里没有商业网点表，判断不了；录入网点后再评。",
        "The package has no table of outlets, so nobody can tell; assess again when the outlets are listed.",
    ),
    "no-outlets": Text(
        "这个生活圈一个网点都没有列，判断不了；录入网点后再评。",
        "No outlet is listed for this circle, so nobody can tell; assess again when its outlets are listed.",
    ),
    "no-circle-id": Text(
        "生活圈没有编号，网点对不上。", "The circle has no id, so no outlets can be told to be its own."
    ),
    "unreadable": Text(
        "另有 {n} 个网点的业态或状态没填或认不出，补齐后才能判断。",
        "Category or status of {n} more outlets is empty or unknown; fill them in to be able to tell.",
    ),
    "unreadable-unmet": Text(
        "（另有 {n} 个网点的业态或状态没填或认不出。）",
        " (Category or status of {n} more outlets is empty or unknown.)",
    ),
    "no-survey": Text(
        "没有这个生活圈的满意度数据，判断不了。", "There is no survey of this circle, so nobody can tell."
    ),
    # what limits the whole
    "as-of-unknown": Text(
        "不知道数据截止日期，没有核对方案的有效期；可以用 --as-of 说明。",
        "The day of the data is not known, so the profile's validity was not checked; --as-of tells it.",
    ),
    "before-valid": Text("数据截止日期早于方案的起用日期。", "The data are older than the profile."),
    "after-valid": Text("方案在数据截止日期以前已经停用。", "The profile had ended by the day of the data."),
    "other-area": Text("方案不是给这个地区用的。", "The profile is for another area."),
    "incomplete": Text(
        "数据没有全部读完，结果不完整。", "Not all of the data could be read; the result is incomplete."
    ),
    "errors": Text(
        "数据有 {n} 处错误，先改正再看结果更可靠：circledata validate。",
        "The data have {n} errors; mend them first for a result to rely on: circledata validate",
    ),
    "outlets-without-circle": Text(
        "{n} 个网点没有填生活圈，哪个圈都没有算。", "{n} outlets name no circle and count for none."
    ),
    # the workbook and the page
    "sheet-overview": Text("评估结果", "Assessment"),
    "sheet-about": Text("说明", "About"),
    "sheet-kinds": Text("逐种业态", "Kinds"),
    "column-circle": Text("生活圈", "Circle"),
    "column-id": Text("编号", "Id"),
    "column-list": Text("{list}（种）", "{list} (kinds)"),
    "column-outlets": Text("营业网点", "Open outlets"),
    "column-result": Text("离目标", "Towards the target"),
    "column-details": Text("有什么、缺什么", "What is there, what is missing"),
    "kinds-about": Text(
        "数字是营业中的网点数；0 是数据里没有；? 是有网点但状态看不出来；空白是这个生活圈没有列网点。",
        "Numbers are open outlets; 0 is not in the data; ? is listed with a status that cannot be read; blank is a "
        "circle without listed outlets.",
    ),
    "needs-about": Text(
        "这些行可以整行复制到填报表的“{table}”表里；留哪些、改哪些、删哪些由人定。",
        "These rows can be copied as they are into the sheet “{table}” of the template; which to keep, change or "
        "delete is for people to decide.",
    ),
    "present": Text("数据里有（数字是营业网点数）", "in the data, with its number of open outlets"),
    "absent": Text("数据里没有", "not in the data"),
    "unsure": Text("网点状态看不出来", "status of its outlets unreadable"),
    "circles": Text("逐个生活圈", "Circle by circle"),
    "overview": Text("一览", "At a glance"),
    "tile-all": Text("个生活圈参加评估", "circles assessed"),
    "tile-met": Text("个填报的类型数据支持", "declared grades supported"),
    "tile-unmet": Text("个填报的类型数据不支持", "declared grades not supported"),
    "tile-unknown": Text("个填报的类型判断不了", "declared grades not to be judged"),
    "tile-undeclared": Text("个没填类型", "circles declare no grade"),
    "made-by": Text("circledata {tool} · 标准 {spec}", "circledata {tool} · standard {spec}"),
    "comma": Text("，", ", "),
}
"""Every text with its placeholders; the same ones in both languages."""


def say(language: Language, key: str, **values: object) -> str:
    """Return a text with its placeholders filled."""
    return WORDS[key].in_language(language).format(**values)
