"""`handbook new process --from-log`: what a log proposes passes the check, and no lane names a person."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.measure.proposal import _connected, _order
from generator.measure.proposed_lanes import looks_like_a_person
from generator.measure.usual_heads import usual_query
from generator.pipeline import check_project
from generator.problems import as_text

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "h"
    shutil.copytree(ROOT / "examples/minimal", root)
    (root / "data/raw").mkdir(parents=True)
    return root


def log(
    root: Path, more: dict[str, tuple[str, ...]], heads: str = "case,activity,end", cases: int = 24
) -> Path:
    """Cases of Prüfen, 登记 and Bill, every fourth sent back once; further columns by activity in turn."""
    lines = [",".join([heads, *more])]
    for case in range(cases):
        way = ["Prüfen", "登记", "Prüfen", "登记", "Bill"] if case % 4 == 0 else ["Prüfen", "登记", "Bill"]
        for hour, step in enumerate(way, 8):
            place = {"Prüfen": 0, "登记": 1, "Bill": 2}[step]
            own = [values[place + 3 * (case % (len(values) // 3))] for values in more.values()]
            lines.append(",".join([f"c{case}", step, f"2026-03-{1 + case % 28:02d} {hour:02d}:00:00", *own]))
    file = root / "data/raw/orders.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def begun(root: Path, *words: str) -> tuple[str, dict]:
    """What the command said, and the process it wrote."""
    command = [
        "new",
        "process",
        "--project",
        str(root),
        "--from-log",
        str(root / "data/raw/orders.csv"),
        *words,
    ]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    return done.output, yaml.safe_load((root / "data/processes/orders.yml").read_text(encoding="utf-8"))


def test_what_is_proposed_passes_the_check_and_is_measured_at_once(project: Path) -> None:
    log(project, {"role": ("Sales", "前台", "Finance")})
    said, made = begun(project, "--name", "订单", "orders")
    assert "24 cases take 2 ways; the 2 commonest are drawn (100 % of the cases)" in said
    assert "lanes by the column role: Sales, 前台, Finance" in said
    assert {step["id"]: step.get("next") for step in made["maps"]["as_is"]["steps"]} == {
        "start": ["prufen"], "prufen": ["deng-ji"], "deng-ji": ["deng-ji-ways"],
        "deng-ji-ways": [{"to": "bill", "share": 0.8}, {"to": "prufen", "share": 0.2, "rework": True}],
        "bill": ["end"], "end": None,
    }  # fmt: skip
    assert [lane["name"] for lane in made["lanes"]] == ["Sales", "前台", "Finance"]
    checked = check_project(project)
    assert not checked.problems.has_errors, as_text(checked.problems)
    done = CliRunner().invoke(main, ["measure", str(project)])
    assert "orders: 84 events; as_is: 24 cases, 0 open" in done.output
    assert "follows: 1\n" in (project / "data/measured/orders.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "people",
    [
        ("Zhang Wei", "Anna Ward", "J. Smith"), ("张伟", "王经理", "李小红"), ("u1001", "u1002", "u1003"),
        ("anna", "bob", "carl"), ("a.b@x.org", "c.d@x.org", "e@x.org"), ("Sales", "Finance", "anna"),
        ("Nurse Anna", "Sales", "Finance"),
    ],
)  # fmt: skip
def test_people_become_no_lanes(project: Path, people: tuple[str, ...]) -> None:
    log(project, {"resource": people})
    said, made = begun(project)
    text = (project / "data/processes/orders.yml").read_text(encoding="utf-8")
    assert [lane["name"] for lane in made["lanes"]] == [{"zh": "TODO 谁来做", "en": "TODO who does it"}]
    assert [who for who in people if who in text or who in said] == []
    assert "who does the steps is yours to write" in said


def test_people_are_left_out_of_a_column_of_roles_too_and_so_are_small_groups(project: Path) -> None:
    log(project, {"role": ("Sales", "张伟", "Finance")})
    said, made = begun(project)
    assert "张伟" not in said + str(made)
    assert [lane["name"] for lane in made["lanes"]][::2] == ["Sales", "Finance"]
    (project / "data/processes/orders.yml").unlink()
    log(project, {"desk": ("Sales", "Back office", "Finance")}, cases=4)
    said, made = begun(project, "--lanes", "desk")
    assert "Back office" not in said + str(made)


def test_resources_that_are_roles_become_lanes(project: Path) -> None:
    log(project, {"resource": ("Sales desk", "收货组", "robot")})
    _, made = begun(project)
    assert [lane["name"] for lane in made["lanes"]] == ["Sales desk", "收货组", "robot"]


@pytest.mark.parametrize(
    ("who", "person"),
    [
        ("张伟", True), ("欧阳", False), ("王经理", True), ("财务部", False), ("金融部", False),
        ("李班", True), ("Zhang Wei", True), ("Smith, J", True), ("Sales Team", False), ("Ward A", False),
        ("Anna Ward", True),
        ("Manager Li", True), ("Nurse Station", True), ("anna.k", True), ("E1023", True), ("Line 12", False),
        ("药房", False), ("系统", False), ("Dr. House", True), ("张三(1001)", True),
    ],
)  # fmt: skip
def test_what_looks_like_a_person(who: str, person: bool) -> None:
    """Rather a role too little than a name too much."""
    assert looks_like_a_person(who) is person


def test_every_step_of_a_proposal_lies_between_start_and_end() -> None:
    """300 random logs: no step without a way to it and on from it, shares total 1, no way is told twice."""
    for seed in range(300):
        chance = random.Random(seed)
        steps = "abcdefgh"[: chance.randint(1, 8)]
        ways = Counter(
            tuple(chance.choice(steps) for _ in range(chance.randint(1, 12)))
            for _ in range(chance.randint(1, 40))
        )
        chosen = [(way, n * chance.randint(1, 50)) for way, n in ways.items()]
        names, kept = _connected(chosen, _order(chosen))
        assert names
        assert kept.keys() == {"", *names}
        for shares in kept.values():
            assert sum(round(100 * share) for share in shares.values()) == 100
            assert min(shares.values()) > 0
        for turned in (False, True):
            edges = {(b, a) if turned else (a, b) for a, shares in kept.items() for b in shares}
            seen, waiting = set(), [""]
            while waiting:
                at = waiting.pop()
                fresh = {b for a, b in edges if a == at and b} - seen
                seen |= fresh
                waiting += fresh
            assert seen == set(names), (seed, turned)


def test_columns_of_other_programs_are_known(project: Path) -> None:
    assert usual_query(("case", "activity", "start"), "t") is None
    assert usual_query(("案例编号", "环节", "完成时间", "处理人"), "t") == (
        'select "案例编号" as "case", "环节" as "activity", "完成时间" as "end", "处理人" as "resource"'
        ' from "t"'
    )
    assert usual_query(("case id", "complete timestamp"), "t") is None
    log(project, {}, heads="Case ID,Activity,Complete Timestamp")
    _, made = begun(project)
    assert made["log"]["query"].startswith('select "case id" as "case"')
    assert CliRunner().invoke(main, ["measure", str(project)]).exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["new", "pilot", "x", "--from-log"], "--from-log proposes a process, not a pilot"),
        (
            ["new", "process", "--lanes", "desk", "--from-log"],
            "the log has no column desk; it has case, activity",
        ),
        (["new", "process", "TAKEN", "--from-log"], "is no id"),
    ],
)
def test_what_cannot_be_begun_says_why_and_writes_nothing(project: Path, words: list[str], said: str) -> None:
    file = log(project, {})
    done = CliRunner().invoke(main, [*words, str(file), "--project", str(project)])
    assert done.exit_code in (1, 2)
    assert said in done.output
    assert not (project / "data/processes").exists()
