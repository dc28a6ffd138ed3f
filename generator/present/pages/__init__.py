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
    signals,
)

PAGE_KINDS = (home, indicators, indicator, processes, process, pilots, pilot, roadmap, signals, downloads)
"""Each has `pages(desk)`, which yields its pages."""
