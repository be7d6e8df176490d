"""A template is made of what the standard says, opens everywhere, and reads back without any option."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from openpyxl.utils import get_column_letter, range_boundaries

from circledata import ConversionError, validate, write_template
from circledata.convert.export.book_lengths import pattern_lengths
from circledata.standard import extension_versions, load_standard
from circledata.standard.model import Language, Standard, Table

CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
STANDARD = load_standard()
DEFAULT = tuple(yaml.safe_load((STANDARD.root / "template.yaml").read_text("utf-8"))["tables"])
EVERYTHING = load_standard("1.0", {name: versions[-1] for name, versions in extension_versions().items()})
ALL = tuple(EVERYTHING.tables)


def made(folder: Path, **options: Any) -> Any:
    """Write a template and load it."""
    write_template(folder / "t.xlsx", overwrite=True, **options)
    return openpyxl.load_workbook(folder / "t.xlsx")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, Any]:
    """A template of every table, in each language."""
    folder = tmp_path_factory.mktemp("templates")
    return {"zh": made(folder, tables=ALL), "en": made(folder, tables=ALL, lang="en")}


def rules_of(sheet: Any) -> dict[str, Any]:
    """The validation of the records of each column, by machine name."""
    names = {cell.column: cell.value for cell in sheet[2]}
    found = {}
    for rule in sheet.data_validations.dataValidation:
        for part in rule.sqref.ranges:
            if part.min_row == 3:
                found[names[part.min_col]] = rule
    return found


def named(book: Any, name: str) -> list[str]:
    """What a defined name of the sheet of codes offers."""
    sheet, cells = book.defined_names[name].attr_text.split("!")
    return [cell.value for row in book[sheet.strip("'")][cells.replace("$", "")] for cell in row]


def sheets_of(book: Any, standard: Standard, lang: Language) -> list[tuple[Table, Any]]:
    return [(table, book[table.title.in_language(lang)]) for table in standard.tables.values()]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_heads_are_titles_above_machine_names(books: dict[Language, Any], lang: Language) -> None:
    for table, sheet in sheets_of(books[lang], EVERYTHING, lang):
        for field, title, name in zip(table.fields, sheet[1], sheet[2], strict=True):
            assert title.value == field.title.in_language(lang) + ("*" if field.required else "")
            assert name.value == field.name
            assert name.font.color.rgb == "FF7F7F7F"
        marked = {cell.fill.fgColor.rgb for field, cell in zip(table.fields, sheet[1], strict=True) if field.required}
        free = {cell.fill.fgColor.rgb for field, cell in zip(table.fields, sheet[1], strict=True) if not field.required}
        assert len(marked) <= 1 and not marked & free
        assert sheet.freeze_panes == "B3"
        assert sheet.print_title_rows == "$1:$2" and sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_list_is_a_drop_down_with_titles(books: dict[Language, Any], lang: Language) -> None:
    seen = 0
    for table, sheet in sheets_of(books[lang], EVERYTHING, lang):
        for field in table.fields:
            rule = rules_of(sheet)[field.name]
            if field.list or not field.codelist or field.codelist_extended_by:
                continue
            codes = EVERYTHING.codelists[field.codelist].codes
            shown = [f"{code.code} {code.title.in_language(lang)}" for code in codes.values()]
            assert rule.type == "list" and named(books[lang], rule.formula1) == shown
            assert rule.errorStyle == "warning"
            seen += 1
    assert seen > 20


def test_lists_of_several_have_no_drop_down_but_a_word(books: dict[Language, Any]) -> None:
    sheet = books["zh"]["商业网点"]
    services = rules_of(sheet)["services"]
    assert services.type in {None, "none"} and "分号" in services.prompt and "代码表" in services.prompt
    assert "parcel 快递代收代发;bill-payment 代缴费用" in services.prompt


def test_ids_of_other_sheets_are_a_drop_down(books: dict[Language, Any]) -> None:
    book = books["zh"]
    seen = 0
    for table, sheet in sheets_of(book, EVERYTHING, "zh"):
        for key in table.foreign_keys:
            if len(key.fields) > 1:
                continue
            rule = rules_of(sheet)[key.fields[0]]
            assert rule.type == "list" and rule.errorStyle == "warning"
            target = EVERYTHING.tables[key.table]
            letter = get_column_letter([field.name for field in target.fields].index(key.target_fields[0]) + 1)
            formula = book.defined_names[rule.formula1].attr_text
            assert formula.startswith(f"OFFSET('{target.title.zh}'!${letter}$3,0,0,")
            seen += 1
    assert seen > 15


def test_categories_typed_on_their_sheet_join_the_drop_down(books: dict[Language, Any]) -> None:
    book = books["zh"]
    rule = rules_of(book["商业网点"])["category"]
    formula = book.defined_names[rule.formula1].attr_text
    standard = len(EVERYTHING.codelists["categories"].codes)
    start = re.match(r"OFFSET\(_codes!\$([A-Z]+)\$1,0,0,(\d+)\+", formula)
    assert start and int(start[2]) == standard
    own = book["_codes"][f"{start[1]}{standard + 1}"].value
    assert own == "=IF('本地业态'!$A$3=\"\",\"\",'本地业态'!$A$3)"
    assert "本地业态" in rule.error


def test_there_are_no_formulas_but_on_the_sheet_of_codes(books: dict[Language, Any]) -> None:
    for sheet in books["zh"]:
        formulas = sum(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
        assert (formulas > 0) == (sheet.title == "_codes")
    assert books["zh"]["_codes"].sheet_state == "veryHidden"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_column_has_its_hint_within_the_limits_of_excel(books: dict[Language, Any], lang: Language) -> None:
    for table, sheet in sheets_of(books[lang], EVERYTHING, lang):
        rules = rules_of(sheet)
        for field in table.fields:
            rule = rules[field.name]
            assert rule.promptTitle == field.title.in_language(lang)[:32] and len(rule.prompt) <= 255
            assert (rule.error is None or len(rule.error) <= 225) and len(rule.errorTitle or "") <= 32
            assert rule.showInputMessage
            said = ("必填。" if lang == "zh" else "Required. ") in rule.prompt
            assert said == field.required
            words = "[a-z]+_[a-z0-9_]+" if lang == "en" else " ?[a-z_0-9]{3,} ?"
            first = re.split(f"。|；|\\. |; |{words}", field.description.in_language(lang))[0]
            assert first[:60] in rule.prompt, (table.name, field.name, rule.prompt)
            if field.example and not (lang == "en" and CHINESE.search(field.example)) and not field.codelist:
                assert field.example in rule.prompt, (table.name, field.name, rule.prompt)


def test_hints_name_what_people_see_and_not_machine_names(books: dict[Language, Any]) -> None:
    zh, en = (rules_of(books["zh"]["商业网点"]), rules_of(books["en"]["Outlets"]))
    assert "“数据截止日期”那天的状态" in zh["status"].prompt and "“As of” day" in en["status"].prompt
    assert "统计时网点只算在“所属生活圈”一个生活圈里" in zh["other_circles"].prompt
    assert "不要填“否”" in zh["accepts_cash"].prompt and "“本地业态”表" in zh["category"].prompt
    assert "用 OSM opening_hours 写法" in zh["opening_hours"].prompt, "the name of a notation stays"
    names = {field.name for table in EVERYTHING.tables.values() for field in table.fields if "_" in field.name}
    for lang in ("zh", "en"):
        for table, sheet in sheets_of(books[lang], EVERYTHING, lang):
            for name, rule in rules_of(sheet).items():
                told = set(re.findall("[a-z]+(?:_[a-z0-9]+)+", rule.prompt)) - {name}
                assert not told & (names | {"as_of", "coordinate_system"}), (table.name, name, rule.prompt)


def test_what_is_typed_is_checked_by_type(books: dict[Language, Any]) -> None:
    outlets, subsidies = rules_of(books["zh"]["商业网点"]), rules_of(books["zh"]["补助"])
    assert (outlets["opened_on"].type, outlets["opened_on"].errorStyle) == ("date", None)
    staff = outlets["staff_count"]
    assert (staff.type, staff.formula1, staff.errorStyle) == ("whole", "0", None)
    assert (outlets["longitude"].type, outlets["longitude"].formula1, outlets["longitude"].formula2) == (
        "decimal",
        "-180",
        "180",
    )
    assert (subsidies["rate"].formula1, subsidies["rate"].formula2) == ("0", "1")
    assert "0 到 1 之间" in subsidies["rate"].error
    uscc = outlets["operator_uscc"]
    assert (uscc.type, uscc.formula1, uscc.formula2) == ("textLength", "18", "18") and "18 位" in uscc.error
    assert (outlets["name"].formula1, outlets["name"].formula2) == ("0", "200")
    identity = outlets["outlet_id"]
    assert identity.type == "custom" and 'COUNTIF($A$3:$A$20002,A3)=1,ISNUMBER(FIND("-O",A3))' in identity.formula1
    assert named(books["zh"], outlets["accepts_cash"].formula1) == ["true 是", "false 否"]
    assert named(books["en"], "codes_booleans") == ["true yes", "false no"]


def test_heads_cannot_be_typed_over(books: dict[Language, Any]) -> None:
    rules = [rule for rule in books["zh"]["生活圈"].data_validations.dataValidation if str(rule.sqref).endswith("2")]
    heads = [rule for rule in rules if range_boundaries(str(rule.sqref))[1] == 1]
    assert len(heads) == len(STANDARD.tables["circles"].fields)
    assert all(rule.formula1 == "FALSE" and rule.error and rule.prompt for rule in heads)


def test_ids_and_codes_are_text_and_dates_are_dates(books: dict[Language, Any]) -> None:
    sheet = books["zh"]["商业网点"]
    formats = {cell.value: sheet.column_dimensions[cell.column_letter] for cell in sheet[2]}
    # openpyxl groups neighbours of one look; the width is the first one's.
    written = {name: made.number_format for name, made in formats.items() if made.has_style}
    assert written["outlet_id"] == written["category"] == "@"
    assert written["opened_on"] == "yyyy-mm-dd"


def test_there_is_no_chinese_in_the_english_workbook(books: dict[Language, Any]) -> None:
    book = books["en"]
    for sheet in book:
        assert not CHINESE.search(sheet.title)
        assert not CHINESE.search(sheet.oddFooter.right.text or "")
        for row in sheet.iter_rows():
            for cell in row:
                assert not CHINESE.search(str(cell.value)), (sheet.title, cell.coordinate, cell.value)
        for rule in sheet.data_validations.dataValidation:
            texts = (rule.prompt, rule.promptTitle, rule.error, rule.errorTitle)
            assert not any(CHINESE.search(text or "") for text in texts), (sheet.title, rule.prompt, rule.error)
    assert not CHINESE.search(f"{book.properties.title}{book.properties.subject}")


def test_the_document_says_which_version_of_the_standard_it_follows(books: dict[Language, Any]) -> None:
    book = books["zh"]
    assert book.properties.subject == "circledata 1.0 + night-economy 1.0"
    custom = {item.name: item.value for item in book.custom_doc_props.props}
    assert custom == {"circledata.version": "1.0", "circledata.extensions.night-economy": "1.0"}


def test_the_first_sheets_say_what_to_do_and_who_publishes(books: dict[Language, Any]) -> None:
    book = books["zh"]
    assert book.sheetnames[:2] == ["填写说明", "基本信息"] and book.sheetnames[-2:] == ["代码表", "_codes"]
    guide = book["填写说明"]
    texts = [str(cell.value) for row in guide.iter_rows() for cell in row if cell.value]
    assert 6 <= sum(isinstance(row[0].value, int | float) for row in guide.iter_rows()) <= 8
    assert any("circledata validate" in text for text in texts)
    linked = {cell.hyperlink.location for row in guide.iter_rows() for cell in row if cell.hyperlink}
    assert {f"'{name}'!A1" for name in book.sheetnames[1:-1]} == linked
    package = book["基本信息"]
    rows = {row[0].value: row[1] for row in package.iter_rows() if row[0].value}
    assert rows["标准版本"].value == "1.0" and rows["虚构数据"].value == "否"
    assert rows["发布档"].value == "交换", "survey_responses is for authorities only"
    assert rows["扩展"].value == "night-economy 1.0"
    choices = {
        str(rule.sqref): rule.formula1 for rule in package.data_validations.dataValidation if rule.type == "list"
    }
    assert "GCJ-02" in choices[rows["坐标系"].coordinate]
    assert choices[rows["虚构数据"].coordinate] == '"是,否"'


def test_the_codes_are_explained(books: dict[Language, Any]) -> None:
    told = {tuple(cell.value or "" for cell in row[:3]) for row in books["zh"]["代码表"].iter_rows()}
    for name in ("outlet-statuses", "categories", "coordinate-systems", "night-formats"):
        for code in EVERYTHING.codelists[name].codes.values():
            assert (code.code, code.title.zh, code.definition.zh) in told


def test_the_default_tables_need_no_other(tmp_path: Path) -> None:
    result = write_template(tmp_path / "t.xlsx")
    assert set(result.tables) == set(DEFAULT) and not result.added and not result.pointing


def test_named_tables_by_title_bring_those_that_they_cannot_do_without(tmp_path: Path) -> None:
    result = write_template(tmp_path / "t.xlsx", tables=["补助", "outlets"])
    assert result.tables == ("outlets", "programmes", "subsidies")
    assert [table.name for table in result.added] == ["programmes"]
    assert {(table.name, field.name, parent.name) for table, field, parent in result.pointing} == {
        ("outlets", "circle_id", "circles"),
        ("outlets", "project_id", "projects"),
        ("subsidies", "circle_id", "circles"),
        ("subsidies", "project_id", "projects"),
    }
    rules = rules_of(openpyxl.load_workbook(tmp_path / "t.xlsx")["商业网点"])
    assert rules["circle_id"].type == "textLength"


def test_an_extension_comes_with_its_fields(tmp_path: Path) -> None:
    book = made(tmp_path, tables=["night_zones", "outlets"])
    assert "zone_id" in [cell.value for cell in book["商业网点"][2]]
    plain = made(tmp_path, tables=["outlets"])
    assert "zone_id" not in [cell.value for cell in plain["商业网点"][2]]


def test_a_division_is_filled_in_and_stands_in_the_hints(tmp_path: Path) -> None:
    book = made(tmp_path, division="330106")
    rows = {row[0].value: row[1].value for row in book["基本信息"].iter_rows() if row[0].value}
    assert (rows["区划代码"], rows["数据包短名"]) == ("330106", "circles-330106")
    rules = rules_of(book["商业网点"])
    assert "330106-O000001" in rules["outlet_id"].prompt and "330106-O000001" in rules["outlet_id"].error
    assert "330106-C002;330106-C003" in rules["other_circles"].prompt
    assert not re.search("620602-", "".join(rule.prompt for rule in rules.values()))
    codes = [row[0].value for row in book["代码表"].iter_rows()]
    known = [code for code, item in STANDARD.codelists["townships"].codes.items() if item.extra["parent"] == "330106"]
    assert known and set(known) <= set(codes)


@pytest.mark.parametrize("options", [{}, {"lang": "en"}, {"tables": ALL, "example": True}, {"division": "620602"}])
def test_the_same_call_gives_the_same_bytes(options: dict[str, Any], tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_template(tmp_path / f"{name}.xlsx", **options)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"tables": ["outlet"]}, "没有表“outlet”。您要的是不是：商业网点 outlets"),
        ({"tables": ["qqqq"]}, "可以写的表：生活圈 circles、"),
        ({"tables": []}, "没有写出表名"),
        ({"division": "62"}, "6、9 或 12 位"),
        ({"division": "999999"}, "没有区划代码 999999"),
        ({"division": "620602", "example": True}, "不能再写 --division"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(options: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ConversionError) as caught:
        write_template(tmp_path / "t.xlsx", **options)
    assert sentence in caught.value.in_language("zh")
    assert not CHINESE.search(caught.value.in_language("en").replace("qqqq", ""))
    assert not list(tmp_path.iterdir())


def test_an_unfilled_template_has_two_kinds_of_faults_only(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", division="620602")
    report = validate(tmp_path / "t.xlsx")
    assert {rule.name for rule in report.rules if rule.level != "advice"} == {"descriptor-invalid", "no-table"}
    assert report.complete and sum(rule.count for rule in report.rules) <= 6


@pytest.mark.parametrize(
    ("pattern", "lengths"),
    [
        ("[0-9]{12}", (12, 12)),
        ("[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?-C[0-9]{1,9}", (9, 23)),
        ("a|bcd", (1, 3)),
        ("[a-z0-9]+(?:-[a-z0-9]+)*", (1, None)),
        ("x{2,}", (2, None)),
        ("[.]?\\.", (1, 2)),
        ("", (0, 0)),
    ],
)
def test_lengths_of_patterns(pattern: str, lengths: tuple[int, int | None]) -> None:
    assert pattern_lengths(pattern) == lengths


@pytest.mark.parametrize("pattern", ["(?:a", "a)", "(a)"])
def test_a_pattern_of_another_syntax_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="a"):
        pattern_lengths(pattern)


def test_every_pattern_of_the_standard_is_understood() -> None:
    for table in EVERYTHING.tables.values():
        for field in table.fields:
            if field.pattern:
                least, most = pattern_lengths(field.pattern)
                assert least <= len(field.example) <= (most or 10_000)
