"""coaching-complete: a coaching note that names its stage says what that stage is for."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext, listed

WHY = """Coaching goes in rounds: a goal is agreed, the work is talked over, the result is looked at. A goal
or a talk without a day by which it is done leads to no next talk; a result that does not say what came of it
teaches nothing. So a note that names its stage says when the next step is due, and at the stage `result` what
came of what was agreed before. Notes without a stage are left as they are."""


def check(context: RuleContext) -> Iterator[Finding]:
    for id_, review in context.catalogue.reviews.items():
        for place, note in enumerate(review.coaching):
            lacking = []
            if note.stage in ("goal", "one-on-one"):
                lacking = [key for key in ("plan", "due") if getattr(note, key) is None]
            elif note.stage == "result" and note.came is None:
                lacking = ["came"]
            if lacking:
                mark = context.catalogue.mark(f"reviews/{id_}", ("coaching", place, "stage"))
                message = f"a coaching note at the stage '{note.stage}' lacks {listed(lacking)}"
                yield Finding(mark, message, f"add {listed([f'{key}: …' for key in lacking])}")


RULE = Rule("coaching-complete", "note", WHY, check)
