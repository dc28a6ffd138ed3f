"""`handbook review`: nothing later leaks in, the same bytes again, a manifest that tells no hidden name."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from tests import built
from tests.built import ROOT, SITES, Site, copied, files, handbook, without_sounds
from tests.site.addresses import inside, loaded_by
from tests.site.hand_cut import cut

ABOUT_INPUTS = {"manifest.json", "en/manifest.json", "SHA256SUMS"}
HIDDEN = re.compile(rb"zq")
AUDIENCES = SITES / "audiences"


def review(project: Path, out: Path, period: str, **changes: str) -> Site:
    """Freeze a review that must succeed."""
    done = handbook("review", period, project, "--out", out, **changes)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{out.name}.zip" in done.stdout
    return Site(out)


@pytest.fixture(scope="module")
def cut_by_hand(tmp_path_factory: pytest.TempPathFactory) -> Site:
    project = copied(ROOT, tmp_path_factory.mktemp("cut") / "project")
    shutil.copy(ROOT / "mkdocs.yml", project)
    cut(project)
    return review(project, project.parent / "review-2025-Q4", "2025-Q4", PYTHONHASHSEED="5")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small handbook for three audiences, with the review of its one quarter in `frozen/q`."""
    project = shutil.copytree(AUDIENCES, tmp_path_factory.mktemp("small") / "project")
    review(project, project / "frozen/q", "2025-Q1")
    return project


# The sample's past


def test_a_past_quarter_is_the_same_as_if_nothing_later_had_been_written(
    past_review: Site, cut_by_hand: Site
) -> None:
    today, then = files(past_review.folder), files(cut_by_hand.folder)
    assert len(today) > 300
    assert sorted(path for path in today.keys() | then.keys() if today.get(path) != then.get(path)) == sorted(
        ABOUT_INPUTS
    )


def test_nothing_later_is_named(past_review: Site) -> None:
    """The pilot begun in 2026, the indicators created then, a change and a diagnosis of then."""
    later = re.compile(rb"lead-to-cash-south|quote-time|skill-coverage|urgent-orders|limit-work-in")
    assert [path for path, data in files(past_review.folder).items() if later.search(data)] == []


def test_a_cover_opens_it_and_the_handbook_stands_behind(past_review: Site) -> None:
    for language, words in (("", ("2025年四季度", "打印版")), ("en/", ("Q4 2025", "For print"))):
        page = (past_review.folder / f"{language}index.html").read_text(encoding="utf-8")
        assert all(word in page for word in words), language
        assert (past_review.folder / f"{language}handbook.html").is_file()
        assert (past_review.folder / f"{language}print.html").is_file()


def test_its_own_pages_load_nothing_from_outside(past_review: Site) -> None:
    for page in ("index.html", "print.html", "handbook.html", "en/index.html", "en/print.html"):
        assert [one for _, one in loaded_by(past_review.document(page)) if not inside(one)] == [], page


# Folder, zip, manifest


def test_running_it_again_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    again = review(small, tmp_path / "q", "2025-Q1", PYTHONHASHSEED="31")
    assert files(again.folder) == files(small / "frozen/q")
    assert (tmp_path / "q.zip").read_bytes() == (small / "frozen/q.zip").read_bytes()


def test_the_zip_holds_the_folder(small: Path) -> None:
    with zipfile.ZipFile(small / "frozen/q.zip") as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
        assert {entry.date_time for entry in packed.infolist()} == {(2025, 3, 31, 0, 0, 0)}
    assert held == {f"q/{path}": data for path, data in files(small / "frozen/q").items()}


def test_the_sums_are_those_of_the_files(small: Path) -> None:
    folder = small / "frozen/q"
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    own = {path: sha256(data).hexdigest() for path, data in files(folder).items() if path != "SHA256SUMS"}
    assert told == own


def test_the_manifest_names_the_inputs_that_the_edition_may_know(small: Path) -> None:
    manifest = json.loads((small / "frozen/q/manifest.json").read_text(encoding="utf-8"))
    assert {key: manifest[key] for key in ("format", "period", "edition", "languages", "commit")} == {
        "format": "indicator-handbook-review/1", "period": "2025-Q1", "edition": "staff",
        "languages": ["zh", "en"], "commit": None,
    }  # fmt: skip
    inputs = {path: data for path, data in files(small).items() if path.startswith(("data/", "content/"))}
    shown = {path for path in inputs if "zq" not in path}
    assert set(manifest["inputs"]) == shown
    assert set(manifest["inputs"].values()) == {None}, (
        "managers see more than staff: nothing to try numbers by"
    )
    assert manifest["inputs_of_other_editions"] == len(inputs.keys() - shown)
    told = {path: data for path, data in files(small / "frozen/q").items() if "assets/" not in path}
    assert [path for path, data in told.items() if HIDDEN.search(without_sounds(data))] == []


def test_the_manifest_names_the_commit_and_whether_files_have_changed(small: Path, tmp_path: Path) -> None:
    project = shutil.copytree(AUDIENCES, tmp_path / "project")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", str(project)]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "one"]):
        assert built.run(*git, *words).returncode == 0
    head = built.run(*git, "rev-parse", "HEAD").stdout.strip()
    for changed in (False, True):
        site = review(project, tmp_path / f"out-{changed}", "2025-Q1")
        manifest = json.loads((site.folder / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["commit"] == {"id": head, "changed_since": changed}
        (project / "data/strategy.yml").write_bytes((project / "data/strategy.yml").read_bytes() + b"\n")


@pytest.mark.parametrize(
    ("period", "message"),
    [
        ("2025-03", "2025-03 is no quarter; this handbook is reviewed by the quarter, e.g. 2025-Q1"),
        ("2025-Q2", "2025-Q2 has no results; the newest are of 2025-Q1"),
        ("2024-Q4", "2024-Q4 has no results; the oldest begin on 2025-01-01"),
    ],
)
def test_a_period_that_is_none_is_refused(small: Path, period: str, message: str) -> None:
    before = files(small)
    done = handbook("review", period, small)
    assert (done.returncode, message in done.stderr) == (2, True), done.stderr
    assert files(small) == before


def test_a_project_with_errors_leaves_the_old_review(small: Path, tmp_path: Path) -> None:
    project = shutil.copytree(small, tmp_path / "project")
    (project / "data/strategy.yml").write_text("goals: [", encoding="utf-8")
    before = files(project / "frozen")
    done = handbook("review", "2025-Q1", project, "--again", "--out", project / "frozen/q")
    assert done.returncode == 1
    assert "data/strategy.yml:" in done.stderr
    assert files(project / "frozen") == before


def test_a_review_that_stands_there_is_kept_unless_it_is_asked_for_again(small: Path, tmp_path: Path) -> None:
    """Neither the folder nor the zip alone, which may be what was handed on."""
    before = files(small)
    done = handbook("review", "2025-Q1", small, "--out", small / "frozen/q")
    assert done.returncode == 2
    assert "q is a review that was frozen before" in done.stderr
    shutil.copy(small / "frozen/q.zip", tmp_path / "r.zip")
    done = handbook("review", "2025-Q1", small, "--out", tmp_path / "r")
    assert (done.returncode, "r.zip is a review that was frozen before" in done.stderr) == (2, True)
    assert files(small) == before
    done = handbook("review", "2025-Q1", small, "--out", small / "frozen/q", "--again")
    assert done.returncode == 0, done.stderr
    assert files(small) == before


def test_a_zip_that_is_no_earlier_review_is_not_replaced(small: Path, tmp_path: Path) -> None:
    own = tmp_path / "report.zip"
    own.write_bytes(b"somebody's")
    done = handbook("review", "2025-Q1", small, "--out", tmp_path / "report")
    assert done.returncode == 2
    assert "report.zip is no earlier review's zip" in done.stderr
    assert files(tmp_path) == {"report.zip": b"somebody's"}


# A handbook without pilots


def test_without_pilots_it_is_a_review_of_the_indicators(tmp_path: Path) -> None:
    project = copied(ROOT / "examples/minimal", tmp_path / "project")
    done = handbook("review", "2025-Q4", project, "--out", tmp_path / "r")
    assert done.returncode == 0, done.stderr
    assert "leads to no page" not in done.stdout + done.stderr
    site = Site(tmp_path / "r")
    for page in ("en/index.html", "en/print.html"):
        words = " ".join(" ".join(text for _, text in site.document(page).texts).split())
        assert "Of one indicator, 1 on target (0 of 1 in Q3 2025)." in words, page
        assert "Newly on target: time to first reply" in words, page
        assert "Time to first reply 7.7" in words, page
        assert "0 pilots" not in words, page
    assert "2025-q4" not in (tmp_path / "r/index.html").read_text(encoding="utf-8")
    # What is inside is said by kind and day.
    words = " ".join(" ".join(text for _, text in site.document("en/index.html").texts).split())
    assert (
        "This edition holds the results of periods that ended by 31 Dec 2025, taken from their source by "
        "14 Jan 2026. Process changes" in words
    )


def test_the_cover_says_until_when_reviews_are_inside(past_review: Site) -> None:
    words = " ".join(" ".join(text for _, text in past_review.document("en/index.html").texts).split())
    assert (
        "taken from their source by 14 Jan 2026. It holds short reviews held by 31 Dec 2025 and the long "
        "reviews of periods that had ended by then, the last of them held on 14 Jan 2026" in words
    )
