"""What does not fit a model is told in an author's words, at its own place."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from generator.load.validate import known_keys, validate
from generator.load.yaml_file import load_yaml_text
from generator.model.handbook import Handbook
from generator.model.indicator import Indicator
from generator.model.process import Process, Symptom
from generator.model.strategy import Strategy
from generator.problems import Problems


def told(text: str, model: type[BaseModel]) -> list[str]:
    problems = Problems()
    source = load_yaml_text(text, "f.yml", problems)
    assert source is not None
    assert (validate(source, model, problems) is None) == problems.has_errors
    return [f"{p.mark.line}:{p.mark.column} {p.rule}: {p.message} ({p.hint})" for p in problems]


def read(text: str, model: type[BaseModel]) -> BaseModel:
    problems = Problems()
    source = load_yaml_text(text, "f.yml", problems)
    made = validate(source, model, problems) if source else None
    assert made is not None, [str(problem) for problem in problems]
    return made


COLUMNS = "one of numerator, denominator, n, target, status, note, as_of, version"
RANGE = "With direction `range`: the good interval [least, most], in the indicator's unit"


@pytest.mark.parametrize(
    ("line", "place", "message", "hint"),
    [
        ("directoin: lower", "3:1 unknown-key", "unknown key 'directoin'", "did you mean 'direction'?"),
        (
            "status: on", "3:9 bad-value", "status: 'on' is not one of draft, trial, active, retired",
            "draft, trial, active or retired. Default active",
        ),
        (
            "factor: 0", "3:9 bad-value", "factor: needs a number greater than 0, found 0",
            "What a ratio is multiplied by, > 0. Default 100 where the unit is %, else 1",
        ),
        ("range: [1]", "3:8 bad-value", "range: has too few items", RANGE),
        ("range: [1, 2, 3]", "3:8 bad-value", "range: needs 2 items, found 3", RANGE),
        (
            "limits: 3", "3:9 wrong-type", "limits: needs a mapping, found 3",
            "write one 'key: value' a line, indented",
        ),
        (
            "replaces: [Old One]", "3:12 bad-id", "replaces: 'Old One' is not an id",
            "small letters, digits and single hyphens, like 'old-one'",
        ),
        (
            "tags: ['']", "3:8 missing-key", "tags: needs text, found an empty one",
            "Free words for search and filters",
        ),
        ("unit: {zh: 天, en: 3}", "3:19 wrong-type", "unit.en: needs text, found 3", "write it in quotes"),
        (
            "review_by: 2026-3-32", "3:12 bad-period", "review_by: '2026-3-32' is not in the calendar",
            "write 2025, 2025-H1, 2025-Q3, 2025-07, 2025-W27 or 2025-07-15",
        ),
        (
            "retired_on: 2025", "3:13 bad-date", "retired_on: needs a date, found 2025",
            "write it like 2025-03-01",
        ),
        ("source: {table: t}", "3:9 missing-key", "'system' is missing in source", "The system, e.g. ERP"),
        (
            "targets: [{floor: 1}]", "3:11 missing-key", "'from' is missing in targets[1]",
            "The first period for which they hold, e.g. 2025-01",
        ),
        (
            "targets: [{from_: 2025}]", "3:12 unknown-key", "unknown key 'from_'", "did you mean 'from'?",
        ),
        (
            "decimals:", "3:10 missing-key", "decimals: needs a value, found nothing",
            "Decimal places shown, 0–9. Default 1",
        ),
    ],
)  # fmt: skip
def test_one_fault(line: str, place: str, message: str, hint: str) -> None:
    assert f"{place}: {message} ({hint})" in told(f"id: x\nname: X\n{line}\n", Indicator)


def test_every_fault_of_a_file_is_told() -> None:
    assert len(told("id: X\nnam: x\ndecimals: many\ntargets: [{from: x, floor: y}]\n", Indicator)) == 6


def test_a_short_form_is_told_where_it_stands() -> None:
    text = "id: p\nname: P\nmaps:\n  as_is:\n    steps:\n      - {id: a, name: A, touch: 30, next: [B]}\n"
    assert told(text, Process) == [
        "6:33 bad-duration: touch: the number 30 has no unit (write 15m, 2h, 1.5d or 3w)",
        "6:44 bad-id: next: 'B' is not an id (small letters, digits and single hyphens, like 'b')",
    ]


def test_keys_of_free_mappings_are_checked() -> None:
    text = (
        "title: T\nlanguages: [en]\ncolumns: {value: x}\ndimensions: [{id: r, name: R, values: {'a b': x}}]\n"
    )
    assert told(text, Handbook) == [
        f"3:11 bad-value: the key 'value' is not {COLUMNS} ({COLUMNS})",
        "4:40 bad-value: the key 'a b' cannot stand in a cell (leave out spaces, / \\ , ; and quotes)",
    ]


def test_empty_lists_may_be_left_blank() -> None:
    made = read("id: x\nname: X\ntags:\nguardrails: []\nunit:\n", Indicator)
    assert isinstance(made, Indicator)
    assert (made.tags, made.guardrails, made.unit) == ((), (), None)


def test_short_forms_are_widened() -> None:
    process = read(
        "id: p\nname: P\nmaps:\n  as_is:\n    steps:\n"
        "      - {id: a, name: A, touch: 30m, wait: {mean: 1h, sd: 5m}, next: [b, {to: a, rework: true}],"
        " symptoms: [unclear-standard, {other: slow}]}\n",
        Process,
    )
    assert isinstance(process, Process)
    assert process.maps.as_is is not None
    (step,) = process.maps.as_is.steps
    assert step.touch is not None
    assert step.wait is not None
    assert (str(step.touch.mean), step.touch.sd, str(step.wait.sd)) == ("30m", None, "5m")
    assert [(link.to, link.share, link.rework) for link in step.next] == [
        ("b", None, False),
        ("a", None, True),
    ]
    assert step.symptoms == (
        Symptom(kind="unclear-standard"),
        Symptom.model_validate({"kind": "other", "text": "slow"}),
    )
    strategy = read("perspectives: [financial, {id: people, name: P}]\n", Strategy)
    assert isinstance(strategy, Strategy)
    assert [(p.id, p.name is None) for p in strategy.perspectives] == [("financial", True), ("people", False)]


def test_defaults_that_follow_from_other_keys() -> None:
    for unit, factor in (("'%'", 100), ("{zh: 天, en: days}", 1)):
        made = read(f"id: x\nname: X\nunit: {unit}\n", Indicator)
        assert isinstance(made, Indicator)
        assert made.factor == factor
    handbook = read("title: T\nlanguages: [en]\naudiences: [all, staff]\n", Handbook)
    assert isinstance(handbook, Handbook)
    assert handbook.default_audience == "all"


def test_rule_settings() -> None:
    text = "title: T\nlanguages: [en]\nrules: {a: off, b: {off: because}, c: {min: 3}, d: false}\n"
    handbook = read(text, Handbook)
    assert isinstance(handbook, Handbook)
    said = {
        name: (rule.off, rule.reason and rule.reason.plain, rule.settings)
        for name, rule in handbook.rules.items()
    }
    assert said == {
        "a": (True, None, {}), "b": (True, "because", {}),
        "c": (False, None, {"min": 3}), "d": (True, None, {}),
    }  # fmt: skip


def test_known_keys_of_a_place() -> None:
    assert known_keys(Process, ("maps", "as_is", "steps", 0, "next", 1)) == ("to", "share", "label", "rework")
    assert "from" in known_keys(Process, ("maps", "to_be", "steps", 0))
    assert known_keys(Handbook, ("dimensions", 0, "values", "east")) == ()
