"""Make the sample's raw orders: 50,000 invented lines whose counts are the sample's results, to the digit.

`make_results.py` says how many orders a month were delivered by the promised date, how long they took and how
many pieces were redone; here are orders of which exactly that is true. `handbook collect` counts them again.

Run from the project's root: `python examples/sample/make_orders.py [FOLDER]` (default: data/raw). The packed
file differs with the version of zlib, the lines in it do not.
"""

from __future__ import annotations

import csv
import gzip
import io
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from pathlib import Path

from figures import MONTHS
from make_results import (
    CYCLE,
    EAST_CYCLE,
    EAST_ORDERS,
    EAST_PUNCTUAL,
    KEY_ORDERS,
    KEY_PUNCTUAL,
    NORTH_CYCLE,
    NORTH_ORDERS,
    NORTH_PUNCTUAL,
    PIECES,
    REDONE,
    SOUTH_CYCLE,
    SOUTH_ORDERS,
    SOUTH_PUNCTUAL,
)

LINES = 50_000
COLUMNS = ("order_no", "line", "region", "segment", "enquiry_on", "promised_on", "inspected_on",
           "delivered_on", "paid_on", "working_days", "pieces", "redone")  # fmt: skip
REGIONS = (
    ("east", EAST_ORDERS, EAST_PUNCTUAL, EAST_CYCLE),
    ("south", SOUTH_ORDERS, SOUTH_PUNCTUAL, SOUTH_CYCLE),
    ("north", NORTH_ORDERS, NORTH_PUNCTUAL, NORTH_CYCLE),
)


@dataclass
class Order:
    """An order; its lines share its dates but for the day on which each was delivered."""

    number: str
    region: str
    punctual: bool
    tenths: int
    """Working days from enquiry to payment, in tenths."""
    segment: str = "regular"
    lines: int = 1


def orders() -> Iterator[tuple[str, list[Order]]]:
    """Each month with the orders that were due and paid in it."""
    draw = random.Random(701)
    for n, month in enumerate(MONTHS):
        made: list[Order] = []
        for (region, counts, punctual, _), tenths in zip(REGIONS, _tenths(n), strict=True):
            kept = [number < punctual[n] for number in range(counts[n])]
            draw.shuffle(kept)
            spread = _spread(draw, tenths, counts[n])
            made += [Order("", region, one, length) for one, length in zip(kept, spread, strict=True)]
        draw.shuffle(made)
        for number, order in enumerate(made, start=1):
            order.number = f"SO{month.replace('-', '')}{number:04d}"
        _mark_key(draw, made, KEY_ORDERS[n], KEY_PUNCTUAL[n])
        yield month, made


def _tenths(n: int) -> tuple[int, ...]:
    """Tenths of working days of each region's orders together, so that every mean is told as it is told."""
    counts = [orders[n] for _, orders, _, _ in REGIONS]
    told = [f"{cycle[n]:.2f}" for _, _, _, cycle in REGIONS]
    choices = []
    for count, cycle, shown in zip(counts, (cycle[n] for *_, cycle in REGIONS), told, strict=True):
        middle = round(cycle * 10 * count)
        near = [middle + away * side for away in range(9) for side in (1, -1)]
        choices.append([one for one in near if _clearly(one / (10 * count), shown)])
    for chosen in product(*choices):
        if _clearly(sum(chosen) / (10 * sum(counts)), f"{CYCLE[n]:.2f}"):
            return chosen
    raise AssertionError(f"no orders have the means of {MONTHS[n]}")


def _clearly(mean: float, shown: str) -> bool:
    """Whether a mean is told so, and lies not on the edge of it."""
    return f"{mean:.2f}" == shown and abs(mean - float(shown)) < 0.0048


def _spread(draw: random.Random, total: int, count: int) -> list[int]:
    """`count` lengths around their mean that make up the total, in tenths of a day."""
    made = [max(30, round(total / count + draw.uniform(-60, 60))) for _ in range(count)]
    over = sum(made) - total
    while over:
        place = draw.randrange(count)
        step = 1 if over < 0 else -1
        if made[place] + step >= 30:
            made[place] += step
            over += step
    return made


def _mark_key(draw: random.Random, made: Sequence[Order], keys: int, punctual: int) -> None:
    """So many orders of key accounts, of which so many are punctual."""
    for kept, count in ((True, punctual), (False, keys - punctual)):
        for order in draw.sample([one for one in made if one.punctual is kept], count):
            order.segment = "key"


def rows() -> list[tuple[object, ...]]:
    """All lines, by order."""
    draw = random.Random(702)
    months = list(orders())
    every = [order for _, made in months for order in made]
    for order in every:
        order.lines = draw.randint(2, 6)
    over = sum(order.lines for order in every) - LINES
    while over:
        order = draw.choice(every)
        step = 1 if over < 0 else -1
        if 1 <= order.lines + step <= 9:
            order.lines += step
            over += step
    made: list[tuple[object, ...]] = []
    for n, (month, monthly) in enumerate(months):
        lines = [(order, number) for order in monthly for number in range(1, order.lines + 1)]
        pieces = [1] * len(lines)
        for _ in range(PIECES[n] - len(lines)):
            pieces[draw.randrange(len(lines))] += 1
        each = [place for place, count in enumerate(pieces) for _ in range(count)]
        redone = [0] * len(lines)
        for place in draw.sample(each, REDONE[n]):
            redone[place] += 1
        made += _lines(draw, month, lines, pieces, redone)
    return made


def _lines(
    draw: random.Random, month: str, lines: Sequence[tuple[Order, int]], pieces: list[int], redone: list[int]
) -> Iterator[tuple[object, ...]]:
    first = date.fromisoformat(f"{month}-01")
    days: dict[str, tuple[date, date, date]] = {}
    for place, (order, number) in enumerate(lines):
        if number == 1:
            promised = first + timedelta(days=draw.randint(8, 15))
            last = promised + timedelta(days=-draw.randint(0, 3) if order.punctual else draw.randint(1, 6))
            days[order.number] = promised, last, first + timedelta(days=draw.randint(21, 27))
        promised, last, paid = days[order.number]
        # The last line decides whether the order was punctual; the others came earlier, or with it.
        delivered = last if number == order.lines else last - timedelta(days=draw.choice((0, 0, 0, 1)))
        yield (
            order.number, number, order.region, order.segment,
            paid - timedelta(days=round(order.tenths / 10 * 7 / 5)), promised,
            delivered - timedelta(days=draw.randint(1, 2)), delivered, paid,
            f"{order.tenths / 10:.1f}", pieces[place], redone[place],
        )  # fmt: skip


def make(folder: Path) -> None:
    """Write the packed file into the folder."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows())
    folder.mkdir(parents=True, exist_ok=True)
    with (
        (folder / "order_lines.csv.gz").open("wb") as file,
        gzip.GzipFile("", "wb", 9, file, mtime=0) as packed,
    ):
        packed.write(text.getvalue().encode())


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("data/raw"))
