"""The three pillars on one page: for each what is under way and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.actions import ActionState
from generator.compute.insight.diagnosis import Scored
from generator.compute.insight.key_results import key_result_at
from generator.compute.insight.pillars import Missing, PillarState, pillars_of
from generator.model.diagnosis import Bottleneck
from generator.present.links import PILLARS, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.diagnosis_link import diagnosis_ref
from generator.present.parts.meetings import ActionRow, action_row
from generator.present.text.format import Format
from generator.present.text.prose import plain


@dataclass(frozen=True, slots=True)
class PillarTools:
    """A tool with where it stands."""

    name: str
    pilot: Ref
    state: str


@dataclass(frozen=True, slots=True)
class PillarView:
    """One pillar."""

    meaning: str
    scores: tuple[tuple[Ref, str], ...]
    steps: tuple[tuple[Ref, Ref], ...]
    """(pilot, the step it is at)."""
    bottlenecks: tuple[tuple[Markup, Ref], ...]
    actions: tuple[ActionRow, ...]
    tools: tuple[PillarTools, ...]
    missing: tuple[tuple[str, Ref | None], ...]


@dataclass(frozen=True, slots=True)
class PillarsContext:
    """What the template is given."""

    summary: str
    direction: PillarView
    drive: PillarView
    support: PillarView
    loose: tuple[tuple[Markup, Ref], ...]
    """Actions and bottlenecks that name no pillar, with where they stand."""


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, in the roadmap's chapter."""
    words, links = ctx.format.words, ctx.links(PILLARS)
    found = pillars_of(ctx.figures)
    direction, drive, support = (_view(ctx.figures, ctx.format, state, links) for state in found.states)
    loose = (
        *(_action(ctx.figures, ctx.format, task, links) for task in found.loose_actions),
        *(
            _bottleneck(ctx.figures, ctx.format, *loose_bottleneck, links)
            for loose_bottleneck in found.loose_bottlenecks
        ),
    )
    title, summary = words("pillars.title"), words("pillars.summary")
    context = PillarsContext(summary, direction, drive, support, loose)
    page = ctx.page(
        "pillars",
        PILLARS,
        title,
        context,
        search=SearchEntry(title, summary),
        description=summary,
        order=-0.5,
    )
    yield ctx.in_chapter(page, "roadmap")


def _view(figures: Figures, form: Format, state: PillarState, links: Links) -> PillarView:
    words, name = form.words, state.pillar
    return PillarView(
        meaning=words(f"pillars.meaning.{name}"),
        scores=tuple(
            (diagnosis_ref(figures, form, item, links), form.share(value)) for item, value in state.scores
        ),
        steps=tuple(
            (links.pilot(pilot), links.roadmap_step(step.step.number)) for pilot, step in state.steps
        ),
        bottlenecks=tuple(_bottleneck(figures, form, *bottleneck, links) for bottleneck in state.bottlenecks),
        actions=tuple(action_row(figures, form, task, links) for task in state.actions),
        tools=tuple(
            PillarTools(
                form.text(figures.catalogue.pilots[tool.pilot].tools[tool.place].name),
                links.pilot(tool.pilot),
                words("pillars.live" if tool.live else "pillars.planned"),
            )
            for tool in state.tools
        ),
        missing=tuple(_missing(figures, form, lack, links) for lack in state.missing),
    )


def _bottleneck(
    figures: Figures, form: Format, scored: Scored, bottleneck: Bottleneck, links: Links
) -> tuple[Markup, Ref]:
    return form.inline(bottleneck.text), diagnosis_ref(figures, form, scored, links)


def _action(figures: Figures, form: Format, task: ActionState, links: Links) -> tuple[Markup, Ref]:
    return form.inline(task.action.text), action_row(figures, form, task, links).review


def _missing(figures: Figures, form: Format, lack: Missing, links: Links) -> tuple[str, Ref | None]:
    """What is missing, in words, with the place to mend it."""
    words, catalogue = form.words, figures.catalogue
    strategy = catalogue.strategy
    first, *rest = lack.place
    name, ref = "", None
    if lack.kind == "goal" and strategy is not None:
        goal = next(goal for goal in strategy.goals if goal.id == first)
        ref = Ref(form.text(goal.name), links.to("strategy.md", f"goal-{goal.id}"))
    elif lack.kind == "key-result" and strategy is not None:
        result = key_result_at(figures, str(first), int(rest[0]))
        ref = Ref(form.text(result.name), links.to("strategy.md"))
    elif lack.kind == "key-step":
        ref = links.step(str(first), str(rest[0]))
    elif lack.kind in ("tool", "training"):
        name = form.text(catalogue.pilots[str(first)].tools[int(rest[0])].name)
        ref = links.pilot(str(first))
    elif lack.kind == "coaching":
        ref = links.pilot(str(first))
    elif lack.kind == "overdue":
        review = catalogue.reviews[str(first)]
        action = next(action for action in review.actions if action.id == rest[0])
        name = plain(form.text(action.text)).rstrip("。.")
        ref = links.pilot(review.pilot)
    return words(f"pillars.lack.{lack.kind}", name=name), ref
