"""Handbooks of a shape: not only many indicators, but pilots, processes, regions, reviews, years of results.

S is a first year, M a company that lives with its handbook, L a group. All is invented, the same at every
run. The definitions are those of `synthetic`, so that pages are as wordy as real ones.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import synthetic

PACK = 4
FIRST_YEAR = 2021


@dataclass(frozen=True, slots=True)
class Shape:
    """How much there is of everything."""

    indicators: int
    pilots: int
    months: int
    processes: int
    steps: int
    """Of each process, in both of its maps."""
    reviews: int
    regions: int
    """Parts of every indicator's result, beside the whole."""

    @property
    def rows(self) -> int:
        """Rows of results: the whole and its regions, and the packs of the pilots."""
        return self.months * (self.indicators * (1 + self.regions) + self.pilots * PACK)


SHAPES = {
    "S": Shape(indicators=40, pilots=3, months=24, processes=2, steps=14, reviews=12, regions=2),
    "M": Shape(indicators=300, pilots=30, months=36, processes=8, steps=20, reviews=180, regions=6),
    "L": Shape(indicators=1_000, pilots=100, months=60, processes=20, steps=30, reviews=800, regions=20),
}


def make(folder: Path, shape: Shape) -> None:
    """Write the handbook of a shape."""
    dice = random.Random(shape.rows)
    months = [f"{FIRST_YEAR + n // 12}-{n % 12 + 1:02}" for n in range(shape.months)]
    levels = [dice.uniform(10, 40) for _ in range(shape.indicators)]
    texts: dict[str, object] = {
        "data/handbook.yml": _handbook(shape),
        "data/strategy.yml": synthetic.STRATEGY,
        "content/index.md": "# 基准测试手册\n\n所有数字均为虚构。\n",
        "content/index.en.md": "# Benchmark handbook\n\nEvery figure is invented.\n",
    }
    for number, level in enumerate(levels, 1):
        text = synthetic.indicator(number, shape.indicators, level).replace("2024-01", months[0])
        texts[f"data/indicators/{synthetic.id_of(number)}.yml"] = text
    for number in range(shape.processes):
        texts[f"data/processes/{_process_id(number)}.yml"] = _process(number, shape, months)
    for number in range(shape.pilots):
        texts[f"data/pilots/{_pilot_id(number)}.yml"] = _pilot(number, shape, months)
    for review in _reviews(shape, months):
        texts[f"data/reviews/{review['id']}.yml"] = review
    for name, content in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1)
        path.write_text(text, encoding="utf-8")
    results = folder / "data/results"
    results.mkdir(parents=True, exist_ok=True)
    for year in sorted({month[:4] for month in months}):
        with (results / f"{year}.csv").open("w", encoding="utf-8", newline="") as out:
            out.write("period,indicator,pilot,region,value\n")
            out.writelines(_rows(shape, [month for month in months if month[:4] == year], months, levels))


def _text(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _handbook(shape: Shape) -> dict[str, Any]:
    return {
        "title": _text("基准测试手册", "Benchmark handbook"),
        "organisation": _text("示例公司", "Sample company"),
        "languages": ["zh", "en"],
        "units": [{"id": "operations", "name": _text("运营中心", "Operations"), "kind": "middle"}],
        "dimensions": [
            {
                "id": "region",
                "name": _text("区域", "Region"),
                "values": {
                    f"r{n:02}": _text(f"第 {n} 区", f"Region {n}") for n in range(1, shape.regions + 1)
                },
            }
        ],
    }


def _rows(shape: Shape, these: list[str], months: list[str], levels: list[float]) -> Iterator[str]:
    """The rows of some months, each with a value of its own whatever is made before it."""
    for month in these:
        step = months.index(month)
        dice = random.Random(month)
        for number, level in enumerate(levels, 1):
            name, value = synthetic.id_of(number), level * (1 - 0.004 * step)
            yield f"{month},{name},,,{value * dice.gauss(1, 0.05):.2f}\n"
            for region in range(1, shape.regions + 1):
                yield f"{month},{name},,r{region:02},{value * dice.gauss(1, 0.08):.2f}\n"
        for pilot in range(shape.pilots):
            for name in _pack(pilot, shape):
                fall = 0.8 if step > shape.months // 2 else 1.0
                value = levels[int(name[-4:]) - 1] * fall * dice.gauss(1, 0.05)
                yield f"{month},{name},{_pilot_id(pilot)},,{value:.2f}\n"


def _process_id(number: int) -> str:
    return f"chain-{number + 1:02}"


def _pilot_id(number: int) -> str:
    return f"pilot-{number + 1:03}"


def _pack(pilot: int, shape: Shape) -> list[str]:
    """The indicators of a pilot's pack."""
    return [synthetic.id_of((pilot * PACK + n) % shape.indicators + 1) for n in range(PACK)]


def _process(number: int, shape: Shape, months: list[str]) -> dict[str, Any]:
    lanes = [
        {"id": f"lane-{n}", "name": _text(f"第 {n} 组", f"Team {n}"), "unit": "operations"}
        for n in range(1, 6)
    ]
    return {
        "id": _process_id(number),
        "name": _text(f"第 {number + 1} 条链", f"Chain {number + 1}"),
        "purpose": _text("从收单到交付。", "From receipt to delivery."),
        "time": {"basis": "working", "hours_per_day": 8},
        "owner": {"unit": "operations", "role": _text("流程负责人", "Process owner")},
        "stages": [{"id": "all", "name": _text("处理", "Handling")}],
        "lanes": lanes,
        "chain_indicators": {
            "cycle_time": synthetic.id_of(number * 2 + 1),
            "first_pass_yield": synthetic.id_of(number * 2 + 2),
        },
        "maps": {
            "as_is": {"since": months[0], "steps": _steps(number, shape, shape.steps, 1.0)},
            "to_be": {
                "since": months[len(months) // 2],
                "steps": _steps(number, shape, shape.steps, 0.7),
            },
        },
    }


def _steps(number: int, shape: Shape, count: int, faster: float) -> list[dict[str, Any]]:
    """A line of steps through the lanes, every seventh a check that sends one in ten back three steps."""
    steps: list[dict[str, Any]] = []
    for n in range(count):
        last, check = n == count - 1, n % 7 == 6
        following: list[Any] = [] if last else [f"s{n + 1}"]
        if check and not last:
            following = [{"to": f"s{n + 1}", "share": 0.9}, {"to": f"s{n - 3}", "share": 0.1, "rework": True}]
        step: dict[str, Any] = {
            "id": f"s{n}",
            "lane": f"lane-{(n // 2 + number) % 5 + 1}",
            "stage": "all",
            "name": _text(f"第 {n + 1} 道工序", f"Step number {n + 1}"),
        }
        if n == 0 or last:
            step["event"] = "start" if n == 0 else "end"
        elif check:
            step["gateway"] = "xor"
        else:
            step |= {
                "owner": {"role": _text("经办人", "Clerk")},
                "kind": "value",
                "touch": f"{round(60 * faster)}m",
                "wait": f"{round(240 * faster)}m",
                "indicators": [synthetic.id_of((number * shape.steps + n) % shape.indicators + 1)],
            }
        if following:
            step["next"] = following
        steps.append(step)
    return steps


def _pilot(number: int, shape: Shape, months: list[str]) -> dict[str, Any]:
    middle = months[len(months) // 2]
    return {
        "id": _pilot_id(number),
        "name": _text(f"第 {number + 1} 个试点", f"Pilot {number + 1}"),
        "process": _process_id(number % shape.processes),
        "unit": "operations",
        "period": {"from": months[0]},
        "lead": {"role": _text("试点负责人", "Pilot lead")},
        "expected": _text("时长缩短两成。", "A fifth faster."),
        "pack": [
            {
                "indicator": name,
                "weight": 100 // PACK,
                "baseline": {"period": months[0]},
                "owner": {"unit": "operations", "role": _text("环节主管", "Stage lead")},
            }
            for name in _pack(number, shape)
        ],
        "changes": [
            {
                "id": "faster",
                "date": f"{middle}-01",
                "text": _text("两道工序合并", "Two steps merged"),
                "kind": "merge",
                "steps": ["s1"],
                "indicators": _pack(number, shape)[:2],
            }
        ],
    }


def _reviews(shape: Shape, months: list[str]) -> Iterator[dict[str, Any]]:
    """The long reviews of the last quarters, as many for each pilot as there are in all."""
    each = shape.reviews // shape.pilots
    for pilot in range(shape.pilots):
        for n in range(each):
            year, month = map(int, months[len(months) - 1 - 3 * (n % (len(months) // 3))].split("-"))
            quarter = (month - 1) // 3 + 1
            end = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
            name = f"{year}-q{quarter}-{_pilot_id(pilot)}"
            yield {
                "id": name,
                "pilot": _pilot_id(pilot),
                "kind": "long",
                "period": f"{year}-Q{quarter}",
                "date": str(end + timedelta(days=10)),
                "problems": [
                    {
                        "id": "p1",
                        "indicator": _pack(pilot, shape)[0],
                        "step": "s3",
                        "cause": "process",
                        "text": _text("等待太久。", "It waits too long."),
                    }
                ],
                "actions": [
                    {
                        "id": "a1",
                        "problem": "p1",
                        "text": _text("把两道工序合成一道。", "Make the two steps one."),
                        "owner": {"unit": "operations"},
                        "due": str(end + timedelta(days=60)),
                        "status": "done",
                        "closed": str(end + timedelta(days=50)),
                        "result": {"indicator": _pack(pilot, shape)[0], "verdict": "worked"},
                    }
                ],
            }
