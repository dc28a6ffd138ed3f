"""Break-downs stand in the order in which the handbook declares the values, not in that of their codes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.compute.figures import figures_of
from generator.pipeline import check_project
from tests.built import ROOT


@pytest.mark.parametrize("reverse", [False, True])
def test_cells_stand_as_declared(reverse: bool) -> None:
    checked = check_project(ROOT)
    assert checked.catalogue is not None
    handbook = checked.catalogue.handbook
    dimensions = tuple(
        one.model_copy(update={"values": dict(reversed(one.values.items()))}) if reverse else one
        for one in handbook.dimensions
    )
    catalogue = replace(checked.catalogue, handbook=handbook.model_copy(update={"dimensions": dimensions}))
    figures = figures_of(catalogue, "managers", checked.as_of)
    looked = 0
    for own in figures.by_indicator.values():
        for dimension in dimensions:
            places = {one.series.pilot for one in own}
            for place in places:
                found = [
                    one.series.cell[0][1]
                    for one in own
                    if one.series.pilot == place and [name for name, _ in one.series.cell] == [dimension.id]
                ]
                assert found == [value for value in dimension.values if value in found]
                looked += len(found) > 1
    assert looked
