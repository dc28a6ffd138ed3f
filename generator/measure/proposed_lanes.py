"""Who does a step, as lanes of a proposed map: roles, units and machines of the log, never people.

A column that says roles (`role`, `department`, `team` …) is taken as it stands, less what looks like a
person. `resource` mostly holds people: it is taken only where every one of its names says a role, a unit or
a machine. A name behind which fewer than `LEAST` cases stand is none. Where nothing is left the lane is
asked of the author, who is told so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.collect.fault import SourceFaultError
from generator.measure.log_tables import ACTIVITY, CASE, LogTables

COLUMNS = ("lane", "role", "department", "team", "unit", "org_group", "org_role")
"""Columns that are taken for roles without being asked, the first that there is."""
LEAST, MOST = 5, 12
"""Cases behind a lane; and lanes: what names more is a list of people or places."""
UNKNOWN = "TODO"
_ROLE_ZH = re.compile(
    r"(部|部门|科|科室|组|小组|处|室|院|局|中心|台|岗|班|队|厂|车间|仓|仓库|库|店|线|系统|平台|机器人|程序|自动"
    r"|员|专员|客服|财务|采购|销售|生产|质检|物流|人事|法务|研发|运营|病区|药房|窗口)$"
)
_PERSON_ZH = re.compile(
    r"[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞"
    r"任袁柳史唐费廉岑薛雷贺倪汤滕殷罗毕郝安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅"
    r"庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓"
    r"郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳刘叶白肖关曾聂温牛丰葛谭覃申]"
    r"([\u4e00-\u9fff]{1,2}|(先生|女士|经理|主任|总|工|师傅|老师|医生|护士|科长|处长|主管|院长|班长|组长))"
    r"([ (（·\-_].*)?"
)
_ROLE_EN = re.compile(
    r"\b(accounting|accounts|agent|archive|assembly|automation|batch|billing|board|bot|centre|center|clerk"
    r"|committee|control|counter|customer service|dep(artmen)?t|desk|dispatch|division|doctor|engineering"
    r"|factory|finance|group|hr|inspection|inspector|it|lab|laboratory|legal|line|logistics|machine|management"
    r"|manager|marketing|nurse|office|officer|operations|operator|pharmacy|plant|planning|procurement|production"
    r"|purchasing|quality|reception|robot|sales|scheduler|section|server|service|shop|staff|store|stores|support"
    r"|system|team|treasury|unit|ward|warehouse|workflow|workshop)\b",
    re.IGNORECASE,
)
_PERSON_EN = re.compile(
    r".*@.*|(?i:mr|mrs|ms|miss|dr|prof)\.? .+|[A-Z][\w'’-]+,? [A-Z]([\w'’-]*|\.)( [A-Z][\w'’-]+)?"
    r"|[A-Z]\. ?[A-Z][\w'’-]+|[a-z]+\.[a-z]+|[A-Za-z]{0,8}[-_ ]?\d{2,}"
)
_TITLED = re.compile(
    r"(agent|clerk|doctor|inspector|manager|nurse|officer|operator) ([A-Z][\w'’-]+)", re.IGNORECASE
)
_SURNAME = re.compile(r"[A-Z][\w'’-]+ (Ward|Store|Hall)")


@dataclass(frozen=True, slots=True)
class LaneRows:
    """The lane of each step, and the column that said it."""

    lanes: dict[str, str]
    column: str | None


def lanes_of(tables: LogTables, names: list[str], asked: str | None) -> LaneRows:
    """Each step's lane: who does most of it. SourceFaultError for a column that the log has not."""
    if asked is not None and asked not in tables.columns:
        there = ", ".join(tables.columns)
        raise SourceFaultError(f"{tables.place}: the log has no column {asked}; it has {there}")
    column = asked or next((name for name in (*COLUMNS, "resource") if name in tables.columns), None)
    if column is None:
        return LaneRows(dict.fromkeys(names, UNKNOWN), None)
    own = f'cast("{column}" as varchar)'
    sizes = tables.ask(
        f"select {own} as who, count(distinct {CASE}) as n from handbook_raw"
        f' where "{column}" is not null group by {own}'
    )
    whos = [str(who) for who, n in sizes if int(str(n)) >= LEAST]
    if column == "resource" and not all(_says_role(who) for who in whos):
        return LaneRows(dict.fromkeys(names, UNKNOWN), None)
    told = {who for who in whos if not looks_like_a_person(who)}
    if not told or len(told) > MOST:
        return LaneRows(dict.fromkeys(names, UNKNOWN), None)
    rows = tables.ask(
        f"select {ACTIVITY} as step, {own} as who, count(*) as n from handbook_raw"
        f' where "{column}" is not null and activity is not null group by {ACTIVITY}, {own}'
    )
    most: dict[str, str] = {}
    for step, doer, _ in sorted(rows, key=lambda row: (-int(str(row[2])), str(row[0]), str(row[1]))):
        if str(doer) in told:
            most.setdefault(str(step), str(doer).strip())
    return LaneRows({name: most.get(name, UNKNOWN) for name in names}, column)


def looks_like_a_person(who: str) -> bool:
    """Whether this may name somebody: a name, a name with a title, an address, a number of staff."""
    text = who.strip()
    if _PERSON_ZH.fullmatch(text):
        return len(text) < 3 or not _ROLE_ZH.search(text)
    titled = _TITLED.fullmatch(text)
    if titled:
        return not _ROLE_EN.search(titled[2])
    if _SURNAME.fullmatch(text):
        return True
    return bool(_PERSON_EN.fullmatch(text)) and not _ROLE_EN.search(text)


def _says_role(who: str) -> bool:
    """Whether this names a role, a unit or a machine by its words, and no person beside them."""
    text = who.strip()
    return bool(_ROLE_ZH.search(text) or _ROLE_EN.search(text)) and not looks_like_a_person(text)
