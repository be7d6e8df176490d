"""The words of the marked workbook: its list of findings and the notes at the cells."""

from __future__ import annotations

from circledata.standard.model import Language, Text

WORDS: dict[str, Text] = {
    "sheet": Text("问题清单", "Findings"),
    "level": Text("级别", "Level"),
    "rule": Text("规则", "Rule"),
    "place": Text("位置（点击跳转）", "Place (click to go there)"),
    "column": Text("列", "Column"),
    "value": Text("现在的值", "Value now"),
    "message": Text("问题", "What is wrong"),
    "fix": Text("怎么改", "How to mend it"),
    "legend-error": Text("错误：必须改正", "Error: must be mended"),
    "legend-warning": Text("警告：很可能有错，请核对", "Warning: probably wrong, please check"),
    "legend-advice": Text("建议：可以做得更好", "Advice: could be better"),
    "how": Text(
        "有问题的格子已经涂上颜色，并加了批注。点“位置”跳到那一格，照“怎么改”改好，保存后再检查一次；"
        "颜色、批注和这张清单会在下次检查时自动更新。",
        "Faulty cells are coloured and have a note. Click a place to go there, mend it as the last column says, save, "
        "and check again; colours, notes and this list are then made anew.",
    ),
    "nothing": Text("没有发现问题。", "Nothing was found."),
    "section-rules": Text("按规则汇总", "By rule"),
    "section-places": Text("逐处列出", "Place by place"),
    "count": Text("共 {n} 处", "{n} places"),
    "count-1": Text("共 1 处", "1 place"),
    "count-listed": Text("共 {n} 处，下面列出 {listed} 处", "{n} places, {listed} of them listed below"),
    "capped": Text(
        "问题太多，没有全部列出：共 {n} 处，下面列出 {listed} 处；各项个数是准确的。改好这些后再检查，就会列出其余的。",
        "There are too many findings to list all: {listed} of {n} are below; the counts are exact. Mend these and "
        "check again to see the rest.",
    ),
    "notes-capped": Text(
        "有批注的格子最多 {n} 个，其余的只涂颜色。",
        "At most {n} cells have a note; the others are only coloured.",
    ),
    "colour": Text("原来", "before"),
    "note-title": Text("{level}：{title}（{code}）", "{level}: {title} ({code})"),
    "note-why": Text("为什么：{text}", "Why: {text}"),
    "note-fix": Text("怎么改：{text}", "To mend: {text}"),
    "note-more": Text("这一格还有 {n} 个问题，见“{sheet}”。", "{n} more findings on this cell: see “{sheet}”."),
    "row": Text("（整行）", "(the row)"),
    "package": Text("（整个文件）", "(the whole file)"),
    "terminal": Text(
        "工作簿不能显示在屏幕上，请用 --output 写明文件，例如 --output 标记.xlsx。",
        "A workbook cannot be shown on the screen; name a file with --output, such as --output marked.xlsx.",
    ),
}


def say(language: Language, key: str, **values: object) -> str:
    """Return one text with its placeholders filled."""
    return WORDS[key].in_language(language).format(**values)
