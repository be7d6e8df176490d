"""What the cells of a workbook say while somebody fills them: hints and the words of the error boxes."""

from __future__ import annotations

from circledata.standard.model import Text

UNITS = {
    "m2": Text("平方米", "square metres"),
    "m": Text("米", "metres"),
    "yuan": Text("元", "yuan"),
    "people": Text("人", "people"),
    "jobs": Text("人", "people"),
    "households": Text("户", "households"),
    "minutes": Text("分钟", "minutes"),
    "degree": Text("度", "degrees"),
    "share": Text("0 到 1 的小数（50% 就是 0.5）", "a share from 0 to 1 (50% is 0.5)"),
}
"""Names of the units that the Table Schemas use."""

WORDS: dict[str, Text] = {
    "required": Text("必填。", "Required. "),
    "example": Text("例：{example}", "Example: {example}"),
    "unit": Text("单位：{unit}。", "Unit: {unit}. "),
    "pick": Text("从下拉列表选。", "Choose from the list. "),
    "pick-id": Text("从下拉列表选“{sheet}”表里填过的编号。", "Choose an id that is on the sheet {sheet}. "),
    "see-id": Text("与“{sheet}”表里的一致。", "As on the sheet {sheet}. "),
    "several": Text("几项之间用半角分号（;）隔开。", "Several are joined by a semicolon (;). "),
    "see-codes": Text("可以填的见工作表“{sheet}”。", "For the codes see the sheet {sheet}. "),
    "whole": Text("填整数。", "A whole number. "),
    "date": Text("填日期。", "A date. "),
    "leave": Text("不知道就留空，不写“无”“不详”。", "Leave the cell empty when it is not known."),
    "error-list": Text("请从列表里选", "Choose from the list"),
    "error-list-text": Text(
        "列表里没有这一项。请点格子右边的箭头选一项。{leave}",
        "The list has no such entry. Use the arrow beside the cell to choose one. {leave}",
    ),
    "error-own-text": Text(
        "列表里没有这一项。请点格子右边的箭头选一项；本地自己的业态，先在“{sheet}”表里登记。",
        "The list has no such entry. Choose one with the arrow beside the cell; a kind of your own goes on the sheet "
        "{sheet} first.",
    ),
    "error-id": Text("没有这个编号", "No such id"),
    "error-id-text": Text(
        "“{sheet}”表里还没有这个编号。请先在那张表里填，或者从下拉列表里选。",
        "The sheet {sheet} does not have this id yet. Enter it there first, or choose one from the list.",
    ),
    "error-date": Text("这里要填日期", "A date is needed"),
    "error-date-text": Text(
        "请写成 {example} 这样。{leave}",
        "Write it like {example}. {leave}",
    ),
    "error-whole": Text("这里要填整数", "A whole number is needed"),
    "error-number": Text("这里要填数", "A number is needed"),
    "error-number-text": Text(
        "{range}只写数，不带单位和文字。{leave}",
        "{range}Write the number alone, without unit or words. {leave}",
    ),
    "range-between": Text("{least} 到 {most} 之间。", "From {least} to {most}. "),
    "range-least": Text("不小于 {least}。", "Not less than {least}. "),
    "error-length": Text("长短不对", "Too long or too short"),
    "error-length-most-text": Text("最多 {most} 个字。", "At most {most} characters."),
    "error-length-exact-text": Text(
        "应该是 {most} 位，例如 {example}。", "It has {most} characters, for example {example}."
    ),
    "error-length-between-text": Text(
        "应该是 {least} 到 {most} 位，例如 {example}。", "It has {least} to {most} characters, for example {example}."
    ),
    "error-unique": Text("编号不对", "The id is not right"),
    "error-unique-text": Text(
        "编号要写成 {example} 这样，而且不能和别的行重复。",
        "An id looks like {example}, and no two rows have the same one.",
    ),
    "error-same-text": Text("这一列不能有两行相同。例：{example}", "No two rows have the same. Example: {example}"),
    "error-head": Text("表头请不要改", "Please leave the heads"),
    "error-head-text": Text(
        "检查程序靠前两行认出每一列。要加自己的列，请加在最右边，列名以 x_ 开头。",
        "The first two rows tell what each column is. A column of your own goes to the far right, with a name that "
        "begins with x_.",
    ),
}
