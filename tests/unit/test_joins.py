"""Joins that repeat what is counted are found, however they are written; others are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.collect.connection import opened
from generator.collect.joins import multiplied
from generator.model.source_system import SourceSystem

SHIPPED = "from orders o join ships s on s.id = o.id join lines l on l.ship = s.ship"
BY_COMMAS = "from orders o, ships s, lines l where s.id = o.id and l.ship = s.ship"


@pytest.mark.parametrize(
    ("query", "repeated"),
    [
        (f"select sum(o.late::int) as n {SHIPPED}", "o"),
        (f"select count(*) as n {SHIPPED} where o.late", "o"),
        (f"select sum(o.late::int) as n {BY_COMMAS}", "o"),
        ("select sum(o.late::int) as n from orders o join prices p on o.due_on between p.a and p.b", "o"),
        (f"with j as (select o.late, l.line {SHIPPED}) select sum(late::int) as n from j", "o"),
        (f"select sum(late::int) as n from (select o.*, l.line {SHIPPED}) as j", "o"),
        (f"with j as (select o.late {SHIPPED}) select count(*) as n from j", "o"),
        (f"select sum(case when l.line = 1 then o.late::int end) as n {SHIPPED}", "o"),
        (f"select sum(l.line) as n {SHIPPED}", None),
        (f"select sum(case when o.late then l.line end) as n {SHIPPED}", None),
        (f"select count(distinct o.id) as n {SHIPPED}", None),
        (f"with j as (select distinct o.id, o.late {SHIPPED}) select count(*) as n from j", None),
        ("select sum(l.line * p.price) as n from lines l join prices p on p.kind = l.kind", None),
        ("select sum(o.late::int) as n from orders o join ships s on lower(s.id) = lower(o.id)", None),
    ],
)  # fmt: skip
def test_joins_of_every_kind_are_followed(tmp_path: Path, query: str, repeated: str | None) -> None:
    """One ship an order, two lines a ship: by way of ships, of a WITH, of a range, an order counts twice."""
    ids = [f"{month}-{n}" for month in range(1, 10) for n in range(10)]
    tables = {
        "orders": ["id,due_on,late", *(f"{id_},2026-0{id_[0]}-11,{id_ > '5'}" for id_ in ids)],
        "ships": ["id,ship", *(f"{id_},s{id_}" for id_ in ids)],
        "lines": ["ship,line,kind", *(f"s{id_},{line},k{line}" for id_ in ids for line in (1, 2))],
        "prices": ["kind,a,b,price", *(f"k{n},2026-01-01,2026-12-31,{n}" for n in (1, 2))],
    }
    for name, lines in tables.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n")
    with opened(SourceSystem(id="erp", path="."), tmp_path, {}) as link:
        told = multiplied(link.read(query, "p"), link.ask)
    assert len(told) == (repeated is not None), told
    assert all(f"counts rows of {repeated} more than once" in one for one in told)
