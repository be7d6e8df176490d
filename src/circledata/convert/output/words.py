"""What the mechanism of conversion says: reasons, decisions, rules of change; merged with those of the converters."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from circledata.standard.model import Text

REASONS: dict[str, Text] = {
    "not-an-outlet": Text("不是商业网点", "No outlet"),
    "no-category": Text("标准里没有对应的业态", "No category in the standard"),
    "no-name": Text("没有名称", "No name"),
    "closed": Text("已停业，没有写明关闭日期", "Closed, without the day of closing"),
    "gone": Text("已拆除", "No longer there"),
    "duplicate": Text("和前面一行完全相同", "Exactly the same as an earlier row"),
    "same-id": Text("编号和前面一行相同，内容不同", "The id of an earlier row with other content"),
    "row-broken": Text("这一行的列数和表头对不上", "More or fewer cells than the header"),
    "total": Text("合计、小计行", "A row of totals"),
    "note-row": Text("表下面的备注、填表人等", "A note below the table"),
    "header-again": Text("中间又出现的表头", "The header once more"),
    "sheet-not-used": Text("所在的工作表不能转换", "The sheet cannot be converted"),
    "merged": Text("和另一条是同一个网点，已合并", "The same outlet as another record, merged"),
    "personal-name": Text("名称是个人姓名，没有字号", "The name of a person, without a trade name"),
    "moved-away": Text("已迁出", "Moved to another place of registration"),
}
"""Why a row became no record. A mapping may name further reasons; those are said as they stand."""

DECISIONS: dict[str, Text] = {
    "crs-unknown": Text(
        "{count} 条记录的坐标系不知道，坐标放在 x_longitude 和 x_latitude，经纬度留空，数据包没有写坐标系，所以还"
        "不合格。问清楚后加 --crs 重新转换。",
        "The coordinate system of {count} records is not known: they stand in x_longitude and x_latitude, and the "
        "package states no system, so it is not valid yet. Ask, then convert again with --crs.",
    ),
    "address-missing": Text(
        "{count} 个网点没有地址（原数据没有写）。地址留空，没有编造；请补上街道和门牌号。",
        "{count} outlets have no address in the source. It was left empty; please add street and number.",
    ),
    "category-unsure": Text(
        "{count} 条记录的业态拿不准，业态留空，原文放在 x_category_text（见下），请定业态。",
        "The category of {count} records is not sure: it is empty, the text stands in x_category_text (below).",
    ),
    "category-missing": Text(
        "{count} 条记录没有写业态，业态留空，请补上。",
        "{count} records name no category; it is empty. Please fill it in.",
    ),
    "category-conflict": Text(
        "{count} 条记录的业态有两种说法，取了更可靠的一种，请核对。",
        "Two things speak for different categories of {count} records; the more reliable one was taken. Check them.",
    ),
    "chain-from-brand": Text(
        "{count} 个网点因为有品牌记为连锁（chain）。直营还是加盟（franchise）原数据分不出，请核对。",
        "{count} outlets are marked chain because they have a brand. Chain or franchise is not in the source; check.",
    ),
    "chain-given-brand": Text(
        "{count} 个网点的品牌在名单里，记为连锁；直营还是加盟没有写，请核对。",
        "The brand of {count} outlets is on the list, so they are marked chain; franchise is not told apart. Check.",
    ),
    "chain-many-places": Text(
        "{count} 个网点的品牌在数据里出现 10 处以上，记为连锁，请核对；单位自己写的不改。",
        "The brand of {count} outlets is met at 10 places or more; they are marked chain. Check them.",
    ),
    "chain-few-places": Text(
        "{count} 个网点的品牌在数据里出现 10 处以下，连锁情况记为不详，请核对。",
        "The brand of {count} outlets is met at fewer than 10 places; chain is unknown. Check them.",
    ),
    "chain-stated": Text(
        "{count} 个网点写明是单体，但品牌在数据里出现 10 处以上，请核对。",
        "{count} outlets are stated independent, but their brand is met at 10 places or more. Check them.",
    ),
    "no-category": Text(
        "{count} 行在标准里没有对应的业态，没有转出。上面逐个列了数量；要收进来，请先定业态。",
        "{count} rows have no category in the standard and were left out; they are listed above.",
    ),
    "no-name": Text(
        "{count} 行没有名称，没有转出。名单在 left_out.csv，查到名称后可以补录。",
        "{count} rows have no name and were left out; left_out.csv lists them.",
    ),
    "name-from-brand": Text(
        "{count} 个网点没有名称，用品牌作名称，请核对招牌。",
        "{count} outlets without a name got their brand as name; check the signs.",
    ),
    "several-categories": Text(
        "{count} 个网点符合几个业态，第一个记为主要业态，其余记为兼营，请核对。",
        "{count} outlets fit several categories: the first is the main one, the rest are others; check.",
    ),
    "default": Text(
        "{count} 条记录没有写“{about}”，按映射填了缺省值，请核对。",
        "{count} records do not state “{about}”; the mapping's default stands there. Check it.",
    ),
    "required-empty": Text(
        "{count} 条记录缺少必填的“{about}”，请补上，否则数据包不合格。",
        "{count} records lack “{about}”, which is required; fill it in, or the package is not valid.",
    ),
    "unreadable": Text(
        "{count} 个值看不懂，字段留空，原文放在 x_ 开头的列里（见下）。",
        "{count} values could not be read; the field is empty and the text stands in an x_ column (below).",
    ),
    "does-not-fit": Text(
        "{count} 个值不符合字段的要求（太长、超出范围或写法不对），字段留空，原文放在 x_ 开头的列里。",
        "{count} values do not fit their field (length, range or form); it is empty, the text stands in an x_ column.",
    ),
    "uscc-invalid": Text(
        "{count} 个统一社会信用代码不对（校验位或写法），没有采用，原文放在 x_ 开头的列里，请核对营业执照。",
        "{count} social credit codes are wrong (check digit or form) and were not taken; check the licences.",
    ),
    "reference-unknown": Text(
        "{count} 处提到的生活圈、项目或政策不在这次转换的数据里，字段留空，名称放在 x_ 开头的列里。"
        "把那张表一起转换就能对上。",
        "{count} cells name a circle, project or programme that this conversion does not have; the field is empty, the "
        "name stands in an x_ column. Convert that table together with this one.",
    ),
    "incomplete": Text(
        "{count} 个网点只有零散的地址（只有门牌号，或只有城市），不够写地址，原文放在 x_address_text。",
        "{count} outlets have only scraps of an address (a house number or a city); they stand in x_address_text.",
    ),
    "not-yet": Text(
        "{count} 个网点写了将来的关闭日期，现在仍算营业，日期放在 x_closed_on_text。",
        "{count} outlets have a closing day that lies ahead; they count as open, the day stands in x_closed_on_text.",
    ),
    "maybe-personal": Text(
        "{count} 个名称或文字可能涉及个人，没有写入，也没有记入底稿。",
        "{count} texts that may name private persons were neither written nor logged.",
    ),
    "personal-column": Text(
        "“{about}”是个人信息，{count} 格都没有转出。", "“{about}” is personal data; its {count} cells were not carried."
    ),
    "personal-value": Text(
        "{count} 格的文字里有手机号或证件号，没有转出。",
        "{count} cells hold a mobile or identity number and were not carried.",
    ),
    "coordinates-missing": Text("{count} 条记录没有能用的坐标。", "{count} records have no usable coordinates."),
    "axes-swapped": Text(
        "{count} 条记录的经度和纬度写反了，已经换过来，请核对。",
        "Longitude and latitude of {count} records were swapped; they were put right. Check them.",
    ),
    "position-metres": Text(
        "{count} 条记录的坐标是投影坐标（米），不是经纬度，原文放在 x_position_text，请先换算。",
        "{count} records have metres of a projection instead of degrees; they stand in x_position_text.",
    ),
    "position-unclear": Text(
        "{count} 条记录的坐标看不懂，原文放在 x_position_text。",
        "The position of {count} records is not clear; it stands in x_position_text.",
    ),
    "shifted": Text(
        "{count} 条记录的坐标换算到数据包的坐标系，每一处都记在 conversion.csv。",
        "The coordinates of {count} records were converted into the package's system; conversion.csv lists them.",
    ),
    "personal-name": Text(
        "{count} 行的名称像个人姓名，又没有字号，没有转出，姓名也没有记入底稿。查到招牌名称后可以补录。",
        "{count} rows are named after a person and have no trade name; they were left out and the names not noted.",
    ),
    "moved-away": Text(
        "{count} 行已迁出，没有转出，请核对。", "{count} rows have moved away and were left out; check them."
    ),
    "looks-synthetic": Text(
        "{count} 条记录的名称像编号，又没有地址和电话，可能是编造的数据。请核对来源；确是编造的，不要发布。",
        "{count} records have a serial number for a name, no address and no telephone: the data may be made up. "
        "Check the source, and do not publish made-up data as real.",
    ),
    "address-hosted": Text(
        "{count} 条记录的地址是集群注册、住所托管一类，不是真正经营的地方，请核对有没有门店。",
        "{count} records have the address of a hosting firm, where nobody trades; check whether there is an outlet.",
    ),
    "closed": Text(
        "{count} 行已停业而没有写关闭日期，没有转出。", "{count} rows are closed without a day and were left out."
    ),
    "same-id": Text(
        "{count} 行的编号和前面的行相同而内容不同，只取了第一行，请核对。",
        "{count} rows have the id of an earlier row with other content; only the first was taken.",
    ),
    "same-id-kept": Text(
        "{count} 行的编号和前面的行相同而内容不同，另编了号，原编号放在 x_ 开头的列里，请核对。",
        "{count} rows have the id of an earlier row with other content; they got new ids, the old ones stand aside.",
    ),
    "open-but-paused": Text(
        "{count} 个网点写明营业，营业时间一栏却写着暂停营业，状态没有改，请核对。",
        "{count} outlets are stated open, but their opening hours say closed for now; the status was kept. Check them.",
    ),
    "near-duplicates": Text(
        "{count} 组网点很像是同一个（地点相同、名称相近），都保留了，名单在 duplicates.csv。"
        "加 --merge-duplicates 可以合并。",
        "{count} groups of outlets look like the same one (duplicates.csv); all are kept. Merge: --merge-duplicates.",
    ),
    "merged": Text(
        "{count} 条记录并入了同一个网点的记录，名单在 duplicates.csv，取舍记在 conversion.csv。",
        "{count} records were merged into that of the same outlet; see duplicates.csv and conversion.csv.",
    ),
    "row-broken": Text(
        "{count} 行的列数和表头对不上，没有转出，请在原文件里修好。",
        "{count} rows have more or fewer cells than the header and were left out; mend the source.",
    ),
    "sheet-not-used": Text(
        "{count} 行所在的工作表看不出是哪张表，没有转出。要转的话请另写映射。",
        "{count} rows stand on sheets of which it is not clear what they are; they were left out.",
    ),
    "as-of-from-data": Text(
        "没有给出 --as-of，数据日期取了数据里最晚的一天 {as_of}。知道导出日期的话，请用 --as-of 写明。",
        "Without --as-of the latest day in the data, {as_of}, was taken. If you know the day of export, give --as-of.",
    ),
    "no-coordinates": Text(
        "数据里没有坐标，数据包的坐标系写了 {system}（必填）；以后补坐标时请按实际的写。",
        "The data has no coordinates; the package states {system}, since it must. State the true one with coordinates.",
    ),
    "no-publisher": Text(
        "没有给出 --publisher，发布单位暂写为数据的作者或待填。由本单位发布的话，请用 --publisher 写明。",
        "Without --publisher the authors of the data stand as publisher, or nobody. If it is you, give --publisher.",
    ),
    "no-licence": Text(
        "数据的许可没有写明，暂记为待定（LicenseRef-undecided），公布前请在 datapackage.json 里写明。",
        "No licence is stated; it is marked undecided (LicenseRef-undecided). State one before publishing.",
    ),
}
"""What the tool did not decide, in the order in which it is said."""

RULES: dict[str, Text] = {
    "tidied": Text("整理空格和全角字符", "blanks and full-width characters tidied"),
    "missing": Text("原文表示没有", "the text means that nothing is known"),
    "no-date": Text("原文表示没有日期", "the text means that there is no date"),
    "translated": Text("换成标准的代码", "translated into the standard's code"),
    "joined": Text("几列连成一个值", "several columns joined"),
    "split": Text("一格拆成几个值", "one cell taken apart"),
    "default-with": Text("没有写，按另一个字段填", "not stated, filled by another field"),
    "default": Text("没有写，填缺省值", "not stated, the mapping's default"),
    "filled-down": Text("合并单元格，取上面的值", "merged cell, the value above"),
    "new-id": Text("另编编号，原编号留在 x_ 列", "a new id, the source's own kept in an x_ column"),
    "reference-by-name": Text("名称换成编号", "the name's id"),
    "package-division": Text("没有写，用数据包的区划", "not stated, the package's division"),
    "division-by-name": Text("区划名称换成代码", "the code of the division's name"),
    "division-from-address": Text("从地址认出区划", "the division that the address names"),
    "axes-swapped": Text("经纬度换过来", "longitude and latitude swapped"),
    "unit-to-yuan": Text("换算成元", "converted into yuan"),
    "hours-from-chinese": Text("中文营业时间换成标准写法", "opening hours in Chinese written in the standard's syntax"),
    "merged": Text("从同一网点的另一条记录补上", "filled from another record of the same outlet"),
    "merged-conflict": Text(
        "同一网点的另一条记录写的不同，没有采用", "another record of the same outlet says otherwise"
    ),
    "closed-for-now": Text("营业时间写明暂停营业", "the opening hours say that it is closed for now"),
    "area-code-inherited": Text("同一格里前一个号码的区号", "area code of the number before it in the cell"),
    "unreadable": Text("看不懂，原文留在 x_ 列", "not understood, kept in an x_ column"),
}
"""Rules of changes, for readers of the change log."""

_PARTS = ("survey", "boundaries")


@cache
def all_words(kind: str) -> dict[str, Text]:
    """Return the texts of a kind (REASONS, DECISIONS, RULES) of the mechanism and of all converters."""
    words = dict({"REASONS": REASONS, "DECISIONS": DECISIONS, "RULES": RULES}[kind])
    for part in _PARTS:
        try:
            module = import_module(f"circledata.convert.{part}.words")
        except ModuleNotFoundError:
            continue
        for code, text in getattr(module, kind, {}).items():
            words.setdefault(code, text)
    return words
