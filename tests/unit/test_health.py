"""The library's health on a handbook made for it (computations page, section 9)."""

import json
import re
from pathlib import Path

import pytest

from generator.compute.figures import figures_of
from generator.compute.insight.health import health_of
from generator.load.project import load_project
from generator.model.catalogue import latest_period
from generator.pipeline import check_project, figures_for
from generator.present.page_context import PageContext
from generator.present.pages.library import quality
from generator.present.templates import Templates
from generator.present.text.format import Format
from generator.problems import Problems
from tests.unit.test_edition_pages import Told

WHOLE = {
    "name": {"zh": "速度", "en": "Speed"}, "definition": "d", "formula": "f", "unit": "d",
    "direction": "higher", "frequency": "month", "rollup": "mean",
    "source": {"system": "ERP", "refresh": "day"},
    "owner": {"unit": "sales"}, "supports": [{"goal": "g"}],
    "targets": [{"from": "2025-01", "floor": 8, "target": 10}],
    "verified": {"on": "2025-02-01"}, "review_by": "2026-06",
}  # fmt: skip


@pytest.fixture
def made(tmp_path: Path):
    """Makes a project of indicators and results and returns the health by id."""

    def make(indicators, results, process="id: p\nname: P\n"):
        data = tmp_path / "data"
        (data / "indicators").mkdir(parents=True)
        (data / "results").mkdir()
        (data / "handbook.yml").write_text(
            "title: {zh: 手册, en: Handbook}\nlanguages: [zh, en]\nunits: [{id: sales, name: S}]\n",
            encoding="utf-8",
        )
        (data / "strategy.yml").write_text("goals: [{id: g, name: G}]\n", encoding="utf-8")
        if process:
            (data / "processes").mkdir()
            (data / "processes/p.yml").write_text(process, encoding="utf-8")
        for name, fields in indicators.items():
            text = json.dumps({"id": name, **WHOLE, **fields}, ensure_ascii=False)
            (data / f"indicators/{name}.yml").write_text(text, encoding="utf-8")
        rows = ["period,indicator,pilot,value", *(f"{p},{i},,{v}" for p, i, v in results)]
        (data / "results/all.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        problems = Problems()
        catalogue = load_project(tmp_path, problems)
        assert catalogue is not None
        assert not problems.has_errors, [str(problem) for problem in problems]
        figures = figures_of(catalogue, "public", latest_period(catalogue))
        return {one.indicator: one for one in health_of(figures)}

    return make


def months(indicator, first, count, value):
    return [(f"{first + n // 12}-{n % 12 + 1:02d}", indicator, value) for n in range(count)]


def test_what_is_complete_lacks_only_what_no_process_uses(made):
    (one,) = made({"speed": {}}, months("speed", 2025, 12, 11)).values()
    assert one.faults == ("step",)
    assert not one.idle
    assert one.chronic == ()


def test_a_handbook_without_processes_is_not_asked_to_link_to_them(made):
    (one,) = made({"speed": {}}, months("speed", 2025, 12, 11), process="").values()
    assert one.faults == ()


def test_what_is_missing_late_overdue_or_void_is_named(made):
    changed = [{"date": "2025-03-01", "change": "formula", "text": "t"}]
    found = made(
        {"speed": {}, "slow": {"history": changed, "review_by": "2025-06", "targets": [], "name": "慢"}},
        [*months("speed", 2025, 12, 11), ("2025-08", "slow", 9)],
    )
    assert found["slow"].faults == ("target", "fresh", "review", "verified", "step")


def test_a_target_missed_in_four_quarters_running_is_chronic(made):
    found = made(
        {"speed": {}, "slow": {"name": "慢"}},
        [
            *months("speed", 2025, 12, 7),
            *months("slow", 2025, 9, 7),
            *[(f"2025-{n}", "slow", 10) for n in (10, 11, 12)],
        ],
    )
    assert [miss.series.series.key for miss in found["speed"].chronic] == [("speed", None, ())]
    assert found["slow"].chronic == ()


def test_an_indicator_that_nothing_uses_is_idle(made):
    found = made({"speed": {}, "unused": {"name": "闲"}}, months("speed", 2025, 3, 11))
    assert found["unused"].idle
    assert "results" in found["unused"].faults
    assert not found["speed"].idle


def test_the_page_says_what_is_lacking_before_the_list_of_all(make_project):
    """How many lack each thing, and those that lack most; the list is folded. No counts over a part."""
    hidden = {"data/indicators/cycle-time.yml": ("code: T-001\n", "code: T-001\naudience: staff\n")}
    checked, form = check_project(make_project(hidden)), Format("en", "zh")
    for name in ("public", "staff"):
        figures = figures_for(checked, name)
        ctx = PageContext(figures, form, Templates(form.words), Told(), tuple(checked.problems))
        (page,) = quality.pages(ctx)
        (html,) = (part.html for part in page.sections if part.id == "health")
        before, _, folded = html.partition("<details")
        faults = [len(checked.faults) for checked in health_of(figures)]
        assert before.count("<li>") == min(quality.WORST, sum(1 for n in faults if n))
        assert folded.count("hb-health--fault") == sum(faults)
        counts = [int(n) for n in re.findall(r"<span>[^<]*: (\d+)</span>", before)]
        assert counts == sorted(counts, reverse=True)
        assert sum(counts) == (sum(faults) if name == "staff" else 0)
        assert sum(faults) > 0
