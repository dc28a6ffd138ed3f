"""One page for each indicator: what it asks, how it is calculated, how it stands, where it is used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.followed import itself
from generator.compute.insight.health import indicator_health, verification_void
from generator.compute.insight.standings import listed_series
from generator.model.indicator import HistoryEntry, Indicator
from generator.present.links import Links, Ref, path_of
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.library.beside import (
    BesideView,
    CategoryList,
    beside_view,
    by_category,
    statuses,
)
from generator.present.pages.library.embed import embed_html, embed_ref
from generator.present.pages.library.quality import HealthCell
from generator.present.pages.library.scopes import (
    PanelsView,
    ScopeView,
    in_order,
    panels_view,
    scope_views,
)
from generator.present.pages.library.tree import Neighbourhood, neighbourhood
from generator.present.parts.effects import EffectLine, effects_on
from generator.present.parts.growth import GrowthView, growth_view
from generator.present.parts.meetings import review_ref
from generator.present.parts.record import RecordRow, people_names, record, scope_rows, with_how
from generator.present.parts.restated import restated_of
from generator.present.parts.value import ValueView, standing_view, value_view
from generator.present.text.alphabet import sort_key
from generator.present.text.difference import side_by_side
from generator.present.text.format import Format
from generator.present.text.prose import plain
from generator.present.text.value_text import value_text


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One entry of the definition's log."""

    date: str
    change: str
    text: Markup
    why: Markup
    by: str
    breaks: bool
    before: Markup
    after: Markup
    """Old and new wording with what changed marked; empty where the log does not give them."""


@dataclass(frozen=True, slots=True)
class GuardRow:
    """A guardrail with its organisation-wide state."""

    ref: Ref
    value: ValueView


@dataclass(frozen=True, slots=True)
class IndicatorContext:
    """What the indicator's template is given."""

    code: str
    facts: tuple[str, ...]
    """Level, dimension, aspect, generation: the classes in words."""
    state: str
    retired: str
    """Why it is no longer used, with its successor; empty while it is."""
    successor: Ref | None
    verified: str
    verification_void: bool
    question: str
    explanation: tuple[RecordRow, ...]
    """What it is, how it is calculated, what counts and what does not, who answers for it."""
    charts: tuple[ScopeView, ...]
    """The scopes with a full chart, one of which is shown at a time."""
    panels: PanelsView | None
    csv: Ref
    growth: tuple[GrowthView, ...]
    """Progress by yearly growth, where the indicator is judged so."""
    effects: tuple[EffectLine, ...]
    guardrails: tuple[GuardRow, ...]
    tree: Neighbourhood | None
    """What drives it and what it drives, as a small drawing."""
    rules: tuple[RecordRow, ...]
    record: tuple[RecordRow, ...]
    used: tuple[RecordRow, ...]
    history: tuple[HistoryRow, ...]
    history_line: str
    health: tuple[HealthCell, ...]
    """What is in order and what is not; empty for a retired indicator."""
    restated: tuple[str, ...]
    """Results that were restated since they were told, newest first."""
    downloads: tuple[Ref, ...]
    embed: Ref | None
    """The small page for a frame elsewhere, where the site has one."""
    beside: BesideView


def pages(ctx: PageContext) -> Iterator[Page]:
    """A page for every indicator of the edition."""
    by_name = sorted(
        ctx.figures.catalogue.indicators.values(),
        key=lambda indicator: sort_key(ctx.format.text(indicator.name)),
    )
    categories, stands = by_category(by_name), itself(statuses(ctx, by_name))
    for order, indicator in enumerate(by_name):
        path = path_of("indicator", indicator.id)
        if not ctx.wants(path):
            continue
        category = categories.get(indicator.category, CategoryList())

        def made(
            ctx: PageContext,
            indicator: Indicator = indicator,
            order: int = order,
            category: CategoryList = category,
        ) -> Page:
            links = ctx.links(path_of("indicator", indicator.id))
            return _page(ctx, indicator, order, beside_view(ctx, indicator, category, stands, links), links)

        yield ctx.page_or_kept(path, made)


def _page(ctx: PageContext, indicator: Indicator, order: int, beside: BesideView, links: Links) -> Page:
    """The page of one indicator, with the small one for frames."""
    form, path = ctx.format, path_of("indicator", indicator.id)
    definition = plain(form.text(indicator.definition))
    shown = _context(ctx, indicator, links, beside, embed_ref(ctx, indicator, path))
    page = ctx.page(
        "library/indicator",
        path,
        form.text(indicator.name),
        shown,
        _search(ctx.figures, form, indicator, definition),
        definition,
        order=order,
        hide=("navigation", "toc"),
    )
    scope = shown.charts[0] if shown.charts else None
    if not shown.embed:
        return page
    parts = shown.panels is not None
    return replace(page, embed=embed_html(ctx, indicator, scope, shown.retired, parts))


def _search(figures: Figures, form: Format, indicator: Indicator, definition: str) -> SearchEntry:
    """Found by name, code, other names, definition and owner; names of every language count."""
    names = [indicator.name, *indicator.aliases]
    also = dict.fromkeys(text.say(language, form.first) for text in names for language in _languages(figures))
    title = form.text(indicator.name)
    also.pop(title, None)
    series = listed_series(figures, indicator.id)
    last = series.last if series and indicator.status != "retired" else None
    stands = standing_view(form, last)
    told = (form.text(indicator.question), definition)
    return SearchEntry(
        title,
        form.words("punctuation.dot").join(text for text in told if text),
        tuple(indicator.tags),
        also=tuple(also),
        codes=(indicator.code,) if indicator.code else (),
        people=people_names(figures, form, indicator.owner),
        value=value_text(form, last, indicator) if last else "",
        status=(stands.kind, stands.label) if last else None,
    )


def _languages(figures: Figures) -> tuple[str, ...]:
    return figures.catalogue.handbook.languages


def _context(
    ctx: PageContext, indicator: Indicator, links: Links, beside: BesideView, embed: Ref | None
) -> IndicatorContext:
    form, words = ctx.format, ctx.format.words
    told = in_order(ctx.figures.of_indicator(indicator.id))
    sheet = record(ctx.figures, form, indicator, links)
    history = tuple(_history(form, entry) for entry in reversed(indicator.history))
    downloads = tuple(_downloads(indicator, links))
    return IndicatorContext(
        code=indicator.code or "",
        facts=_facts(form, indicator),
        state=words(f"indicator.state.{indicator.status}"),
        retired=_retired(form, indicator),
        successor=links.indicator(indicator.replaced_by) if indicator.replaced_by else None,
        verified=words("indicator.verified", date=form.date(indicator.verified.on))
        if indicator.verified
        else "",
        verification_void=verification_void(indicator),
        question=form.text(indicator.question),
        explanation=(*_explanation(form, indicator), *(row for row in sheet if row.stands == "first")),
        charts=tuple(scope_views(ctx, indicator, told, links)),
        panels=panels_view(ctx, indicator, told, links),
        csv=downloads[0],
        growth=tuple(
            view
            for assessed in told
            if not assessed.series.cell
            and (view := growth_view(ctx.figures, form, assessed, indicator, links))
        ),
        effects=effects_on(ctx, indicator.id, links),
        guardrails=tuple(_guard(ctx.figures, form, guard, links) for guard in indicator.guarded_by),
        tree=neighbourhood(ctx, indicator, links),
        rules=tuple(row for row in sheet if row.stands == "rule"),
        record=tuple(row for row in sheet if row.stands == "sheet"),
        used=_used(ctx.figures, form, indicator, links),
        history=history,
        history_line=_history_line(form, history),
        health=_health(ctx.figures, form, indicator),
        restated=restated_of(ctx, indicator.id, links),
        downloads=downloads,
        embed=embed,
        beside=beside,
    )


def _downloads(indicator: Indicator, links: Links) -> Iterator[Ref]:
    """The indicator's files to take away."""
    for kind in ("csv", "json"):
        name = f"{indicator.id}.{kind}"
        yield Ref(name, links.to(f"downloads/indicators/{name}"))


def _facts(form: Format, indicator: Indicator) -> tuple[str, ...]:
    words = form.words
    classes = (
        ("level", indicator.level),
        ("dimension", indicator.dimension),
        ("aspect", indicator.aspect),
        ("generation", indicator.generation),
        ("timing", indicator.kind),
    )
    return tuple(words(f"indicator.{name}.{value}") for name, value in classes if value)


def _retired(form: Format, indicator: Indicator) -> str:
    if indicator.status != "retired":
        return ""
    return form.words("indicator.retired", date=form.date(indicator.retired_on))


def _explanation(form: Format, indicator: Indicator) -> tuple[RecordRow, ...]:
    words = form.words
    rows = [
        RecordRow(words("indicator.definition"), form.prose(indicator.definition)),
        RecordRow(words("indicator.formula"), form.prose(indicator.formula)),
        *scope_rows(form, indicator),
    ]
    return tuple(row for row in rows if row.html)


def _guard(figures: Figures, form: Format, guard: str, links: Links) -> GuardRow:
    indicator = figures.catalogue.indicators[guard]
    series = figures.series.get((guard, None, ()))
    if series is None:
        series = next(iter(figures.of_indicator(guard)), None)
    return GuardRow(links.indicator(guard), value_view(form, series.last if series else None, indicator))


def _used(figures: Figures, form: Format, indicator: Indicator, links: Links) -> tuple[RecordRow, ...]:
    """Every place that uses the indicator, as links."""
    use, words = figures.usage.of(indicator.id), form.words
    catalogue = figures.catalogue
    steps: dict[str, Ref] = {}
    for item in use.steps:
        drawn = dict(catalogue.processes[item.process].maps.drawn)[item.map]
        step = next(step for step in drawn.steps if step.id == item.step)
        ref = links.process(item.process, f"{item.map.replace('_', '-')}-{item.step}")
        name = words("place.step", process=ref.title, step=form.step(step))
        steps.setdefault(name, Ref(name, ref.href))
    groups = (
        ("pilots", [links.pilot(pilot) for pilot in use.pilots]),
        ("chains", [links.process(process) for process in use.chains]),
        ("steps", list(steps.values())),
        ("guards", [links.indicator(other) for other in use.guards]),
        ("drivers", [links.indicator(other) for other in use.drivers]),
        ("reviews", [review_ref(figures, form, catalogue.reviews[review], links) for review in use.reviews]),
        ("cases", [links.case(case) for case in use.cases]),
    )
    former = [
        with_how(form, links.indicator(name), link.how)
        for name in use.former_drivers
        for link in catalogue.indicators[name].contributes_to
        if link.indicator == indicator.id
    ]
    rows = [RecordRow(words(f"used.{name}"), refs=tuple(refs)) for name, refs in groups if refs]
    return (
        *rows,
        *([RecordRow(words("used.former_drivers"), Markup("<br>").join(former))] if former else ()),
    )


def _history(form: Format, entry: HistoryEntry) -> HistoryRow:
    before, after = _wordings(form, entry)
    return HistoryRow(
        date=form.date(entry.date),
        change=form.words(f"history.{entry.change}"),
        text=form.inline(entry.text),
        why=form.inline(entry.why),
        by=form.text(entry.by),
        breaks=entry.breaks_series,
        before=before,
        after=after,
    )


def _history_line(form: Format, history: tuple[HistoryRow, ...]) -> str:
    """The latest change."""
    if not history:
        return ""
    last = history[0]
    return form.words("indicator.history_line", change=last.change, date=last.date)


def _wordings(form: Format, entry: HistoryEntry) -> tuple[Markup, Markup]:
    """What an entry of the log changed, side by side."""
    if entry.before is None or entry.after is None:
        return Markup(""), Markup("")
    return side_by_side(plain(form.text(entry.before)), plain(form.text(entry.after)))


def _health(figures: Figures, form: Format, indicator: Indicator) -> tuple[HealthCell, ...]:
    """The indicator's line of the library's health, each cell with its own words."""
    words = form.words
    if indicator.status == "retired":
        return ()
    items = indicator_health(figures, indicator).items
    return tuple(
        HealthCell("fine" if fine else "fault", words(f"health.{item}")) for item, fine in items.items()
    )
