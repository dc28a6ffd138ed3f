"""Tools at the steps of each process: what was there first, how a new one was tried, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.insight.node_tools import NodeTool, bare_steps, tools_of
from generator.model.process import Process
from generator.present.links import NODE_TOOLS, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.effects import EffectRow, effect_rows


@dataclass(frozen=True, slots=True)
class NodeToolRow:
    """One tool."""

    name: str
    origin: str
    """Existing, or new."""
    kind: str
    why: str
    trial: Markup
    cost: str
    hours: str
    live: str
    pilot: Ref
    steps: tuple[Ref, ...]
    indicators: tuple[Ref, ...]
    rows: tuple[EffectRow, ...]


@dataclass(frozen=True, slots=True)
class ProcessTools:
    """The tools of a process, and its steps without one."""

    process: Ref
    rows: tuple[NodeToolRow, ...]
    bare: tuple[Ref, ...]
    """Mechanical steps of the newest map without a tool: the first to look at."""


@dataclass(frozen=True, slots=True)
class NodeToolsContext:
    """What the template is given."""

    summary: str
    processes: tuple[ProcessTools, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, in the chapter of the processes; none without a tool."""
    words, links = ctx.format.words, ctx.links(NODE_TOOLS)
    found = {
        process.id: tools_of(ctx.figures, process) for process in ctx.figures.catalogue.processes.values()
    }
    if not any(found.values()):
        return
    context = NodeToolsContext(
        words("node_tools.summary"),
        tuple(
            ProcessTools(
                links.process(process.id),
                tuple(_row(ctx, process, item, links) for item in found[process.id]),
                tuple(links.step(process.id, step) for step in _bare(ctx, process)),
            )
            for process in ctx.figures.catalogue.processes.values()
            if found[process.id]
        ),
    )
    title = words("node_tools.title")
    entry = SearchEntry(title, context.summary)
    page = ctx.page(
        "processes/node_tools", NODE_TOOLS, title, context, entry, context.summary, order=-0.9, hide=("toc",)
    )
    yield ctx.in_chapter(page, "processes")


def _bare(ctx: PageContext, process: Process) -> tuple[str, ...]:
    """A step that a pilot serves which the edition may not see is not without a tool."""
    return bare_steps(process, tools_of(ctx.figures.whole, process))


def _row(ctx: PageContext, process: Process, item: NodeTool, links: Links) -> NodeToolRow:
    form, words, tool = ctx.format, ctx.format.words, item.tool
    kinds = [
        words(f"tool_kind.{tool.kind}") if tool.kind else "",
        words(f"node_tools.role.{tool.role}") if tool.role else "",
    ]
    hours = ""
    if tool.hours is not None:
        hours = words("node_tools.hours", n=form.number(tool.hours))
    if tool.hours_saved is not None:
        told = words("node_tools.hours_saved", n=form.number(tool.hours_saved))
        hours = form.join([part for part in (hours, told) if part])
    return NodeToolRow(
        name=form.text(tool.name),
        origin=words("node_tools.existing" if tool.existing else "node_tools.new"),
        kind=words("punctuation.dot").join(part for part in kinds if part),
        why=form.text(tool.why),
        trial=form.inline(tool.trial),
        cost=form.text(tool.cost),
        hours=hours,
        live=form.date(tool.live) if tool.live else "",
        pilot=links.pilot(item.pilot),
        steps=tuple(links.step(process.id, step) for step in tool.steps),
        indicators=tuple(links.indicator(name) for name in tool.indicators),
        rows=tuple(effect_rows(ctx, claim, links)[0] for claim in item.claims),
    )
