"""Lhasa as one newspaper reports it: the money for living circles and the night-economy standard, and nothing else."""

from __future__ import annotations

from package_writer import Example, Row, local_categories

# 报纸只印了 12 月 3 日，没有印年份；文中引用了 2024 年 4 月的文件，所以最早是 2024 年。
AS_OF = "2024-12-03"
NIGHT_STANDARD = "拉萨市夜间经济示范区、示范点认定和补助标准（试行）"

NIGHT: Row = {
    "name": NIGHT_STANDARD,
    "issuer": "拉萨市（发文单位报道没有写）",
    "rule_version": "试行",
    "rate": "0.5",
    "budget_yuan": "36000000",
    "eligible_costs": ["基础设施提升", "公共服务建设", "品牌推广"],
}
PROGRAMMES: tuple[Row, ...] = (
    {
        "programme_id": "540100-F001",
        "name": "拉萨市一刻钟便民生活圈政策资金（文件名报道没有写）",
        "issuer": "拉萨市（发文单位报道没有写）",
        "rule_version": "2023",
        "subject": "一刻钟便民生活圈项目",
        "budget_yuan": "9000000",
    },
    {**NIGHT, "programme_id": "540100-F002", "subject": "夜间经济示范区", "cap_yuan": "2000000"},
    {**NIGHT, "programme_id": "540100-F003", "subject": "夜间经济示范点", "cap_yuan": "1000000"},
)

# 报道点名的三个“成熟”的生活圈；在哪个街道、哪一天建成，报道没有写。
MATURE = ("加荣", "柳梧", "八一")

# 报道列出的业态，按它自己的归类；对应的标准业态由 circledata 项目配上。
CATEGORIES = (
    ("supermarket", "综合超市", "basic"),
    ("wet-market", "农贸市场", "basic"),
    ("convenience-store", "便利店", "basic"),
    ("restaurant", "餐饮店", "basic"),
    ("repair", "维修店", "basic"),
    ("housekeeping", "家政点", "basic"),
    ("recycling", "再生资源回收", "basic"),
    ("elderly-care", "老年康养", "quality"),
    ("specialty-restaurant", "特色餐饮", "quality"),
    ("fitness", "运动健康", "quality"),
    ("wellness", "保健康养", "quality"),
    ("leisure", "休闲娱乐", "quality"),
    ("bookstore", "新式书店", "quality"),
    ("training", "教育培训", "quality"),
    ("childcare", "幼儿托管", "quality"),
)


def example() -> Example:
    """Return the package."""
    circles: list[Row] = [
        {"circle_id": f"540100-C{number:03d}", "name": name, "division_code": "540100", "status": "built"}
        for number, name in enumerate(MATURE, start=1)
    ]
    return Example(
        name="lhasa-circles-and-night-economy",
        title="拉萨市一刻钟便民生活圈和夜间经济（据报纸报道）",
        description=(
            "两篇报道里能按标准写下来的内容：点名的三个生活圈、业态目录和三行补助政策。"
            "只有合计数或者缺必填内容的，没有编成行，写在 README.md 里。"
            "报纸没有印年份，截止日期按能够成立的最早年份填写。编号由 circledata 项目编排，不是官方编号。"
        ),
        version="1.0.0",
        division_code="540100",
        as_of=AS_OF,
        tables={"circles": circles, "categories": local_categories("lhasa", CATEGORIES), "programmes": PROGRAMMES},
        synthetic=False,
        sources=[{"title": "《拉萨商报》关于便民生活圈和夜间经济的两篇报道，12 月 3 日（年份没有印）"}],
        extensions={"night-economy": "1.0"},
    )
