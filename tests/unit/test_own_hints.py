"""Hints made of what an author wrote: a name where an id belongs, a number with its unit, a list as words."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.messages import said, speak
from generator.pipeline import check_project
from tests.unit.test_own_words import begun

INDICATOR = "data/indicators/ticket-resolution-time.yml"
PILOT = "data/pilots/service-desk-pilot.yml"
PROCESS = "data/processes/service-desk.yml"
REVIEW = "data/reviews/2026-q3-service-desk-pilot.yml"
STRATEGY = "data/strategy.yml"
RESPONSES = "data/diagnosis/responses/2026-03-11-service-desk.csv"
CASE = "content/cases/ask-once.md"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begun(tmp_path_factory.mktemp("book"))


def hints(book: Path, file: str, old: str, new: str) -> list[str]:
    """The hints of the errors that come with a change, which is taken back."""
    path = book / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    try:
        return [one.hint for one in check_project(book).problems if one.level == "error"]
    finally:
        path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "hint"),
    [
        (PILOT, "\nunit: service-desk", "\nunit: 服务台", "write the id service-desk; '服务台' is its name"),
        (PILOT, "indicator: cost-per-ticket", "indicator: 单张工单成本", "write the id cost-per-ticket; '单"),
        (PILOT, "indicator: cost-per-ticket", "indicator: 每单服务成本", "write the id cost-per-ticket; '每"),
        (PROCESS, "lane: desk", "lane: 服务台", "write the id desk; '服务台' is its name"),
        (PROCESS, "next: [confirm]", "next: [用户确认]", "write the id confirm; '用户确认' is its name"),
        (INDICATOR, "goal: work-that-flows", "goal: 内部的事一次办好", "write the id work-that-flows; '"),
        (REVIEW, "pilot: service-desk-pilot", "pilot: 服务台试点", "write the id service-desk-pilot; '"),
        (INDICATOR, "question: {zh: ", "question: {zh: 问: ", "put the text that holds the colon in quotes"),
        (PILOT, "{from: 2026-04, floor: 13", "{from: 2026.04, floor: 13", "write 2026-04"),
        (PILOT, "{from: 2026-04, floor: 13", "{from: 2026.1, floor: 13", "write 2026-01 or 2026-10"),
        (RESPONSES, ",4", ",七", "write a number of the scale 1–5; a blank cell is no answer"),
        (CASE, "先取自己的基线", "{{ value 工单解决用时 }}", "write the id ticket-resolution-time; '"),
        (CASE, "pilot: service-desk-pilot", "pilot: 服务台", "small letters, digits and single hyphens"),
        (PILOT, "weight: 40", "weight: 40%", "write 40, without quotes"),
        (PILOT, "target: 10.5,", "target: ￥10.5,", "write 10.5, without quotes"),
        (PILOT, "target: 10.5,", 'target: "1,240.5 元",', "write 1240.5, without quotes"),
        (PROCESS, "share: 0.92", "share: 92%", "write 0.92, without quotes"),
        (PROCESS, "touch: 5m", "touch: 5分钟", "write 5m"),
        (PROCESS, "wait: 6h", "wait: 1.5 个工作日", "write 1.5d"),
        (PROCESS, "wait: 6h", "wait: 很久", "write 15m, 2h, 1.5d or 3w"),
        (INDICATOR, "owner: {unit: service-desk, role: {zh: 服务台主管, en: Service desk lead}}",
         "owner: 张三", "write one 'key: value' a line, indented; its keys: unit, role, person"),
        (PILOT, "steps: [log, first-try]", "steps: log、first-try", "write [log, first-try], or one item"),
        ("data/handbook.yml", "languages: [zh, en]", "languages: [cn, en]", "write zh"),
    ],
)  # fmt: skip
def test_a_hint_says_what_to_write(book: Path, file: str, old: str, new: str, hint: str) -> None:
    told = hints(book, file, old, new)
    assert len(told) == 1, told
    assert told[0].startswith(hint)
    speak("zh")
    assert said(told[0]) != told[0]


def test_a_file_of_another_name_than_its_id_is_told_once(book: Path) -> None:
    """Whatever names the id is not at fault, and a name that is no id is not proposed as one."""
    path = book / INDICATOR
    other = path.with_name("工单解决用时.yml")
    path.rename(other)
    try:
        told = [one for one in check_project(book).problems if one.level == "error"]
    finally:
        other.rename(path)
    assert [(one.rule, one.hint) for one in told] == [
        ("id-file-name", "rename the file to ticket-resolution-time.yml")
    ]


def test_rules_wait_for_a_file_that_cannot_be_read(book: Path) -> None:
    path = book / INDICATOR
    text = path.read_text("utf-8")
    path.write_text(text.replace("decimals: 1", "\tdecimals: 1"), "utf-8")
    try:
        told = [(one.mark.file, one.rule) for one in check_project(book).problems]
    finally:
        path.write_text(text, "utf-8")
    assert told == [(INDICATOR, "yaml-syntax")]


@pytest.mark.parametrize("written", ["1240万", "3 亿", "12万元", "5k", '"1,5"', '"12,34"'])
def test_no_hint_says_a_number_that_may_not_be_meant(book: Path, written: str) -> None:
    """Who writes 1240万 and is told to write 1240 is ten thousand times off."""
    (told,) = hints(book, PILOT, "target: 10.5,", f"target: {written},")
    assert not any(one.isdigit() for one in told), told
