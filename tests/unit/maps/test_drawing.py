"""The drawn maps of the sample: names, links, statuses, ids; small changes stay small; figures add up."""

from __future__ import annotations

import difflib
import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compute.figures import Figures, figures_of
from generator.model.duration import Duration
from generator.model.process import Process, TimeSpan
from generator.pipeline import check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.links import path_of
from generator.present.maps.drawing import nice_ceiling, rounded_path
from generator.present.maps.rounding import apportioned
from generator.present.page_context import PageContext
from generator.present.pages.processes import process as process_page
from generator.present.pages.processes.tables import (
    coverage,
    figure_rows,
    load_views,
    remedy_rows,
    sipoc_view,
)
from generator.present.parts.process_change import change_summary, promise_rows
from generator.present.parts.process_map import MapView, map_views
from generator.present.templates import Templates
from generator.present.text.format import Format
from generator.present.text.metrics import text_width
from generator.present.text.wrap import fit, wrap

ROOT = Path(__file__).parents[3]
LTC, RTR = "lead-to-cash", "requirement-to-release"


@pytest.fixture(scope="module")
def figures() -> Figures:
    return figures_for(check_project(ROOT))


def desk_of(figures: Figures, language: str = "zh") -> PageContext:
    form = Format(language, "zh")
    return PageContext(figures, form, Templates(form.words), Drawings(ROOT / ".handbook-cache/charts"))


def views(figures: Figures, id_: str, language: str = "zh") -> tuple[MapView, ...]:
    ctx = desk_of(figures, language)
    return map_views(ctx, figures.catalogue.processes[id_], ctx.links(path_of("process", id_)))


def with_process(figures: Figures, process: Process) -> Figures:
    catalogue = figures.catalogue
    changed = replace(catalogue, processes={**catalogue.processes, process.id: process})
    return figures_of(changed, figures.edition, figures.as_of)


def with_step(process: Process, id_: str, **changes: object) -> Process:
    drawn = process.maps.as_is
    steps = tuple(step.model_copy(update=changes) if step.id == id_ else step for step in drawn.steps)
    maps = process.maps.model_copy(update={"as_is": drawn.model_copy(update={"steps": steps})})
    return process.model_copy(update={"maps": maps})


@pytest.mark.parametrize("id_", [LTC, RTR])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_link_of_a_map_has_a_name_and_a_place(figures, id_, language):
    for view in views(figures, id_, language):
        links = re.findall(r'<a href="([^"]*)" aria-label="([^"]*)">', view.picture.drawing)
        work = [step for step in view.steps if step.touch or step.wait]
        chips = sum(len(step.indicators) for step in view.steps)
        assert len(links) == len(work) + chips == view.picture.drawing.count("<a ")
        assert {href for href, _ in links if href.startswith("#")} == {f"#{step.anchor}" for step in work}
        assert all(len(name) > 6 for _, name in links)
        assert view.picture.drawing.count('role="listitem"') == len(view.steps)


def test_a_chip_says_name_value_and_latest_status(figures):
    drawn = str(views(figures, LTC, "en")[0].picture.drawing)
    assert 'aria-label="On-time delivery rate: ' in drawn
    said = re.search(r'aria-label="(First-pass yield: [^"]*)"', drawn)[1]
    last = figures.series["first-pass-yield", None, ()].last
    assert said == f"First-pass yield: {last.point.value:.1f}\u202f%, near target, Sep 2026"
    assert last.status == "near"


def test_kinds_estimates_tools_symptoms_and_blockages_are_drawn(figures):
    drawn = str(views(figures, LTC, "en")[0].picture.drawing)
    for kind in ("value", "mechanical", "wait"):
        assert f"hb-i--{kind}" in drawn
    assert drawn.count("hb-map__rank--people") == 3
    assert drawn.count("hb-map__rank--computed") == 3
    assert ">≈ 3 h<" in drawn
    assert ">Too many approvals<" in drawn
    assert ">Account manager<" in drawn
    assert ">客户经理 · Excel<" in str(views(figures, LTC)[0].picture.drawing)
    sign_off = next(
        label for label in re.findall(r'aria-label="([^"]*)"', drawn) if "Contract sign-off" in label
    )
    assert sign_off == (
        "Contract sign-off; Finance; Finance manager; queue; touch 30 min; wait 24 h; too many approvals; "
        "people&#39;s bottleneck 1; computed bottleneck 3"
    )


def test_the_new_map_says_what_was_done(figures):
    drawn = str(views(figures, LTC, "en")[1].picture.drawing)
    pills = re.findall(r'hb-map__badgetext"[^>]*>([^<]*)<', drawn)
    assert "Merged 3 → 1" in pills
    assert "New" in pills
    assert any("Brought forward" in pill for pill in pills)
    assert "hb-map__badge" not in views(figures, LTC, "en")[0].picture.drawing


class Ids(HTMLParser):
    """Collects the ids of a page and what refers to them."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.used: set[str] = set()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        self.used |= set((given.get("aria-labelledby") or "").split())
        self.used |= {given["for"]} if "for" in given else set()
        for value in given.values():
            self.used |= set(re.findall(r"url\(#([^)]+)\)", value or ""))


def page_html(figures: Figures, language: str = "zh") -> str:
    return "\n".join(
        section.html for page in process_page.pages(desk_of(figures, language)) for section in page.sections
    )


def test_ids_are_unique_and_references_resolve(figures):
    for page in process_page.pages(desk_of(figures)):
        found = Ids()
        found.feed("\n".join(section.html for section in page.sections))
        assert len(found.ids) == len(set(found.ids))
        assert found.used <= set(found.ids)
        allowed = ("map-", "as-is", "to-be", "choose-", "waterfall-")
        assert all(name.startswith(allowed) for name in found.ids)


def test_one_changed_time_changes_few_lines(figures):
    before = figures.catalogue.processes[LTC]
    for step, touch in (("quote", "2.5h"), ("invoice", "50m"), ("collect", "1h")):
        after = with_step(before, step, touch=TimeSpan(mean=Duration.parse(touch)))
        old, new = (
            str(views(one, LTC)[0].picture.drawing) for one in (figures, with_process(figures, after))
        )
        changed = [
            line
            for line in difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
            if line.startswith("+") and not line.startswith("+++")
        ]
        assert 0 < len(changed) < 12, changed


def digest() -> str:
    return hashlib.sha256(page_html(figures_for(check_project(ROOT))).encode()).hexdigest()


def test_the_same_page_under_another_hash_seed(figures):
    script = "from tests.unit.maps.test_drawing import digest; print(digest())"
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env={"PYTHONHASHSEED": "31", "PATH": ""},
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert told.strip() == hashlib.sha256(page_html(figures).encode()).hexdigest()


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("+", "").replace(",", ""))


@pytest.mark.parametrize("id_", [LTC, RTR])
def test_savings_add_up_as_they_are_shown(figures, id_):
    shown = change_summary(desk_of(figures), figures.catalogue.processes[id_])
    for column in ("saved", "repeats", "times"):
        total = sum(number(getattr(row, column)) for row in shown.rows)
        assert total == pytest.approx(number(getattr(shown.total, column)), abs=1e-9)
    flows = figures.processes[id_].flows
    days = (flows["to_be"].lead_time_h - flows["as_is"].lead_time_h) / 8
    # What is shown as the difference is that of the two lead times as they are shown, each rounded.
    ends = number(shown.total.after_time) - number(shown.total.before_time)
    assert number(shown.total.saved) == pytest.approx(ends, abs=1e-9)
    assert ends == pytest.approx(days, abs=0.01)
    wide, narrow = (
        re.findall(r'hb-map__falltext"[^>]*>([^<]*)<', drawn)
        for drawn in re.findall(r"<svg.*?</svg>", shown.drawing, re.DOTALL)
    )
    assert wide == narrow  # a phone is told the same
    bars = wide
    inner = sum(number(bar.split(" ")[0]) for bar in bars[1:-1])
    assert inner == pytest.approx(number(shown.total.saved), abs=1e-9)


def test_promised_against_measured(figures):
    ctx = desk_of(figures, "en")
    rows = promise_rows(
        ctx.figures, ctx.format, figures.catalogue.processes[LTC], ctx.links("processes/x.md")
    )
    east = [row for row in rows if row.pilot.title == "Lead to cash in East"]
    assert [(row.indicator.title, row.promised, row.measured, row.verdict) for row in east] == [
        ("Order cycle time", "−23.2\u202f%", "−19.4\u202f%", "on the way"),
        ("First-pass yield", "+4.8 percentage points", "+4.7 percentage points", "on the way"),
    ]


def test_figures_stand_beside_the_pilots_measures(figures):
    ctx = desk_of(figures, "en")
    rows = figure_rows(ctx, figures.catalogue.processes[LTC], ctx.links("processes/x.md"))
    assert [row.as_is for row in rows] == [
        "25.0 d", "2.7 d", "1.7 d", "10.9\u202f%", "6.7\u202f%", "88.3\u202f%", "2.9\u202f%",
    ]  # fmt: skip
    assert [bool(row.measured) for row in rows] == [True, False, False, False, False, True, False]
    assert rows[0].measured[0].pilot.title == "Lead to cash in East"


def test_trouble_leads_to_tools_and_indicators(figures):
    ctx = desk_of(figures, "en")
    rows = remedy_rows(ctx.figures, ctx.format, figures.catalogue.processes[LTC], ctx.links("processes/x.md"))
    found = {row.step: row for row in rows}
    assert found["Contract sign-off"].symptoms == "Too many approvals"
    assert found["Contract sign-off"].answer == "Merged · Automated · Faster → Joint sign-off"
    assert "Electronic signature (augments)" in found["Contract sign-off"].tools
    assert "First-pass yield" in [ref.title for ref in found["Contract sign-off"].indicators]
    assert found["Key in the order"].answer.startswith("Removed: The order is made from the contract data")


def test_inputs_and_outputs_are_derived(figures):
    view = sipoc_view(desk_of(figures, "en"), figures.catalogue.processes[LTC])
    assert "Enquiry e-mail" in view.inputs
    assert "Quotation" not in view.inputs
    assert "Notice of payment" in view.outputs
    assert view.process == ("Win", "Sign", "Deliver", "Collect")


def test_coverage_and_capacity(figures):
    ctx = desk_of(figures, "en")
    process = figures.catalogue.processes[LTC]
    told = coverage(ctx.figures, ctx.format, process, ctx.links("processes/x.md"))
    assert told.map == "To be"
    assert told.key_steps == ""
    assert "Credit check" in told.steps
    assert "Joint sign-off" not in told.steps
    as_is = load_views(ctx, process)[0]
    assert [row.lane for row in as_is.rows] == ["Sales", "Legal", "Delivery", "Finance"]
    assert load_views(ctx, figures.catalogue.processes[RTR]) == ()
    busy = process.model_copy(
        update={"lanes": tuple(lane.model_copy(update={"capacity": 18}) for lane in process.lanes)}
    )
    sales = load_views(desk_of(with_process(figures, busy), "en"), busy)[0].rows[0]
    assert (sales.utilisation, sales.busy) == ("97\u202f%", True)
    assert sales.wait == "busier than 95\u202f%; no honest figure"


def test_a_map_without_times_shows_why(figures):
    process = with_step(figures.catalogue.processes[LTC], "quote", touch=None, wait=None)
    changed = with_process(figures, process)
    assert "Prepare the quote" in page_html(changed, "en")
    assert "no lead time, because these steps have no times: Prepare the quote" in page_html(changed, "en")
    assert change_summary(desk_of(changed, "en"), process).reason.startswith("The savings cannot be told")


def test_a_short_chain_has_lanes_as_rows(figures):
    process = figures.catalogue.processes[LTC]
    drawn = process.maps.as_is
    kept = tuple(
        step.model_copy(update={"next": step.next[:1]}) if step.id == "price-approval" else step
        for step in drawn.steps[:5]
    )
    kept = (*kept[:4], kept[4].model_copy(update={"next": ()}))
    short = process.model_copy(
        update={
            "maps": process.maps.model_copy(
                update={"as_is": drawn.model_copy(update={"steps": kept}), "to_be": None}
            )
        }
    )
    (view,) = views(with_process(figures, short), LTC)
    assert view.picture.rows
    assert "hb-map__head--upright" in view.picture.heads
    assert not views(figures, LTC)[0].picture.rows


@given(st.lists(st.floats(-1000, 1000), max_size=12), st.integers(0, 3))
def test_apportioned_figures_add_up(values, decimals):
    shown = apportioned(values, decimals)
    unit = 10**-decimals
    assert sum(shown) == pytest.approx(sum(values), abs=unit / 2 + 1e-6)
    assert all(abs(a - b) < unit + 1e-6 for a, b in zip(shown, values, strict=True))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("起草合同并录入供应商管理系统", 100, ("起草合同并录入", "供应商管理系统")),
        ("填写申请（系统实时校验）", 100, ("填写申请（系", "统实时校验）")),
        ("Draft the contract and key it in", 120, ("Draft the contract", "and key it in")),
    ],
)
def test_names_break_where_the_language_breaks(text, width, lines):
    assert wrap(text, width, 13) == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        (
            "Dispatch by rule (Aug 2025): Orders per head",
            230,
            ("Dispatch by rule (Aug 2025):", "Orders per head"),
        ),
        ("Go-live on 12 May 2025 in East", 100, ("Go-live on", "12 May 2025", "in East")),
        ("Results of Q3 2026 by unit", 90, ("Results of", "Q3 2026", "by unit")),
        ("合并会签（2025年5月）：订单交付周期", 116, ("合并会签", "（2025年5月）：", "订单交付周期")),
        ("2025年12月31日止", 40, ("2025", "年12", "月31", "日止")),
    ],
)
def test_a_date_stays_whole_where_there_is_room_for_it(text: str, width: int, lines: tuple[str, ...]) -> None:
    assert wrap(text, width, 13) == lines


def test_what_does_not_fit_is_cut():
    lines = wrap("一二三四五六七八九十一二三四五六七八九十", 66, 11, most=2)
    assert lines == ("一二三四五六", "七八九十一…")
    assert all(text_width(line, 11) <= 66 for line in lines)
    assert fit("Receivables accountant", 60, 11) == "Receiva…"


def test_corners_are_round_and_never_longer_than_the_line():
    assert rounded_path(((0, 0), (0, 20), (30, 20))) == "M0 0L0 14Q0 20 6 20L30 20"
    assert rounded_path(((0, 0), (0, 4), (30, 4))) == "M0 0L0 2Q0 4 2 4L30 4"


@pytest.mark.parametrize(
    ("value", "ceiling"), [(0.03, 0.05), (1, 1), (1.1, 2), (34, 50), (51, 100), (720, 1000)]
)
def test_the_ruler_has_round_ends(value, ceiling):
    assert nice_ceiling(value) == pytest.approx(ceiling)
