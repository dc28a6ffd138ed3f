"""The quality page: how alive the library is, what the rules found, what is late, idle or missed for long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.chronic import CHRONIC_PERIODS, ChronicMiss, all_chronic
from generator.compute.insight.health import ITEMS, Health, health_of
from generator.compute.seen import hides_reviews
from generator.model.catalogue import Catalogue
from generator.model.page_paths import known_files
from generator.present.links import Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.goal_questions import long_word
from generator.present.parts.places import place
from generator.present.text.format import Format
from generator.problems import FilePosition

PATH = "quality.md"
WORST = 8
"""How many are named before the rest, which is folded."""


@dataclass(frozen=True, slots=True)
class HealthCell:
    """Whether one thing about one indicator is in order."""

    state: str
    """`fine`, `fault` or `none` where it does not apply."""
    label: str


@dataclass(frozen=True, slots=True)
class HealthRow:
    """One indicator with its cells, in the order of the columns."""

    ref: Ref
    cells: tuple[HealthCell, ...]
    lacks: tuple[str, ...]
    """What is not in order, each in words."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What one rule found, as links to where it was found."""

    level: str
    level_label: str
    name: str
    why: str
    places: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class ChronicRow:
    """A series that missed its target long enough to question the target."""

    ref: Ref
    text: str
    """Where, and how far from the target."""


@dataclass(frozen=True, slots=True)
class QualityContext:
    """What the quality page's template is given."""

    summary: str
    found: tuple[RuleRow, ...]
    off: tuple[tuple[str, str], ...]
    """Rules the handbook switched off, with its reason."""
    chronic_intro: str
    chronic: tuple[ChronicRow, ...]
    worst_shown: int
    """How many of a list are shown before the rest, which is folded."""
    idle: tuple[Ref, ...]
    lacking: tuple[str, ...]
    """How many indicators lack something, then what and how many each, the most frequent first; without the
    numbers in an edition that sees a part."""
    worst: tuple[HealthRow, ...]
    """Those that lack most, at most `WORST`."""
    columns: tuple[str, ...]
    rows: tuple[HealthRow, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one quality page."""
    words, links = ctx.format.words, ctx.links(PATH)
    health = health_of(ctx.figures)
    known = ctx.figures.catalogue.indicators
    used = [checked for checked in health if known[checked.indicator].in_use]
    rows = tuple(
        sorted((_row(ctx.format, checked, links) for checked in health), key=lambda row: -len(row.lacks))
    )
    context = QualityContext(
        summary=_summary(ctx.figures, ctx.format, used),
        found=tuple(_found(ctx, links)),
        off=tuple(
            (_rule_name(ctx.format, rule), ctx.format.text(setting.reason))
            for rule, setting in ctx.figures.catalogue.handbook.rules.items()
            if setting.off
        ),
        chronic_intro=words("quality.chronic", n=CHRONIC_PERIODS, long=long_word(ctx.figures, ctx.format)),
        chronic=tuple(_chronic(ctx.figures, ctx.format, miss, links) for miss in all_chronic(ctx.figures)),
        worst_shown=WORST,
        idle=tuple(links.indicator(checked.indicator) for checked in health if checked.idle),
        lacking=_lacking(ctx.figures, ctx.format, health),
        worst=tuple(row for row in rows if row.lacks)[:WORST],
        columns=tuple(words(f"health.{item}") for item in ITEMS),
        rows=rows,
    )
    title = words("chapters.quality")
    page = ctx.page(
        "library/quality",
        PATH,
        title,
        context,
        search=SearchEntry(title, context.summary),
        description=context.summary,
        order=-7,
    )
    yield ctx.in_chapter(page, "indicators")


def _summary(figures: Figures, form: Format, used: list[Health]) -> str:
    """How many indicators are in use, and how many of them lack nothing; no such total over a part."""
    every = [indicator for indicator in figures.whole.catalogue.indicators.values() if indicator.in_use]
    if len(used) < len(every):
        return form.words("quality.summary_shown", n=len(used), of=len(every))
    fine = sum(1 for checked in used if not checked.faults)
    return form.words.count("quality.summary", len(used), fine=fine)


def _lacking(figures: Figures, form: Format, health: tuple[Health, ...]) -> tuple[str, ...]:
    """How many indicators lack something, and how many each thing; no such counts over a part."""
    faulty = [checked.faults for checked in health if checked.faults]
    if not faulty:
        return ()
    counts = Counter(item for faults in faulty for item in faults)
    if len(health) < len(health_of(figures.whole)):
        lacks = form.listed([_lack(form, item) for item, _ in counts.most_common()])
        return (form.words("quality.lacking_shown", lacks=lacks),)
    told = (
        form.words.count("quality.lacking_item", n, lacks=_lack(form, item))
        for item, n in counts.most_common()
    )
    return (form.words.count("quality.lacking", len(faulty), of=len(health)), *told)


def _lack(form: Format, item: str) -> str:
    return form.words(f"lacks.{item}")


def _chronic(figures: Figures, form: Format, chronic_miss: ChronicMiss, links: Links) -> ChronicRow:
    words = form.words
    counts = {"missed": chronic_miss.missed, "near": chronic_miss.near}
    misses = [words.count(f"quality.chronic_{kind}", n) for kind, n in counts.items() if n]
    where = place(figures, form, chronic_miss.series, links).title
    return ChronicRow(
        links.indicator(chronic_miss.series.series.indicator),
        words("quality.chronic_row", place=where, told=form.listed(misses)),
    )


def _row(form: Format, health: Health, links: Links) -> HealthRow:
    words = form.words
    cells = []
    for item in ITEMS:
        fine = health.items.get(item)
        state = "none" if fine is None else "fine" if fine else "fault"
        cells.append(HealthCell(state, words(f"quality.{state}")))
    return HealthRow(
        links.indicator(health.indicator), tuple(cells), tuple(_lack(form, item) for item in health.faults)
    )


def _rule_name(form: Format, rule: str) -> str:
    label = f"rules.{rule}.name"
    return form.words(label) if form.words.known(label) else rule


def _seen(ctx: PageContext) -> Callable[[FilePosition], bool]:
    """Whether an edition may name a place: of a file that holds something of it, and not of a hidden row.

    The narrowest edition names those too that nothing reads.
    """
    shown, whole = ctx.figures.catalogue, ctx.figures.whole.catalogue
    hidden = _rows(ctx, whole) - _rows(ctx, shown)
    files, narrowest = known_files(shown), ctx.figures.edition == whole.handbook.audiences[-1]

    def seen(place: FilePosition) -> bool:
        return (narrowest or place.file in files) and (place.file, place.line) not in hidden

    return seen


def _of_hidden_reviews(figures: Figures) -> Iterator[tuple[str, str]]:
    """(rule, file) of what is found, or not, because of reviews that are not for the edition."""
    known = figures.catalogue
    for pilot in known.pilots:
        if hides_reviews(figures, pilot):
            yield "review-rhythm", known.mark(f"pilots/{pilot}").file
    for id_, review in known.reviews.items():
        if hides_reviews(figures, review.pilot):
            yield "coaching-followed", known.mark(f"reviews/{id_}").file


def _rows(ctx: PageContext, catalogue: Catalogue) -> set[tuple[str, int]]:
    """Those of the places where something was found that are rows of a catalogue's results."""
    places = {
        (problem.mark.file, problem.mark.line)
        for problem in ctx.problems
        if problem.mark.file.startswith("data/results/")
    }
    files = {file for file, _ in places}
    rows = catalogue.results
    named = rows.taken(rows.where("file", files.__contains__)) if places else rows.of(())
    return {(row.file, row.line) for row in named if (row.file, row.line) in places}


def _found(ctx: PageContext, links: Links) -> Iterator[RuleRow]:
    """Findings grouped by rule: errors never get here, so warnings come before notes."""
    words = ctx.format.words
    places: dict[tuple[str, str], dict[str, Ref]] = {}
    seen, apart = _seen(ctx), frozenset(_of_hidden_reviews(ctx.figures))
    for problem in ctx.problems:
        key = (problem.level, problem.rule)
        told = seen(problem.mark) and (problem.rule, problem.mark.file) not in apart
        ref = links.of_file(problem.mark.file) if told else None
        if ref is None:
            continue
        where = words("quality.place", name=ref.title, line=problem.mark.line)
        places.setdefault(key, {})[where] = Ref(where, ref.href)
    for (level, rule), refs in sorted(places.items(), key=lambda item: (item[0][0] != "warning", item[0][1])):
        known = words.known(f"rules.{rule}.why")
        yield RuleRow(
            level,
            words(f"quality.level.{level}"),
            _rule_name(ctx.format, rule),
            words(f"rules.{rule}.why") if known else "",
            tuple(refs.values()),
        )
