"""The indicator index: every indicator of the edition with filters that combine; whole without script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from generator.compute.figures import Figures
from generator.compute.insight.standings import listed_keys, listed_series
from generator.compute.usage import IndicatorUse
from generator.model.indicator import Aspect, Category, Generation, Indicator, Level, MeasureKind
from generator.model.strategy import PERSPECTIVES
from generator.present.links import Links, Ref, path_of
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.chart import ChartView
from generator.present.parts.control_chart import by_chance
from generator.present.parts.edition import counted
from generator.present.parts.facets import Facet, facet
from generator.present.parts.findings import variation_view
from generator.present.parts.overview import heat_periods
from generator.present.parts.record import owner_text, unit_name
from generator.present.parts.signal import SignalView
from generator.present.parts.value import ValueView, value_view
from generator.present.text.alphabet import letter, sort_key
from generator.present.text.format import Format
from generator.present.text.prose import plain

CATEGORIES = get_args(Category)
CLASSES = (
    ("category", CATEGORIES),
    ("level", get_args(Level)),
    ("aspect", get_args(Aspect)),
    ("dimension", get_args(MeasureKind)),
    ("generation", get_args(Generation)),
    ("status", ("active", "trial", "draft", "retired")),
)
"""The classes an indicator carries in its own file, with the order of their values."""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator of the index."""

    ref: Ref
    code: str
    question: str
    owner: str
    category: str
    level: str
    dimension: str
    aspect: str
    state: str
    value: ValueView
    signal: SignalView | None
    data: tuple[tuple[str, str], ...]
    """What the filters and the sorting look at: attribute and value."""


@dataclass(frozen=True, slots=True)
class IndicatorsContext:
    """What the index's template is given."""

    summary: str
    facets: tuple[Facet, ...]
    rows: tuple[IndicatorRow, ...]
    by_chance: str
    """How many of the signals in the list are to be expected by chance."""
    heat: tuple[ChartView, ...]
    """Every indicator of the organisation over the review periods."""


Values = Callable[[Indicator], tuple[str, ...]]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one index page."""
    words = ctx.format.words
    path = path_of("indicator", "index")
    links = ctx.links(path)
    indicators = sorted(
        ctx.figures.catalogue.indicators.values(),
        key=lambda indicator: (_place(indicator.category), sort_key(ctx.format.text(indicator.name))),
    )
    readers = _readers(ctx.figures, ctx.format)
    context = IndicatorsContext(
        counted(
            ctx.format, "indicators.summary", indicators, ctx.figures.whole.catalogue.indicators, "indicators"
        ),
        tuple(_facets(ctx.figures, ctx.format, indicators, readers)),
        tuple(_row(ctx.figures, ctx.format, indicator, links, readers) for indicator in indicators),
        by_chance(ctx, listed_keys(ctx.figures), "contents/by_chance", in_part=True),
        tuple(heat_periods(ctx)),
    )
    title = words("chapters.indicators")
    search = SearchEntry(title, context.summary)
    yield ctx.page(
        "library/index",
        path,
        title,
        context,
        search=search,
        description=context.summary,
        order=-1,
        hide=("toc",),
    )


def _place(category: str | None) -> int:
    return CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES)


def _readers(figures: Figures, form: Format) -> dict[str, Values]:
    """How each filter reads an indicator."""
    usage, strategy = figures.usage, figures.catalogue.strategy
    goals = {goal.id: goal.perspective or "" for goal in strategy.goals} if strategy else {}

    def use(one: Indicator) -> IndicatorUse:
        return usage.of(one.id)

    def processes(one: Indicator) -> tuple[str, ...]:
        return (*use(one).chains, *(step.process for step in use(one).steps))

    readers: dict[str, Values] = {name: _class_reader(name) for name, _ in CLASSES}
    readers["perspective"] = lambda indicator: tuple(
        goals.get(support.goal, "") for support in indicator.supports
    )
    readers["process"] = processes
    readers["step"] = lambda indicator: tuple(f"{step.process}/{step.step}" for step in use(indicator).steps)
    readers["pilot"] = lambda indicator: use(indicator).pilots
    readers["unit"] = lambda indicator: (
        (indicator.owner.unit,) if indicator.owner and indicator.owner.unit else ()
    )
    readers["letter"] = lambda indicator: (letter(form.text(indicator.name)),)
    return readers


def _class_reader(name: str) -> Values:
    return lambda indicator: (value,) if (value := getattr(indicator, name)) else ()


def _facets(
    figures: Figures, form: Format, indicators: Iterable[Indicator], readers: dict[str, Values]
) -> Iterator[Facet]:
    """The filters that have something to choose from."""
    words, catalogue = form.words, figures.catalogue

    def step_name(value: str) -> str:
        process, _, step = value.partition("/")
        found = catalogue.processes[process]
        names = {step.id: form.step(step) for _, drawn in found.maps.drawn for step in drawn.steps}
        return words("place.step", process=form.text(found.name), step=names.get(step, step))

    orders = {**dict(CLASSES), "perspective": PERSPECTIVES}
    named: dict[str, Callable[[str], str]] = {
        "status": lambda value: words(f"indicator.state.{value}"),
        "perspective": lambda value: perspective_name(figures, form, value),
        "process": lambda value: form.text(catalogue.processes[value].name),
        "step": step_name,
        "pilot": lambda value: form.text(catalogue.pilots[value].name),
        "unit": lambda value: unit_name(figures, form, value),
        "letter": str,
    }
    for name, reader in readers.items():
        word = named.get(name, lambda value, name=name: words(f"indicator.{name}.{value}"))
        made = facet(name, words(f"filter.{name}"), indicators, reader, word, orders.get(name, ()))
        if len(made.options) > 1:
            yield made


def perspective_name(figures: Figures, form: Format, perspective: str) -> str:
    """A perspective by the strategy's own name for it, else by the product's."""
    strategy = figures.catalogue.strategy
    for known in strategy.perspectives if strategy else ():
        if known.id == perspective and known.name:
            return form.text(known.name)
    label = f"perspective.{perspective}"
    return form.words(label) if form.words.known(label) else perspective


def _row(
    figures: Figures, form: Format, indicator: Indicator, links: Links, readers: dict[str, Values]
) -> IndicatorRow:
    words = form.words

    def label(group: str, value: str | None) -> str:
        return words(f"indicator.{group}.{value}") if value else ""

    series = listed_series(figures, indicator.id)
    newest = series.last if series else None
    data = _data(form, indicator, newest.attainment if newest else None, readers)
    return IndicatorRow(
        ref=links.indicator(indicator.id),
        code=indicator.code or "",
        question=form.text(indicator.question),
        owner=owner_text(figures, form, indicator.owner),
        category=label("category", indicator.category),
        level=label("level", indicator.level),
        dimension=label("dimension", indicator.dimension),
        aspect=label("aspect", indicator.aspect),
        state="" if indicator.status == "active" else words(f"indicator.state.{indicator.status}"),
        value=value_view(form, newest, indicator),
        signal=variation_view(form, series, figures.signals[series.series.key], links) if series else None,
        data=tuple((attribute, text) for attribute, text in data if text),
    )


def _data(
    form: Format, indicator: Indicator, score: float | None, readers: dict[str, Values]
) -> list[tuple[str, str]]:
    """What filters, search and sorting go by: attributes of the row; `score` is the newest attainment."""
    searched = [
        *indicator.name.all(),
        indicator.code or "",
        *(alias for text in indicator.aliases for alias in text.all()),
        form.text(indicator.question),
    ]
    return [
        *(
            (attribute, " ".join(value for value in reader(indicator) if value))
            for attribute, reader in readers.items()
        ),
        ("text", " ".join([*searched, plain(form.text(indicator.definition))])),
        ("sort-name", sort_key(form.text(indicator.name))),
        ("sort-category", f"{_place(indicator.category)}"),
        ("sort-level", form.words(f"indicator.level.{indicator.level}") if indicator.level else ""),
        ("sort-attainment", f"{score:.3f}" if score is not None else ""),
    ]
