"""Joins that repeat rows under a sum or a count: the commonest wrong denominator, found by asking the source.

`orders join lines on order_id` has each order once a line: `count(*)` then counts lines, and
`sum(orders.amount)` an amount several times. Whether a key is unique is no matter of the text, and a join may
have any condition: the rows of what is counted are numbered before the join, and the source is asked how many
rows and how many different numbers come out. A join that stands in a WITH or a subquery is followed there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlglot import exp

from generator.collect.connection import Answer
from generator.collect.fault import SourceFaultError
from generator.collect.query import Statement

Ask = Callable[[Statement], Answer]
_HARMLESS = (exp.Min, exp.Max, exp.AnyValue, exp.LogicalAnd, exp.LogicalOr, exp.First, exp.Last)
"""Aggregates that give the same however often a row is repeated."""
_ROW = "handbook_row"


def multiplied(statement: Statement, ask: Ask) -> list[str]:
    """What each aggregate counts several times, in words; nothing where no join repeats what is counted.

    What cannot be asked (a source that refuses the question) is passed over.
    """
    joins = _Joins(statement, ask)
    made: dict[str, None] = {}
    for select in statement.tree.find_all(exp.Select):
        for one in select.find_all(exp.AggFunc):
            if _counts(one, select):
                for inner, names in joins.under(select, _counted_columns(one)):
                    made.update(dict.fromkeys(joins.told(one, inner, names)))
    return list(made)


@dataclass
class _Joins:
    """The joins of one statement, and what was asked about them."""

    statement: Statement
    ask: Ask
    known: dict[tuple[int, tuple[str, ...]], tuple[int, int] | None] = field(default_factory=dict)

    def under(
        self, select: exp.Select, columns: Sequence[exp.Column], seen: frozenset[int] = frozenset()
    ) -> Iterator[tuple[exp.Select, tuple[str, ...]]]:
        """The SELECTs with joins whose rows are counted, and the relations there that hold what is counted.

        Where no column is named, as in count(*), the first one counts.
        """
        relations = _relations(select)
        if id(select) in seen or not relations:
            return
        owned: dict[str, list[exp.Column]] = {}
        for column in columns:
            owner = self._owner(column, relations)
            if owner is not None:
                owned.setdefault(owner, []).append(column)
        if not columns:
            owned[next(iter(relations))] = []
        if select.args.get("joins") and owned:
            yield select, tuple(sorted(owned))
        for name, own in owned.items():
            inner = self._inside(relations[name])
            if inner is not None:
                passed = [one for column in own for one in _origin(inner, column)]
                if passed or not own:
                    yield from self.under(inner, passed, seen | {id(select)})

    def told(self, one: exp.AggFunc, select: exp.Select, names: tuple[str, ...]) -> Iterator[str]:
        """The sentence on an aggregate, where rows are repeated in a SELECT."""
        key = (id(select), names)
        if key not in self.known:
            self.known[key] = self._asked(select, names)
        asked = self.known[key]
        if asked is None or asked[0] <= asked[1]:
            return
        rows, own = asked
        others = ", ".join(name for name in _relations(select) if name not in names) or "itself"
        yield (
            f"{one.sql('duckdb')} counts rows of {', '.join(names)} more than once: {own} of them are"
            f" {rows} when joined with {others}"
        )

    def _asked(self, select: exp.Select, names: tuple[str, ...]) -> tuple[int, int] | None:
        """How many rows of the relations come out of a SELECT's joins, and how many different ones."""
        tree = exp.select().from_(select.args["from_"].copy())
        tree.set("joins", [join.copy() for join in select.args["joins"]])
        if select.args.get("where") is not None:
            tree.set("where", select.args["where"].copy())
        relations = _relations(tree)
        numbers = []
        for name in names:
            relation = relations[name]
            alias = relation.alias_or_name
            bare = relation.copy()
            numbered = exp.select("*", exp.alias_(exp.Window(this=exp.RowNumber()), _ROW)).from_(bare)
            relation.replace(numbered.subquery(exp.to_identifier(alias)))
            numbers.append(exp.column(_ROW, table=exp.to_identifier(alias)))
        chosen = [exp.alias_(number, f"{_ROW}_{place}") for place, number in enumerate(numbers)]
        tree = tree.select(*chosen, exp.alias_(exp.Count(this=exp.Star()), "repeats"))
        tree = tree.where(*(number.copy().is_(exp.null()).not_() for number in numbers))
        tree = tree.group_by(*(number.copy() for number in numbers))
        whole = exp.select("sum(repeats) as row_count", "count(*) as key_count").from_(
            tree.subquery("counted")
        )
        answer = self._tried(whole, select)
        if answer is None or not answer.rows or answer.rows[0][0] is None:
            return None
        rows, own = (int(str(number).split(".")[0]) for number in answer.rows[0])
        return rows, own

    def _owner(self, column: exp.Column, relations: dict[str, exp.Expr]) -> str | None:
        """The relation that a column belongs to; None where nobody can tell."""
        if column.table:
            return next((name for name in relations if name.lower() == column.table.lower()), None)
        if len(relations) == 1:
            return next(iter(relations))
        owners = [
            name for name, relation in relations.items() if column.name.lower() in self._columns(relation)
        ]
        return owners[0] if len(owners) == 1 else None

    def _columns(self, relation: exp.Expr) -> tuple[str, ...]:
        select = relation.parent_select
        query = exp.select("*").from_(relation.copy()).limit(0)
        answer = self._tried(query, select) if isinstance(select, exp.Select) else None
        return answer.columns if answer is not None else ()

    def _inside(self, relation: exp.Expr) -> exp.Select | None:
        """The plain SELECT that a relation is, by a WITH, a model or in brackets; None for a table."""
        found: exp.Expr | None = relation.this if isinstance(relation, exp.Subquery) else None
        if isinstance(relation, exp.Table) and not relation.db:
            ctes = self.statement.tree.find_all(exp.CTE)
            found = next((cte.this for cte in ctes if cte.alias.lower() == relation.name.lower()), None)
        if not isinstance(found, exp.Select):
            return None
        whole = any(found.args.get(key) for key in ("group", "distinct", "limit", "qualify"))
        return (
            None if whole or any(one.parent_select is found for one in found.find_all(exp.AggFunc)) else found
        )

    def _tried(self, query: exp.Query, select: exp.Select) -> Answer | None:
        """A question of ours with the query's own WITH in front; None where the source refuses it."""
        fronts = [cte.copy() for cte in self.statement.tree.ctes]
        known = {cte.alias for cte in fronts}
        fronts += [cte.copy() for cte in select.ctes if cte.alias not in known]
        if fronts:
            query.set("with_", exp.With(expressions=fronts))
        try:
            return self.ask(replace(self.statement, tree=query))
        except SourceFaultError:
            return None


def _counts(one: exp.AggFunc, select: exp.Select) -> bool:
    """Whether an aggregate of this very SELECT changes when rows are repeated."""
    if one.parent_select is not select or isinstance(one, _HARMLESS) or one.find_ancestor(exp.Window):
        return False
    return not isinstance(one.this, exp.Distinct)


def _counted_columns(one: exp.AggFunc) -> list[exp.Column]:
    """The columns that give what is added up; where 1 is, those of the condition that lets it."""
    argument = one.this if isinstance(one.this, exp.Expr) else one
    conditions = {
        id(column) for case in argument.find_all(exp.If) for column in case.this.find_all(exp.Column)
    }
    columns = list(argument.find_all(exp.Column))
    return [column for column in columns if id(column) not in conditions] or columns


def _relations(select: exp.Select) -> dict[str, exp.Expr]:
    """The tables and subqueries of a FROM and its joins, by alias, in order."""
    start = select.args.get("from_")
    found = [start.this] if start is not None else []
    found += [join.this for join in select.args.get("joins") or ()]
    return {one.alias_or_name: one for one in found if isinstance(one, exp.Table | exp.Subquery)}


def _origin(select: exp.Select, column: exp.Column) -> list[exp.Column]:
    """The columns of a SELECT that one of its results is made of."""
    for one in select.expressions:
        if one.alias_or_name.lower() == column.name.lower():
            return _counted_columns(exp.Sum(this=one.unalias().copy()))
    stars = [one for one in select.expressions if one.is_star]
    tables = {one.table for one in stars if isinstance(one, exp.Column)}
    return [exp.column(column.name, table=table or None) for table in tables or {""}] if stars else []
