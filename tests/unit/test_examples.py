"""The examples work, and real data comes out as it went in: roll-ups against sums made apart from it."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from statistics import mean

import pytest

from generator.compute.insight.case_finder import case_traits
from generator.compute.insight.payouts import pay_of
from generator.compute.insight.spread import spread_of
from generator.compute.series.values import Series, roll_up, series_of
from generator.load.project import load_project
from generator.model.calendar import Calendar
from generator.model.catalogue import Catalogue
from generator.model.text import Text
from generator.model.walk import walk
from generator.pipeline import check_project, figures_for
from generator.present.text.words import labels
from generator.problems import Problems
from tests.built import built
from tests.evidence import evidence

REPOSITORY = Path(__file__).parents[2]
EXAMPLES = REPOSITORY / "examples"
DEPARTMENTS = {"1": "type-1", "2": "type-2", "other": "other"}

OWN = 14
"""Letters from which on a text is no common word of the trade."""

Key = tuple[str, str, str]
"""Pilot ("" for all organisations), department ("" for all types), period."""
Sums = dict[Key, list[int]]
"""Attendances, breaches, admissions."""


def load(folder: Path) -> Catalogue:
    problems = Problems()
    catalogue = load_project(folder, problems)
    assert not problems.has_errors, "\n".join(map(str, problems))
    assert catalogue is not None
    return catalogue


def test_the_minimal_handbook_is_whole_and_builds(tmp_path: Path) -> None:
    project = tmp_path / "minimal"
    shutil.copytree(EXAMPLES / "minimal", project)
    assert set(load(project).indicators) == {"reply-time"}
    built(project, tmp_path / "site")
    for language in ("", "en/"):
        page = (tmp_path / "site" / f"{language}indicators/reply-time.html").read_text(encoding="utf-8")
        assert ("首次答复时间" if not language else "Time to first reply") in page
        assert "<svg" in page


def test_the_hospital_tells_what_was_put_into_its_figures() -> None:
    """Ward B took the round over and gained; ward C without a pharmacist did not; a bonus brought errors."""
    run = check_project(EXAMPLES / "hospital")
    figures = figures_for(run, "board")
    found = {(item.pilot, item.change): item for item in spread_of(figures)}
    round_ = found["ward-a", "discharge-round"]
    told = {
        place.transfer.id: {one.indicator: one.result for one in place.results} for place in round_.places
    }
    assert told["ward-b"]["discharge-time"] == told["ward-b"]["before-noon"] == "reproduced"
    assert told["ward-c"]["discharge-time"] == told["ward-c"]["before-noon"] == "not-reproduced"
    assert {place.transfer.id: place.result for place in round_.places} == {
        "ward-b": "reproduced", "ward-c": "in-part", "nights": "planned", "ward-rules": "in-force"
    }  # fmt: skip
    pharmacist = next(one for one in round_.conditions if one.condition == "pharmacist")
    assert (pharmacist.met, pharmacist.lacking) == ((1, 1), (0, 1))
    pooled = {one.indicator: one.pooled for one in round_.pools}
    assert pooled["discharge-time"].few
    assert pooled["discharge-time"].i2 > 0.9
    assert found["ward-a", "huddle"].field == "managing"
    assert {item.id: item.proof for item in case_traits(figures)} == {
        "the-round": "proved", "paid-by-numbers": "failed"
    }  # fmt: skip
    pay = pay_of(figures, figures.catalogue.pilots["ward-a"]).tally
    assert (pay.by_kind["gain"], pay.by_kind["noise"]) == (pay.paid, 0)
    assert pay_of(figures, figures.catalogue.pilots["ward-c"]).tally.closed > 0


def words_of(project: Path) -> set[str]:
    """The texts of a handbook in both languages that are long enough to be its own."""
    catalogue = load(project)
    parts = [catalogue.roadmap, catalogue.questionnaire, catalogue.strategy]
    parts += [*catalogue.indicators.values(), *catalogue.processes.values(), *catalogue.pilots.values()]
    texts = (text for part in parts for _, text in walk(part) if isinstance(text, Text))
    return {words for text in texts for words in text.all() if len(words) >= OWN}


def test_the_hospital_builds_without_a_word_of_the_sample(tmp_path: Path) -> None:
    """Roadmap, questions, cascade: no default and no sample text in either language."""
    project = tmp_path / "hospital"
    shutil.copytree(EXAMPLES / "hospital", project)
    built(project, tmp_path / "site", "--edition", "board")
    said = {word for language in ("zh", "en") for word in labels(language).values()}
    foreign = words_of(REPOSITORY) - words_of(project) - said
    assert len(foreign) > 500
    pages = {page: page.read_text(encoding="utf-8") for page in (tmp_path / "site").rglob("*.html")}
    names = ("redesign", "coaching", "spread", "incentives", "tools", "offices", "measures", "find-case")
    for name in (*names, "levels", "strategy/cascade", "strategy/loop", "workshops"):
        for language in ("", "zh/"):
            assert tmp_path / f"site/{language}{name}.html" in pages, name
    for page, html in pages.items():
        assert [words for words in foreign if words in html] == [], page.name


@pytest.fixture(scope="module")
def table() -> Path:
    return evidence("ae_attendances.csv")


@pytest.fixture(scope="module")
def emergency(table: Path, tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The handbook that the example's script makes from the real table."""
    folder = tmp_path_factory.mktemp("emergency")
    script = EXAMPLES / "ae_attendances" / "make_handbook.py"
    subprocess.run((sys.executable, script, table, folder), check=True, stdout=subprocess.DEVNULL)
    return load(folder)


def fiscal(month: str) -> Iterator[str]:
    """The month, its quarter and its year, where a year starts in April and is named after that April."""
    year, number = int(month[:4]), int(month[5:7])
    year, place = (year, number - 4) if number >= 4 else (year - 1, number + 8)
    yield from (month, f"{year}-Q{place // 3 + 1}", f"{year}")


@pytest.fixture(scope="module")
def sums(table: Path, emergency: Catalogue) -> Sums:
    """Straight sums over the table, by pilot, department and period of each length."""
    found: Sums = defaultdict(lambda: [0, 0, 0])
    with table.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            code = row["org_code"].lower()
            pilots = ("", code) if code in emergency.pilots else ("",)
            cells = ("", DEPARTMENTS[row["type"]])
            for key in product(pilots, cells, fiscal(row["period"][:7])):
                for place, name in enumerate(("attendances", "breaches", "admissions")):
                    found[key][place] += int(row[name])
    return found


def expected(indicator: str, counts: list[int]) -> float:
    attendances, breaches, admissions = counts
    if indicator == "attendances":
        return attendances
    return 100 * (attendances - breaches if indicator == "four-hour-share" else admissions) / attendances


def test_the_six_largest_organisations_are_the_pilots(emergency: Catalogue) -> None:
    assert set(emergency.pilots) == {"r1h", "rw6", "r1k", "rqm", "rf4", "rj2"}
    assert all(len(pilot.pack) == 3 for pilot in emergency.pilots.values())


def test_every_figure_agrees_with_the_table(emergency: Catalogue, sums: Sums) -> None:
    seen = set()
    for series in series_of(emergency.results):
        indicator = emergency.indicators[series.indicator]
        longer = (roll_up(series, length, indicator, Calendar(4)) for length in ("quarter", "year"))
        for one in (series, *longer):
            for point in one.points:
                key = (one.pilot or "", dict(one.cell).get("department", ""), str(point.period))
                assert point.value == pytest.approx(expected(indicator.id, sums[key]), rel=1e-12), key
                assert point.complete, key
                seen.add((indicator.id, *key))
    assert seen == {(indicator, *key) for indicator in emergency.indicators for key in sums}


def whole(emergency: Catalogue, indicator: str) -> Series:
    """The series of the whole organisation, all departments together."""
    return next(s for s in series_of(emergency.results) if s.key == (indicator, None, ()))


def test_the_known_case_four_hour_share_of_all_organisations(emergency: Catalogue) -> None:
    values = [point.value for point in whole(emergency, "four-hour-share").points if point.value is not None]
    assert len(values) == 36
    assert mean(values) / 100 == pytest.approx(0.884706, abs=5e-7)
