"""GROUPING SETS, ROLLUP and CUBE for engines that have none: one SELECT a set, put together by UNION ALL.

A results query asks for the whole, each region and each pilot at once, and MySQL groups one way at a time. In
a set's own SELECT the columns that it does not group by are NULL, and GROUPING() says 1 for them: so the
standard defines the sets.
"""

from __future__ import annotations

from itertools import combinations, product

from sqlglot import exp

WITHOUT_SETS = ("mysql", "sqlite")
"""sqlglot's names of the engines that group one way at a time."""
_SETS = (exp.GroupingSets, exp.Rollup, exp.Cube)
_Set = tuple[exp.Expr, ...]


def gap_of_sets(select: exp.Select) -> str | None:
    """What a SELECT with grouping sets says that no UNION ALL can say, in words, or None."""
    if not _sets(select):
        return None
    named = {"limit": "LIMIT", "offset": "OFFSET", "distinct": "DISTINCT", "qualify": "QUALIFY"}
    found = next((word for key, word in named.items() if select.args.get(key)), None)
    if found is None and any(one.parent_select is select for one in select.find_all(exp.Window)):
        found = "a window"
    return f"GROUPING SETS with {found}: group in a WITH first" if found else None


def without_sets(tree: exp.Expr) -> exp.Expr:
    """A query whose every SELECT groups one way; the inner ones first."""
    for select in reversed(list(tree.find_all(exp.Select))):
        if not _sets(select):
            continue
        made = _united(select)
        if select is tree:
            tree = made
        else:
            select.replace(made)
    return tree


def _sets(select: exp.Select) -> list[exp.Expr]:
    group = select.args.get("group")
    return [one for one in group.expressions if isinstance(one, _SETS)] if group is not None else []


def _united(select: exp.Select) -> exp.Expr:
    """The SELECTs of all sets; an ORDER BY without LIMIT says nothing and falls away."""
    plain = select.copy()
    front = plain.args.get("with_")
    plain.set("with_", None)
    plain.set("order", None)
    factors = [
        _listed(one) if isinstance(one, _SETS) else [(one,)] for one in select.args["group"].expressions
    ]
    sets = [tuple(_resolved(key, select) for part in chosen for key in part) for chosen in product(*factors)]
    keys = {_name(key): key for one in sets for key in one}
    parts = [_grouped(plain.copy(), one, keys, select) for one in sets]
    made: exp.Expr = parts[0]
    for part in parts[1:]:
        made = exp.Union(this=made, expression=part, distinct=False)
    if front is not None:
        made.set("with_", front.copy())
    return made


def _listed(node: exp.Expr) -> list[_Set]:
    """The sets that one element of GROUP BY stands for."""
    if isinstance(node, exp.GroupingSets):
        return [one for inner in node.expressions for one in _listed(inner)]
    elements = [_columns(one) for one in node.expressions] if isinstance(node, exp.Rollup | exp.Cube) else []
    if isinstance(node, exp.Rollup):
        lengths = range(len(elements), -1, -1)
        return [tuple(key for part in elements[:length] for key in part) for length in lengths]
    if isinstance(node, exp.Cube):
        chosen = (parts for count in range(len(elements), -1, -1) for parts in combinations(elements, count))
        return [tuple(key for part in parts for key in part) for parts in chosen]
    return [_columns(node)]


def _columns(node: exp.Expr) -> _Set:
    if isinstance(node, exp.Tuple):
        return tuple(node.expressions)
    return (node.this,) if isinstance(node, exp.Paren) else (node,)


def _resolved(key: exp.Expr, select: exp.Select) -> exp.Expr:
    """A key that is the number or the alias of a column of the SELECT, as that column."""
    shown = select.expressions
    if isinstance(key, exp.Literal) and not key.is_string and key.this.isdigit():
        place = int(key.this) - 1
        found = shown[place] if 0 <= place < len(shown) else key
    else:
        aliased = (
            one for one in shown if isinstance(one, exp.Alias) and not isinstance(one.this, exp.Column)
        )
        bare = isinstance(key, exp.Column) and not key.table
        found = next((one for one in aliased if bare and one.alias.lower() == key.name.lower()), key)
    made: exp.Expr = found.unalias() if isinstance(found, exp.Alias) else found
    return made.copy()


def _name(key: exp.Expr) -> str:
    """The same for the same key; a column with and without its table's name counts as one."""
    return key.name.lower() if isinstance(key, exp.Column) else key.sql("duckdb").lower()


def _grouped(select: exp.Select, chosen: _Set, keys: dict[str, exp.Expr], whole: exp.Select) -> exp.Select:
    """One set's SELECT, made of `select`, which is the caller's to give away; `whole`: as it was written."""
    own = {_name(key) for key in chosen}
    absent = set(keys) - own

    def missing(node: exp.Expr) -> bool:
        return _name(_resolved(node, whole) if isinstance(node, exp.Column) else node) in absent

    def told(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Grouping):
            bits = "".join("1" if missing(one) else "0" for one in node.expressions)
            return exp.Literal.number(int(bits, 2))
        if missing(node) and node.find_ancestor(exp.AggFunc) is None:
            return exp.null()
        return node

    shown = []
    for one in select.expressions:
        alias = one.alias_or_name
        made = told(one) if not isinstance(one, exp.Alias) else one
        made = made.transform(told) if made is one else made
        bare = not isinstance(made, exp.Alias | exp.Column) and alias
        shown.append(exp.alias_(made, alias) if bare else made)
    select.set("expressions", shown)
    having = select.args.get("having")
    if having is not None:
        select.set("having", having.transform(told))
    unique = {_name(key): key.copy() for key in chosen}
    select.set("group", exp.Group(expressions=list(unique.values())) if unique else None)
    if not unique and not any(one.find(exp.AggFunc) for one in select.expressions):
        # Of the whole there is one row; without an aggregate there would be as many as the table has.
        select.distinct(copy=False)
    return select
