"""Periods as they stand in people's tables: Jan-26, 2026.01, 26年9月, FY25-26, Excel's dates.

Read is what can mean one thing only; what cannot is refused in words that say what it looks like. The files
of the handbook itself (YAML) keep to the spellings of `Period.parse`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.calendar import Calendar
from generator.model.period import Frequency, Period, period_on
from generator.problems import found

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DIGITS = {
    "〇": 0,
    "零": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_YEAR, _SHORT = r"((?:19|20|21)[0-9]{2})", r"'?([0-9]{2})"
_MIDNIGHT = re.compile(
    _YEAR + r"[-/.年](0?[1-9]|1[0-2])[-/.月](0?[1-9]|[12][0-9]|3[01])日?[ T]+0{1,2}:00(?::00(?:\.0+)?)?"
)
TOTALS = frozenset(
    [
        "合计",
        "总计",
        "小计",
        "累计",
        "平均",
        "均值",
        "平均值",
        "年累计",
        "本年累计",
        "ytd",
        "total",
        "totals",
        "sum",
        "subtotal",
        "average",
        "mean",
        "avg",
    ]
)
_NO_YEAR = re.compile(
    r"第?\s*(?P<week>[0-9]{1,2})\s*周|(?:W|WK|CW|KW|Week)[- .]?(?P<iso>[0-9]{1,2})"
    r"|(?P<of>[0-9]{1,2})月份?(?:(?P<day>[0-9]{1,2})[日号])?"
    r"|(?P<spelled>十?[一二三四五六七八九]|十)月份?|(?P<name>" + _NAME + ")"
    r"|Q[- ]?(?P<quarter>[1-4])|(?P<q>[1-4])Q|第?(?P<season>[一二三四1-4])季度?"
    r"|H[- ]?(?P<half>[12])|(?P<h>[12])H|(?P<side>[上下])半年",
    re.IGNORECASE,
)
"""Parts of a year that do not say of which."""
TOTAL_HINT = "results hold no totals: delete the row, or name it under `skip` in data/results.map.yml"


@dataclass(frozen=True, slots=True)
class DateCell:
    """A spreadsheet's date; a longer period that it begins or ends may be meant."""

    day: date


@dataclass(frozen=True, slots=True)
class PeriodFault:
    """Why a text is no period, and what to do."""

    message: str
    hint: str


def read_period(text: str, calendar: Calendar) -> Period | DateCell | PeriodFault:
    """The period of a cell, or what it looks like."""
    if not text.strip():
        hint = "every row has its period; of cells that were merged only the first keeps it: fill it down"
        return PeriodFault("the cell is blank", hint)
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        whole = Period.parse(text)
        spans = whole.frequency == "two-year" and not plain.casefold().endswith("2y")
        pair = re.sub("[—~]", "-", plain).removesuffix("年")
        account = _fiscal(pair, calendar) if spans and calendar.in_two_years else None
        return account or _paired(whole, calendar)
    except ValueError as error:
        message, _, hint = str(error).partition("; ")
    cell = _MIDNIGHT.fullmatch(plain)
    try:
        if cell:
            return DateCell(date(*map(int, cell.groups())))
        made = _certain(plain) or _fiscal(plain, calendar)
    except ValueError:
        return PeriodFault(f"{found(text)} is not in the calendar", hint)
    if made:
        return made
    looks = _looks_like(plain)
    return PeriodFault(f"{found(text)} {looks[0]}", looks[1]) if looks else PeriodFault(message, hint)


def _paired(made: Period, calendar: Calendar) -> Period | PeriodFault:
    """The period; two years that the handbook counts otherwise are refused."""
    if made.frequency != "two-year" or calendar.of(calendar.start(made), "two-year") == made:
        return made
    first = calendar.two_years_from
    message = (
        f"'{made}' begins in {made.year}, but the handbook's two years in {first}, {first + 2} and so on"
    )
    return PeriodFault(
        message, "set two_years_from in data/handbook.yml, or write the years as it counts them"
    )


def settled(day: date, frequency: Frequency, calendar: Calendar) -> Period:
    """What a spreadsheet's date means at a frequency: the period that it begins or ends, else the day."""
    whole = calendar.of(day, frequency)
    return whole if day in (calendar.start(whole), calendar.end(whole)) else period_on(day, "day")


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].casefold()) + 1


def _certain(plain: str) -> Period | DateCell | None:
    """Spellings that can mean one thing only."""
    for pattern, make in _CERTAIN:
        match = re.fullmatch(pattern, plain, re.IGNORECASE)
        if match:
            return make(match)
    spelled = re.sub(
        "^[〇零○一二三四五六七八九]{4}(?=年)",
        lambda year: "".join(str(_DIGITS[one]) for one in year[0]),
        plain,
    )
    spelled = re.sub(
        "(?<=年)(十?[一二三四五六七八九十])(?=月)", lambda month: str(_number(month[1])), spelled
    )
    if spelled != plain:
        return Period.parse(spelled)
    return None


def _number(chinese: str) -> int:
    if chinese == "十":
        return 10
    return 10 + _DIGITS[chinese[1]] if len(chinese) == 2 else _DIGITS[chinese]


def _english(match: re.Match[str]) -> Period:
    return Period("month", _full(match[2]), _month(match[1]))


def _part(frequency: Frequency, year: int, number: int) -> Callable[[re.Match[str]], Period]:
    """A part of a year; `year` and `number` are the groups that hold them."""
    return lambda match: Period(frequency, _full(match[year]), int(match[number]))


def _written_day(year: int, month: int, day: int) -> Callable[[re.Match[str]], Period]:
    return lambda match: period_on(date(_full(match[year]), int(match[month]), int(match[day])), "day")


_TWO = r"(0[1-9]|1[0-2])"
_CERTAIN: tuple[tuple[str, Callable[[re.Match[str]], Period]], ...] = (
    (_NAME + r"[-/ ,']*" + _YEAR, _english),
    (_NAME + r"[-/ ']+" + _SHORT, _english),
    (_YEAR + r"[-/ ,]*" + _NAME, lambda match: Period("month", int(match[1]), _month(match[2]))),
    (_YEAR + r"\." + _TWO, _part("month", 1, 2)),
    (_YEAR + r"\.([2-9])", _part("month", 1, 2)),  # 2026.9 lost no zero: there is no month 90
    (_YEAR + r" ?M(0?[1-9]|1[0-2])", _part("month", 1, 2)),
    (r"(0?[1-9]|1[0-2])/" + _YEAR, _part("month", 2, 1)),
    (_YEAR + r"年\s*(0?[1-9]|1[0-2])\s*月份?", _part("month", 1, 2)),
    (r"([0-9]{2})年\s*(0?[1-9]|1[0-2])\s*月份?", _part("month", 1, 2)),
    (_YEAR + r"年\s*(0?[1-9]|1[0-2])月(0?[1-9]|[12][0-9]|3[01])[日号]?", _written_day(1, 2, 3)),
    (_YEAR + r"\.(0?[1-9]|1[0-2])\.(0?[1-9]|[12][0-9]|3[01])", _written_day(1, 2, 3)),
    (r"(1[3-9]|2[0-9]|3[01])[/.-](0?[1-9]|1[0-2])[/.-]" + _YEAR, _written_day(3, 2, 1)),
    (r"(0?[1-9]|1[0-2])[/.-](1[3-9]|2[0-9]|3[01])[/.-]" + _YEAR, _written_day(3, 1, 2)),
    (r"Q([1-4])[-/ ]?" + _YEAR, _part("quarter", 2, 1)),
    (r"Q([1-4])[-/ ']+" + _SHORT, _part("quarter", 2, 1)),
    (r"([1-4])Q[-/ ']*(" + _YEAR[1:-1] + r"|[0-9]{2})", _part("quarter", 2, 1)),
    (_YEAR + r"年\s*Q([1-4])", _part("quarter", 1, 2)),
    (_YEAR + r"[-/ ]?([1-4])季度", _part("quarter", 1, 2)),
    (r"H([12])[-/ ]?" + _YEAR, _part("half", 2, 1)),
    (r"([12])H[-/ ']*(" + _YEAR[1:-1] + r"|[0-9]{2})", _part("half", 2, 1)),
    (r"W(?:eek )?(0?[1-9]|[1-4][0-9]|5[0-3])[-/ ]" + _YEAR, _part("week", 2, 1)),
)  # fmt: skip


def _fiscal(plain: str, calendar: Calendar) -> Period | PeriodFault | None:
    """Years of account and their parts, of which the handbook's calendar says when they start."""
    pair = re.fullmatch(
        r"(?:FY|财年)?\s*(?:20)?([0-9]{2})\s*([-/–])\s*(?:20)?([0-9]{2})(?:财年|年度)?", plain, re.IGNORECASE
    )
    if pair and int(pair[3]) == (int(pair[1]) + 1) % 100:
        year = _full(pair[3] if calendar.named_by == "end" else pair[1])
        named = bool(re.match("FY|财年", plain, re.IGNORECASE) or plain.endswith(("财年", "年度")))
        if not named and pair[2] != "/" and not re.fullmatch("20[0-9]{2}[-–]20[0-9]{2}", plain):
            what = f"could be the year of account {plain} or week {pair[3]}"
            return PeriodFault(f"'{plain}' {what}", f"write {year} or 20{pair[1]}-W{pair[3]}")
        if not calendar.in_two_years:
            what = "spans two calendar years, but the handbook's years start in January"
            return PeriodFault(f"'{plain}' {what}", "set fiscal_year in data/handbook.yml, or write one year")
        return Period("year", year)
    return _named_year(plain, calendar)


_FY = r"(?:FY|财年)\s*'?(?P<{0}>(?:20)?[0-9]{{2}})"
_NAMED = re.compile(
    rf"{_FY.format('a')}(?:[-/ ]*(?P<part>[QH][1-4]))?|(?P<before>[QH][1-4])[-/ ,]*{_FY.format('b')}"
    r"|(?P<c>(?:20)?[0-9]{2})财年(?:度)?(?:(?P<numeral>[上下])半年|第?(?P<quarter>[一二三四1-4])季度?)?",
    re.IGNORECASE,
)


def _named_year(plain: str, calendar: Calendar) -> Period | PeriodFault | None:
    """FY26, 26财年 and their quarters and halves: as the handbook names its years, where it says so."""
    found_ = _NAMED.fullmatch(plain)
    if not found_:
        return None
    year = _full(found_["a"] or found_["b"] or found_["c"])
    if calendar.in_two_years and calendar.named_by is None:
        what = "may be named after the year in which it starts or in which it ends"
        hint = (
            "say `fiscal_year: {starts: …, named_by: start}` (or end) in data/handbook.yml; until then years"
        )
        return PeriodFault(
            f"'{plain}' {what}",
            f"{hint} are named after the one they start in: {year}, or {year - 1} if it ends in {year}",
        )
    part = found_["part"] or found_["before"]
    if part:
        return Period("half" if part[0] in "Hh" else "quarter", year, int(part[1]))
    if found_["numeral"]:
        return Period("half", year, "上下".index(found_["numeral"]) + 1)
    if found_["quarter"]:
        return Period("quarter", year, _DIGITS.get(found_["quarter"]) or int(found_["quarter"]))
    return Period("year", year)


def _looks_like(plain: str) -> tuple[str, str] | None:
    """What a text that is no period looks like, and what to do."""
    folded = plain.casefold()
    if folded in TOTALS:
        return "looks like a row of totals, not a period", TOTAL_HINT
    if re.search("累计|截至|ytd|year to date", folded):
        return "looks like a figure summed up since the year began", (
            "write what each period added; longer periods are summed by `rollup: sum`"
        )
    remark = re.fullmatch(r"(.+?)\s*\((.+)\)", plain)
    if remark:
        return f"looks like {remark[1]} with the remark '{remark[2]}'", (
            "write the period alone; 'estimate' goes into the column 'status', words into 'note'"
        )
    if re.fullmatch(r"(?:[0-9]{2,4}\s*年)?\s*[0-9]{1,2}\s*月?\s*[-—–~至到]+\s*[0-9]{1,2}\s*月", plain):
        return "looks like several months at once", (
            "a result belongs to one month, quarter, half or year: split it, or give the quarter's"
        )
    serial = re.fullmatch(r"([34][0-9]{4}|5[0-4][0-9]{3})(?:\.[0-9]+)?", plain)
    if serial:
        day = date(1899, 12, 30) + timedelta(days=int(serial[1]))
        return f"looks like a spreadsheet's number of the day {day}", (
            f"format the column as dates before saving, or write {day:%Y-%m}"
        )
    if re.fullmatch(_YEAR + r"\.1", plain):
        year = plain[:4]
        return "could be January or an October that lost its zero", f"write {year}-01 or {year}-10"
    both = re.fullmatch(r"(0?[1-9]|1[0-2])[/.-](0?[1-9]|1[0-2])[/.-]" + _YEAR, plain)
    if both:
        one, other, year = f"{int(both[1]):02}", f"{int(both[2]):02}", both[3]
        return "could be two days: nobody says whether the day or the month is first", (
            f"write {year}-{one}-{other} or {year}-{other}-{one}"
        )
    named = re.fullmatch(r"([0-9]{1,2})[- ]" + _NAME, plain, re.IGNORECASE)
    if named:
        month = f"{_month(named[2]):02}"
        return "could be a day or a month: a spreadsheet hides its year or its day", (
            f"write the year too, like 20{int(named[1]):02}-{month}"
        )
    week = re.fullmatch(_YEAR + r"[-/](1[3-9]|[2-4][0-9]|5[0-3])", plain)
    if week:
        return f"names no month; it looks like week {week[2]} of {week[1]}", f"write {week[1]}-W{week[2]}"
    example = in_year(plain, 2026)
    if example:
        return "names no year", (
            f"write it with its year, like {example}; or give `year` in data/results.map.yml"
        )
    return None


def in_year(text: str, year: int) -> str | None:
    """A part of a year that does not say of which, as it is written with its year; None where it is none."""
    part = _NO_YEAR.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if part is None:
        return None
    week = part["week"] or part["iso"]
    if week:
        return f"{year}-W{int(week):02}"
    quarter = part["quarter"] or part["q"] or part["season"]
    if quarter:
        return f"{year}-Q{_DIGITS.get(quarter) or quarter}"
    half = part["half"] or part["h"] or (part["side"] and "上下".index(part["side"]) + 1)
    if half:
        return f"{year}-H{half}"
    month = _number(part["spelled"]) if part["spelled"] else int(part["of"] or 0) or _month(part["name"])
    return f"{year}-{month:02}" + (f"-{int(part['day']):02}" if part["day"] else "")
