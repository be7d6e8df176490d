"""The eight circles of the 2024 plan of Liangzhou district, Wuwei: what the plan says, and empty cells for the rest."""

from __future__ import annotations

from package_writer import Example, Row, local_categories

AS_OF = "2024-08-22"
PLAN = "凉州区一刻钟便民生活圈建设实施方案（2024 年 8 月 22 日）"

# 生活圈, 所在街道的代码, 街道的目标类型, 建成期限（方案写到月的，填该月最后一天）
CIRCLES = (
    ("东大街", "620602001", "quality", "2024-12-31"),
    ("西大街", "620602002", "quality", "2024-12-31"),
    ("西关街", "620602004", "improved", "2024-12-31"),
    ("宣武市医院", "620602008", "basic", "2024-12-31"),
    ("宣武皇台", "620602008", "basic", "2024-12-31"),
    ("火车站街", "620602005", "improved", "2025-12-31"),
    ("东关街", "620602003", "improved", "2025-12-31"),
    ("荣华街", "620602007", "basic", "2025-12-31"),
)

# 方案列出的业态，按方案自己的归类；对应的标准业态由 circledata 项目配上。
CATEGORIES = (
    ("convenience-store", "便利店", "basic"),
    ("supermarket", "综合超市", "basic"),
    ("wet-market", "菜市场", "basic"),
    ("fresh-food-store", "生鲜超市（菜店）", "basic"),
    ("breakfast-shop", "早餐店", "basic"),
    ("laundry", "洗染店", "basic"),
    ("hairdressing", "美容美发店", "basic"),
    ("pharmacy", "药店", "basic"),
    ("housekeeping", "家政服务点", "basic"),
    ("repair", "维修点", "basic"),
    ("parcel-post", "快递服务点", "basic"),
    ("recycling", "再生资源回收点", "basic"),
    ("elderly-care", "老年康护", "quality"),
    ("specialty-restaurant", "特色餐饮店", "quality"),
    ("community-canteen", "社区食堂", "quality"),
    ("fitness", "运动健身", "quality"),
    ("bookstore", "书店书吧", "quality"),
    ("training", "教育培训", "quality"),
    ("childcare", "幼儿托管", "quality"),
    ("leisure", "休闲娱乐", "quality"),
)


def example() -> Example:
    """Return the package."""
    circles: list[Row] = [
        {
            "circle_id": f"620602-C{number:03d}",
            "name": name,
            "division_code": township,
            "status": "planned",
            "target_grade": grade,
            "planned_completion": planned,
        }
        for number, (name, township, grade, planned) in enumerate(CIRCLES, start=1)
    ]
    return Example(
        name="liangzhou-circles",
        title="武威市凉州区一刻钟便民生活圈（2024 年实施方案）",
        description=(
            "方案列出的八个生活圈（名称、所在街道、目标类型、建成期限）和业态目录。方案没有写的一律留空。"
            "编号由 circledata 项目编排，不是官方编号。哪些内容放不进表里，见 README.md。"
        ),
        version="1.0.0",
        division_code="620602",
        as_of=AS_OF,
        tables={"circles": circles, "categories": local_categories("liangzhou", CATEGORIES)},
        synthetic=False,
        sources=[{"title": PLAN, "version": AS_OF}],
    )
