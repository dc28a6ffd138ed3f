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
    quarter,
    review,
    roadmap,
    showcase,
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
    quarter,
    diagnosis,
    case,
    signals,
    downloads,
)
"""Each has `pages(desk)`, which yields its pages."""
SHOWCASE_KINDS = (showcase, case, process, pilot, indicator)
"""The kinds of a collection of cases: its cover, the cases, and what they lead to."""
