"""The page kinds. A new kind is a module, a template and a line here."""

from generator.present.pages import (
    downloads,
    home,
    indicator,
    indicators,
    pilot,
    pilots,
    process,
    processes,
    roadmap,
)

PAGE_KINDS = (home, indicators, indicator, processes, process, pilots, pilot, roadmap, downloads)
"""Each has `pages(desk)`, which yields its pages."""
