"""What incentives would have paid, on data made with a known truth, and by other terms."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.compute.figures import Figures
from generator.compute.insight.payouts import PaidFor, Terms, pay_of, sees_pay
from generator.exchange.export_incentives import incentives_out
from generator.pipeline import check_project, figures_for

SEEDS = range(8)
TRUTH: dict[str, PaidFor] = {"lucky": "noise", "gained": "gain", "costly": "at-a-cost", "easy": "level"}
"""lucky: nothing changed, the target is its mean · gained: four standard deviations better since the change ·
costly: the same, and its guardrail three worse · easy: nothing changed, the target lies far below it."""
TARGETS = {"lucky": 10, "gained": 12, "costly": 12, "easy": 10}
MONTHS = [f"{year}-{month:02}" for year in (2023, 2024, 2025, 2026) for month in range(1, 13)]
CHANGE = 24
"""The month of the change, which is on neither side."""


def _indicator(name: str, guards: str = "") -> str:
    target = TARGETS.get(name)
    bars = f"targets: [{{from: 2023-01, target: {target}}}]\n" if target else ""
    return (
        f"id: {name}\nname: {name}\nunit: x\ndirection: higher\nfrequency: month\nrollup: mean\n"
        f"decimals: 1\nstatus: trial\n{bars}{guards}"
    )


def project(folder: Path, seed: int, gate: float = 100) -> Path:
    """A handbook with one pilot, four bonuses and a gate that holds from `gate` on (its values are 110)."""
    random = np.random.default_rng(seed)
    data = folder / "data"
    for part in ("indicators", "pilots", "results"):
        (data / part).mkdir(parents=True)
    head = "title: x\nlanguages: [en]\naudiences: [public, managers]\n"
    (data / "handbook.yml").write_text(head, encoding="utf-8")
    for name in (*TRUTH, "guard", "quality"):
        guards = "guardrails: [guard]\n" if name == "costly" else ""
        (data / f"indicators/{name}.yml").write_text(_indicator(name, guards), encoding="utf-8")
    pack = "".join(f"  - {{indicator: {name}, weight: 20, incentive: bonus}}\n" for name in TRUTH)
    (data / "pilots/one.yml").write_text(
        f"id: one\nname: one\nperiod: {{from: 2023-01}}\npack:\n{pack}"
        "  - {indicator: quality, weight: 20, incentive: gate, "
        f"targets: [{{from: 2023-01, target: {gate}}}]}}\n"
        "changes:\n  - {id: step, date: 2025-01-15, text: x, indicators: [gained, costly]}\n",
        encoding="utf-8",
    )
    after = np.arange(len(MONTHS)) > CHANGE
    values = {name: 10 + random.normal(size=len(MONTHS)) for name in (*TRUTH, "guard")}
    values["gained"] += 4 * after
    values["costly"] += 4 * after
    values["guard"] -= 3 * after
    values["easy"] += 10
    values["quality"] = np.full(len(MONTHS), 110.0)
    rows = [
        f"{month},{name},one,{column[place]:.4f}"
        for name, column in values.items()
        for place, month in enumerate(MONTHS)
    ]
    text = "period,indicator,pilot,value\n" + "\n".join(rows) + "\n"
    (data / "results/all.csv").write_text(text, encoding="utf-8")
    return folder


def _figures(folder: Path, edition: str = "managers") -> Figures:
    return figures_for(check_project(folder), edition)


def test_who_is_paid_for_noise_is_found(tmp_path: Path) -> None:
    """Over eight simulated handbooks of two years: what each payment is called, against what is true."""
    told: dict[str, Counter[str]] = {name: Counter() for name in TRUTH}
    for seed in SEEDS:
        figures = _figures(project(tmp_path / str(seed), seed))
        for item in pay_of(figures, figures.catalogue.pilots["one"]).payouts:
            if item.paid_for is not None:
                told[item.indicator][item.paid_for] += 1
    # Luck pays about half of 64 quarters, all else nearly each of them.
    assert 20 < sum(told["lucky"].values()) < 44
    for name, truth in TRUTH.items():
        paid = sum(told[name].values())
        assert paid > 20, name
        assert told[name][truth] >= 0.9 * paid, (name, told[name])


def test_a_gate_that_is_shut_pays_nothing(tmp_path: Path) -> None:
    figures = _figures(project(tmp_path / "p", 1, gate=120))
    pilot = figures.catalogue.pilots["one"]
    shut, open_ = pay_of(figures, pilot).tally, pay_of(figures, pilot, Terms(gate=False)).tally
    assert (shut.periods, shut.closed, shut.paid, shut.share) == (8, 8, 0, 0.0)
    assert (open_.closed, open_.paid > 20) == (0, True)


def test_other_bars_and_weights(tmp_path: Path) -> None:
    """`easy` is 20 or so: a bar of 100 pays it never, one of 0 pays `lucky` always."""
    figures = _figures(project(tmp_path / "p", 1))
    pilot = figures.catalogue.pilots["one"]
    hard = pay_of(figures, pilot, Terms(bars={"easy": 100, "gained": 100, "costly": 100, "lucky": 0}))
    assert {item.indicator for item in hard.payouts if item.outcome == "paid"} == {"lucky"}
    assert hard.tally.share == pytest.approx(1 / 4)
    heavy = Terms(bars={"easy": 100, "gained": 100, "costly": 100, "lucky": 0}, weights={"lucky": 60})
    assert pay_of(figures, pilot, heavy).tally.share == pytest.approx(60 / 120)
    equal = Terms(bars={"easy": 100, "gained": 100, "costly": 100, "lucky": 0}, equal=True)
    assert pay_of(figures, pilot, equal).tally.share == pytest.approx(1 / 4)


def test_only_the_narrowest_edition_is_told(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", 1)
    assert sees_pay(_figures(folder))
    assert incentives_out(_figures(folder, "public")) is None
    assert incentives_out(_figures(folder)) is not None


def test_the_command(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", 1)
    words = ["simulate", "incentives", str(folder), "--bar", "easy=100", "--format", "json"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    (told,) = json.loads(done.stdout)
    assert [each["id"] for each in told["scenarios"]] == [
        "agreed", "equal", "floor", "stretch", "no-gate", "asked"
    ]  # fmt: skip
    agreed, asked = told["scenarios"][0], told["scenarios"][-1]
    assert agreed["by_kind"]["level"] > 5
    assert asked["by_kind"]["level"] == 0
    table = CliRunner().invoke(main, words[:3])
    assert "at a cost" in table.output
    for wrong in (["--bar", "nothing=1"], ["--bar", "easy"], ["--pilot", "nobody"]):
        assert CliRunner().invoke(main, [*words[:3], *wrong]).exit_code == 2


def test_the_command_tells_no_edition_that_the_site_does_not_tell(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", 1)
    words = ["simulate", "incentives", str(folder)]
    refused = "what pilots pay is not for the edition 'public'; ask with --edition managers"
    for asked in (["--edition", "public"], []):
        done = CliRunner().invoke(main, [*words, *asked])
        assert (done.exit_code, refused in done.output) == ((2, True) if asked else (0, False))
    settings = "site_name: x\ntheme: material\nplugins: [{handbook: {edition: public}}]\n"
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (folder / "docs").mkdir()
    done = CliRunner().invoke(main, words)
    assert (done.exit_code, refused in done.output) == (2, True)
    assert CliRunner().invoke(main, [*words, "--edition", "managers"]).exit_code == 0


@pytest.mark.parametrize(
    ("option", "message"),
    [
        # Its bar would not have been moved, and the terms that were asked would have been the agreed ones.
        ("--bar=quality=100", "no bonus is paid for 'quality'; known: costly, easy, gained, lucky"),
        ("--weight=easy=nan", "'easy=nan' is not INDICATOR=NUMBER"),
        ("--bar=easy=inf", "'easy=inf' is not INDICATOR=NUMBER"),
    ],
)
def test_terms_that_nothing_could_be_reckoned_by_are_refused(
    tmp_path: Path, option: str, message: str
) -> None:
    folder = project(tmp_path / "p", 1)
    done = CliRunner().invoke(main, ["simulate", "incentives", str(folder), option])
    assert done.exit_code == 2
    assert message in " ".join(done.output.replace("│", " ").split())
