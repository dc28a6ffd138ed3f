"""What is put away comes back as it was, here and in another process, and a site is not in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config import load_config

from generator.compute.figures import Figures
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.charted import Signals
from generator.exchange.export_json import _series, export_frame, export_json
from generator.exchange.export_model import PointOut
from generator.exchange.export_points import assessed_keys, assessed_out, limit_reasons, longer_out, why_not
from generator.language_sites import language_sites_of
from generator.model.written import settled_lines
from generator.pipeline import check_project, figures_for
from generator.present import store
from generator.present.page import Page, Section, body, stored
from generator.present.store import Store, Stored, StoredFiles, hand_over, taken_over
from generator.problems import Problems
from generator.site.pages import HandbookPage, StoredFile

ROOT = Path(__file__).parents[2]
PAGE = Page("a/b.md", "T", "zh", "a", (Section("s", 1, "S", "<p>一</p>"), Section("t", 2, "T", "")))


@given(st.lists(st.lists(st.binary(max_size=9), max_size=3)), st.integers(0, 20))
def test_contents_come_back_in_any_order(contents: list[list[bytes]], in_memory: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "IN_MEMORY", in_memory)
        kept = Store()
        put = [kept.put_all(pieces) for pieces in contents]
        assert [one.content() for one in reversed(put)] == [b"".join(one) for one in reversed(contents)]
        again = kept.put(b"again")
        assert [one.content() for one in put] == [b"".join(one) for one in contents]
        assert again.content() == b"again"


def test_a_page_reads_as_before(tmp_path: Path) -> None:
    kept = stored(PAGE, Store())
    assert kept == PAGE
    assert [type(section.__dict__["_html"]) for section in kept.sections] == [Stored, Stored]
    assert body(kept, "#") == body(PAGE, "#")


def test_another_process_is_given_pages_and_files_and_nothing_stays(tmp_path: Path) -> None:
    files = StoredFiles({"x.csv": Store().put(b"1,2"), "y.csv": Store().put(b"3")})
    hand_over((stored(PAGE, Store()), files), tmp_path, "job")
    assert len(list(tmp_path.iterdir())) == 4
    page, found = taken_over(tmp_path, "job")
    assert list(tmp_path.iterdir()) == []
    assert page == PAGE
    assert dict(found) == {"x.csv": b"1,2", "y.csv": b"3"}


def test_pages_and_files_of_a_site_are_put_away() -> None:
    (site,) = language_sites_of(figures_for(check_project(ROOT)), Problems(), ["en"])
    kinds = {type(section.__dict__["_html"]) for page in site.pages for section in page.sections}
    assert kinds == {Stored}
    assert isinstance(site.files, StoredFiles)
    assert set(site.files) > {"downloads/handbook.zip", "downloads/results.csv"}


def test_the_export_in_pieces_is_the_export_as_a_whole() -> None:
    told = figures_for(check_project(ROOT))
    assert export_json(told) == _by_the_model(told)


def _by_the_model(told: Figures) -> str:
    """The export as its model writes it, every point an object of it."""
    series = [
        _series(told, one, told.signals[key]).model_copy(
            update={"points": [_charted(one, told.signals[key], place) for place in range(len(one.points))]}
        )
        for key, one in told.series.items()
    ]
    longer = [
        longer_out(one).model_copy(
            update={"points": [assessed_out(point, one.baseline) for point in one.points]}
        )
        for one in told.longer.values()
    ]
    whole = export_frame(told).model_copy(update={"series": series, "longer": longer})
    return settled_lines(whole.model_dump_json(indent=2, by_alias=True) + "\n")


def _charted(one: AssessedSeries, signals: Signals, place: int) -> PointOut:
    point, signal = one.points[place], signals.points[place]
    reasons = why_not(point, one.baseline)
    limit_reasons(reasons, point, signal, signals)
    return PointOut(
        **assessed_keys(point),
        segment=signal.segment,
        centre=signal.centre,
        lower=signal.lower,
        upper=signal.upper,
        mark=signal.mark if signal.variation is not None else None,
        mark_side=signal.side,
        pause=signal.pause,
        why_not=reasons,
    )


def test_mkdocs_is_given_html_that_nobody_keeps(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    config = load_config(config_file=str(tmp_path / "mkdocs.yml"))
    config.plugins._current_plugin = "handbook"  # as while MkDocs asks a plugin
    file = StoredFile.of(config, "a/b.csv", {"a/b.csv": b"1"})
    assert (file.content_bytes, file.content_string) == (b"1", "1")
    file.copy_file()
    assert (tmp_path / "site/a/b.csv").read_bytes() == b"1"
    page = HandbookPage(PAGE, "T", StoredFile.of(config, "a/b.md", {}), config, "#")
    assert page.content is None
    page.render(config, None)  # type: ignore[arg-type]
    html = page.content
    assert html == body(PAGE, "#")
    page.content = html  # as MkDocs does after its plugins have looked at it
    assert html not in vars(page).values()
    assert page.content == html
    page.content = "changed by a plugin"
    assert page.content == "changed by a plugin"
    page.content = None
    assert page.content is None
