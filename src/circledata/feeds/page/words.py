"""The words of the page for people in both languages; titles of codes and fields come from the standard."""

from __future__ import annotations

from circledata.standard.model import Text

_DAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_HEAD: dict[str, Text] = {
    "brand": Text("便民生活圈开放数据", "Open data of living circles"),
    "skip": Text("跳到查找", "Skip to the search"),
    "switch": Text("English", "中文"),
    "switch-label": Text("Switch to English", "切换到中文"),
    "sections": Text("本页内容", "On this page"),
    "synthetic": Text("虚构数据，不是真实情况。", "Invented data: nothing here is real."),
    "draft": Text(
        "草稿：还没有通过检查，仅供试用。", "A draft: it has not passed the check and is only for trying out."
    ),
    "invalid": Text("数据里有错误。", "There are errors in the data."),
    "publisher": Text("发布单位", "publisher"),
    "area": Text("区域", "area"),
    "as-of": Text("数据截至", "as of"),
    "licence": Text("许可", "licence"),
    "release": Text("本期编号", "release"),
    "circles-n": Text("生活圈", "circles"),
    "outlets-n": Text("商业网点", "outlets"),
    "no-script": Text(
        "浏览器没有运行脚本：地图、查找和指标用不了；数据可以在下面下载。",
        "Scripts do not run in this browser: map, search and indicators are missing. The data can be downloaded below.",
    ),
    "reading": Text("正在读取数据……", "Reading the data …"),
    "reading-outlets": Text("正在读取网点：{n} / {total}", "Reading outlets: {n} of {total}"),
    "failed": Text(
        "数据没有读到。可能是网络不通，或者网站正在更新。",
        "The data could not be read: no network, or the site is just being updated.",
    ),
    "from-disk": Text(
        "这个页面要放在网站上才能读取数据；直接从磁盘打开，浏览器不允许。下载链接可以用。",
        "Opened from disk, a browser does not let the page read its data. Put it on a web server; the downloads work.",
    ),
    "no-map": Text(
        "这份数据里没有网点，也没有边界，所以没有地图。",
        "These data hold neither outlets nor boundaries, so there is no map.",
    ),
    "again": Text("再试一次", "Try again"),
    "newer": Text("数据刚刚更新，请重新打开这个页面。", "The data was updated just now; please open this page again."),
}

_FIND: dict[str, Text] = {
    "find": Text("找网点", "Find an outlet"),
    "search": Text("搜索", "Search"),
    "search-hint": Text("店名、地址、品牌、业态", "name, address, brand, kind"),
    "kinds": Text("类别", "Class"),
    "class-all": Text("全部", "all"),
    "class-basic": Text("基本保障类", "basic"),
    "class-quality": Text("品质提升类", "quality"),
    "class-public": Text("公共服务", "public"),
    "class-other": Text("其他", "other"),
    "choices": Text("业态和更多条件", "Kinds of outlet and more"),
    "circle": Text("生活圈", "Circle"),
    "all-circles": Text("全部生活圈", "all circles"),
    "service": Text("服务和设施", "Services and facilities"),
    "all-services": Text("不限", "any"),
    "open-only": Text("现在营业的", "open now"),
    "with-closed": Text("也看停业、关闭的", "closed ones too"),
    "reset": Text("清除", "Clear"),
    "near": Text("离我近的", "Near me"),
    "centre": Text("离地图中心近的", "Near the centre of the map"),
    "near-about": Text(
        "点地图上的空白处，也可以从那里算距离。您的位置只在本页使用，不会发送出去。",
        "Or click any free place of the map. Your position stays on this page and is sent to nobody.",
    ),
    "near-wait": Text("正在定位……", "Finding your position …"),
    "near-refused": Text(
        "没有得到定位许可。可以在地图上点一下您所在的地方。",
        "Your position was not shared. Click the map where you are instead.",
    ),
    "near-failed": Text(
        "没有定到位置。可以在地图上点一下您所在的地方。", "No position was found. Click the map where you are instead."
    ),
    "near-impossible": Text(
        "这个网站不能定位（需要 HTTPS）。可以在地图上点一下您所在的地方。",
        "This site cannot ask for your position (it needs HTTPS). Click the map where you are instead.",
    ),
    "far-away": Text("最近的网点在 {far}以外。", "The nearest outlet is {far} away."),
    "status": Text("找到 {n} 个网点", "{n} outlets found"),
    "status-1": Text("找到 1 个网点", "1 outlet found"),
    "status-none": Text("没有符合条件的网点", "No outlet fits"),
    "status-without": Text("{n} 个没有坐标，不在图上", "{n} have no coordinates and are not on the map"),
    "status-without-1": Text("1 个没有坐标，不在图上", "1 has no coordinates and is not on the map"),
    "stop": Text("；", "; "),
    "sorted-by": Text("按到{place}的距离排列", "nearest to {place} first"),
    "from-here": Text("您的位置", "your position"),
    "from-map": Text("所点的地方", "the place you clicked"),
    "from-centre": Text("地图中心", "the centre of the map"),
    "more": Text("再显示 {n} 个", "Show {n} more"),
    "list": Text("网点清单", "List of outlets"),
    "map-alt": Text(
        "生活圈和网点的位置图；同样的网点见旁边的清单",
        "Map of circles and outlets; the list beside it holds the same outlets",
    ),
    "map-in": Text("放大", "Zoom in"),
    "map-out": Text("缩小", "Zoom out"),
    "map-about": Text(
        "没有底图；按发布单位给出的边界和坐标画出。圆里的数字是靠得近的网点有几个，点一下放大。",
        "There is no base map: what is drawn are the publisher's boundaries and coordinates. A disc with a number "
        "stands for as many outlets close together; click it to zoom in.",
    ),
    "legend": Text("图例", "Legend"),
    "legend-ring": Text("生活圈", "circle"),
}

_OUTLET: dict[str, Text] = {
    "close": Text("关闭", "Close"),
    "distance": Text("距离", "Distance"),
    "metres": Text("{n} 米", "{n} m"),
    "kilometres": Text("{n} 公里", "{n} km"),
    "has": Text("有", "Has"),
    "has-not": Text("没有", "Has not"),
    "and": Text("、", ", "),
    "route": Text("怎么去", "How to get there"),
    "route-about": Text(
        "点开以后才会打开对方的应用或网站，并把这个网点的名称和位置交给它。",
        "Only a click opens the other app or site, and hands it the name and place of this outlet.",
    ),
    "map-phone": Text("手机地图", "Phone's map"),
    "map-amap": Text("高德地图", "Amap"),
    "map-baidu": Text("百度地图", "Baidu Maps"),
    "map-tencent": Text("腾讯地图", "Tencent Maps"),
    "no-place": Text("没有坐标，图上没有。", "It has no coordinates and is not on the map."),
    "every-day": Text("每天", "every day"),
    "holidays": Text("法定节假日", "public holidays"),
    "from-to": Text("{from}至{to}", "{from} to {to}"),
    "date": Text("{month}{day}日", "{month} {day}"),
    "all-day": Text("24 小时", "24 hours"),
    "next-day": Text("次日 {time}", "{time} the next day"),
    "tomorrow": Text("明天 {time}", "{time} tomorrow"),
    "on-day": Text("{day} {time}", "{time} on {day}"),
    "shut": Text("休息", "closed"),
    "not-known": Text("时间不详", "hours not known"),
    "open-until": Text("营业中，到 {when}", "Open until {when}"),
    "open-always": Text("24 小时营业", "Open around the clock"),
    "shut-until": Text("休息中，{when} 开门", "Closed, opens {when}"),
    "shut-now": Text("休息中", "Closed"),
    "hours-missing": Text("没有填营业时间", "No hours given"),
    "hours-unread": Text(
        "营业时间见详情，不能判断现在是否营业", "Hours as given; whether it is open now cannot be told"
    ),
    "hours-not-today": Text("现在是否营业不详", "Whether it is open now is not known"),
    "unless-holiday": Text("{words}（今天若是法定节假日，则不一定）", "{words} (may differ on a public holiday)"),
    **{f"day-{day}": Text(_DAYS[day], _DAYS_EN[day]) for day in range(7)},
    **{f"month-{month}": Text(f"{month + 1}月", _MONTHS_EN[month]) for month in range(12)},
}

_FIGURES: dict[str, Text] = {
    "circles": Text("各生活圈", "The circles"),
    "column-circle": Text("生活圈", "circle"),
    "column-status": Text("状态", "status"),
    "column-grade": Text("等级", "grade"),
    "target": Text("目标：{grade}", "target: {grade}"),
    "column-open": Text("营业网点", "open outlets"),
    "column-people": Text("人口", "residents"),
    "column-missing": Text("缺少的业态（2021 年指南）", "kinds missing (guide of 2021)"),
    "none-missing": Text("齐全", "none"),
    "indicators": Text("指标", "Indicators"),
    "indicators-about": Text(
        "按本标准的定义算出，各地可以比较。没有数据的写“没有算”，不写 0。",
        "By the definitions of the standard, so that places can be compared. What is not known is not computed, never "
        "0.",
    ),
    "column-indicator": Text("指标", "indicator"),
    "column-value": Text("数值", "value"),
    "column-basis": Text("说明", "note"),
    "not-computed": Text("没有算", "not computed"),
    "known-of": Text("{records} 条记录中有 {known} 条填了", "filled in {known} of {records} records"),
    "with-unit": Text("{value} {unit}", "{value} {unit}"),
    "quality": Text("数据质量", "Quality of the data"),
    "quality-about": Text(
        "发布前按标准自动检查的结果。错误是不符合标准，警告是可能不对，建议是可以更好。",
        "What the automatic check against the standard found before publishing. Errors break the standard, warnings "
        "are probably wrong, advice could be better.",
    ),
    "error": Text("错误", "errors"),
    "warning": Text("警告", "warnings"),
    "advice": Text("建议", "pieces of advice"),
    "report": Text("完整的检查报告（JSON）", "The whole report (JSON)"),
    "downloads": Text("下载数据", "Download the data"),
    "downloads-about": Text(
        "文件不会再变；要知道有没有新的一期，请看 circledata.json。",
        "These files never change; circledata.json tells whether there is a newer release.",
    ),
    "column-file": Text("文件", "file"),
    "column-format": Text("格式", "format"),
    "column-records": Text("记录", "records"),
    "column-size": Text("大小", "size"),
    "system": Text("坐标系 {system}", "coordinate system {system}"),
    "by-category": Text("按业态分的 {n} 个文件", "{n} files by kind of outlet"),
    "hash-summary": Text("校验值（SHA-256）", "Checksums (SHA-256)"),
    "developers": Text("给开发人员", "For developers"),
    "developers-about": Text(
        "从 circledata.json 开始：它列出每个文件的地址、大小和 SHA-256，地址相对于它自己。",
        "Begin with circledata.json: it lists address, size and SHA-256 of every file; addresses are relative to it.",
    ),
    "previous": Text("上一期", "the release before"),
    "made-with": Text(
        "由 {name} {version} 生成；地图用 Leaflet {leaflet}。", "Made with {name} {version}; map by Leaflet {leaflet}."
    ),
}

WORDS: dict[str, Text] = {**_HEAD, **_FIND, **_OUTLET, **_FIGURES}


def word(key: str, **values: object) -> Text:
    """Return a text with its placeholders filled."""
    text = WORDS[key]
    return Text(text.zh.format(**values), text.en.format(**values)) if values else text
