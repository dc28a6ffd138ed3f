"""A small handbook on disk for tests of tables that become results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from generator.load.project import load_project
from generator.model.results import Results
from generator.problems import Problem, Problems

TABLES = Path(__file__).parent / "tables"
DATA = {
    "handbook.yml": "title: {zh: 手册, en: Book}\nlanguages: [zh, en]\ndimensions:\n"
    "  - id: region\n    name: {zh: 区域, en: Region}\n"
    "    values: {n: {zh: 北区, en: North}, s: {zh: 南区, en: South}}\n",
    "indicators/reply-time.yml": "id: reply-time\nname: {zh: 首次答复时间, en: Time to first reply}\n"
    "unit: {zh: 小时, en: hours}\nfrequency: month\n",
    "indicators/on-time.yml": "id: on-time\nname: 准时交付率\nunit: '%'\nfrequency: month\n",
    "indicators/revenue.yml": "id: revenue\nname: 营业收入\nunit: {zh: 元, en: yuan}\nfrequency: month\n",
    "indicators/yearly.yml": "id: yearly\nname: 年度\nunit: 天\nfrequency: year\n",
}


def small_book(tmp_path: Path) -> Path:
    """A handbook of four indicators and no results."""
    for name, text in DATA.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "data/results").mkdir()
    return tmp_path


def read(book: Path, mapping: str = "") -> tuple[Results, list[Problem]]:
    if mapping:
        (book / "data/results.map.yml").write_text(f"tables:\n  - {mapping}\n", encoding="utf-8")
    problems = Problems()
    catalogue = load_project(book, problems)
    assert catalogue is not None
    return catalogue.results, list(problems)


def sound(book: Path, mapping: str = "") -> list[tuple[str, str, float | None]]:
    results, problems = read(book, mapping)
    assert not [str(problem) for problem in problems if problem.level != "note"]
    return [(str(row.period), row.indicator, row.value) for row in results]


def put(book: Path, name: str, text: str = "") -> None:
    data = text.encode() if text else (TABLES / name).read_bytes()
    (book / "data/results" / name).write_bytes(data)


def sheet(book: Path, fill: Callable[[Worksheet], None], name: str = "a.xlsx") -> None:
    made = openpyxl.Workbook()
    page = made.active
    assert isinstance(page, Worksheet)
    page.title = "月度"
    fill(page)
    made.save(book / "data/results" / name)
