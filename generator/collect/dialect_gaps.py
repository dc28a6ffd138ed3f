"""What DuckDB's SQL says, another engine cannot or would count otherwise, and sqlglot passes on anyway.

A query that an engine would refuse is at least refused; one that it would answer with another number is not
noticed by anybody. Both are told here before the engine is asked. Other unknown functions are passed on: the
engine refuses them by name.
"""

from __future__ import annotations

import sqlglot
from sqlglot import exp

from generator.collect.grouping import WITHOUT_SETS, gap_of_sets

_MYSQL = ("mysql", "doris", "starrocks")
TRUNCATED = ("DAY", "WEEK", "MONTH", "QUARTER", "YEAR")
"""The units whose beginning is a day."""
_WHOLE_DAYS = ("DAY", "")
_SECONDS = "epoch(later) - epoch(earlier)"


def gap_of(tree: exp.Query, dialect: str) -> str | None:
    """The first thing in a query that this dialect has no counterpart for, in words, or None."""
    if dialect == "duckdb":
        return None
    for node in tree.walk():
        found = _gap(node, dialect)
        if found is not None:
            return found
    return None


def _gap(node: exp.Expr, dialect: str) -> str | None:
    if isinstance(node, exp.Join) and str(node.args.get("method") or "").upper() in ("ASOF", "POSITIONAL"):
        return f"{node.args['method']} JOIN"
    if isinstance(node, exp.Columns):
        return "COLUMNS(…)"
    if isinstance(node, exp.Star) and any(node.args.get(key) for key in ("except_", "except", "replace")):
        return "SELECT * EXCLUDE or REPLACE: write the columns out"
    if isinstance(node, exp.Group) and node.args.get("all"):
        return "GROUP BY ALL: write the columns out"
    if isinstance(node, exp.Select) and dialect in WITHOUT_SETS:
        return gap_of_sets(node)
    if isinstance(node, exp.Lambda | exp.Struct | exp.Map) and dialect != "spark":
        return f"{type(node).__name__.lower()}: {node.sql('duckdb')}"
    if isinstance(node, exp.TableSample):
        return "a sample"
    if isinstance(node, exp.DateDiff) and dialect in ("spark", *_MYSQL):
        unit = str(node.args.get("unit") or "").strip("'").upper()
        if unit not in _WHOLE_DAYS:
            hint = f"count the seconds between them: {_SECONDS}"
            return f"date_diff by the {unit.lower()}, which counts otherwise there: {hint}"
    if isinstance(node, exp.Sub) and dialect in _MYSQL:
        sides = (node.this, node.expression)
        if any(map(is_day, sides)) and any(isinstance(side, exp.Column) for side in sides):
            return f"{node.sql('duckdb')}: write date_diff('day', earlier, later)"
    if isinstance(node, exp.Median | exp.PercentileCont | exp.Quantile) and dialect in _MYSQL:
        return f"{node.sql('duckdb')}: there are no quantiles"
    return None


def is_day(node: exp.Expr) -> bool:
    """Whether a query says of an expression that it is a day: `cast(x as date)`, `date '2026-10-09'`."""
    return isinstance(node, exp.Cast) and node.to.this is exp.DType.DATE


def with_own_precision(node: exp.Expr) -> exp.Expr:
    """`cast(x as decimal)` has three places in DuckDB, none in MySQL and Spark, all in PostgreSQL."""
    if isinstance(node, exp.DataType) and node.this is exp.DType.DECIMAL and not node.expressions:
        return exp.DataType.build("decimal(18, 3)", dialect="duckdb")
    return node


def with_plain_days(node: exp.Expr) -> exp.Expr:
    """A month of date_trunc is a day, and no moment of some time zone.

    PostgreSQL makes a moment of it and Spark hands that on in another zone: at the far end it may be a day,
    and so a month, before.
    """
    if isinstance(node, exp.DateTrunc | exp.TimestampTrunc):
        unit = str(node.args.get("unit") or "").strip("'").upper()
        if unit.split("(")[0] in TRUNCATED:
            return exp.cast(node.copy(), "date")
    return node


def for_spark(node: exp.Expr) -> exp.Expr:
    """Quantiles, moments, numbers of rows and the order of letters as Spark takes them.

    What sqlglot makes of a quantile there is one that is only near. Its seconds since 1970 are whole and go
    by the session's zone; a moment without a zone is none of these. Letters are ordered by their numbers
    there anyway, and it knows no "C".
    """
    if isinstance(node, exp.Collate):
        inner: exp.Expr = node.this.copy()
        return inner
    if isinstance(node, exp.WithinGroup) and isinstance(node.this, exp.PercentileCont):
        (ordered,) = node.expression.expressions
        share = node.this.this.copy()
        if ordered.args.get("desc"):
            share = exp.paren(exp.Literal.number(1) - share)
        return exp.Anonymous(this="PERCENTILE", expressions=[ordered.this.copy(), share])
    if isinstance(node, exp.PercentileCont) and node.expression:
        return exp.Anonymous(this="PERCENTILE", expressions=[node.this.copy(), node.expression.copy()])
    if isinstance(node, exp.Window) and isinstance(node.this, exp.RowNumber) and len(node.args) == 1:
        # Numbers in any order: a window over everything would go through one machine of the cluster.
        return exp.Anonymous(this="MONOTONICALLY_INCREASING_ID")
    if isinstance(node, exp.TimeToUnix):
        moment = exp.cast(node.this.copy(), "timestamp_ntz", dialect="spark").sql("spark")
        since = f"({moment} - CAST('1970-01-01' AS TIMESTAMP_NTZ))"
        parts = (("DAY", 86400), ("HOUR", 3600), ("MINUTE", 60), ("SECOND", 1))
        seconds = " + ".join(f"EXTRACT({unit} FROM {since}) * {length}" for unit, length in parts)
        return sqlglot.parse_one(f"({seconds})", read="spark")
    return node


def with_whole_days(node: exp.Expr) -> exp.Expr:
    """date_diff by the day counts midnights in DuckDB, 24 hours each on Spark: of dates both agree."""
    if isinstance(node, exp.DateDiff):
        node.set("this", exp.cast(node.this.copy(), "date"))
        node.set("expression", exp.cast(node.expression.copy(), "date"))
    return node
