"""What is said of a converted survey: reasons, decisions and rules of change, in Chinese and English."""

from __future__ import annotations

from circledata.standard.model import Text

REASONS: dict[str, Text] = {
    "not-a-survey": Text("所在的表不是答卷", "The table is no export of answers"),
    "no-answers": Text("一道题也没有回答", "Not one question was answered"),
    "duplicate": Text("和前面一行完全相同", "Exactly the same as an earlier row"),
    "header-again": Text("中间又出现的表头", "The heading once more"),
    "total": Text("合计行", "A row of totals"),
    "row-broken": Text("这一行的列数和表头对不上", "More or fewer cells than the header"),
}
"""Why a row is no questionnaire."""

DECISIONS: dict[str, Text] = {
    "kind-missing": Text(
        "看不出 {count} 次调查是满意度调查还是需求调查，“调查类别”留空，请补上（satisfaction 或 needs）。",
        "The wording does not tell whether {count} surveys are on satisfaction or on needs; fill in kind.",
    ),
    "kind-from-wording": Text(
        "{count} 次调查的类别是从题目和标题的文字看出来的，请核对。",
        "The kind of {count} surveys was read from titles and questions; check it.",
    ),
    "overall-missing": Text(
        "{count} 次调查里没有找到问总体满意度的题，满意度算不出来。有这道题的话，请在映射文件里写 overall_question。",
        "{count} surveys have no question on overall satisfaction, so none can be computed. Name it: overall_question.",
    ),
    "overall-several": Text(
        "有 {count} 道题都像总体满意度题，没有选定。请在映射文件里写 overall_question。",
        "{count} questions may be the one on overall satisfaction; none was taken. Name it as overall_question.",
    ),
    "overall-from-wording": Text(
        "{count} 道题因为问的是总体满意，记为总体满意度题（overall），请核对。",
        "{count} questions were marked overall because of their wording; check them.",
    ),
    "survey-dates-missing": Text(
        "{count} 次调查没有能用的提交时间，开始、结束日期留空，请补上。",
        "{count} surveys have no usable times of submission; fill in started_on and ended_on.",
    ),
    "survey-after-as-of": Text(
        "{count} 次调查的答卷晚于数据日期 --as-of，请核对 --as-of。",
        "{count} surveys ended after the day given as --as-of; check it.",
    ),
    "time-unread": Text("{count} 个提交时间看不懂，没有用。", "{count} times of submission could not be read."),
    "several-surveys": Text(
        "{count} 张表各算一次调查。如果是同一次调查分开导出的，请在映射文件里写 together: true。",
        "{count} tables are a survey each. If they are one survey exported in parts, say together: true.",
    ),
    "serial-repeated": Text(
        "{count} 行的序号和前面的行相同而内容不同，像是几份导出贴在一起，都算有效答卷，请核对。",
        "{count} rows have the number of an earlier row with other answers, as if exports were pasted; all count.",
    ),
    "scale-unsure": Text(
        "{count} 道题的回答像量表，但可以有两种读法（或者两头都没有人选），按单选转出。"
        "知道的话，请在 types 里写 likert5 或 likert4。",
        "{count} questions look like a scale that can be read in two ways, or of which nobody chose an end; they are "
        "single choices now. If you know, give their types as likert5 or likert4.",
    ),
    "scale-direction": Text(
        "{count} 道量表题的回答只有数字，看不出 5 是最满意还是最不满意，按单选转出。"
        "请在映射文件里写 numbers: high-best 或 low-best。",
        "{count} scales were answered by digits alone and nothing tells which end is best; they are single choices "
        "now. Say numbers: high-best or low-best.",
    ),
    "scale-digits": Text(
        "{count} 道量表题的回答是数字，别的题是文字，所以把数字当作分值，5（或 4）最好，请核对。",
        "{count} scales were answered by digits while other questions are in words, so the digits were taken as scores "
        "with the highest as the best; check them.",
    ),
    "scale-four": Text(
        "{count} 道题只出现四级，没有“一般”，记为四级量表。原问卷有“一般”的话，请在 types 里写 likert5。",
        "{count} questions show four steps and no middle one; they are four-step scales now. If the form had a middle, "
        "give the type likert5.",
    ),
    "scale-as-elsewhere": Text(
        "{count} 道题有两种读法，照同一问卷里别的题的量表读，请核对。",
        "{count} questions could be read in two ways and were read like other questions of the form; check them.",
    ),
    "coded-answers": Text(
        "{count} 道题的回答是数字代码，不知道各代表什么选项。请在问卷星里“按选项文本”重新导出。",
        "{count} questions were answered by code numbers whose options are not known. Export options as text.",
    ),
    "no-opinion": Text(
        "{count} 个回答是“说不清”“没用过”一类，不在量表上，没有计入回答人数。",
        "{count} answers such as “cannot say” are off the scale and not in the base.",
    ),
    "number-unread": Text(
        "{count} 个数字题的回答不是数，没有计入。",
        "{count} answers to questions for a number were none and do not count.",
    ),
    "ranking": Text(
        "{count} 道排序题按多选转出，先后次序没有带走。",
        "{count} rankings are multiple choices now; their order was not carried.",
    ),
    "written-in": Text(
        "{count} 个选项后面自己填写的文字已经去掉（可能有个人信息）。",
        "{count} texts that people wrote beside an option were cut off; they may hold personal data.",
    ),
    "text-dropped": Text(
        "{count} 道文字题只留题目，回答没有带走（可能有个人信息）。其实是选择题的，请在 types 里写 single。",
        "Of {count} questions in free text only the wording was kept, as answers may hold personal data. If one is a "
        "choice, give its type as single.",
    ),
    "question-empty": Text(
        "{count} 道题没有一个人回答，没有转出。", "{count} questions nobody answered were left out."
    ),
    "circles-as-groups": Text(
        "{count} 个社区或生活圈的名称对不上生活圈编号，作为人群统计。请在映射文件的 circles 里写明编号。",
        "{count} names of communities or circles have no circle id and are counted as groups; give their ids.",
    ),
    "circle-unknown": Text(
        "{count} 个社区或生活圈的名称对不上生活圈编号，这些答卷只计入合计（名称见下）。",
        "{count} names of communities or circles have no circle id; their answers count in the total only (below).",
    ),
    "circle-not-in-package": Text(
        "结果用到 {count} 个生活圈编号，这次转换里没有它们的记录。请和生活圈的表或边界一起转换，或者补上 circles 表。",
        "Results name {count} circles of which this conversion has no record. Convert them together, or add the table.",
    ),
    "cells-withheld": Text(
        "{count} 格人数是 1 至 4，或者会泄露这样的人数，已经隐去。",
        "{count} counts of one to four people, or that would give one away, were withheld.",
    ),
    "sets-withheld": Text(
        "{count} 组只有 1 至 4 人回答，整组没有转出。",
        "{count} sets with one to four answers were not published at all.",
    ),
}
"""What a person should look at or decide, in the order in which it is said."""

RULES: dict[str, Text] = {
    "question-text": Text("题目去掉题号，矩阵题补上题干", "Heading without its number, with the stem of its matrix"),
    "scale-word": Text("量表的说法换成级数", "Wording of a scale turned into its step"),
    "answer-form": Text("只改写法：空格、全角、区间的波浪号", "Form alone: blanks, width, the tilde of a range"),
    "column-to-option": Text("一列一个选项", "A column for each option"),
    "range": Text("数字按区间计数", "Numbers are counted in ranges"),
    "circle-by-name": Text("社区或生活圈的名称换成编号", "Name of a community or circle turned into a circle id"),
    "topic-by-name": Text("矩阵的一行是业态的名称", "The line of the matrix is the name of a category"),
}
"""Rules of change."""
