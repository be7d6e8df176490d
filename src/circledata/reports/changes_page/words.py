"""The words that only the page of changes has."""

from __future__ import annotations

from circledata.standard.model import Text

PAGE: dict[str, Text] = {
    "brand": Text("circledata · 数据变化", "circledata · changes"),
    "by-table": Text("各表的变化", "By table"),
    "list": Text("逐条变化", "Change by change"),
    "search": Text("查找名称、编号、内容", "Find a name, id or text"),
    "kind": Text("变化类型", "Kind"),
    "table": Text("表", "Table"),
    "all": Text("全部", "All"),
    "records": Text("变化的记录", "Changed"),
    "record": Text("编号与名称", "Record"),
    "details": Text("具体变化", "What changed"),
    "shown": Text("显示", "Showing"),
    "of": Text("共", "of"),
    "capped": Text(
        "每张表每种变化只列出最前面的一部分；全部变化在 circledata diff --format jsonl 里。",
        "Of each table and kind only the first are listed; circledata diff --format jsonl has them all.",
    ),
    "nothing": Text("没有符合条件的变化。", "No change fits."),
}
