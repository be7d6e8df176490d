"""Invented tables of the shapes that districts have, for looking at by a suggestion."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

NAMES = ["东街便利店", "好邻居超市", "老孙修鞋铺", "康民大药房", "晨光早餐店", "鲜果时光菜店", "美丽发廊", "洁净干洗店"]
STREETS = ["东大街", "西大街", "南关街", "北关路", "共和路", "胜利街", "建国街", "文化路"]
USCC = [
    "91110000600037341L",
    "9144030071526726XG",
    "91440300708461136T",
    "91330100799655058B",
    "91110000802100433B",
    "914403001922038216",
    "91420000757013137P",
    "91110000600037341L",
]
CATEGORIES = ["便利店", "综合超市", "修鞋", "药店", "早餐店", "菜店", "美容美发店", "洗衣店"]
HOURS = [
    "周一至周日 8:00-22:00",
    "8:00-21:30",
    "周一至周五 9:00-18:00",
    "24小时营业",
    "6:00-10:00",
    "7:00-20:00",
    "9:00-21:00",
    "8:30-19:00",
]
PHONES = [
    "0935-6911001",
    "0935-6911002",
    "0935-6911003",
    "13800000000",
    "0935-6911005",
    "400-920-0715",
    "0935-6911007",
    "0935-6911008",
]
DATES = ["2019年3月1日", "2020/5/6", "2021-07-01", "2018年10月", "2022.1.15", "2017-9-9", "2023年12月5日", "2020-02-29"]


def address(number: int) -> str:
    return f"凉州区{STREETS[number]}{number * 7 + 3}号"


def text_of(rows: Sequence[Sequence[object]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


OUTLETS = [
    ["店名", "业态", "详细地址", "营业时间", "电话", "经度", "纬度", "营业面积", "开业时间"],
    *(
        [
            NAMES[n],
            CATEGORIES[n],
            address(n),
            HOURS[n],
            PHONES[n],
            f"102.6{n}1234",
            f"37.9{n}4321",
            f"{30 + n * 5}平方米",
            DATES[n],
        ]
        for n in range(8)
    ),
]
PINYIN = [
    ["WDMC", "YTLX", "JYDZ", "LXDH", "TYSHXYDM", "ZCRQ", "XZQH", "BZ"],
    *([NAMES[n], CATEGORIES[n], address(n), PHONES[n], USCC[n], DATES[n], "东大街街道", f"备注{n}"] for n in range(8)),
]
ENGLISH = [
    ["shop_name", "category", "addr", "lng", "lat", "tel", "open_time", "staff"],
    *(
        [NAMES[n], CATEGORIES[n], address(n), 102.6 + n / 1000, 37.9 + n / 1000 + 0.0001, PHONES[n], HOURS[n], n + 1]
        for n in range(8)
    ),
]
TITLED = [
    ["凉州区2024年便民生活圈商业网点补贴公示表"],
    ["填报单位：凉州区商务局", "", "", "单位：万元"],
    [
        "序号",
        "获补单位",
        "统一社会信用代码",
        "项目名称",
        "核定投资额",
        "补贴比例",
        "补贴金额",
        "拨付时间",
        "办理状态",
        "联系人",
        "联系人手机",
    ],
    *(
        [
            n + 1,
            f"凉州区{NAMES[n]}有限公司",
            USCC[n],
            f"{NAMES[n]}改造",
            12.5 + n,
            "30%",
            3.75 + n,
            DATES[n],
            ["已拨付", "审核中"][n % 2],
            ["王小明", "李小红"][n % 2],
            f"1380000000{n}",
        ]
        for n in range(7)
    ),
    ["合计", "", "", "", 108.5, "", 47.25, "", "", "", ""],
]
MERGED = [
    ["街道", "生活圈名称", "建设状态", "常住人口", "总投资（万元）", "建成日期"],
    *(
        [
            ["东大街街道", "", "", "西大街街道", "", ""][n],
            f"{STREETS[n]}便民生活圈",
            "已建成",
            8000 + n * 100,
            120 + n,
            DATES[n],
        ]
        for n in range(6)
    ),
]
TWO_HEADS = [
    ["名称", "位置", "", "联系", "", "面积（亩）"],
    ["", "地址", "经纬度", "电话", "负责人", ""],
    *([NAMES[n], address(n), f"102.6{n}12,37.9{n}43", PHONES[n], "王小明", 40 + n] for n in range(8)),
]
PROJECTS = [
    [
        "项目名称",
        "建设性质",
        "实施单位",
        "计划总投资（万元）",
        "已完成投资（万元）",
        "开工时间",
        "竣工时间",
        "项目进度",
        "所属生活圈",
    ],
    *(
        [
            f"{STREETS[n]}菜市场改造",
            ["新建", "改造"][n % 2],
            f"凉州区{STREETS[n]}物业有限公司",
            300 + n,
            200 + n,
            "2023年3月",
            "2024年5月",
            ["已完工", "在建"][n % 2],
            f"{STREETS[n]}便民生活圈",
        ]
        for n in range(6)
    ),
]
NEEDS = [
    ["编号", "所属生活圈", "居民诉求", "需求业态", "反映次数", "落实情况"],
    *(
        [
            f"X{n:03d}",
            f"{STREETS[n]}便民生活圈",
            f"希望增加{CATEGORIES[n]}",
            CATEGORIES[n],
            10 + n,
            ["未解决", "已解决"][n % 2],
        ]
        for n in range(6)
    ),
]
NO_HEADER = [[NAMES[n], address(n), f"37.9{n}43219", f"102.6{n}12345", PHONES[n]] for n in range(8)]
CONTRADICTING = [
    ["店名", "联系电话", "地址", "营业时间"],
    *([NAMES[n], ["2021-07-01", "2020-05-06"][n % 2], address(n), HOURS[n]] for n in range(8)),
]
BAKED_IN = [
    ["药店名称", "药店地址", "座机", "是否24小时"],
    *([f"{STREETS[n]}大药房", address(n), PHONES[n], "是"] for n in range(6)),
]
CODED = [
    ["网点编号", "名称", "类型编码", "省", "市", "区县", "门牌地址", "状态"],
    *(
        [
            f"A{n}",
            NAMES[n],
            ["60200", "060400", "090601", "071500"][n % 4],
            "甘肃省",
            "武威市",
            "凉州区",
            f"{STREETS[n]}{n + 3}号",
            ["营业中", "装修改造"][n % 2],
        ]
        for n in range(8)
    ),
]
CIRCLES_BOOK = {
    "生活圈": [
        ["生活圈名称", "所属区县", "建设情况", "覆盖人口"],
        *([f"{STREETS[n]}便民生活圈", "凉州区", "已建成", 5000 + n] for n in range(4)),
    ],
    "网点清单": [
        ["网点名", "业态分类", "网点位置", "所属生活圈"],
        *([NAMES[n], CATEGORIES[n], address(n), f"{STREETS[n % 4]}便民生活圈"] for n in range(8)),
    ],
    "填表说明": [["请如实填写"], ["有问题请联系商务局"]],
}
SURVEYS = [
    ["问卷名称", "调查类别", "开始时间", "结束时间", "发放问卷数", "有效问卷数", "调查方式"],
    *(
        [f"{2020 + n}年满意度调查", "满意度", f"{2020 + n}-03-01", f"{2020 + n}-03-31", 500 + n, 430 + n, "线上"]
        for n in range(3)
    ),
]
JSON_LINES = "\n".join(
    json.dumps(
        {
            "id": n + 100,
            "title": NAMES[n],
            "address": address(n),
            "location": {"lat": f"37.9{n}12", "lng": f"102.6{n}34"},
            "hours": HOURS[n],
        },
        ensure_ascii=False,
    )
    for n in range(8)
)
MISSING = [
    ["商户名称", "经营地址", "联系电话", "面积（亩）", "经营状态", "会员数"],
    *(
        [NAMES[n], address(n), [PHONES[n], "待补充", "无电话"][n % 3], 0.5, ["正常营业", "停业", "装修中"][n % 3], n]
        for n in range(8)
    ),
]
