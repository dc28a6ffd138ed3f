"""Joins that repeat rows under a sum or a count: the commonest wrong denominator, found by asking the source.

`orders join lines on order_id` has each order once a line: `count(*)` then counts lines, and
`sum(orders.amount)` an amount several times. Whether a key is unique is no matter of the text: each side of
a join that stands under an aggregate is asked for its rows and its distinct keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sqlglot import exp

from generator.collect.connection import Answer
from generator.collect.fault import SourceFaultError
from generator.collect.query import Statement

Ask = Callable[[Statement], Answer]
_HARMLESS = (exp.Min, exp.Max, exp.AnyValue, exp.LogicalAnd, exp.LogicalOr, exp.First, exp.Last)
"""Aggregates that give the same however often a row is repeated."""


@dataclass(frozen=True)
class _Side:
    """A relation of a FROM, by its alias, and its rows and distinct keys in a join."""

    name: str
    rows: int
    keys: int

    @property
    def repeats(self) -> bool:
        return self.rows > self.keys


def multiplied(statement: Statement, ask: Ask) -> list[str]:
    """What each aggregate counts several times, in words; nothing where no join repeats what is counted.

    What cannot be asked (a join without an equation, a source that refuses the question) is passed over.
    """
    made: dict[str, None] = {}
    for select in statement.tree.find_all(exp.Select):
        sums = [one for one in select.find_all(exp.AggFunc) if _counts(one, select)]
        if sums and select.args.get("joins"):
            made.update(dict.fromkeys(_of_select(select, sums, statement, ask)))
    return list(made)


def _of_select(select: exp.Select, sums: list[exp.AggFunc], statement: Statement, ask: Ask) -> Iterator[str]:
    relations = _relations(select)
    first = next(iter(relations), "")
    columns = {name: _columns(relation, select, statement, ask) for name, relation in relations.items()}
    repeated: dict[str, str] = {}
    for join in select.args["joins"]:
        name = join.this.alias_or_name
        for other, own, theirs in _equations(join, name, relations, columns):
            mine = _asked(name, own, relations, select, statement, ask)
            others = _asked(other, theirs, relations, select, statement, ask)
            if mine is not None and mine.repeats:
                repeated.setdefault(other, _told(mine, own))
            if others is not None and others.repeats:
                repeated.setdefault(name, _told(others, theirs))
    for one in sums:
        owners = {_owner(column, columns) for column in _argument(one).find_all(exp.Column)}
        found = next((name for name in sorted(filter(None, owners)) if name in repeated), None)
        if found is None and not owners and first in repeated:
            found = first
        if found is not None:
            yield (
                f"{one.sql('duckdb')} counts rows of {found} more than once: it is joined with"
                f" {repeated[found]}"
            )


def _counts(one: exp.AggFunc, select: exp.Select) -> bool:
    """Whether an aggregate of this very SELECT changes when rows are repeated."""
    if one.parent_select is not select or isinstance(one, _HARMLESS) or one.find_ancestor(exp.Window):
        return False
    return not isinstance(one.this, exp.Distinct)


def _argument(one: exp.AggFunc) -> exp.Expr:
    argument: exp.Expr = one.this if isinstance(one.this, exp.Expr) else one
    return argument


def _relations(select: exp.Select) -> dict[str, exp.Expr]:
    """The tables and subqueries of a FROM and its joins, by alias, in order."""
    start = select.args.get("from_")
    found = [start.this] if start is not None else []
    found += [join.this for join in select.args["joins"]]
    return {one.alias_or_name: one for one in found if isinstance(one, exp.Table | exp.Subquery)}


def _equations(
    join: exp.Join, name: str, relations: dict[str, exp.Expr], columns: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, list[str], list[str]]]:
    """For each other relation of a join: its alias, the joined one's key columns, and its own."""
    pairs: dict[str, list[tuple[str, str]]] = {}
    for used in join.args.get("using") or ():
        column = used.name
        other = next((one for one in relations if one != name and column.lower() in columns[one]), None)
        if other is not None:
            pairs.setdefault(other, []).append((column, column))
    condition = join.args.get("on")
    for equal in condition.find_all(exp.EQ) if condition is not None else ():
        left, right = equal.this, equal.expression
        if equal.find_ancestor(exp.Or, exp.Not) or not (
            isinstance(left, exp.Column) and isinstance(right, exp.Column)
        ):
            continue
        sides = {_owner(left, columns): left.name, _owner(right, columns): right.name}
        others = [one for one in sides if one and one != name]
        if name in sides and len(others) == 1:
            pairs.setdefault(others[0], []).append((sides[name], sides[others[0]]))
    for other, keys in pairs.items():
        yield other, [own for own, _ in keys], [theirs for _, theirs in keys]


def _owner(column: exp.Column, columns: dict[str, tuple[str, ...]]) -> str | None:
    """The relation that a column belongs to; None where nobody can tell."""
    if column.table:
        return str(column.table)
    owners = [name for name, known in columns.items() if column.name.lower() in known]
    return owners[0] if len(owners) == 1 else None


def _columns(relation: exp.Expr, select: exp.Select, statement: Statement, ask: Ask) -> tuple[str, ...]:
    query = exp.select("*").from_(relation.copy()).limit(0)
    answer = _tried(query, select, statement, ask)
    return answer.columns if answer is not None else ()


def _asked(
    name: str,
    keys: list[str],
    relations: dict[str, exp.Expr],
    select: exp.Select,
    statement: Statement,
    ask: Ask,
) -> _Side | None:
    """How many rows and distinct keys a relation has, under the conditions that the query sets it alone."""
    if name not in relations:
        return None
    columns = [exp.column(exp.to_identifier(key), table=name) for key in keys]
    inner = exp.select(*columns, exp.alias_(exp.Count(this=exp.Star()), "repeats"))
    inner = inner.from_(relations[name].copy()).group_by(*(column.copy() for column in columns))
    for condition in _own_conditions(select, name):
        inner = inner.where(condition)
    inner = inner.where(*(column.copy().is_(exp.null()).not_() for column in columns))
    whole = exp.select("sum(repeats) as row_count", "count(*) as key_count").from_(inner.subquery("counted"))
    answer = _tried(whole, select, statement, ask)
    if answer is None or not answer.rows or answer.rows[0][0] is None:
        return None
    rows, counted = answer.rows[0]
    return _Side(name, int(str(rows).split(".")[0]), int(str(counted).split(".")[0]))


def _own_conditions(select: exp.Select, name: str) -> Iterator[exp.Expr]:
    """The parts of WHERE and ON that speak of one relation alone."""
    where = select.args.get("where")
    wholes = [where.this] if where is not None else []
    wholes += [join.args["on"] for join in select.args["joins"] if join.args.get("on") is not None]
    for whole in wholes:
        for part in whole.flatten() if isinstance(whole, exp.And) else (whole,):
            owners = {column.table for column in part.find_all(exp.Column)}
            if owners == {name} and not part.find(exp.Select):
                yield part.copy()


def _tried(query: exp.Query, select: exp.Select, statement: Statement, ask: Ask) -> Answer | None:
    """A question of ours with the query's own WITH in front; None where the source refuses it."""
    fronts = [cte.copy() for cte in statement.tree.ctes]
    known = {cte.alias for cte in fronts}
    fronts += [cte.copy() for cte in select.ctes if cte.alias not in known]
    if fronts:
        query.set("with_", exp.With(expressions=fronts))
    try:
        return ask(replace(statement, tree=query))
    except SourceFaultError:
        return None


def _told(side: _Side, keys: list[str]) -> str:
    named = ", ".join(keys)
    return f"{side.name}, which has {side.rows} rows for {side.keys} different {named}"
