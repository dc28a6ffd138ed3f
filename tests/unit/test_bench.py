"""The benchmark still has something to measure: its handbook loads, and plain pages say what ours say."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from bench import plain, synthetic
from generator.load.project import load_project
from generator.problems import Problems
from tests.built import ROOT

SECTION = """\
<div>
<p>Two &lt; three, <a href="../pilots/east.html#pack">the <strong>pack</strong></a></p>
<table><thead><tr><th>Month</th><th>Value</th></tr></thead>
<tbody><tr><td>2025-01</td><td>1|2</td></tr></tbody></table>
<svg viewBox="0 0 1 1">
<path d="M0 0"/></svg>
</div>"""

MARKDOWN = """\
Two &lt; three, [the **pack**](../pilots/east.md#pack)

| Month | Value |
| --- | --- |
| 2025-01 | 1\\|2 |

<figure><svg viewBox="0 0 1 1"> <path d="M0 0"/></svg></figure>
"""


def test_the_synthetic_handbook_has_no_error_and_is_always_the_same(tmp_path: Path) -> None:
    for name in ("one", "two"):
        synthetic.make(tmp_path / name, 6)
    problems = Problems()
    catalogue = load_project(tmp_path / "one", problems)
    assert catalogue is not None, str(list(problems))
    assert not problems.has_errors, "\n".join(map(str, problems))
    assert len(catalogue.indicators) == 6
    assert len(catalogue.results) == 6 * 24
    for path in (tmp_path / "one").rglob("*.*"):
        twin = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == twin.read_bytes()


def test_a_changed_result_is_another_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    (tmp_path / "data/results").mkdir(parents=True)
    file = tmp_path / "data/results/2025.csv"
    file.write_text("period,indicator,value\n2025-01,x,10.5\n", encoding="utf-8")
    import_module("run").change_a_result(tmp_path)
    assert file.read_text(encoding="utf-8") == "period,indicator,value\n2025-01,x,10.51\n"


def test_html_becomes_the_markdown_an_author_would_write() -> None:
    assert plain.to_markdown(SECTION) == MARKDOWN


def test_budgets_are_held_against_what_was_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    run, measure = import_module("run"), import_module("measure")

    def held(name: str, **seconds: float) -> dict[str, float]:
        costs = {row: measure.Cost(1, cpu, 600, 150, 100, 300) for row, cpu in seconds.items()}
        results.append(run.Result(name, costs, "", charts=50, rows=10))
        return {what: value for what, value, _ in run.held(results)}

    results: list[object] = []
    assert held("1000", cold=60, warm=20, plain=80) == {
        "1000: cold of plain": 0.75,
        "1000: warm of plain": 0.25,
    }
    results.clear()
    assert held("S", check=1, cold=60, warm=1, edited=10) == {}
    assert held("M", check=1, cold=60, warm=2, edited=40) == {
        "M: warm, s a language": 1,
        "M: edited, s a language": 20,
        "M: cold, MB of memory": 600,
        "M: site, MB a language": 75,
        "growth of a page": 4,
        "growth of a chart": 4,
        "growth of a row": 4,
    }
    assert set(run.BUDGETS) == {"1000", "M", "L"}
