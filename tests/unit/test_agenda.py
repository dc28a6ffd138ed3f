"""The agenda of the next review: what changed since the last one, found and said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.compute.figures import Figures, figures_of
from generator.compute.insight.agenda import Agenda, agenda_of, last_review, standings
from generator.compute.past import figures_at
from generator.load.project import load_project
from generator.model.period import Period
from generator.model.results import Results
from generator.present.charts.draw import Drawings
from generator.present.page_context import PageContext
from generator.present.parts.agenda_items import AgendaWriter
from generator.present.templates import Templates
from generator.present.text.format import Format
from generator.problems import Problems

ROOT = Path(__file__).parents[2]
EAST, SOUTH, RELEASE = "lead-to-cash-east", "lead-to-cash-south", "requirement-release"
NEWEST = Period.parse("2026-Q3")


@pytest.fixture(scope="module")
def figures() -> Figures:
    catalogue = load_project(ROOT, Problems())
    assert catalogue is not None
    return figures_of(catalogue, "managers", NEWEST)


def next_agenda(figures: Figures, pilot: str) -> Agenda:
    last = last_review(figures, pilot)
    assert last is not None
    return agenda_of(figures, figures_at(figures, last.period), figures.catalogue.pilots[pilot], last)


def between(figures: Figures, pilot: str, then: str, now: str) -> Agenda:
    """The agenda of a pilot from the figures of one period to those of another, without a review before."""
    earlier, later = (figures_at(figures, Period.parse(name)) for name in (then, now))
    return agenda_of(later, earlier, later.catalogue.pilots[pilot], None)


def test_what_was_planted_since_the_last_review_of_east(figures: Figures) -> None:
    told = next_agenda(figures, EAST)
    assert told.last is not None
    assert (told.last.id, told.meeting) == ("2026-q3-lead-to-cash-east", date(2026, 10, 27))
    assert [(row.indicator, str(row.period), row.as_of) for row in told.restated] == [
        ("collection-on-time", "2026-09", date(2026, 10, 14))
    ]
    assert [(name, entry.change, entry.date) for name, entry in told.definitions] == [
        ("collection-on-time", "definition", date(2026, 10, 16))
    ]
    assert [change.id for change in told.changes] == ["objections-on-note"]
    assert told.waiting == ()  # the new change stands there already
    assert [task.action.id for task in told.due] == ["a1"]  # of 29 September, due on 23 October
    assert (told.signals, told.turns, told.gate, told.told, told.late, told.overdue) == (
        (),
        (),
        None,
        (),
        (),
        (),
    )
    assert not told.empty


def test_overdue_one_change_and_nothing_at_all(figures: Figures) -> None:
    south, release = next_agenda(figures, SOUTH), next_agenda(figures, RELEASE)
    assert [(task.action.id, task.days_late) for task in south.overdue] == [("a2", 30)]
    assert south.restated == ()  # the row is East's
    (change,) = release.changes  # in force six days after the last review
    assert (change.id, change.date) == ("defects-first", date(2026, 10, 19))
    assert not release.empty
    assert replace(release, changes=()).empty


def test_what_a_quarter_brought(figures: Figures) -> None:
    """The fast lane of September 2025: on target a quarter later, its effect told after six months."""
    told = between(figures, RELEASE, "2025-Q3", "2025-Q4")
    assert [(one.indicator, one.turn) for one in told.turns] == [("requirement-lead-time", "newly-met")]
    assert told.told == ()  # four months after: the first look is at six
    looked = between(figures, RELEASE, "2025-Q4", "2026-Q1")
    effects = {(*one.changes, one.indicator): one.outcome for one in looked.told}
    assert effects["fast-lane", "requirement-lead-time"] == "improved"
    assert effects["fast-lane", "release-defect-rate"] == "worse"
    assert looked.turns == ()
    assert between(figures, RELEASE, "2026-Q1", "2026-Q2").told == ()
    # The look at twelve months, with August 2026.
    again = between(figures, RELEASE, "2026-Q2", "2026-Q3")
    assert {one.effect.look.periods for one in again.told if one.effect.look} == {12}


def test_standings_are_those_of_the_running_quarter(figures: Figures) -> None:
    """Seen from August, the quarter is July and August together, not August alone."""
    pilot = figures.catalogue.pilots[EAST]
    running = standings(figures_at(figures, Period.parse("2026-08")), pilot)
    item = running["orders-per-head"]
    rows = {
        str(row.period): row.value
        for row in figures.catalogue.results
        if (row.indicator, row.pilot, row.cell) == ("orders-per-head", EAST, ())
    }
    assert item.review is not None
    assert str(item.review.point.period) == "2026-Q3"
    assert item.review.point.value == pytest.approx(((rows["2026-07"] or 0) + (rows["2026-08"] or 0)) / 2)
    cycle = running["order-cycle-time"].review
    # First collected on 9 October, but in the system since each month ended.
    assert cycle is not None
    assert cycle.point.value == pytest.approx(20.325)


def test_a_gate_that_turns_is_told(figures: Figures) -> None:
    pilot = figures.catalogue.pilots[RELEASE]
    easy = tuple(
        item.model_copy(update={"targets": (item.targets[0].model_copy(update={"floor": 4.0}),)})
        if item.indicator == "release-defect-rate"
        else item
        for item in pilot.pack
    )
    lenient = replace(
        figures.catalogue,
        pilots={**figures.catalogue.pilots, RELEASE: pilot.model_copy(update={"pack": easy})},
    )
    eased = figures_of(lenient, "managers", NEWEST)
    # 4.2, 4.1, 4.0 and 3.95 % against a floor of 4: passed in the last quarter only.
    assert between(eased, RELEASE, "2026-Q1", "2026-Q3").gate == "passed"


def test_an_effect_is_awaited_until_the_first_look(figures: Figures) -> None:
    def waiting(name: str) -> list[tuple[str, int]]:
        past = figures_at(figures, Period.parse(name))
        last = next(one for one in past.catalogue.reviews.values() if one.pilot == SOUTH)
        early = last.model_copy(update={"date": date(2026, 3, 10)})
        told = agenda_of(past, None, past.catalogue.pilots[SOUTH], early)
        return [(*one.changes, one.effect.after.n) for one in told.waiting]

    # In force on 2 March 2026, so April is the first whole month after it.
    assert waiting("2026-03") == [("due-date-reminder", 0)]
    assert waiting("2026-06") == [("due-date-reminder", 3)]
    assert waiting("2026-08") == [("due-date-reminder", 5)]
    assert waiting("2026-09") == []


def test_a_series_that_ends_early_is_late(figures: Figures) -> None:
    def late(months: tuple[str, ...]) -> list[tuple[str, str, date]]:
        rows = tuple(
            row
            for row in figures.catalogue.results
            if not (row.indicator == "internal-satisfaction" and str(row.period) in months)
        )
        cut = figures_of(replace(figures.catalogue, results=Results.of(rows)), "managers", NEWEST)
        return [(one.indicator, str(one.last), one.due) for one in next_agenda(cut, RELEASE).late]

    assert late(()) == []
    # Refreshed by the week: a month's result is due seven days after it.
    assert late(("2026-09",)) == []  # due by 7 October
    found = late(("2026-08", "2026-09"))
    assert found == [("internal-satisfaction", "2026-07", date(2026, 9, 7))]


def test_a_signal_is_news_once(figures: Figures) -> None:
    rows = tuple(
        replace(row, value=30.0)
        if (row.indicator, row.pilot, str(row.period)) == ("order-cycle-time", EAST, "2026-09")
        else row
        for row in figures.catalogue.results
    )
    jump = figures_of(replace(figures.catalogue, results=Results.of(rows)), "managers", NEWEST)
    pilot = jump.catalogue.pilots[EAST]
    (news,) = agenda_of(jump, figures_at(jump, Period.parse("2026-08")), pilot, None).signals
    assert (news.indicator, news.signal.mark, news.signal.variation) == (
        "order-cycle-time",
        "outside",
        "concern",
    )
    assert agenda_of(jump, jump, pilot, None).signals == ()


def said(figures: Figures, language: str, agenda: Agenda) -> list[str]:
    """The lines of an agenda as a reader sees them; a group without any by its sentence in brackets."""
    form = Format(language, "zh")
    ctx = PageContext(figures, form, Templates(form.words), Drawings(None))
    lines: list[str] = []
    for group in AgendaWriter(ctx, ctx.links("agenda.md")).groups(agenda):
        lines += [f"{line.kind} | {re.sub('<[^>]*>', '', line.text)}" for line in group.lines]
        lines += [] if group.lines else [f"[{group.nothing}]"]
    return lines


def test_the_agenda_reads_as_sentences_in_both_languages(figures: Figures) -> None:
    east = next_agenda(figures, EAST)
    value = next(row.value for row in east.restated)
    assert value is not None
    shown, before = f"{value:.1f}\u202f%", f"{100 * 818.3 / 993.8:.1f}\u202f%"
    assert said(figures, "zh", east) == [
        "[没有新信号，也没有新达标或新未达标。]",
        (
            f"数据更新 | 回款准时率 2026年9月的数在上次复盘之后由 {before} 更新为 {shown}"
            "（2026年10月14日取数），上次据它得出的结论要再看一遍。"
        ),
        "口径变化 | 回款准时率，2026年10月16日改定义：写明验收时有书面异议的款项照样计入分母，另列一栏。",
        (
            "流程改动 | 2026年10月19日起：验收单上当场写明异议和处理期限，华东全面启用。看回款准时率，"
            "效果要等满 6 期再下结论。"
        ),
        "将到期 | 列出最近三个月因缺料停过的型号（交付部 · 调度主管，进行中）：2026年10月23日到期。",
    ]
    south = said(figures, "en", next_agenda(figures, SOUTH))
    assert south[-1] == (
        "Late | For three months, record disputes as quantity, invoice or quality (Sales · Regional manager "
        "South; under way): was due by 31 Aug 2026, 30 days late."
    )
    assert said(figures, "en", next_agenda(figures, RELEASE)) == [
        "[No new signal, and nothing newly on target or newly missed.]",
        "[No value was restated, no definition changed, and no data are late.]",
        (
            "Process changed | From 19 Oct 2026: The group bonus is paid only when the defect rate is on "
            "target, and no longer by releases. Watch release defect rate; no verdict before six periods are "
            "in."
        ),
        "[No action is late, and none falls due before the next review.]",
    ]
    unchanged = said(figures, "en", replace(next_agenda(figures, RELEASE), changes=()))
    assert unchanged[2] == "[No new change of the process, and none whose effect is still awaited.]"
    past = said(figures, "en", between(figures, RELEASE, "2025-Q3", "2025-Q4"))
    assert (
        "Newly on target | Requirement lead time is 32.2\u00a0days in Q4 2025 and reaches its "
        "target of 34.0. Which step was done right, and how can it be kept?"
    ) in past


def test_a_period_that_is_not_over_is_called_that(figures: Figures) -> None:
    """In July alone the quarter missed its target; July and August together reach it."""
    told = said(figures, "en", between(figures, RELEASE, "2026-07", "2026-08"))
    assert any("days in Q3 2026 so far and reaches its target of 34.0" in line for line in told)
    (turn,) = (
        one
        for one in between(figures, RELEASE, "2026-07", "2026-08").turns
        if one.indicator == "requirement-lead-time"
    )
    assert turn.point.point.parts == (2, 3)
