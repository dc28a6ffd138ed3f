"""Section 3 again: what is told of a series' newest value, what was told before, and what chance brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from math import ceil, comb, floor, inf, log2, sqrt
from statistics import median
from typing import Any

from scipy.special import betaincinv, fdtrc, ndtr, stdtr

from tests.recount.chart import Chart, Ends, cut, fixed_after, starts, variation
from tests.recount.files import Files
from tests.recount.periods import Span, holding, longer, within
from tests.recount.rare import RareChart, is_rare
from tests.recount.standing import Line, Told

Figure = Fraction | float | int | str | None
Named = Iterator[tuple[str, Figure]]
SEASONS = {"month": (12, 24), "quarter": (4, 12), "week": (52, 104)}
MEASURED = {
    6: (.0109, .1077), 7: (.0132, .0942), 8: (.0136, .0842), 9: (.0137, .0761), 10: (.0137, .0698),
    11: (.0137, .0653), 12: (.0145, .0618), 14: (.0141, .0548), 16: (.0149, .0502), 18: (.0157, .0468),
    20: (.0163, .0428), 24: (.0157, .0401), 30: (.0168, .0351), 36: (.0169, .0322), 48: (.0181, .0299),
    60: (.0178, .0276), 84: (.0196, .0253), 120: (.0193, .0246),
}  # fmt: skip
"""False signals at the newest value by the number of values: limits from all, limits that stand still."""
DAYS = {
    "two-year": 730.5,
    "year": 365.25,
    "half": 365.25 / 2,
    "quarter": 365.25 / 4,
    "month": 365.25 / 12,
    "week": 7,
    "day": 1,
}


def charts(files: Files, line: Line) -> list[tuple[int, Chart | RareChart]]:
    """(first place, chart) of every segment."""
    indicator, fixed = files.indicators[line.key[0]], fixed_after(files, line)
    begun = starts(files, line)
    return [
        (first, _chart(line.points[first:end], indicator, fixed))
        for first, end in zip(begun, [*begun[1:], len(line.points)], strict=True)
    ]


def _chart(points: Sequence[Told], indicator: Mapping[str, Any], fixed: int | None) -> Chart | RareChart:
    if is_rare(points, indicator):
        return RareChart(points, fixed)
    return Chart(points, indicator, fixed).on_one_level()


def signals(files: Files, line: Line, ends: Ends, period: Span) -> Named:
    """(name below the series, figure) of limits, marks and everything that is told of the newest value."""
    indicator = files.indicators[line.key[0]]
    said: list[str | None] = []
    for number, (_, chart) in enumerate(charts(files, line), 1):
        for one, mark, told in _points(chart, indicator, ends):
            at = f"points/{one.period.name}"
            said.append(mark)
            yield f"{at}/segment", number
            for name, figure in told.items():
                yield f"{at}/{name}", figure
    newest = max((place for place, one in enumerate(line.points) if one.value is not None), default=None)
    if newest is None:
        return
    yield "variation", said[newest]
    chart = next(chart for first, chart in reversed(charts(files, line)) if first <= newest)
    yield from _newest(chart, line, indicator, line.points[newest], said[newest])
    for review, place in _reviews(files, line, period):
        first = max(one for one in starts(files, line, place + 1) if one <= place)
        then = _chart(line.points[first : place + 1], indicator, fixed_after(files, line))
        one, spoken, told = list(_points(then, indicator, ends))[-1]
        yield f"told/{one.period.name}/review", review.name
        yield f"told/{one.period.name}/limits", then.basis if then.limited else None
        yield f"told/{one.period.name}/variation", spoken
        yield f"told/{one.period.name}/now", said[place]
        if then.limited:
            yield f"told/{one.period.name}/mark", told["mark"]


def _points(
    chart: Chart | RareChart, indicator: Mapping[str, Any], ends: Ends
) -> Iterator[tuple[Told, str | None, dict[str, Figure]]]:
    """(point, what it says, its figures on the chart)."""
    if isinstance(chart, RareChart):
        pauses, marks = chart.by_period()
        turned = {"high": "low", "low": "high", None: None}
        sides: list[str | None] = [turned[side] for _, side in marks]
    else:
        pauses, marks = [None] * len(chart.points), chart.marks()
        sides = [side for _, side in marks]
    for place, one in enumerate(chart.points):
        known = one.value is not None and chart.limited
        said = variation(sides[place], indicator) if known else None
        centre, lower, upper = _ends(chart, one, ends)
        yield one, said, {
            "centre": centre, "lower": lower, "upper": upper, "pause": pauses[place],
            "mark": marks[place][0] if said is not None else None, "mark_side": marks[place][1],
        }  # fmt: skip


def _ends(chart: Chart | RareChart, one: Told, ends: Ends) -> tuple[float | None, float | None, float | None]:
    if not chart.limited:
        return None, None, None
    if isinstance(chart, RareChart):
        return chart.centre, float(chart.ends[0]), float(chart.ends[1])
    centre, reach = float(chart.centre), chart.reach(one)
    if reach is None:
        return centre, None, None
    return centre, cut(centre - reach, ends), cut(centre + reach, ends)


def _reviews(files: Files, line: Line, period: Span) -> Iterator[tuple[Span, int]]:
    """(long period, place of the newest value in it) of all that ended by the one that is told."""
    found: dict[Span, int] = {}
    for place, one in enumerate(line.points):
        if one.value is not None:
            seldom = longer(one.period.often, files.long)
            review = (
                holding(one.period.last, files.long, files.starts)
                if seldom
                else within(one.period, files.long, files.starts)
            )
            if review.last <= period.last:
                found[review] = place
    yield from found.items()


def _newest(
    chart: Chart | RareChart, line: Line, indicator: Mapping[str, Any], newest: Told, said: str | None
) -> Named:
    rare = isinstance(chart, RareChart)
    yield "chart", "rare" if isinstance(chart, RareChart) else "cases" if chart.by_cases else "single"
    yield "limits", chart.basis if chart.limited else None
    yield "limit_values", len(chart.base)
    yield "expected_false", false_rate(chart)
    values = (
        [Fraction(one) for one in chart.by_period()[0] if one is not None]
        if isinstance(chart, RareChart)
        else [one.value for one in chart.known if one.value is not None]
    )
    for name, figure in _runs(values).items():
        yield f"run_rules/{name}", figure
    lag = None if isinstance(chart, RareChart) else autocorrelation(chart)
    yield "autocorrelation", lag
    cautions = [] if isinstance(chart, RareChart) else list(_cautions(chart, line.often, lag))
    for place, caution in enumerate(cautions if chart.limited else ()):
        yield f"cautions/{place}", caution
    tied = lag if "together" in cautions else None
    chance = (
        None
        if isinstance(chart, RareChart) or rare or chart.basis != "full" or said != "normal"
        else _chance(chart, newest, indicator, min(tied or 0.0, 0.9))
    )
    told = chance if chance and chance[2] - chance[1] <= 0.5 else None
    for place, name in enumerate(("share", "low", "high") if told else ()):
        yield f"chance/{name}", told[place] if told else None
    yield "assurance", _word(told) if told else None


def _word(chance: tuple[float, float, float]) -> str:
    return "met" if chance[1] >= 0.9 else "missed" if chance[2] <= 0.1 else "hit-and-miss"


def false_rate(chart: Chart | RareChart) -> float:
    """Chance of a false signal at the newest value."""
    if not chart.limited or (isinstance(chart, Chart) and chart.spread == 0):
        return 0.0
    if isinstance(chart, RareChart):
        return 0.003
    stands = bool(chart.fixed or (isinstance(chart, Chart) and chart.level))
    column, known = int(stands), sorted(MEASURED)
    size = min(max(len(chart.base), known[0]), known[-1])
    for low, high in pairwise(known):
        if low <= size <= high:
            share = (size - low) / (high - low)
            return MEASURED[low][column] * (1 - share) + MEASURED[high][column] * share
    raise AssertionError(size)


def by_chance(rates: Sequence[tuple[float, str]], long: str) -> dict[str, Figure]:
    """Of (rate, frequency) of all charts of a list, each once."""
    known = [(rate, often) for rate, often in rates if rate > 0]
    return {
        "charts": len(known),
        "signals": sum(rate for rate, _ in known),
        "in_review": sum(rate * DAYS[long] / DAYS[often] for rate, often in known),
    }


def _runs(values: Sequence[Fraction]) -> dict[str, Figure]:
    """The run chart's two questions with their limits."""
    middle = median(values) if values else None
    sides = [one > middle for one in values if middle is not None and one != middle]
    if not sides:
        return {}
    runs, n = [len(list(group)) for _, group in groupby(sides)], len(sides)
    quantile = next(k for k in range(n) if 20 * sum(comb(n - 1, i) for i in range(k + 1)) >= 2 ** (n - 1))
    return {
        "longest": max(runs), "longest_limit": round(log2(n)) + 3,
        "crossings": len(runs) - 1, "crossings_limit": quantile,
    }  # fmt: skip


def _rest(chart: Chart) -> list[float | None]:
    """Deviations from the centre, each times the root of its weight, gaps kept; of several levels, of one."""
    meant = {id(one) for one in chart.level or chart.known}
    return [chart.away(one) if id(one) in meant else None for one in chart.points]


def autocorrelation(chart: Chart) -> float | None:
    """From one value to the next, corrected for the number of them."""
    if not chart.limited:
        return None
    rest = _rest(chart)
    known = [one for one in rest if one is not None]
    mean = sum(known) / len(known)
    moved = [None if one is None else one - mean for one in rest]
    pairs = [one * two for one, two in pairwise(moved) if one is not None and two is not None]
    squares = sum(one * one for one in moved if one is not None)
    size = max((abs(one) for one in known), default=0.0)
    if len(known) < 12 or len(pairs) < 6 or squares <= (1e-12 * max(size, 1e-300)) ** 2:
        return None
    r = sum(pairs) / len(pairs) / (squares / (len(known) - 1))
    return min(r + (1 + 4 * r) / len(known), 1.0)


def _cautions(chart: Chart, often: str, lag: float | None) -> Iterator[str]:
    if lag is not None and lag > max(0.3, 1.645 / sqrt(len(chart.level or chart.known))):
        yield "together"
    if seasonal(_rest(chart), often):
        yield "season"
    if chart.indicator.get("rollup") == "ratio" and not chart.by_cases:
        yield "no-denominators"


def seasonal(rest: Sequence[float | None], often: str) -> bool:
    """An analysis of variance of the same months of the years, a straight line taken off first."""
    length, fewest = SEASONS.get(often, (0, 0))
    known = [(place, one) for place, one in enumerate(rest) if one is not None]
    if not length or len(known) < fewest:
        return False
    n = len(known)
    time, level = sum(place for place, _ in known) / n, sum(one for _, one in known) / n
    slope = sum((place - time) * (one - level) for place, one in known) / sum(
        (place - time) ** 2 for place, _ in known
    )
    left: dict[int, list[float]] = {}
    for place, one in known:
        left.setdefault(place % length, []).append(one - level - slope * (place - time))
    whole = sum(one * one for own in left.values() for one in own)
    between = sum(sum(own) ** 2 / len(own) for own in left.values())
    free = n - len(left) - 1
    if free <= 0 or len(left) < 2 or whole <= 0:
        return False
    inside = max(whole - between, 1e-12 * whole)
    return bool(fdtrc(len(left) - 1, free, between / (len(left) - 1) / (inside / free)) < 0.01)


def _chance(
    chart: Chart, newest: Told, indicator: Mapping[str, Any], tied: float
) -> tuple[float, float, float] | None:
    """Share of coming periods on target, with its bounds."""
    ends = _wanted(chart, newest, indicator)
    if ends is None:
        return None
    n, centre, sigma = len(chart.base), float(chart.centre), WIDTH_OF_ONE * chart.spread
    values = [float(one.value or 0) for one in chart.base]
    often = max(values.count(value) for value in values)
    if sigma == 0 or (not chart.by_cases and 2 * often > n):
        met = sum(ends[0] <= value <= ends[1] for value in values)
        least = float(betaincinv(met, n - met + 1, 0.025)) if met else 0.0
        most = 1 - float(betaincinv(n - met, met + 1, 0.025)) if met < n else 1.0
        return (met + 1) / (n + 2), least, most
    weights = [float(chart.weight(one)) for one in chart.base]
    if tied:
        squares = [chart.away(one) ** 2 for one in chart.base]
        sigma = max(sigma, sqrt(sum(squares) / n))
    cases = float(median(weights[-12:])) if chart.by_cases else 1.0
    shrink = (1 - tied) / (1 + tied)
    count, free = sum(weights) / cases * shrink, 0.6 * (n - 1) * shrink
    spread = sigma / sqrt(cases)
    beyond = [0.0, 0.0, 0.0]
    for distance in ((centre - ends[0]) / spread, (ends[1] - centre) / spread):
        if distance == inf:
            continue
        wide = 1.96 * sqrt(1 / count + distance**2 / (2 * free))
        beyond[0] += float(stdtr(free, -distance / sqrt(1 + 1 / count)))
        beyond[1] += float(ndtr(-distance + wide))
        beyond[2] += float(ndtr(-distance - wide))
    return max(0.0, 1 - beyond[0]), max(0.0, 1 - beyond[1]), max(0.0, 1 - beyond[2])


WIDTH_OF_ONE = 2.66 / 3


def _wanted(chart: Chart, newest: Told, indicator: Mapping[str, Any]) -> tuple[float, float] | None:
    """From where to where a value is on target; half a step wider where only whole numbers occur."""
    direction, bar = indicator.get("direction"), newest.bar
    low: float
    high: float
    if direction == "range" and bar.interval is not None:
        low, high = float(bar.interval[0]), float(bar.interval[1])
    elif direction in ("higher", "lower") and bar.target is not None:
        target = float(bar.target)
        low, high = (target, inf) if direction == "higher" else (-inf, target)
    else:
        return None
    if not chart.by_cases and all(one.value is not None and one.value.denominator == 1 for one in chart.base):
        low = low if low == -inf else ceil(low) - 0.5
        high = high if high == inf else floor(high) + 0.5
    return low, high
