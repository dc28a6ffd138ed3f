"""A query as its author writes it (DuckDB's dialect, `:from` and `:to`) and as an engine takes it.

Written once and put into the engine's dialect by sqlglot. Only one SELECT is taken: what a source is asked
for can change nothing there. Models are put in front as common table expressions, so a source needs no rights
to make views.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import TokenType, exp
from sqlglot.errors import ErrorLevel, ParseError, SqlglotError, UnsupportedError

from generator.collect.dialect_gaps import (
    for_spark,
    gap_of,
    with_own_precision,
    with_plain_days,
    with_whole_days,
)
from generator.collect.fault import SourceFaultError
from generator.collect.for_mysql import for_mysql
from generator.collect.grouping import WITHOUT_SETS, without_sets

WRITTEN_IN = "duckdb"
MODELS = "data/models"
"""The folder of shared queries, one a file; a query names one like a table."""
_OPERATORS = "=<>(,+-*/%|!"
"""Signs that a parameter may stand right behind, as in `day>=:from`."""
_MARK = "p_"
"""Parameters are `$p_from` once read: `from` by itself is a word of SQL."""
NO_FILTER = ("mysql", "doris", "starrocks", "tsql", "oracle")
_WRITES = (exp.DML, exp.DDL, exp.Command, exp.Into, exp.Lock)


@dataclass(frozen=True)
class Statement:
    """One SELECT, read."""

    text: str
    """As its author wrote it."""

    place: str
    """Where that stands, e.g. data/indicators/x.yml:12, for messages."""

    tree: exp.Query
    """Read, with its models in front."""

    @property
    def parameters(self) -> frozenset[str]:
        """The names of the bound parameters that it uses."""
        return frozenset(hole.name.removeprefix(_MARK) for hole in self.tree.find_all(exp.Placeholder))

    @property
    def tables(self) -> tuple[str, ...]:
        """The source's own tables that it reads, in order."""
        return tuple(sorted({table.name for table in _outer_tables(self.tree)}))


def read_statement(text: str, place: str, models: Mapping[str, str] | None = None) -> Statement:
    """A query with the models it uses, and those that they use, in front. SourceFaultError with the place.

    `models`: SQL of data/models/, by its file's stem.
    """
    tree = _read(text, place)
    return Statement(text, place, _with_models(tree, models or {}))


def translated(statement: Statement, dialect: str, parameter: Callable[[str], str]) -> str:
    """A statement in an engine's dialect; `parameter` writes a bound parameter's name as the engine does.

    SourceFaultError, with the place, for what that dialect cannot say.
    """
    gap = gap_of(statement.tree, dialect)
    if gap is not None:
        message = f"{statement.place}: cannot be put into the SQL of {dialect}: {gap}"
        raise SourceFaultError(message, statement.text)
    tree: exp.Expr = statement.tree.copy()
    if dialect != WRITTEN_IN:
        tree = tree.transform(with_own_precision)
    if dialect in NO_FILTER:
        tree = tree.transform(_without_filter)
    if dialect in WITHOUT_SETS:
        tree = without_sets(tree)
    if dialect == "mysql":
        tree = for_mysql(tree)
    if dialect == "spark":
        tree = tree.transform(with_whole_days).transform(for_spark)
    if dialect in ("spark", "postgres"):
        tree = tree.transform(with_plain_days)
    holes = {}
    for number, hole in enumerate(list(tree.find_all(exp.Placeholder))):
        token = f"handbook_hole_{number}"
        holes[token] = parameter(hole.name.removeprefix(_MARK))
        hole.replace(exp.Var(this=token))
    try:
        made = tree.sql(dialect=dialect, unsupported_level=ErrorLevel.RAISE, comments=False)
    except UnsupportedError as error:
        what = " ".join(str(error).split())
        raise SourceFaultError(
            f"{statement.place}: cannot be put into the SQL of {dialect}: {what}", statement.text
        ) from None
    except (SqlglotError, ValueError) as error:
        message = f"{statement.place}: cannot be put into the SQL of {dialect}: {error}"
        raise SourceFaultError(message, statement.text) from None
    return made if not holes else _filled(made, holes)


def _filled(text: str, holes: Mapping[str, str]) -> str:
    pattern = "|".join(sorted(map(re.escape, holes), key=len, reverse=True))
    return re.sub(rf"\b(?:{pattern})\b", lambda match: holes[match[0]], text)


def _read(text: str, place: str) -> exp.Query:
    try:
        marked = _marked(text)
        statements = [one for one in sqlglot.parse(marked, read=WRITTEN_IN) if one is not None]
    except ParseError as error:
        first = error.errors[0] if error.errors else {}
        where = f"{place}: line {first['line']} of the query" if first.get("line") else place
        raise SourceFaultError(f"{where}: {first.get('description') or 'no SQL'}", text) from None
    except SqlglotError as error:
        message = " ".join(re.sub(r"\x1b\[\d*m", "", str(error)).split())
        raise SourceFaultError(f"{place}: {message}", text) from None
    if len(statements) != 1:
        raise SourceFaultError(f"{place}: needs one SELECT, found {len(statements)} statements", text)
    tree = statements[0]
    if not isinstance(tree, exp.Query) or tree.find(*_WRITES):
        raise SourceFaultError(f"{place}: a query is one SELECT; nothing is changed in a source", text)
    return tree


def _marked(text: str) -> str:
    """`:from` becomes `$p_from`, outside texts and comments; slices such as x[1:2] and casts stay."""
    tokens = sqlglot.tokenize(text, read=WRITTEN_IN)
    made, done = [], 0
    for before, colon, name in zip([None, *tokens], tokens, tokens[1:], strict=False):
        if colon.token_type is not TokenType.COLON or name.start != colon.end + 1:
            continue
        if not re.fullmatch(r"[A-Za-z_]\w*", name.text):
            continue
        beside = before is not None and before.end + 1 == colon.start
        if beside and text[colon.start - 1] not in _OPERATORS:
            continue
        made.append(text[done : colon.start] + f"${_MARK}{name.text.lower()}")
        done = name.end + 1
    return "".join(made) + text[done:]


def _outer_tables(tree: exp.Expr) -> list[exp.Table]:
    """The tables that no WITH of the query itself defines; in order."""
    own = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    found = (table for table in tree.find_all(exp.Table) if isinstance(table.this, exp.Identifier))
    return [table for table in found if table.db or table.name.lower() not in own]


def _with_models(tree: exp.Query, models: Mapping[str, str]) -> exp.Query:
    """`with paid as (…), slow as (…) …`: every model once, what it needs before it; its WITH stays."""
    known = {name.lower(): name for name in models}
    ready: dict[str, exp.Query] = {}

    def need(query: exp.Query, inside: tuple[str, ...]) -> None:
        for table in _outer_tables(query):
            name = known.get(table.name.lower())
            if name is None or table.db or name in ready:
                continue
            where = f"{MODELS}/{name}.sql"
            if name in inside:
                raise SourceFaultError(
                    f"{where}: uses itself, by way of {' and '.join(inside)}", models[name]
                )
            model = _read(models[name], where)
            need(model, (*inside, name))
            ready[name] = model

    need(tree, ())
    if not ready:
        return tree
    fronts = [
        exp.CTE(this=model, alias=exp.TableAlias(this=exp.to_identifier(name, quoted=True)))
        for name, model in ready.items()
    ]
    made = tree.copy()
    old = made.args.get("with_")
    recursive = bool(old and old.args.get("recursive"))
    ctes = [*fronts, *(cte.copy() for cte in made.ctes)]
    made.set("with_", exp.With(expressions=ctes, recursive=recursive))
    return made


def _without_filter(node: exp.Expr) -> exp.Expr:
    """`count(*) filter (where p)` as `count(case when p then 1 end)`, for engines without FILTER."""
    if not isinstance(node, exp.Filter):
        return node
    counted: exp.Expr = node.this.copy()
    condition: exp.Expr = node.expression.this.copy()
    inner = counted.this
    if isinstance(inner, exp.Distinct):
        first = inner.expressions[0]
        first.replace(exp.Case(ifs=[exp.If(this=condition, true=first.copy())]))
        return counted
    value = exp.Literal.number(1) if isinstance(inner, exp.Star) else inner.copy()
    counted.set("this", exp.Case(ifs=[exp.If(this=condition, true=value)]))
    return counted
