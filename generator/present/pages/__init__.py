"""The page kinds. A new kind is a module, a template and a line here."""

from generator.present.pages import (
    case,
    changes,
    diagnosis,
    downloads,
    evidence,
    home,
    indicator,
    indicators,
    pilot,
    pilots,
    process,
    processes,
    quality,
    review,
    roadmap,
    signals,
    strategy,
    tree,
)

PAGE_KINDS = (
    home,
    strategy,
    indicators,
    tree,
    changes,
    quality,
    indicator,
    processes,
    process,
    pilots,
    pilot,
    roadmap,
    review,
    evidence,
    diagnosis,
    case,
    signals,
    downloads,
)
"""Each has `pages(desk)`, which yields its pages."""
