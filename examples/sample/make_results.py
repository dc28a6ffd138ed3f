"""Make the sample's results: invented figures with known truths in them, the same bytes every time.

The sample handbook has to show what the method can see, so its figures are drawn around levels that are
written down here, and `tests/unit/test_sample.py` holds the results to them:

- merging the approvals in East (12 May 2025) halves the wait for sign-off and shortens the order cycle from
  about 25 to about 20 days while first-pass yield rises: a change that works. South and North change nothing
  there and stay where they are;
- automatic dispatch (4 August 2025) lifts its coverage and orders per head, at no cost to quality;
- reminding customers before the due date in South (2 March 2026) does nothing for collection: a change that
  does not work;
- the fast lane for requirements (1 September 2025) makes releases faster and doubles the defect rate:
  a gain at a cost;
- internal satisfaction never changes: whatever moves there is noise;
- customers answered late this month are less satisfied the next: an indicator that leads an outcome;
- fixed shipping slots (2 June 2025) lift on-time delivery in East: a practice nobody has written up yet;
- hours in meetings are defined and never collected: an idle indicator;
- the net promoter score stays below its floor quarter after quarter: a goal missed for a year;
- collection of September 2026 in East was restated after the review had looked at it;
- complaints of April 2026 lie outside what varies otherwise, for a reason that is noted.

Cycle time, on-time delivery and rework are no rows here: `make_orders.py` makes orders of which they are
true, and `handbook collect` counts those.

Run from the project's root: `python examples/sample/make_results.py [FOLDER]` (default: data/results).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from figures import (
    MONTHS,
    QUARTERS,
    WEEKS,
    WORKDAYS,
    Row,
    aimed,
    around,
    counts,
    following,
    marked,
    ratios,
    share,
    total,
    values,
    versioned,
    write,
)

EAST, SOUTH, RELEASE = "lead-to-cash-east", "lead-to-cash-south", "requirement-release"
URGENT_COUNTED = "2026-04-01"
"""From this day urgent orders count in automatic dispatch coverage: the series breaks."""

ONLINE_COUNTED = "2026-01-01"
"""From this day online messages count as complaints: the series breaks."""

RESTATED = "2026-10-14"
"""The day after East's review of the third quarter, on which its collection of September was taken anew."""

# Orders a month in each region, and what happens to them.
EAST_ORDERS, SOUTH_ORDERS, NORTH_ORDERS = counts(101, 140), counts(102, 160), counts(103, 120)
ORDERS = total(EAST_ORDERS, SOUTH_ORDERS, NORTH_ORDERS)

# The change came into force on 12 May: that month is half old, half new.
EAST_CYCLE = around(203, [("2024-07", 25.0), ("2025-05", 22.6), ("2025-06", 20.1)], 0.75)
SOUTH_CYCLE = around(212, [("2024-07", 25.6)], 0.9)
NORTH_CYCLE = around(213, [("2024-07", 24.4)], 0.9)

EAST_WAIT = around(263, [("2024-07", 47.5), ("2025-05", 36.0), ("2025-06", 25.0)], 1.9)
SOUTH_WAIT = around(264, [("2024-07", 48.0)], 2.1)
NORTH_WAIT = around(265, [("2024-07", 46.5)], 2.1)

EAST_PASSED = share(around(221, [("2024-07", 88.1), ("2025-05", 90.6), ("2025-06", 93.0)], 1.0), EAST_ORDERS)
SOUTH_PASSED = share(around(242, [("2024-07", 87.6)], 1.1), SOUTH_ORDERS)
NORTH_PASSED = share(around(223, [("2024-07", 88.4)], 1.1), NORTH_ORDERS)

EAST_PUNCTUAL = share(around(231, [("2024-07", 89.0), ("2025-06", 92.5)], 1.4), EAST_ORDERS)
SOUTH_PUNCTUAL = share(around(292, [("2024-07", 88.5)], 1.5), SOUTH_ORDERS)
NORTH_PUNCTUAL = share(around(233, [("2024-07", 90.0)], 1.5), NORTH_ORDERS)

# Of all regions: orders of key accounts, and the pieces inspected before shipment.
KEY_ORDERS = share([31.0] * len(MONTHS), ORDERS)
KEY_PUNCTUAL = share(around(234, [("2024-07", 92.0)], 1.5), KEY_ORDERS)
PIECES = counts(322, 5200)
REDONE = share(around(323, [("2024-07", 3.4), ("2025-06", 2.8)], 0.18), PIECES)

ANSWERED_IN_TIME = around(334, [("2024-07", 82.5)], 1.5)
"""Per cent of requests; the satisfaction of all customers follows it by a month."""

# Requirements a month, and change items released with them.
PILOT_REQUIREMENTS, OTHER_REQUIREMENTS = counts(301, 62), counts(302, 75)
PILOT_REVIEWED = share(around(303, [("2024-07", 79.0)], 1.8), PILOT_REQUIREMENTS)
OTHER_REVIEWED = share(around(304, [("2024-07", 80.0)], 1.8), OTHER_REQUIREMENTS)
PILOT_ITEMS, OTHER_ITEMS = counts(311, 640), counts(312, 900)
PILOT_DEFECTS = share(around(313, [("2024-07", 2.1), ("2025-09", 4.1)], 0.28), PILOT_ITEMS)
OTHER_DEFECTS = share(around(314, [("2024-07", 2.3)], 0.25), OTHER_ITEMS)
PILOT_TASKS, OTHER_TASKS = counts(315, 210), counts(316, 320)
PILOT_KEPT = share(around(317, [("2024-07", 77.0)], 2.0), PILOT_TASKS)
OTHER_KEPT = share(around(318, [("2024-07", 75.5)], 1.8), OTHER_TASKS)


def lead_to_cash_east() -> list[Row]:
    """The pilot in East."""
    due = around(251, [("2024-07", 960.0)], 55)
    paid = [d * p / 100 for d, p in zip(due, around(252, [("2024-07", 84.0)], 1.8), strict=True)]
    dispatched = around(261, [("2024-07", 34.0), ("2025-08", 70.0), ("2026-04", 63.0)], 2.2)
    urgent = [18 if month >= URGENT_COUNTED[:7] else 0 for month in MONTHS]
    to_dispatch = total(EAST_ORDERS, urgent)
    satisfaction = values("customer-satisfaction", around(241, [("2024-07", 4.42)], 0.05), 2, EAST)
    coverage = ratios("automatic-dispatch-coverage", share(dispatched, to_dispatch), to_dispatch, EAST)
    per_head = around(271, [("2024-07", 17.3), ("2025-08", 18.4)], 0.35)
    return [
        *values("sign-off-wait", EAST_WAIT, 1, EAST),
        *ratios("first-pass-yield", EAST_PASSED, EAST_ORDERS, EAST),
        *marked(ratios("collection-on-time", paid, due, EAST, decimals=1), MONTHS[-1], as_of=RESTATED,
                note="两笔跨月到账补记 / two payments booked late were added"),
        *marked(satisfaction, "2025-02", value="", status="missing",
                note="春节期间未发问卷 / no survey over Spring Festival"),
        *values("orders-per-head", per_head, 2, EAST),
        *values("cost-per-order", around(281, [("2024-07", 386.0)], 6.0), 1, EAST),
        *versioned(coverage, URGENT_COUNTED),
    ]  # fmt: skip


def lead_to_cash_south() -> list[Row]:
    """The pilot in South, which starts a year later and whose first change brings nothing."""
    due = around(256, [("2024-07", 1050.0)], 60)
    paid = [d * p / 100 for d, p in zip(due, around(257, [("2024-07", 80.2)], 1.6), strict=True)]
    return [
        *values("sign-off-wait", SOUTH_WAIT, 1, SOUTH),
        *ratios("first-pass-yield", SOUTH_PASSED, SOUTH_ORDERS, SOUTH),
        *ratios("collection-on-time", paid, due, SOUTH, decimals=1),
        *values("customer-satisfaction", around(246, [("2024-07", 4.38)], 0.05), 2, SOUTH),
    ]


def requirement_to_release() -> list[Row]:
    """The pilot in product and development."""
    lead_time = around(356, [("2024-07", 42.0), ("2025-09", 32.2)], 1.4)
    defects = ratios("release-defect-rate", PILOT_DEFECTS, PILOT_ITEMS, RELEASE)
    return [
        *values("requirement-lead-time", lead_time, 2, RELEASE),
        *marked(defects, MONTHS[-1], **_provisional()),
        *ratios("first-pass-yield", PILOT_REVIEWED, PILOT_REQUIREMENTS, RELEASE),
        *values("internal-satisfaction", around(347, [("2024-07", 4.05)], 0.09), 2, RELEASE),
        *ratios("task-completion-rate", PILOT_KEPT, PILOT_TASKS, RELEASE),
    ]


def _provisional() -> dict[str, str]:
    return {
        "status": "provisional",
        "note": "三十天观察期未满 / still inside the thirty days",
        "as_of": "2026-10-08",
    }


def _weighed(*parts: tuple[Sequence[float], Sequence[int]]) -> list[float]:
    """The mean over the regions, each with its orders."""
    return [
        sum(figures[n] * orders[n] for figures, orders in parts) / sum(orders[n] for _, orders in parts)
        for n in range(len(MONTHS))
    ]


CYCLE = _weighed((EAST_CYCLE, EAST_ORDERS), (SOUTH_CYCLE, SOUTH_ORDERS), (NORTH_CYCLE, NORTH_ORDERS))
WAIT = _weighed((EAST_WAIT, EAST_ORDERS), (SOUTH_WAIT, SOUTH_ORDERS), (NORTH_WAIT, NORTH_ORDERS))


def order_chain() -> list[Row]:
    """The order chain of the whole company, part of it by region and by kind of customer."""
    due = around(451, [("2024-07", 2850.0)], 120)
    paid = [d * p / 100 for d, p in zip(due, around(452, [("2024-07", 83.2)], 1.4), strict=True)]
    covered = share(around(461, [("2024-07", 31.0), ("2025-08", 43.5), ("2026-04", 40.0)], 1.6), ORDERS)
    cost = values("cost-per-order", around(481, [("2024-07", 389.0)], 5.0), 1)
    days = [17 if month.endswith(("-02", "-10")) else 22 for month in MONTHS]
    quote = values("quote-time", around(266, [("2026-01", 5.3)], 0.4, MONTHS[18:]), 1, periods=MONTHS[18:])
    return [
        *values("sign-off-wait", WAIT, 1),
        *ratios("collection-on-time", paid, due, decimals=1),
        *values("customer-satisfaction", following(441, ANSWERED_IN_TIME, 4.40, 0.035), 2),
        *values("orders-per-head", around(471, [("2024-07", 17.1), ("2025-08", 17.4)], 0.25), 2),
        *marked(cost, "2026-02", status="estimate",
                note="春节工时未结清，按上年比例估算 / hours not closed, estimated from last year's"),
        *versioned(ratios("automatic-dispatch-coverage", covered, ORDERS), URGENT_COUNTED),
        *ratios("takt-stability", share(around(267, [("2024-07", 66.0)], 5.0), days), days),
        *marked(quote, "2026-01", status="estimate",
                note="试用首月，部分报价单未登记时间 / first month on trial, some sheets had no time"),
        *_reduction(),
    ]  # fmt: skip


def _reduction() -> list[Row]:
    """The half-year's cycle against the same half a year before; the first base comes from the archive."""
    halves = [sum(CYCLE[n : n + 6]) / 6 for n in range(0, 24, 6)]
    figures = [100 * (before - now) / before for before, now in zip(halves, halves[2:], strict=False)]
    rows = values("order-cycle-reduction", [-0.4, *figures], 1, periods=("2025-H1", "2025-H2", "2026-H1"))
    note = "基期取自归档台账，口径略有不同 / base taken from the archive, counted slightly differently"
    return marked(rows, "2025-H1", status="estimate", note=note)


def requirements_and_projects() -> list[Row]:
    """The requirement chain of the whole company, and both chains' first-pass yield."""
    defects = ratios(
        "release-defect-rate", total(PILOT_DEFECTS, OTHER_DEFECTS), total(PILOT_ITEMS, OTHER_ITEMS)
    )
    passed = total(EAST_PASSED, SOUTH_PASSED, NORTH_PASSED, PILOT_REVIEWED, OTHER_REVIEWED)
    closed = total(ORDERS, PILOT_REQUIREMENTS, OTHER_REQUIREMENTS)
    kept, tasks = total(PILOT_KEPT, OTHER_KEPT), total(PILOT_TASKS, OTHER_TASKS)
    punctual, projects = (5, 6, 5, 6, 6, 7, 5, 6, 6), (8, 8, 7, 8, 9, 8, 8, 8, 9)
    marks = values("cross-department-satisfaction", (3.5, 3.6, 3.6), 1,
                   periods=("2024-H2", "2025-H1", "2025-H2"))  # fmt: skip
    return [
        *ratios("first-pass-yield", passed, closed),
        *values("requirement-lead-time", around(421, [("2024-07", 42.5), ("2025-09", 37.6)], 1.2), 2),
        *marked(defects, MONTHS[-1], **_provisional()),
        *values("internal-satisfaction", around(431, [("2024-07", 4.06)], 0.06), 2),
        *ratios("task-completion-rate", kept, tasks),
        *ratios("project-on-time", punctual, projects, periods=QUARTERS),
        *marks,
    ]


def service() -> list[Row]:
    """Customer service: by week and by month, and the quarterly question to all customers."""
    contacts, requests = counts(331, 920), counts(333, 640)
    solved = share(around(332, [("2024-07", 69.2)], 1.3), contacts)
    answered = share(ANSWERED_IN_TIME, requests)
    rate = around(335, [("2024-07", 2.4), ("2026-01", 3.5)], 0.4)
    complaints = versioned(ratios("complaint-rate", share(rate, ORDERS), ORDERS), ONLINE_COUNTED)
    complaints = marked(complaints, "2026-02", version="")  # planted: the definition's day was forgotten
    complaints = marked(complaints, "2026-04", note="一批货装错说明书 / one batch had the wrong manual")
    tickets = values("tickets-completed", around(337, [("2026-W01", 38.6)], 2.0, WEEKS), 1, periods=WEEKS)
    score = around(338, [("2024-Q3", 29.4)], 1.5, QUARTERS)
    handled = values("average-handling-time", around(336, [("2024-07", 7.5)], 0.3), 1)
    return [
        *(replace(row, n=f"{count:.0f}") for row, count in zip(handled, contacts, strict=True)),
        *ratios("first-contact-resolution", solved, contacts),
        *ratios("response-timeliness", answered, requests),
        *complaints,
        *marked(tickets, "2026-W08", value="", status="missing",
                note="春节放假，仅有值班 / Spring Festival, emergency staff only"),
        *values("nps", score, 0, periods=QUARTERS),
    ]  # fmt: skip


def money_and_people() -> list[Row]:
    """Per head and per yuan, by quarter and year; profit brings its budget with it."""
    number = range(len(QUARTERS))
    heads = [228 + n for n in number]
    added = around(491, [(q, 11.9 + 0.11 * n) for n, q in enumerate(QUARTERS)], 0.16, QUARTERS)
    pay = around(492, [(q, 6.15 + 0.05 * n) for n, q in enumerate(QUARTERS)], 0.05, QUARTERS)
    revenue = around(493, [(q, 30.8 + 0.15 * n) for n, q in enumerate(QUARTERS)], 0.4, QUARTERS)
    margin = around(494, [(q, 9.35 + 0.07 * n) for n, q in enumerate(QUARTERS)], 0.15, QUARTERS)
    season = {"1": 3.9, "2": 3.6, "3": 3.6, "4": 3.3}
    profit = [added[n] - pay[n] - season[QUARTERS[n][-1]] for n in number]
    budget = [2.0, 2.5, 1.9, 2.2, 2.2, 2.7, 2.1, 2.4, 2.5]
    labour, earned = [pay[n] * heads[n] for n in number], [profit[n] * heads[n] for n in number]
    back = 1 + sum(earned[2:6]) / sum(labour[2:6])
    days = around(495, [("2024-Q3", 62.6), ("2025-Q3", 59.4), ("2026-Q1", 58.2)], 0.7, QUARTERS)
    return [
        *values("output-per-head", revenue, 1, periods=QUARTERS),
        *values("gross-margin-per-head", margin, 2, periods=QUARTERS),
        *values("value-per-head", added, 2, periods=QUARTERS),
        *aimed(values("profit-per-head", profit, 2, periods=QUARTERS), budget, 2),
        *values("cost-per-head", pay, 2, periods=QUARTERS),
        *ratios("labour-cost-share", labour, [revenue[n] * heads[n] for n in number], decimals=1,
                periods=QUARTERS),
        *ratios("labour-cost-to-profit", earned, labour, decimals=1, periods=QUARTERS),
        *values("human-capital-roi", (1.27, 1.31, back), 2, periods=("2023", "2024", "2025")),
        *values("cash-to-cash", days, 0, periods=QUARTERS),
    ]  # fmt: skip


def digital() -> list[Row]:
    """How far the work is done by and in the systems."""
    covered = (22, 24, 25, 29, 36, 38, 40, 43, 44)
    online = (38, 44, 47, 49, 52, 53)
    return [
        *values("automation-coverage", covered, 0, periods=QUARTERS),
        *values("key-process-digitalisation", online, 0, periods=QUARTERS[3:]),
    ]


def retired() -> list[Row]:
    """What is no longer counted: log-ins a day, which doubled once departments were compared by them."""
    levels = [("2025-01-06", 4.8), ("2025-02-10", 7.4), ("2025-03-10", 9.6)]
    rows = values("system-logins", around(496, levels, 0.5, WORKDAYS), 1, periods=WORKDAYS)
    holidays = [f"2025-01-{day:02d}" for day in range(28, 32)] + ["2025-02-03", "2025-02-04"]
    return [row for row in rows if row.period not in holidays]


FILES = {
    "lead-to-cash.csv": lead_to_cash_east,
    "lead-to-cash-south.csv": lead_to_cash_south,
    "requirement-to-release.csv": requirement_to_release,
    "order-chain.csv": order_chain,
    "requirements-and-projects.csv": requirements_and_projects,
    "service.csv": service,
    "money-and-people.csv": money_and_people,
    "digital.csv": digital,
    "retired.csv": retired,
}


def make(folder: Path) -> None:
    """Write the files into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in FILES.items():
        write(folder / name, rows())
    write_restated(folder / "restated.csv", lead_to_cash_east())


def write_restated(file: Path, rows: list[Row]) -> None:
    """What East's collection of September was told as until its two late payments were added."""
    (row,) = (one for one in rows if one.as_of == RESTATED)
    before = f"{float(row.numerator) - 23.5:.1f}"
    head = "period,indicator,pilot,value,numerator,denominator,status,as_of,restated_on"
    told = (
        row.period,
        row.indicator,
        row.pilot,
        "",
        before,
        row.denominator,
        "actual",
        "2026-10-09",
        RESTATED,
    )
    file.write_text(f"{head}\n{','.join(told)}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("data/results"))
