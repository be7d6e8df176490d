"""A small invented package with typical faults, each once; FAULTS says what a validator has to find, and where."""

from __future__ import annotations

from dataclasses import dataclass

from invented import DIVISION, company, serial, uscc

from circledata.standard import load_standard

from package_writer import Example, Row

C1, C2 = serial("C", 961, 3), serial("C", 962, 3)
PROGRAMME, PROJECT = serial("F", 961, 3), serial("P", 961, 3)
OPERATOR, OPERATOR_CODE = company("示例东风商业运营有限公司", 961)


@dataclass(frozen=True)
class Fault:
    """One planted fault: the rule that must name it, and the cell."""

    rule: str
    """Name of the rule; its code is looked up in the standard."""
    table: str
    record: int
    """Number of the record, from 1; its line in the file is one more."""
    column: str
    zh: str
    en: str


FAULTS = (
    Fault("not-a-date", "outlets", 2, "opened_on", "日期写成“2024年3月1日”", "a date written 2024年3月1日"),
    Fault(
        "code-unknown",
        "outlets",
        3,
        "status",
        "状态填了中文“营业”，不是代码",
        "a status in Chinese instead of its code",
    ),
    Fault(
        "category-unknown",
        "outlets",
        4,
        "category",
        "业态填了“便利店”，不是代码",
        "a category in Chinese instead of its code",
    ),
    Fault(
        "primary-key-duplicate", "outlets", 6, "outlet_id", "网点编号和上一行一样", "an id that another row already has"
    ),
    Fault(
        "foreign-key-missing",
        "outlets",
        7,
        "circle_id",
        "生活圈编号指向不存在的生活圈",
        "an id of a circle that does not exist",
    ),
    Fault(
        "uscc-check-digit",
        "outlets",
        8,
        "operator_uscc",
        "统一社会信用代码错了一位",
        "a credit code with one wrong character",
    ),
    Fault(
        "outlet-closing-date-missing",
        "outlets",
        9,
        "closed_on",
        "关闭的网点没有关闭日期",
        "a closed outlet without its closing date",
    ),
    Fault("required-empty", "outlets", 10, "name", "必填的网点名称空着", "a required name left empty"),
    Fault(
        "not-a-number", "outlets", 11, "floor_area_m2", "面积带着单位“85平方米”", "an area with its unit in the cell"
    ),
    Fault(
        "subsidy-over-cap",
        "subsidies",
        1,
        "awarded_yuan",
        "补助超过了政策的比例和上限",
        "a grant above rate and ceiling",
    ),
    Fault(
        "circle-elderly-over-population",
        "circles",
        2,
        "population_60_plus",
        "60 岁及以上的人数比总人口还多",
        "more people over 60 than people",
    ),
)


def example() -> Example:
    """Return the package."""
    return Example(
        name="broken-district",
        title="示例区（有错的虚构数据）",
        description="全部内容都是编造的，并且故意写错了几处，用来看检查结果。错在哪里见 README.md。",
        version="1.0.0",
        division_code=DIVISION,
        as_of="2024-12-31",
        synthetic=True,
        documents={"README.md": _readme_zh(), "README.en.md": _readme_en()},
        tables={
            "circles": _circles(),
            "outlets": _outlets(),
            "projects": _projects(),
            "programmes": _programmes(),
            "subsidies": _subsidies(),
        },
    )


def _circles() -> list[Row]:
    common = {"division_code": "620602001", "status": "building", "planned_completion": "2025-12-31"}
    return [
        {**common, "circle_id": C1, "name": "示例东风", "population": 18_000, "population_60_plus": 3_900},
        {**common, "circle_id": C2, "name": "示例南星", "population": 15_000, "population_60_plus": 33_000},
    ]


def _outlets() -> list[Row]:
    """Return twelve outlets; the first and the last are right."""
    rows: list[dict[str, object]] = []
    shops = (
        ("示例春和便利店", "convenience-store"), ("示例康民药店", "pharmacy"), ("示例晨兴早餐店", "breakfast-shop"),
        ("示例乐达便利店", "便利店"), ("示例净衣洗衣店", "laundry"), ("示例快修维修点", "repair"),
        ("示例鲜到生鲜店", "fresh-food-store"), ("示例瑞家政", "housekeeping"), ("示例云美发店", "hairdressing"),
        ("示例万惠超市", "supermarket"), ("示例麦香烘焙店", "bakery"), ("示例青书店", "bookstore"),
    )  # fmt: skip
    for number, (name, category) in enumerate(shops, start=1):
        rows.append(
            {
                "outlet_id": serial("O", 960_000 + number, 6),
                "circle_id": C1 if number % 2 else C2,
                "name": name,
                "category": category,
                "chain": "independent",
                "operator_name": name,
                "operator_uscc": uscc("92", 96_000 + number),
                "address": f"示例东风街 {number} 号",
                "division_code": "620602001",
                "longitude": 103.1 + number / 1000,
                "latitude": 38.05 + number / 2000,
                "opening_hours": "Mo-Su 08:00-21:00",
                "phone": f"0935-{9_600 + number:07d}",
                "status": "open",
                "opened_on": f"2021-{number:02d}-15",
                "floor_area_m2": 60 + number,
                "staff_count": 2 + number % 3,
                "accepts_cash": True,
            }
        )
    _spoil(rows)
    return list(rows)


def _spoil(rows: list[dict[str, object]]) -> None:
    rows[1]["opened_on"] = "2024年3月1日"
    rows[2]["status"] = "营业"
    rows[5]["outlet_id"] = rows[4]["outlet_id"]
    rows[6]["circle_id"] = serial("C", 969, 3)
    code = str(rows[7]["operator_uscc"])
    rows[7]["operator_uscc"] = code[:-1] + ("A" if code[-1] != "A" else "B")
    rows[8] |= {"status": "closed", "opening_hours": None, "phone": None}
    rows[9]["name"] = None
    rows[10]["floor_area_m2"] = "85平方米"


def _projects() -> list[Row]:
    return [
        {
            "project_id": PROJECT,
            "circle_id": C1,
            "name": "示例东风便民维修点建设",
            "kind": "new",
            "category": "repair",
            "owner_name": OPERATOR,
            "owner_uscc": OPERATOR_CODE,
            "planned_investment_yuan": 300_000,
            "started_on": "2024-07-01",
            "status": "building",
        }
    ]


def _programmes() -> list[Row]:
    return [
        {
            "programme_id": PROGRAMME,
            "name": "示例区便民生活圈建设项目补助办法",
            "issuer": "示例区商务局",
            "document_number": "示商发〔2023〕1号",
            "rule_version": "2023",
            "valid_from": "2023-03-01",
            "subject": "便民服务点建设",
            "rate": 0.4,
            "cap_yuan": 100_000,
            "budget_yuan": 2_000_000,
        }
    ]


def _subsidies() -> list[Row]:
    """Return one grant of 120,000 yuan where rate and ceiling allow 100,000."""
    return [
        {
            "subsidy_id": serial("G", 961, 3),
            "programme_id": PROGRAMME,
            "project_id": PROJECT,
            "circle_id": C1,
            "recipient_name": OPERATOR,
            "recipient_uscc": OPERATOR_CODE,
            "funding_level": "district",
            "applied_on": "2024-04-08",
            "eligible_investment_yuan": 280_000,
            "awarded_yuan": 120_000,
            "publicity_from": "2024-05-20",
            "publicity_to": "2024-05-26",
            "awarded_on": "2024-06-05",
            "status": "awarded",
        }
    ]


def _faults(header: str, line: str, chinese: bool) -> str:
    standard = load_standard()
    rows = []
    for fault in FAULTS:
        place = f"`{fault.table}.csv` {line.format(fault.record + 1)} `{fault.column}`"
        rows.append(f"| {standard.rule(fault.rule).code} | {place} | {fault.zh if chinese else fault.en} |")
    return "\n".join([header, "|---|---|---|", *rows])


def _readme_zh() -> str:
    return f"""# 有错的示例区（虚构数据）

[English](README.en.md)

**全部编造**，`synthetic` 为 true，并且**故意写错**，用来看检查结果是什么样子：

```text
circledata validate examples/broken-district
```

每种错误只有一处：

{_faults("| 规则 | 位置 | 错在哪里 |", "第 {} 行", chinese=True)}

其余的内容都是对的。数据和这份说明由 `examples/broken_district.py` 写出；
测试核对检查程序恰好找到上面这些，一处不多，一处不少。
"""


def _readme_en() -> str:
    return f"""# A sample district with faults (invented data)

[中文](README.md)

**All invented**, `synthetic` is true, and **wrong on purpose**, to see what a report looks like:

```text
circledata validate examples/broken-district
```

Each fault stands there once:

{_faults("| rule | place | what is wrong |", "line {}", chinese=False)}

Everything else is right. Data and this text are written by `examples/broken_district.py`;
a test holds that the validator finds exactly these.
"""
