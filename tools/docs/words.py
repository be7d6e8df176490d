"""The words of the generated reference in both languages; what fields, codes and rules say stands in `spec/`."""

from __future__ import annotations

from circledata.standard.model import Language

WORDS: dict[str, tuple[str, str]] = {
    "generated": (
        "本页由标准的文件生成，改内容请改 {source}。",
        "This page is made from the standard's own files; to change it, change {source}.",
    ),
    "reference": ("参考", "Reference"),
    "indicators": ("指标", "Indicators"),
    "reference-about": (
        "这里的每一页都由 {spec} 生成：表、字段、代码表、规则、指标。标准的正文见[标准](standard.md)。",
        "Every page here is made from {spec}: tables, fields, code lists, rules, indicators. The text of the standard "
        "is [here](standard.md).",
    ),
    "tables": ("表", "Tables"),
    "table": ("表", "Table"),
    "tables-about": (
        "没有哪一张表非有不可：一个数据包至少有一张，填了的编号指向的表也要在。",
        "No table is required by itself: a package holds at least one, and a table that a filled key points to "
        "must be there.",
    ),
    "one-row": ("一行是什么", "One row is"),
    "letter": ("编号字母", "Id letter"),
    "since": ("加入版本", "Since"),
    "fields": ("字段", "Fields"),
    "field": ("字段", "Field"),
    "required": ("必填", "Required"),
    "yes": ("是", "yes"),
    "type": ("类型", "Type"),
    "description": ("说明", "Description"),
    "profile-only": ("只用于 {profile} 档的数据包。", "Only for packages of the {profile} profile."),
    "of-extension": (
        "属于扩展 [{name}](../extensions/{name}.md)，数据包要先声明这个扩展。",
        "Belongs to the extension [{name}](../extensions/{name}.md), which a package has to declare.",
    ),
    "primary-key": ("主键", "Primary key"),
    "foreign-keys": ("指向别的表", "Keys to other tables"),
    "rules-of-table": ("与这张表有关的规则", "Rules about this table"),
    "type-string": ("文本", "text"),
    "type-integer": ("整数", "whole number"),
    "type-number": ("小数", "number"),
    "type-date": ("日期，YYYY-MM-DD", "date, YYYY-MM-DD"),
    "type-boolean": ("是非，true 或 false", "true or false"),
    "list-of": ("，可以有几个，用半角分号隔开", ", several joined by `;`"),
    "unique": ("不重复", "unique"),
    "minimum": ("不小于 {value}", "at least {value}"),
    "maximum": ("不大于 {value}", "at most {value}"),
    "max-length": ("最多 {value} 个字符", "at most {value} characters"),
    "decimals": ("最多 {value} 位小数", "at most {value} decimals"),
    "pattern": ("格式", "Pattern"),
    "unit": ("单位", "Unit"),
    "codelist": ("代码表", "Code list"),
    "extended-by": ("，也可以用本包 {table} 表里的代码", ", or a code of the package's own {table}"),
    "personal": (
        "可能含个人信息：检查报告里不显示它的值。",
        "May hold personal data: reports never show its value.",
    ),
    "example": ("示例", "Example"),
    "mapping": ("对应", "Elsewhere"),
    "colon": ("：", ": "),
    "comma": ("，", ", "),
    "stop": ("。", "."),
    "codelists": ("代码表", "Code lists"),
    "codelists-about": (
        "单元格里填代码，不填名称。“别名”是人们常用的写法，转换程序认得，检查程序只认代码。",
        "A cell holds the code, not the name. Aliases are what people write; a converter knows them, the validator "
        "knows the code only.",
    ),
    "code": ("代码", "Code"),
    "codes": ("代码数", "Codes"),
    "name": ("名称", "Name"),
    "definition": ("释义", "Definition"),
    "aliases": ("别名", "Aliases"),
    "own-choice": ("本标准自己选定", "The standard's own choice"),
    "own-choice-long": (
        "这张表或它的写法是本标准自己选定的，没有找到官方的代码表。",
        "This list, or its wording, is the standard's own choice; no official list was found.",
    ),
    "open-long": ("以后的次版本可以增加代码。", "Later minor versions may add codes."),
    "source": ("来源", "Source"),
    "used-by": ("用在", "Used by"),
    "more-columns": ("其他列", "Further columns"),
    "too-long": (
        "这张表有 {count} 条，不在网页上列出，见标准里的文件 {path}，或者用命令 {command} 查。",
        "This list has {count} entries and is not shown here; see the standard's file {path}, or ask {command}.",
    ),
    "by-level": ("各级数量", "Entries by level"),
    "level": ("级别", "Level"),
    "entries": ("条数", "Entries"),
    "in-force": ("2024 年末仍有效", "In force at the end of 2024"),
    "rules": ("规则", "Rules"),
    "rule": ("规则", "Rule"),
    "rules-about": (
        "一条规则一个文件。“错误”必须改正，“警告”多半有错，“建议”可以做得更好。",
        "One rule, one file. An error breaks the standard, a warning is probably wrong, advice could be better.",
    ),
    "family": ("类别", "Family"),
    "level-error": ("错误", "Error"),
    "level-warning": ("警告", "Warning"),
    "level-advice": ("建议", "Advice"),
    "wrong": ("哪里不对", "What is wrong"),
    "reads": ("检查的列", "Columns it reads"),
    "also-reads": ("还要用到", "It also needs"),
    "why": ("为什么要紧", "Why it matters"),
    "mend": ("怎么改", "How to mend it"),
    "bad": ("错的例子", "Wrong"),
    "good": ("对的例子", "Right"),
    "cases-about": (
        "例子来自规则文件，测试会逐个执行。没有写出的列不影响结果。",
        "The examples are those of the rule's file, and the tests run each. Columns not shown do not matter.",
    ),
    "found-at": ("检查程序指出", "The validator names"),
    "record": ("第 {row} 条记录", "record {row}"),
    "line": ("第 {row} 行", "line {row}"),
    "whole-table": ("整张表", "the table as a whole"),
    "package-of-case": ("数据包", "Package"),
    "boundaries": ("另有 {file}。", "With {file}."),
    "how": ("怎样检查", "How it is checked"),
    "how-when": ("下面的条件为真的行算错：", "A row is wrong where this is true:"),
    "how-query": ("下面的查询返回算错的行：", "This query returns the rows that are wrong:"),
    "how-join": ("与别的表连接：", "Joined with:"),
    "how-check-structure": (
        "由读取程序在打开文件时检查，不用 SQL。",
        "Checked by the reader when the file is opened, without SQL.",
    ),
    "how-check-values": (
        "由工具按字段的约束或格式检查，不是一条写好的 SQL。",
        "Checked by the tool from the field's own constraints or form, not by an SQL text.",
    ),
    "each": (
        "对每个符合 {each} 的列各检查一次，`{{column}}` 代表这一列。",
        "Checked once for every column of {each}; `{{column}}` stands for the column.",
    ),
    "covers": ("对应的要求", "Requirements covered"),
    "former": ("曾用名", "Former names"),
    "file": ("文件", "File"),
    "title": ("内容", "Title"),
    "coverage": ("要求与规则对照", "Requirements and rules"),
    "coverage-about": (
        "标准里每一句“必须”，由哪些规则检查；机器检查不了的，写明原因。",
        "For every MUST of the standard the rules that check it, or why no machine can.",
    ),
    "requirement": ("要求", "Requirement"),
    "not-checkable": ("机器检查不了：", "Not checkable by machine: "),
    "no-rule": ("还没有规则", "no rule yet"),
    "extensions": ("扩展", "Extensions"),
    "extension": ("扩展", "Extension"),
    "added-fields": ("加到核心表的字段", "Fields added to core tables"),
    "new-tables": ("新表", "New tables"),
    "facts": ("依据的事实", "Facts it rests on"),
    "not-seen": ("没有看到的", "Not seen"),
    "declare": ("在 `datapackage.json` 里这样声明：", "Declare it in `datapackage.json` like this:"),
    "standard": ("标准", "The standard"),
    "must": ("必填", "required"),
    "help": ("每个命令的说明", "Help of every command"),
    "help-about": (
        "与 `circledata 命令 --help` 显示的相同。退出码见[命令行](../cli.md)。",
        "What `circledata COMMAND --help` shows. Exit codes: [Command line](../cli.md).",
    ),
    "key": ("键", "Key"),
    "report-keys": ("报告的键", "Keys of the report"),
    "package": ("数据包和基本信息", "The package and its sheet"),
    "package-about": (
        "数据包的描述文件 `datapackage.json` 里的键，以及工作簿里“基本信息”工作表的写法。",
        "The keys of a package's descriptor `datapackage.json`, and how the sheet 基本信息 of a workbook is written.",
    ),
    "package-other": ("Data Package 的键", "Keys of Data Package"),
    "package-resource": ("`resources` 里的一项", "One entry of `resources`"),
    "package-sheet": ("“基本信息”工作表", "The sheet 基本信息"),
    "package-sheet-about": (
        "A 列写项目名称（中文、英文或键名都可以），B 列写内容。",
        "Column A names the key (Chinese, English or machine name), column B holds its value.",
    ),
    "extension-field": (
        "来自扩展 [{name}](../extensions/{name}.md)。",
        "From the extension [{name}](../extensions/{name}.md).",
    ),
    "whole-file": ("整个文件", "the whole file"),
    "changes": ("标准的更新记录", "Changes of the standard"),
    "mapping-keys": ("映射文件的键", "Keys of a mapping file"),
    "mapping-keys-about": (
        "映射文件（YAML）写明一个来源的列怎样成为标准的字段。怎样写，见[自己的表](../convert/table.md)；"
        "让工具先写一份草稿，见[我的文件哪种都不是](../convert/none-of-these.md)。",
        "A mapping file (YAML) says how the columns of a source become fields of the standard. How to write one: "
        "[Your own table](../convert/table.md); how to have a draft written: "
        "[My file is none of these](../convert/none-of-these.md).",
    ),
    "mapping-top": ("最外一层", "Top level"),
    "mapping-or": ("或", " or "),
    "mapping-form-string": ("文本", "text"),
    "mapping-form-integer": ("整数", "whole number"),
    "mapping-form-boolean": ("true 或 false", "true or false"),
    "mapping-form-array": ("列表", "list"),
    "mapping-form-object": ("一组键", "keys"),
    "mappings": ("现成的映射", "Mappings"),
    "mappings-about": (
        "随工具安装的映射，`--from` 后面写它的名称（`boundaries` 用于 `geojson` 和 `shapefile`）。可以照着另写一份，用 "
        "`--mapping` 转换。",
        "The mappings that come with the tool, by their name after `--from` (`boundaries` serves `geojson` and "
        "`shapefile`). Write one of your own after them and convert with `--mapping`.",
    ),
    "mapping-file": ("人和程序读的是同一个文件：{path}。", "People and the tool read the same file: {path}."),
    "mapping-recognise": ("怎样认出", "How it is recognised"),
    "mapping-recognise-about": (
        "不写 `--from` 时，下面每一组里至少有一列的文件，就按这个映射转换：",
        "Without `--from` a file with at least one column of each of these groups is converted by it:",
    ),
    "mapping-from": ("取自", "Taken from"),
    "mapping-place": ("位置", "Place"),
    "mapping-category": ("业态", "Category"),
    "mapping-brand": ("品牌和连锁", "Brand and chain"),
    "mapping-kept": ("保留的列", "Kept column"),
    "mapping-long": ("（{count} 项，见下面全文）", "({count} entries, see the text below)"),
    "mapping-text": ("全文", "The file"),
    "mending": ("看得懂的写法", "What is understood"),
    "mending-about": (
        "人填工作簿有各种写法。下面这些意思只有一种：检查工作簿时照此理解，每格说明一次（规则 "
        "[CD157](rules/value-understood.md)），不算错；`circledata repair` 照此改写。意思不止一种的，一律留给人。"
        "CSV 文件检查时只认标准的写法，可以先用 `circledata repair` 改。用法见[工作簿](../workbook.md)。",
        "People fill workbooks in many ways. What is below can only mean one thing: in a workbook it is understood so, "
        "said once for each cell (rule [CD157](rules/value-understood.md)) and no fault; `circledata repair` writes it "
        "so. What could mean two things is left to a person. In CSV files only the standard's own form is accepted; "
        "`circledata repair` can mend them first. How to use it: [Workbooks](../workbook.md).",
    ),
    "mending-cells": ("单元格", "Cells"),
    "mending-change": ("改什么", "Change"),
    "mending-becomes": ("怎样理解", "Understood as"),
    "mending-left": ("看着像、却不改", "Alike, but left"),
    "mending-why": ("为什么意思不变", "Why the meaning stays"),
    "mending-head": ("列名 {head}：", "head {head}: "),
    "mending-1904": ("从 1904 年算起的工作簿：", "in a workbook that counts from 1904: "),
    "mending-empty": ("空", "empty"),
    "mending-files": ("整个文件", "Files"),
    "mending-files-about": (
        "`circledata repair` 改 CSV 文件时还会改：",
        "What `circledata repair` also changes in CSV files:",
    ),
    "mending-booleans": ("表示是或否的词", "Words for yes and no"),
    "mending-booleans-about": (
        "英文字母不分大小写。",
        "Latin letters in either case.",
    ),
    "mending-words": ("这样写的都算", "Written as"),
}


def word(key: str, language: Language, **values: object) -> str:
    """Return the words of `key` in `language`, with its placeholders filled; KeyError when there are none."""
    text = WORDS[key][0 if language == "zh" else 1]
    return text.format(**values) if values else text
