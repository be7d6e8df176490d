"""The sections of a suggested table that are no single fields: own id, category, brand, place, division, address."""

from __future__ import annotations

from collections.abc import Iterator

from circledata.convert.suggest.choose import Assignment, Match
from circledata.convert.suggest.columns import Column, percent, shown
from circledata.convert.suggest.fit import Fitter
from circledata.convert.suggest.model import FieldSuggestion, Rule, TableSuggestion
from circledata.convert.suggest.words import both, header_doubt, header_reason, joined, reason
from circledata.standard import Standard
from circledata.standard.model import Table, Text
from circledata.values.positions import read_position

_CODES = ("amap", "gbt4754")
_CODE_WORDS = {"amap": Text("高德类型", "AMap types"), "gbt4754": Text("国民经济行业代码", "codes of GB/T 4754")}
_PARTS = ("@province", "@city", "@county")


def _made(part: str, match: Match, why: Text, doubts: list[Text] | None = None, **rule: object) -> FieldSuggestion:
    given: Rule = rule or {"from": [match.column.name]}
    doubt = header_doubt(match)
    share = match.fit.share if match.fit else None
    return FieldSuggestion(
        part, given, (match.column.name,), why, [*([doubt] if doubt else []), *(doubts or ())], True, share
    )


def own_id(assignment: Assignment, table: Table) -> Iterator[FieldSuggestion]:
    """Yield the column of the source's own id, which is kept beside the standard's."""
    match = assignment.matches.get("@id") or (
        assignment.matches.get(table.primary_key[0]) if table.id_letter and table.primary_key else None
    )
    if match is not None:
        why = both(
            f"来源自己的编号；{percent(match.column.distinct)} 各不相同",
            f"the source's own id; {percent(match.column.distinct)} differ",
        )
        doubts = [] if match.column.distinct > 0.98 else [both("有重复的编号", "some ids come twice")]
        yield _made("keep", match, joined([header_reason(match), why]), doubts)


def category(assignment: Assignment, standard: Standard, fitter: Fitter) -> Iterator[FieldSuggestion]:
    """Yield where the category comes from: a column of words or codes, and the name."""
    match, name = assignment.matches.get("category"), assignment.matches.get("name")
    if match is not None:
        yield _category_column(match, assignment.table, standard, fitter)
    if name is not None and name.column.texts and not (match is None and baked_in(assignment, fitter)):
        found = fitter.category(name.column)
        yield FieldSuggestion(
            "names",
            {"from": [name.column.name]},
            (name.column.name,),
            both(f"名称里 {percent(found.share)} 认得出业态", f"{percent(found.share)} of the names tell the category"),
            share=found.share,
        )


def baked_in(assignment: Assignment, fitter: Fitter) -> FieldSuggestion | None:
    """Return the category that the header of the name tells (药店名称), where no column does; None when it does not."""
    name = assignment.matches.get("name")
    if name is None or "category" in assignment.matches or name.meaning is None or name.meaning.how != "ending":
        return None
    words = name.column.name.removesuffix(name.meaning.word)
    code = fitter.category_of(words) if words != name.column.name else ""
    if not code:
        return None
    why = both(f"表头“{name.column.name}”里写着业态", f'the header "{name.column.name}" names the category')
    doubts = [
        both("全都是这个业态吗？不是的话改用 category: {names: …}", "are all of it? if not, use category: {names: …}")
    ]
    return FieldSuggestion("category", {"constant": code}, (), why, doubts)


def _category_column(match: Match, table: Table, standard: Standard, fitter: Fitter) -> FieldSuggestion:
    """Return the rule for the column of categories: words of its own, or codes of a known vocabulary."""
    words = fitter.category(match.column)
    best, fit = "", words
    for vocabulary in _CODES:
        found = fitter.category(match.column, vocabulary)
        if found.share > fit.share and (match.column.share("number") > 0.5 or found.share > fit.share + 0.2):
            best, fit = vocabulary, found
    doubts = [doubt] if (doubt := header_doubt(match)) else []
    if fit.unread:
        examples = shown(list(fit.unread))
        zh = "有不认得的" + (f"，例如 {examples}" if examples else "")
        en = "some are not known" + (f", such as {examples}" if examples else "")
        doubts.append(both(zh, en))
    why = reason(Match(match.column, match.slot, match.meaning, fit), table, standard)
    rule: Rule = {"from": [match.column.name]}
    if best:
        why = joined([why, _CODE_WORDS[best]])
    return FieldSuggestion(best or "from", rule, (match.column.name,), why, doubts, True, fit.share, fit.unread)


def brand(assignment: Assignment) -> Iterator[FieldSuggestion]:
    """Yield where brands come from: their own column, and names that come back."""
    match, name = assignment.matches.get("brand"), assignment.matches.get("name")
    if match is not None:
        yield _made("from", match, header_reason(match))
    if name is not None:
        yield FieldSuggestion(
            "learn",
            {"from": [name.column.name]},
            (name.column.name,),
            both("同名的几家店是同一品牌", "names that come back are brands"),
        )


def place(assignment: Assignment) -> Iterator[FieldSuggestion]:
    """Yield the columns of the coordinates; nothing is said about their system."""
    lon, lat = assignment.matches.get("longitude"), assignment.matches.get("latitude")
    if lon is not None and lat is not None:
        swapped = [match for match in (lon, lat) if match.contradicts]
        doubt = [both("两列像是写反了，转换时会换过来并记录", "the two look swapped; a conversion puts that right")]
        for part, match in (("longitude", lon), ("latitude", lat)):
            yield _made(part, match, _degrees(match), doubt if match in swapped else [])
        return
    pair = assignment.matches.get("@both")
    if pair is not None:
        yield _made("both", pair, joined([header_reason(pair), both("一格里两个坐标", "both in one cell")]))
        order = _order(pair.column)
        why = both("按数值的大小看", "by the size of the numbers")
        doubts = [] if order else [both("看不出先后，按先经度", "the order is not clear; longitude first is assumed")]
        yield FieldSuggestion("order", {"value": order or "lon-lat"}, (), why, doubts)


def _degrees(match: Match) -> Text:
    share = percent(match.fit.share if match.fit else 0.0)
    return joined([header_reason(match), both(f"{share} 是度数", f"{share} degrees")])


def _order(column: Column) -> str:
    """Return which coordinate stands first, as the sizes tell; empty where they do not."""
    for text, _ in column.sample[:50]:
        first, second = read_position(text, "lon-lat"), read_position(text)
        if second is not None and second.known and first is not None and first.known:
            return "lat-lon" if first.swapped else "lon-lat"
    return ""


def division(made: TableSuggestion, assignment: Assignment) -> None:
    """Fill division_code from the column of a township or county, or from the address."""
    table = assignment.table
    if "division_code" not in table.by_name:
        return
    address = assignment.column_of("address")
    given = next((item for item in made.fields if item.field == "division_code"), None)
    county = assignment.matches.get("@county")
    if given is None and county is not None:
        given = _made("division_code", county, header_reason(county))
        made.fields.append(given)
    if address is not None and address.texts:
        if given is None:
            why = both("从地址里找，只取确定的", "from the address, only what is certain")
            given = FieldSuggestion("division_code", {}, (), why)
            made.fields.append(given)
        if given.active:
            given.rule["find"] = [address.name]


def address(made: TableSuggestion, assignment: Assignment) -> None:
    """Join the columns of province, city and county to an address that does not name them itself."""
    given = next((item for item in made.fields if item.field == "address" and item.active), None)
    columns = [column for slot in _PARTS if (column := assignment.column_of(slot)) is not None]
    main = assignment.column_of("address")
    if given is None or main is None or not columns or not main.texts:
        return
    counties = {text for text in columns[-1].texts if len(text) > 1}
    named = main.share_of(lambda text: any(county in text for county in counties))
    if named < 0.3:
        names = tuple(column.name for column in columns)
        given.rule = {"join": [*names, main.name]}
        given.columns = (*names, main.name)
        given.reason = joined([given.reason, both("地址里没有写区县，前面连上", "divisions are joined before it")])


def status(made: TableSuggestion, assignment: Assignment) -> None:
    """A list of outlets that says nothing of their status lists what exists."""
    given = next((item for item in made.fields if item.field == "status"), None)
    default: Rule = {"default": "open"}
    if any(item.field == "closed_on" and item.active for item in made.fields):
        default["default_with"] = {"closed_on": "closed"}
    if given is None or not given.active:
        why = both("没有营业状态一列，当作营业", "no column of status: what is listed counts as open")
        doubts = [both("请核对名单里有没有关门的", "check that none of them is closed")]
        if given is not None:
            made.fields.remove(given)
            doubts += given.doubts
        made.fields.append(FieldSuggestion("status", default, (), why, doubts))
    else:
        given.rule.update(default)
