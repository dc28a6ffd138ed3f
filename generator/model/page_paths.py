"""Which pages a catalogue has of its own: one a thing, and what people wrote."""

from __future__ import annotations

from generator.model.catalogue import Catalogue


def thing_pages(catalogue: Catalogue) -> frozenset[str]:
    """Paths of the pages that stand for one thing each, e.g. pilots/east.md."""
    kinds = ("indicators", "processes", "pilots", "reviews", "cases")
    return frozenset(
        (
            *(f"{kind}/{name}.md" for kind in kinds for name in getattr(catalogue, kind)),
            *(
                f"diagnosis/{diagnosis.date.isoformat()}-{diagnosis.unit}.md"
                for diagnosis in catalogue.diagnoses
            ),
        )
    )


def own_pages(catalogue: Catalogue) -> frozenset[str]:
    """Those and the hand-written ones: what an edition may lack, and what a link may name."""
    return thing_pages(catalogue) | {page.path for page in catalogue.content}


def known_files(catalogue: Catalogue) -> frozenset[str]:
    """Files of a project, from its root, that hold something the catalogue holds."""
    return frozenset(
        (
            *(source.file for source in catalogue.sources.values()),
            *(body.file for page in catalogue.content for body in page.bodies.values()),
            *(f"data/diagnosis/responses/{name}.csv" for name in catalogue.responses),
            *catalogue.results.distinct("file"),
            *(f"content/{name}" for name in catalogue.attachments),
        )
    )
