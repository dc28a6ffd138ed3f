"""A workshop held against the process and the questions that it names."""

from __future__ import annotations

from collections.abc import Mapping

from generator.load.references import Names, check_name
from generator.model.comparing import above, below
from generator.model.diagnosis import Questionnaire
from generator.model.process import Process
from generator.model.workshop import Workshop
from generator.problems import Problems, Source, nearest


def check_workshop(
    workshop: Workshop,
    processes: Mapping[str, Process],
    questionnaire: Questionnaire,
    source: Source,
    problems: Problems,
) -> None:
    """Its steps are those of its process; its scores answer questions, on their scale."""
    process = processes.get(workshop.process or "")
    for position, blockage in enumerate(workshop.blockages):
        where = ("blockages", position, "step")
        if blockage.step is not None and workshop.process is None:
            hint = "name the process that the workshop was about"
            problems.error(source.mark(where), "missing-key", "step: needs the key 'process'", hint)
        elif blockage.step is not None and process is not None:
            check_name("step", blockage.step, source, where, Names({"step": process.step_ids}), problems)
        if workshop.people is not None and blockage.votes > workshop.people:
            message = f"votes: {blockage.votes} of {workshop.people} people"
            mark = source.mark(("blockages", position, "votes"))
            problems.error(mark, "bad-value", message, "each person has one vote for a blockage")
    known, scale = [question.id for question in questionnaire.questions], questionnaire.scale
    for question, score in workshop.scores.items():
        if question not in known:
            mark = source.mark(("scores", question), key=True)
            problems.error(
                mark, "unknown-question", f"unknown question '{question}'", nearest(question, known)
            )
        elif below(score, scale.min) or above(score, scale.max):
            message = f"{question}: {score:g} is not on the scale {scale.min:g}–{scale.max:g}"
            problems.error(source.mark(("scores", question)), "bad-value", message, "correct the score")
