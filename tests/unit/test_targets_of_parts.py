"""Whose targets a series is held against: those of a total are not those of its parts."""

from __future__ import annotations

from itertools import product

import pytest

from generator.compute.series.assessed import targets_of
from generator.compute.series.values import Series
from generator.model.pilot import PackItem
from tests.recount.standing import of_a_part
from tests.unit.made import indicator

COMPANY = [{"from": "2025-01", "target": 1000}]
PACK = PackItem.model_validate_json(
    '{"indicator": "speed", "weight": 1, "owner": {"unit": "sales"},'
    ' "targets": [{"from": "2025-01", "target": 80}]}'
)
WHOLE = Series("speed", None, (), "month", ())
PILOT = Series("speed", "north", (), "month", ())
REGION = Series("speed", None, (("region", "east"),), "month", ())


@pytest.mark.parametrize(
    ("fields", "region", "pilot"),
    [
        ({"rollup": "sum", "unit": "orders"}, [], []),
        ({"rollup": "last", "unit": "people"}, [], []),
        ({"rollup": "last", "unit": "%"}, [1000], [1000]),
        ({"rollup": "mean"}, [1000], [1000]),
        ({"rollup": "sum", "unit": "orders", "targets_for": "everyone"}, [1000], [1000]),
        ({"rollup": "mean", "targets_for": "organisation"}, [], []),
    ],
)
def test_a_company_s_target_is_not_one_of_a_part_s_total(
    fields: dict[str, object], region: list[float], pilot: list[float]
) -> None:
    """A company that wants 1,000 orders a month does not want them of each pilot and region."""
    one = indicator(targets=COMPANY, **fields)
    asked = [[target.target for target in targets_of(None, one, series)] for series in (WHOLE, REGION, PILOT)]
    assert asked == [[1000], region, pilot]


def test_a_pilot_s_own_target_goes_before_and_is_not_one_of_its_regions() -> None:
    one = indicator(rollup="sum", unit="orders", targets=COMPANY)
    assert [target.target for target in targets_of(PACK, one, PILOT)] == [80]
    region = Series("speed", "north", (("region", "east"),), "month", ())
    assert targets_of(PACK, one, region) == ()


@pytest.mark.parametrize("unit", ["orders", "%", "％", {"zh": "单", "en": "orders"}])
def test_the_recount_has_the_same_rule_in_every_case(unit: object) -> None:
    """Handbooks that are recounted whole have no total by region, and say `targets_for` nowhere."""
    rollups, whom = ("mean", "sum", "last", "ratio", "none"), (None, "organisation", "everyone")
    for rollup, said, cell, pilot, own in product(
        rollups, whom, ((), (("region", "east"),)), (None, "north"), (False, True)
    ):
        if own and pilot is None:
            continue  # only a pilot has a pack
        raw = {"rollup": rollup, "unit": unit, **({"targets_for": said} if said else {})}
        series = Series("speed", pilot, cell, "month", ())
        asked = targets_of(PACK if own else None, indicator(targets=COMPANY, **raw), series)
        assert bool(asked) != of_a_part(raw, ("speed", pilot or "", cell), own), (raw, cell, pilot, own)
