"""The method's rules: what they find is in tests/problems; here is what they let pass, and their settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.check import RULES, run_rules
from generator.model.catalogue import Catalogue
from generator.model.period import Period
from tests.conftest import Change, Told
from tests.problems.assemble import problems_of

CYCLE = "data/indicators/cycle-time.yml"
FIRST = "data/indicators/first-pass.yml"
OTHER = "data/indicators/other.yml"
PILOT = "data/pilots/east.yml"
PROCESS = "data/processes/quote-to-cash.yml"
BOOK = "data/handbook.yml"
Make = Callable[[Change], Catalogue]


def found(catalogue: Catalogue, as_of: str | None = None) -> list[tuple[str, str]]:
    problems = run_rules(catalogue, Period.parse(as_of) if as_of else None)
    return [(problem.rule, problem.level) for problem in problems]


def test_rules_are_registered_once_under_known_names() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    folder = Path(__file__).parents[2] / "generator" / "check"
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__", "rule", "missed"}
    assert modules == {id_.replace("-", "_") for id_ in ids}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_why_it_exists(rule: object) -> None:
    why = getattr(rule, "why", "")
    assert len(why) > 80
    assert why.strip().endswith(".")


def test_a_rule_can_be_switched_off(make_project: Callable[[Change], Path]) -> None:
    narrow: Change = {PILOT: ("weight: 20", "weight: 19")}
    assert [problem.rule for problem in problems_of(make_project(narrow))] == ["pack-weights"]
    off = ("pack-size: {min: 3, max: 5}", "pack-weights: {off: {zh: 不计总分, en: points without a total}}")
    assert not list(problems_of(make_project({**narrow, BOOK: off})))


@pytest.mark.parametrize(
    ("least", "most", "breaks"), [(3, 5, False), (4, 5, True), (1, 2, True), (3, 3, False)]
)
def test_the_size_of_a_pack_can_be_set(least: int, most: int, breaks: bool, make_catalogue: Make) -> None:
    change: Change = {BOOK: ("{min: 3, max: 5}", f"{{min: {least}, max: {most}}}")}
    assert found(make_catalogue(change)) == [("pack-size", "warning")] * breaks


BASELINE = "baseline: {period: 2024-12}"
QUOTE = "wait: 2h, indicators: [cycle-time]"
AGAIN = "{to: approve, share: 0.1, rework: true}"
REMOVED = "    removed: {approve: {zh: 与报价重复, en: Repeats the quote}}\n"

PASSING: dict[str, Change] = {
    "weights with decimals": {
        PILOT: [
            ("weight: 50", "weight: 33.4"),
            ("weight: 30", "weight: 33.3"),
            ("weight: 20", "weight: 33.3"),
        ]
    },
    "a draft may be incomplete": {OTHER: "id: other\nname: {zh: 别的, en: Other}\nstatus: draft\n"},
    "a target equal to the baseline": {PILOT: ("baseline: {value: 26}", "baseline: {value: 22}")},
    "a baseline of a longer period": {
        PILOT: (BASELINE, "baseline: {period: 2025-Q1}, targets: [{from: 2025-01, target: 86}]")
    },
    "a baseline without results": {
        PILOT: (BASELINE, "baseline: {period: 2020-Q1}, targets: [{from: 2025-01, target: 1}]")
    },
    "a target without floor and stretch": {CYCLE: ("floor: 25, target: 20, stretch: 15", "target: 20")},
    "a range has no side": {CYCLE: ("direction: lower\n", "direction: range\nrange: [10, 20]\n")},
    "a retired namesake": {OTHER: "id: other\nname: {zh: 订单周期, en: Order cycle}\nstatus: retired\n"},
    "one's own alias": {FIRST: ("id: first-pass\n", "id: first-pass\naliases: [FIRST-PASS YIELD]\n")},
    "a plain text needs no translation": {CYCLE: ("unit: {zh: 天, en: days}", "unit: d")},
    "a name of a system, a code or a unit is of no language": {
        CYCLE: ("source: {system: ERP", "source: {system: Salesforce")
    },
    "shares with a rounding error": {
        PROCESS: [
            ("{to: end, share: 0.85}", "{to: end, share: 0.75}"),
            ("share: 0.15, rework: true}", f"share: 0.15, rework: true}}\n          - {AGAIN}"),
        ]
    },
    "a map without events": {PROCESS: [("event: start, ", ""), ("event: end, ", "")]},
    "a merged step": {PROCESS: [(QUOTE, "wait: 2h, from: [quote, approve]"), (REMOVED, "")]},
}


@pytest.mark.parametrize("name", PASSING)
def test_what_the_rules_let_pass(name: str, make_catalogue: Make) -> None:
    assert found(make_catalogue(PASSING[name])) == []


def test_results_are_stale_after_a_period_and_the_refresh(make_catalogue: Make) -> None:
    catalogue = make_catalogue({})

    def stale(as_of: str) -> set[str]:
        problems = run_rules(catalogue, Period.parse(as_of))
        return {problem.message.split("'")[1] for problem in problems if problem.rule == "stale-results"}

    # Monthly and renewed daily, last results of February and March; quarterly and renewed quarterly, of Q1.
    assert stale("2025-03") == set()
    assert stale("2025-04") == {"cycle-time"}
    assert stale("2025-05-01") == {"cycle-time"}
    assert stale("2025-05-02") == {"cycle-time", "first-pass"}
    assert stale("2025-09-30") == {"cycle-time", "first-pass"}
    assert stale("2025-10-01") == {"cycle-time", "first-pass", "satisfaction"}


@pytest.mark.parametrize(("target", "rules"), [(10, []), (11, ["target-side"])])
def test_a_sums_baseline_is_brought_to_the_period_of_its_targets(
    target: int, rules: list[str], make_project: Callable[[Change], Path]
) -> None:
    """A quarter of 30 is 10 a month; the target is a month's. It was held against the whole quarter."""
    rows = "".join(f"2024-0{month},cycle-time,east,10\n" for month in (1, 2, 3))
    given = "{value: 26}\n    targets: [{from: 2025-01, floor: 25, target: 22, stretch: 18}]"
    change: Change = {
        CYCLE: ("rollup: mean", "rollup: sum"),
        "data/results/more.csv": f"period,indicator,pilot,value\n{rows}",
        PILOT: (given, f"{{period: 2024-Q1}}\n    targets: [{{from: 2025-01, target: {target}}}]"),
    }
    assert [problem.rule for problem in problems_of(make_project(change))] == rules


def test_rules_find_nothing_without_results(make_catalogue: Make) -> None:
    assert found(make_catalogue({"data/results/2025.csv": None})) == []


REVIEWED = "  - {date: 2025-01-10, change: reviewed}\n"
QUARTERLY = "review: {short_every_days: 92, long: quarter}"
BY_MONTHS = (QUARTERLY, "review: {long: month}")
HALVES_FROM_FEBRUARY = (QUARTERLY, "fiscal_year_starts: 2\nreview: {long: half}")
FIFTEEN = ("pack-size: {min: 3, max: 5}", "change-freeze: {days: 15}")


@pytest.mark.parametrize(
    ("day", "change", "handbook", "when"),
    [
        ("2024-12-17", "formula", None, None),
        ("2024-12-18", "formula", None, "in the last 14 days of 2024-Q4"),
        ("2024-12-31", "definition", None, "on the last day of 2024-Q4"),
        ("2025-01-01", "definition", None, None),
        ("2024-12-31", "definition, why: a new law", None, None),
        ("2024-12-31", "target", None, None),
        ("2024-12-17", "formula", FIFTEEN, "in the last 15 days of 2024-Q4"),
        ("2024-11-20", "formula", BY_MONTHS, "in the last 11 days of 2024-11"),
        ("2024-12-20", "formula", HALVES_FROM_FEBRUARY, None),
        ("2025-01-20", "formula", HALVES_FROM_FEBRUARY, "in the last 12 days of 2024-H2"),
    ],
)
def test_a_definition_rests_before_a_review(
    day: str, change: str, handbook: tuple[str, str] | None, when: str | None, told: Told
) -> None:
    """Worked with the calendar: Q4 of 2024 ends on 31 December, so 18 December begins its last 14 days."""
    changed: dict[str, tuple[str, str]] = {CYCLE: (REVIEWED, f"  - {{date: {day}, change: {change}}}\n")}
    if handbook:
        changed[BOOK] = handbook
    said = f"'cycle-time' was redefined on {day}, {when}, without a reason"
    assert told("change-freeze", changed) == ([said] if when else [])


def test_the_definition_of_a_retired_indicator_may_rest_as_it_is(told: Told) -> None:
    other = "id: other\nname: 别的\nstatus: {}\nhistory: [{{date: 2024-12-31, change: formula}}]\n"
    assert len(told("change-freeze", {OTHER: other.format("trial")})) == 1
    assert told("change-freeze", {OTHER: other.format("retired")}) == []


@pytest.mark.parametrize(
    ("typo", "meant"),
    [("change-freze", "change-freeze"), ("review_rhythm", "review-rhythm"), ("pack-weight", "pack-weights")],
)
def test_a_mistyped_rule_is_an_error_that_names_the_nearest(
    typo: str, meant: str, make_project: Callable[[Change], Path]
) -> None:
    written = ("pack-size: {min: 3, max: 5}", f"{typo}: {{off: never}}")
    (problem,) = problems_of(make_project({BOOK: written}))
    assert (problem.level, problem.rule) == ("error", "unknown-rule")
    assert typo in problem.message
    assert meant in problem.hint
