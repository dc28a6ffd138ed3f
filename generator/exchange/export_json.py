"""`handbook export json`: everything of an edition as one JSON object; its form stands in `export_whole`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from generator.compute.figures import Figures
from generator.compute.insight.chronic import CHRONIC_PERIODS
from generator.compute.insight.claims import latest_claim, series_tone
from generator.compute.insight.health import indicator_health
from generator.compute.insight.names import series_name
from generator.compute.insight.standing import series_standing
from generator.compute.insight.standings import by_chance_of, listed_keys, told_standings
from generator.compute.seen import hides_packs
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.lead_lag import FEWEST, FIRM, SEED
from generator.compute.series.signals import Signals
from generator.compute.series.values import Key
from generator.exchange.export_cascade import cascade_out, gaps_out, x_matrix_out
from generator.exchange.export_coaching import coaching_out
from generator.exchange.export_decisions import decisions_out
from generator.exchange.export_effects import effect_out
from generator.exchange.export_evidence import chronic_out, evidence_out
from generator.exchange.export_incentives import incentives_out
from generator.exchange.export_levels import levels_out
from generator.exchange.export_library import (
    cases_out,
    diagnoses_out,
    roadmap_out,
    strategy_out,
    workshops_out,
)
from generator.exchange.export_loop import loop_out, questions_out
from generator.exchange.export_model import (
    ChanceOut,
    ChangeOut,
    PilotOut,
    RunRulesPart,
    SeriesOut,
    StandingOut,
    told_out,
)
from generator.exchange.export_pillars import pillars_out
from generator.exchange.export_pilots import (
    ByChanceOut,
    StandingsOut,
    by_chance_out,
    clue_out,
    history_out,
    pack_item_out,
    people_out,
    road_out,
    tally_out,
    unsure_out,
    verdict_out,
)
from generator.exchange.export_points import NO_LIMITS, NO_PAUSES, WITHHELD, longer_out
from generator.exchange.export_process import process_out
from generator.exchange.export_quarters import quarters_out
from generator.exchange.export_reviews import actions_out, reviews_out, rhythm_out
from generator.exchange.export_spread import spread_out
from generator.exchange.export_strategy import key_results_out
from generator.exchange.export_whole import (
    ContentsOut,
    Export,
    LeadsMethodOut,
    MethodOut,
    ScoringOut,
    WholeOut,
    standings_out,
)
from generator.exchange.export_work import work_out
from generator.exchange.plain_json import as_json
from generator.exchange.point_lines import PointLines
from generator.model.indicator import Indicator
from generator.model.pilot import Pilot
from generator.model.written import settled_lines

NO_ASSURANCE = {
    "no-limits": "the newest segment has no limits",
    "no-target": "there is no target",
    "trial": "the newest segment has trial limits only",
    "signal": "the newest value is a signal",
    "rare": "a chart of rare events tells nothing of a target",
    "withheld": WITHHELD,
    "unsure": "the values hang together so much that the interval spans more than half of all periods",
}


def export_frame(figures: Figures) -> Export:
    """The export as its model, without its series."""
    catalogue = figures.catalogue
    incentives = incentives_out(figures)
    counted = Counter(indicator.category or "none" for indicator in catalogue.indicators.values())
    return Export(
        format="indicator-handbook/1",
        as_of=str(figures.as_of) if figures.as_of else None,
        edition=figures.edition,
        indicators=[_indicator(figures, indicator) for indicator in catalogue.indicators.values()],
        series=[],
        processes=[process_out(figures, process) for process in catalogue.processes.values()],
        pilots=[_pilot(figures, pilot) for pilot in catalogue.pilots.values()],
        chronic=chronic_out(figures),
        longer=[],
        quarters=quarters_out(figures),
        decisions=decisions_out(figures),
        evidence=evidence_out(figures),
        reviews=reviews_out(figures),
        actions=actions_out(figures),
        rhythm=rhythm_out(figures),
        incentives=incentives,
        spread=spread_out(figures),
        coaching=coaching_out(figures),
        levels=levels_out(figures),
        strategy=strategy_out(figures),
        key_states=key_results_out(figures),
        cascade=cascade_out(figures),
        gaps=gaps_out(figures),
        x_matrix=x_matrix_out(figures),
        questions=questions_out(figures),
        loop=loop_out(figures),
        roadmap=roadmap_out(figures),
        pillars=pillars_out(figures),
        questionnaire=as_json(catalogue.questionnaire, catalogue.handbook.languages)
        if catalogue.questionnaire
        else None,
        diagnoses=diagnoses_out(figures),
        workshops=workshops_out(figures),
        cases=cases_out(figures),
        work=work_out(figures),
        standings=standings_out(figures),
        method=MethodOut(
            chronic_periods=CHRONIC_PERIODS,
            leads=LeadsMethodOut(seed=SEED, fewest=FEWEST, firm=FIRM),
            scoring=ScoringOut.model_validate(catalogue.handbook.scoring),
        ),
        contents=ContentsOut(
            whole=WholeOut(
                pilots=len(figures.whole.catalogue.pilots),
                indicators=len(figures.whole.catalogue.indicators),
            ),
            pilots=len(catalogue.pilots),
            indicators=len(catalogue.indicators),
            by_category=dict(sorted(counted.items())),
            by_chance=ByChanceOut.model_validate(by_chance_of(figures, listed_keys(figures))),
        ),
        why_not={"incentives": WITHHELD} if incentives is None else {},
    )


def export_json(figures: Figures) -> str:
    """The export as text, two spaces deep, ending with a line break."""
    return "".join(export_pieces(figures))


def export_pieces(figures: Figures) -> Iterator[str]:
    """The same piece by piece, the series of an indicator at a time: all at once are half a gigabyte of a
    large handbook."""
    return (make() for _, make in export_parts(figures))


def export_parts(figures: Figures) -> Iterator[tuple[str, Callable[[], str]]]:
    """The pieces as (name, what makes it); only those of one indicator have a name.

    The frame is written first, without any series, and they are put in where they belong.
    """
    whole = settled_lines(f"{export_frame(figures).model_dump_json(indent=2, by_alias=True)}\n")
    before, _, rest = whole.partition('\n  "series": []')
    between, _, after = rest.partition('\n  "longer": []')
    lines = PointLines()

    def series(key: Key) -> str:
        one, signals = figures.series[key], figures.signals[key]
        return lines.put_in(_series(figures, one, signals), one, signals)

    def longer(key: Key) -> str:
        one = figures.longer[key]
        return lines.put_in(longer_out(one), one)

    yield "", lambda: before
    yield from _listed("series", figures.series, series)
    yield "", lambda: between
    yield from _listed("longer", figures.longer, longer)
    yield "", lambda: after


def _listed(
    key: str, series: Iterable[Key], told: Callable[[Key], str]
) -> Iterator[tuple[str, Callable[[], str]]]:
    """A list of the outermost object as the whole would be written, an indicator's series in one piece."""
    start, end = f'\n  "{key}": [', "]"
    for _, group in groupby(series, lambda key: key[0]):
        own = tuple(group)

        def piece(own: Sequence[Key] = own) -> str:
            return ",".join(f"\n    {told(one)}" for one in own)

        yield "", partial(str, start)
        yield f"{key} {own[0]}", piece
        start, end = ",", "\n  ]"
    yield "", partial(str, f"{start if end == ']' else ''}{end}")


def _indicator(figures: Figures, indicator: Indicator) -> dict[str, Any]:
    use = figures.usage.of(indicator.id)
    health = indicator_health(figures.whole, figures.whole.catalogue.indicators[indicator.id])
    return {
        **as_json(indicator, figures.catalogue.handbook.languages),
        "used_by": {
            "pilots": list(use.pilots),
            "steps": [f"{step.process}/{step.map}/{step.step}" for step in use.steps],
            "reviews": list(use.reviews),
        },
        "health": [item for item, fine in health.items.items() if not fine],
        "chronic": [
            miss.series.series.pilot for miss in health.chronic if miss.series.series.key in figures.series
        ],
    }


def _why_limits(signals: Signals) -> str:
    """Why the newest value has no limits."""
    rare = signals.segment is not None and signals.segment.chart == "rare"
    return NO_PAUSES if rare else NO_LIMITS.get(signals.basis, "there is no value")


def _standing(series: AssessedSeries, signals: Signals) -> StandingOut:
    """Where an edition may not see how firm a value is, nothing is told that rests on it."""
    own = series_standing(series, signals)
    firmness: Any = own.firmness
    why_not = {}
    if own.value is None:
        why_not = dict.fromkeys(("period", "value", "firmness"), "there is no value")
    hidden = "withheld" in own.value_doubts
    if hidden:
        why_not = dict.fromkeys(("firmness", "doubts", "tone", "signal", "signal_tone"), WITHHELD)
    if own.variation is None:
        why_not["variation"] = _why_limits(signals)
    return StandingOut(
        period=str(own.period) if own.period is not None else None,
        value=own.value,
        status=own.status,
        tone=None if hidden else own.tone,
        firmness=firmness,
        parts=own.parts,
        doubts=None
        if hidden
        else [value_doubt for value_doubt in own.value_doubts if value_doubt != "withheld"],
        variation=own.variation,
        signal=None if hidden else own.signal,
        signal_tone=None if hidden else own.signal_tone,
        signal_doubts=list(own.chart_doubts),
        why_not=why_not,
    )


def _series(figures: Figures, one: AssessedSeries, signals: Signals) -> SeriesOut:
    """All that is said of a series, without its points (`point_lines`)."""
    series, run, basis = one.series, signals.run, signals.basis
    standing, claim = _standing(one, signals), latest_claim(figures, one)
    hidden = standing.tone is None or (claim is not None and claim.guards_withheld)
    why_not = {"tone": WITHHELD} if hidden else {}
    if signals.variation is None:
        why_not["variation"] = why_not["limits"] = _why_limits(signals)
    if signals.no_assurance is not None:
        why_not["chance"] = NO_ASSURANCE[signals.no_assurance]
    if signals.assurance is None and signals.no_assurance is not None:
        why_not["assurance"] = NO_ASSURANCE[signals.no_assurance]
    if signals.autocorrelation is None:
        why_not["autocorrelation"] = "there are fewer than 12 values in a row, or they do not vary"
    if signals.segment is None:
        why_not["chart"] = "there is no value"
    chance = signals.chance
    if run is None:
        why_not["run_rules"] = "no value stands off the median"
    return SeriesOut(
        id=series_name(series.key),
        indicator=series.indicator,
        pilot=series.pilot,
        dimensions=dict(series.cell),
        frequency=series.frequency,
        baseline=one.baseline,
        points=[],
        standing=standing,
        tone=None if hidden else series_tone(figures, one),
        variation=signals.variation,
        assurance=signals.assurance,
        chance=ChanceOut(share=chance.share, low=chance.low, high=chance.high, cases=chance.cases)
        if chance
        else None,
        chart=signals.segment.chart if signals.segment else None,
        cautions=list(signals.cautions),
        autocorrelation=signals.autocorrelation,
        limit_values=signals.segment.count if signals.segment else None,
        expected_false=signals.expected_false,
        limits=basis if basis in ("trial", "full") else None,
        run_rules=RunRulesPart(
            longest=run.longest,
            longest_limit=run.longest_limit,
            crossings=run.crossings,
            crossings_limit=run.crossings_limit,
        )
        if run
        else None,
        told=told_out(series, signals),
        why_not=why_not,
    )


def _pilot(figures: Figures, pilot: Pilot) -> PilotOut:
    score = figures.pilots[pilot.id].score
    reasons = {}
    if score.withheld is not None:
        reasons = dict.fromkeys(("score", "coverage", "bullets", "unsure"), WITHHELD)
    elif score.value is None:
        reasons = {"score": "no indicator of the pack can be scored"}
    if score.gate == "withheld":
        reasons["gate"] = WITHHELD
    if hides_packs(figures):
        reasons["by_chance"] = WITHHELD
    unsure = unsure_out(figures, figures.pilots[pilot.id])
    if unsure is None:
        reasons["unsure"] = WITHHELD
    tally = tally_out(figures, pilot.id)
    if tally is None:
        reasons["tally"] = WITHHELD
    return PilotOut(
        id=pilot.id,
        name=as_json(pilot.name, figures.catalogue.handbook.languages),
        score=score.value,
        coverage=score.coverage,
        gate=None if score.gate == "withheld" else score.gate,
        withheld_weight=score.withheld.weight if score.withheld else 0.0,
        changes=[
            ChangeOut(
                id=change.id,
                date=change.date.isoformat(),
                effects=[effect_out(effect) for effect in figures.effects[(pilot.id, change.id)]],
                why_not=_no_effects(figures, pilot.id, change.id),
            )
            for change in pilot.changes
        ],
        tally=tally,
        unsure=unsure,
        verdict=verdict_out(figures, figures.pilots[pilot.id]),
        pack=[pack_item_out(figures, item) for item in figures.pilots[pilot.id].pack],
        bullets=None
        if score.withheld
        else StandingsOut.model_validate(told_standings(figures.pilots[pilot.id].pack)),
        by_chance=None if hides_packs(figures) else by_chance_out(figures, [pilot.id]),
        history=history_out(figures, pilot.id),
        roadmap=road_out(figures, pilot),
        people=people_out(figures, pilot),
        training=[as_json(one, figures.catalogue.handbook.languages) for one in pilot.training],
        tools=[as_json(tool, figures.catalogue.handbook.languages) for tool in pilot.tools],
        clues=[clue_out(clue) for clue in figures.clues.get(pilot.id, ())],
        why_not=reasons,
    )


def _no_effects(figures: Figures, pilot: str, change: str) -> dict[str, str]:
    """Why the effects of a change are not there, or not all of them."""
    shown, every = figures.effects[(pilot, change)], figures.whole.effects[(pilot, change)]
    if len(shown) < len(every):
        return {"effects": WITHHELD}
    return {} if shown else {"effects": "no indicator of the change has results in the pilot"}
