"""What the pages of a template say that people read first: how to fill it, what the colours mean, what is where."""

from __future__ import annotations

from circledata.standard.model import Text

WORDS: dict[str, Text] = {
    "guide-sheet": Text("填写说明", "Instructions"),
    "codes-sheet": Text("代码表", "Codes"),
    "title": Text("便民生活圈数据填报表", "Living-circle data: workbook to fill"),
    "subtitle": Text(
        "按 circledata 标准 {version} 版制作。看完这一页就可以填。",
        "Made after version {version} of the circledata standard. This page is all there is to read.",
    ),
    "invented": Text(
        "表里的内容全部是编造的示例，看懂以后请另用空白模板填报。",
        "Everything in it is an invented example. Fill an empty template with your own data.",
    ),
    "steps": Text("怎么填", "What to do"),
    "step-package": Text(
        "先填“{sheet}”：哪个单位、哪个区、截至哪一天、坐标从哪里取。",
        "Begin with the sheet {sheet}: who you are, which area, as of which day, where the coordinates come from.",
    ),
    "step-parents": Text(
        "再填{sheets}。编号自己编：区划代码、连字符、字母和序号，例如 {example}；编好后不再改，也不给别的用。",
        "Then {sheets}. You make the ids: division code, hyphen, letter, serial (as {example}). An id never changes.",
    ),
    "step-others": Text(
        "然后填其他表。别的表里用到的编号从下拉列表里选，列表就是您刚才填的。",
        "Then the other sheets. Ids from another sheet are chosen from a list: it shows what you have entered there.",
    ),
    "step-rows": Text(
        "从第 3 行填起，一行一条。前两行是表头，请不要改。用不到的表空着，不用删。",
        "Begin in row 3, one record a row. Leave the two rows of heads as they are. A sheet without use stays empty.",
    ),
    "step-hints": Text(
        "点一下格子就有提示：填什么、怎么写、例子。格子右边有箭头的，点箭头选。",
        "Click a cell and a hint says what to write, with an example. Where an arrow appears beside it, use the list.",
    ),
    "step-forms": Text(
        "日期写成 2024-12-31；金额是元，不是万元；面积是平方米；一格填几项的，用半角分号 ; 隔开。",
        "Dates like 2024-12-31; money in yuan, not in ten thousands; areas in m²; several entries joined by ;.",
    ),
    "step-unknown": Text(
        "不知道的留空，不要写“无”“不详”“/”，也不要写 0。",
        "Leave empty what you do not know: no “none”, no “/”, no 0.",
    ),
    "step-check": Text(
        "填完保存（.xlsx），再检查：circledata validate 文件名.xlsx。检查会说清哪张表、哪一格、怎么改。",
        "Save it (.xlsx) and check it: circledata validate FILE.xlsx names sheet, cell and what to write instead.",
    ),
    "colours": Text("颜色", "Colours"),
    "colour-needed": Text("必须填的列，名称后面有 *。", "A required column; its name ends in *."),
    "colour-free": Text("知道就填，不知道就空着。", "Fill it when you know it."),
    "colour-names": Text("给程序看的列名，不要改，也不用看。", "Names for programs; leave them, and never mind them."),
    "colour-entry": Text("“{sheet}”里要填的格子。", "The cells to fill on the sheet {sheet}."),
    "sample-needed": Text("橙色表头*", "Orange head*"),
    "sample-free": Text("蓝色表头", "Blue head"),
    "sample-names": Text("灰色小字", "Small grey print"),
    "sample-entry": Text("黄色格子", "Yellow cell"),
    "sheets": Text("有哪些表（点名称就到）", "The sheets (click a name to go there)"),
    "codes-what": Text(
        "下拉列表里每一项是什么意思，分不清时查。", "What each entry of the lists means, to look up when in doubt."
    ),
    "package-what": Text(
        "这份数据的单位、地区、日期、坐标系和许可。", "Publisher, area, day, coordinate system, licence."
    ),
    "list-separator": Text("、", ", "),
    "quoted": Text("“{name}”", "{name}"),
    "codes-list": Text("代码表", "List"),
    "codes-code": Text("代码", "Code"),
    "codes-title": Text("名称", "Title"),
    "codes-definition": Text("含义", "Meaning"),
    "codes-used": Text("用在：{places}", "Used in: {places}"),
    "codes-column": Text("{table}的“{field}”", "{table}: {field}"),
    "package-title": Text("{division}便民生活圈数据", "Living circles of {division}"),
    "codes-division": Text("区划代码", "division codes"),
    "property-title": Text("便民生活圈数据填报模板", "Living-circle data template"),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return one of the texts in a language, with its placeholders filled."""
    text = WORDS[key].zh if lang == "zh" else WORDS[key].en
    return text.format(**values)
