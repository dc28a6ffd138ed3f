"""The evidence page: what two or three review cycles have shown, and what to keep, change or retire."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.chronic import CHRONIC_PERIODS
from generator.compute.insight.evidence import (
    PilotBasis,
    RankedChange,
    has_evidence,
    needed_periods,
    pilot_bases,
    ranked_changes,
)
from generator.compute.insight.found import found_of
from generator.compute.insight.leads import Leads, leads_of
from generator.compute.insight.named import named
from generator.compute.insight.practices import Practice, practices
from generator.compute.insight.proposals import VERDICTS, Because, Proposal, proposals, unused
from generator.compute.series.lead_lag import FEWEST, FIRM, SEED
from generator.present.links import EVIDENCE, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.cases.compared import (
    GroupView,
    PracticeView,
    forest,
    groups,
    periods_text,
    practice_view,
)
from generator.present.parts.chart import ChartView
from generator.present.parts.effects import clue_sentence
from generator.present.parts.facets import Facet, facet
from generator.present.parts.goal_questions import GoalRow, goal_rows, long_word, places_text
from generator.present.text.format import Format

CHRONIC = named(CHRONIC_PERIODS, "method/chronic_periods")
LEADS_METHOD = named({"seed": SEED, "fewest": FEWEST, "firm": FIRM}, "method/leads")
USES = ("packs", "steps", "reviews", "cases", "guards", "drivers", "key_results")


@dataclass(frozen=True, slots=True)
class BasisRow:
    """One pilot and whether enough stands behind it."""

    ref: Ref
    enough: bool
    text: str


@dataclass(frozen=True, slots=True)
class LeadView:
    """What was found in one place."""

    place: Ref
    text: str
    clues: tuple[str, ...]
    broken: str


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """What to do with one indicator."""

    ref: Ref
    verdict: str
    label: str
    reasons: tuple[str, ...]
    uses: tuple[str, ...]
    periods: str
    data: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EvidenceContext:
    """What the evidence page's template is given."""

    facts: str
    summary: str
    basis: tuple[BasisRow, ...]
    forest: tuple[ChartView, ...]
    groups: tuple[GroupView, ...]
    practices: tuple[PracticeView, ...]
    leads: tuple[LeadView, ...]
    leads_test: str
    unused: tuple[tuple[Ref, str], ...]
    goals_intro: str
    goals: tuple[GoalRow, ...]
    rules: tuple[tuple[str, str, str], ...]
    """(verdict, its word, its rule)."""
    proposed: tuple[tuple[str, str, tuple[Ref, ...]], ...]
    """(verdict, its word, the indicators it is proposed for)."""
    facets: tuple[Facet, ...]
    proposals: tuple[ProposalRow, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, where there are pilots and results."""
    if not has_evidence(ctx.figures):
        return
    context = _context(ctx, ctx.links(EVIDENCE))
    title = ctx.format.words("chapters.evidence")
    page = ctx.page(
        "cases/evidence",
        EVIDENCE,
        title,
        context,
        search=SearchEntry(title, context.summary),
        description=context.summary,
        order=-0.5,
    )
    yield ctx.in_chapter(page, "reviews")


def _context(ctx: PageContext, links: Links) -> EvidenceContext:
    words, form = ctx.format.words, ctx.format
    bases = named(pilot_bases(ctx.figures), "evidence/bases")
    ranked = named(ranked_changes(ctx.figures), "evidence/changes")
    copied = named(practices(ctx.figures, ranked), "evidence/practices")
    proposed = named(proposals(ctx.figures, ranked), "evidence/proposals")
    return EvidenceContext(
        facts=words("evidence.facts", period=form.period(ctx.figures.as_of)),
        summary=_summary(ctx.figures, form, bases, ranked, copied, proposed),
        basis=tuple(_basis(ctx.figures, form, base, links) for base in bases),
        forest=tuple(forest(ctx, ranked)),
        groups=groups(ctx.figures, form, ranked, links),
        practices=tuple(practice_view(ctx.figures, form, practice, links) for practice in copied),
        leads=tuple(
            _lead(ctx.figures, form, pair, links) for pair in named(leads_of(ctx.figures), "evidence/leads")
        ),
        leads_test=words("evidence.leads_test", **LEADS_METHOD),
        unused=tuple(
            (links.indicator(idle.indicator), _unused(ctx.figures, form, idle)) for idle in unused(proposed)
        ),
        goals_intro=words("evidence.goals_intro", n=CHRONIC, long=long_word(ctx.figures, form)),
        goals=goal_rows(ctx.figures, form, links),
        rules=tuple(
            (verdict, words(f"evidence.verdict.{verdict}"), _rule(ctx.figures, form, verdict))
            for verdict in VERDICTS
        ),
        proposed=tuple(
            (verdict, words(f"evidence.verdict.{verdict}"), refs)
            for verdict in VERDICTS
            if (refs := tuple(links.indicator(one.indicator) for one in proposed if one.verdict == verdict))
        ),
        facets=_facets(form, proposed),
        proposals=tuple(_proposal(ctx.figures, form, proposal, links) for proposal in proposed),
    )


def _summary(
    figures: Figures,
    form: Format,
    bases: Sequence[PilotBasis],
    ranked: Sequence[RankedChange],
    copied: Sequence[Practice],
    proposed: Sequence[Proposal],
) -> str:
    """All of the page in one sentence."""
    words = form.words
    found = named(found_of(figures, bases, ranked, copied, proposed), "evidence/found")
    if found is None:
        return words("edition.in_part") + words("punctuation.stop")
    if not found.pilots:
        needed = _needed(figures)
        return words("evidence.none", needed=periods_text(figures, form, needed))
    return words(
        "evidence.found_shown" if found.keep is None else "evidence.found",
        pilots=words.count("evidence.pilots", found.pilots),
        changes=words.count("evidence.looked", found.changes),
        tested=found.tested,
        gained=found.gained,
        unclear=found.unclear,
        bad=found.bad,
        practices=words.count("evidence.practices", found.practices),
        keep=found.keep,
        change=found.change,
        retire=found.retire,
    )


def _needed(figures: Figures) -> int:
    return named(needed_periods(figures.catalogue), "evidence/needed")


def _basis(figures: Figures, form: Format, pilot_basis: PilotBasis, links: Links) -> BasisRow:
    enough = pilot_basis.periods >= pilot_basis.needed
    key = (
        "evidence.enough"
        if enough
        else "evidence.not_enough"
        if pilot_basis.periods
        else "evidence.not_begun"
    )
    text = form.words(key, n=periods_text(figures, form, pilot_basis.periods), needed=pilot_basis.needed)
    return BasisRow(links.pilot(pilot_basis.pilot), enough, text)


def _lead(figures: Figures, form: Format, leads: Leads, links: Links) -> LeadView:
    words = form.words
    indicators = figures.catalogue.indicators
    if not leads.enough:
        text = words("evidence.leads_few", n=leads.periods, of=LEADS_METHOD["fewest"])
    else:
        none = "evidence.leads_none_shown" if leads.in_part else "evidence.leads_none"
        key = "evidence.leads_found" if leads.clues else none
        text = words(key, periods=leads.periods, pairs=leads.pairs)
    names = form.listed([form.inside(indicators[name].name) for name in leads.broken])
    return LeadView(
        links.pilot(leads.pilot) if leads.pilot else Ref(words("place.organisation")),
        text,
        tuple(clue_sentence(figures, form, clue) for clue in leads.clues),
        words("evidence.leads_broken", names=names) if leads.broken else "",
    )


def _unused(figures: Figures, form: Format, proposal: Proposal) -> str:
    if not proposal.periods:
        return form.words("evidence.unused_idle")
    return form.words("evidence.unused_results", n=periods_text(figures, form, proposal.periods))


def _rule(figures: Figures, form: Format, verdict: str) -> str:
    """How the proposal comes about."""
    words = form.words
    if verdict == "change":
        return words("evidence.rule.change", n=CHRONIC, long=long_word(figures, form))
    if verdict == "early":
        return words("evidence.rule.early", needed=_needed(figures), long=long_word(figures, form))
    return words(f"evidence.rule.{verdict}")


def _facets(form: Format, proposed: Sequence[Proposal]) -> tuple[Facet, ...]:
    words = form.words
    made = (
        facet(
            "verdict",
            words("evidence.filter.verdict"),
            proposed,
            lambda proposal: (proposal.verdict,),
            lambda v: words(f"evidence.verdict.{v}"),
            VERDICTS,
        ),
        facet(
            "pack",
            words("evidence.filter.pack"),
            proposed,
            lambda proposal: (_pack(proposal),),
            lambda v: words(f"evidence.in_pack.{v}"),
            ("yes", "no"),
        ),
    )
    return tuple(chooser for chooser in made if len(chooser.options) > 1)


def _pack(proposal: Proposal) -> str:
    return "yes" if proposal.use.packs else "no"


def _proposal(figures: Figures, form: Format, proposal: Proposal, links: Links) -> ProposalRow:
    words = form.words
    counts = [(kind, getattr(proposal.use, kind)) for kind in USES]
    used = [words(f"evidence.uses.{kind}", n=count) for kind, count in counts if count]
    ref = links.indicator(proposal.indicator)
    reasons = tuple(_because(figures, form, reason, links) for reason in proposal.reasons)
    return ProposalRow(
        ref=ref,
        verdict=proposal.verdict,
        label=words(f"evidence.verdict.{proposal.verdict}"),
        reasons=reasons,
        uses=tuple(used) or (words("evidence.no_use"),),
        periods=periods_text(figures, form, proposal.periods) if proposal.periods else form.number(None),
        data=(
            ("verdict", proposal.verdict),
            ("pack", _pack(proposal)),
            ("text", " ".join((ref.title, *reasons))),
        ),
    )


def _because(figures: Figures, form: Format, because: Because, links: Links) -> str:
    """A reason in words; a label takes what it names."""
    indicators = figures.catalogue.indicators
    names = [form.text(indicators[name].name) for name in because.indicators if name in indicators]
    names += [links.case(name).title for name in because.cases]
    return form.words(
        f"evidence.because.{because.kind}",
        places=places_text(figures, form, because.places),
        names=form.listed(names),
        n=periods_text(figures, form, because.n) if because.kind == "few" else because.n,
        of=because.of,
        periods=periods_text(figures, form, because.n),
        long=long_word(figures, form),
    )
