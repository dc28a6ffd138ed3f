"""What would give a hidden target away is withheld with it, and no ranking is one of the rest."""

from __future__ import annotations

from dataclasses import replace

from generator.compute.figures import figures_of
from generator.compute.insight.claims import leading_claim, pilot_claim
from generator.compute.insight.names import series_name
from generator.model.catalogue import latest_period
from generator.model.results import Results
from tests.unit.test_edition_figures import EAST, WIDE, editions, exported, marked, sample


def test_a_chance_would_give_a_hidden_target_away() -> None:
    """Centre, spread and the share of periods that meet a target tell the target."""
    catalogue = marked(columns=("target",))
    wide = figures_of(catalogue, WIDE, latest_period(catalogue))
    key = next(key for key, one in wide.signals.items() if one.chance is not None and key[1] is not None)
    newest = wide.series[key].last
    assert newest is not None
    rows = tuple(
        replace(row, target=newest.bar.target)
        if (row.indicator, row.pilot, row.cell, row.period) == (*key, newest.point.period)
        else row
        for row in catalogue.results
    )
    narrow, wide = editions(replace(catalogue, results=Results.of(rows)))
    assert wide.signals[key].chance is not None
    assert narrow.signals[key].chance is None
    assert narrow.signals[key].assurance == wide.signals[key].assurance
    own = next(one for one in exported(narrow)["series"] if one["id"] == series_name(key))
    assert (own["chance"], own["why_not"]["chance"]) == (None, "withheld")
    assert own["assurance"] == wide.signals[key].assurance


def test_a_margin_that_follows_from_a_hidden_target_is_withheld_with_it() -> None:
    """Half the way from target to floor, beside the floor of the definition, is the target."""
    whole = figures_of(sample(), WIDE, latest_period(sample()))
    pilot, margin = next(
        (claim.pilot, one)
        for told in whole.effects.values()
        for claim in told
        for one in claim.guardrails
        if one.margin is not None and one.margin.source == "floor"
    )
    catalogue = marked(columns=("target",))
    rows = tuple(
        replace(row, target=whole.series[(margin.indicator, pilot, ())].points[-1].bar.target)
        if (row.indicator, row.pilot, row.cell) == (margin.indicator, pilot, ())
        else row
        for row in catalogue.results
    )
    narrow, wide = editions(replace(catalogue, results=Results.of(rows)))
    told = [
        {
            claim.indicator: (guard.margin, guard.margin_withheld, guard.result)
            for told in figures.effects.values()
            for claim in told
            for guard in claim.guardrails
            if claim.pilot == pilot and guard.indicator == margin.indicator
        }
        for figures in (narrow, wide)
    ]
    assert told[0] == {name: (None, True, result) for name, (_, _, result) in told[1].items()}
    assert all(one is not None for one, _, _ in told[1].values())
    out = [
        guard
        for one in exported(narrow)["pilots"]
        if one["id"] == pilot
        for change in one["changes"]
        for effect in change["effects"]
        for guard in effect["guardrails"]
        if guard["indicator"] == margin.indicator
    ]
    assert {(guard["margin"], guard["why_not"]["margin"]) for guard in out} == {(None, "withheld")}


def test_the_headline_is_not_of_the_next_change_where_the_weightiest_is_hidden() -> None:
    """The ranking is that of everything: an edition that may not see the first says so and tells no other."""
    whole = figures_of(sample(), WIDE, latest_period(sample()))
    first = leading_claim(whole, EAST)
    assert first is not None
    narrow, wide = editions(marked(indicators=(first.indicator,)))
    told = pilot_claim(wide, wide.pilots[EAST])
    assert told.leading is not None
    assert (told.leading.indicator, told.leading_withheld) == (first.indicator, False)
    hidden = pilot_claim(narrow, narrow.pilots[EAST])
    assert (hidden.leading, hidden.leading_withheld) == (None, True)
    other = next(item.indicator for item in whole.pilots[EAST].pack if item.indicator != first.indicator)
    narrow, wide = editions(marked(indicators=(other,)))
    seen = pilot_claim(narrow, narrow.pilots[EAST])
    assert seen.leading is not None
    assert (seen.leading.indicator, seen.leading_withheld) == (first.indicator, False)
