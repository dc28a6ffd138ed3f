"""What fits together in the strategy: nothing stands above itself, ids of key results are unique."""

from __future__ import annotations

from collections.abc import Iterable

from generator.load.consistency import circles, report_circle
from generator.model.strategy import Strategy
from generator.problems import Loc, Problems, Source, found

LEAVE_OUT = "leave out one of these links"


def check_strategy(strategy: Strategy, source: Source, problems: Problems) -> None:
    """Reports circles of goals, objectives and key results, and ids of key results that stand twice."""
    goals = [(goal.id, goal.supports, ("goals", place)) for place, goal in enumerate(strategy.goals)]
    _check_circles(goals, "supports", source, problems)
    objectives: list[tuple[str, Iterable[str], Loc]] = []
    results: list[tuple[str, Iterable[str], Loc]] = []
    for place, objective in enumerate(strategy.objectives):
        above = (objective.parent,) if objective.parent else ()
        objectives.append((objective.id, above, ("objectives", place)))
        for index, result in enumerate(objective.key_results):
            if result.id is not None:
                above = (result.parent,) if result.parent else ()
                results.append((result.id, above, ("objectives", place, "key_results", index)))
    _check_circles(objectives, "parent", source, problems)
    _check_unique(results, source, problems)
    _check_circles(results, "parent", source, problems)


def _check_circles(
    entries: Iterable[tuple[str, Iterable[str], Loc]], key: str, source: Source, problems: Problems
) -> None:
    edges: dict[str, list[str]] = {}
    places: dict[str, Loc] = {}
    for id_, above, loc in entries:
        edges.setdefault(id_, list(above))
        places.setdefault(id_, loc)
    for circle in circles(edges):
        report_circle(circle, source.mark((*places[circle[0]], key)), LEAVE_OUT, problems)


def _check_unique(
    results: Iterable[tuple[str, Iterable[str], Loc]], source: Source, problems: Problems
) -> None:
    seen: dict[str, Loc] = {}
    for id_, _, loc in results:
        first = seen.setdefault(id_, loc)
        if first != loc:
            message = f"{found(id_)} stands twice among the key results"
            hint = f"first at line {source.mark((*first, 'id')).line}; keep one of them"
            problems.error(source.mark((*loc, "id")), "duplicate-id", message, hint)
