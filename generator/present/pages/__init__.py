"""The page kinds. A new kind is a module, a template and a line here."""

from generator.present.pages import (
    changes,
    downloads,
    home,
    indicator,
    indicators,
    pilot,
    pilots,
    process,
    processes,
    quality,
    roadmap,
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
    downloads,
)
"""Each has `pages(desk)`, which yields its pages."""
