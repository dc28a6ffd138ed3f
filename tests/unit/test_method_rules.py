"""Where the examples of the rules do not reach: what is retired or a draft, borders of time, settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model.catalogue import Catalogue
from tests.conftest import Change, Told
from tests.problems.assemble import problems_of

CYCLE = "data/indicators/cycle-time.yml"
FIRST = "data/indicators/first-pass.yml"
SCORE = "data/indicators/satisfaction.yml"
OTHER = "data/indicators/other.yml"
PILOT = "data/pilots/east.yml"
SOUTH = "data/pilots/south.yml"
PROCESS = "data/processes/quote-to-cash.yml"
MORE = "data/results/more.csv"
BOOK = "data/handbook.yml"
Make = Callable[[Change], Catalogue]

RETIRED = ("id: first-pass\n", "id: first-pass\nstatus: retired\nreplaced_by: satisfaction\n")
DRAFT = ("id: first-pass\n", "id: first-pass\nstatus: draft\n")
TRIAL = ("id: first-pass\n", "id: first-pass\nstatus: trial\n")


def other(**keys: str) -> str:
    """An indicator of one's own, active and whole; `keys` are written as they are."""
    lines = {
        "id": "other", "name": "{zh: 别的, en: Other}", "definition": "{zh: 别的事, en: Other things}",
        "formula": "{zh: 别的数, en: Other count}", "unit": "x", "direction": "higher", "frequency": "month",
        "source": "{system: ERP}", "owner": "{unit: sales, role: {zh: 经理, en: Manager}}",
        "supports": "[{goal: faster-cash, how: {zh: 加快, en: Faster}}]", **keys,
    }  # fmt: skip
    return "".join(f"{key}: {value}\n" for key, value in lines.items())


LEADS = "[{indicator: first-pass, how: {zh: 好, en: Well}}]"

SOUTH_PILOT = """id: south
name: {zh: 华南, en: South}
process: quote-to-cash
period: {from: 2025-01, to: 2025-12}
"""


@pytest.mark.parametrize(("change", "broken"), [(TRIAL, False), (DRAFT, True), (RETIRED, True)])
@pytest.mark.parametrize("rule", ["pack-balance", "three-aspects", "chain-indicators"])
def test_what_is_not_in_use_does_not_count(
    rule: str, change: tuple[str, str], broken: bool, told: Told
) -> None:
    assert bool(told(rule, {FIRST: change})) is broken


def test_a_chain_that_a_retired_indicator_measured_names_its_successor(
    make_project: Callable[[Change], Path],
) -> None:
    found = [p for p in problems_of(make_project({FIRST: RETIRED})) if p.rule == "chain-indicators"]
    assert [(p.message, p.hint) for p in found] == [
        ("the first-pass yield of 'quote-to-cash' is measured by 'first-pass', which is retired",
         "name 'satisfaction'")
    ]  # fmt: skip


@pytest.mark.parametrize("rule", ["pack-balance", "three-aspects", "incentive-caution", "three-levels"])
def test_nothing_is_said_of_what_could_not_be_read(rule: str, make_project: Callable[[Change], Path]) -> None:
    keys = f"level: individual\nincentive: bonus\ncontributes_to: {LEADS}\ndimension: time"
    guarded = {CYCLE: ("dimension: time", keys)}
    broken = {FIRST: "id: first-pass\nnmae: x\n"}
    problems = problems_of(make_project({**guarded, **broken}))
    assert problems.has_errors
    assert rule not in {problem.rule for problem in problems}


@pytest.mark.parametrize(("ways", "broken"), [(2, False), (3, True)])
def test_the_ways_that_a_pack_measures_can_be_set(ways: int, broken: bool, told: Told) -> None:
    found = told("pack-balance", {BOOK: ("rules: {", f"rules: {{pack-balance: {{ways: {ways}}}, ")})
    assert bool(found) is broken


def test_an_empty_pack_is_only_too_small(told: Told, make_catalogue: Make) -> None:
    empty = SOUTH_PILOT
    assert told("pack-balance", {SOUTH: empty}) == []
    assert told("pack-size", {SOUTH: empty}) == ["the pack has 0 indicators, not 3–5"]


def test_aspects_may_come_from_any_pilot_on_the_process(told: Told) -> None:
    gone = ("  - {indicator: satisfaction, weight: 20", "  - {indicator: other, weight: 20")
    without = {PILOT: gone, OTHER: other(aspect="efficiency")}
    assert told("three-aspects", without) == ["no indicator of 'quote-to-cash' answers benefit"]
    south = f"{SOUTH_PILOT}pack: [{{indicator: satisfaction}}]\n"
    assert told("three-aspects", {**without, SOUTH: south}) == []
    elsewhere = south.replace("process: quote-to-cash\n", "")
    assert len(told("three-aspects", {**without, SOUTH: elsewhere})) == 1


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, True),
        ({CYCLE: ("dimension:", "level: organisation\ndimension:")}, False),
        ({CYCLE: ("dimension:", "level: organisation\ndimension:"), FIRST: DRAFT}, True),
        ({CYCLE: ("dimension:", "level: organisation\nstatus: retired\ndimension:")}, True),
    ],
)
def test_levels_are_joined_over_any_number_of_links_in_use(change: Change, broken: bool, told: Told) -> None:
    mine = {OTHER: other(level="individual", contributes_to=LEADS)}
    assert bool(told("three-levels", {**mine, **change})) is broken


def test_a_draft_of_an_individual_indicator_need_not_lead_anywhere_yet(told: Told) -> None:
    assert told("three-levels", {OTHER: other(level="individual", status="draft")}) == []


PER_HEAD = {"generation": "traditional", "dimension": "quantity"}
IN_PACK: Change = {PILOT: ("{indicator: satisfaction,", "{indicator: other,")}


@pytest.mark.parametrize(
    ("keys", "broken"),
    [
        (PER_HEAD, False),
        ({**PER_HEAD, "name": "{zh: 人均产值, en: Output}"}, True),
        ({**PER_HEAD, "name": "{zh: 产值, en: Output Per-Head}"}, True),
        ({**PER_HEAD, "unit": "orders per head"}, True),
        ({**PER_HEAD, "aliases": "[per capita output]"}, True),
        ({**PER_HEAD, "tags": "[per-head]"}, True),
        ({**PER_HEAD, "tags": "[per-head]", "generation": "composite"}, False),
        ({**PER_HEAD, "tags": "[per-head]", "status": "retired"}, False),
        ({**PER_HEAD, "tags": "[per-head]", "guardrails": "[cycle-time]"}, True),
        ({**PER_HEAD, "tags": "[per-head]", "guardrails": "[cycle-time, first-pass]"}, False),
    ],
)
def test_what_counts_per_head_and_what_guards_it(keys: dict[str, str], broken: bool, told: Told) -> None:
    assert bool(told("per-head-alone", {**IN_PACK, OTHER: other(**keys)})) is broken


def test_a_guardrail_of_benefit_shows_the_price_too_and_a_retired_one_does_not(told: Told) -> None:
    mine = {**IN_PACK, OTHER: other(**PER_HEAD, tags="[per-head]", guardrails="[cycle-time]")}
    assert told("per-head-alone", {**mine, CYCLE: ("aspect: efficiency", "aspect: benefit")}) == []
    first = {**mine, OTHER: other(**PER_HEAD, tags="[per-head]", guardrails="[first-pass]")}
    assert len(told("per-head-alone", {**first, FIRST: RETIRED})) == 1


def test_the_words_for_per_head_can_be_set(told: Told, make_project: Callable[[Change], Path]) -> None:
    mine = {**IN_PACK, OTHER: other(**PER_HEAD, name="{zh: 别的, en: Output par tête}")}
    words = {BOOK: ("rules: {", "rules: {per-head-alone: {words: [Par Tête]}, ")}
    assert told("per-head-alone", mine) == []
    assert len(told("per-head-alone", {**mine, **words})) == 1
    wrong = {BOOK: ("rules: {", "rules: {per-head-alone: {words: [par tête, 3]}, ")}
    (problem,) = problems_of(make_project(wrong))
    assert str(problem) == (
        "data/handbook.yml:11:44: error[wrong-type] words: needs words, found 3\n    hint: write words, e.g. "
        "words: ['per head', 'per capita', 'per person', 'per employee', 'per fte', '人均']"
    )


@pytest.mark.parametrize(
    ("indicators", "broken"),
    [("[]", True), ("[cycle-time]", False), ("[first-pass]", False), ("[other]", True)],
)
def test_a_key_step_needs_time_or_quality(indicators: str, broken: bool, told: Told) -> None:
    step = ("wait: 2h, indicators: [cycle-time]", f"wait: 2h, key: true, indicators: {indicators}")
    change = {PROCESS: step, OTHER: other(dimension="cost")}
    assert bool(told("key-step-indicator", change)) is broken
    assert told("key-step-indicator", {**change, PROCESS: (step[0], step[1].replace("true", "false"))}) == []


# The base's pilot runs from 2025-01-01 to 2025-12-31 and changes its process on 2025-05-12 for cycle-time.
@pytest.mark.parametrize(
    ("entry", "broken"),
    [
        ("{date: 2025-02-09, change: definition}", False),  # 92 days before the change
        ("{date: 2025-02-08, change: definition}", True),
        ("{date: 2025-08-12, change: formula}", False),  # 92 days after it
        ("{date: 2025-08-13, change: formula}", True),
        ("{date: 2025-12-31, change: definition}", True),
        ("{date: 2026-01-01, change: definition}", False),  # the pilot is over
        ("{date: 2025-11-01, change: source}", False),
        ("{date: 2025-11-01, change: source, breaks_series: true}", True),
        ("{date: 2025-11-01, change: target}", False),
    ],
)
def test_a_definition_changes_with_the_process_within_a_quarter(entry: str, broken: bool, told: Told) -> None:
    last = "  - {date: 2025-01-10, change: reviewed}\n"
    assert bool(told("paired-change", {CYCLE: (last, f"{last}  - {entry}\n")})) is broken


def test_a_change_of_one_pilot_explains_the_ruler_to_the_others(told: Told) -> None:
    last = "  - {date: 2025-01-10, change: reviewed}\n"
    change = {CYCLE: (last, f"{last}  - {{date: 2025-10-01, change: definition}}\n")}
    south = f"{SOUTH_PILOT}pack: [{{indicator: cycle-time}}]\n"
    both = "'cycle-time' was changed on 2025-10-01, but no process change of 'east' and 'south' goes with it"
    assert told("paired-change", {**change, SOUTH: south}) == [both]
    moved = "changes: [{id: m, date: 2025-10-05, text: {zh: 改, en: Changed}, indicators: [cycle-time]}]\n"
    assert told("paired-change", {**change, SOUTH: south + moved}) == []
    unlike = moved.replace("[cycle-time]", "[first-pass]")
    assert told("paired-change", {**change, SOUTH: south + unlike}) == [both]
    near = {BOOK: ("rules: {", "rules: {paired-change: {days: 142}, ")}
    assert told("paired-change", {**change, **near}) == []  # 2025-10-01 is 142 days after 2025-05-12


def test_the_tool_of_a_step_says_its_role(told: Told) -> None:
    step = ("wait: 2h, indicators", "wait: 2h, tool: {name: {zh: 报价单, en: Quote form}}, indicators")
    assert told("tool-purpose", {PROCESS: step}) == [
        "the tool '报价单' of the step 'quote' does not say its role"
    ]
    role = (step[0], step[1].replace("form}}", "form}, role: augment}"))
    assert told("tool-purpose", {PROCESS: role}) == []


@pytest.mark.parametrize(
    ("live", "as_of", "broken"),
    [
        ("2025-04-22", "2025-Q2", False),  # the day of the managers' training
        ("2025-04-21", "2025-Q2", True),
        ("2025-04-21", "2025-04-21", True),
        ("2025-04-21", "2025-04-20", False),  # still to come
    ],
)
def test_training_comes_on_or_before_the_day(live: str, as_of: str, broken: bool, told: Told) -> None:
    found = told("training-before-live", {PILOT: ("live: 2025-05-12", f"live: {live}")}, as_of)
    expected = f"the tool 'CRM' went live on {live} without training for the managers before"
    assert found == ([expected] if broken else [])


@pytest.mark.parametrize(("since", "broken"), [("2025-04", False), ("2025-04-19", True), ("2025-03", True)])
def test_of_a_month_the_map_may_have_gone_live_on_its_last_day(since: str, broken: bool, told: Told) -> None:
    change = {PROCESS: ("since: 2025-05", f"since: {since}")}
    assert bool(told("training-before-live", change, "2025-Q2")) is broken


def test_a_map_without_a_pilot_has_no_place_for_training(told: Told) -> None:
    early = {PROCESS: ("since: 2025-05", "since: 2024-05")}
    assert len(told("training-before-live", early)) == 1
    assert told("training-before-live", {**early, PILOT: ("process: quote-to-cash\n", "")}) == []


@pytest.mark.parametrize("incentive", ["gate", "none"])
def test_only_what_pays_needs_a_guardrail(incentive: str, told: Told) -> None:
    assert told("incentive-caution", {FIRST: ("dimension:", f"incentive: {incentive}\ndimension:")}) == []
    assert len(told("incentive-caution", {FIRST: ("dimension:", "incentive: bonus\ndimension:")})) == 1


def test_a_retired_guardrail_guards_nothing(told: Told) -> None:
    pays = {CYCLE: ("dimension:", "incentive: bonus\ndimension:")}
    assert told("incentive-caution", pays) == []
    assert told("incentive-caution", {**pays, FIRST: RETIRED}) == [
        "'cycle-time' pays a bonus and has no guardrail"
    ]


@pytest.mark.parametrize(
    ("day", "version", "broken"),
    [
        ("2025-04-01", "", True),  # the month begins with the change
        ("2025-04-02", "", False),  # both definitions meet in it
        ("2025-04-01", "2025-04-01", False),
        ("2025-04-01", "2025-03-31", True),
        ("2025-03-01", "2025-05-01", False),  # counted anew by a later one
    ],
)
def test_the_version_is_asked_of_periods_after_the_change(
    day: str, version: str, broken: bool, told: Told
) -> None:
    last = "  - {date: 2025-01-10, change: reviewed}\n"
    breaks = f"{last}  - {{date: {day}, change: definition, breaks_series: true}}\n"
    rows = f"period,indicator,pilot,value,version\n2025-04,cycle-time,east,22,{version}\n"
    assert bool(told("definition-changed", {CYCLE: (last, breaks), MORE: rows})) is broken


def test_a_missing_result_and_the_first_definition_need_no_version(told: Told) -> None:
    last = "  - {date: 2025-01-10, change: reviewed}\n"
    breaks = f"{last}  - {{date: 2025-04-01, change: definition, breaks_series: true}}\n"
    row = "period,indicator,pilot,value,note\n2025-04,cycle-time,east,,no figures\n"
    assert told("definition-changed", {CYCLE: (last, breaks), MORE: row}) == []
    created = (
        "{date: 2024-11-01, change: created}",
        "{date: 2024-11-01, change: created, breaks_series: true}",
    )
    assert told("definition-changed", {CYCLE: created}) == []
