"""Reads opening hours in Chinese and writes them in OSM syntax, the form of the standard's field `opening_hours`.

Source: the grammar is this project's own, made from wordings seen in map exports, shop lists and on notices; the
syntax that comes out is OpenStreetMap's (https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification), and
every rule is checked with the parser of the package opening-hours-py. `hours.words` holds the words, `hours.days`,
`hours.times` and `hours.phrases` the parser, `hours.clock` the twelve-hour clock, `hours.rules` and `hours.meaning`
what the parts say together.

    text      = { phrase | separator | bracket | noise } ;
    separator = "；" | ";" | "。" | "|" | newline | "，" | "," | "、" | "/" | blank ;
    bracket   = "（" text "）" | "（" comment "）" ;        (* days in brackets: of the times before them *)
    phrase    = days | dates | season | times | closed | break | except | normal | closed-now | comment ;
    days      = day-range { [ "、" | "和" | "及" | "/" ] day-range } | "全年无休" ;
    day-range = day [ to ( day | short-day ) ] ;
    day       = ( "周" | "星期" | "礼拜" ) short-day | "周末" | "双休日" | "工作日" | "每天" | "节假日" … ;
    dates     = date [ to [ "次年" ] date ] { "、" dates } ;
    date      = month "月" [ day "日" ] | month "/" day | month "." day ;
    times     = point to point | early-point late-point | point "开门" "，" point "关门" | "24小时" | "全天" ;
    point     = [ "次日" ] [ part-of-day ] clock [ "（次日）" ] ;
    clock     = hour ":" minute | hour ( "点" | "时" ) [ "半" | minute [ "分" ] ] | hour "." minute | hour ;
    to        = "至" | "到" | "-" | "~" | "—" … ;
    closed    = days ( "休息" | "闭馆" | "不营业" … ) | "休息日：" days ;
    break     = times "休息" | "午休" times ;
    except    = days "除外" | "除" days "外" | "不含" days ;
    normal    = days ( "照常营业" | "不休息" … ) ;
    closed-now = "暂停营业" | "停业" | "歇业" | "装修中" … ;

What the rules mean (own choices, each on the side of not guessing):

- A time without a part of the day is of the twenty-four-hour clock when it is written 08:00 or 8:00. It is unclear,
  and the text unread, where it is 点 or a bare number and no time of the text is past 12 (8点到9点, 9-6), where the
  end would lie before the start (8:30-5:30), and where it begins before five without a leading zero (2:00-5:00).
- 工作日 is Monday to Friday; public holidays and make-up days stay unsaid. 节假日 is OSM's PH.
- A later rule replaces an earlier one where it is narrower and its times overlap (每天9:00-18:00，周日10:00-16:00);
  rules for the same days add up; every other overlap is unclear.
- 节假日除外 after open hours closes on public holidays; after a closed day (周一闭馆，节假日除外) it opens on them.
- Where only closed days are told, all others are written `unknown`: OSM takes a lone `Mo off` as never open.
- Where hours pass midnight, rules stand beside each other (`,`) and a closed day is simply not named, because `Mo off`
  would also take away the small hours of Sunday night. `PH off` is kept; OSM leaves its small hours open.
- Times without any days that a `;` separates add up (11:30-14:00; 17:00-21:00), as people mean it.
- A season without dates, 每月第一个…, 隔日, 约 and all wording that the grammar does not know leave the text unread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from circledata.values.hours.clock import DAY, UnclearError
from circledata.values.hours.meaning import to_rules
from circledata.values.hours.phrases import TELLS_HOURS, Phrases
from circledata.values.hours.rules import Assembly
from circledata.values.hours.tokens import tidy, tokenise
from circledata.values.opening_hours import normalise_osm, readable


@dataclass(frozen=True, slots=True)
class HoursReading:
    """What a text says about opening hours.

    osm: the hours in the canonical spelling of OSM syntax, or None where the text only says that the place is closed
        for now.
    left: text that was understood as a mere comment and that `osm` does not hold (春节除外, 16:30停止入馆), several
        joined by ；.
    closed_for_now: the text says 暂停营业, 停业, 歇业, 装修中 or the like.
    notes: codes of `NOTE_WORDS`: what the reading rests on.
    """

    osm: str | None
    left: str = ""
    closed_for_now: bool = False
    notes: tuple[str, ...] = ()


NOTE_WORDS: Mapping[str, tuple[str, str]] = {
    "past-midnight": ("营业到第二天凌晨", "Open past midnight"),
    "twelve-hour-clock": ("按上午、下午、晚上等字样换算成24小时制", "Turned into 24-hour clock by 上午, 下午, 晚上 …"),
    "workdays": ("“工作日”按周一至周五，没有写节假日和调休", "工作日 taken as Monday to Friday; holidays not said"),
    "only-closed-days": ("只写了哪天休息，其他日子的时间不知道", "Only closed days are told; other days are unknown"),
    "break": ("扣除了中间休息的时间", "The break was taken out of the hours"),
    "holidays-by-exception": ("节假日按原文的例外规定", "Public holidays follow the exception that the text makes"),
}
"""Code of a note → its wording in Chinese and English."""

LONGEST = 500
"""Longer texts are not read: the standard's field holds 500 characters."""
# The parser's word is asked once for every shape of rules: the times, which differ from shop to shop, are written in
# one form only and lie within the day, and asking anew for each of them would take most of the time.
_CLOCK = re.compile("[0-9]{2}:[0-9]{2}")
_LATIN = re.compile("[A-Za-z]")
_HAN = re.compile("[\u3400-\u9fff]")


@lru_cache(maxsize=131_072)
def to_osm(text: str) -> HoursReading | None:
    """Return what `text`, in Chinese or already in OSM syntax, says about opening hours; None when it is not certain.

    A reading always covers the whole text: what is in neither `osm` nor `closed_for_now` stands in `left`. Raises
    nothing.

    >>> to_osm("周一至周五8:00-18:00；周末9:00-17:00").osm
    'Mo-Fr 08:00-18:00; Sa-Su 09:00-17:00'
    >>> to_osm("暂停营业")
    HoursReading(osm=None, left='', closed_for_now=True, notes=())
    >>> to_osm("8点到9点") is None
    True
    """
    plain = tidy(text)
    if not plain or len(plain) > LONGEST:
        return None
    if _LATIN.search(plain) and not _HAN.search(plain):
        hours = normalise_osm(plain)
        if hours is not None:
            return HoursReading(hours)
    parser = Phrases(plain, tokenise(plain))
    try:
        assembly = Assembly(parser.read())
        osm = to_rules(assembly)
    except UnclearError:
        return _closed_for_now(parser)
    left = "；".join(assembly.comments)
    if osm is None:
        return HoursReading(None, left, True) if assembly.paused else None
    if not readable(_CLOCK.sub("08:00", osm)):
        return None
    return HoursReading(osm, left, bool(assembly.paused), _notes(parser, assembly))


def _notes(parser: Phrases, assembly: Assembly) -> tuple[str, ...]:
    notes: list[str] = [mark for mark in ("twelve-hour-clock", "workdays") if mark in parser.marks]
    if all(rule.closed for rule in assembly.rules):
        notes.append("only-closed-days")
    if any(rule.times and rule.times[-1][1] > DAY for rule in assembly.rules):
        notes.append("past-midnight")
    if assembly.breaks:
        notes.append("break")
    if assembly.holidays_normal or any(rule.exceptions for rule in assembly.rules):
        notes.append("holidays-by-exception")
    return tuple(notes)


def _closed_for_now(parser: Phrases) -> HoursReading | None:
    """Read 暂停营业 with unknown words after it, as long as they name no day, date or time."""
    first, *rest = parser.tokens
    if first.kind != "PAUSE" or first.text == "装修" or any(token.kind in TELLS_HOURS for token in rest):
        return None
    return HoursReading(None, parser.text[first.last :].strip(" ，,；;。、：:（）()"), True)
