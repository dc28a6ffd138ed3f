"""The cascade: each goal down to units, indicators and posts, and every place where the chain is broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.insight.cascade import (
    CascadeObjective,
    CascadeResult,
    GoalCascade,
    cascade_of,
    strategy_gaps,
)
from generator.compute.insight.key_results import key_result_at, key_results
from generator.model.cascade import BrokenLink
from generator.model.common import Owner
from generator.model.strategy import Strategy
from generator.present.links import CASCADE, Links, Ref
from generator.present.maps.boxes import BoxEntry
from generator.present.maps.cascade import CascadeBranch, CascadeRow, cascade_drawing
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.library.decoding_links import decoding_refs
from generator.present.pages.library.key_results import KeyResultView, counts_text, key_result_view
from generator.present.pages.library.strategy_map import goal_ref
from generator.present.pages.library.tree import GLYPHS
from generator.present.parts.record import owner_text, unit_name
from generator.present.parts.value import StatusView


@dataclass(frozen=True, slots=True)
class CascadeResultRow:
    """A key result in the table."""

    name: str
    indicator: Ref | None
    target: str
    weight: str
    owner: str
    posts: str
    status: StatusView


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective in the table, with its key results."""

    id: str
    name: str
    whose: str
    owner: str
    weight: str
    parent: str
    results: tuple[CascadeResultRow, ...]


@dataclass(frozen=True, slots=True)
class GoalCascadeView:
    """A goal's cascade, drawn and as rows."""

    ref: Ref
    drawing: Markup
    told: str
    """How its key results stand, over the rows."""
    objectives: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True)
class CascadeContext:
    """What the template is given."""

    summary: str
    further: tuple[Ref, ...]
    gaps: tuple[tuple[str, Ref], ...]
    """What is missing, and where."""
    goals: tuple[GoalCascadeView, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page; none without a strategy."""
    strategy = ctx.figures.catalogue.strategy
    if strategy is None:
        return
    words, links = ctx.format.words, ctx.links(CASCADE)
    page = _CascadePage(ctx, strategy, links)
    context = CascadeContext(
        words("cascade.summary"),
        decoding_refs(ctx, links, CASCADE),
        tuple(page.gap(gap) for gap in strategy_gaps(ctx.figures)),
        tuple(page.goal(each) for each in cascade_of(ctx.figures)),
    )
    title = words("cascade.title")
    entry = SearchEntry(title, context.summary)
    yield ctx.page(
        "library/cascade", CASCADE, title, context, entry, context.summary, order=-8, hide=("toc",)
    )


class _CascadePage:
    """Puts the cascade into words."""

    def __init__(self, ctx: PageContext, strategy: Strategy, links: Links) -> None:
        self._ctx, self._form, self._words = ctx, ctx.format, ctx.format.words
        self._strategy, self._links = strategy, links

    def goal(self, cascade: GoalCascade) -> GoalCascadeView:
        if cascade.goal is None:
            ref = Ref(self._words("cascade.loose"))
        else:
            ref = goal_ref(self._form, self._strategy, cascade.goal, self._links)
        return GoalCascadeView(
            ref,
            self._drawing(ref, cascade),
            self._told(cascade),
            tuple(self._objective(each) for each in cascade.objectives),
        )

    def _told(self, cascade: GoalCascade) -> str:
        """How many of its key results stand how; no numbers where an edition leaves some out."""
        figures = self._ctx.figures
        found = [result.state for objective in cascade.objectives for result in objective.results]
        in_part = len(key_results(figures)) < len(key_results(figures.whole))
        return (not in_part and counts_text(self._form, found)) or self._words("cascade.rows")

    def _drawing(self, ref: Ref, cascade: GoalCascade) -> Markup:
        if not cascade.objectives:
            return Markup("")
        goal = next((each for each in self._strategy.goals if each.id == cascade.goal), None)
        owner = owner_text(self._ctx.figures, self._form, goal.owner) if goal else ""
        drawing = cascade_drawing(
            BoxEntry(ref.title, ref.href, (owner,)), [self._branch(each) for each in cascade.objectives]
        )
        return Markup(
            self._ctx.templates.piece(
                "drawings/boxes.svg.jinja",
                drawing=drawing,
                id=f"cascade-{cascade.goal or 'loose'}",
                title=self._words("cascade.of", name=ref.title),
                description=self._words("cascade.description"),
            )
        )

    def _branch(self, item: CascadeObjective) -> CascadeBranch:
        objective = item.objective
        own = (self._whose(objective.unit, self._form.text(objective.post)), self._weight(objective.weight))
        entry = BoxEntry(
            self._form.text(objective.name),
            f"#objective-{objective.id}",
            own,
            gap=not item.results
            and not any(each.parent == objective.id for each in self._strategy.objectives),
        )
        return CascadeBranch(entry, item.depth, tuple(self._row(each) for each in item.results))

    def _row(self, item: CascadeResult) -> CascadeRow:
        view = key_result_view(self._form, item.state, self._links)
        if view.ref is None:
            none = (self._words("cascade.no_indicator"),)
            return CascadeRow(BoxEntry(view.name, "", none, gap=True), self._post_box(item))
        target = self._words("cascade.target", target=view.target, by=view.by) if view.target else ""
        indicator = BoxEntry(
            view.ref.title,
            view.ref.href,
            (target, self._weight(item.state.result.weight)),
            view.status.kind,
            view.status.label,
            GLYPHS.get(view.status.kind, "○"),
        )
        return CascadeRow(indicator, self._post_box(item))

    def _post_box(self, item: CascadeResult) -> BoxEntry:
        if not item.posts:
            return BoxEntry(self._words("cascade.no_post"), gap=True)
        roles = self._form.join([self._form.text(post.role) for post in item.posts])
        units = [unit_name(self._ctx.figures, self._form, post.unit) for post in item.posts]
        return BoxEntry(roles, "", (self._form.join([unit for unit in dict.fromkeys(units) if unit]),))

    def _objective(self, item: CascadeObjective) -> ObjectiveRow:
        objective = item.objective
        parent = next((each for each in self._strategy.objectives if each.id == objective.parent), None)
        return ObjectiveRow(
            objective.id,
            name=self._form.text(objective.name),
            whose=self._whose(objective.unit, self._form.text(objective.post)),
            owner=self._owner(objective.owner, objective.unit),
            weight=self._weight(objective.weight),
            parent=self._form.text(parent.name) if parent else "",
            results=tuple(self._result(each) for each in item.results),
        )

    def _result(self, item: CascadeResult) -> CascadeResultRow:
        view: KeyResultView = key_result_view(self._form, item.state, self._links)
        by = self._words("cascade.target", target=view.target, by=view.by) if view.target else view.by
        return CascadeResultRow(
            view.name,
            indicator=view.ref,
            target=by,
            weight=self._weight(item.state.result.weight),
            owner=self._owner(item.state.result.owner, item.unit),
            posts=self._form.join(
                [self._whose(post.unit, self._form.text(post.role)) for post in item.posts]
            ),
            status=view.status,
        )

    def _whose(self, unit: str | None, post: str) -> str:
        if unit is None and not post:
            return self._words("place.organisation")
        parts = [unit_name(self._ctx.figures, self._form, unit), post]
        return self._words("punctuation.dot").join(part for part in parts if part)

    def _owner(self, owner: Owner | None, unit: str | None) -> str:
        """Who answers, without the unit that stands beside it anyway."""
        tops = [each.id for each in self._ctx.figures.catalogue.handbook.units if each.parent is None]
        beside = (unit,) if unit else tops
        if owner is not None and owner.unit in beside:
            owner = owner.model_copy(update={"unit": None})
        return owner_text(self._ctx.figures, self._form, owner)

    def _weight(self, weight: float | None) -> str:
        return self._words("cascade.weight", weight=self._form.percent(weight)) if weight else ""

    def gap(self, gap: BrokenLink) -> tuple[str, Ref]:
        """A gap in words, with the place to mend it."""
        return self._words(f"cascade.gap.{gap.kind}"), self._place(gap.place, gap.kind)

    def _place(self, place: Sequence[str | int], kind: str) -> Ref:
        first, *rest = place
        if kind in ("goal-leading", "goal-taken-up"):
            return goal_ref(self._form, self._strategy, str(first), self._links)
        if kind == "unit-goal":
            return Ref(unit_name(self._ctx.figures, self._form, str(first)))
        if kind in ("indicator-how", "indicator-alone"):
            return self._links.indicator(str(first))
        at = f"#objective-{first}"
        if rest and isinstance(rest[0], int):
            result = key_result_at(self._ctx.figures, str(first), rest[0])
            return Ref(self._form.text(result.name), at)
        objective = next(each for each in self._strategy.objectives if each.id == first)
        return Ref(self._form.text(objective.name), at)
