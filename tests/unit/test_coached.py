"""Coaching that is followed up: the case of the computations page, and what an edition is told of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.compute.insight.coached import coaching_of
from generator.exchange.export_coaching import coaching_out
from generator.pipeline import check_project, figures_for

BASE = Path(__file__).parents[1] / "problems/_base"
REVIEW = """id: {id}
pilot: east
kind: long
period: 2025-Q{n}
date: 2025-0{month}-28
coaching:
{notes}
"""
SALES = "  - {unit: sales, plan: {zh: 做, en: Do}}\n"
FINANCE = "  - {plan: {zh: 做, en: Do}}\n"


def _project(folder: Path, march: str, june: str, september: str) -> Path:
    shutil.copytree(BASE, folder)
    (folder / "data/reviews/2025-q1-east.yml").unlink()
    for n, (month, notes) in enumerate(((3, march), (6, june), (9, september)), 1):
        name = f"2025-r{n}"
        text = (
            REVIEW.format(id=name, n=n, month=month, notes=notes)
            if notes
            else REVIEW.format(id=name, n=n, month=month, notes="").replace("coaching:\n", "")
        )
        (folder / f"data/reviews/{name}.yml").write_text(text, encoding="utf-8")
    return folder


def test_the_rate_of_each_unit(tmp_path: Path) -> None:
    run = check_project(_project(tmp_path / "p", SALES + FINANCE, SALES, ""))
    found = {
        unit.id: (unit.followed, unit.asked, unit.rate) for unit in coaching_of(figures_for(run, "staff"))
    }
    assert found == {"sales": (1, 2, 0.5), "organisation": (0, 1, 0.0)}


def test_no_rate_where_a_note_on_a_person_is_not_seen(tmp_path: Path) -> None:
    """The base's `people_audience` is staff; the public sees the note without a person, if the pilot."""
    one = "  - {unit: sales, person: 李强, plan: {zh: 做, en: Do}}\n"
    folder = _project(tmp_path / "p", SALES + one, "", "")
    pilot = folder / "data/pilots/east.yml"
    pilot.write_text(pilot.read_text(encoding="utf-8").replace("audience: staff", ""), encoding="utf-8")
    run = check_project(folder)
    (staff,) = coaching_out(figures_for(run, "staff"))
    assert (staff.asked, staff.followed, len(staff.notes)) == (2, 0, 2)
    (public,) = coaching_out(figures_for(run, "public"))
    assert (public.asked, public.rate, len(public.notes)) == (None, None, 1)
    assert "李强" not in public.model_dump_json()
    assert set(public.why_not) == {"stages", "asked", "followed", "rate"}


def test_what_a_hidden_review_says_of_a_note_is_withheld(tmp_path: Path) -> None:
    """June comes back to March's note; an edition without June says neither that nor its opposite."""
    one = "  - {unit: sales, person: 李强, plan: {zh: 做, en: Do}}\n"
    folder = _project(tmp_path / "p", one + SALES, SALES, "")
    pilot = folder / "data/pilots/east.yml"
    pilot.write_text(pilot.read_text(encoding="utf-8").replace("audience: staff", ""), encoding="utf-8")
    june = folder / "data/reviews/2025-r2.yml"
    june.write_text("audience: staff\n" + june.read_text(encoding="utf-8"), encoding="utf-8")
    run = check_project(folder)
    (staff,) = coaching_out(figures_for(run, "staff"))
    known = {note.id: note for note in staff.notes}
    assert known["2025-r1~1"].followed == "2025-r2"
    (public,) = coaching_out(figures_for(run, "public"))
    (note,) = public.notes
    assert (note.id, note.asked, note.followed, note.came) == ("2025-r1~1", True, None, None)
    assert note.why_not == {"followed": "withheld", "came": "withheld"}
    assert (public.asked, public.followed, public.rate) == (None, None, None)
