"""The cascade of the strategy in the export: from goals to posts, where it breaks, and the X-matrix."""

from __future__ import annotations

from generator.compute.figures import Figures
from generator.compute.insight.cascade import GoalCascade, cascade_of, strategy_gaps
from generator.compute.insight.names import joined
from generator.compute.insight.x_matrix import Corner, x_matrix
from generator.exchange.export_part import ExportPart
from generator.exchange.plain_json import as_json
from generator.model.cascade import GapKind


class PostOut(ExportPart):
    """A post that a key result reaches."""

    unit: str | None
    role: dict[str, str]


class CascadeResultOut(ExportPart):
    """A key result in the cascade; how it stands is in `key_states` under the same id."""

    id: str
    """objective~place, the place from 1."""
    indicator: str | None
    unit: str | None
    """Its own, else the objective's; null is the organisation."""
    posts: list[PostOut]


class CascadeObjectiveOut(ExportPart):
    """An objective in the cascade."""

    id: str
    depth: int
    """0 right below the goal."""
    parent: str | None
    unit: str | None
    weight: float | None
    results: list[CascadeResultOut]


class CascadeOut(ExportPart):
    """A goal with all objectives below it, each before its parts."""

    id: str | None
    """null: objectives that lead to no goal."""
    objectives: list[CascadeObjectiveOut]


class BrokenLinkOut(ExportPart):
    """Where the cascade is broken."""

    id: str
    """kind~place."""
    kind: GapKind
    """goal-leading: no leading indicator leads to the goal · goal-taken-up: no objective serves it ·
    unit-goal: the unit has no objective · objective-goal: it leads to no goal · objective-empty: no key
    result, nothing below · weights: not all given, or not 100 together · key-result-indicator: it names none
    · key-result-aside: its indicator does not lead to the objective's goal · key-result-post: it reaches no
    post · indicator-how: it does not say how it supports what it names · indicator-alone: it supports
    nothing."""
    place: list[str | int]
    """Ids, and 0-based places in lists, from the outside in."""


class CrossOut(ExportPart):
    """Two sides of the X-matrix that have to do with each other."""

    id: str
    """corner~one~other."""
    corner: Corner
    one: str
    other: str
    strong: bool
    """Directly; false: over something between."""


def cascade_out(figures: Figures) -> list[CascadeOut]:
    """The goals in order of the strategy, then what leads to none."""
    return [_goal(figures, each) for each in cascade_of(figures)]


def _goal(figures: Figures, goal: GoalCascade) -> CascadeOut:
    languages = figures.catalogue.handbook.languages
    return CascadeOut(
        id=goal.goal,
        objectives=[
            CascadeObjectiveOut(
                id=item.objective.id,
                depth=item.depth,
                parent=item.objective.parent,
                unit=item.objective.unit,
                weight=item.objective.weight,
                results=[
                    CascadeResultOut(
                        id=result.state.id,
                        indicator=result.state.indicator.id if result.state.indicator else None,
                        unit=result.unit,
                        posts=[
                            PostOut(unit=post.unit, role=as_json(post.role, languages))
                            for post in result.posts
                        ],
                    )
                    for result in item.results
                ],
            )
            for item in goal.objectives
        ],
    )


def gaps_out(figures: Figures) -> list[BrokenLinkOut]:
    """Every gap that the edition may see, from the goals down."""
    return [
        BrokenLinkOut(id=joined(gap.kind, *map(str, gap.place)), kind=gap.kind, place=list(gap.place))
        for gap in strategy_gaps(figures)
    ]


def x_matrix_out(figures: Figures) -> list[CrossOut]:
    """Every cross of the X-matrix."""
    return [
        CrossOut(
            id=joined(cross.corner, cross.one, cross.other),
            corner=cross.corner,
            one=cross.one,
            other=cross.other,
            strong=cross.strong,
        )
        for cross in x_matrix(figures).crosses
    ]
