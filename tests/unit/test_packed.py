"""The export as a site gives it away: one file in a zip, the same bytes on every day."""

from __future__ import annotations

import io
import zipfile

from generator.exchange.export_json import export_json, export_pieces
from generator.exchange.packed import INSIDE, packed
from generator.pipeline import check_project, figures_for
from tests.built import ROOT


def test_the_zip_holds_the_export_and_is_the_same_again() -> None:
    figures = figures_for(check_project(ROOT))
    made = packed(export_pieces(figures))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == [INSIDE]
        assert archive.read(INSIDE).decode() == export_json(figures)
        assert archive.getinfo(INSIDE).date_time == (1980, 1, 1, 0, 0, 0)
    assert packed(export_pieces(figures)) == made
    assert len(made) < len(export_json(figures)) / 8
