"""What MySQL and MariaDB count otherwise than the dialect that queries are written in.

Without a word they give four digits of a quotient and of a mean of whole numbers, and days of a month as
text; sqlglot passes all of it on.
"""

from __future__ import annotations

from sqlglot import exp

from generator.collect.dialect_gaps import TRUNCATED, is_day

_MOMENTS = (exp.DType.TIMESTAMP, exp.DType.TIMESTAMPNTZ, exp.DType.DATETIME)
"""Without a number of places they lose what is below a second."""


def for_mysql(tree: exp.Expr) -> exp.Expr:
    """A query as MySQL counts the same; it is changed, what is inside first."""
    for node in reversed(list(tree.walk())):
        made = _put(node)
        if made is not node:
            node.replace(made)
    return tree


def _put(node: exp.Expr) -> exp.Expr:
    """Quotients, means and moments in full, months as days, seconds since 1970, counts of what holds."""
    if isinstance(node, exp.Div) or (isinstance(node, exp.Avg) and not isinstance(node.this, exp.Distinct)):
        node.set("this", _in_full(node.this))
    elif isinstance(node, exp.Sub) and is_day(node.this) and is_day(node.expression):
        return _call("DATEDIFF", node.this, node.expression)
    elif isinstance(node, exp.DataType) and node.this in _MOMENTS and not node.expressions:
        return exp.DataType.build("DATETIME(6)", dialect="mysql")
    elif isinstance(node, exp.CountIf):
        holds = exp.If(this=node.this.copy(), true=exp.Literal.number(1))
        return exp.Count(this=exp.Case(ifs=[holds]))
    elif isinstance(node, exp.TimeToUnix):
        since = _call(
            "TIMESTAMPDIFF", exp.Var(this="MICROSECOND"), exp.Literal.string("1970-01-01"), node.this
        )
        return exp.paren(exp.Div(this=since, expression=exp.Var(this="1e6")))
    elif isinstance(node, exp.DateTrunc | exp.TimestampTrunc):
        unit = str(node.args.get("unit") or "").strip("'").upper().split("(", maxsplit=1)[0]
        if unit in TRUNCATED:
            return _first_day(node.this, unit)
    return node


def _in_full(value: exp.Expr) -> exp.Expr:
    """A number as one of double precision: an exponent makes it so, in every version."""
    return exp.paren(exp.Add(this=exp.Var(this="0e0"), expression=exp.paren(value.copy())))


def _first_day(moment: exp.Expr, unit: str) -> exp.Expr:
    day = exp.cast(moment.copy(), "date")
    one = exp.Literal.number(1)
    if unit == "DAY":
        return day
    if unit == "WEEK":
        return _call("SUBDATE", day, _call("WEEKDAY", moment))
    if unit == "MONTH":
        return _call("SUBDATE", day, exp.Sub(this=_call("DAYOFMONTH", moment), expression=one))
    year = _call("MAKEDATE", _call("YEAR", moment), one)
    if unit == "YEAR":
        return year
    quarters = exp.paren(exp.Sub(this=_call("QUARTER", moment), expression=one))
    return exp.paren(exp.Add(this=year, expression=exp.Interval(this=quarters, unit=exp.Var(this="QUARTER"))))


def _call(name: str, *given: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=[one.copy() for one in given])
