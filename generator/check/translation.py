"""translation: a text has every language of the handbook."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.catalogue import Catalogue
from generator.model.text import Text
from generator.model.walk import walk
from generator.problems import FilePosition

WHY = """A reader who finds half a page in another language stops trusting the other half. Until a
translation is there the first language stands in, so nothing is lost; the list says what is left to do."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    languages = catalogue.handbook.languages
    for kind_id, model in _files(catalogue):
        for loc, value in walk(model):
            if isinstance(value, Text) and value.languages:
                missing = [language for language in languages if language not in value.languages]
                if missing:
                    name = next((part for part in reversed(loc) if isinstance(part, str)), "text")
                    mark = catalogue.mark(kind_id, loc)
                    message = f"{name}: no text in {', '.join(missing)}"
                    yield Finding(mark, message, _stand_in(value, languages))
    for page in catalogue.content:
        for language in languages:
            if not page.translated(language):
                mark = FilePosition(page.bodies[page.first].file, 1, 1)
                hint = f"write content/{page.path.removesuffix('.md')}.{language}.md"
                yield Finding(mark, f"the page has no text in {language}", hint)


def _stand_in(text: Text, languages: tuple[str, ...]) -> str:
    shown = languages[0] if languages[0] in text.languages else text.languages[0]
    return f"the text in {shown} stands in for it"


def _files(catalogue: Catalogue) -> Iterator[tuple[str, BaseModel]]:
    singles = {
        "handbook": catalogue.handbook,
        "strategy": catalogue.strategy,
        "roadmap": catalogue.roadmap,
        "diagnosis/questions": catalogue.questionnaire,
    }
    yield from ((k, model) for k, model in singles.items() if model is not None and k in catalogue.sources)
    for kind in ("indicators", "processes", "pilots", "reviews", "workshops"):
        for id_, model in getattr(catalogue, kind).items():
            yield f"{kind}/{id_}", model
    for diagnosis in catalogue.diagnoses:
        yield f"diagnosis/{diagnosis.date}-{diagnosis.unit}", diagnosis


RULE = Rule("translation", "note", WHY, check)
