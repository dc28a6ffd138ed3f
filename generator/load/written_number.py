"""Numbers as they stand in people's tables: (1,240.5), ¥1,240.50, 1240.5万, 1234元, —, and what is no number.

Read is what can mean one thing only. What stands beside a number (万, 元, ¥) is kept: only the indicator's
unit can tell whether it fits. Everything else is refused in words that say what it looks like.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from generator.load.number import Number, NumberFault, parse_number
from generator.model.exact import times
from generator.model.text import Text
from generator.model.unit import sizes_of
from generator.problems import found

MULTIPLES = {"百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
"""Chinese words for powers of ten, as they stand behind a number."""
_CURRENCIES = (
    frozenset(("¥", "元", "rmb", "cny", "人民币", "人民币元", "yuan", "块")),
    frozenset(("$", "us$", "usd", "美元", "dollars", "dollar", "us dollars")),
    frozenset(("€", "eur", "欧元", "euro", "euros")),
    frozenset(("£", "gbp", "英镑", "pounds")),
    frozenset(("hk$", "hkd", "港元", "港币")),
    frozenset(("¥", "jpy", "日元", "yen")),
)
NO_SIZES: Mapping[str, float] = {}
NO_VALUE = frozenset(
    ("-", "--", "---", "—", "——", "―", "/", "n/a", "na", "n.a.", "#n/a", "nan", "无", "无数据", "暂无", "空")
)
"""Cells that say that there is no value, in small letters; a cell of Excel's #N/A is one."""
ERRORS = {
    "#div/0!": "it divided by nothing", "#value!": "a formula got text", "#ref!": "a cell is gone",
    "#name?": "a formula names something unknown", "#num!": "a formula has no result",
    "#null!": "ranges do not meet", "#spill!": "a formula found no room", "#calc!": "a formula failed",
}  # fmt: skip

_BEFORE = r"(?:(?P<before>US\$|HK\$|[$¥€£]|RMB|CNY|USD|EUR|GBP|HKD|JPY|人民币)\s*)?"
_NUMBER = r"(?P<number>[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)"
_AFTER = r"\s*(?P<after>[^\W\d_%](?:[^\W_]|[/·. ²³])*|%)?"
_WRITTEN = re.compile(_BEFORE + _NUMBER + _AFTER, re.IGNORECASE)
_SPACED = re.compile(r"([-+]?[0-9]{1,3}(?: [0-9]{3})+)(?:([.,])([0-9]+))?")
_INDIAN = re.compile(r"[-+]?[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]*)?")
_POINTS = re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]*)?|[-+]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
_MARKED = re.compile(
    r"(?P<number>[-+]?[0-9][0-9,]*(?:\.[0-9]+)?\s*%?)\s*"
    r"(?P<mark>[*†‡§#]+|[\[【〔][^\]】〕]{1,6}[\]】〕]|\([^()]{1,6}\)|注[0-9一二三四五六七八九]*)"
)
_BOUND = re.compile(
    r"(?P<sign><=|>=|[<>≤≥~≈])\s*[0-9].*|(?P<about>约|近|不足|超过|大于|小于|about|over|under)\s*[0-9].*"
)
_RANGE = re.compile(r"[0-9.]+\s*(?:-|~|–|—|至|到)\s*[0-9.]+\s*%?")
_CLOCK = re.compile(r"[0-9]{1,4}:[0-9]{2}(?::[0-9]{2})?")
_STATES = {
    "p": "provisional", "初步": "provisional", "暂估": "provisional", "e": "estimate", "f": "estimate",
    "预计": "estimate", "预估": "estimate", "估计": "estimate",
}  # fmt: skip


def read_number(text: str) -> Number | NumberFault:
    """A number from a cell's stripped, non-blank text; a cell that says there is none: NaN, its text."""
    made = parse_number(text)
    if isinstance(made, Number):
        return made
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    if plain.casefold() in NO_VALUE:
        return Number(float("nan"), 0, False, text)
    quoted = re.fullmatch(r"=\"([^\"]*)\"|'(.*)", plain)
    if quoted:
        inner = parse_number((quoted[1] or quoted[2] or "").strip() or "?")
        return inner if isinstance(inner, Number) else made
    looks = _looks_like(text, plain)
    if looks:
        return NumberFault(f"needs a number, {looks[0]}", looks[1])
    spaced = _SPACED.fullmatch(plain)
    if spaced:
        return parse_number(f"{spaced[1].replace(' ', '')}.{spaced[3] or ''}".removesuffix("."))
    inside = re.fullmatch(r"\((.+)\)", plain)  # how bookkeepers write what is below 0
    body = inside[1].strip() if inside else plain
    amount = _amount(body)
    if amount is None or (inside and amount.value <= 0):
        return made
    return replace(amount, value=-amount.value) if inside else amount


def _amount(text: str) -> Number | None:
    """A number with a currency before it, or a unit after it."""
    sign = "-" if re.match(r"-\s*[$¥€£]", text) else ""
    match = _WRITTEN.fullmatch(text[1:].lstrip() if sign else text)
    if not match or not re.search("[0-9]", match["number"]) or (match["before"] and match["after"] == "%"):
        return None
    made = parse_number(sign + match["number"])
    if not isinstance(made, Number):
        return None
    if match["after"] == "%":
        return replace(made, percent=True)
    return replace(made, unit=" ".join(part for part in (match["after"], match["before"]) if part))


def _looks_like(text: str, plain: str) -> tuple[str, str] | None:
    """What a cell that is no number looks like, and what to do; None where nothing is known of it."""
    shown = found(text)
    alone = "write the number alone"
    if plain.casefold() in ERRORS:
        reason = ERRORS[plain.casefold()]
        return f"found {shown}: a spreadsheet's error, {reason}", (
            "correct the formula, or leave the cell blank and say why in the column 'note'"
        )
    raised = next((place for place, letter in enumerate(text) if unicodedata.category(letter) == "No"), None)
    marked = _MARKED.fullmatch(plain if raised is None else f"{text[:raised].strip()}*")
    if marked and raised != 0:
        mark = text[raised:].strip() if raised is not None else marked["mark"]
        inner = mark.strip("()[]【】〔〕")
        number = marked["number"].strip()
        if _STATES.get(inner.casefold()):
            where = f"'{_STATES[inner.casefold()]}' in the column 'status'"
        else:
            where = "what the mark says in the column 'note'"
        return f"found {shown}: it looks like {number} with the mark '{mark}'", f"write {number}, and {where}"
    bound = _BOUND.fullmatch(plain)
    if bound:
        return f"found {shown}: it looks like a bound, not a value", (
            "leave the cell blank and say so in the column 'note', or write the value"
        )
    if _INDIAN.fullmatch(plain):
        return f"found {shown}: it looks like Indian grouping", f"write {plain.replace(',', '')}"
    if _POINTS.fullmatch(plain):
        whole = plain.replace(".", "").replace(",", ".")
        return f"found {shown}: its points look like thousands separators", f"write {whole}"
    spaced = _SPACED.fullmatch(plain)
    if spaced and spaced[2] == "," and len(spaced[3]) == 3:
        return f"found {shown}: its comma could part thousands or decimals", "write decimals with a point"
    if _RANGE.fullmatch(plain):
        return (
            f"found {shown}: it looks like a range",
            f"{alone}, or leave the cell blank and say why in 'note'",
        )
    if _CLOCK.fullmatch(plain):
        return (
            f"found {shown}: it looks like a time",
            "write the duration as a number in the indicator's unit",
        )
    return None


def factor_of(
    written: str,
    unit: Text | None,
    systems: Iterable[Mapping[str, float]] = (),
    sizes: Mapping[str, float] = NO_SIZES,
) -> float | None:
    """What a number beside which `written` stands is multiplied by to be in an indicator's unit; None: unfit.

    1240.5万 of an indicator in 元 is multiplied by 10,000; of one in 万元 it stands as it is. `systems` say
    how much each of their units is of a common measure; `sizes`, what a language's words multiply values by.
    """
    named: dict[float, list[str]] = {}
    for name, size in sizes_of(unit, sizes) if unit else ():
        whole = _folded(name)
        # Of 元/人 people write 元: what it is counted per is the indicator's, not the cell's.
        named.setdefault(size, []).extend(dict.fromkeys((whole, whole.partition("/")[0].strip() or whole)))
    # A unit in the size of the data is asked first: 万 alone is that of 万元.
    by_size = sorted(named.items(), key=lambda one: one[0] != 1) or [(1.0, [])]
    for size, names in by_size:
        known = _known_factor(written, names)
        if known is not None:
            return known / size
    for system in systems:
        folded = {_folded(name): amount for name, amount in system.items()}
        given = _worth(folded, [_folded(written)])
        for size, names in by_size:
            own = _worth(folded, names)
            if given is not None and own is not None:
                return given / own / size
    return None


def _worth(system: Mapping[str, float], names: Sequence[str]) -> float | None:
    """How much a unit is by any of its names or signs; None where the system has none, or ¥ may be two."""
    exact = [system[name] for name in names if name in system]
    alike = {amount for own, amount in system.items() if any(_same(own, name) for name in names)}
    if exact:
        return exact[0]
    return alike.pop() if len(alike) == 1 else None


def _known_factor(written: str, names: Sequence[str]) -> float | None:
    for part in written.split(" ") if len(written.split(" ")) == 2 and _is_money(written) else [written]:
        own = _folded(part)
        if any(_same(own, name) for name in names):
            return 1.0
        multiple = _multiple(own)
        rest = own.removeprefix(multiple)
        for name in names or [""]:
            if not multiple:
                continue
            if not rest and name.startswith(multiple):
                return 1.0
            if not rest or _same(rest, name):
                return float(MULTIPLES[multiple]) if not _multiple(name) else None
    return None


def scaled(value: float, factor: float) -> float:
    """The product, as it would be written."""
    return (
        times(value, factor) if factor == int(factor) else float(Decimal(repr(value)) * Decimal(repr(factor)))
    )


def _is_money(written: str) -> bool:
    return any(_folded(written.rsplit(" ", maxsplit=1)[-1]) in names for names in _CURRENCIES)


def _multiple(unit: str) -> str:
    return max((word for word in MULTIPLES if unit.startswith(word)), key=len, default="")


def _same(one: str, other: str) -> bool:
    return one == other or any(one in names and other in names for names in _CURRENCIES)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
