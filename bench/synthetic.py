"""Makes a handbook of any number of indicators: invented, the same at every run, as wordy as a real one.

Each indicator has its definition in two languages and one series of 24 months; the first four make the pack
of the only pilot, on the only process.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

MONTHS = tuple(f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13))
PACK = 4

HANDBOOK = """\
title: {zh: 基准测试手册, en: Benchmark handbook}
organisation: {zh: 示例公司, en: Sample company}
languages: [zh, en]
units:
  - {id: operations, name: {zh: 运营中心, en: Operations}, kind: middle}
"""

STRATEGY = """\
goals:
  - id: faster-cash
    name: {zh: 缩短现金回收周期, en: Shorten the cash cycle}
    perspective: financial
    why: {zh: 现金越早回来，越不需要借款。, en: Cash that comes back earlier need not be borrowed.}
"""

INDICATOR = """\
id: @id@
code: BM-@number@
name: {zh: 第 @number@ 号环节处理时长, en: Handling time of stage @number@}
aliases: [环节 @number@ 时长]
status: active
question: {zh: 这个环节从收到到交出要多久？, en: "How long does this stage take from receipt to hand-over?"}
definition:
  zh: 从收到完整资料到交给下一环节的工作小时数，退回补件的时间计入，等待客户答复的时间不计入。
  en: Working hours from receipt of complete papers to hand-over; time for papers sent back counts, waiting
    for the customer does not.
scope:
  include: [{zh: 全部标准订单, en: All standard orders}, {zh: 加急订单, en: Rush orders}]
  exclude: [{zh: 内部领用, en: Internal use}]
formula: {zh: 当月各单处理时长的平均值, en: Mean over the orders of the month}
unit: {zh: 小时, en: hours}
decimals: 1
direction: lower
limits: {min: 0}
frequency: month
rollup: mean
dimension: @dimension@
aspect: efficiency
goal_type: efficiency
generation: composite
level: team
office: middle
category: time-efficiency
kind: leading
supports:
  - {goal: faster-cash, how: {zh: 每快一天，回款早一天。, en: A day faster here is a day earlier there.}}
guardrails: [@guardrail@]
source: {system: ERP, table: stage_log, collection: automatic, refresh: month}
owner: {unit: operations, role: {zh: 环节主管, en: Stage lead}}
applies_to: [{unit: operations, role: {zh: 经办人, en: Clerk}, when: {zh: 每日晨会, en: Daily stand-up}}]
incentive: none
unintended_effects: {zh: 把难办的单子退回去，让时钟重走。, en: Sending hard orders back to restart the clock.}
action_when_red: {zh: 看最长的十单，按原因归类。, en: Read the ten longest orders and sort them by cause.}
targets:
  - {from: 2024-01, floor: @floor@, target: @target@, stretch: @stretch@}
history:
  - {date: 2023-12-01, change: created, text: {zh: 建立, en: Created}, why: {zh: 太慢, en: Too slow}}
review_by: 2026-12
tags: [bench]
"""

PROCESS = """\
id: order
name: {zh: 订单处理, en: Order handling}
purpose: {zh: 从收单到交付。, en: From receipt to delivery.}
time: {basis: working, hours_per_day: 8}
owner: {unit: operations, role: {zh: 流程负责人, en: Process owner}}
stages: [{id: all, name: {zh: 处理, en: Handling}}]
lanes: [{id: office, name: {zh: 运营, en: Operations}, unit: operations}]
chain_indicators: {cycle_time: stage-0001, first_pass_yield: stage-0002}
maps:
  as_is:
    since: 2023-12
    steps:
      - {id: start, event: start, lane: office, stage: all, name: {zh: 收单, en: Receipt}, next: [work]}
      - id: work
        lane: office
        stage: all
        name: {zh: 处理, en: Handle}
        owner: {role: {zh: 经办人, en: Clerk}}
        kind: value
        touch: 1h
        wait: 4h
        key: true
        indicators: [stage-0001, stage-0002]
        next: [end]
      - {id: end, event: end, lane: office, stage: all, name: {zh: 交付, en: Delivered}}
"""

PILOT = """\
id: order-east
name: {zh: 订单处理试点, en: Order handling pilot}
process: order
unit: operations
period: {from: 2024-01, to: 2025-12}
lead: {role: {zh: 试点负责人, en: Pilot lead}}
expected: {zh: 时长缩短两成。, en: A fifth faster.}
pack:
"""


def make(folder: Path, indicators: int) -> None:
    """Write the handbook; at least as many indicators as the pilot's pack holds."""
    random_numbers = random.Random(indicators)
    texts = {
        "data/handbook.yml": HANDBOOK,
        "data/strategy.yml": STRATEGY,
        "data/processes/order.yml": PROCESS,
        "data/pilots/order-east.yml": PILOT + "".join(_pack()),
        "content/index.md": "# 基准测试手册\n\n所有数字均为虚构。\n",
        "content/index.en.md": "# Benchmark handbook\n\nEvery figure is invented.\n",
    }
    rows = ["period,indicator,pilot,value"]
    for number in range(1, indicators + 1):
        level = random_numbers.uniform(10, 40)
        texts[f"data/indicators/{id_of(number)}.yml"] = indicator(number, indicators, level)
        pilot = "order-east" if number <= PACK else ""
        drift = random_numbers.uniform(-0.015, 0.005)
        for step, month in enumerate(MONTHS):
            value = level * (1 + drift * step) * random_numbers.gauss(1, 0.05)
            rows.append(f"{month},{id_of(number)},{pilot},{value:.2f}")
    texts["data/results/results.csv"] = "\n".join(rows) + "\n"
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def id_of(number: int) -> str:
    return f"stage-{number:04}"


def indicator(number: int, count: int, level: float) -> str:
    values = {
        "id": id_of(number),
        "number": f"{number:04}",
        "dimension": ("time", "quality", "quantity", "cost")[number % 4],
        "guardrail": id_of(number % count + 1),
        "floor": f"{level * 1.1:.1f}",
        "target": f"{level * 0.9:.1f}",
        "stretch": f"{level * 0.75:.1f}",
    }
    text = INDICATOR
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def _pack() -> Iterator[str]:
    for number in range(1, PACK + 1):
        yield (
            f"  - {{indicator: {id_of(number)}, weight: {100 // PACK}, baseline: {{period: 2024-Q1}}, "
            "owner: {unit: operations, role: {zh: 环节主管, en: Stage lead}}}\n"
        )
