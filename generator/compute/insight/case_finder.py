"""Cases by what they answer: a symptom, a kind of step, a bottleneck, a tool, an indicator; failures too.

What a case does not say itself follows from its change: the symptoms, kinds and tools of the steps that it
touches, on either map. Source: the computations page, section 20.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.compute.figures import Figures
from generator.compute.insight.cases import change_of_case
from generator.compute.insight.evidence import ranked_changes
from generator.model.case import CaseHead
from generator.model.diagnosis import Bottleneck
from generator.model.process import Step
from generator.model.text import Text

CaseProof = Literal["proved", "doubtful", "failed", "early", "told", "withheld"]
"""proved: a measured gain that held its guardrails · doubtful: measured, with doubts · failed: no gain, one
at a cost, or said to have failed · early: not looked at yet · told: nothing of it was measured ·
withheld: it rests on what the edition may not see."""
PROOFS: tuple[CaseProof, ...] = ("proved", "doubtful", "failed", "early", "told", "withheld")
OF_GROUP: dict[str, CaseProof] = {
    "gained": "proved",
    "doubtful": "doubtful",
    "at-a-cost": "failed",
    "unclear": "failed",
    "worse": "failed",
    "early": "early",
}
RANK: tuple[CaseProof, ...] = ("failed", "proved", "doubtful", "early")
"""A case of several indicators is as its gravest one: harm first, then what is proved."""


@dataclass(frozen=True, slots=True)
class CaseTraits:
    """What a case can be found by."""

    id: str
    symptoms: tuple[str, ...]
    step_kinds: tuple[str, ...]
    steps: tuple[str, ...]
    """Of its process, on either map."""
    tools: tuple[Text, ...]
    indicators: tuple[str, ...]
    proof: CaseProof
    conditions: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class BottleneckCases:
    """The cases that may answer a bottleneck, the nearest first."""

    diagnosis: str
    place: int
    """Of the bottleneck in the diagnosis."""
    bottleneck: Bottleneck
    cases: tuple[str, ...]


def case_traits(figures: Figures) -> tuple[CaseTraits, ...]:
    """Every case that an edition may see. Asked anew by every page; it costs little."""
    return tuple(_traits(figures, name, head) for name, head in figures.catalogue.cases.items())


def _traits(figures: Figures, name: str, head: CaseHead) -> CaseTraits:
    change = change_of_case(figures.catalogue, head)
    steps = tuple(_steps(figures, head, change.steps if change else ()))
    tools = {step.tool.name: None for step in steps if step.tool}
    pilot = figures.catalogue.pilots.get(head.pilot or "")
    if pilot is not None and change is not None:
        tools.update({tool.name: None for tool in pilot.tools if set(tool.steps) & set(change.steps)})
    named = change.conditions if change else ()
    own = tuple(symptom for step in steps for symptom in step.symptoms)
    return CaseTraits(
        id=name,
        symptoms=_unique(symptom.kind for symptom in head.symptoms or own),
        step_kinds=_unique(step.kind for step in steps if step.kind),
        steps=_unique(step.id for step in steps),
        tools=tuple(tools),
        indicators=head.indicators,
        proof=_proof(figures, name, head),
        conditions=head.conditions or tuple(condition.text for condition in named),
    )


def _unique(values: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _steps(figures: Figures, head: CaseHead, touched: tuple[str, ...]) -> Iterator[Step]:
    """The steps that the change touches, on either map, and those that they stand for."""
    process = figures.catalogue.processes.get(head.process or "")
    wanted = set(touched)
    for _, drawn in reversed(process.maps.drawn) if process else ():
        for step in drawn.steps:
            if step.id in wanted:
                wanted.update(step.from_)
                yield step


def _proof(figures: Figures, name: str, head: CaseHead) -> CaseProof:
    """As it is with everything known, where what an edition sees says the same; else withheld."""
    every = figures.whole
    known = _proof_of(every, every.catalogue.cases[name])
    return known if _proof_of(figures, head) == known else "withheld"


def _proof_of(figures: Figures, head: CaseHead) -> CaseProof:
    groups = [
        item.group
        for item in ranked_changes(figures)
        if item.claim.pilot == head.pilot and head.change in item.claim.changes
    ]
    told = {OF_GROUP[group] for group in groups if group in OF_GROUP}
    if head.failed:
        return "failed"
    return next((proof for proof in RANK if proof in told), "told")


def bottleneck_cases(figures: Figures) -> tuple[BottleneckCases, ...]:
    """The bottlenecks of every diagnosis, newest first, each with the cases that share most with it."""
    traits = case_traits(figures)
    return tuple(
        BottleneckCases(diagnosis.name, place, bottleneck, _nearest(figures, traits, bottleneck))
        for diagnosis in reversed(figures.catalogue.diagnoses)
        for place, bottleneck in enumerate(diagnosis.bottlenecks)
    )


def _nearest(figures: Figures, traits: tuple[CaseTraits, ...], bottleneck: Bottleneck) -> tuple[str, ...]:
    """A shared step counts three, a symptom of one of its steps two, an indicator one."""
    process = figures.catalogue.processes.get(bottleneck.process or "")
    symptoms = {
        symptom.kind
        for _, drawn in (process.maps.drawn if process else ())
        for step in drawn.steps
        if step.id in bottleneck.steps
        for symptom in step.symptoms
    }

    def shared(item: CaseTraits) -> int:
        same = (
            bottleneck.process is not None and figures.catalogue.cases[item.id].process == bottleneck.process
        )
        return (
            3 * len(set(item.steps) & set(bottleneck.steps)) * same
            + 2 * len(set(item.symptoms) & symptoms - {"other"})
            + len(set(item.indicators) & set(bottleneck.indicators))
        )

    scored = sorted(((shared(item), item.id) for item in traits), key=lambda one: (-one[0], one[1]))
    return tuple(name for score, name in scored if score)
