"""Tells texts that look like the name of a private person; own choice, a list of surnames cannot be complete.

Registration lists hold individual businesses under the name of their owner (王小明, 阿依古丽·买买提). Such a name
must not be published as that of an outlet. In doubt a text counts as a name: 王府井 does, 张记 and 马家店 do not.
"""

from __future__ import annotations

import re

from circledata.values.text import clean

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
    "贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申"
    "欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓"
    "古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑"
    "迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋"
)
_COMPOUND = tuple("欧阳 上官 司马 诸葛 皇甫 尉迟 公孙 慕容 令狐 司徒 东方 夏侯 长孙 宇文 端木 南宫".split())  # noqa: SIM905
# What the name of a business ends with, even one of three characters.
_BUSINESS = (
    *(
        "店铺行馆坊屋吧社厂部城楼阁轩斋记堂庄园院所站点摊厅房居苑府号家间仓场市局药菜面粉饭茶酒花果鞋衣车鱼肉饼包汤锅串发甲修电超"
    ),
    *("中心", "公司", "百货", "餐饮", "食品", "副食", "五金"),
)
_INDIVIDUAL = re.compile(r"\s*[（(]\s*个体工商户\s*[)）]\s*$")
_MASKED = re.compile(r"([\u4e00-\u9fff]{1,2})[*＊某×xX]{1,2}[\u4e00-\u9fff]?")
_HAN = re.compile(r"[\u3400-\u9fff]{2,4}")
_DOTTED = re.compile(r"[\u4e00-\u9fff]{2,8}(?:[·•・.．][\u4e00-\u9fff]{2,8}){1,3}")


def without_form(name: str) -> str:
    """Return a registered name without the form that some end with: 东街便利店（个体工商户） → 东街便利店."""
    return _INDIVIDUAL.sub("", clean(name))


def looks_like_person(text: str) -> bool:
    """Tell whether `text` looks like the name of a person, also masked (张*, 李某某) or with （个体工商户） after it.

    Two or three Chinese characters that begin with a surname, four with one of two characters, or names joined by `·`;
    none that end like the name of a business.
    """
    plain = without_form(text).replace(" ", "")
    masked = _MASKED.fullmatch(plain)
    if masked:
        return masked.group(1)[0] in _SURNAMES
    if plain.endswith(_BUSINESS):
        return False
    if _DOTTED.fullmatch(plain):
        return True
    if not _HAN.fullmatch(plain):
        return False
    return plain.startswith(_COMPOUND) if len(plain) == 4 else plain[0] in _SURNAMES or plain.startswith(_COMPOUND)
