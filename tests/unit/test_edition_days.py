"""Nothing of an edition follows from what it hides: its bytes are the same whatever that is.

Beside the handbook of `tests/tokens.py`, in which every kind of thing has a hidden twin, pilots that everyone
sees have reviews that the public does not, newest ones among them. All days, numbers, periods and words of a
hidden thing are changed, and everything that the public edition gives is made again: pages, downloads, feeds,
the digest, a frozen review. Charts are left undrawn; their data stand in their tables.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.compute.figures import Figures
from generator.exchange.manifest import origin
from generator.language_sites import language_sites_of
from generator.pipeline import check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.digest import as_text, digest_for
from generator.present.page import LanguageSite
from generator.present.text.format import Format
from tests.attacks import _Loader
from tests.tokens import planted

HELD, NEXT = date(2025, 12, 16), date(2025, 12, 30)
"""The newest review of the pilot `east`, and the day two weeks later by which the next one is due."""
NEWEST = """
pilot: east
audience: managers
kind: short
period: 2025-12
date: 2025-12-16
summary: 稳
problems:
  - {id: p1, indicator: cycle-time, step: quote, cause: people, factor: conditions, text: 慢}
actions:
  - {id: a1, problem: p1, text: 再合并, due: 2025-12-22}
  - {id: a2, problem: p1, text: 再核对, due: 2025-12-29, status: done, closed: 2025-12-27}
coaching:
  - {unit: sales, focus: 谈节奏, stage: goal, plan: 定目标, due: 2025-12-31}
decisions: [推广]
"""
OLDER = """
pilot: east
audience: managers
kind: long
period: 2025-Q2
date: 2025-08-08
summary: 稳
problems:
  - {id: p1, indicator: cycle-time, step: quote, cause: process, text: 慢}
actions:
  - {id: a1, problem: p1, text: 再合并, due: 2025-09-22, status: done, closed: 2025-09-20}
"""
LONG = """
pilot: west
audience: managers
kind: long
period: 2025-Q4
date: 2026-01-14
summary: 稳
coaching:
  - {unit: sales, focus: 谈节奏, stage: goal, plan: 定目标, due: 2025-12-31, came: done}
"""
CASE = """---
title: 全公司照办
kind: policy
pilot: hq-east
change: hq-merge
indicators: [cycle-time]
---
# 全公司照办
"""
"""One that everyone sees, of a pilot that the public does not."""
RHYTHM_RULE = Format("zh", "zh").words("rules.review-rhythm.name")
OWN = {"own-newest": NEWEST, "own-older": OLDER, "own-long": LONG}
_day = re.compile(r"\d{4}-\d\d-\d\d")
_period = re.compile(r"(\d{4})-(Q\d|\d\d)")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("days") / "project"
    planted(folder)
    for name, text in OWN.items():
        (folder / f"data/reviews/{name}.yml").write_text(f"id: {name}{text}", encoding="utf-8")
    (folder / "content/cases/told.md").write_text(CASE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def public(project: Path) -> dict[str, bytes]:
    return given(project)


def given(project: Path, edition: str = "public", language: str = "zh") -> dict[str, bytes]:
    """Everything that an edition gives, by its name."""
    checked = check_project(project)
    assert checked.whole is not None
    assert checked.usable, [one for one in checked.problems if one.level == "error"]
    figures = figures_for(checked, edition)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Drawings, "fill", lambda _self, pages, _progress=None: tuple(pages))
        (site,) = language_sites_of(figures, checked.problems, (language,))
        frozen = origin(checked.whole, figures)
        (review,) = language_sites_of(figures, checked.problems, (language,), frozen=frozen)
    made = dict(_files(site)) | {f"review/{name}": data for name, data in _files(review)}
    return made | {f"digest {since}": _digest(figures, since, language) for since in (None, HELD)}


def _files(site: LanguageSite) -> Iterator[tuple[str, bytes]]:
    for name, data in site.files.items():
        if name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                yield from ((f"{name}/{inner}", packed.read(inner)) for inner in packed.namelist())
        else:
            yield name, data
    for chapter in site.chapters:
        for page in chapter.pages:
            sections = "".join(section.title + section.html for section in page.sections)
            yield page.path, f"{page.title}{page.meta}{page.search}{page.markdown}{sections}".encode()
    yield (
        "chapters and footer",
        repr([chapter.title for chapter in site.chapters]).encode() + repr(site.footer).encode(),
    )


def _digest(figures: Figures, since: date | None, language: str) -> bytes:
    return as_text(digest_for(figures, language, since)).encode()


def forms(day: date) -> tuple[str, ...]:
    """A day as any file may write it."""
    return (
        f"{day}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日",
        f"{day.day} {day:%B} {day.year}", f"{day.day} {day:%b} {day.year}", f"{day:%B} {day.day}, {day.year}",
    )  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_file_tells_the_day_of_a_hidden_review_or_the_one_that_follows(
    project: Path, public: dict[str, bytes], language: str
) -> None:
    told = public if language == "zh" else given(project, language=language)
    text = {name: re.sub(r"<[^>]*>", "", data.decode()) for name, data in told.items()}
    for day in (HELD, date(2026, 1, 14), date(2026, 1, 28)):
        found = [name for name, words in text.items() if any(form in words for form in forms(day))]
        assert found == [], day
    words = {
        "zh": "下次复盘的日期不对本版读者开放",
        "en": "When the next review is due is not told in this edition",
    }
    for page in ("agenda.md", "pilots/east.md"):
        assert words[language] in text[page], page
        assert not any(form in text[page] for form in forms(NEXT)), page
    assert "UID:next-" not in text["feeds/calendar.ics"]


def test_the_edition_that_sees_them_tells_these_days(project: Path, public: dict[str, bytes]) -> None:
    """What the test above looks for can be found; a finding that hangs on them stands here alone."""
    told = given(project, "managers")
    assert RHYTHM_RULE in told["quality.md"].decode()
    assert RHYTHM_RULE not in public["quality.md"].decode()
    for name in ("agenda.md", "pilots/east.md", "feeds/calendar.ics"):
        text = re.sub(r"<[^>]*>", "", told[name].decode())
        assert any(form in text for form in forms(NEXT)), name


def test_what_changed_is_told_from_the_last_review_that_the_edition_sees(public: dict[str, bytes]) -> None:
    told = re.sub(r"<[^>]*>", "", public["agenda.md"].decode())
    assert "上次复盘不对本版读者开放，从2025年12月2日的复盘算起" in "".join(told.split())


def changed(value: Any) -> Any:
    """Other days, periods, numbers and words; keys, ids and choices stay."""
    if isinstance(value, dict):
        return {key: changed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [changed(inner) for inner in value]
    if isinstance(value, date):
        return value + timedelta(days=2)
    if isinstance(value, float):
        return round(value * 1.5, 2) if value > 1 else value  # shares add up to 1
    if not isinstance(value, str):
        return value
    if _day.fullmatch(value):
        return f"{date.fromisoformat(value) + timedelta(days=2)}"
    return re.sub(r"tkz(?=\d+q)|^稳$|^再(?=合并|核对)", r"\g<0>9", value)


def other(text: str) -> str:
    """A file of data with everything in it changed."""
    told = changed(yaml.load(text, _Loader))
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False)


def hidden(part: dict[str, Any]) -> bool:
    """Whether a part of what everyone sees is not for the public: it has a name of its own that says so, is
    about a hidden thing, or is a note on a person."""
    about = [part.get(name) for name in ("id", "indicator", "process", "pilot")]
    about += part.get("indicators", [])[:1]
    return any(isinstance(name, str) and name.startswith("hq-") for name in about) or (
        "person" in part and "focus" in part
    )


def changed_inside(value: Any) -> Any:
    if isinstance(value, list):
        return [changed_inside(inner) for inner in value]
    if isinstance(value, dict):
        if hidden(value):
            return changed(value)
        return {key: changed_inside(inner) for key, inner in value.items()}
    return value


def other_parts(text: str) -> str:
    """A file of data with everything in its hidden parts changed."""
    told = changed_inside(yaml.load(text, _Loader))
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False)


def other_rows(text: str) -> str:
    """The rows of hidden things and of hidden parts of seen ones with other values and notes."""
    return "\n".join(
        re.sub(r"7\d{3}\.37", lambda found: f"{float(found[0]) * 1.25:.2f}", line).replace("tkz", "tkz9")
        if "hq-" in line.replace("hq-part", "") or "VERYHIDDEN" in line
        else line
        for line in text.split("\n")
    )


def other_words(text: str) -> str:
    return text.replace("tkz", "tkz9").replace("2025-", "2024-")


def other_period(text: str) -> str:
    """A review of quite another day and period; the newest stays the newest."""
    for old, new in (
        ("period: 2025-12", "period: 2025-03"), ("period: 2025-Q", "period: 2024-Q"),
        ("date: 2025-12-16", "date: 2026-01-28"), ("date: 2025-08-08", "date: 2025-02-20"),
        ("date: 2026-01-14", "date: 2025-05-05"),
    ):  # fmt: skip
        text = text.replace(old, new)
    return text


KINDS: dict[str, tuple[str, Callable[[str], str]]] = {
    "reviews": ("data/reviews/own-*.yml", other),
    "reviews of hidden pilots": ("data/reviews/hq-*.yml", other),
    "indicators": ("data/indicators/hq-*.yml", other),
    "processes": ("data/processes/hq-*.yml", other),
    "pilots": ("data/pilots/hq-*.yml", other),
    "workshops": ("data/workshops/hq-*.yml", other),
    "parts of reviews": ("data/reviews/2*.yml", other_parts),
    "parts of pilots": ("data/pilots/[ew]*.yml", other_parts),
    "parts of indicators": ("data/indicators/cycle-time.yml", other_parts),
    "parts of the strategy": ("data/strategy.yml", other_parts),
    "parts of a diagnosis": ("data/diagnosis/2*.yml", other_parts),
    "results": ("data/results/*.csv", other_rows),
    "pages and cases": ("content/*/hq-*.md", other_words),
}
PERIODS = {"periods of reviews": ("data/reviews/own-*.yml", other_period)}


def differing(
    project: Path, public: dict[str, bytes], place: Path, kinds: dict[str, tuple[str, Callable[[str], str]]]
) -> list[str]:
    """The names of what is given otherwise once everything of these kinds is changed."""
    shutil.copytree(project, place)
    for kind, (pattern, change) in kinds.items():
        files = sorted(place.glob(pattern))
        assert files, kind
        for file in files:
            before = file.read_text(encoding="utf-8")
            after = change(before)
            assert after != before, file
            file.write_text(after, encoding="utf-8")
    told = given(place)
    return sorted(name for name in {*told, *public} if told.get(name) != public.get(name))


@pytest.mark.parametrize("kinds", [KINDS, PERIODS], ids=["everything", "other periods"])
def test_the_bytes_of_an_edition_do_not_depend_on_what_it_hides(
    project: Path,
    public: dict[str, bytes],
    tmp_path: Path,
    kinds: dict[str, tuple[str, Callable[[str], str]]],
) -> None:
    """All kinds at once, as a build costs a second; where something differs, each by itself."""
    if found := differing(project, public, tmp_path / "all", kinds):
        apart = {
            name: differing(project, public, tmp_path / str(number), {name: how})
            for number, (name, how) in enumerate(kinds.items())
        }
        pytest.fail(f"{found}, by kind: { {name: files for name, files in apart.items() if files} }")
