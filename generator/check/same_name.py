"""same-name: no two indicators with the same name or alias, nor one formula under two names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext
from generator.check.todo_left import is_left
from generator.model.text import Text
from generator.problems import Loc

WHY = """Two indicators under one name are taken for one and compared as if they were; one formula under two
names is counted twice. Either way a meeting argues about figures instead of the work."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    names: dict[str, str] = {}
    formulas: dict[str, str] = {}
    for id_, indicator in catalogue.indicators.items():
        if indicator.status == "retired":
            continue
        place = f"indicators/{id_}"
        texts: list[tuple[Loc, Text]] = [(("name",), indicator.name)]
        texts += [(("aliases", position), alias) for position, alias in enumerate(indicator.aliases)]
        told: set[str] = set()
        for loc, text in texts:
            for word in text.all():
                first = names.setdefault(_folded(word), id_)
                if first != id_ and first not in told:
                    told.add(first)
                    message = f"'{word}' is also a name of '{first}'"
                    where = catalogue.mark(f"indicators/{first}", ("name",))
                    hint = f"see {where}; tell them apart or merge them"
                    yield Finding(catalogue.mark(place, loc), message, hint)
        for formula in indicator.formula.all() if indicator.formula else ():
            if is_left(formula):
                continue
            first = formulas.setdefault(_folded(formula), id_)
            if first != id_ and first not in told:
                told.add(first)
                message = f"the formula is the one of '{first}'"
                where = catalogue.mark(f"indicators/{first}", ("formula",))
                hint = f"see {where}; keep one indicator"
                yield Finding(catalogue.mark(place, ("formula",)), message, hint)


def _folded(text: str) -> str:
    """Without differences of case, width and spacing, which readers do not see."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


RULE = Rule("same-name", "warning", WHY, check)
