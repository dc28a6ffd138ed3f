"""What a build says of a handbook's figures, without a builder: for tests that look at all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from generator.compute.figures import Figures
from generator.exchange.export_json import export_json
from generator.exchange.one_indicator import files_of
from generator.exchange.tables import indicators_csv, results_csv
from generator.present.charts.draw import Drawings
from generator.present.links import embed_of
from generator.present.page_context import PageContext
from generator.present.pages import PAGE_KINDS
from generator.present.templates import Templates
from generator.present.text.format import Format


class Undrawn(Drawings):
    """Keeps what charts would be drawn from, and their tables."""

    def __init__(self) -> None:
        super().__init__(None)

    def texts(self) -> Iterator[tuple[str, str]]:
        """(name, text) of the specification and of the table of every chart."""
        for place, one in enumerate(self._wanted.values()):
            yield f"chart {place} {one.title}", one.live.text() + one.spec.text()
            yield f"table {place} {one.title}", one.table.text() if one.table else ""


def files(figures: Figures) -> dict[str, str]:
    """The files to take away that are made of the figures, as text."""
    made = {"handbook.json": export_json(figures)}
    made |= {"results.csv": results_csv(figures.catalogue).decode("utf-8-sig")}
    made |= {"indicators.csv": indicators_csv(figures.catalogue).decode("utf-8-sig")}
    return made | {name: content.decode("utf-8-sig") for name, content in files_of(figures)}


def pages(figures: Figures, language: str = "en") -> dict[str, str]:
    """Every page with what search knows of it, small pages for frames, what charts are drawn from."""
    form = Format(language, figures.catalogue.handbook.languages[0])
    drawings, made = Undrawn(), {}
    ctx = PageContext(figures, form, Templates(form.words), drawings, ())
    for kind in PAGE_KINDS:
        for page in kind.pages(ctx):
            found = (page.search.title, page.search.text) if page.search else ()
            made[page.path] = "\n".join((*(section.html for section in page.sections), page.markdown, *found))
            if page.embed:
                made[embed_of(PurePosixPath(page.path).stem)] = page.embed
    return made | dict(drawings.texts())
