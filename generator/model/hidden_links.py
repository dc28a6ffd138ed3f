"""A part of a catalogue whose texts no longer lead to the pages that it lacks: words alone stay.

A link names its page, a shortcode what it shows. So the name is taken out before anything is made of the
texts: pages, JSON and CSV alike.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from pydantic import BaseModel

from generator.model.catalogue import Catalogue
from generator.model.page_links import page_of, without_links
from generator.model.page_paths import own_pages
from generator.model.page_source import ContentPage
from generator.model.pilot import OutputProgress
from generator.model.shortcode import HIDDEN, Shortcode, without_things
from generator.model.spread import Transfer
from generator.model.walk import rebuilt, retold

M = TypeVar("M", bound=BaseModel)


def without_hidden_links(part: Catalogue, whole: Catalogue, instead: str = HIDDEN) -> Catalogue:
    """`part` without links to pages that `whole` has and it has not, and with `instead` where a shortcode
    names what it lacks."""
    gone, lacks = own_pages(whole) - own_pages(part), _Lacks(part, whole)
    return _Bare(gone, own_pages(part), lacks, instead).catalogue(part) if gone or lacks.any else part


class _Lacks:
    """Which shortcodes name something of the whole that a part of it has not."""

    def __init__(self, part: Catalogue, whole: Catalogue) -> None:
        self._gone = {
            kind: frozenset(getattr(whole, kind)) - frozenset(getattr(part, kind))
            for kind in ("indicators", "pilots", "processes", "cases")
        }
        dimensions = ({one.id for one in each.handbook.dimensions} for each in (whole, part))
        self._dimensions = frozenset(next(dimensions)) - frozenset(next(dimensions))

    @property
    def any(self) -> bool:
        """Whether the part lacks anything that a shortcode may name."""
        return bool(self._dimensions) or any(self._gone.values())

    def __call__(self, code: Shortcode) -> bool:
        kind = {"map": "processes", "case": "cases"}.get(code.kind, "indicators")
        return (
            code.thing in self._gone[kind]
            or code.named.get("pilot") in self._gone["pilots"]
            or not self._dimensions.isdisjoint(code.named)
        )


class _Bare:
    """Texts without the links to some pages, and without the names of what shortcodes cannot show."""

    def __init__(
        self, gone: frozenset[str], shown: frozenset[str], lacks: Callable[[Shortcode], bool], instead: str
    ) -> None:
        self._gone, self._all = gone, gone | shown
        self._lacks, self._instead = lacks, instead

    def catalogue(self, part: Catalogue) -> Catalogue:
        strategy, questionnaire = part.strategy, part.questionnaire
        return replace(
            part,
            handbook=self._model(part.handbook),
            roadmap=self._model(part.roadmap),
            strategy=self._model(strategy) if strategy is not None else None,
            questionnaire=self._model(questionnaire) if questionnaire is not None else None,
            indicators=self._models(part.indicators),
            processes=self._models(part.processes),
            pilots={k: rebuilt(v, self._output) for k, v in self._models(part.pilots).items()},
            reviews=self._models(part.reviews),
            cases=self._models(part.cases),
            workshops=self._models(part.workshops),
            diagnoses=tuple(self._model(diagnosis) for diagnosis in part.diagnoses),
            content=tuple(self._page(page) for page in part.content),
            responses={
                name: tuple(replace(response, note=self._words(response.note)) for response in rows)
                for name, rows in part.responses.items()
            },
            results=part.results.changed("note", self._note),
        )

    def _leads(self, target: str, folder: str = "") -> bool:
        return page_of(target, folder, self._all) in self._gone

    def _words(self, text: str, folder: str = "") -> str:
        bare = without_links(text, lambda target: self._leads(target, folder))
        return without_things(bare, self._lacks, self._instead)

    def _note(self, text: str) -> str:
        return self._words(text) if "](" in text else text

    def _model(self, model: M) -> M:
        return retold(model, self._words)

    def _models(self, models: Mapping[str, M]) -> dict[str, M]:
        return {name: self._model(model) for name, model in models.items()}

    def _output(self, part: BaseModel) -> BaseModel:
        """An output's link, or the document of a transfer, is one by itself."""
        if isinstance(part, OutputProgress) and part.link is not None and self._leads(part.link):
            return part.model_copy(update={"link": None})
        if isinstance(part, Transfer) and part.document is not None and self._leads(part.document):
            return part.model_copy(update={"document": None})
        return part

    def _page(self, page: ContentPage) -> ContentPage:
        folder = posixpath.dirname(page.path)
        bodies = {
            language: replace(
                body,
                markdown=self._words(body.markdown, folder),
                head={
                    key: self._words(value, folder) if isinstance(value, str) else value
                    for key, value in body.head.items()
                },
            )
            for language, body in page.bodies.items()
        }
        return replace(page, bodies=bodies)
