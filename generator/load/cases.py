"""Best-practice cases: the checked front matter of content/cases/<id>.md, joined over its translations."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.load.validate import validate
from generator.model.case import CaseHead
from generator.model.common import ID_PATTERN
from generator.model.page_source import ContentPage
from generator.model.selection import case_id
from generator.model.text import Text
from generator.problems import FilePosition, Problems, Source, found


def load_cases(
    content: tuple[ContentPage, ...], sources: Mapping[str, Source], first: str, problems: Problems
) -> tuple[dict[str, CaseHead], dict[str, Source]]:
    """The cases by id, and their places by "cases/<id>"; `sources` are the pages' own, by file."""
    cases: dict[str, CaseHead] = {}
    places: dict[str, Source] = {}
    for page in content:
        id_ = case_id(page.path)
        if id_ is None:
            continue
        source = sources[page.bodies[first].file]
        if not re.fullmatch(ID_PATTERN, id_):
            message = f"the file's name {found(id_)} is not an id"
            hint = "small letters, digits and single hyphens, like faster-quotes.md"
            problems.error(FilePosition(source.file, 1, 1), "bad-id", message, hint)
        head = validate(source, CaseHead, problems)
        titles = {first: head.title.say(first, first)} if head else {}
        for language, body in page.bodies.items():
            if language != first:
                own = _translated_title(page, sources[body.file], first, problems)
                if own:
                    titles[language] = own
        if head is not None:
            plain = head.title.plain is not None and len(titles) > 1
            title = Text(by_language=tuple(titles.items())) if plain else head.title
            cases[id_] = head.model_copy(update={"title": title})
            places[f"cases/{id_}"] = source
    return cases, places


def _translated_title(page: ContentPage, source: Source, first: str, problems: Problems) -> str | None:
    """The title of a translation; everything else must be left to the page in the first language."""
    head = source.value if isinstance(source.value, dict) else {}
    for key, value in head.items():
        if key != "title" and value != page.bodies[first].head.get(key):
            message = f"'{key}' differs from the page in the first language"
            hint = f"delete it here: it is read from {page.bodies[first].file}"
            problems.error(source.mark((key,), key=True), "front-matter", message, hint)
    title = head.get("title")
    if title is not None and not (isinstance(title, str) and title.strip()):
        message = f"title: needs text, found {found(title)}"
        problems.error(source.mark(("title",)), "wrong-type", message, "put it in quotes")
        return None
    return title if isinstance(title, str) else None
