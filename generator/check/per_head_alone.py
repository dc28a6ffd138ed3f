"""per-head-alone: a traditional per-head indicator in a pack has a cost, quality or benefit guardrail."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.indicator import Indicator

WHY = """Output per head is the easiest figure to raise and the easiest to raise badly: fewer people, more
overtime, work passed on half done. In a pack it needs a guardrail of quality, cost or benefit, so that the
price shows where the gain does. Traditional indicators count as per head when their name, another name, id,
unit or a tag says so; the setting `words` lists the words."""

WORDS = ["per head", "per capita", "per person", "per employee", "per fte", "人均"]


def check(context: RuleContext) -> Iterator[Finding]:
    words = [_folded(word) for word in context.words("words")]
    for id_, pilot in context.catalogue.pilots.items():
        for position, item in enumerate(pilot.pack):
            for indicator in context.measured([item.indicator]):
                if indicator.generation != "traditional" or not _is_per_head(indicator, words):
                    continue
                guards = context.measured(indicator.guarded_by)
                if any(map(_shows_the_price, guards)) or not context.known(indicator.guarded_by):
                    continue
                mark = context.catalogue.mark(f"pilots/{id_}", ("pack", position, "indicator"))
                message = (
                    f"'{item.indicator}' counts per head and has no guardrail of cost, quality or benefit"
                )
                where = context.catalogue.mark(f"indicators/{item.indicator}", ("guardrails",), key=True)
                yield Finding(mark, message, f"name one under guardrails: in {where.file}, or drop it here")


def _is_per_head(indicator: Indicator, words: list[str]) -> bool:
    texts = [indicator.id, *indicator.name.all(), *indicator.tags]
    texts += [text for alias in indicator.aliases for text in alias.all()]
    texts += indicator.unit.all() if indicator.unit else ()
    return any(word in _folded(text) for text in texts for word in words)


def _folded(text: str) -> str:
    """Without differences of case, width and hyphens: orders-per-head says it too."""
    return re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _shows_the_price(guard: Indicator) -> bool:
    return guard.dimension in ("cost", "quality") or guard.aspect == "benefit"


RULE = Rule("per-head-alone", "warning", WHY, check, {"words": WORDS})
