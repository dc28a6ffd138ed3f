"""translation: a text has every language of the handbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.catalogue import Catalogue
from generator.model.text import Text
from generator.model.translated import is_stale, translations
from generator.model.walk import walk
from generator.problems import FilePosition, Loc

WHY = """A reader who finds half a page in another language stops trusting the other half. Until a
translation is there the first language stands in, so nothing is lost; the list says what is left to do."""


_CHINESE = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAMES = frozenset(("aliases", "by", "person"))
"""Fields of names, which are the same wherever they are read."""
_TOLD = 5
"""Names of fields that a note tells."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    languages = catalogue.handbook.languages
    for kind_id, model in catalogue.models():
        texts = [(loc, value) for loc, value in walk(model) if isinstance(value, Text)]
        yield from _plain(catalogue, kind_id, texts)
        for loc, value in texts:
            if value.languages:
                missing = [language for language in languages if language not in value.languages]
                if missing:
                    name = next((part for part in reversed(loc) if isinstance(part, str)), "text")
                    mark = catalogue.mark(kind_id, loc)
                    message = f"{name}: no text in {', '.join(missing)}"
                    yield Finding(mark, message, _stand_in(value, languages))
    for one in translations(catalogue):
        if is_stale(one, catalogue.translated):
            _, _, language = one.key
            message = f"the text in {language} is stale: that in {languages[0]} changed since it was made"
            hint = "translate it anew, or write down that it holds with `handbook export texts --record`"
            yield Finding(catalogue.mark(one.source, (*one.loc, language)), message, hint)
    for page in catalogue.content:
        for language in languages:
            if not page.translated(language):
                mark = FilePosition(page.bodies[page.first].file, 1, 1)
                hint = f"write content/{page.path.removesuffix('.md')}.{language}.md"
                yield Finding(mark, f"the page has no text in {language}", hint)


def _plain(catalogue: Catalogue, kind_id: str, texts: Iterable[tuple[Loc, Text]]) -> Iterator[Finding]:
    """One note a file about its texts that say the same in every language of a handbook that has several."""
    if len(catalogue.handbook.languages) < 2:
        return
    found = [loc for loc, value in texts if value.plain and _is_said(value.plain) and _NAMES.isdisjoint(loc)]
    if not found:
        return
    names = dict.fromkeys(
        next((part for part in reversed(loc) if isinstance(part, str)), "") for loc in found
    )
    told = ", ".join([*names][:_TOLD]) + (" …" if len(names) > _TOLD else "")
    said = f"{len(found)} texts are" if len(found) > 1 else "one text is"
    pairs = ", ".join(f"{language}: …" for language in catalogue.handbook.languages)
    hint = f"write {{{pairs}}} where it should not; `handbook export texts` lists them"
    yield Finding(catalogue.mark(kind_id, found[0]), f"{said} the same in every language: {told}", hint)


def _is_said(words: str) -> bool:
    """Whether a text is of a language: Chinese, or several words; not a code, a name of a system, a unit."""
    return bool(_CHINESE.search(words)) or len(_WORD.findall(words)) > 1


def _stand_in(text: Text, languages: tuple[str, ...]) -> str:
    shown = languages[0] if languages[0] in text.languages else text.languages[0]
    return f"the text in {shown} stands in for it"


RULE = Rule("translation", "note", WHY, check)
